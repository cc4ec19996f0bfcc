"""What happened when: one line for each dated matter, backed by every page that tells it.

A line gathers sentences of a story that speak of one day (or month, or year) and of one matter. A time that only says
when somebody spoke makes a line if speaking was the deed (announced, demanded, denied, threatened ...), not if the
words were merely said. A time whose year a page does not tell is completed by the page's date, as told or as completed
by the story's other pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Literal

import msgspec

from variorum.compare.content import Gist, gist, likeness, resources
from variorum.compare.powers import powers
from variorum.compare.view import StoryView, fetches, views
from variorum.compare.witnesses import same_text, witnesses
from variorum.records import Anchor, Sentence, Tables, Time, TimelineEntry, to_table
from variorum.stage import Stage
from variorum.text.calendar import add_days, as_day, bounds, days_between, weekday, with_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.settings import Settings

# Likeness from which two sentences of one day tell one matter; lower than for utterances, for the day agrees already.
ONE_MATTER = 0.45
SHARED = 3
# Likeness of the clauses about one time from which they tell one matter, whatever else their sentences tell; two words in
# three ("police closed the bridge", "police closed the road") are not enough.
ONE_CLAUSE = 0.75
# Days before the first page of an episode from which a matter is background: a crisis is told from its beginnings,
# and a month's roadblocks are news on the day on which they go.
BACKGROUND = 31
# Longest span of time that makes a line, in days: a year.
_LONGEST = 366
_FEWEST_WORDS = 4
# "Since 2011", "until Sunday": one end is open, but something begins or is due at the other.
_ENDS = frozenset({"ON_OR_AFTER", "ON_OR_BEFORE"})
_CLAUSE = re.compile(r"[;,:()–—]\s+|\s+(?:and|but|while|although|because|after|before|when|which|who)\s+")
_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])(T.*)?")


# Width in days, place, time, sentence, and (value, earliest, latest).
_Told = tuple[int, int, Time, Sentence, tuple[str, str, str]]


class _Dated(msgspec.Struct, frozen=True):
    """A sentence that speaks of a time; `clause`: what its clause about the time says, the time and powers' names left out."""

    value: str
    earliest: str
    latest: str
    span: Anchor
    gist: Gist
    clause: frozenset[str]
    weight: int


def complete(time: Time, page: tuple[str, str]) -> tuple[str, str, str]:
    """A time with its year, as far as the page's date gives it.

    Args:
        time: A time as tagged.
        page: (earliest, latest) of its page's publication; ("", "") if unknown.

    Returns:
        (TIMEX3 value, earliest, latest); bounds empty where it cannot be completed for certain.
    """
    if time.earliest and time.latest:
        return time.value, time.earliest, time.latest
    if time.mod in _ENDS and time.value[:4].isdigit():
        return (time.value, *bounds(time.value))
    # A page of some day within a week tells for certain what would be the same on each of its days.
    values = {_completed(time.value, day) for day in page}
    value = values.pop() if len(values) == 1 else ""
    return (value, *bounds(value)) if value else (time.value, "", "")


def _completed(value: str, day: str) -> str:
    """A value without its year as a page of one day means it; empty if that is unknown."""
    if as_day(day) is None or not value.startswith("XXXX-"):
        return ""
    if week := _WEEKDAY.fullmatch(value):
        return add_days(day, -((weekday(day) - int(week[1])) % 7)) + (week[2] or "")
    return _nearest(value, int(day[:4]), day)


def _nearest(value: str, year: int, page: str) -> str:
    """A value in the year in which it lies nearest to its page, but not far ahead of it."""
    made = (with_year(value, y) for y in (year - 1, year, year + 1))
    away = [(days, v) for v in made if v and (days := days_between(page, bounds(v)[0])) is not None]
    return min(((abs(d), v) for d, v in away if d <= BACKGROUND), default=(0, value))[1]


def _day(bound: str) -> str:
    return bound[:10]


def _spoken(view: StoryView) -> dict[str, set[str]]:
    """Times that say when somebody spoke, and the acts done by it."""
    found: dict[str, set[str]] = defaultdict(set)
    for statement in view.statements:
        if statement.time:
            found[statement.time].add(statement.act)
    return found


def _dated(view: StoryView) -> Iterator[_Dated]:
    """Every sentence with each time that makes a line; of times that hold one another the narrowest."""
    spoken = _spoken(view)
    kinds = {b.id: b.kind for b in view.blocks}
    found: dict[str, list[_Told]] = defaultdict(list)
    for time in view.times:
        sentence = view.sentence_at(time.doc, time.start)
        if sentence is None or time.kind not in {"DATE", "TIME"} or spoken.get(time.id) == {"asserts"}:
            continue
        if kinds.get(sentence.block) in {"embed", "byline", "dateline"} or _pictures(view, sentence):
            continue
        if time.anchored_to and _spoken_of(view, time):
            continue
        made = complete(time, view.dates[time.doc])
        width = days_between(made[1], made[2])
        if width is None or not 0 <= width <= _LONGEST:
            continue
        found[sentence.id].append((width, time.start, time, sentence, made))
    for width, at, time, sentence, (value, earliest, latest) in chain.from_iterable(
        map(_apart, found.values())
    ):
        anchor = Anchor(sentence.doc, sentence.start, sentence.end)
        words = gist(view.text(anchor))
        if len(words.raw) >= _FEWEST_WORDS:
            weight = (width == 0) + (time.id not in spoken) + (kinds.get(sentence.block) == "paragraph")
            clause = _clause(view, anchor, (at, time.end))
            yield _Dated(value, earliest, latest, anchor, words, clause, weight)


def _spoken_of(view: StoryView, time: Time) -> bool:
    """Whether a speaker names a time in his own words: what is to be by tomorrow has not happened."""
    return any(
        s.manner == "direct" and any(c.start <= time.start and time.end <= c.end for c in s.content)
        for s in view.statements_of.get(time.doc, ())
    )


def _clause(view: StoryView, sentence: Anchor, time: tuple[int, int]) -> frozenset[str]:
    """What the clause around a time says, the next one too where it says hardly more than the time."""
    text = view.documents[sentence.doc].text
    start, end = sentence.start, sentence.end
    cuts = [m.span() for m in _CLAUSE.finditer(text, start, end)]
    start = max((b for _, b in cuts if b <= time[0]), default=start)
    for stop in (*(a for a, _ in cuts if a >= time[1]), end):
        words = powers(view).read(f"{text[start : time[0]]} {text[time[1] : stop]}")[0]
        if len(words) > 1:
            return words
    return frozenset()


def _apart(told: list[_Told]) -> list[_Told]:
    """Times of one sentence, narrowest first, without those that overlap one before."""
    kept: list[_Told] = []
    for one in sorted(told, key=lambda t: (t[0], "T" not in t[4][0], t[1])):
        low, high = _day(one[4][1]), _day(one[4][2])
        if all(high < _day(k[4][1]) or _day(k[4][2]) < low for k in kept):
            kept.append(one)
    return kept


def _pictures(view: StoryView, sentence: Sentence) -> bool:
    """Whether a sentence opens a caption, and so says what a picture shows."""
    return any(
        b.id == sentence.block and b.kind == "caption" and sentence.start - b.start < _FEWEST_WORDS
        for b in view.at(view.blocks, sentence)
    )


def _one_matter(view: StoryView, a: _Dated, b: _Dated) -> bool:
    if a.span.doc == b.span.doc:
        return False
    if _day(a.earliest) > _day(b.latest) or _day(b.earliest) > _day(a.latest):
        return False
    if same_text(view, a.span, b.span):
        return True
    alike = likeness(a.gist, b.gist)
    return (alike.shared >= SHARED and alike.score >= ONE_MATTER) or _one_clause(a, b)


def _one_clause(a: _Dated, b: _Dated) -> bool:
    """Whether the clauses about one time say the same: Velm declared its independence in 1999."""
    shared = len(a.clause & b.clause)
    sizes = (len(a.clause), len(b.clause))
    return (
        shared > 1
        and a.value == b.value
        and (shared / min(sizes) + 2 * shared / sum(sizes)) / 2 >= ONE_CLAUSE
    )


def _lines(view: StoryView) -> list[list[_Dated]]:
    """Dated sentences gathered by matter: each joins the line whose first sentence it is most like."""
    # The narrowest time and the weightiest sentence lead, so that a line is named by them.
    rows = sorted(
        _dated(view), key=lambda d: (days_between(d.earliest, d.latest), -d.weight, -len(d.gist.bag), d.span)
    )
    found: list[list[_Dated]] = []
    for row in rows:
        near = [g for g in found if _one_matter(view, g[0], row)]
        if near:
            max(near, key=lambda g: (likeness(g[0].gist, row.gist).score, g[0].span)).append(row)
        else:
            found.append([row])
    return [sorted(rows, key=lambda r: (-_central(r, rows), -r.weight, r.span)) for rows in found]


def _central(row: _Dated, rows: list[_Dated]) -> float:
    """How much a sentence is like the others of its line, so that the line is named by what all of them tell."""
    return round(sum(likeness(row.gist, other.gist).score for other in rows if other is not row), 6)


def _kind(view: StoryView, row: _Dated, docs: tuple[str, ...]) -> Literal["background", "news"]:
    """Background if it lies well before the episode whose pages tell it."""
    opened = [e.opened for e in view.episodes if e.opened and set(docs) & set(e.documents)]
    opened = opened or [d for doc in docs if (d := view.dates[doc][0])]
    if not opened:
        return "news"
    before = days_between(row.latest, min(opened))
    return "background" if before is not None and before > BACKGROUND else "news"


def timeline(view: StoryView) -> list[TimelineEntry]:
    """The lines of one story, in order of time."""
    found = []
    for rows in _lines(view):
        lead = rows[0]
        spans = (lead.span, *sorted(r.span for r in rows[1:]))
        docs = tuple(sorted({s.doc for s in spans}))
        found.append(
            TimelineEntry(
                story=view.story.id,
                time=lead.value,
                earliest=lead.earliest,
                latest=lead.latest,
                what=view.text(lead.span),
                kind=_kind(view, lead, docs),
                spans=spans,
                documents=docs,
                origins=witnesses(view, spans),
            )
        )
    return sorted(found, key=lambda e: (e.earliest, e.latest, e.spans))


def _run(tables: Tables, _settings: Settings) -> Tables:
    rows = [e for view in views(tables) for e in timeline(view)]
    return {"timeline": to_table(TimelineEntry, rows, made_by=STAGE.made_by)}


STAGE = Stage(
    name="timeline",
    version=1,
    needs=("stories",),
    makes=("timeline",),
    split_by="id",
    fetch=fetches("blocks", "sentences", "times", "statements", "datings", "episodes", "passages"),
    broadcast=("gazetteer",),
    run=_run,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)
