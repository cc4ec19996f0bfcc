"""What cleaning one page gives, whatever its form: the seam between HTML, flattened text and text as it is."""

from __future__ import annotations

import msgspec

from variorum.records import PageRange
from variorum.records.document import BlockKind, HeaderField, RemovedKind
from variorum.text.offsets import OffsetMap


class RemovedBlock(msgspec.Struct, frozen=True):
    """Words of the page that are no part of its text.

    Attributes:
        kind: What they were.
        page_ranges: Where they stand in the page, in page order: half-open bytes.
        text: The words, white space collapsed.
    """

    kind: RemovedKind
    page_ranges: tuple[PageRange, ...]
    text: str


class Evidence(msgspec.Struct, frozen=True):
    """One place of the page (or beside it) that tells a header field.

    Attributes:
        field: Which field.
        value: The value in the form of the documents table (dates as TIMEX3, in UTC where a zone is told).
        text: The words it was read from, as they stand in the page.
        page_ranges: Where those words stand: half-open bytes; empty if not in the page's bytes.
        found_in: `given`, `json-ld`, `meta`, `markup`, `text`, `caption`, `url`, ...
        weight: How far to trust it, 0 to 100; the heaviest is chosen (scale in `variorum.clean.header`).
        reason: What speaks for or against it; may be empty.
    """

    field: HeaderField
    value: str
    text: str = ""
    page_ranges: tuple[PageRange, ...] = ()
    found_in: str = "text"
    weight: int = 50
    reason: str = ""


class Cleaned(msgspec.Struct, frozen=True):
    """A page's text with what was taken from it and what it says of itself.

    Attributes:
        text: Blocks separated by a blank line.
        offset_map: From code points of `text` to bytes of the page.
        blocks: (start, end, kind) of each block, in text order, not overlapping.
        removed: All other words of the page.
        evidence: What speaks for header fields, in any order.
        doubts: What could not be aligned or read for certain; each becomes a refusal record.
    """

    text: str
    offset_map: OffsetMap
    blocks: list[tuple[int, int, BlockKind]]
    removed: list[RemovedBlock]
    evidence: list[Evidence]
    doubts: tuple[str, ...] = ()
