"""Whether every span says what the text says there, and what the page says there (design, law 1).

The check shares no code with cleaning: bytes are decoded, markup is struck out, references are read by the standard
library. So an error of the offset map cannot hide behind itself.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Comments, and whatever stands in angle brackets as a tag does; quotes may hide a bracket.
_MARKUP = re.compile(r"<!--.*?-->|</?[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>|<[!?][^>]*>", re.DOTALL)
# White space, controls, soft hyphens, marks of width nought and of direction, and the sign of a damaged byte: what may
# differ between a page's source and what a reader sees of it.
_UNSEEN = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]+"
)


class Source(msgspec.Struct, frozen=True):
    """A document's text, and the page that it was taken from.

    Attributes:
        text: The cleaned text.
        body: The page's bytes.
        charset: Python codec by which they decode.
        html: Whether they are HTML, so that references and tags are to be read as such.
    """

    text: str
    body: bytes
    charset: str = "utf-8"
    html: bool = True


def words_at(source: Source, ranges: Sequence[Sequence[int]], *, markup: bool = False) -> str:
    """What a page says in some ranges of its bytes: decoded, without markup and without what cannot be seen.

    Args:
        source: The page.
        ranges: Half-open ranges of bytes, in the order in which they are to be read.
        markup: Leave in what looks like a tag: on a broken page it may be text.

    Returns:
        The letters and signs, without any white space.
    """
    parts = [source.body[a:b].decode(source.charset or "utf-8", "replace") for a, b in ranges]
    if source.html:
        parts = [html.unescape(part if markup else _MARKUP.sub("", part)) for part in parts]
    return bare("".join(parts))


def bare(text: str) -> str:
    """Text without white space and without what cannot be seen."""
    return _UNSEEN.sub("", text)


def spans(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every span in a plain row, as exports write it, however deep it lies."""
    if isinstance(value, dict):
        if {"doc", "start", "end", "text", "page_start", "page_end"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def anchor_faults(row: Mapping[str, Any], sources: Mapping[str, Source]) -> Iterator[str]:
    """What is wrong with the spans of a row.

    Args:
        row: A row as exports write it (`doc`, `start`, `end`, `text`, `page_start`, `page_end`, `page_ranges`).
        sources: Text and page of every document, by id.

    Yields:
        One line for each fault; none for a row that keeps the law.
    """
    for span in spans(row):
        place = f"{row.get('id', '')} at {span['doc']}[{span['start']}:{span['end']}]"
        source = sources.get(span["doc"])
        if source is None:
            yield f"{place}: no such document"
        elif not 0 <= span["start"] <= span["end"] <= len(source.text):
            yield f"{place}: outside the text"
        elif source.text[span["start"] : span["end"]] != span["text"]:
            yield f"{place}: the text is {source.text[span['start'] : span['end']]!r}, the span says {span['text']!r}"
        else:
            fault = _page_fault(span, source)
            if fault:
                yield f"{place}: {fault}"


def _page_fault(span: Mapping[str, Any], source: Source) -> str:
    said = bare(span["text"])
    if span["page_start"] is None:
        return f"{span['text']!r} stands for no bytes of the page" if said else ""
    ranges = span.get("page_ranges") or [[span["page_start"], span["page_end"]]]
    if [min(a for a, _ in ranges), max(b for _, b in ranges)] != [span["page_start"], span["page_end"]]:
        return "page_start and page_end are not the hull of page_ranges"
    if not all(0 <= a < b <= len(source.body) for a, b in ranges):
        return f"ranges {ranges} are not within the page's {len(source.body)} bytes"
    found = words_at(source, ranges)
    if said in {found, words_at(source, ranges, markup=True)}:
        return ""
    return f"the page says {found!r}, the span says {span['text']!r}"
