"""Which lines of a page stand in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.clean.flat_header import is_byline, is_stamp
from variorum.clean.html.align import place
from variorum.clean.html.chars import letters, padded
from variorum.clean.html.layout import LINKED
from variorum.clean.html.page import READINGS
from variorum.clean.html.scan import Node
from variorum.records.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.layout import Layout
    from variorum.clean.html.page import Elements
    from variorum.clean.html.scan import Scan


class Line(msgspec.Struct):
    """Text nodes that run on without a block between them.

    Attributes:
        nodes: In page order.
        kept: For each node, whether it stands in the text.
        kind: What the line is if any of it is kept.
        words: What a reader sees of it, once it was asked for (`words_of`).
    """

    nodes: list[Node]
    kept: list[bool]
    kind: BlockKind = "paragraph"
    words: str | None = None

    @property
    def any_kept(self) -> bool:
        return True in self.kept

    @property
    def kept_nodes(self) -> list[Node]:
        return [n for n, k in zip(self.nodes, self.kept, strict=True) if k]


# A node is kept if this share of its letters was found; a smaller share is a word met by chance. Swept .3 to .9 on
# html/scrapinghub dev: no difference, nodes are found whole or not at all.
_SHARE = 0.5
# Longer lines called "author" or "date" are an author's portrait or a list of events, no byline or dateline.
_BYLINE_WORDS = 25
_DATELINE_WORDS = 16
_CAPTION_WORDS = 120
# A lead is a sentence at least (less is a rubric or a slogan), and no more than a paragraph.
_LEAD_WORDS = (6, 120)
# No headline has so many words in its second line.
_LONG_LEAD = 25


def lines_of(page: Scan) -> list[Line]:
    """The page's text nodes, line by line."""
    lines: list[Line] = []
    flow = -1
    for node in page.nodes:
        if node.flow != flow:
            lines.append(Line([], []))
            flow = node.flow
        lines[-1].nodes.append(node)
        lines[-1].kept.append(False)
    return lines


def keep_article(page: Scan, lines: list[Line], pieces: list[list[str]]) -> tuple[int, int]:
    """Mark the nodes that hold an extractor's words.

    Args:
        page: The page, its copies marked.
        lines: Its lines; `kept` is filled in.
        pieces: The extractor's stretches of text, as words.

    Returns:
        How many of the extractor's words were not found, and how many it has.
    """
    keys = [n.letters + n.mark for n in page.nodes]
    starts = [0]
    for key in keys:
        starts.append(starts[-1] + len(key))
    placed = place(pieces, "".join(keys), starts=frozenset(starts))
    covered = _covered(starts, placed.ranges)
    read = frozenset(e for e, tag in enumerate(page.tags) if tag in READINGS)
    shares = iter([c / len(k) if k else -1.0 for c, k in zip(covered, keys, strict=True)])
    for line in lines:
        own = [next(shares) for _ in line.nodes]
        line.kept = [share >= _SHARE for share in own]
        _keep_punctuation(line, own)
        if read:
            line.kept = [k and n.element not in read for n, k in zip(line.nodes, line.kept, strict=True)]
    return placed.missing, placed.words


def _covered(starts: list[int], ranges: list[tuple[int, int]]) -> list[int]:
    """How many letters of each node lie in the ranges."""
    covered = [0] * (len(starts) - 1)
    i = 0
    for low, high in ranges:
        while i < len(covered) and starts[i + 1] <= low:
            i += 1
        j = i
        while j < len(covered) and starts[j] < high:
            covered[j] += max(0, min(high, starts[j + 1]) - max(low, starts[j]))
            j += 1
    return covered


def _keep_punctuation(line: Line, shares: list[float]) -> None:
    """Nodes without letters go with the node before them, or at a line's start with the one after."""
    for i, share in enumerate(shares):
        if share < 0 and i > 0:
            line.kept[i] = line.kept[i - 1]
    first = next((i for i, share in enumerate(shares) if share >= 0), len(shares))
    for i in range(min(first, len(shares) - 1) - 1, -1, -1):
        line.kept[i] = line.kept[i + 1]


def fill_gaps(elements: Elements, lines: list[Line]) -> None:
    """Keep what an extractor cut from the midst of a sentence.

    A line of which most words are kept is kept whole, but for what is hidden or called chrome: a link, a name in
    a `span`, a superscript are part of what was said.
    """
    for line in lines:
        if line.any_kept and not all(line.kept):
            sizes = [n.end - n.start for n in line.nodes]
            kept = sum(s for s, k in zip(sizes, line.kept, strict=True) if k)
            if 2 * kept > sum(sizes):
                for i, node in enumerate(line.nodes):
                    line.kept[i] = line.kept[i] or not elements.hidden(node.element)


def name_lines(elements: Elements, lines: list[Line]) -> None:
    """Say what each kept line is."""
    for line in lines:
        if line.any_kept:
            line.kind = elements.block_kind(line.kept_nodes)


def words_of(page: Scan, line: Line) -> str:
    """What a reader sees of a line."""
    if line.words is None:
        line.words = words_in(page, line.nodes)
    return line.words


def words_in(page: Scan, nodes: Sequence[Node]) -> str:
    """What a reader sees of text nodes of one line."""
    parts: list[str] = []
    for node in nodes:
        if page.tags[node.element] in READINGS:
            continue
        before, after = padded(page.raw, node.start, node.end)
        if node.space >= 0 or node.breaks or before:
            parts.append(" ")
        parts.append(node.words)
        if after:
            parts.append(" ")
    return " ".join("".join(parts).split())


def keep_title(page: Scan, lines: list[Line], title: tuple[int, ...]) -> None:
    """Keep the headline, wherever it stands."""
    for i in title:
        lines[i].kept = [page.tags[n.element] not in READINGS for n in lines[i].nodes]
        lines[i].kind = "title"


def keep_lead(elements: Elements, layout: Layout, lines: list[Line], *, title: int) -> None:
    """Keep a lead that stands between the headline and the first paragraph, in an element called so.

    Extractors take paragraphs, and a lead often stands in a plain `div`. One that the article repeats stays away. A lead
    that is a heading, by its tag or because it is no sentence, is the headline's second line and of its kind.
    """
    first = next((i for i, line in enumerate(lines) if line.any_kept and line.kind == "paragraph"), -1)
    if title < 0 or first < title:
        return
    page = layout.page
    said = letters("".join([words_of(page, line) for line in lines if line.any_kept]))
    for number, line in enumerate(lines[title + 1 : first], title + 1):
        element = line.nodes[0].element
        named = elements.is_lead(element)
        if elements.is_caption(element) or not (named or elements.is_teaser(element)):
            continue
        words = words_of(page, line)
        count, ends = len(words.split()), words.rstrip("\"'”’»)").endswith((".", "!", "?", "…"))
        if line.any_kept:
            line.kind = "title" if line.kind == "heading" and named else line.kind
            continue
        if elements.hidden(element) or elements.removed_lead(element):
            continue
        if not named and (not ends or layout.links[number] > LINKED):
            continue
        if _LEAD_WORDS[0] <= count <= _LEAD_WORDS[1] and letters(words) not in said:
            line.kind = "paragraph" if ends or count >= _LONG_LEAD else "title"
            line.kept = [not elements.hidden(n.element) for n in line.nodes]


def drop_tail(elements: Elements, lines: Sequence[Line]) -> None:
    """Let go of last lines that are called terms of use, as extractors keep them where they are sentences."""
    kept = [line for line in lines if line.any_kept]
    for line in reversed(kept[1:]):
        if line.kind != "paragraph" or elements.removed_kind(line.nodes[0].element) != "licence":
            return
        line.kept = [False] * len(line.kept)


def keep_surroundings(page: Scan, elements: Elements, lines: list[Line], *, title: int) -> None:
    """Keep bylines, datelines and captions that stand with the article.

    They are looked for from the title (or the first kept line) to the last kept one; trafilatura leaves out most.
    """
    article = [i for i, line in enumerate(lines) if line.any_kept]
    if not article:
        return
    first, last = article[0] if title < 0 else min(title, article[0]), article[-1]
    _name_opening(page, lines[first : last + 1])
    authors = {"byline": 0, "dateline": 0}
    for i in range(first, last + 1):
        line = lines[i]
        element = line.nodes[0].element
        if line.kind == "title" or elements.hidden(element):
            continue
        kind = _surrounding_kind(page, elements, line)
        if kind is None or (line.any_kept and kind == "caption"):
            continue
        if kind in authors:
            # Only above the text or in it: what comes after the third is a list of other articles.
            authors[kind] += 1
            if authors[kind] > 3:
                continue
        line.kind = kind
        line.kept = [not elements.hidden(n.element) for n in line.nodes]


def _name_opening(page: Scan, lines: Sequence[Line]) -> None:
    """Call kept lines between the headline and the first sentence what their words say: a byline, a stamp."""
    for line in lines:
        text = words_of(page, line) if line.any_kept and line.kind in {"paragraph", "heading"} else ""
        count = len(text.split())
        if count > _DATELINE_WORDS and line.kind == "paragraph":
            return
        if text and is_stamp(text):
            line.kind = "dateline"
        elif text and is_byline(text):
            line.kind = "byline"


def _surrounding_kind(page: Scan, elements: Elements, line: Line) -> BlockKind | None:
    element = line.nodes[0].element
    if elements.in_chrome(element):
        return None
    count = len(words_of(page, line).split())
    if elements.is_caption(element):
        return "caption" if count <= _CAPTION_WORDS else None
    if line.any_kept and line.kind != "paragraph":
        return None
    if count <= _BYLINE_WORDS and any(elements.is_byline(n.element) for n in line.nodes):
        return "byline"
    if count <= _DATELINE_WORDS and any(elements.is_dateline(n.element) for n in line.nodes):
        return "dateline"
    return None
