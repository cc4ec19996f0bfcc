"""Article text taken as it is: nothing removed, offsets those of the text given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from variorum.clean.cleaned import Cleaned
from variorum.text.offsets import TextBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.records.document import BlockKind

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_WIDTHS = re.compile(r"[\x00-\x7f]+|[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")


def as_text(raw: str, offsets: Sequence[int]) -> Cleaned:
    """Take a text as it is.

    Args:
        raw: The text.
        offsets: Byte offset of each code point in the page, and of the end.

    Returns:
        The very text, each line that is not blank a paragraph, nothing removed.
    """
    builder = TextBuilder()
    for match in _WIDTHS.finditer(raw):
        _add(builder, raw, match.start(), match.end(), offsets)
    blocks: list[tuple[int, int, BlockKind]] = []
    for match in _LINE.finditer(raw):
        line = match[0]
        if line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            blocks.append((start, match.start() + len(line.rstrip()), "paragraph"))
    return Cleaned(raw, builder.offset_map(), blocks, [], [])


def _add(builder: TextBuilder, raw: str, start: int, end: int, offsets: Sequence[int]) -> None:
    """Add code points, in runs of equal width: in a charset other than UTF-8 a class may hold several."""
    total, count = offsets[end] - offsets[start], end - start
    width, rest = divmod(total, count)
    if rest == 0 and all(offsets[i] - offsets[start] == (i - start) * width for i in range(start, end)):
        builder.add(raw[start:end], offsets[start], width)
        return
    for i in range(start, end):
        builder.add(raw[i], offsets[i], offsets[i + 1] - offsets[i])
