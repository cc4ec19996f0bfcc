"""Pages in WARC archives.

FastWARC decodes each record, but does not cut the archive into records: one bad header ended its reading, a bad
body poisoned the next record, and it does not tell a truncated record from a whole one (`docs/why/warc.md`).
"""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, Literal

import msgspec
from fastwarc.warc import ArchiveIterator

from variorum.errors import PageRefused
from variorum.ingest.arrival import Arrival, Origin, arrived, readable, rejected, skipped, web_address
from variorum.ingest.sniff import sniff
from variorum.ingest.streams import read_up_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.ingest.streams import Stream
    from variorum.settings import Settings

_CHUNK = 65_536
_MOST_HEADER = 32_768
_RECORD = re.compile(rb"(?:\A|(?<=\n))WARC/[01]\.\d")
# Where a header ends: at a blank line, or in vain where another record begins.
_HEADER_END = re.compile(rb"\r?\n(?:\r?\n|(?=WARC/[01]\.\d))")
_Mode = Literal["all", "content", "transfer", "none"]
_MODES: tuple[tuple[_Mode, str], ...] = (
    ("all", ""),
    ("content", "declared transfer encoding not in use"),
    ("transfer", "declared content encoding not in use"),
    ("none", "declared encodings not in use"),
)
# Browsertrix puts the words of each page it captures beside it, as a resource: the same page a second time.
_CRAWLERS_TEXT = re.compile(r"<?urn:text(?:Final)?:", re.IGNORECASE)
_READ_TYPES = frozenset({"response", "resource", "conversion"})
_SILENT_TYPES = frozenset({"warcinfo", "request", "metadata", "continuation"})


class Cut(msgspec.Struct, frozen=True):
    """One record as it lies in the archive.

    Attributes:
        number: Its place among the records, from 1.
        headers: Its WARC headers, names in lower case.
        block: What follows them, at most a page's limit of it.
        fault: What is wrong with it; empty if it is whole.
    """

    number: int
    headers: dict[str, str]
    block: bytes
    fault: str = ""


class Payload(msgspec.Struct, frozen=True):
    """A record's body after transfer and content decoding, and what HTTP said of it."""

    body: bytes
    status: int = 0
    media_type: str = ""
    charset: str = ""
    note: str = ""


def read(stream: Stream, where: Origin, settings: Settings) -> Iterator[Arrival]:
    """Read the pages of a WARC archive.

    Args:
        stream: The archive, decompressed.
        where: The file.
        settings: Limits, and whether plain text is taken as it stands.

    Yields:
        One arrival a response, resource or conversion record, in order. What is no page is skipped, a broken
        record is rejected, and reading goes on behind it; a truncated archive ends with a rejected record.
    """
    told = False
    for record in cut(stream, settings.limits.page_bytes + _MOST_HEADER):
        arrival = _judged(record, where.part(record.number), settings)
        if arrival:
            told = True
            yield arrival
    if not told:
        yield skipped(where, "an archive without pages")


def _judged(record: Cut, place: Origin, settings: Settings) -> Arrival | None:
    """The arrival of one record; None for records that are about others."""
    kind = record.headers.get("warc-type", "")
    uri = web_address(record.headers.get("warc-target-uri", ""))
    if record.fault:
        return rejected(place, record.fault, location=uri)
    if kind in _SILENT_TYPES:
        return None
    if kind == "revisit":
        return skipped(place, _revisit(record, uri), location=uri)
    if _CRAWLERS_TEXT.match(record.headers.get("warc-target-uri", "")):
        return skipped(place, "text that the crawler made of a page; the page itself is read")
    if kind not in _READ_TYPES:
        return rejected(place, "record of no known type", location=uri)
    return _arrival(record, place, uri, settings)


def _revisit(record: Cut, uri: str) -> str:
    """Why a revisit is no page again: its bytes are those of a capture before, in this archive or another."""
    earlier = web_address(record.headers.get("warc-refers-to-target-uri", ""))
    told = ", ".join(filter(None, (earlier or uri, readable(record.headers.get("warc-refers-to-date", "")))))
    same = "not modified since" if "not-modified" in record.headers.get("warc-profile", "") else "the same as"
    return f"revisit: {same} an earlier capture" + (f" ({told})" if told else "")


def cut(stream: Stream, most: int) -> Iterator[Cut]:
    """Cut an archive into its records.

    A record whose length does not lead to the end or to another record is broken, and the next record is looked
    for inside it.

    Args:
        stream: The archive, decompressed.
        most: Most bytes of a record that are kept.
    """
    buffer = _Buffer(stream)
    number = 0
    while buffer.has(1):
        number += 1
        lost = buffer.to_record()
        if lost:
            yield Cut(number, {}, b"", f"{lost} bytes that belong to no record")
            continue
        yield _cut_one(buffer, number, most)


def _cut_one(buffer: _Buffer, number: int, most: int) -> Cut:
    end = buffer.header_end()
    headers = _headers(bytes(buffer.data[: max(end, 0)]))
    try:
        length = int(headers.get("content-length", ""))
    except ValueError:
        length = -1
    if end < 0 or length < 0:
        buffer.drop(5)
        fault = "record without a readable header" if end < 0 else "record without a length"
        return Cut(number, headers, b"", fault)
    buffer.drop(end)
    kept = min(length, most)
    whole = buffer.has(kept)
    block = bytes(buffer.data[:kept])
    inner = _inner_record(block)
    if length > most and not inner:
        buffer.drop_far(length)
        return Cut(number, headers, b"", "record over the limit of bytes a page")
    if whole and length <= most and buffer.ends_at(length):
        buffer.drop(length)
        buffer.drop_newlines()
        return Cut(number, headers, block)
    buffer.drop(inner or len(block))
    return Cut(
        number, headers, b"", "record with a wrong length" if whole or inner else "record is truncated"
    )


def _inner_record(block: bytes) -> int:
    match = _RECORD.search(block, 1)
    return match.start() if match else 0


class _Buffer:
    """Bytes read ahead of a stream."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.data = bytearray()

    def has(self, size: int) -> bool:
        """Read until so many bytes are there; false at the end of the stream."""
        while len(self.data) < size:
            part = self._stream.read(max(_CHUNK, size - len(self.data)))
            if not part:
                return False
            self.data += part
        return True

    def drop(self, size: int) -> None:
        del self.data[:size]

    def drop_far(self, size: int) -> None:
        """Drop bytes that need not all be held."""
        size -= len(self.data)
        if size < 0:
            self.drop(size + len(self.data))
            return
        self.data.clear()
        while size > 0 and (part := self._stream.read(min(size, 1 << 20))):
            size -= len(part)

    def drop_newlines(self) -> None:
        while self.has(1) and self.data[0] in b"\r\n":
            self.drop(1)

    def to_record(self) -> int:
        """Go to the next record; returns how many bytes that are not blank were passed over."""
        lost = 0
        while self.has(1):
            self.has(_CHUNK)
            match = _RECORD.search(self.data)
            # A record may begin in the last bytes, of which the rest is still to come.
            place = match.start() if match else max(len(self.data) - 8, 0)
            lost += len(self.data[:place].strip())
            self.drop(place)
            if match:
                return lost
            if not self.has(9):
                lost += len(self.data.strip())
                self.data.clear()
        return lost

    def header_end(self) -> int:
        self.has(_MOST_HEADER)
        match = _HEADER_END.search(self.data, 0, _MOST_HEADER)
        return match.end() if match and match[0].count(b"\n") > 1 else -1

    def ends_at(self, length: int) -> bool:
        """Whether a record may end after so many bytes: a blank line, another record or the end comes next."""
        self.has(length + 9)
        rest = bytes(self.data[length : length + 9])
        return not rest or rest.startswith((b"\r\n\r\n", b"\n\n", b"WARC/"))


def _headers(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in data.split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            found.setdefault(
                name.strip().decode("ascii", "replace").lower(), value.strip().decode("utf-8", "replace")
            )
    return found


def _arrival(record: Cut, place: Origin, uri: str, settings: Settings) -> Arrival:
    try:
        payload = _payload(record, settings)
    except PageRefused as refusal:
        return rejected(place, refusal.reason, location=uri)
    if payload.status and not 200 <= payload.status < 300:
        return skipped(place, f"HTTP status {payload.status}", location=uri)
    found = sniff(payload.body[:_CHUNK], whole=len(payload.body) <= _CHUNK)
    other = payload.media_type and not _may_be_page(payload.media_type)
    if found.kind not in {"html", "text"} or (other and found.kind == "text"):
        return skipped(place, _why_no_page(found.kind, found.reason, payload.media_type), location=uri)
    return arrived(
        place,
        payload.body,
        html=found.kind == "html",
        settings=settings,
        location=uri,
        declared=(("HTTP", payload.charset),) if payload.charset else (),
        captured=record.headers.get("warc-date", ""),
        notes=(payload.note, _truncation(record)),
    )


def _why_no_page(kind: str, reason: str, media_type: str) -> str:
    if kind in {"html", "text", "json", "feed", "warc", "wacz", "mhtml", "gzip", "zstd"}:
        return f"no page ({media_type or kind})"
    return reason


def _may_be_page(media_type: str) -> bool:
    return media_type in {
        "text/html",
        "text/plain",
        "application/xhtml+xml",
        "application/octet-stream",
        "text/xml",
    }


def _truncation(record: Cut) -> str:
    cause = record.headers.get("warc-truncated", "")
    return f"truncated by the archiver: {cause}" if cause else ""


def _payload(record: Cut, settings: Settings) -> Payload:
    """Decode a record's block.

    Archivers often store a body decoded and leave the headers as they were, so a decoding that fails is
    tried without its part.
    """
    media_type, charset = _content_type(record.headers.get("content-type", ""))
    if media_type != "application/http":
        return Payload(record.block, media_type=media_type, charset=charset)
    for mode, note in _MODES:
        try:
            return _decoded(record.block, mode, note, settings.limits.page_bytes)
        except OSError as error:
            fault = str(error)
    raise PageRefused(f"broken HTTP record: {fault}")


def _decoded(block: bytes, mode: _Mode, note: str, most: int) -> Payload:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    data = io.BytesIO(b"%bContent-Length: %d\r\n\r\n%b\r\n\r\n" % (head, len(block), block))
    for record in ArchiveIterator(data, parse_http=False, stream_detect=False):
        record.parse_http(auto_decode=mode, quirks_mode=True)
        status = record.http_headers.status_code
        if status is None:
            raise PageRefused("broken HTTP record: no status line")
        body = read_up_to(record.reader, most + 1)
        if note and (record.http_headers.get("Content-Encoding") or "").strip().lower() == "deflate":
            body, note = _without_wrapper(body, note, most)
        if len(body) > most:
            raise PageRefused(f"over the limit of {most} bytes a page")
        media_type, charset = _content_type(record.http_headers.get("Content-Type") or "")
        return Payload(body, status=status, media_type=media_type, charset=charset, note=note)
    raise PageRefused("broken HTTP record")


def _without_wrapper(body: bytes, note: str, most: int) -> tuple[bytes, str]:
    """Deflated data without the wrapper of zlib, as some servers send it and browsers take it; else as they are."""
    inflated = zlib.decompressobj(wbits=-15)
    try:
        made = inflated.decompress(body, most + 1)
    except zlib.error:
        return body, note
    return (made, "") if inflated.eof or len(made) > most else (body, note)


def _content_type(value: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type header."""
    media_type, _, rest = value.partition(";")
    match = re.search(r"charset\s*=\s*[\"']?([\w:.+-]+)", rest, re.IGNORECASE)
    return media_type.strip().lower(), match[1] if match else ""
