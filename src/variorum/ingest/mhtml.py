"""MHTML: a page that a browser saved as one mail, its frames and pictures as parts related to it (RFC 2557).

Chromium writes `Snapshot-Content-Location`, a part a frame and quoted-printable; Internet Explorer wrote
`From: <Saved by ...>`, nested multiparts, and a mail of one part where pictures were left out.
"""

from __future__ import annotations

import codecs
import email
import email.errors
import email.header
import re
from email.message import Message
from typing import TYPE_CHECKING

import msgspec

from variorum.ingest.arrival import (
    Arrival,
    Origin,
    arrived,
    asset_of,
    frame_of,
    mail_time,
    rejected,
    skipped,
    web_address,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.ingest.streams import Stream
    from variorum.settings import Settings

# Pictures come as base64 beside the page: the whole may be larger than a page, and is held at once.
_TIMES = 4
# Internet Explorer nests `alternative` in `related`; deeper than that, mails are made to be deep.
_DEEPEST = 4
# Pages have some hundred pictures; every part becomes a record.
_MOST_PARTS = 20_000
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_ENCODED = frozenset({"quoted-printable", "base64"})


class _Part(msgspec.Struct, frozen=True):
    """A part that is no multipart: its headers, and its body as it stands in the mail."""

    headers: Message
    raw: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get_content_type()

    def told(self, name: str) -> str:
        return str(self.headers.get(name, "")).strip()

    def body(self) -> bytes:
        coding = self.told("content-transfer-encoding").lower()
        if coding not in _ENCODED:
            return self.raw
        part = Message()
        part["content-transfer-encoding"] = coding
        part.set_payload(self.raw.decode("ascii", "surrogateescape"))
        decoded = part.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else b""


def read(stream: Stream, where: Origin, settings: Settings) -> Iterator[Arrival]:
    """Read a page saved as MHTML.

    Args:
        stream: The mail.
        where: The file.
        settings: Limits.

    Yields:
        The page: the part that `start` names, or else the first HTML part, its transfer encoding undone; its
        location is what the browser noted. Then a skipped record for every other part.
    """
    most = _TIMES * settings.limits.page_bytes
    data = stream.read(most + 1)
    if len(data) > most:
        yield rejected(where, f"MHTML over the limit of {most} bytes")
        return
    if data.count(b"\n--") > _MOST_PARTS:
        yield rejected(where, f"MHTML over the limit of {_MOST_PARTS} parts")
        return
    headers, body = _parted(data.removeprefix(codecs.BOM_UTF8).lstrip())
    parts, whole = _leaves(headers, body, 0)
    root = _root(headers, parts)
    if root < 0:
        yield rejected(where, "MHTML without an HTML page in it")
        return
    cut = "" if whole else "the MHTML file is cut off: its last boundary is missing"
    for number, part in enumerate(parts):
        if number == root:
            yield _page(part, headers, where, settings, (cut, stream.damage))
        else:
            yield _beside(part, where, number + 1)


def _page(part: _Part, headers: Message, where: Origin, settings: Settings, notes: Sequence[str]) -> Arrival:
    charset = part.headers.get_content_charset()
    whole = _Part(headers, b"")
    told = (
        whole.told("snapshot-content-location"), part.told("content-location"), whole.told("content-location")
    )  # fmt: skip
    return arrived(
        where,
        part.body(),
        html=True,
        settings=settings,
        location=next(filter(None, map(_address, told)), ""),
        declared=(("MIME", charset),) if charset else (),
        captured=mail_time(whole.told("date")),
        notes=notes,
    )


def _beside(part: _Part, where: Origin, number: int) -> Arrival:
    reason = frame_of(where.location) if part.media_type in _HTML else asset_of(where.location)
    return skipped(
        where.part(number),
        reason,
        location=_address(part.told("content-location")),
        media_type=part.media_type,
        size=len(part.raw),
    )


def _parted(data: bytes) -> tuple[Message, bytes]:
    """Headers and body of a mail or a part."""
    if data.startswith((b"\r\n", b"\n")):
        return Message(), data.lstrip(b"\r\n")
    end = _HEADER_END.search(data)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data, b"")
    return email.message_from_bytes(head + b"\r\n\r\n"), body


def _leaves(headers: Message, body: bytes, depth: int) -> tuple[list[_Part], bool]:
    """The parts that are no multiparts, in order, and whether the outermost boundary is closed."""
    boundary = _boundary(headers)
    if not boundary or depth == _DEEPEST:
        return [_Part(headers, body)], True
    pieces, whole = _pieces(body, boundary)
    found: list[_Part] = []
    for piece in pieces:
        found += _leaves(*_parted(piece), depth + 1)[0]
    return found, whole


def _boundary(headers: Message) -> bytes:
    if headers.get_content_maintype() != "multipart":
        return b""
    return (headers.get_boundary() or "").encode("utf-8", "replace")


def _pieces(body: bytes, boundary: bytes) -> tuple[list[bytes], bool]:
    """What stands between the lines of a boundary (RFC 2046, 5.1.1), and whether it is closed."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    found: list[bytes] = []
    begin = -1
    for match in line.finditer(body):
        if begin >= 0:
            found.append(_after_line(body[begin : match.start()]))
        begin = match.end()
        if match[1]:
            return found, True
    if begin >= 0:
        found.append(_after_line(body[begin:]))
    return found, False


def _after_line(piece: bytes) -> bytes:
    return piece.removeprefix(b"\r").removeprefix(b"\n")


def _root(headers: Message, parts: Sequence[_Part]) -> int:
    """The place of the part that is the page; -1 if there is none."""
    pages = [number for number, part in enumerate(parts) if part.media_type in _HTML]
    start = headers.get_param("start")
    wanted = start.strip(" <>") if isinstance(start, str) else ""
    named = (n for n in pages if wanted and parts[n].told("content-id").strip(" <>") == wanted)
    return next(named, pages[0] if pages else -1)


def _address(value: str) -> str:
    """A web address out of a header line, which may be folded and in encoded words."""
    if "=?" in value:
        try:
            value = str(email.header.make_header(email.header.decode_header(value)))
        except (email.errors.HeaderParseError, LookupError, ValueError):
            return ""
    return web_address("".join(value.split()))
