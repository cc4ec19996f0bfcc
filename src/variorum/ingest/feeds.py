"""Saved RSS and Atom feeds: each entry that carries its text is a page."""

from __future__ import annotations

import html as html_entities
import re
from typing import TYPE_CHECKING

import msgspec
from lxml import etree

from variorum.ingest import charset
from variorum.ingest.arrival import (
    Arrival,
    Origin,
    arrived,
    mail_time,
    rejected,
    skipped,
    too_large,
    web_address,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from variorum.ingest.streams import Stream
    from variorum.settings import Settings

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# References to half a surrogate pair, U+D800 to U+DFFF: 55296 to 57343.
_HALF_PAIR = re.compile(
    r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*5(?:5(?:29[6-9]|[3-9]\d\d)|6\d{3}|7(?:[0-2]\d\d|3[0-3]\d|34[0-3])));",
    re.IGNORECASE,
)

# A content that is only a picture is no text; nor is one of these types (Atom, RFC 4287, 4.1.3).
_TAGS = re.compile(r"<[^<>]*>")
# Tags within a line of text: `<` before a letter, so that `1 < 2 > 1` stays.
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_MAIL = re.compile(r"(?:([^<>@()]*)<)?[^\s<>@()]+@[^\s<>@()]+>?\s*(?:\(([^()]*)\))?")
_NO_TEXT = ("image/", "audio/", "video/", "application/octet-stream", "application/pdf")


def read(stream: Stream, where: Origin, settings: Settings) -> Iterator[Arrival]:
    """Read the entries of an RSS (0.9 to 2.0) or Atom feed; entities are not expanded, nothing is fetched.

    Yields:
        One arrival an entry, in order: its content, or else its summary, as a page whose bytes are the UTF-8 of
        that field after XML decoding, text being article text as it stands; `given` holds title, author, published,
        modified, language and outlet as the feed tells them. An entry without text is skipped; a feed that does not parse is read as far as it does.
    """
    data = stream.read(settings.limits.page_bytes + 1)
    if len(data) > settings.limits.page_bytes:
        yield rejected(where, f"feed {too_large(settings)}")
        return
    root, fault = _parse(data)
    entries: list[etree._Element] = []
    if root is not None:
        entries = [e for e in root.iter() if _name(e) in {"item", "entry"}]
        feed = _told_of_all(root)
        for number, entry in enumerate(entries, 1):
            yield _page(entry, feed, where, number, settings)
    if fault:
        yield rejected(where, f"broken XML, read as far as it parses: {fault}")
    elif not entries:
        yield rejected(where, "a feed without entries")


def _parse(data: bytes) -> tuple[etree._Element | None, str]:
    """The root, and what is wrong with the XML."""
    try:
        return etree.fromstring(data, _parser(recover=False)), ""
    except etree.XMLSyntaxError as error:
        fault = str(error).partition("\n")[0]  # what follows quotes the page
    try:
        return etree.fromstring(_sound(data), _parser(recover=True, encoding="utf-8")), fault
    except etree.XMLSyntaxError:
        return None, fault


def _sound(data: bytes) -> bytes:
    """A feed in UTF-8 without halves of surrogate pairs, which libxml2, recovering, lets into its text."""
    text = data.decode(charset.detect(data, html=False).name or "utf-8", "replace")
    return _HALF_PAIR.sub("\ufffd", text).encode()


def _parser(*, recover: bool, encoding: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        encoding=encoding,
    )


def _page(
    entry: etree._Element, feed: Mapping[str, str], where: Origin, number: int, settings: Settings
) -> Arrival:
    place, location = where.part(number), _link(entry)
    text, html, summary = _text(entry)
    if not text.strip():
        return skipped(place, "the entry carries no text", location=location)
    given = _given(entry, feed)
    carried = feed["outlet"] if feed["outlet"] != given["outlet"] else ""
    return arrived(
        place,
        text.encode("utf-8", "replace"),
        html=html,
        settings=msgspec.structs.replace(settings, as_text=True),
        location=location,
        declared=(("XML", "utf-8"),),
        given={name: value for name, value in given.items() if value},
        notes=(
            "the feed carries a summary only" if summary else "",
            f"source {given['outlet']}, carried by the feed {carried}" if carried else "",
        ),
    )


def _text(entry: etree._Element) -> tuple[str, bool, bool]:
    """The entry's text, whether it is HTML, and whether it is only its summary."""
    for tag, summary in (("encoded", False), ("content", False), ("description", True), ("summary", True)):
        for child in _children(entry, tag):
            kind = child.get("type", "")
            if len(child) and kind == "xhtml":
                return "".join(etree.tostring(part, encoding="unicode") for part in child), True, summary
            text = _inner(child)
            if _TAGS.sub("", text).strip() and not kind.startswith(_NO_TEXT):
                return text, kind not in {"text", "text/plain"} and ("<" in text or "&" in text), summary
    return "", False, False


def _told_of_all(root: etree._Element) -> dict[str, str]:
    """What a feed tells of all its entries: title and language. Looked up once, for a channel holds all entries."""
    channel = next((e for e in root.iter() if _name(e) in {"channel", "feed"}), root)
    language = root.get(_LANG, "")
    # What a channel of RSS tells of authors is who keeps it.
    author = _author(channel) if _name(channel) == "feed" else ""
    return {
        "outlet": _plain(channel, "title"),
        "author": author,
        "language": _first(channel, "language") or language,
    }


def _given(entry: etree._Element, feed: Mapping[str, str]) -> dict[str, str]:
    outlet = _source(entry) or feed["outlet"]
    # An entry without an author has that of its source, else of its feed (Atom, RFC 4287, 4.2.1).
    sources = _children(entry, "source")
    author = next(filter(None, map(_author, (entry, *sources))), "" if sources else feed["author"])
    return {
        "title": _plain(entry, "title"),
        "author": author if author not in {outlet, feed["outlet"]} else "",
        "published": _time(_first(entry, "published", "pubDate", "date", "issued")),
        "modified": _time(_first(entry, "updated", "modified")),
        "outlet": outlet,
        "language": entry.get(_LANG, "") or _first(entry, "language") or feed["language"],
    }


def _source(entry: etree._Element) -> str:
    """Name of the outlet that an entry is taken from (RSS 2.0 and Atom `source`); Dublin Core's may be an address."""
    names = (
        _plain(source, "title") or ("" if len(source) else _unmarked(source))
        for source in _children(entry, "source")
    )
    return next((name for name in names if name and not web_address(name)), "")


def _plain(parent: etree._Element, name: str) -> str:
    """Text of the first child of this name that has any, without markup."""
    return next(filter(None, map(_unmarked, _children(parent, name))), "")


def _unmarked(element: etree._Element) -> str:
    """The words of a title: markup is HTML where Atom says so, and in RSS, which does not say, where it looks like it."""
    text = _inner(element)
    space, _ = _parted(element)
    kind = element.get("type", "text" if space.startswith(_ATOM) else "html")
    if kind in {"html", "text/html"}:
        text = html_entities.unescape(_MARKUP.sub("", text))
    return " ".join(text.split())


def _author(entry: etree._Element) -> str:
    names = [_first(author, "name") or _person(author.text or "") for author in _children(entry, "author")]
    names += [(creator.text or "").strip() for creator in _children(entry, "creator")]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _person(told: str) -> str:
    """The name in an address of mail, as RSS writes authors: `desk@post.example (Oto Lind)`."""
    match = _MAIL.fullmatch(told.strip())
    return (match[1] or match[2] or "").strip() if match else told.strip()


def _link(entry: etree._Element) -> str:
    for link in _children(entry, "link"):
        if link.get("rel", "alternate") == "alternate":
            address = web_address(link.get("href") or link.text or "")
            if address:
                return address
    return web_address(_first(entry, "guid", "id"))


def _time(value: str) -> str:
    """RFC 822 times as ISO 8601; others as they stand."""
    return mail_time(value) or value


def _first(parent: etree._Element, *names: str) -> str:
    """Text of the first child of the first of these names that has any."""
    for name in names:
        for child in _children(parent, name):
            text = _inner(child).strip()
            if text:
                return text
    return ""


def _children(parent: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in parent if _name(child) == name and _known(child)]


def _known(element: etree._Element) -> bool:
    """No namespace, or one of those that mean what the plain names mean (`media:content` is a picture)."""
    space, _ = _parted(element)
    return not space or space.startswith(
        (_ATOM, _CONTENT, _DUBLIN, "http://purl.org/rss/", "http://purl.org/atom/")
    )


def _inner(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _name(element: etree._Element) -> str:
    return _parted(element)[1]


def _parted(element: etree._Element) -> tuple[str, str]:
    """Namespace and name; by hand, since broken XML has names that `etree.QName` refuses (`g:button`)."""
    space, _, name = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    return space.removeprefix("{"), name
