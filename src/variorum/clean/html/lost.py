"""An article that the extractor missed whole: it took a caption, a teaser or a notice, and the page's prose stands elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.clean.html.layout import LINKED, PROSE_WORDS

if TYPE_CHECKING:
    from variorum.clean.html.keep import Line
    from variorum.clean.html.layout import Layout
    from variorum.clean.html.page import Elements

# The prose of one container is the article if it has so many words, this many times as many as all that is kept, and less than a
# quarter of it is kept. On the 566 pages of both dev sets nine are so, of all of which the extractor had kept something
# else or next to nothing; strings F1 rises from .939 to .942 (cross-validated), bodies of html/scrapinghub are untouched.
_WORDS = 100
_TIMES = 2
_KEPT = 4


def keep_lost_article(elements: Elements, layout: Layout, lines: list[Line]) -> None:
    """Keep the prose of the container that holds most, where next to nothing of it was kept.

    Args:
        elements: The page's elements, read.
        layout: How its lines lie.
        lines: Its lines, with what the extractor kept marked; more may be marked.
    """
    kept = sum([words for words, line in zip(layout.words, lines, strict=True) if line.any_kept])
    prose: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        if layout.words[number] < PROSE_WORDS or layout.links[number] > LINKED:
            continue
        element = line.nodes[0].element
        if not elements.hidden(element) and not elements.in_chrome(element):
            prose.setdefault(layout.containers[number][1], []).append(number)
    sizes = {around: sum([layout.words[n] for n in held]) for around, held in prose.items()}
    most = max(sizes, key=sizes.__getitem__, default=0)
    best, words = prose.get(most, []), sizes.get(most, 0)
    inside = sum([layout.words[n] for n in best if lines[n].any_kept])
    if words >= _WORDS and words > _TIMES * kept and _KEPT * inside < words:
        for number in best:
            lines[number].kept = [not elements.hidden(node.element) for node in lines[number].nodes]
