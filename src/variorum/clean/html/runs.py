"""Runs of paragraphs that an extractor dropped after a pull quote, an embed or an advert in an article's midst."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from typing import TYPE_CHECKING

from variorum.clean.html.keep import words_of

if TYPE_CHECKING:
    from variorum.clean.html.keep import Line
    from variorum.clean.html.page import Elements
    from variorum.clean.html.scan import Scan

# Fewer words are as often a teaser, a credit or a rubric.
_WORDS = 20
# A container is the article's if so many of its paragraphs of prose were kept: teasers have one or two.
_KEPT = 3
# Links of a paragraph may hold at most this share of it.
_LINKS = 0.3
# What parts a body into runs stands at most this many elements above the paragraphs.
_LEVELS = 3
_PASSED = frozenset({"div", "section", "span"})
# Another headline or signature in between begins another article.
_OTHER = frozenset({"h1", "article", "footer", "time", "form"})

# The containers of a paragraph as they are called, innermost first, and the element that holds them.
_Place = tuple[int, tuple[tuple[str, str], ...]]


def keep_runs(page: Scan, elements: Elements, lines: list[Line]) -> None:
    """Keep paragraphs of prose that stand after kept ones in the same container, or in its twin.

    A twin has the same tag, class and id as the container of kept paragraphs and stands beside it: pages cut
    their body so where something is set in. Kept are `p` of prose length with few links that are neither hidden nor
    called chrome themselves, up to the next headline.
    """
    prose = [(line, _places(page, elements, line)) for line in lines if _is_prose(page, elements, line)]
    kept = Counter(place for line, places in prose if line.any_kept for place in places)
    others = [e for e, tag in enumerate(page.tags) if tag in _OTHER]
    last: dict[_Place, int] = {}
    for line, places in prose:
        element = line.nodes[0].element
        before = [last[p] for p in places if p in last and kept[p] >= _KEPT]
        if not line.any_kept and before and bisect(others, max(before)) == bisect(others, element):
            line.kept = [not elements.hidden(n.element) for n in line.nodes]
        if line.any_kept:
            last.update(dict.fromkeys(places, element))


def _is_prose(page: Scan, elements: Elements, line: Line) -> bool:
    paragraph = _paragraph(page, elements, line)
    if paragraph < 0 or elements.hidden(line.nodes[0].element) or elements.is_caption(paragraph):
        return False
    if len(words_of(page, line).split()) < _WORDS:
        return False
    linked = sum(
        n.end - n.start
        for n in line.nodes
        if any(page.tags[e] in {"a", "button"} for e in elements.ancestors(n.element)[:4])
    )
    return linked <= _LINKS * sum(n.end - n.start for n in line.nodes)


def _paragraph(page: Scan, elements: Elements, line: Line) -> int:
    around = elements.ancestors(line.nodes[0].element)[:4]
    return next((e for e in around if page.tags[e] == "p"), -1)


def _places(page: Scan, elements: Elements, line: Line) -> list[_Place]:
    """Where a paragraph stands, seen from its parent and from those around it that are called something."""
    around = elements.ancestors(_paragraph(page, elements, line))
    if elements.own_kind(around[0]) is not None:
        return []
    found: list[_Place] = []
    names: tuple[tuple[str, str], ...] = ()
    for level, element in enumerate(around[1 : _LEVELS + 2]):
        if page.tags[element] in {"body", "html", "li", "td", "blockquote", "aside", "nav", "footer", "form"}:
            break
        if elements.removed_kind(element) is None and (level == 0 or any(n for _, n in names)):
            found.append((element, names))
        if page.tags[element] not in _PASSED:
            break
        names += ((page.tags[element], elements.names(element)),)
    return found
