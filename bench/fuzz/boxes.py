"""Containers of grown pages: archives, mails, feeds, lines and compressed streams, sound or damaged, and bombs."""

from __future__ import annotations

import base64
import gzip
import io
import json
import quopri
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import msgspec
from fastwarc.stream_io import ZstdWriter

from bench.fuzz.grow import grow, grow_flat
from bench.fuzz.mutate import cut, drop, flip, odd_numbers, repeat

if TYPE_CHECKING:
    from random import Random


class Box(msgspec.Struct, frozen=True):
    """A container.

    Attributes:
        data: Its bytes.
        held: The bytes of the pages that were put into it, in order; None where it is damaged or a bomb.
    """

    data: bytes
    held: tuple[bytes, ...] | None = None


def boxed(rng: Random) -> Box:
    """A container, sound, damaged or a bomb.

    Args:
        rng: A seeded source of chance.
    """
    if rng.random() < 0.12:
        return Box(rng.choice(_BOMBS)(rng))
    pages = tuple(
        f"<html><!-- {n} -->{_CONTROLS.sub('', grow(rng).text)}".encode("utf-8", "replace")
        for n in range(rng.choice((1, 2, 5)))
    )
    box = rng.choice(_KINDS)(pages, rng)
    for _ in range(rng.choice((0, 0, 0, 1))):
        # A box in a box.
        box = Box(
            rng.choice((lambda d: gzip.compress(d, 1, mtime=0), zstd))(box.data),
            box.held if box.data[:2] not in {b"\x1f\x8b", b"PK"} and box.data[:4] != _ZSTD else None,
        )
    if rng.random() < 0.6:
        data = box.data
        for _ in range(rng.choice((1, 1, 3))):
            data = rng.choice((flip, cut, drop, repeat, odd_numbers, _lengths, _heads))(data, rng)
        return Box(data[:600_000])
    return box


# A page with many of them is taken for no page.
_CONTROLS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\ufeff]")
_ZSTD = b"\x28\xb5\x2f\xfd"


def _lengths(data: bytes, rng: Random) -> bytes:
    """Lie about lengths: four bytes anywhere become a number that is too large, nought or less."""
    at = rng.randrange(max(1, len(data) - 4))
    return (
        data[:at]
        + struct.pack("<I", rng.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000)))
        + data[at + 4 :]
    )


def _heads(data: bytes, rng: Random) -> bytes:
    """A header line that is not one, long ones among them."""
    line = rng.choice(
        (b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", b"Content-Encoding: br",
         b"Content-Type: multipart/related; boundary=x", b"X: " + b"y" * 70_000, b" folded", b"Content-Encoding: deflate", b"WARC-Truncated: length",
         b"Content-Transfer-Encoding: base64", b"Content-Type: text/html; charset=utf-7", b"WARC-Segment-Number: 2", b":", b"\x00: \xff", b"X:y\r\n" * 20_000)
    )  # fmt: skip
    places = [i for i in range(len(data)) if data.startswith(b"\n", i)][:200]
    at = rng.choice(places) + 1 if places else 0
    return data[:at] + line + b"\r\n" + data[at:]


def zstd(data: bytes) -> bytes:
    """One frame of Zstandard."""
    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write(data)
    writer.finish()
    writer.flush()
    return out.getvalue()


def _record(n: int, page: bytes, rng: Random) -> bytes:
    coding, body = rng.choice(
        ((b"", page), (b"", page), (b"Content-Encoding: gzip\r\n", gzip.compress(page, 1, mtime=0)), (b"Content-Encoding: deflate\r\n", zlib.compress(page, 1)),
         (b"Transfer-Encoding: chunked\r\n", b"%x\r\n%b\r\n0\r\n\r\n" % (len(page), page)), (b"Content-Encoding: deflate\r\n", zlib.compress(page, 1)[2:-4]))
    )  # fmt: skip
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + coding + b"\r\n" + body
    head = (
        b"WARC/1.%d\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/%d\r\nWARC-Date: 2031-05-04T10:00:00Z\r\n"
        % (rng.randrange(2), n)
    )
    return (
        head
        + b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
        % (len(http), http)
    )


def _warc(pages: tuple[bytes, ...], rng: Random) -> Box:
    pack = rng.choice((bytes, lambda r: gzip.compress(r, 1, mtime=0), zstd))
    return Box(b"".join(pack(_record(n, p, rng)) for n, p in enumerate(pages)), pages)


def _wacz(pages: tuple[bytes, ...], rng: Random) -> Box:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        archive.writestr(zipfile.ZipInfo("datapackage.json"), b'{"profile": "data-package"}')
        archive.writestr(zipfile.ZipInfo("archive/a.warc"), _warc(pages, rng).data)
        listed = "".join(
            json.dumps({"url": f"https://news.example/{n}", "ts": "x"}) + "\n" for n in range(len(pages))
        )
        archive.writestr(zipfile.ZipInfo("pages/pages.jsonl"), listed)
    return Box(out.getvalue(), pages)


def _mail(pages: tuple[bytes, ...], rng: Random) -> Box:
    made = []
    for n, page in enumerate(pages):
        coding, body = rng.choice(
            (
                (b"base64", base64.encodebytes(page)),
                (b"quoted-printable", quopri.encodestring(page, quotetabs=True)),
                (b"8bit", page),
            )
        )
        made.append(
            b"Content-Type: text/html\r\nContent-Transfer-Encoding: %b\r\nContent-Location: https://news.example/%d\r\n\r\n%b"
            % (coding, n, body)
        )
    head = b'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/0\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--B--"\r\n\r\n'
    return Box(head + b"".join(b"\r\n----B--\r\n" + part for part in made) + b"\r\n----B----\r\n")


def _lines(pages: tuple[bytes, ...], rng: Random) -> Box:
    rows: list[dict[str, object]] = [
        {
            "id": str(n),
            rng.choice(("html", "html", "text")): p.decode(),
            "title": rng.choice((None, 7, "A ferry", ["a"], {})),
        }
        for n, p in enumerate(pages)
    ]
    if rng.random() < 0.3:
        odd: list[dict[str, object]] = [
            {},
            {"html": None},
            {"text": 7},
            {"html": ""},
            {"text": grow_flat(rng)},
        ]
        odd.append({"id": {}, "html": ["x"]})
        rows.insert(rng.randrange(len(rows) + 1), rng.choice(odd))
        pages = ()
    if any("text" in row for row in rows):
        pages = ()
    whole = rng.random() < 0.2
    made = (
        json.dumps(rows)
        if whole
        else "".join(json.dumps(row, ensure_ascii=rng.random() < 0.5) + "\n" for row in rows)
    )
    return Box(made.encode("utf-8", "surrogatepass"), pages or None)


def _feed(pages: tuple[bytes, ...], rng: Random) -> Box:
    items = []
    for n, page in enumerate(pages):
        text = "".join(
            c
            for c in page.decode()
            if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
        )
        body = rng.choice((escape(text), "<![CDATA[" + text.replace("]]>", "") + "]]>"))
        items.append(
            f"<item><title>{n}</title><link>https://news.example/{n}</link><content:encoded>{body}</content:encoded></item>"
        )
    rss = "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>x</title>"
    return Box((rss + "".join(items) + "</channel></rss>").encode())


def _flat(pages: tuple[bytes, ...], rng: Random) -> Box:
    data = b"".join(gzip.compress(p, rng.choice((0, 1, 9)), mtime=0) for p in pages[:1])
    return Box(data, pages[:1])


_KINDS = (_warc, _warc, _wacz, _mail, _lines, _feed, _flat)


def _gzip_bomb(rng: Random) -> bytes:
    data = gzip.compress(rng.choice((b"\0", b"<p>a ", b" ", b"\n")) * 3_000_000, 9, mtime=0)
    return rng.choice((data, gzip.compress(data, 9, mtime=0), data * 20))


def _zstd_bomb(rng: Random) -> bytes:
    # Blocks of one byte, repeated 128 KiB times each (RFC 8878, 3.1.1.2.3).
    block = (0x20000 << 3 | 1 << 1).to_bytes(3, "little") + rng.choice((b"\0", b"<", b"a", b"\n"))
    last = (1 << 3 | 1).to_bytes(3, "little") + b"x"
    return _ZSTD + b"\x00\x58" + block * rng.choice((10, 3_000, 60_000)) + last


def _zip_bomb(rng: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("datapackage.json"), b"{}")
        for n in range(rng.choice((1, 50, 3_000))):
            name = rng.choice(
                (
                    f"archive/{n}.warc",
                    f"archive/{n}.warc.gz",
                    f"pages/{n}.jsonl",
                    "archive/a.warc",
                    "../../x",
                    "archive/\x00.warc",
                )
            )
            archive.writestr(
                zipfile.ZipInfo(name), b"\0" * rng.choice((10, 300_000)), compress_type=zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _entities(rng: Random) -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "x">{levels}<!ENTITY f SYSTEM "file:///etc/hostname">]><rss><channel><item><description>&a19;&f;{rng.random()}</description></item></channel></rss>'.encode()


def _deep(rng: Random) -> bytes:
    n = rng.choice((900, 5_000, 90_000))
    return rng.choice(
        (b"[" * n, b'{"a":' * n, b'{"html":' + b"[" * n + b"]" * n + b"}", b"<rss><channel>" + b"<item>" * n, b"<rss>" + b"<a b='c'/>" * n,
         b"<feed><entry><content type='xhtml'>" + b"<div>" * n, b"{" + b'"a":1,' * n + b'"html":"<p>x"}', b'{"html":"' + b"\\u0000" * n + b'"}',
         b'{"html":"' + b"\\ud800" * n + b'"}\n', b"\n" * n + b"{}", b"{}\n" * n, b'{"text":""}\n' * (n // 9), b"WARC/1.0\r\n\r\n" * n,
         b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * (n // 3), b"WARC/1.0\r\n" + b"a:b\r\n" * n, b"<!--" * n, b"<?xml ?>" * n, b"<!DOCTYPE " + b"[" * n)
    )  # fmt: skip


def _mails(rng: Random) -> bytes:
    n = rng.choice((50, 3_000))
    head = b"MIME-Version: 1.0\r\nSnapshot-Content-Location: https://news.example/\r\nContent-Type: multipart/related; boundary=a\r\n\r\n"
    return head + rng.choice(
        (b"--a\r\n\r\n" * n, b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * n, b"--" * n, b"--a\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=\r\n" * n,
         b"--a\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n=3D=" * n, b"--a\r\n" + b"X-Y: z\r\n" * n + b"\r\n<p>",
         b"".join(b"--a\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(n)), b"--a\r\nContent-Type: text/html; " + b"charset*0*=x;" * n + b"\r\n\r\n<p>x")
    )  # fmt: skip


_BOMBS = (_gzip_bomb, _zstd_bomb, _zip_bomb, _entities, _deep, _deep, _mails)
