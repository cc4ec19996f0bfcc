"""Claims and conflicts: which figures are one claim, which part, and whether they can be compared at all (law 5)."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from variorum.compare import matter
from variorum.compare.content import resources
from variorum.compare.denials import hull
from variorum.compare.matter import GENERIC, Matter
from variorum.compare.utterances import one_voice
from variorum.compare.view import StoryView, fetches, views
from variorum.compare.witnesses import groups, origin_of, witnesses
from variorum.records import Anchor, Claim, Conflict, Tables, to_table
from variorum.records.edges import Comparable
from variorum.stage import Stage
from variorum.text.calendar import days_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.settings import Settings

# A stock told without a time stands at its page's date; populations and holdings move little within a year.
_STOCK_DAYS = 365
# Words that two sentences must share besides the counted noun, by Dice, where neither a known quantity nor a place told
# on both sides ties the figures to one matter: "13 home runs" and "33 home runs" are two players' or two seasons'.
_ONE_CONTEXT = 0.35
_RANK: dict[Comparable, int] = {"yes": 2, "in part": 1, "no": 0}
_SCORE: dict[Comparable, float] = {"yes": 0.9, "in part": 0.6, "no": 0.2}


class Verdict(msgspec.Struct, frozen=True):
    """Whether two figures can be compared, and what agrees, differs or is not told."""

    comparable: Comparable
    why: str


class _Notes:
    """Findings on one pair, gathered by weight."""

    def __init__(self) -> None:
        self.agree: list[str] = []
        self.doubt: list[str] = []
        self.differ: list[str] = []

    def verdict(self) -> Verdict:
        comparable: Comparable = "no" if self.differ else "in part" if self.doubt else "yes"
        return Verdict(comparable, "; ".join((*self.differ, *self.doubt, *self.agree)))


def _what(a: Matter, b: Matter, notes: _Notes) -> bool:
    """Judge what is counted; False where it is another thing altogether."""
    if a.figure.quantity != b.figure.quantity or not (a.head == b.head or a.figure.quantity):
        return False
    if a.head == b.head or not (a.head and b.head):
        notes.agree.append(f"both count {a.figure.quantity or a.about}")
    elif {a.head, b.head} & GENERIC:
        notes.doubt.append(f"one counts “{a.about}”, the other “{b.about}”")
    else:
        notes.differ.append(f"one counts “{a.about}”, the other “{b.about}”")
    if a.names and b.names and not (a.names <= b.names or b.names <= a.names):
        notes.differ.append(f"of {_listed(a.names)} here, of {_listed(b.names)} there")
    elif a.modifiers != b.modifiers:
        only = _listed(a.modifiers ^ b.modifiers)
        both = a.modifiers - b.modifiers and b.modifiers - a.modifiers
        (notes.differ if both else notes.doubt).append(f"not both say “{only}”")
    return True


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


def _tied(a: Matter, b: Matter) -> bool:
    """Whether anything but the counted noun ties two figures to one matter."""
    if (a.place and a.place == b.place) or (a.names and a.names == b.names):
        return True
    if a.figure.quantity and (_apart(a.time, b.time) == 0 or _apart(a.page_time, b.page_time) is not None):
        return True
    shared = len(a.context & b.context)
    return 2 * shared >= _ONE_CONTEXT * (len(a.context) + len(b.context))


def _within(a: Matter, b: Matter) -> bool:
    """Whether what `a` counts is told to be part of what `b` counts: two women of three people, armed men of men."""
    narrower = b.head in GENERIC and a.head not in GENERIC and a.head != b.head
    return narrower or (a.head == b.head and (a.modifiers > b.modifiers or a.names > b.names))


def _respect(a: Matter, b: Matter, notes: _Notes) -> None:
    """Judge in which respect they are counted."""
    if a.respect != b.respect:
        said = " and ".join(f"“{r}”" for r in sorted({a.respect, b.respect}) if r)
        notes.doubt.append(
            f"one counts those who {said}, the other says no such thing"
            if not (a.respect and b.respect)
            else f"counted by {said}"
        )
    if a.aspect == b.aspect:
        return
    if a.aspect and b.aspect:
        told = ["those there are" if m.aspect == "stock" else f"those of “{m.aspect}”" for m in (a, b)]
        notes.differ.append(f"one counts {told[0]}, the other {told[1]}")
    else:
        notes.doubt.append("in which respect one of them counts is not told")


def _where(a: Matter, b: Matter, notes: _Notes) -> None:
    if a.place and b.place and a.place != b.place:
        notes.differ.append(f"one holds for {a.place_name}, the other for {b.place_name}")
    elif a.place and b.place:
        notes.agree.append(f"both hold for {a.place_name}")
    elif a.place or b.place:
        notes.agree.append(f"only one says where: {a.place_name or b.place_name}")


def _apart(a: tuple[str, str], b: tuple[str, str]) -> int | None:
    """Days by which `b` lies after `a` (negative: before), 0 where they overlap, None where either is unknown."""
    after, before = days_between(a[1], b[0]), days_between(b[1], a[0])
    if after is None or before is None:
        return None
    return after if after > 0 else -before if before > 0 else 0


def _when(a: Matter, b: Matter, notes: _Notes) -> None:
    if all((*a.time, *b.time)):
        if _apart(a.time, b.time):
            notes.differ.append(f"one holds for {a.time[0]}, the other for {b.time[0]}")
        else:
            notes.agree.append(f"both hold for {max(a.time[0], b.time[0])}")
        return
    if any(m.time[0] and _apart(m.time, other.page_time) for m, other in ((a, b), (b, a))):
        notes.doubt.append("only one says when")
        return
    apart = _apart(a.page_time, b.page_time)
    if apart is None:
        notes.doubt.append("when they hold is not told, nor both pages' dates")
    elif a.aspect == "stock" or b.aspect == "stock":
        words = f"as of their pages, {abs(apart)} days apart"
        (notes.agree if abs(apart) <= _STOCK_DAYS else notes.doubt).append(words)
    elif apart:
        earlier, later = (a, b) if apart > 0 else (b, a)
        grown = later.low >= earlier.low
        words = f"the page with {'the higher' if grown else 'the lower'} figure is {abs(apart)} days later"
        (notes.differ if grown else notes.doubt).append(f"later: {words}")
    else:
        notes.agree.append("pages of one day")


def compare(a: Matter, b: Matter) -> Verdict | None:
    """Judge whether two figures can be compared; the same whichever comes first, up to the order of words.

    Returns:
        The verdict with its reasons; None where they count different things altogether.
    """
    if a.figure.kind != b.figure.kind or a.figure.unit != b.figure.unit or not _tied(a, b):
        return None
    first, second = sorted((a, b), key=lambda m: m.figure.id)
    notes = _Notes()
    if not _what(first, second, notes):
        return None
    for judge in (_respect, _where, _when):
        judge(first, second, notes)
    return notes.verdict()


def part(a: Matter, b: Matter) -> bool:
    """Whether the values that two figures allow for have nothing in common; a part may be less than its whole."""
    if a.high < b.low:
        return not _within(a, b)
    return b.high < a.low and not _within(b, a)


class _Read(msgspec.Struct, frozen=True):
    matter: Matter
    origin: str
    speaker: str


def _figures(view: StoryView) -> list[_Read]:
    """The figures of a story, each piece of copied text once: as the first of its copies tells it."""
    read = [m for f in view.figures if (m := matter.read(view, f)) is not None]
    spans = {m.span: m for m in reversed(read)}
    # Copies hold the same words; a figure within a changed stretch of a passage is no copy of its neighbour.
    by_value: dict[tuple[object, ...], list[Anchor]] = defaultdict(list)
    for span, m in spans.items():
        by_value[m.head, m.figure.quantity, m.figure.low, m.figure.high, m.figure.unit].append(span)
    found = []
    for same in by_value.values():
        for group in groups(view, same):
            kept = spans[group[0]]
            found.append(_Read(kept, origin_of(view, group), kept.figure.said_by))
    return sorted(found, key=lambda r: r.matter.figure.id)


def _independent(view: StoryView, a: _Read, b: _Read) -> bool:
    """Whether two figures are told by two: by two origins, or on one page by two speakers."""
    if a.origin != b.origin:
        return True
    left, right = view.actor_of.get(a.speaker), view.actor_of.get(b.speaker)
    return left is not None and right is not None and not one_voice(view, left, right)


def _buckets(read: Sequence[_Read]) -> Iterator[list[_Read]]:
    """Figures that may count one thing: of one quantity, or of one counted noun."""
    found: dict[tuple[str, str, str], list[_Read]] = defaultdict(list)
    for r in read:
        m = r.matter
        found[m.figure.kind, m.figure.unit, m.figure.quantity or m.head].append(r)
    yield from (found[k] for k in sorted(found) if k[2])


def _worth(a: Matter, b: Matter, verdict: Verdict) -> bool:
    """Whether a parting is worth showing: near-misses only where all but the time is told alike."""
    if verdict.comparable != "no":
        return True
    told = a.place or a.figure.quantity
    alike = (a.head, a.place, a.aspect, a.names, a.modifiers) == (
        b.head,
        b.place,
        b.aspect,
        b.names,
        b.modifiers,
    )
    return bool(told) and alike and not (a.time[0] and b.time[0])


def figure_conflicts(view: StoryView, read: Sequence[_Read]) -> Iterator[Conflict]:
    """Figures of one matter whose values part; of several tellings of one pair of values the surest."""
    best: dict[tuple[object, ...], tuple[int, Conflict]] = {}
    for bucket in _buckets(read):
        for x, y in combinations(bucket, 2):
            a, b = x.matter, y.matter
            if not part(a, b) or not _independent(view, x, y):
                continue
            verdict = compare(a, b)
            if verdict is None or not _worth(a, b, verdict):
                continue
            key = (a.figure.quantity or a.head, *sorted((_told(a), _told(b))))
            rank = _RANK[verdict.comparable]
            if key not in best or rank > best[key][0]:
                best[key] = (rank, _conflict(view, a, b, verdict))
    yield from (conflict for _, conflict in best.values())


def _told(a: Matter) -> float:
    """The number that a figure names: about 1,000 and 1,000 name one."""
    low, high = a.figure.low, a.figure.high
    return low if low is not None else high if high is not None else 0.0


def _conflict(view: StoryView, a: Matter, b: Matter, verdict: Verdict) -> Conflict:
    left, right = sorted((a, b), key=lambda m: m.figure.id)
    return Conflict(
        story=view.story.id,
        left=left.figure.id,
        right=right.figure.id,
        left_span=left.span,
        right_span=right.span,
        kind="figure",
        comparable=verdict.comparable,
        why=verdict.why,
        score=_SCORE[verdict.comparable],
    )


def denial_conflicts(view: StoryView) -> Iterator[Conflict]:
    """Denials of what another origin claims."""
    statements = {s.id: s for s in view.statements}
    for denial in view.denials:
        if denial.claimed is None or denial.statement not in statements:
            continue
        mine = hull(statements[denial.statement])
        sentence = view.sentence_at(denial.claimed.doc, denial.claimed.start)
        other = denial.denied or (sentence.id if sentence else "")
        if not other or origin_of(view, [mine]) == origin_of(view, [denial.claimed]):
            continue
        (left, left_span), (right, right_span) = sorted(((denial.statement, mine), (other, denial.claimed)))
        yield Conflict(
            story=view.story.id,
            left=left,
            right=right,
            left_span=left_span,
            right_span=right_span,
            kind="denial",
            comparable="yes" if denial.score >= 0.75 else "in part",
            why=denial.how,
            score=denial.score,
        )


def claims(view: StoryView) -> list[Claim]:
    """One claim for each value told of one matter, with everything that backs it."""
    found: dict[tuple[object, ...], list[Matter]] = defaultdict(list)
    for figure in view.figures:
        m = matter.read(view, figure)
        if m is not None:
            key = (m.figure.kind, m.figure.unit, m.figure.quantity, m.head, m.names, m.aspect, m.place)
            found[(*key, m.figure.low, m.figure.high, m.time)].append(m)
    rows = []
    for told in found.values():
        told.sort(key=lambda m: m.span)
        spans = tuple(sorted({m.span for m in told}))
        rows.append(
            Claim(
                story=view.story.id,
                about=told[0].about,
                value=view.text(told[0].figure),
                statements=tuple(sorted({i for m in told for i in _stated(view, m)})),
                spans=spans,
                origins=witnesses(view, spans),
            )
        )
    return sorted(rows, key=lambda c: c.id)


def _stated(view: StoryView, m: Matter) -> Iterator[str]:
    """Ids of the statements whose content holds a figure."""
    for s in view.statements:
        if s.doc == m.span.doc and any(
            c.start <= m.figure.start and m.figure.end <= c.end for c in s.content
        ):
            yield s.id


def conflicts(view: StoryView) -> list[Conflict]:
    """Where the accounts of one story part, on figures and by denial."""
    found = {c.id: c for c in (*figure_conflicts(view, _figures(view)), *denial_conflicts(view))}
    return [found[i] for i in sorted(found)]


def _run(tables: Tables, _settings: Settings) -> Tables:
    told, parted = [], []
    for view in views(tables):
        told += claims(view)
        parted += conflicts(view)
    return {
        "claims": to_table(Claim, told, made_by=STAGE.made_by),
        "conflicts": to_table(Conflict, parted, made_by=STAGE.made_by),
    }


STAGE = Stage(
    name="conflicts",
    version=1,
    needs=("stories",),
    makes=("claims", "conflicts"),
    split_by="id",
    fetch=fetches(
        "sentences", "times", "places", "figures", "statements", "actors", "passages", "datings", "denials"
    ),
    run=_run,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)
