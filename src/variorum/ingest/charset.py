"""Which codec a page's bytes decode by: byte order mark, declarations, then the bytes themselves.

Codecs given back map every character to its own bytes, so that offsets can be counted (`variorum.text.offsets`):
a byte order mark stays in the text as U+FEFF, and charsets whose meaning depends on what stands before
(ISO-2022-JP, UTF-7, HZ) are turned down.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import charset_normalizer
import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The web reads these labels as larger charsets (WHATWG Encoding Standard, section 4.2).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "cp950",
    "big5hkscs": "cp950",
    "utf-16": "utf-8",  # a declaration that could be read as ASCII is not in UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-8-sig": "utf-8",
}
_WEB_LABELS = {"x-sjis": "cp932", "x-gbk": "gb18030", "x-cp1251": "cp1251", "x-user-defined": "cp1252"}
# Charsets of the web that write text as a run of characters, each with bytes of its own.
_SINGLE = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "cp874",
    "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10",
    "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
)  # fmt: skip
_MULTIBYTE = ("cp932", "gb18030", "cp950", "euc_jp", "cp949")
_KNOWN = frozenset({"utf-8", *_SINGLE, *_MULTIBYTE})
# Charsets whose characters depend on what stands before, and the bytes that betray their use.
_STATEFUL = {"iso2022_jp": b"\x1b", "iso2022_kr": b"\x1b", "hz": b"~{"}
# Left to statistics: charsets that `charset_normalizer` tells apart and that pages without a label are in.
_GUESSED = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "koi8_r",
    *_MULTIBYTE,
)
_ASCII = bytes(range(0x80))
_NOT_LEAD = bytes(range(0xC0))
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.+-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.+-]{2,40})[\"']", re.IGNORECASE)
# WHATWG looks for the declaration in the first 1,024 bytes; real pages put scripts before it.
_META_BYTES = 16_384
# Below this many bytes over 0x7F statistics say nothing, and Western European is the web's own default.
_SNIFF_LEAST = 24
_SNIFF_BYTES = 65_536
# A page that is UTF-8 but for at most this share of its sequences has damage, not another charset.
_DAMAGE = 0.1


class Verdict(msgspec.Struct, frozen=True):
    """The codec's name, empty if there is none that can be anchored, and what is odd about it."""

    name: str
    note: str = ""


def detect(body: bytes, *, declared: Sequence[tuple[str, str]] = (), html: bool = True) -> Verdict:
    """Find the codec of a page.

    Args:
        body: The page's bytes.
        declared: Charsets told beside the bytes (an HTTP header), as (who says so, name) pairs.
        html: Whether to look for a declaration inside.

    Returns:
        A Python codec name by which `body.decode(name, errors="replace")` gives the text, and a note: what was
        declared in vain, or what does not decode.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _checked(body, name)
    wide = _unmarked_wide(body)
    if wide:
        return Verdict(wide, "no byte order mark")
    claims = [*declared, *_declarations(body, html=html)]
    names = [(label, _codec(label)) for _, label in claims]
    for label, name in names:
        if name in _STATEFUL and _STATEFUL[name] in body:
            return Verdict("", f"charset {label} cannot be anchored (convert it to UTF-8)")
    if body.isascii():
        return Verdict("utf-8")
    usable = [(label, name) for label, name in names if name in _KNOWN]
    return _declared(body, usable) or _undeclared(body, claims)


def _declarations(body: bytes, *, html: bool) -> list[tuple[str, str]]:
    top = body[:_META_BYTES]
    found = (_META.search(top), _XML.search(top)) if html else (_XML.search(top),)
    return [("markup", match[1].decode("ascii", "replace")) for match in found if match]


def _codec(label: str) -> str:
    """The codec that the web means by a label; empty if it means none."""
    plain = label.strip().lower()
    if plain in _WEB_LABELS:
        return _WEB_LABELS[plain]
    try:
        name = codecs.lookup(plain).name.lower()
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(name, name)


def _unmarked_wide(body: bytes) -> str:
    """UTF-16 without a mark: every other byte of a Western page is NUL."""
    top = body[:1024]
    if len(top) < 8 or top.count(0) * 3 < len(top):
        return ""
    even, odd = top[::2].count(0), top[1::2].count(0)
    name = "utf-16-be" if even > 4 * odd else "utf-16-le" if odd > 4 * even else ""
    return name if name and _errors(body, name) == 0 else ""


def _declared(body: bytes, claims: Sequence[tuple[str, str]]) -> Verdict | None:
    """The first declared codec by which the bytes decode."""
    for place, (label, name) in enumerate(claims):
        if _errors(body, name):
            continue
        if name != "utf-8" and name not in _MULTIBYTE and _is_utf8(body):
            return Verdict("utf-8", f"declared {label}, read as utf-8")
        note = f"declared {claims[0][0]}, read as {name}" if place else ""
        return Verdict(name, note)
    return None


def _is_utf8(body: bytes) -> bool:
    """Sound UTF-8 with more than one sequence: what a single-byte charset never writes by chance."""
    return _errors(body, "utf-8") == 0 and len(body[:_SNIFF_BYTES].translate(None, _ASCII)) >= 4


def _undeclared(body: bytes, claims: Sequence[tuple[str, str]]) -> Verdict:
    before = f"declared {claims[0][1]}, " if claims else ""
    if _errors(body, "utf-8") == 0:
        return Verdict("utf-8", f"{before}read as utf-8" if before else "")
    damage = _checked(body, "utf-8")
    sequences = len(body.translate(None, _NOT_LEAD)) or 1
    if _errors(body, "utf-8") <= _DAMAGE * sequences:
        return damage
    name = _sniffed(body)
    return Verdict(name, f"{before}read as {name}" if before else f"no charset declared, read as {name}")


def _sniffed(body: bytes) -> str:
    """The likeliest single charset by `charset_normalizer`, among those of the web."""
    lines = b"\n".join(line for line in body.split(b"\n") if not line.isascii())[:_SNIFF_BYTES]
    if len(lines.translate(None, _ASCII)) < _SNIFF_LEAST:
        return "cp1252"
    matches = charset_normalizer.from_bytes(lines, cp_isolation=list(_GUESSED))
    best = matches.best()
    if best is None:
        return "cp1252"
    # Statistics hardly tell Central from Western European; where they do not, the web's default stands.
    best_rank = (best.chaos, -best.coherence)
    ties = [m for m in matches if (m.chaos, -m.coherence) <= best_rank]
    if any("cp1252" in m.could_be_from_charset for m in ties):
        return "cp1252"
    name = codecs.lookup(best.encoding).name
    return name if name in _KNOWN and name != "utf-8" else "cp1252"


def _checked(body: bytes, name: str) -> Verdict:
    errors = _errors(body, name)
    return Verdict(name, f"{errors} places do not decode as {name}" if errors else "")


def _errors(body: bytes, name: str) -> int:
    """How many places do not decode."""
    try:
        body.decode(name)
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
        return max(text.count("\ufffd"), 1)
    return 0
