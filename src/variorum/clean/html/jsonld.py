"""What a page's JSON-LD says of it (schema.org Article and its kin), with the place of each value."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

from variorum.clean.cleaned import Evidence
from variorum.clean.flat_header import agency
from variorum.clean.header import JSON_LD
from variorum.clean.html.meta import field_value, place, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.clean.html.scan import Scan
    from variorum.records import PageRange
    from variorum.records.document import HeaderField

_ARTICLES = re.compile(r"(?:Article|Posting|Report|Review|Recipe|NewsItem)$")
_PAGES = re.compile(r"(?:Page|VideoObject|CreativeWork)$")
_FIELDS: tuple[tuple[str, HeaderField, int], ...] = (
    ("headline", "title", 0),
    ("name", "title", -15),
    ("datePublished", "published", 0),
    ("dateCreated", "published", -10),
    ("dateModified", "modified", 0),
    ("inLanguage", "language", -20),
)
# Deeper than any vocabulary nests; a page that goes further means harm.
_DEPTH = 12
_LITERAL = r"\s*:\s*(?:\[\s*)?(\"(?:[^\"\\]|\\.)*+\")"


def jsonld_evidence(page: Scan, offsets: Sequence[int]) -> list[Evidence]:
    """Evidence from the page's JSON-LD blocks.

    Args:
        page: The page, scanned.
        offsets: Byte offset of each code point, and of the end.

    Returns:
        Evidence of the first article described; of what describes the page as such only where no article is.
    """
    articles: list[tuple[dict[str, Any], tuple[int, int]]] = []
    pages: list[tuple[dict[str, Any], tuple[int, int]]] = []
    for span in _blocks(page):
        for node in _nodes(_parsed(page.raw[slice(*span)]), _DEPTH):
            kinds = node.get("@type")
            names = [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]
            if any(_ARTICLES.search(k) for k in names):
                articles.append((node, span))
            elif any(_PAGES.search(k) for k in names):
                pages.append((node, span))
    found: list[Evidence] = []
    for chosen, less in ((articles[:1], 0), (pages[:1] if not articles else [], 10)):
        for node, span in chosen:
            found.extend(_from_node(page.raw, node, span, less, offsets))
    return found


def _blocks(page: Scan) -> Iterator[tuple[int, int]]:
    for element in page.noted:
        if page.tags[element] == "script" and element in page.raw_text:
            attributes = page.attributes(element)
            if "type" in attributes and "ld+json" in page.raw[slice(*attributes["type"])].lower():
                yield page.raw_text[element]


def _parsed(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Objects at the top, in lists and in `@graph`; not those that an article merely mentions."""
    if depth <= 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), (list, dict)):
                yield from _nodes(value[key], depth - 1)


def _from_node(
    raw: str, node: dict[str, Any], span: tuple[int, int], less: int, offsets: Sequence[int]
) -> Iterator[Evidence]:
    def evidence(field: HeaderField, key: str, text: str, weight: int, reason: str) -> Evidence:
        shown = plain(text)
        value = field_value(field, shown)
        return Evidence(
            field=field,
            value=value,
            text=shown,
            page_ranges=_where(raw, key, text, span, offsets),
            found_in="json-ld",
            weight=weight - less,
            reason=reason if value else f"{reason}: not read",
        )

    for key, field, more in _FIELDS:
        if (key != "name" or "headline" not in node) and (text := _string(node.get(key))):
            yield evidence(field, key, text, JSON_LD + more, key)
    for key in ("publisher", "sourceOrganization"):
        if names := _names(node.get(key)):
            yield evidence("outlet", "name", names[0], JSON_LD if key == "publisher" else JSON_LD - 10, key)
            break
    if people := _names(node.get("author")) or _names(node.get("creator")):
        whole = evidence("author", "name", people[0], JSON_LD, "author")
        names = [n for p in people if (n := field_value("author", plain(p)))]
        ranges = [r for p in people for r in _where(raw, "name", p, span, offsets)]
        joined = ", ".join(dict.fromkeys(names))
        yield Evidence(
            field="author",
            value=joined,
            text=joined or whole.text,
            page_ranges=tuple(sorted(set(ranges))) or whole.page_ranges,
            found_in="json-ld",
            weight=JSON_LD - less,
            reason="author" if joined else "author: not read",
        )
    for name in _names([p for p in _listed(node.get("author")) if isinstance(p, dict)]):
        if credit := agency(plain(name)):
            found = evidence("credits", "name", name, JSON_LD, "the author is an agency")
            yield msgspec.structs.replace(found, value=credit)
    if translators := _names(node.get("translator")):
        yield evidence("translated", "name", translators[0], JSON_LD, "translator")
    elif node.get("translationOfWork"):
        yield evidence("translated", "translationOfWork", "translationOfWork", JSON_LD, "translationOfWork")
    for key in ("url", "mainEntityOfPage", "@id"):
        address = node.get(key)
        address = address.get("@id") if isinstance(address, dict) else address
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            yield evidence("url", key, address, JSON_LD - 12, key)
            break


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any, depth: int = 3) -> list[str]:
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item, depth - 1)] if depth else []
    if isinstance(value, dict):
        value = value.get("name")
        if isinstance(value, list):
            return [n.strip() for n in value[:20] if isinstance(n, str) and n.strip()]
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _where(
    raw: str, key: str, text: str, span: tuple[int, int], offsets: Sequence[int]
) -> tuple[PageRange, ...]:
    """Where a value stands: after its key if it does, else the first string that reads so, else nowhere."""
    for pattern in (rf'"{re.escape(key)}"{_LITERAL}', r'("(?:[^"\\]|\\.)*+")'):
        for match in re.finditer(pattern, raw[slice(*span)]):
            try:
                literal = json.loads(match[1], strict=False)
            except ValueError:
                continue
            if isinstance(literal, str) and literal.strip() == text:
                start, end = match.span(1)
                return place(span[0] + start + 1, span[0] + end - 1, offsets)
    return ()
