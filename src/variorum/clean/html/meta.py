"""What a page's head and markup say of it: meta tags, links, `time`, microdata, the title, with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from variorum.clean.cleaned import Evidence
from variorum.clean.header import MARKUP, META, NEVER, TEXT, URL, read_date
from variorum.clean.html.chars import INVISIBLE, unescape
from variorum.clean.people import author_name
from variorum.records import PageRange
from variorum.records.document import HeaderField
from variorum.text.calendar import parse_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from variorum.clean.html.scan import Node, Scan


class _Rule(msgspec.Struct, frozen=True):
    """Which field a meta name speaks for, and how much above or below other meta tags it stands."""

    field: HeaderField
    more: int = 0


# Names of `meta` (name, property or itemprop), in lower case. Open Graph, article:*, Dublin Core, Parse.ly, Sailthru,
# Highwire: the vocabularies that news pages carry for machines.
_META: dict[str, _Rule] = {
    "og:title": _Rule("title"),
    "twitter:title": _Rule("title", -5),
    "dc.title": _Rule("title", -5),
    "dcterms.title": _Rule("title", -5),
    "parsely-title": _Rule("title"),
    "sailthru.title": _Rule("title"),
    "citation_title": _Rule("title"),
    "headline": _Rule("title"),
    "og:site_name": _Rule("outlet"),
    "application-name": _Rule("outlet", -15),
    "dc.publisher": _Rule("outlet", -10),
    "dcterms.publisher": _Rule("outlet", -10),
    "publisher": _Rule("outlet", -20),
    "author": _Rule("author"),
    "article:author": _Rule("author"),
    "dc.creator": _Rule("author", -5),
    "dcterms.creator": _Rule("author", -5),
    "parsely-author": _Rule("author"),
    "sailthru.author": _Rule("author"),
    "citation_author": _Rule("author"),
    "byl": _Rule("author"),
    "article:published_time": _Rule("published", 2),
    "og:published_time": _Rule("published"),
    "article:published": _Rule("published"),
    "datepublished": _Rule("published"),
    "publishdate": _Rule("published"),
    "publish-date": _Rule("published"),
    "publish_date": _Rule("published"),
    "pubdate": _Rule("published"),
    "parsely-pub-date": _Rule("published"),
    "sailthru.date": _Rule("published", -2),
    "citation_publication_date": _Rule("published", -2),
    "dc.date.issued": _Rule("published", -2),
    "dcterms.issued": _Rule("published", -2),
    "dcterms.date": _Rule("published", -5),
    "dc.date": _Rule("published", -5),
    "dcterms.created": _Rule("published", -5),
    "dc.date.created": _Rule("published", -5),
    # Below a day printed near the headline: many systems fill it with the day on which the page was made up.
    "date": _Rule("published", -26),
    "rnews:datepublished": _Rule("published"),
    "shareaholic:article_published_time": _Rule("published", -2),
    "cxenseparse:recs:publishtime": _Rule("published", -2),
    "citation_online_date": _Rule("published", -2),
    "citation_date": _Rule("published", -5),
    "dcterms.available": _Rule("published", -10),
    "article:modified_time": _Rule("modified", 2),
    "og:updated_time": _Rule("modified", -5),
    "datemodified": _Rule("modified"),
    "dateupdate": _Rule("modified", -2),
    "dateupdated": _Rule("modified", -2),
    "rnews:datemodified": _Rule("modified"),
    "lastmod": _Rule("modified", -10),
    "dcterms.modified": _Rule("modified", -2),
    "dc.date.modified": _Rule("modified", -2),
    "last-modified": _Rule("modified", -10),
    "translator": _Rule("translated"),
    "og:url": _Rule("url"),
    "og:locale": _Rule("language", -15),
    "content-language": _Rule("language", -12),
    "language": _Rule("language", -12),
    "dc.language": _Rule("language", -12),
}
_PREFIX = re.compile(r"^(?:bepress_(?=citation_)|og:(?=article:)|article:(?=og:))")
# Microdata, and RDFa with or without its prefix.
# Found by the name alone, which is a plain search; that it is a property's name is seen by what stands before it. To look for
# the property itself, by any case, took a tenth of cleaning.
_DATE_NAMES = re.compile(r"date(?:Published|Modified|Created)(?![\w-])")
_PROPERTY = re.compile(r"(?:itemprop|property)\s*=\s*[\"']?(?:schema:)?\Z", re.IGNORECASE)
# Longer than this nobody writes what leads to the name.
_PROPERTY_SPAN = 40
# Before the first newspapers, or the zero of a clock: a field that nobody filled.
_FIRST_DAY = "1600"
_EPOCH = "1970-01-01T00:00"
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_TRANSLATED = re.compile(r"\btranslated-(?:ltr|rtl)\b")
_HALF = re.compile("[\ud800-\udfff]")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-zA-Z0-9]+)*")


def meta_evidence(page: Scan, offsets: Sequence[int]) -> list[Evidence]:
    """Evidence from `meta`, `link`, `html`, `title` and microdata.

    Args:
        page: The page, scanned.
        offsets: Byte offset of each code point, and of the end.

    Returns:
        Evidence with the place of the very attribute value or text.
    """
    found: list[Evidence] = []
    for element in page.noted:
        tag = page.tags[element]
        if tag == "meta":
            found.extend(_from_meta(page, element, offsets))
        elif tag == "link":
            found.extend(_from_link(page, element, offsets))
        elif tag == "html":
            found.extend(_from_root(page, element, offsets))
    found.extend(_together(found))
    found.extend(_from_title(page, offsets))
    found.extend(_from_microdata(page, offsets))
    return found


def _together(found: Sequence[Evidence]) -> Iterator[Evidence]:
    """Several authors, each in a meta of one and the same name, as one value above each alone."""
    names: dict[str, list[Evidence]] = {}
    for e in found:
        if e.field == "author" and e.value:
            names.setdefault(e.reason, []).append(e)
    for name, own in names.items():
        people = dict.fromkeys(e.value for e in own)
        if len(people) > 1:
            yield Evidence(
                field="author",
                value=", ".join(people),
                text=" ".join(e.text for e in own),
                page_ranges=tuple(r for e in own for r in e.page_ranges),
                found_in="meta",
                weight=own[0].weight + 1,
                reason=f"{name}, of each author",
            )


def place(start: int, end: int, offsets: Sequence[int]) -> tuple[PageRange, ...]:
    """Code points of a page as a page range; nothing for an empty stretch."""
    return (PageRange(offsets[start], offsets[end]),) if end > start else ()


def places(nodes: Iterable[Node], offsets: Sequence[int]) -> tuple[PageRange, ...]:
    """Page ranges of text nodes, in their order; none for an empty one."""
    return tuple(r for n in nodes for r in place(n.start, n.end, offsets))


def plain(text: str) -> str:
    """An attribute's or a script's text as a reader would see it: references read, white space collapsed.

    Half a surrogate pair, as JSON may escape it where a title was cut within an emoji, is no character: U+FFFD.
    """
    return " ".join(_HALF.sub("\ufffd", INVISIBLE.sub("", unescape(text))).split())


def field_value(field: HeaderField, text: str) -> str:
    """A field's value from the text that tells it; empty if it tells none."""
    if field in {"published", "modified"}:
        value = read_date(text)
        return "" if value < _FIRST_DAY or value.startswith(_EPOCH) else value
    if field == "language":
        match = _LANGUAGE.fullmatch(text.strip().lower())
        return match[1] if match else ""
    if field == "author":
        return author_name(text)
    if field == "translated":
        return "stated" if author_name(text) else ""
    if field == "outlet" and (text.startswith("@") or "://" in text):
        return ""
    return text


def _from_meta(page: Scan, element: int, offsets: Sequence[int]) -> Iterator[Evidence]:
    attributes = page.attributes(element)
    if "content" not in attributes:
        return
    start, end = attributes["content"]
    text = plain(page.raw[start:end])
    if not text:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        if key not in attributes:
            continue
        name = _meta_name(page.raw[slice(*attributes[key])])
        if (rule := _META.get(name)) is not None:
            value = field_value(rule.field, text)
            yield Evidence(
                field=rule.field,
                value=value,
                text=text,
                page_ranges=place(start, end, offsets),
                found_in="meta",
                weight=META + rule.more,
                reason=name if value else f"{name}: not read",
            )
            return


def _meta_name(text: str) -> str:
    """A meta name as the table has it: references read, `DC:date` as `dc.date`, without a prefix of another vocabulary."""
    name = unescape(text).strip().lower()
    name = _PREFIX.sub("", name)
    return name.replace(":", ".", 1) if name.startswith(("dc:", "dcterms:")) else name


def _from_link(page: Scan, element: int, offsets: Sequence[int]) -> Iterator[Evidence]:
    if "canonical" not in page.raw[slice(*page.attributes_at[element])].lower():
        return
    attributes = page.attributes(element)
    rel = page.raw[slice(*attributes.get("rel", (0, 0)))].lower().split()
    start, end = attributes.get("href", (0, 0))
    address = unescape(page.raw[start:end]).strip()
    if address and "canonical" in rel:
        yield Evidence(
            field="url",
            value=address,
            text=address,
            page_ranges=place(start, end, offsets),
            found_in="meta",
            weight=META + 2,
            reason="rel=canonical",
        )
        for e in url_evidence(address):
            at = page.raw.find(e.text, start, end)
            if e.field != "url" and at >= 0:
                yield msgspec.structs.replace(e, page_ranges=place(at, at + len(e.text), offsets))


def _from_root(page: Scan, element: int, offsets: Sequence[int]) -> Iterator[Evidence]:
    attributes = page.attributes(element)
    start, end = attributes.get("class", (0, 0))
    if match := _TRANSLATED.search(page.raw, start, end):
        yield Evidence(
            field="translated",
            value="stated",
            text=match[0],
            page_ranges=place(*match.span(), offsets),
            found_in="markup",
            weight=MARKUP,
            reason="a browser's mark on a page that it translated",
        )
    for key in ("lang", "xml:lang"):
        if key in attributes:
            start, end = attributes[key]
            text = page.raw[start:end].strip()
            if value := field_value("language", text):
                yield Evidence(
                    field="language",
                    value=value,
                    text=text,
                    page_ranges=place(start, end, offsets),
                    found_in="markup",
                    weight=MARKUP,
                )
                return


def _from_title(page: Scan, offsets: Sequence[int]) -> Iterator[Evidence]:
    for element in page.noted:
        if page.tags[element] == "title" and element in page.raw_text:
            start, end = page.raw_text[element]
            text = plain(page.raw[start:end])
            if text:
                yield Evidence(
                    field="title",
                    value=text,
                    text=text,
                    page_ranges=place(start, end, offsets),
                    found_in="title",
                    weight=TEXT,
                    reason="the page's title",
                )
                return


def _from_microdata(page: Scan, offsets: Sequence[int]) -> Iterator[Evidence]:
    for match in _DATE_NAMES.finditer(page.raw):
        if not _PROPERTY.search(page.raw[max(0, match.start() - _PROPERTY_SPAN) : match.start()]):
            continue
        element = bisect_right(page.attributes_at, (match.start(), len(page.raw))) - 1
        if element <= 0 or match.end() > page.attributes_at[element][1] or page.tags[element] == "meta":
            continue
        attributes = page.attributes(element)
        for key in ("datetime", "content"):
            if key in attributes:
                start, end = attributes[key]
                text = page.raw[start:end].strip()
                if value := parse_stamp(text):
                    yield Evidence(
                        field="modified" if match[0] == "dateModified" else "published",
                        value=value,
                        text=text,
                        page_ranges=place(start, end, offsets),
                        found_in="markup",
                        weight=MARKUP + (-10 if match[0] == "dateCreated" else 2),
                        reason=f"itemprop={match[0]}",
                    )
                break


def time_evidence(page: Scan, elements: Sequence[int], offsets: Sequence[int]) -> list[Evidence]:
    """Evidence from `time` elements that stand with the article.

    Args:
        page: The page.
        elements: Elements of its byline and dateline, in page order.
        offsets: Byte offset of each code point.

    Returns:
        The first `time` with a stamp as day of publication.
    """
    found: list[Evidence] = []
    for element in elements:
        attributes = page.attributes(element)
        if page.tags[element] != "time" or "datetime" not in attributes:
            continue
        start, end = attributes["datetime"]
        text = page.raw[start:end].strip()
        if value := parse_stamp(text):
            found.append(
                Evidence(
                    field="published",
                    value=value,
                    text=text,
                    page_ranges=place(start, end, offsets),
                    found_in="markup",
                    weight=MARKUP,
                    reason="time element",
                )
            )
            break
    return found


def url_evidence(url: str) -> list[Evidence]:
    """What an address tells: itself, a date in its path, and the host, which is no outlet's name."""
    if not url:
        return []
    found = [Evidence(field="url", value=url, text=url, found_in="location", weight=TEXT)]
    try:
        parts = urlsplit(url)
    except ValueError:
        return found
    if parts.hostname:
        reason = "a host, not a name"
        found.append(
            Evidence(
                field="outlet", value=parts.hostname, text=url, found_in="url", weight=NEVER, reason=reason
            )
        )
    if match := _URL_DATE.search(parts.path):
        year, _, month, day = match.groups()
        value = parse_stamp(f"{year}-{int(month):02}-{int(day):02}")
        if value:
            found.append(
                Evidence(
                    field="published",
                    value=value,
                    text=match[0],
                    found_in="url",
                    weight=URL,
                    reason="in the path",
                )
            )
    return found
