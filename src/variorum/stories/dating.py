"""Completing a document's date from the other pages of its story.

A page may say "Wednesday (December 28)" and no year, or nothing at all. Its story mates may tell: they were published
near that day, give the same day in full, or share its words. Each piece of evidence has a weight; pieces add as
independent ones do (1 minus the product of what each leaves open). Where two years, or two days, fit about equally,
nothing is said.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.records import Dating, Document, Header, Passage, Time
from variorum.stories.happening import Known as Happenings
from variorum.stories.happening import told
from variorum.text.calendar import add_days, as_day, bounds, days_between, is_day, weekday, with_year

if TYPE_CHECKING:
    from collections.abc import Iterable


# How much each kind of evidence says by itself, 0..1. No open corpus has pages without years beside dated mates; the
# weights only have to order the cases in tests/stories/cases/dating.jsonl, where all but the weak pieces must decide alone.
_SAME_DAY = 0.6  # a mate gives the very day in full
_SHARED_COPY = 0.5  # it has copied words in common with a page of that time
_SHARED_QUOTE = 0.4  # it has a quotation in common with a page of that time
_AT_ONCE = 0.5  # a mate was published within `_AT_ONCE_DAYS`
_NEAR = 0.35  # a mate was published within `_NEAR_DAYS`
_OTHER_DAY = 0.5  # another day that it names without a year stands in full in a mate, near this one
_OWN = 0.5  # its own text gives a day in full, shortly before
_WEEKDAY = 0.15  # the weekday that it names fits: one day in seven would

_HAPPENING = 0.5  # what it tells of a weekday a mate tells of that weekday, whose day is known

# A date is completed from this score on, if the next best is this much worse.
_ENOUGH = 0.45
_LEAD = 0.2
_NEAR_DAYS = 31
_AT_ONCE_DAYS = 2
# A page that says "on Wednesday" is at most so much younger than that Wednesday.
_WEEK = 6
# A page without any date stands this near the latest day that its own text gives.
_FRESH = 3

# Score of a dating that gives a stretch: below that of any day.
_STRETCH = 0.4
# Evidence that ties a page to a mate, by words, days or happenings; the rest only adds to it.
_LINKS = frozenset({"shared", "common day", "happening"})

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_NAME = regex.compile(r"(?i)\b(" + "|".join(_DAYS) + r")\b")
_PARTIAL = regex.compile(r"XXXX-(\d\d)-(\d\d)")


class Known(msgspec.Struct, frozen=True, order=True):
    """A day that the story gives in full: who gives it, and the ids of what it rests on."""

    day: str
    doc: str
    ids: tuple[str, ...]


class Mates(msgspec.Struct, frozen=True, dict=True):
    """What a story tells of time.

    Attributes:
        documents: Its documents by id.
        times: Time expressions of each document.
        headers: Header evidence of each document.
        passages: Passages between its documents.
    """

    documents: Mapping[str, Document]
    times: Mapping[str, Sequence[Time]]
    headers: Mapping[str, Sequence[Header]]
    passages: Sequence[Passage]

    @cached_property
    def happenings(self) -> Happenings:
        """What its documents tell of days that are known."""
        return Happenings(self.documents, self.times)

    def named_days(self) -> list[Known]:
        """Every full day that a text of the story names by itself; what was reckoned from a page's date is no news."""
        return sorted(
            Known(time.value[:10], doc, (doc, time.id))
            for doc in self.documents
            for time in self.times.get(doc, ())
            if is_day(time.value) and not time.anchored_to
        )

    def shared(self, doc: str) -> dict[str, tuple[float, str]]:
        """Documents that share words with this one: the weight of that, and the id of the passage."""
        found: dict[str, tuple[float, str]] = {}
        for passage in sorted(self.passages, key=lambda p: (p.kind != "copy", p.id)):
            if passage.kind in ("copy", "quotation") and doc in (passage.left.doc, passage.right.doc):
                other = passage.right.doc if passage.left.doc == doc else passage.left.doc
                found.setdefault(
                    other, (_SHARED_COPY if passage.kind == "copy" else _SHARED_QUOTE, passage.id)
                )
        return found


class _Case:
    """Evidence for one value, each kind counted once at its strongest."""

    def __init__(self) -> None:
        self.pieces: dict[str, tuple[float, str, tuple[str, ...]]] = {}

    def add(self, kind: str, weight: float, why: str, ids: Iterable[str]) -> None:
        if weight > self.pieces.get(kind, (0.0, "", ()))[0]:
            self.pieces[kind] = (weight, why, tuple(ids))

    @property
    def score(self) -> float:
        return round(1 - math.prod(1 - weight for weight, _, _ in self.pieces.values()), 4)

    def told(self) -> tuple[tuple[str, ...], str]:
        """Ids it rests on, sorted, and the reasons."""
        ids = sorted({i for _, _, found in self.pieces.values() for i in found})
        return tuple(ids), "; ".join(why for _, why, _ in self.pieces.values())


def is_dated(document: Document) -> bool:
    """Whether both ends of a document's publication are known."""
    return bool(document.published_earliest and document.published_latest)


def datings(mates: Mates) -> list[Dating]:
    """Complete what can be completed: days without a year first, for they then date pages without any day.

    Returns:
        At most one dating a document, in order of document; none for documents that are dated.
    """
    days = {d.id: d.published_earliest[:10] for d in mates.documents.values() if is_dated(d)}
    found: list[Dating] = []
    open_docs = [mates.documents[doc] for doc in sorted(mates.documents) if doc not in days]
    partial = [d for d in open_docs if _PARTIAL.match(d.published_value)]
    for rest, complete in (
        (partial, _complete_year),
        ([d for d in open_docs if d not in partial], _complete_day),
    ):
        made = [dating for dating in (complete(d, mates, days) for d in rest) if dating is not None]
        found += made
        days |= {dating.doc: dating.value[:10] for dating in made if "/" not in dating.value}
    return sorted(found, key=lambda dating: dating.doc)


def _best(cases: Mapping[str, _Case], within: tuple[int, int] = (0, 0)) -> tuple[str, _Case] | None:
    """The one value that the evidence singles out; values so many days from it are no rivals."""
    ranked = sorted(cases, key=lambda value: (-cases[value].score, value))
    if not ranked or cases[ranked[0]].score < _ENOUGH:
        return None
    best = ranked[0]
    rivals = [v for v in ranked[1:] if not within[0] <= (days_between(best, v) or 0) <= within[1]]
    if rivals and cases[best].score - cases[rivals[0]].score < _LEAD:
        return None
    return best, cases[best]


def _complete_year(document: Document, mates: Mates, days: Mapping[str, str]) -> Dating | None:
    """Complete `XXXX-12-28`."""
    named = mates.named_days()
    years = {int(day[:4]) for day in (*days.values(), *(k.day for k in named))}
    told = _weekday_told(document, mates)
    cases: dict[str, _Case] = defaultdict(_Case)
    for year in sorted({y + step for y in years for step in (-1, 0, 1)}):
        value = with_year(document.published_value, year)
        if not value or (told and weekday(value) != told):
            continue
        _year_evidence(cases[value], value[:10], document, mates, days, named)
        if told and cases[value].pieces:
            why = f"it says {_DAYS[told - 1].capitalize()}, which that day was"
            cases[value].add("weekday", _WEEKDAY, why, (document.id,))
    best = _best(cases)
    if best is None:
        return None
    value, case = best
    ids, why = case.told()
    earliest, latest = bounds(value)
    return Dating(
        doc=document.id,
        value=value,
        earliest=earliest,
        latest=latest,
        because_of=ids,
        score=case.score,
        why=why,
    )


def _year_evidence(
    case: _Case, day: str, document: Document, mates: Mates, days: Mapping[str, str], named: Sequence[Known]
) -> None:
    shared = mates.shared(document.id)
    others = {
        t.value[4:10]: t.id
        for t in mates.times.get(document.id, ())
        if _PARTIAL.fullmatch(t.value) and t.value[4:] != day[4:]
    }
    for known in named:
        distance = abs(days_between(known.day, day) or 0)
        if known.doc == document.id:
            if known.day[:4] == day[:4] and known.day <= day:
                case.add(
                    "own", _OWN if distance <= _NEAR_DAYS else 0.1, f"its text names {known.day}", known.ids
                )
        elif known.day == day:
            case.add("same day", _SAME_DAY, f"another page of the story names {day} in full", known.ids)
        elif known.day[4:] in others and distance <= 2 * _NEAR_DAYS:
            ids = (*known.ids, others[known.day[4:]])
            case.add(
                "other day", _OTHER_DAY, f"a day it names without a year is {known.day} in another page", ids
            )
    for doc, published in sorted(days.items()):
        distance = abs(days_between(published, day) or 0)
        if distance > _NEAR_DAYS:
            continue
        weight = _AT_ONCE if distance <= _AT_ONCE_DAYS else _NEAR
        case.add("near", weight, f"another page of the story was published on {published}", (doc,))
        if doc in shared:
            weight, passage = shared[doc]
            case.add("shared", weight, f"it shares words with a page of {published}", (doc, passage))


def _weekday_told(document: Document, mates: Mates) -> int:
    """The weekday that stands with the document's date, Monday 1; 0 if none does, or several."""
    month_day = document.published_value[4:10]
    near = [
        h.text
        for h in mates.headers.get(document.id, ())
        if h.field == "published" and h.value[4:10] == month_day
    ]
    near += [
        document.text[max(0, t.start - 12) : t.end]
        for t in mates.times.get(document.id, ())
        if t.value[4:10] == month_day
    ]
    found = {name.lower() for text in near for name in _DAY_NAME.findall(text)}
    return _DAYS.index(found.pop()) + 1 if len(found) == 1 else 0


def _complete_day(document: Document, mates: Mates, days: Mapping[str, str]) -> Dating | None:
    """Date a page that tells no day at all: by a mate that shares its words or a day that both name, by the latest day that it names."""
    own = [k for k in mates.named_days() if k.doc == document.id]
    floor = max(
        [k.day for k in own] + [document.published_earliest[:10]] * bool(document.published_earliest),
        default="",
    )
    weekdays = {
        name.lower(): time.id
        for time in mates.times.get(document.id, ())
        if time.mod not in {"ON_OR_BEFORE", "BEFORE"}
        for name in _DAY_NAME.findall(document.text[time.start : time.end])
    }
    shared = mates.shared(document.id)
    cases: dict[str, _Case] = defaultdict(_Case)
    for doc, published in sorted(days.items()):
        late = days_between(floor, published) if floor else None
        if late is not None and late < 0:
            continue
        case = cases[published]
        if late is not None and late <= _FRESH:
            ids = (document.id, *(i for k in own if k.day == floor for i in k.ids))
            case.add("own", _OWN - 0.1 * late, f"the latest day it names is {floor}", ids)
        if doc in shared:
            weight, passage = shared[doc]
            case.add("shared", weight, f"it shares words with a page of {published}", (doc, passage))
        if ids := _common_day(document.id, doc, published, mates):
            why = f"it names without a year a day that a page of {published} tells in full"
            case.add("common day", _OTHER_DAY, why, ids)
        name = _DAYS[weekday(published) - 1]
        if name in weekdays and case.pieces:
            case.add("weekday", _WEEKDAY, f"it speaks of {name.capitalize()}", (document.id, weekdays[name]))
    for day, ids in _happened(document, mates, days).items():
        if day >= floor:
            why = f"it tells what another page tells of {day}"
            cases[day].add("happening", _HAPPENING, why, ids)
    best = _best(cases, within=(-1, _WEEK))
    # Without common words, days or happenings the mate's day is no evidence for this page's.
    if best is None or not _LINKS & best[1].pieces.keys():
        return _complete_stretch(document, cases, floor)
    value, case = best
    if case.pieces.keys() == {"common day"}:
        return _complete_stretch(document, cases, floor)
    ids, why = case.told()
    latest = add_days(value, _WEEK if _DAYS[weekday(value) - 1] in weekdays else 1)
    # What happened on a day is told then or later.
    earliest = value if "happening" in case.pieces else add_days(value, -1)
    return Dating(
        doc=document.id, value=value, earliest=max(floor, earliest), latest=latest, because_of=ids, score=case.score, why=why
    )  # fmt: skip


def _happened(document: Document, mates: Mates, days: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Days of happenings that a page without a date tells by their weekday, with what they rest on.

    Of several within one week only the last is given: the page is not older.
    """
    found: dict[str, tuple[str, ...]] = {}
    for mine in told(document, mates.times.get(document.id, ())):
        for doc, theirs in mates.happenings.like(mine):
            if doc in days:
                found.setdefault(theirs.day, (document.id, mine.time, doc, theirs.time))
    if found and (days_between(min(found), max(found)) or 0) <= _WEEK:
        return {max(found): found[max(found)]}
    return found


def _complete_stretch(document: Document, cases: Mapping[str, _Case], floor: str) -> Dating | None:
    """Where the evidence leads to one stretch of the story but to no single day in it: from when to when."""
    fit = sorted(day for day, case in cases.items() if _LINKS & case.pieces.keys() and case.score >= _ENOUGH)
    if not fit or (days_between(fit[0], fit[-1]) or 0) > _NEAR_DAYS:
        return None
    earliest, latest = max(floor, add_days(fit[0], -_WEEK)), add_days(fit[-1], _WEEK)
    found = [cases[day].told() for day in fit]
    ids = sorted({i for told_ids, _ in found for i in told_ids})
    return Dating(
        doc=document.id, value=f"{earliest}/{latest}", earliest=earliest, latest=latest, because_of=tuple(ids),
        score=_STRETCH, why=f"no single day is certain: {found[0][1]}",
    )  # fmt: skip


def _common_day(doc: str, mate: str, published: str, mates: Mates) -> tuple[str, ...]:
    """Ids of a day that a page names without its year and that its mate, published soon after it, tells in full."""
    mine = {t.value[4:10]: t.id for t in mates.times.get(doc, ()) if _PARTIAL.fullmatch(t.value)}
    for time in mates.times.get(mate, ()):
        day = time.value[:10]
        late = days_between(day, published) if is_day(day) and day[4:] in mine else None
        if late is not None and 0 <= late <= _NEAR_DAYS:
            return (doc, mine[day[4:]], mate, time.id)
    return ()


def spans_of_days(mates: Mates, made: Iterable[Dating]) -> dict[str, tuple[str, str]]:
    """First and last day of each document whose day is known, told or completed; `as_day` holds for both."""
    found = {
        d.id: (d.published_earliest[:10], d.published_latest[:10])
        for d in mates.documents.values()
        if is_dated(d)
    }
    for dating in made:
        one = "/" not in dating.value
        found[dating.doc] = (
            (dating.value[:10], dating.value[:10]) if one else (dating.earliest[:10], dating.latest[:10])
        )
    return {doc: span for doc, span in found.items() if as_day(span[0]) and as_day(span[1])}
