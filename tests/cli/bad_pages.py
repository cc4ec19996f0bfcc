"""Bad input of every sort, and what is to be said of it."""

from __future__ import annotations

import gzip
import json
import random
from typing import NamedTuple

from api.pages import BODY, html

GOOD = ("The mayor of Ostrel said that the bridge would be closed for a week.",) * 4
TEXT = "\n\n".join(("Boats held off Norrland", *BODY))
ODD = "Мост в Остреле закрыт на неделю, сообщил мэр. На следующей неделе паром будет ходить чаще, чем обычно."


class Bad(NamedTuple):
    """One bad file.

    Attributes:
        body: Its bytes; None for one that is not there.
        words: What is said of it: on standard error, and in a refusal. Empty if it is read.
        text: What its text holds; empty if it has none.
    """

    body: bytes | None
    words: str = ""
    text: str = ""


def warc_record(body: bytes, name: str, *, length: int | None = None) -> bytes:
    """A response record; `length` lies about it."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/%s\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
    ) % (name.encode(), len(block) if length is None else length, block)


def _archive() -> bytes:
    page = html("Bridge closed", GOOD).encode()
    return warc_record(page, "one") + warc_record(page, "lies", length=999_999) + warc_record(page, "two")


def _bomb() -> bytes:
    return gzip.compress(b"The ferry is late. " * 2_000_000, 9)


_TABLE = (
    "<table><tr><td colspan=9000000000000000 rowspan=9000000000000000>The ferry is late.</td></tr></table>"
)
_DEEP = "<div>" * 100_000

BAD: dict[str, Bad] = {
    "missing.html": Bad(None, "no such file"),
    "locked.html": Bad(html("Locked", GOOD).encode(), "Permission denied"),
    "empty.html": Bad(b"", "empty"),
    "blank.txt": Bad(b" \n\t\n", "empty"),
    "binary.html": Bad(random.Random(1).randbytes(40_000), "binary"),
    "paper.pdf": Bad(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdftotext"),
    "cut.html.gz": Bad(gzip.compress(html("Cut", GOOD * 40).encode())[:-30], "truncated", "bridge would be closed"),
    "broken.warc": Bad(_archive(), "wrong length", "bridge would be closed"),
    "bomb.html.gz": Bad(_bomb(), "times its size"),
    "line.txt": Bad(b"a" * 50_000_000, "over the limit"),
    "word.txt": Bad(b"a" * 3_000_000, "no article"),
    "spaces.html": Bad(html("Spaces", (*GOOD, " " * 1_000_000, *GOOD)).encode(), "", "bridge would be closed"),
    "deep.html": Bad(f"{_DEEP}The ferry is late.".encode(), "nested more than"),
    "many.html": Bad(b"<p>x" * 250_000, "more than"),
    "attributes.html": Bad(b"<p " + b"a=1 " * 20_000 + b">The ferry is late.", "attributes"),
    "unclosed.html": Bad(html("Unclosed", GOOD).encode() + b"<a " * 10_000, "never close"),
    "table.html": Bad(html("Table", (*GOOD, _TABLE)).encode(), "", "bridge would be closed"),
    "codes.html": Bad(html("Codes \x00\x1b[2J\u202e end", GOOD).encode(), "", "bridge would be closed"),
    "wrong.html": Bad(html("Мост", (ODD,) * 3).encode("cp1251"), "", "Остреле закрыт"),
    "invalid.html": Bad(html("Invalid", (*GOOD, "“—” " * 20)).encode().replace(b"week", b"we\xffek", 1), "", "would be closed"),
    "script.html": Bad(b"<html><body><script>document.write('The ferry is late.')</script></body></html>", "no article"),
    "lines.jsonl": Bad(json.dumps({"id": "a", "text": TEXT}).encode() + b'\n{"id": \n[1]\n', "bad JSON", "harbour"),
}  # fmt: skip
