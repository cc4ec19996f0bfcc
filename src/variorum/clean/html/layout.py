"""How a page's lines lie: in which blocks, among what links, how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.clean.html.scan import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.keep import Line
    from variorum.clean.html.scan import Scan

# A sentence of prose has so many words, and not more of its characters stand in links (percent).
PROSE_WORDS = 10
LINKED = 30
# So many letters count as a word: letters are at hand for every line, words are not.
_WORD = 5
# A link is looked for in so many elements, a node's own and those around it.
_LEVELS = 5
_NO_LINK = 1_000_000


class Layout:
    """How a page's lines lie, each read once.

    Attributes:
        page: The page.
        words: Of each line, how many words it has, by its letters.
        links: Of each line, percent of its characters that stand in links.
        containers: Of each line, the innermost block that holds it, the element around that, and the one around that.
    """

    def __init__(self, page: Scan, lines: Sequence[Line]) -> None:
        self.page = page
        tags, parents = page.tags, page.parents
        # Elements stand in page order, so what holds one was read before it.
        blocks, above = [0], [_NO_LINK]
        for tag, parent in zip(tags[1:], parents[1:], strict=True):
            blocks.append(len(blocks) if tag in BLOCK else blocks[parent])
            above.append(0 if tag == "a" else above[parent] + 1)
        self.words: list[int] = []
        self.links: list[int] = []
        self.containers: list[tuple[int, int, int]] = []
        for line in lines:
            nodes = line.nodes
            total = sum([node.end - node.start for node in nodes])
            inside = sum([node.end - node.start for node in nodes if above[node.element] < _LEVELS])
            self.words.append(sum([len(node.letters) for node in nodes]) // _WORD)
            self.links.append(100 * inside // (total or 1))
            block = blocks[nodes[0].element]
            around = parents[block] if block > 0 else 0
            self.containers.append((block, around, parents[around] if around > 0 else 0))
        self._above = above

    def in_link(self, element: int) -> bool:
        """Whether an element is a link or stands in one."""
        return self._above[element] < _NO_LINK
