"""The map from code points of a cleaned text to bytes of its page.

Every change of text in the project gives back such a map with it (design, law 1). A map is a list of runs. In a
run every code point of the text comes from `width` bytes of the page, one after another; a run of one code point
may have any width (an entity, a collapsed stretch of white space). Code points in no run come from no bytes: the
blank lines between blocks.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Run(msgspec.Struct, frozen=True, order=True, gc=False):
    """`length` code points of the text from `start`, each from `width` bytes of the page from `page_start`."""

    start: int
    length: int
    page_start: int
    width: int


class OffsetMap:
    """Runs in text order; page order is free, so moved text keeps its anchors."""

    __slots__ = ("_starts", "runs")

    def __init__(self, runs: Iterable[Run]) -> None:
        """Join neighbouring runs of equal width and check that runs do not overlap in the text.

        Raises:
            ValueError: If runs overlap or are not in text order.
        """
        joined: list[Run] = []
        for run in runs:
            if run.length <= 0:
                continue
            last = joined[-1] if joined else None
            if last is not None and run.start < last.start + last.length:
                raise ValueError(f"run at {run.start} overlaps the one at {last.start}")
            if (
                last is not None
                and last.width == run.width
                and last.start + last.length == run.start
                and last.page_start + last.length * last.width == run.page_start
            ):
                joined[-1] = Run(last.start, last.length + run.length, last.page_start, run.width)
            else:
                joined.append(run)
        self.runs = joined
        self._starts = [r.start for r in joined]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OffsetMap) and self.runs == other.runs

    def __hash__(self) -> int:
        return hash(tuple(self.runs))

    def page_ranges(self, start: int, end: int) -> list[tuple[int, int]]:
        """Byte ranges of the page that hold code points `[start, end)` of the text.

        Args:
            start: First code point.
            end: One past the last.

        Returns:
            Half-open ranges in text order, neighbours joined; empty where no byte is known.
        """
        found: list[tuple[int, int]] = []
        i = max(bisect_right(self._starts, start) - 1, 0)
        for run in self.runs[i:]:
            if run.start >= end:
                break
            low, high = max(start, run.start), min(end, run.start + run.length)
            if low >= high:
                continue
            first = run.page_start + (low - run.start) * run.width
            last = run.page_start + (high - run.start) * run.width
            if found and found[-1][1] == first:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found

    def text_spans(self, page_start: int, page_end: int) -> list[tuple[int, int]]:
        """Spans of the text that come from bytes `[page_start, page_end)`; the other way round.

        Returns:
            Half-open spans of code points in text order, neighbours joined.
        """
        found: list[tuple[int, int]] = []
        for run in self.runs:
            low = max(page_start, run.page_start)
            high = min(page_end, run.page_start + run.length * run.width)
            if low >= high or run.width == 0:
                continue
            first = run.start + (low - run.page_start) // run.width
            last = run.start + -(-(high - run.page_start) // run.width)
            if found and found[-1][1] == first:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found

    def pack(self) -> bytes:
        """The map as bytes: zlib over four columns of differences, 32-bit little-endian."""
        if not self.runs:
            return b""
        table = np.array([(r.start, r.length, r.page_start, r.width) for r in self.runs], dtype="<i4")
        table[1:, 0] -= table[:-1, 0].copy()
        table[1:, 2] -= table[:-1, 2].copy()
        return zlib.compress(np.ascontiguousarray(table.T).tobytes(), 6)

    @classmethod
    def unpack(cls, data: bytes) -> OffsetMap:
        """The inverse of `pack`."""
        made = cls(())
        if data:
            table = np.frombuffer(zlib.decompress(data), dtype="<i4").reshape(4, -1).copy()
            starts, pages = np.cumsum(table[0]), np.cumsum(table[2])
            columns = (starts.tolist(), table[1].tolist(), pages.tolist(), table[3].tolist())
            made.runs = [Run(*row) for row in zip(*columns, strict=True)]
            made._starts = starts.tolist()
        return made


class TextBuilder:
    r"""Builds a text and its map together, so that the two cannot part.

    >>> builder = TextBuilder()
    >>> builder.add("ab", 10, 1)
    >>> builder.gap("\n\n")
    >>> builder.add("c", 40, 5)
    >>> builder.text, builder.offset_map().page_ranges(0, 5)
    ('ab\n\nc', [(10, 12), (40, 45)])
    """

    __slots__ = ("_length", "_parts", "_runs")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str, page_start: int, width: int) -> None:
        """Add code points that each come from `width` bytes, one after another from `page_start`."""
        if text:
            self._runs.append(Run(self._length, len(text), page_start, width))
            self._parts.append(text)
            self._length += len(text)

    def gap(self, text: str) -> None:
        """Add code points that stand for no bytes of the page."""
        self._parts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def offset_map(self) -> OffsetMap:
        return OffsetMap(self._runs)


def byte_offsets(text: str, charset: str) -> Sequence[int]:
    """Byte offset of every code point of `text` in its encoded form, and the length at the end.

    Args:
        text: What the page's bytes decode to, complete.
        charset: Codec by which they decode, without error.

    Returns:
        `len(text) + 1` offsets.
    """
    if text.isascii() and "A".encode(charset) == b"A":  # in every such codec ASCII is one byte a letter
        return range(len(text) + 1)
    if charset.lower().replace("_", "-") in {"utf-8", "utf8", "ascii"}:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        widths = 1 + (points > 0x7F).astype(np.int64) + (points > 0x7FF) + (points > 0xFFFF)
    else:
        mark = len("".encode(charset))  # a codec such as utf-16 puts a byte order mark before every string
        widths = np.array([len(c.encode(charset, "replace")) - mark for c in text], dtype=np.int64)
    ends = np.cumsum(widths)
    return [0, *ends.tolist()]
