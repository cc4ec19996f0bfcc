"""Who wrote a page and when, from lines and markup around the article that are no part of its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

from variorum.clean.cleaned import Evidence
from variorum.clean.header import TEXT
from variorum.clean.html.compose import Composer
from variorum.clean.html.days import PUBLISHED, days_of, far_days, of_node, times_near
from variorum.clean.html.keep import words_in, words_of
from variorum.clean.html.meta import places
from variorum.clean.html.page import READINGS
from variorum.clean.moments import dates_in, days_in
from variorum.clean.people import author_name, credited, is_name, signature
from variorum.clean.wire import signed_with, wired
from variorum.records import PageRange
from variorum.text.calendar import is_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.clean.html.keep import Line
    from variorum.clean.html.page import Elements
    from variorum.clean.html.scan import Node, Scan
    from variorum.records.document import HeaderField
    from variorum.text.offsets import OffsetMap

# What is removed as one of these speaks of other pages, or of nothing.
OF_OTHERS = frozenset({"advert", "related", "comments", "comment_form", "subscription", "template"})
# Lines before the article's first and after its last in which it may be signed.
_BEFORE, _AFTER = 14, 20
# Of the article's own lines so many at either end.
_ENDS = 3
_LONGEST = 240
# A press release begins with its day in no more than this.
_OPENING = 80
# A byline in the text has no more words.
_BYLINE_WORDS = 12
# Looked for by the name alone, which is a plain search, then by what stands before it: to look for the attribute, by any case,
# cost as much as all other evidence together.
_AUTHOR = ("author", "Author", "AUTHOR")
_ATTRIBUTE = re.compile(
    r"""(?:rel|itemprop)\s*=\s*(?:"[^"<>]{0,60}\b|'[^'<>]{0,60}\b|)author\Z""", re.IGNORECASE
)
_ATTRIBUTE_SPAN = 100
_WORD_GOES_ON = re.compile(r"\w")
# Elements so far out from a text node may mark it as author.
_LEVELS = 4
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autore|autori|writers?|contributors?|journalists?|periodistas?|redakteure?|reporters?|staff|newsteam|profile?|by|people|columnists?)/[^/\"'#?]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…][\"”’»]?$|[.!?] [A-ZÀ-Þ]")


def signed_evidence(
    page: Scan, elements: Elements, lines: Sequence[Line], offsets: Sequence[int]
) -> list[Evidence]:
    """Evidence for author and day of publication from what stands around an article.

    Args:
        page: The page.
        elements: Its elements, read.
        lines: Its lines, kept ones named.
        offsets: Byte offset of each code point, and of the end.

    Returns:
        Evidence with the place of the very words: lines that lead to a name (`Posted by ...`), what is marked as author or
        links to an author's own page, days that stand with little else.
    """
    kept = [i for i, line in enumerate(lines) if line.any_kept]
    near = [*range(max(0, kept[0] - _BEFORE), kept[0]), *kept[:_ENDS], *kept[-_ENDS:]]
    near += range(kept[-1] + 1, min(len(lines), kept[-1] + 1 + _AFTER))
    near += [i for i in range(kept[0], kept[min(len(kept), _ENDS) - 1]) if not lines[i].any_kept]
    near += [i for i in kept if lines[i].kind in {"byline", "dateline"}]
    found: list[Evidence] = []
    opening = kept[min(len(kept), _ENDS) - 1]
    for i in sorted(set(near)):
        if lines[i].any_kept or not _of_others(elements, lines[i]):
            found.extend(_from_line(page, elements, lines[i], offsets, above=i <= opening))
    found.extend(_marked(page, elements, lines, offsets, set(near)))
    found.extend(times_near(page, elements, [lines[i] for i in sorted(set(near))], offsets))
    if not any(e.field == "published" and is_day(e.value[:10]) for e in found):
        found.extend(
            far_days(
                page,
                lines,
                lambda line, text: partial(_evidence, page, line, offsets, text),
                partial(_of_others, elements),
            )
        )
    return found


def _from_line(
    page: Scan, elements: Elements, line: Line, offsets: Sequence[int], *, above: bool
) -> Iterator[Evidence]:
    """What one line near the article tells: who wrote it, whose words it has, of which day it is."""
    text = words_of(page, line)
    if line.kind == "caption":
        return
    told = partial(_evidence, page, line, offsets, text)
    if len(text) > _LONGEST:
        yield from _opening(told, text) if PUBLISHED.match(text) else ()
        return
    prose = line.any_kept and line.kind in {"paragraph", "title", "list", "quote"}
    if (span := signature(text)) and (not prose or (_is_all(text, span) and not text[span[0]].islower())):
        name = author_name(text[slice(*span)])
        yield from told("author", name, span, TEXT - 2 - 4 * (not above), "words that lead to a name")
    byline = line.kind == "byline" or elements.is_byline(line.nodes[0].element)
    for name, start, end in credited(text, byline=byline):
        yield from told("credits", name, (start, end), TEXT - 5, "a line of credit")
    for name, start, end, reason in (*wired(text), *(signed_with(text) if byline else ())):
        yield from told("credits", name, (start, end), TEXT - 5, reason)
    sentence = line.kind != "paragraph" or _SENTENCE.search(_undated(text))
    if not prose or PUBLISHED.match(text) or not sentence:
        yield from days_of(told, page, line, offsets, text, above=above)
    elif line.kind == "title" and len(line.nodes) > 1:
        yield from of_node(page, line, offsets, above=False)


def _undated(text: str) -> str:
    """A line without its days, whose full stops end no sentence."""
    for date in reversed(days_in(text)):
        text = f"{text[: date.start]} {text[date.end :]}"
    return text


def _opening(told: partial[list[Evidence]], text: str) -> list[Evidence]:
    """The day with which a paragraph begins that says first of all that it is published: `Press release, 5 May 2031 | Port Velm`."""
    dates = days_in(text[:_OPENING])
    return (
        told("published", dates[0].value, (dates[0].start, dates[0].end), TEXT - 4, "words that say so")
        if dates
        else []
    )


def _is_all(text: str, span: tuple[int, int]) -> bool:
    """Whether a line of prose begins with the words that lead to its name, and has few others: no sentence about somebody."""
    return len(text.split()) <= _BYLINE_WORDS and author_name(text[: span[1]]) == author_name(
        text[slice(*span)]
    )


def _of_others(elements: Elements, line: Line) -> bool:
    if all(elements.hidden(n.element) for n in line.nodes):
        return True
    element = line.nodes[0].element
    kind = elements.removed_kind(element)
    return kind in OF_OTHERS and not (kind == "related" and elements.is_byline(element))


def _evidence(
    page: Scan,
    line: Line,
    offsets: Sequence[int],
    text: str,
    field: HeaderField,
    value: str,
    span: tuple[int, int],
    weight: int,
    reason: str,
) -> list[Evidence]:
    if not value:
        return []
    return [
        Evidence(
            field=field,
            value=value,
            text=text[slice(*span)],
            page_ranges=line_ranges(page, line, offsets, *span),
            found_in="text",
            weight=weight,
            reason=reason,
        )
    ]


def _marked(
    page: Scan, elements: Elements, lines: Sequence[Line], offsets: Sequence[int], near: set[int]
) -> list[Evidence]:
    """Names marked as author, and links to an author's own page, near the article; elsewhere if all the page has one name."""
    starts = _author_elements(page)
    found: dict[str, Evidence] = {}
    for close in (True, False):
        for i, line in enumerate(lines):
            if (i in near) != close:
                continue
            nodes = [n for n in line.nodes if _names(page, elements, n, starts, close=close)]
            if not nodes or _of_others(elements, line):
                continue
            name, text = _joined(page, elements, nodes)
            if is_name(name) and not dates_in(text):
                reason = "marked as author beside the article" if close else "the one name marked as author"
                made = Evidence(
                    field="author",
                    value=name,
                    text=text,
                    page_ranges=places(nodes, offsets),
                    found_in="text",
                    weight=TEXT - 8 if close else TEXT - 12,
                    reason=reason,
                )
                found.setdefault(name, made)
        if found or not starts:
            break
    return list(found.values()) if close or len(found) == 1 else []


def _author_elements(page: Scan) -> set[int]:
    """Elements whose `rel` or `itemprop` says `author`."""
    raw, starts = page.raw, set()
    for word in _AUTHOR:
        at = raw.find(word)
        while at >= 0:
            end = at + len(word)
            window = raw[max(0, at - _ATTRIBUTE_SPAN) : end]
            if "=" in window and not _WORD_GOES_ON.match(raw, end) and _ATTRIBUTE.search(window):
                element = bisect_right(page.attributes_at, (at, len(raw))) - 1
                # Text and comments that say so mark nothing.
                if at < page.attributes_at[element][1]:
                    starts.add(element)
            at = raw.find(word, end)
    return starts


def _joined(page: Scan, elements: Elements, nodes: Sequence[Node]) -> tuple[str, str]:
    """The name or names of marked nodes and their words; names that are links of their own are parted."""
    groups: dict[int, list[Node]] = {}
    for node in nodes:
        own = next((e for e in elements.ancestors(node.element)[:3] if page.tags[e] == "a"), 0)
        groups.setdefault(own, []).append(node)
    texts = [words_in(page, g) for own, g in groups.items() if own]
    if len(texts) > 1 and all(len(t.split()) > 1 and is_name(t) for t in texts):
        return ", ".join(texts), words_in(page, nodes)
    text = words_in(page, nodes)
    return author_name(text), text


def _names(page: Scan, elements: Elements, node: Node, starts: set[int], *, close: bool) -> bool:
    element = node.element
    for _ in range(_LEVELS if starts else 0):
        if element in starts:
            return element > 0
        element = page.parents[element] if element > 0 else -1
    if not close:
        return False
    if elements.is_byline(node.element):
        return True
    for element in (node.element, page.parents[node.element]):
        if element <= 0:
            return False
        if page.tags[element] == "a":
            attributes = page.attributes(element)
            return "href" in attributes and bool(_PROFILE.search(page.raw[slice(*attributes["href"])]))
    return False


def names_author(page: Scan, elements: Elements, node: Node) -> bool:
    """Whether a node is marked as author: `rel=author`, `itemprop=author`."""
    for element in elements.ancestors(node.element)[:3]:
        attributes = page.attributes(element)
        for key in ("rel", "itemprop"):
            if key in attributes and "author" in page.raw[slice(*attributes[key])].lower().split():
                return True
    return False


def line_ranges(
    page: Scan, line: Line, offsets: Sequence[int], start: int, end: int
) -> tuple[PageRange, ...]:
    """Page ranges of a part of a removed line's words; of the whole where `<br>` parts it."""
    own = Composer(page.raw, offsets)
    own.add([[n for n in line.nodes if page.tags[n.element] not in READINGS]], "paragraph")
    if len(own.blocks) != 1:
        return places(line.nodes, offsets)
    return block_ranges(own.offset_map(), 0, start, end)


def block_ranges(made: OffsetMap, at: int, start: int, end: int) -> tuple[PageRange, ...]:
    """Page ranges of code points of a block that begins at `at`."""
    return tuple(PageRange(a, b) for a, b in made.page_ranges(at + start, at + end))
