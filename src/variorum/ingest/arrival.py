"""What ingest gives back: one page record and its bytes, for every page, read or not."""

from __future__ import annotations

import email.utils
import hashlib
import re
from typing import TYPE_CHECKING

import msgspec

from variorum.ingest import charset as charsets
from variorum.records import Page, digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from variorum.records.document import PageForm
    from variorum.settings import Settings

_URL = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x1f\x7f]+", re.IGNORECASE)
# Browsers and archivers write the address of a page that they save into a comment at its top.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)")
# As JavaScript writes a time: `Sun May 04 2031 12:00:00 GMT+0200 (...)`.
_SINGLE_FILE_DATE = re.compile(
    rb"<!--\s*Page saved with SingleFile\b[^>]{0,3000}?\ssaved date:\s*"
    rb"\w{3} (\w{3}) (\d\d?) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d{4})"
)
# `-0000` is UTC told by a machine that does not know its own zone (RFC 5322, 3.3); a comment may follow.
_NO_ZONE_OF_ITS_OWN = re.compile(r"\d\s*-0000\b")
_BIDI = re.compile(b"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
_TOP_BYTES = 4096
# Between the notes of a page's reason, and how one begins that is about a field.
_NEXT = "; "
_FIELD = "field `"


class Arrival(msgspec.Struct, frozen=True):
    """A page and its bytes; `body` is empty where nothing could be read."""

    page: Page
    body: bytes = b""


class Origin(msgspec.Struct, frozen=True):
    """Where an input, or a part of one, stands.

    Attributes:
        location: Path relative to the root given, `/`-separated, readable; `-` for standard input; `PATH#KEY` for
            a part.
        input: The same without the part's key.
    """

    location: str
    input: str

    @classmethod
    def of(cls, path: str) -> Origin:
        """The origin of a file at a path relative to its root."""
        name = readable(path)
        return cls(name, name)

    def part(self, key: object) -> Origin:
        """The part of a container called `key`: `PATH#KEY`; of an archive in an archive `PATH#NAME#KEY`."""
        return Origin(f"{self.location}#{readable(str(key))}", self.input)


def readable(name: str) -> str:
    r"""A name without control characters or undecodable bytes: they are written as `\x1b`, `\xff`.

    >>> readable("caf\udce9\n.html")
    'caf\\xe9\\x0a.html'
    """
    return "".join(c if c.isprintable() else _escaped(c) for c in name)


def _escaped(char: str) -> str:
    point = ord(char)
    if 0xDC80 <= point <= 0xDCFF:
        point -= 0xDC00
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"


def web_address(value: str) -> str:
    """`value` if it is a web address that can stand as a location, else nothing."""
    value = value.strip().removeprefix("<").removesuffix(">")
    return value if _URL.fullmatch(value) else ""


def saved_from(body: bytes) -> str:
    """The address that the browser noted when it saved the page, or nothing."""
    top = body[:_TOP_BYTES]
    match = _SAVED_FROM.search(top) or _SINGLE_FILE.search(top)
    return web_address(match[1].decode("ascii", "replace")) if match else ""


def saved_when(body: bytes) -> str:
    """ISO 8601 time at which SingleFile saved the page, as it noted it, or nothing."""
    match = _SINGLE_FILE_DATE.search(body[:_TOP_BYTES])
    if not match:
        return ""
    month, day, year, clock, zone = (part.decode("ascii", "replace") for part in match.groups())
    return mail_time(f"{day} {month} {year} {clock} {zone}")


def mail_time(value: str) -> str:
    """A time of RFC 5322, as mails and feeds have it, as ISO 8601; nothing if it is none.

    >>> mail_time("Sun, 04 May 2031 10:00:00 +0200"), mail_time("Sun, 04 May 2031 10:00:00 -0000")
    ('2031-05-04T10:00:00+02:00', '2031-05-04T10:00:00Z')
    """
    try:
        time = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    in_utc = time.tzinfo is None and _NO_ZONE_OF_ITS_OWN.search(value)
    return f"{time.isoformat()}Z" if in_utc else time.isoformat()


def field_note(name: str, fault: str) -> str:
    """What is said of a field told beside a page that cannot be read, as one of the notes of a page's reason."""
    return f"{_FIELD}{readable(name)}` {fault}".replace(_NEXT, ", ")


def refused_fields(page: Page) -> list[str]:
    """Why fields told beside a page that was read could not be read; none for other pages."""
    notes = page.reason.split(_NEXT) if page.status == "read" else ()
    return [note for note in notes if note.startswith(_FIELD)]


def asset_of(page: str) -> str:
    """The reason for leaving aside a picture, script or style of a saved page."""
    return f"asset of {page}"


def frame_of(page: str) -> str:
    """The reason for leaving aside HTML that was saved with a page: a frame, mostly an advert."""
    return f"frame or advert of {page}, no page of its own"


def rejected(
    where: Origin, reason: str, *, location: str = "", media_type: str = "", size: int = 0
) -> Arrival:
    """A page that could not be read."""
    return _unread(where, reason, location, media_type, size, skip=False)


def skipped(
    where: Origin, reason: str, *, location: str = "", media_type: str = "", size: int = 0
) -> Arrival:
    """Something that is no page, or not again."""
    return _unread(where, reason, location, media_type, size, skip=True)


def _unread(where: Origin, reason: str, location: str, media_type: str, size: int, *, skip: bool) -> Arrival:
    # Without bytes, the place stands for them: what one record could not give is not what another could not.
    page = Page(
        id=digest(Page.TABLE, location or where.location, "", where.location if location else where.input),
        location=location or where.location,
        input=where.input,
        sha256="",
        media_type=media_type,
        size=size,
        status="skipped" if skip else "rejected",
        reason=reason,
    )
    return Arrival(page)


def arrived(
    where: Origin,
    body: bytes,
    *,
    html: bool,
    settings: Settings,
    location: str = "",
    declared: Sequence[tuple[str, str]] = (),
    captured: str = "",
    given: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
) -> Arrival:
    """A page that was read: its charset found, its bytes hashed, what is odd about it noted.

    Args:
        where: The input it came from.
        body: Its bytes after transfer and content decoding.
        html: Whether it is HTML; else it is text.
        settings: Whether text is to be taken as it stands, and the largest page.
        location: Its address, where known.
        declared: Charsets told beside the bytes, as (who says so, name) pairs.
        captured: ISO 8601 time of capture.
        given: Header values told beside the page.
        notes: What else is odd about it.

    Returns:
        The arrival; a rejected one if the page is empty, too large or in a charset that cannot be anchored.
    """
    if not body.strip():
        return rejected(where, "empty", location=location)
    if len(body) > settings.limits.page_bytes:
        return rejected(where, too_large(settings), location=location, size=len(body))
    verdict = charsets.detect(body, declared=declared, html=html)
    if not verdict.name:
        return rejected(where, verdict.note, location=location, size=len(body))
    form: PageForm = "html" if html else "text" if settings.as_text else "flat"
    page = Page(
        location=location or (saved_from(body) if html else "") or where.location,
        input=where.input,
        sha256=hashlib.sha256(body).hexdigest(),
        media_type="text/html" if html else "text/plain",
        form=form,
        charset=verdict.name,
        size=len(body),
        captured=captured or (saved_when(body) if html else ""),
        given=msgspec.json.encode(dict(sorted((given or {}).items()))).decode(),
        reason=_NEXT.join(note for note in (*notes, verdict.note, *_oddities(body, verdict.name)) if note),
    )
    return Arrival(page, body)


def too_large(settings: Settings) -> str:
    """The reason for turning down a page over the limit."""
    return f"over the limit of {settings.limits.page_bytes} bytes a page"


def _oddities(body: bytes, charset: str) -> list[str]:
    found = []
    if b"\0" in body and not charset.startswith("utf-16"):
        found.append("has NUL characters")
    if charset == "utf-8" and _BIDI.search(body):
        found.append("has bidirectional control characters")
    return found
