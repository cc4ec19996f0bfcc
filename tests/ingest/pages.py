"""Small inputs about invented places, for the tests of ingest."""

from __future__ import annotations

import gzip

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
