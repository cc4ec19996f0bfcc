"""Ways to damage a page's bytes, each a function of the bytes and a seeded source of chance."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_TAG = re.compile(rb"<[^<>]{1,300}>")
_REFERENCE = re.compile(rb"&#?\w{1,10};?")
_WORD = re.compile(rb"[\w.,'-]+")
_NUMBER = re.compile(rb"\d+")
_CHARSETS = (
    b"utf-8", b"windows-1252", b"iso-8859-2", b"windows-1251", b"koi8-r", b"shift_jis", b"gb18030", b"euc-jp",
    b"big5", b"utf-16", b"iso-2022-jp", b"x-none",
)  # fmt: skip
# What parsers and renderers trip over: controls, surrogates as UTF-8, overlong and broken sequences, marks of
# direction, joiners, ligatures that grow when cased, digits of other scripts, a thousand combining marks.
_ODD = (
    b"\x00", b"\x1b[2J", b"\r", b"\x0b", b"\x0c", b"\x85", b"\xc2\xa0", b"\xe2\x80\xa8", b"\xe2\x80\xae",
    b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xff", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\xef\xbf\xbe",
    "\u200d\U0001f468\u200d\U0001f469".encode(), "\u0130\u0131\u1e9e\ufb01".encode(), "\u0660\u0661\u00b2\u2460\u2153".encode(),
    "\u0661\u0662 \u0645\u0642\u062a\u0644".encode(), b"e" + "\u0301".encode() * 40, "\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e".encode(),
    b'"' * 7, b"'" * 5, b"(" * 30, b"-" * 50, b"\t" * 9, b"\n" * 40,
)  # fmt: skip
_NUMBERS = (
    b"0", b"00", b"9" * 20, b"9" * 400, b"1,000,000,000,000", b"1.2.3.4", b"2031-13-45", b"31/02/2031", b"0.0000001",
    b"1e309", b"24:61", b"9999", b"10000-01-01", b"-5", b"3-2", b"1/0", b"$-3bn", b"120%", b"100 hundred thousand million",
)  # fmt: skip
_TAGS = (
    b"<p>", b"</p>", b"<br>", b"<table>", b"<td colspan=9000000000000000>", b"</div>", b"<div>", b"<blockquote>",
    b"<script>", b"<!--", b"-->", b"<![CDATA[", b"<svg>", b"<math>", b"<template>", b"<select>", b"<plaintext>",
    b"<a href='javascript:x'>", b"<title>", b"<h1>", b"<frameset>", b"<body>", b"</html>", b"<p", b"<", b">",
    b"<meta charset=utf-7>", b"<base href='::'>", b"<time datetime='2031-99-99T99:99'>", b"<noscript>", b"<textarea>",
    b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":[{}],"author":{"name":[null]}}</script>',
    b'<meta property="article:published_time" content="0000-00-00">', b'<html lang="xx-\xff">',
)  # fmt: skip


def _place(data: bytes, rng: Random) -> int:
    return rng.randrange(len(data) + 1)


def _insert(data: bytes, rng: Random, what: bytes) -> bytes:
    at = _place(data, rng)
    return data[:at] + what + data[at:]


def flip(data: bytes, rng: Random) -> bytes:
    """Change single bytes."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 4, 30)) if out else 0):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def cut(data: bytes, rng: Random) -> bytes:
    """Cut the end or the beginning off."""
    at = _place(data, rng)
    return data[:at] if rng.random() < 0.7 else data[at:]


def drop(data: bytes, rng: Random) -> bytes:
    """Take a stretch out."""
    a = _place(data, rng)
    return data[:a] + data[a + rng.choice((1, 10, 300, 5000)) :]


def repeat(data: bytes, rng: Random) -> bytes:
    """Say a stretch again, some times."""
    a = _place(data, rng)
    stretch = data[a : a + rng.choice((3, 40, 800))]
    return data[:a] + stretch * rng.choice((2, 3, 50)) + data[a:]


def shuffle_tags(data: bytes, rng: Random) -> bytes:
    """Put tags into each other's places."""
    tags = _TAG.findall(data)
    rng.shuffle(tags)
    left = iter(tags)
    return _TAG.sub(lambda m: next(left) if rng.random() < 0.2 else m[0], data)


def drop_tags(data: bytes, rng: Random) -> bytes:
    """Lose tags here and there."""
    return _TAG.sub(lambda m: b"" if rng.random() < 0.1 else m[0], data)


def add_tag(data: bytes, rng: Random) -> bytes:
    """A stray tag."""
    return _insert(data, rng, rng.choice(_TAGS) * rng.choice((1, 1, 1, 60)))


def break_references(data: bytes, rng: Random) -> bytes:
    """Break character references, and add strange ones."""
    data = _REFERENCE.sub(lambda m: m[0][: rng.randrange(1, len(m[0]) + 1)], data)
    strange = (
        b"&#0;",
        b"&#x110000;",
        b"&#xD800;",
        b"&#99999999999;",
        b"&amp;amp;",
        b"&NotEqualTilde;",
        b"&#x202e;",
        b"&nbsp",
    )
    return _insert(data, rng, rng.choice(strange))


def lie_about_charset(data: bytes, rng: Random) -> bytes:
    """Declare another charset, or be in another one."""
    if rng.random() < 0.5:
        return b"<meta charset=" + rng.choice(_CHARSETS) + b">" + data
    text = data.decode("utf-8", "replace")
    return text.encode(
        rng.choice(("cp1252", "cp1251", "utf-16", "utf-16-le", "gb18030", "utf-32", "cp932")), "replace"
    )


def odd_characters(data: bytes, rng: Random) -> bytes:
    """Characters that programs trip over."""
    for _ in range(rng.choice((1, 3, 12))):
        data = _insert(data, rng, rng.choice(_ODD))
    return data


def any_characters(data: bytes, rng: Random) -> bytes:
    """Random Unicode."""
    text = "".join(
        chr(rng.choice((rng.randrange(0x20, 0x3000), rng.randrange(0x110000))))
        for _ in range(rng.choice((1, 8, 60)))
    )
    return _insert(data, rng, text.encode("utf-8", "replace"))


def odd_numbers(data: bytes, rng: Random) -> bytes:
    """Numbers and dates that are none."""
    return _NUMBER.sub(lambda m: rng.choice(_NUMBERS) if rng.random() < 0.15 else m[0], data)


def shuffle_words(data: bytes, rng: Random) -> bytes:
    """Words in a wild order: grammar fails everywhere."""
    words = _WORD.findall(data)
    return _WORD.sub(lambda m: rng.choice(words) if rng.random() < 0.15 else m[0], data)


def other_case(data: bytes, rng: Random) -> bytes:
    """All in capitals, or all small."""
    return data.upper() if rng.random() < 0.5 else data.lower()


def one_line(data: bytes, rng: Random) -> bytes:
    """No line ends, or other ones."""
    return data.replace(b"\n", rng.choice((b"", b" ", b"\r", b"\r\n", b"\n\n", b"\x0b")))


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flip, cut, drop, repeat, shuffle_tags, drop_tags, add_tag, break_references, lie_about_charset, odd_characters,
    any_characters, odd_numbers, shuffle_words, other_case, one_line,
)  # fmt: skip


def _json_line(data: bytes, rng: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    if rng.random() < 0.1:
        text = f"{text[:9]}\ud800{text[9:]}"  # what no encoder should write and some do
    row = {"id": "x", rng.choice(("text", "html")): text}
    return json.dumps(row, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass") + b"\n"


def _warc(data: bytes, _rng: Random) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + data
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/x\r\n"
    return (
        head
        + b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
        % (len(body), body)
    )


def _feed(data: bytes, _rng: Random) -> bytes:
    text = data.replace(b"]]>", b"").decode("utf-8", "replace")
    return f"<rss version='2.0'><channel><title>x</title><item><description><![CDATA[{text}]]></description></item></channel></rss>".encode()


WRAPPERS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _json_line,
    _warc,
    _feed,
    lambda data, _: gzip.compress(data, 1, mtime=0),
)


def damaged(data: bytes, rng: Random) -> bytes:
    """A page with one to five kinds of damage, now and then in a container, which may be damaged too.

    Args:
        data: A page.
        rng: A seeded source of chance; the same seed gives the same bytes.
    """
    for mutation in rng.choices(MUTATIONS, k=rng.choice((1, 1, 2, 3, 5))):
        data = mutation(data, rng)
    if rng.random() < 0.15:
        data = rng.choice(WRAPPERS)(data, rng)
        if rng.random() < 0.3:
            data = rng.choice((flip, cut, drop))(data, rng)
    return data
