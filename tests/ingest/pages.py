"""Small inputs about invented places, for the tests of ingest."""

from __future__ import annotations

import base64
import gzip
import io
import quopri
import zipfile

from fastwarc.stream_io import ZstdWriter

HTML = (
    b"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Ferry strike in Ostrava Bay</title></head>"
    b"<body><p>The harbour of Velmora stayed closed on Tuesday, the port captain said.</p></body></html>"
)
TEXT = b"Share\nVelmora harbour closed\n\nThe harbour of Velmora stayed closed on Tuesday.\n"


def record(
    uri: str,
    body: bytes,
    *,
    http: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
    kind: str = "response",
    length: int | None = None,
    content_type: str = "application/http; msgtype=response",
    newline: bytes = b"\r\n",
) -> bytes:
    """One WARC record; `length` lies about its length."""
    block = http + body
    head = (
        f"WARC/1.0\nWARC-Type: {kind}\nWARC-Target-URI: {uri}\nWARC-Date: 2031-05-04T10:00:00Z\n"
        f"Content-Type: {content_type}\nContent-Length: {len(block) if length is None else length}\n\n"
    )
    return head.encode().replace(b"\n", newline) + block + b"\r\n\r\n"


def warc(*records: bytes, compress: bool = False) -> bytes:
    """An archive of records, each its own gzip member if compressed."""
    return b"".join(gzip.compress(r, mtime=0) if compress else r for r in records)


def wacz(*entries: tuple[str, bytes], compress: bool = False) -> bytes:
    """A zip archive of named entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=archive.compression)
    return out.getvalue()


def zstd(*frames: bytes, dictionary: bytes | None = None, packed: bool = False) -> bytes:
    """Frames of Zstandard; a dictionary goes in front, itself compressed if `packed`."""
    out = io.BytesIO()
    writer = ZstdWriter(out, dictionary=dictionary, compress_dictionary_frame=packed)
    for frame in frames:
        writer.write(frame)
        writer.finish()
    writer.flush()
    return out.getvalue()


def mhtml(
    *parts: bytes,
    head: bytes = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\n",
    related: bytes = b'type="text/html";\r\n\tboundary="----Boundary--7----"',
    close: bool = True,
) -> bytes:
    """A mail of parts, each with its own headers."""
    line = b"\r\n------Boundary--7----"
    mime = b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\t" + related + b"\r\n\r\n"
    body = b"".join(line + b"\r\n" + part for part in parts)
    return head + mime + body + (line + b"--\r\n" if close else b"")


def part(
    body: bytes, kind: bytes = b"text/html", coding: bytes = b"quoted-printable", more: bytes = b""
) -> bytes:
    """One part of a mail, its body encoded."""
    encoded = {b"quoted-printable": quopri.encodestring, b"base64": base64.encodebytes}.get(coding, bytes)(
        body
    )
    return b"Content-Type: %b\r\nContent-Transfer-Encoding: %b\r\n%b\r\n%b" % (kind, coding, more, encoded)
