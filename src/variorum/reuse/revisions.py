"""Captures of one address: which followed which, and the words that were changed between them.

The first stage says of each page under which address it was captured; the second, split by address, puts a page's
captures in order and links each to the next.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from variorum.records import (
    Anchor,
    Capture,
    Document,
    Page,
    Revision,
    Tables,
    by,
    from_table,
    to_table,
)
from variorum.reuse.addresses import address_of
from variorum.reuse.align import spelled_out
from variorum.reuse.direction import ANY_ZONE, moment
from variorum.reuse.edits import difference, piecewise, places
from variorum.stage import Fetch, Stage
from variorum.text.normalise import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.settings import Settings

# Behind every time told; moments here are UTC without zone, as `moment` gives them.
_LAST = dt.datetime.max  # noqa: DTZ901


class _When(msgspec.Struct, frozen=True):
    """A time told of a capture; `word` says what happened then, `value` is the time as told."""

    word: Literal["captured", "modified", "published"]
    value: str
    since: dt.datetime
    until: dt.datetime
    zoned: bool

    def __str__(self) -> str:
        return f"{self.word} {self.value}"


class _Shot(msgspec.Struct, frozen=True):
    """A document with what tells when it was captured and when it was last changed."""

    document: Document
    captured: _When | None
    changed: _When | None

    @property
    def rank(self) -> tuple[dt.datetime, dt.datetime, str]:
        """The order to begin with; what is known of two captures is held against it."""
        changed = self.changed.since if self.changed else _LAST
        return self.captured.since if self.captured else changed, changed, self.document.id

    @property
    def best(self) -> _When | None:
        return self.captured or self.changed


class _Verdict(msgspec.Struct, frozen=True):
    """Which of two captures is earlier, why, and by which times."""

    earlier: Literal["left", "right", "undecided"]
    why: str
    times: tuple[str, str]


def _when(
    word: Literal["captured", "modified", "published"], value: str, earliest: str = "", latest: str = ""
) -> _When | None:
    since, until = moment(earliest or value, end=False), moment(latest or value, end=True)
    if since is None or until is None:
        return None
    return _When(word, value or earliest, since[0], until[0], since[2])


def _shot(document: Document, captured: str) -> _Shot:
    published = (document.published_value, document.published_earliest, document.published_latest)
    return _Shot(
        document,
        _when("captured", captured),
        _when("modified", document.modified) or _when("published", *published),
    )


def _parted(left: _When, right: _When) -> bool:
    """Whether one time surely lies before another; a clock without zone may be any zone's."""
    slack = ANY_ZONE if left.zoned != right.zoned else dt.timedelta()
    return right.since - left.until > slack


def _says(left: _When | None, right: _When | None) -> tuple[Literal["left", "right"], _When, _When] | None:
    """What two times say of two captures, if they were taken at, or changed at, these."""
    if left is None or right is None:
        return None
    if _parted(left, right):
        return "left", left, right
    return ("right", left, right) if _parted(right, left) else None


def _seen(left: _Shot, right: _Shot) -> tuple[Literal["left", "right"], _When, _When] | None:
    """What it says that one was captured at a time at which the other had, or had not yet, been changed.

    A page changed after a capture was not there to be captured; one whose last change is told to lie before it
    would have been what was captured. A time of publication alone tells nothing of later changes.
    """
    if left.captured and not right.captured and right.changed:
        told = _says(left.captured, right.changed)
    elif right.captured and not left.captured and left.changed:
        told = _says(left.changed, right.captured)
    else:
        return None
    if told is None:
        return None
    first = told[1] if told[0] == "left" else told[2]
    return None if first.word == "published" else told


def _compared(left: _Shot, right: _Shot) -> _Verdict:
    """Which capture is earlier: by times of capture, else by what the pages tell of their last change."""
    captured = _says(left.captured, right.captured)
    found = [captured] if captured else [_says(left.changed, right.changed), _seen(left, right)]
    told = [f for f in found if f is not None]
    sides = {side for side, _, _ in told}
    if len(sides) == 1:
        side, here, there = told[0]
        first, then = (here, there) if side == "left" else (there, here)
        return _Verdict(side, f"{first}, then {then}", (here.value, there.value))
    times = tuple(shot.best.value if shot.best else "" for shot in (left, right))
    return _Verdict("undecided", f"order undecided: {_undecided(left, right, told)}", (times[0], times[1]))


def _undecided(
    left: _Shot, right: _Shot, told: Sequence[tuple[Literal["left", "right"], _When, _When]]
) -> str:
    if told:
        return "the evidence disagrees: " + "; ".join(f"{here} against {there}" for _, here, there in told)
    here, there = (
        " and ".join(str(when) for when in (shot.captured, shot.changed) if when) for shot in (left, right)
    )
    if not here and not there:
        return "nothing tells when they were captured or changed"
    return f"one {here or 'of unknown time'}, the other {there or 'of unknown time'}"


def _ordered(shots: Iterable[_Shot]) -> list[_Shot]:
    """Captures of one page in order: what is told of two neighbours goes before the rank."""
    done: list[_Shot] = []
    for shot in sorted(shots, key=attrgetter("rank")):
        at = len(done)
        while at and _compared(shot, done[at - 1]).earlier == "left":
            at -= 1
        done.insert(at, shot)
    return done


def _revision(address: str, earlier: _Shot, later: _Shot) -> Revision:
    left, right = words(earlier.document.text), words(later.document.text)
    here, there = ([w.text for w in side] for side in (left, right))
    found = difference(here, there)
    verdict = _compared(earlier, later)
    spots = places(found.changes, len(here), len(there))
    return Revision(
        earlier=earlier.document.id,
        later=later.document.id,
        address=address,
        order="told" if verdict.earlier == "left" else "undecided",
        why="; ".join(
            filter(None, (verdict.why, _note(replaced=found.replaced, changed=bool(found.changes))))
        ),
        times=verdict.times,
        same=found.same,
        edits=spelled_out(here, there, found.changes),
        title_edits=_title_edits(earlier.document.title, later.document.title),
        before=tuple(_anchor(earlier.document.id, left, s.left, s.left_end) for s in spots),
        after=tuple(_anchor(later.document.id, right, s.right, s.right_end) for s in spots),
    )


def _note(*, replaced: bool, changed: bool) -> str:
    if replaced:
        return "another text stands in its place, its words are not compared"
    return "" if changed else "the same words"


def _anchor(doc: str, side: Sequence[Word], start: int, end: int) -> Anchor:
    """The span of some words; without words, the place before the next, or the end of the last."""
    if start < end:
        return Anchor(doc, side[start].start, side[end - 1].end)
    at = side[start].start if start < len(side) else side[-1].end if side else 0
    return Anchor(doc, at, at)


def _title_edits(earlier: str, later: str) -> tuple[str, ...]:
    left, right = ([w.text for w in words(title)] for title in (earlier, later))
    return spelled_out(left, right, piecewise(left, right))


def _run_captures(tables: Tables, _settings: Settings) -> Tables:
    pages = {p.id: p for p in from_table(Page, tables["pages"])}
    documents = tables["documents"].select(["id", "page"]).to_pylist()
    rows = [
        Capture(doc=row["id"], address=address, captured=pages[row["page"]].captured)
        for row in documents
        if row["page"] in pages and (address := address_of(pages[row["page"]].location))
    ]
    return {"captures": to_table(Capture, rows, made_by=CAPTURES.made_by)}


def _run_revisions(tables: Tables, _settings: Settings) -> Tables:
    captures = sorted(from_table(Capture, tables["captures"]), key=attrgetter("address", "doc"))
    groups = {address: found for address, found in by(captures, "address").items() if len(found) > 1}
    # Most addresses were captured once: only the others' documents become records.
    wanted = pa.array([c.doc for found in groups.values() for c in found], type=pa.string())
    kept = tables["documents"].filter(pc.is_in(tables["documents"]["id"], value_set=wanted))
    documents = {d.id: d for d in from_table(Document, kept)}
    rows = []
    for address, found in groups.items():
        shots = _ordered(_shot(documents[c.doc], c.captured) for c in found if c.doc in documents)
        rows += [_revision(address, *pair) for pair in pairwise(shots)]
    return {"revisions": to_table(Revision, rows, made_by=REVISIONS.made_by)}


CAPTURES = Stage(
    name="captures",
    version=2,
    needs=("pages", "documents"),
    makes=("captures",),
    split_by="document",
    run=_run_captures,
)

REVISIONS = Stage(
    name="revisions",
    version=2,
    needs=("captures",),
    makes=("revisions",),
    split_by="address",
    fetch=(Fetch(table="documents", column="id", by=("captures.doc",)),),
    libraries=("rapidfuzz",),
    run=_run_revisions,
)
