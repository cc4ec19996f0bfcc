"""One page to read: its text with every anchored record marked, its chrome between, in the order of the page."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec

from variorum import records as r
from variorum.records import by
from variorum.text.offsets import OffsetMap
from variorum.views.shelf import Witness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from variorum.views.shelf import Shelf


class Mark(msgspec.Struct, frozen=True, order=True):
    """A stretch of text to mark: half-open code points, a class, and words for who hovers over it."""

    start: int
    end: int
    kind: str
    title: str


class Segment(msgspec.Struct, frozen=True):
    """Text under the same marks; `anchors` are targets of links that begin here."""

    text: str
    kinds: tuple[str, ...]
    title: str
    anchors: tuple[str, ...]


class Part(msgspec.Struct, frozen=True):
    """A block of the text (with its kind and segments) or one that cleaning removed (kind, words, no segments)."""

    kind: str
    removed: bool
    text: str
    sentences: tuple[tuple[Segment, ...], ...] = ()


class Evidence(msgspec.Struct, frozen=True):
    """A header value, where it was read, and whether it was chosen."""

    field: str
    value: str
    found_in: str
    text: str
    chosen: bool
    reason: str


class PageView(msgspec.Struct, frozen=True):
    """A page to read."""

    witness: Witness
    sha256: str
    language: str
    translated: str
    evidence: tuple[Evidence, ...]
    parts: tuple[Part, ...]
    statements: int


def target(anchor: r.Anchor) -> str:
    """The name by which links reach an anchored span in its page."""
    return f"{anchor.doc}-{anchor.start}"


def page_views(shelf: Shelf, targets: Iterable[r.Anchor]) -> list[PageView]:
    """Every document as a page to read, by siglum and story.

    Args:
        shelf: The dossier.
        targets: Spans that links elsewhere in the report lead to.
    """
    wanted: dict[str, set[int]] = {}
    for anchor in targets:
        wanted.setdefault(anchor.doc, set()).add(anchor.start)
    marks = _all_marks(shelf)
    removed = by(shelf.all(r.Removed), "page")
    headers = by(shelf.all(r.Header), "doc")
    pages = {p.id: p for p in shelf.all(r.Page)}
    said = by(shelf.statements.values(), "doc")
    views = []
    for doc, witness in shelf.witnesses.items():
        document = shelf.documents[doc]
        rows = sorted(headers[doc], key=lambda h: (h.field, not h.chosen, h.value))
        evidence = tuple(Evidence(h.field, h.value, h.found_in, h.text, h.chosen, h.reason) for h in rows)
        views.append(
            PageView(
                witness=witness,
                sha256=pages[document.page].sha256,
                language=document.language,
                translated=document.translated,
                evidence=evidence,
                parts=_parts(
                    shelf, document, marks.get(doc, []), wanted.get(doc, set()), removed[document.page]
                ),
                statements=len(said[doc]),
            )
        )
    return views


def _all_marks(shelf: Shelf) -> Mapping[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for s in shelf.statements.values():
        said = f"{s.speaker_name or 'speaker not resolved'} {s.act} ({s.manner})"
        spans = [(s.source, "source", said), (s.cue, "cue", said), *((c, "content", said) for c in s.content)]
        found.setdefault(s.doc, []).extend(
            Mark(x.start, x.end, kind, title) for x, kind, title in spans if x is not None
        )
    for t in shelf.all(r.Time):
        until = f" to {t.latest}" if t.latest != t.earliest else ""
        title = f"{t.value}: {t.earliest}{until}" if t.earliest else f"{t.value} (not resolved)"
        found.setdefault(t.doc, []).append(Mark(t.start, t.end, "time", title))
    for f in shelf.figures.values():
        title = f"{f.kind}: {_range(f)} {f.unit} {shelf.span_text(f.doc, f.counts)}".strip()
        found.setdefault(f.doc, []).append(Mark(f.start, f.end, "figure", title))
    for p in shelf.all(r.Place):
        title = f"{p.name} ({p.country})" if p.gazetteer_id else f"not resolved: {p.reason}"
        found.setdefault(p.doc, []).append(Mark(p.start, p.end, "place", title))
    return found


def _range(figure: r.Figure) -> str:
    low = "" if figure.low is None else f"{figure.low:,.10g}"
    high = "" if figure.high is None else f"{figure.high:,.10g}"
    about = "about " if figure.approximate else ""
    if low == high:
        return about + low
    return f"{about}{low or 'up'} to {high or 'open'}"


def _parts(
    shelf: Shelf, document: r.Document, marks: list[Mark], targets: set[int], removed: list[r.Removed]
) -> tuple[Part, ...]:
    """Kept and removed blocks in the order of the page."""
    offsets = OffsetMap.unpack(document.offset_map)
    placed: list[tuple[int, int, Part]] = []
    sentences = by(shelf.sentences[document.id], "block")
    last = 0
    for number, block in enumerate(shelf.blocks[document.id]):
        ranges = offsets.page_ranges(block.start, block.end)
        last = ranges[0][0] if ranges else last
        spans = [(s.start, s.end) for s in sentences[block.id]] or [(block.start, block.end)]
        cut = _cover(spans, block.start, block.end)
        lines = tuple(_segments(document, low, high, marks, targets) for low, high in cut)
        placed.append((last, number, Part(block.kind, removed=False, text="", sentences=lines)))
    for row in removed:
        start = row.page_ranges[0].start if row.page_ranges else 0
        if row.text.strip() and row.kind != "code":
            placed.append((start, -1, Part(row.kind, removed=True, text=row.text)))
    return tuple(part for _, _, part in sorted(placed, key=lambda p: p[:2]))


def _cover(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The spans and what lies between them, so that they cover the block."""
    cover, at = [], start
    for low, high in sorted(spans):
        if low > at:
            cover.append((at, low))
        if high > max(low, at):
            cover.append((max(low, at), high))
            at = high
    if at < end:
        cover.append((at, end))
    return cover


def _segments(
    document: r.Document, start: int, end: int, marks: list[Mark], targets: set[int]
) -> tuple[Segment, ...]:
    here = sorted(m for m in marks if m.start < end and m.end > start)
    cuts = {start, end} | {t for t in targets if start <= t < end}
    cuts |= {at for m in here for at in (m.start, m.end) if start < at < end}
    ordered = sorted(cuts)
    made = []
    for low, high in itertools.pairwise(ordered):
        over = [m for m in here if m.start <= low and m.end >= high]
        made.append(
            Segment(
                text=document.text[low:high],
                kinds=tuple(sorted({m.kind for m in over})),
                title=" · ".join(dict.fromkeys(m.title for m in over)),
                anchors=(f"{document.id}-{low}",) if low in targets else (),
            )
        )
    return tuple(made)
