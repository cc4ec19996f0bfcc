"""Evidence from one line, and the signs by which a text shows that it is a translation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.cleaned import Evidence
from variorum.clean.translated import signs, statement
from variorum.records import PageRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.records.document import HeaderField

# On the scale of `variorum.clean.header`: a statement outweighs any sign; signs are recorded, each with its words.
_STATED, _SIGN = 80, 30


class Line(msgspec.Struct, frozen=True):
    """A block or removed piece of a page.

    Attributes:
        text: Its words as they stand in the page.
        kind: Block kind; empty for what was removed.
        kept: Whether it is part of the text.
        ranges: Page ranges of code points `[start, end)` of `text`.
    """

    text: str
    kind: str
    kept: bool
    ranges: Callable[[int, int], tuple[PageRange, ...]]


def line_evidence(
    line: Line,
    field: HeaderField,
    value: str,
    start: int,
    end: int,
    weight: int,
    reason: str,
    *,
    found_in: str = "text",
) -> Evidence:
    """Evidence read from code points `[start, end)` of a line."""
    return Evidence(
        field=field,
        value=value,
        text=line.text[start:end],
        page_ranges=line.ranges(start, end),
        found_in=found_in,
        weight=weight,
        reason=reason,
    )


def translation_evidence(lines: Sequence[Line]) -> Iterator[Evidence]:
    """What says that the text is a translation, and what only shows it.

    Args:
        lines: Kept blocks and removed pieces in page order.

    Yields:
        `stated` where the page says so, `likely` for each sign in the text's own words.
    """
    for line in lines:
        if len(line.text) >= 300 or line.kind not in {"", "byline", "paragraph", "dateline", "list"}:
            continue
        if span := statement(line.text, beside=line.kind not in {"paragraph", "list"}):
            yield line_evidence(line, "translated", "stated", *span, _STATED, "the page says so")
    for line in lines:
        if line.kind in {"paragraph", "quote", "list"}:
            for reason, start, end in signs(line.text):
                yield line_evidence(line, "translated", "likely", start, end, _SIGN, reason)
