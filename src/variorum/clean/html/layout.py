"""How a page's lines lie: in which blocks, among what links, how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.clean.html.scan import BLOCK

if TYPE_CHECKING:
    from variorum.clean.html.keep import Line
    from variorum.clean.html.scan import Scan

# A sentence of prose has so many words, and not more of its characters stand in links (percent).
PROSE_WORDS = 10
LINKED = 30
# So many letters count as a word: letters are at hand for every line, words are not.
_WORD = 5


def length(line: Line) -> int:
    """Words of a line, by its letters."""
    return sum(len(node.letters) for node in line.nodes) // _WORD


def linked(page: Scan, line: Line) -> int:
    """Percent of a line's characters that stand in links."""
    inside = total = 0
    for node in line.nodes:
        total += node.end - node.start
        element = node.element
        for _ in range(5):
            if element <= 0:
                break
            if page.tags[element] == "a":
                inside += node.end - node.start
                break
            element = page.parents[element]
    return 100 * inside // (total or 1)


def containers(page: Scan, line: Line) -> tuple[int, int, int]:
    """The innermost block that holds a line, the element around it, and the one around that."""
    tags, parents = page.tags, page.parents
    element = line.nodes[0].element
    while element > 0 and tags[element] not in BLOCK:
        element = parents[element]
    around = parents[element] if element > 0 else 0
    return element, around, parents[around] if around > 0 else 0
