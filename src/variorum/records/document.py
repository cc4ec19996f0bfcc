"""Pages, documents, and what cleaning says of them."""

from __future__ import annotations

import builtins
from typing import ClassVar, Literal

from variorum.records.anchor import PageRange, Record, SpanRecord

PageStatus = Literal["read", "skipped", "rejected"]
PageForm = Literal["html", "flat", "text", ""]
Translated = Literal["stated", "likely", "unknown"]
BlockKind = Literal[
    "title", "byline", "dateline", "caption", "heading", "paragraph", "embed", "list", "quote", "correction"
]
HeaderField = Literal[
    "title", "outlet", "author", "credits", "published", "modified", "language", "translated", "url"
]
RemovedKind = Literal[
    "navigation",
    "promotion",
    "social",
    "comment_form",
    "licence",
    "related",
    "template",
    "code",
    "advert",
    "subscription",
    "comments",
    "duplicate",
    "media",
    "other",
]


class Page(Record, frozen=True, kw_only=True, gc=False):
    """One page as given.

    Attributes:
        location: URL where known, else the path relative to the root given, `/`-separated.
        input: The file it came from, relative to the root given, or `-`.
        sha256: Hex digest of the page's bytes.
        media_type: Type by content.
        form: How its text is to be read: `html`, `flat` (text saved with its chrome), `text` (article text as is).
        charset: Python codec name by which the bytes decode.
        size: Bytes of the page.
        captured: ISO 8601 time of capture as the archive or the JSON line says; empty where unknown.
        given: JSON object of header values given beside the page (JSON Lines, feeds): title, outlet, author, published, modified, language.
        status: `read`, `skipped` or `rejected`; the last two with a reason.
        reason: Why it was skipped or rejected; for a page that was read, what was odd about it, or empty.
    """

    TABLE: ClassVar[str] = "pages"
    IDENTITY: ClassVar[tuple[str, ...]] = ("location", "sha256")

    location: str
    input: str
    sha256: str
    media_type: str = ""
    form: PageForm = ""
    charset: str = ""
    size: int = 0
    captured: str = ""
    given: str = "{}"
    status: PageStatus = "read"
    reason: str = ""


class Body(Record, frozen=True, kw_only=True, gc=False):
    """The bytes of a page, zlib-compressed: what page ranges point into."""

    TABLE: ClassVar[str] = "bodies"
    IDENTITY: ClassVar[tuple[str, ...]] = ("page",)

    page: str
    bytes: builtins.bytes


class Document(Record, frozen=True, kw_only=True, gc=False):
    """The cleaned text of one page.

    Attributes:
        page: Id of the page.
        location: The page's location, carried along for readers.
        outlet, title, author: As chosen among `headers`; empty where unknown (a header record says why).
        credits: Agencies and sources credited, such as `AP`.
        published_earliest, published_latest: ISO 8601 date or time (UTC with `Z` where a zone is told), inclusive; empty if unknown.
        published_value: TIMEX3 value; `XXXX-12-28` if the year is not told; empty if unknown.
        modified: TIMEX3 value of the last change told; empty if unknown.
        language: ISO 639-1 code of the text, `unknown` where it cannot be told.
        translated: Whether the text is a translation: `stated`, `likely`, `unknown`.
        text: The cleaned text, blocks separated by a blank line.
        offset_map: Packed map from code points of the text to bytes of the page (`variorum.text.offsets`).
    """

    TABLE: ClassVar[str] = "documents"
    IDENTITY: ClassVar[tuple[str, ...]] = ("page",)

    page: str
    location: str = ""
    outlet: str = ""
    title: str = ""
    author: str = ""
    credits: tuple[str, ...] = ()
    published_earliest: str = ""
    published_latest: str = ""
    published_value: str = ""
    modified: str = ""
    language: str = "unknown"
    translated: Translated = "unknown"
    text: str = ""
    offset_map: bytes = b""


class Block(SpanRecord, frozen=True, kw_only=True, gc=False):
    """A block of the cleaned text; blocks do not overlap and come in text order."""

    TABLE: ClassVar[str] = "blocks"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end", "kind")

    kind: BlockKind


class Header(Record, frozen=True, kw_only=True, gc=False):
    """One piece of evidence for one header field of a document.

    Attributes:
        doc: Id of the document.
        field: Which field it speaks for.
        value: The value it gives, in the form of the documents table; empty with `reason` where nothing tells it.
        text: The words it was read from, as they stand in the page.
        page_ranges: Where those words stand in the page; empty if not in the page's bytes (given, file name).
        found_in: `json-ld`, `meta`, `url`, `text`, `markup`, `given`, `path`, `archive` ...
        chosen: Whether this value went into the documents table.
        reason: Why there is no value, or why it was preferred; may be empty.
    """

    TABLE: ClassVar[str] = "headers"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "field", "value", "text", "page_ranges", "found_in")

    doc: str
    field: HeaderField
    value: str
    text: str = ""
    page_ranges: tuple[PageRange, ...] = ()
    found_in: str
    chosen: bool = False
    reason: str = ""


class Removed(Record, frozen=True, kw_only=True, gc=False):
    """A block that cleaning took away, with its words and where they stand in the page."""

    TABLE: ClassVar[str] = "removed"
    IDENTITY: ClassVar[tuple[str, ...]] = ("page", "page_ranges", "kind", "text")

    page: str
    doc: str
    page_ranges: tuple[PageRange, ...]
    kind: RemovedKind
    text: str


class Refusal(Record, frozen=True, kw_only=True, gc=False):
    """Something that could not be read, cleaned or tagged, and why."""

    TABLE: ClassVar[str] = "refusals"
    IDENTITY: ClassVar[tuple[str, ...]] = ("page", "doc", "stage", "table", "reason")

    page: str
    doc: str = ""
    stage: str
    table: str = ""
    reason: str


class Outlet(Record, frozen=True, kw_only=True, gc=False):
    """An outlet as the user describes it; `unknown` where she does not."""

    TABLE: ClassVar[str] = "outlets"
    IDENTITY: ClassVar[tuple[str, ...]] = ("name", "hosts", "owner", "country", "side", "note")

    name: str
    hosts: tuple[str, ...] = ()
    owner: str = "unknown"
    country: str = "unknown"
    side: str = "unknown"
    note: str = ""


class GazetteerEntry(Record, frozen=True, kw_only=True, gc=False):
    """A place of the user's own gazetteer; `id` is the user's id."""

    TABLE: ClassVar[str] = "gazetteer"
    IDENTITY: ClassVar[tuple[str, ...]] = ("name", "kind", "country", "lat", "lon")

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    seat_of: str = ""
