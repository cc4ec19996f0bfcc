"""Header evidence from the page's own visible lines: headline, byline, dateline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from variorum.clean.cleaned import Evidence
from variorum.clean.header import MARKUP, TEXT
from variorum.clean.html.headline import VISIBLE
from variorum.clean.html.keep import words_of
from variorum.clean.html.meta import author_name, place, time_evidence
from variorum.text.calendar import find_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.headline import Headline
    from variorum.clean.html.keep import Line
    from variorum.clean.html.page import Elements
    from variorum.clean.html.scan import Scan
    from variorum.records import PageRange

# A byline longer than this tells of the author rather than names her.
_NAME_WORDS = 8
_CHANGED = re.compile(
    r"(?:updated?|modified|edited|changed|corrected|last|aktualisiert|actualis|mis à jour|actualizad|aggiornat|изменен|обновлен)\w*\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


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
            found.extend(_dates(page, line, offsets))
            times.extend(
                e for n in line.nodes for e in elements.ancestors(n.element)[:2] if page.tags[e] == "time"
            )
    return [*found, *time_evidence(page, list(dict.fromkeys(times)), offsets)]


def _ranges(line: Line, offsets: Sequence[int]) -> tuple[PageRange, ...]:
    return tuple(r for n in line.nodes for r in place(n.start, n.end, offsets))


def _author(page: Scan, elements: Elements, line: Line, offsets: Sequence[int]) -> list[Evidence]:
    text = words_of(page, line)
    name = author_name(text)
    if not name or len(name.split()) > _NAME_WORDS or any(c.isdigit() for c in name):
        return []
    element = line.nodes[0].element
    marked = any(
        "author"
        in {
            page.raw[slice(*span)].lower()
            for key, span in page.attributes(e).items()
            if key in {"rel", "itemprop"}
        }
        for e in elements.ancestors(element)[:3]
    )
    return [
        Evidence(
            field="author",
            value=name,
            text=text,
            page_ranges=_ranges(line, offsets),
            found_in="markup" if marked else "byline",
            weight=MARKUP if marked else TEXT,
        )
    ]


def _dates(page: Scan, line: Line, offsets: Sequence[int]) -> list[Evidence]:
    text = words_of(page, line)
    found = []
    for date in find_dates(text):
        changed = _CHANGED.search(text[: date.start])
        found.append(
            Evidence(
                field="modified" if changed else "published",
                value=date.value,
                text=text,
                page_ranges=_ranges(line, offsets),
                found_in="dateline",
                weight=TEXT,
                reason="said beside the article",
            )
        )
    return found
