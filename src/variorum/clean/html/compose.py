"""The cleaned text, composed of the page's own characters, and everything else as removed blocks."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.cleaned import RemovedBlock
from variorum.clean.html.chars import characters
from variorum.clean.html.scan import Node
from variorum.records import PageRange
from variorum.records.document import RemovedKind
from variorum.text.offsets import TextBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.keep import Line
    from variorum.clean.html.layout import Layout
    from variorum.clean.html.page import Elements
    from variorum.records.document import BlockKind
    from variorum.text.offsets import OffsetMap

_GAP = "\n\n"
# After these a `<br>` ends a paragraph; elsewhere it breaks a line in the midst of a sentence.
_SENTENCE_ENDS = (".", "!", "?", ":", "…", '"', "”", "»", "’", ")", "。", "！", "？")

# In most encodings a stretch of ASCII is one byte a character, and what is not is of one width for some while.
_ALIKE = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_RIGHTS = re.compile(r"©|\(c\) |copyright\b", re.IGNORECASE)
_RESERVED = re.compile(r"\ball rights reserved\b", re.IGNORECASE)


class Composer:
    """Adds lines to a text one after another and keeps the map."""

    def __init__(self, raw: str, offsets: Sequence[int]) -> None:
        self.raw = raw
        self.offsets = offsets
        self.builder = TextBuilder()
        self.blocks: list[tuple[int, int, BlockKind]] = []
        self._map: OffsetMap | None = None
        self._start = 0
        self._space: tuple[int, int] | None = None
        self._last = ""

    def add(self, lines: Sequence[Sequence[Node]], kind: BlockKind) -> None:
        """Add lines as one block, or as several where `<br>` parts paragraphs."""
        self._open()
        for nodes in lines:
            for node in nodes:
                if node.breaks and len(self.builder) > self._start:
                    if node.breaks > 1 or self._last.endswith(_SENTENCE_ENDS):
                        self._close(kind)
                        self._open()
                    else:
                        self._space = self._space or (node.start, node.start)
                if node.space >= 0:
                    self._space = self._space or (node.space, node.space + 1)
                self._node(node)
            self._space = self._space or (0, 0)
        self._close(kind)

    def offset_map(self) -> OffsetMap:
        """The map of the text; nothing is to be added after."""
        if self._map is None:
            self._map = self.builder.offset_map()
        return self._map

    def _open(self) -> None:
        self._start = len(self.builder)
        self._space, self._last = None, ""

    def _close(self, kind: BlockKind) -> None:
        if len(self.builder) > self._start:
            self.blocks.append((self._start, len(self.builder), kind))

    def _node(self, node: Node) -> None:
        for text, start, end in characters(self.raw, node.start, node.end):
            if text == " ":
                self._space = self._space or (start, end)
                continue
            if len(self.builder) == self._start:
                if self.blocks:
                    self.builder.gap(_GAP)
                    self._start = len(self.builder)
            elif self._space is not None:
                self._add_space(*self._space)
            self._space, self._last = None, text
            if end - start == len(text):
                self._add(text, start, end)
            else:
                # What one reference stands for: its first code point has all its bytes.
                low, high = self.offsets[start], self.offsets[end]
                self.builder.add(text[:1], low, high - low)
                if text[1:]:
                    self.builder.gap(text[1:])

    def _add_space(self, start: int, end: int) -> None:
        low, high = self.offsets[start], self.offsets[end]
        if high > low:
            self.builder.add(" ", low, high - low)
        else:
            self.builder.gap(" ")

    def _add(self, text: str, start: int, end: int) -> None:
        """Add characters that stand in the page as they are, in runs of equal width."""
        offsets, add = self.offsets, self.builder.add
        if offsets[end] - offsets[start] == end - start:
            add(text, offsets[start], 1)
            return
        for match in _ALIKE.finditer(text):
            low, high = start + match.start(), start + match.end()
            if offsets[high] - offsets[low] == high - low:
                add(match[0], offsets[low], 1)
                continue
            done = match.start()
            for width, group in groupby([offsets[i + 1] - offsets[i] for i in range(low, high)]):
                count = len(list(group))
                add(text[done : done + count], offsets[start + done], width)
                done += count


class _Rest(msgspec.Struct):
    """Removed nodes of one kind that follow one another."""

    kind: RemovedKind
    nodes: list[Node]


def removed_blocks(
    elements: Elements, layout: Layout, lines: Sequence[Line], offsets: Sequence[int]
) -> list[RemovedBlock]:
    """Everything that does not stand in the text.

    Args:
        elements: The page's elements, read.
        layout: How its lines lie.
        lines: Its lines, with what is kept marked.
        offsets: Byte offset of each code point of the page.

    Returns:
        Blocks in page order: neighbours of one kind are one block, unless kept text stands between them.
    """
    copies = {
        _letters(line.nodes) for line in lines if line.any_kept and _line_text(line.nodes).count(" ") > 2
    }
    rest: list[_Rest] = []
    for line in lines:
        kept = line.any_kept
        dropped = [n for n, k in zip(line.nodes, line.kept, strict=True) if not k] if kept else line.nodes
        if not dropped:
            rest.append(_Rest("other", []))
            continue
        kind = _kind(elements, layout, dropped, copies)
        if kept or not rest or not rest[-1].nodes or rest[-1].kind != kind:
            rest.append(_Rest(kind, []))
        rest[-1].nodes.extend(dropped)
    return [_removed(layout.page.raw, block, offsets) for block in rest if block.nodes]


def _kind(elements: Elements, layout: Layout, dropped: list[Node], copies: set[str]) -> RemovedKind:
    element = dropped[0].element
    text = _line_text(dropped)
    if _letters(dropped) in copies:
        return "duplicate"
    # Looking for the words costs a tenth of looking for their bounds.
    if _RIGHTS.match(text) or ("reserved" in text.lower() and _RESERVED.search(text)):
        return "licence"
    if (kind := elements.removed_kind(element)) is not None:
        return kind
    if elements.hidden(element):
        return "template"
    if layout.in_link(element):
        return "related" if len(text.split()) > 3 else "navigation"
    return "other"


def _letters(nodes: Sequence[Node]) -> str:
    return "".join(node.letters for node in nodes)


def _line_text(nodes: Sequence[Node]) -> str:
    return " ".join([n.words for n in nodes])


def _removed(raw: str, block: _Rest, offsets: Sequence[int]) -> RemovedBlock:
    ranges: list[PageRange] = []
    for node in block.nodes:
        start, end = _trimmed(raw, node)
        low, high = offsets[start], offsets[end]
        if ranges and ranges[-1].end == low:
            ranges[-1] = PageRange(ranges[-1].start, high)
        else:
            ranges.append(PageRange(low, high))
    return RemovedBlock(block.kind, tuple(ranges), _line_text(block.nodes))


def _trimmed(raw: str, node: Node) -> tuple[int, int]:
    if not (raw[node.start].isspace() or raw[node.end - 1].isspace()):
        return node.start, node.end
    segment = raw[node.start : node.end]
    return node.start + len(segment) - len(segment.lstrip()), node.start + len(segment.rstrip())
