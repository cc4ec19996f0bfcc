"""Header evidence from the page's own visible lines: headline, byline, dateline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from variorum.clean import flat_signs as said
from variorum.clean.cleaned import Evidence
from variorum.clean.flat_header import STAMP_BY_ITSELF, text_evidence
from variorum.clean.header import MARKUP, TEXT, VISIBLE
from variorum.clean.html.keep import words_in, words_of
from variorum.clean.html.meta import places, time_evidence
from variorum.clean.html.signed import OF_OTHERS, block_ranges, line_ranges, names_author, signed_evidence
from variorum.clean.people import author_name, is_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.compose import Composer
    from variorum.clean.html.headline import Headline
    from variorum.clean.html.keep import Line
    from variorum.clean.html.page import Elements
    from variorum.clean.html.scan import Scan
    from variorum.records import PageRange

# A byline longer than this tells of the author rather than names her.
_NAME_WORDS = 8
# Behind so many paragraphs a date and its byline are those of another article that the page holds.
_EARLY = 3
_DAY = len("2031-04-02")


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
        ranges = places([n for i in headline.lines for n in lines[i].kept_nodes], offsets)
        found.append(
            Evidence(
                field="title",
                value=headline.text,
                text=headline.words,
                page_ranges=ranges,
                found_in="markup",
                weight=VISIBLE,
                reason="the headline on the page",
            )
        )
    times: list[int] = []
    paragraphs = [i for i, line in enumerate(lines) if line.any_kept and line.kind == "paragraph"]
    early = paragraphs[:_EARLY][-1] if paragraphs else len(lines)
    for i, line in enumerate(lines):
        if not line.any_kept:
            continue
        if line.kind == "byline":
            found.extend(_author(page, elements, line, offsets))
        if line.kind in {"dateline", "byline"} and i <= early:
            times.extend(
                e for n in line.nodes for e in elements.ancestors(n.element)[:2] if page.tags[e] == "time"
            )
    return [*found, *time_evidence(page, list(dict.fromkeys(times)), offsets)]


def _author(page: Scan, elements: Elements, line: Line, offsets: Sequence[int]) -> list[Evidence]:
    nodes = [n for n in line.nodes if names_author(page, elements, n)]
    marked = bool(nodes)
    nodes = nodes or [n for n in line.nodes if elements.is_byline(n.element)]
    text = words_in(page, nodes)
    name = author_name(text)
    if not name or len(name.split()) > _NAME_WORDS or any(c.isdigit() for c in name):
        return []
    if not is_name(name) and not marked:
        return []
    return [
        Evidence(
            field="author",
            value=name,
            text=text,
            page_ranges=places(nodes, offsets),
            found_in="markup" if marked else "text",
            weight=MARKUP if marked else TEXT,
            reason="marked as author" if marked else "the byline",
        )
    ]


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
        said.Line(text[a:b], kind, kept=True, ranges=partial(block_ranges, made, a))
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
    found = [_named(e) for e in text_evidence(ordered) if e.field != "title"]
    found = _lone_day(found, title[0].ranges(0, len(title[0].text)) if title else ())
    said_before = {(e.field, e.value) for e in found}
    signed = signed_evidence(page, elements, lines, offsets)
    return [*found, *(e for e in signed if (e.field, e.value) not in said_before)]


def _named(e: Evidence) -> Evidence:
    return msgspec.structs.replace(e, value=author_name(e.value)) if e.field == "author" else e


def _lone_day(found: list[Evidence], headline: tuple[PageRange, ...]) -> list[Evidence]:
    """The same evidence, the one day that stands by itself below the headline made the page's date.

    Where it and the stamps written for machines differ on html/trafilatura dev (10 pages), 9 have the printed day as their date:
    editors renew old pages, and the day that they print is the one by which they go.
    """
    stamps = [e for e in found if e.reason == STAMP_BY_ITSELF and e.page_ranges]
    if len({e.value[:_DAY] for e in stamps}) != 1:
        return found
    return [
        msgspec.structs.replace(e, weight=VISIBLE)
        if e.reason == STAMP_BY_ITSELF
        and len(e.value) >= _DAY
        and "X" not in e.value
        and e.page_ranges
        and e.page_ranges[:1] > headline[:1]
        else e
        for e in found
    ]


def _removed(page: Scan, elements: Elements, line: Line, offsets: Sequence[int]) -> said.Line | None:
    """A removed line as the reader of words takes it; None for what speaks of other pages."""
    element = line.nodes[0].element
    if line.any_kept or elements.hidden(element) or elements.removed_kind(element) in OF_OTHERS:
        return None
    return said.Line(words_of(page, line), "", kept=False, ranges=partial(line_ranges, page, line, offsets))
