"""Header evidence from the page's own visible lines: headline, byline, dateline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from variorum.clean import flat_signs as said
from variorum.clean.cleaned import Evidence
from variorum.clean.flat_header import text_evidence
from variorum.clean.header import MARKUP, TEXT
from variorum.clean.html.compose import Composer
from variorum.clean.html.headline import VISIBLE
from variorum.clean.html.keep import words_in, words_of
from variorum.clean.html.meta import author_name, place, time_evidence
from variorum.records import PageRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.headline import Headline
    from variorum.clean.html.keep import Line
    from variorum.clean.html.page import Elements
    from variorum.clean.html.scan import Node, Scan
    from variorum.text.offsets import OffsetMap

# A byline longer than this tells of the author rather than names her.
_NAME_WORDS = 8
_OF_OTHERS = frozenset({"advert", "related", "comments", "comment_form", "subscription", "template"})


def said_evidence(
    page: Scan, elements: Elements, lines: Sequence[Line], headline: Headline, offsets: Sequence[int]
) -> list[Evidence]:
    """Evidence from lines that are kept as title, byline and dateline.

    Args:
        page: The page.
        elements: Its elements, read.
        lines: Its lines, kept ones named.
        headline: Its headline.
        offsets: Byte offset of each code point, and of the end.

    Returns:
        Evidence with the place of the lines' words.
    """
    found: list[Evidence] = []
    if headline.lines:
        ranges = tuple(r for i in headline.lines for r in _ranges(lines[i], offsets))
        found.append(
            Evidence(
                field="title",
                value=headline.text,
                text=headline.text,
                page_ranges=ranges,
                found_in="markup",
                weight=VISIBLE,
                reason="the headline on the page",
            )
        )
    times: list[int] = []
    for line in lines:
        if not line.any_kept:
            continue
        if line.kind == "byline":
            found.extend(_author(page, elements, line, offsets))
        if line.kind in {"dateline", "byline"}:
            times.extend(
                e for n in line.nodes for e in elements.ancestors(n.element)[:2] if page.tags[e] == "time"
            )
    return [*found, *time_evidence(page, list(dict.fromkeys(times)), offsets)]


def _ranges(line: Line, offsets: Sequence[int]) -> tuple[PageRange, ...]:
    return tuple(r for n in line.nodes for r in place(n.start, n.end, offsets))


def _author(page: Scan, elements: Elements, line: Line, offsets: Sequence[int]) -> list[Evidence]:
    nodes = [n for n in line.nodes if _names_author(page, elements, n)]
    marked = bool(nodes)
    nodes = nodes or [n for n in line.nodes if elements.is_byline(n.element)]
    text = words_in(page, nodes)
    name = author_name(text)
    if not name or len(name.split()) > _NAME_WORDS or any(c.isdigit() for c in name):
        return []
    return [
        Evidence(
            field="author",
            value=name,
            text=text,
            page_ranges=tuple(r for n in nodes for r in place(n.start, n.end, offsets)),
            found_in="markup" if marked else "text",
            weight=MARKUP if marked else TEXT,
            reason="marked as author" if marked else "the byline",
        )
    ]


def _names_author(page: Scan, elements: Elements, node: Node) -> bool:
    """Whether the node is marked as author: `rel=author`, `itemprop=author`."""
    for element in elements.ancestors(node.element)[:3]:
        attributes = page.attributes(element)
        for key in ("rel", "itemprop"):
            if key in attributes and "author" in page.raw[slice(*attributes[key])].lower().split():
                return True
    return False


# Lines before the headline and after the article in which a date, a source or a line of rights may stand.
_BEFORE, _AFTER = 4, 12


def words_evidence(
    page: Scan,
    elements: Elements,
    lines: Sequence[Line],
    composer: Composer,
    offsets: Sequence[int],
) -> list[Evidence]:
    """Evidence from words alone, as in a flattened page: stamps, sources, agencies, lines of rights, signs of translation.

    Args:
        page: The page.
        elements: Its elements, read.
        lines: Its lines, kept ones named.
        composer: What was composed of them.
        offsets: Byte offset of each code point, and of the end.

    Returns:
        Evidence from the text's blocks and from removed lines close to it.
    """
    made = composer.offset_map()
    text = composer.builder.text
    blocks = [
        said.Line(text[a:b], kind, kept=True, ranges=partial(_block_ranges, made, a))
        for a, b, kind in composer.blocks
    ]
    kept = [i for i, line in enumerate(lines) if line.any_kept]
    opening = next((i for i in kept if lines[i].kind == "paragraph"), kept[0])
    above = range(max(0, min(kept) - _BEFORE), opening)
    below = range(kept[-1] + 1, min(len(lines), kept[-1] + 1 + _AFTER))
    last = range(max(below.stop, len(lines) - _AFTER), len(lines))
    head = [_removed(page, elements, lines[i], offsets) for i in above]
    tail = [_removed(page, elements, lines[i], offsets) for i in (*below, *last)]
    title = [b for b in blocks if b.kind == "title"]
    rest = [b for b in blocks if b.kind != "title"]
    ordered = [*title, *(x for x in head if x is not None), *rest, *(x for x in tail if x is not None)]
    return [e for e in text_evidence(ordered) if e.field != "title"]


def _block_ranges(made: OffsetMap, at: int, start: int, end: int) -> tuple[PageRange, ...]:
    return tuple(PageRange(a, b) for a, b in made.page_ranges(at + start, at + end))


def _removed(page: Scan, elements: Elements, line: Line, offsets: Sequence[int]) -> said.Line | None:
    """A removed line as the reader of words takes it; None for what speaks of other pages."""
    element = line.nodes[0].element
    if line.any_kept or elements.hidden(element) or elements.removed_kind(element) in _OF_OTHERS:
        return None
    return said.Line(
        words_of(page, line), "", kept=False, ranges=partial(_line_ranges, page.raw, line, offsets)
    )


def _line_ranges(raw: str, line: Line, offsets: Sequence[int], start: int, end: int) -> tuple[PageRange, ...]:
    """Page ranges of a part of a removed line's words; of the whole where `<br>` parts it."""
    own = Composer(raw, offsets)
    own.add([line.nodes], "paragraph")
    if len(own.blocks) != 1:
        return _ranges(line, offsets)
    return _block_ranges(own.offset_map(), 0, start, end)
