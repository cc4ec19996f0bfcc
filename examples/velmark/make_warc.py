"""Pack the saved pages of `archived/` into `pages/capture.warc.gz`; the same bytes each time.

Run from anywhere: `python examples/velmark/make_warc.py`. Each record is a gzip member of its own, as the
WARC standard (ISO 28500) asks; dates and record ids are fixed, so that the archive is a function of `archived/`.
"""

from __future__ import annotations

import gzip
import uuid
from pathlib import Path

HERE = Path(__file__).parent
PAGES = (
    ("vardimtoday.html", "https://vardimtoday.example/abroad/shelved-until-summer", "2024-03-14T08:00:00Z"),
    ("svr-toll.html", "https://sarnvalleyradio.example/news/fifth-dam-worker-dies", "2024-03-14T08:00:07Z"),
)


def record(kind: str, date: str, content: bytes, content_type: str, url: str = "") -> bytes:
    """One WARC record, gzip-compressed; `date` is ISO 8601 in UTC."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {url} {date}")
    fields = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{name}>", f"WARC-Date: {date}"]
    fields += [f"WARC-Target-URI: {url}"] if url else []
    fields += [f"Content-Type: {content_type}", f"Content-Length: {len(content)}", "", ""]
    return gzip.compress("\r\n".join(fields).encode() + content + b"\r\n\r\n", mtime=0)


def response(body: bytes) -> bytes:
    """The HTTP response that carries a page."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def main() -> None:
    """Write the archive."""
    info = b"software: examples/velmark/make_warc.py\r\nformat: WARC File Format 1.0\r\n"
    records = [record("warcinfo", PAGES[0][2], info, "application/warc-fields")]
    for name, url, date in PAGES:
        page = response((HERE / "archived" / name).read_bytes())
        records.append(record("response", date, page, "application/http;msgtype=response", url))
    (HERE / "pages" / "capture.warc.gz").write_bytes(b"".join(records))


if __name__ == "__main__":
    main()
