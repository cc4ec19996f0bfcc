"""What an input is, by its first bytes; its name only where the bytes leave it open."""

from __future__ import annotations

import codecs
import re
from typing import Literal

import msgspec

from variorum.ingest.zstd import is_zstd

Kind = Literal[
    "html",
    "text",
    "json",
    "warc",
    "wacz",
    "mhtml",
    "feed",
    "gzip",
    "zstd",
    "asset",
    "pdf",
    "refused",
    "empty",
]


class Sniffed(msgspec.Struct, frozen=True):
    """A kind, the media type, and for what is refused or left aside the reason."""

    kind: Kind
    media_type: str
    reason: str = ""


_MAGIC: tuple[tuple[bytes, Sniffed], ...] = (
    (b"\x1f\x8b", Sniffed("gzip", "application/gzip")),
    (b"WARC/", Sniffed("warc", "application/warc")),
    (b"%PDF-", Sniffed("pdf", "application/pdf", "PDF (make text of it first: pdftotext FILE.pdf FILE.txt)")),
    (b"\x89PNG", Sniffed("asset", "image/png")),
    (b"\xff\xd8\xff", Sniffed("asset", "image/jpeg")),
    (b"GIF8", Sniffed("asset", "image/gif")),
    (b"BM\xff", Sniffed("asset", "image/bmp")),
    (b"\x00\x00\x01\x00", Sniffed("asset", "image/x-icon")),
    (b"wOFF", Sniffed("asset", "font/woff")),
    (b"wOF2", Sniffed("asset", "font/woff2")),
    (b"OTTO", Sniffed("asset", "font/otf")),
    (b"\x00\x01\x00\x00\x00", Sniffed("asset", "font/ttf")),
    (b"OggS", Sniffed("asset", "audio/ogg")),
    (b"ID3", Sniffed("asset", "audio/mpeg")),
    (b"\x1aE\xdf\xa3", Sniffed("asset", "video/webm")),
    (b"filedesc://", Sniffed("refused", "application/x-arc", "ARC archive (convert it to WARC first)")),
    (b"BZh", Sniffed("refused", "application/x-bzip2", "bzip2 archive (decompress it first: bunzip2)")),
    (b"\xfd7zXZ\x00", Sniffed("refused", "application/x-xz", "xz archive (decompress it first: unxz)")),
    (b"7z\xbc\xaf", Sniffed("refused", "application/x-7z-compressed", "7z archive (unpack it first)")),
    (b"PAR1", Sniffed("asset", "application/vnd.apache.parquet")),
    (b"SQLite format 3\x00", Sniffed("refused", "application/vnd.sqlite3", "a database, not a page")),
    (
        b"bplist00",
        Sniffed("refused", "application/x-webarchive", "Safari's web archive (save the page as its source)"),
    ),
    (b"{\\rtf", Sniffed("refused", "application/rtf", "RTF (save it as text or HTML first)")),
    (
        b"\xd0\xcf\x11\xe0",
        Sniffed("refused", "application/x-ole-storage", "an office file (save it as text first)"),
    ),
)
_ZSTD = Sniffed("zstd", "application/zstd")
_WACZ = Sniffed("wacz", "application/wacz")
_OFFICE = Sniffed("refused", "application/zip", "an office file or e-book (save it as text or HTML first)")
_ZIP = Sniffed("refused", "application/zip", "zip archive (unpack it and give the folder)")
_MHTML = Sniffed("mhtml", "multipart/related")
_BINARY = Sniffed("refused", "application/octet-stream", "binary data, no page")
_XML = Sniffed("refused", "application/xml", "XML that is neither a page nor an RSS or Atom feed")
_SVG = Sniffed("asset", "image/svg+xml")
_HTML = Sniffed("html", "text/html")
_TEXT = Sniffed("text", "text/plain")
_JSON = Sniffed("json", "application/json")
_FEED = Sniffed("feed", "application/xml")
_EMPTY = Sniffed("empty", "application/x-empty", "empty")

# Text that is part of a page or of a project, never a page: by name, as the bytes cannot tell.
_ASSET_NAMES = {
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "map": "application/json",
    "svg": "image/svg+xml",
    "vtt": "text/vtt",
    "webmanifest": "application/manifest+json",
}
# Tables and settings that lie beside pages; left aside in a folder, read if given by name.
_BESIDE_NAMES = frozenset(
    {"csv", "tsv", "yaml", "yml", "toml", "ini", "cfg", "log", "py", "sh", "sqlite", "db", "lock"}
)

# What stands before the first element is passed possessively: with a way back, thirty comments take for ever.
_HTML_OPENING = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,300}>\s*+)?+(?:(?><!--.{0,4000}?-->)\s*+)*+"
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|div|p|article|section|main|header|nav"
    rb"|table|h[1-6]|a|b|br|em|i|ul|ol|span|strong|iframe|font|blockquote|img|figure)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_HTML_WITHIN = re.compile(rb"<(?:!doctype\s+html|html[\s>]|body[\s>])", re.IGNORECASE)
_TAG = re.compile(rb"</?(?:p|div|a|br|h[1-6]|li|span|article|table|body|html|img)[\s/>]", re.IGNORECASE)
_XML_ROOT = re.compile(
    rb"\s*+(?:(?><\?.{0,500}?\?>|<!--.{0,4000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,4000}?\]\s*)?>)\s*+)*+"
    rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]",
    re.DOTALL,
)
_FEED_ROOTS = frozenset({b"rss", b"feed", b"RDF", b"rdf"})
_JSON_OPENING = re.compile(rb"\s*(?:\{\s*(?:\"|\}|$)|\[\s*(?:\{|\]|$))")
# A saved page as a mail: parts related to it, or alone where it was saved without its pictures. Other mail is no page.
_MAIL_HEAD = re.compile(rb"\s*+(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){2,}+")
_MAIL_BYTES = 16_384
_MAIL = re.compile(rb"(?im)^mime-version:")
_RELATED = re.compile(rb"(?im)^content-type:\s*multipart/related")
_PAGE_ALONE = re.compile(rb"(?im)^content-type:\s*(?:text/html|application/xhtml)")
_LOCATED = re.compile(rb"(?im)^(?:snapshot-)?content-location:")
# Share of control bytes above which bytes are no text: sound UTF-8 with stray NULs is kept, for NUL bytes do occur
# in pages; other bytes are held to less, as random bytes have one control byte in ten.
_CONTROLS = bytes({*range(32), 127} - {9, 10, 12, 13, 27})
_MOST_CONTROLS_UTF8 = 0.3
_MOST_CONTROLS = 0.02


def sniff(head: bytes, name: str = "", *, whole: bool = True, walked: bool = False) -> Sniffed:
    """Tell what an input is.

    Args:
        head: Its first bytes, a few kilobytes at least.
        name: Its file name, or nothing.
        whole: Whether `head` is all of it.
        walked: Whether it was come upon in a folder, not given by name.

    Returns:
        The kind; `asset`, `pdf`, `refused` and `empty` carry a reason or a media type for one.
    """
    if not head.strip() and whole:
        return _EMPTY
    found = _by_magic(head, name) or _by_text(head, name, walked=walked)
    if found.kind == "asset" and not found.reason:
        return Sniffed("asset", found.media_type, f"asset ({found.media_type})")
    return found


def _by_magic(head: bytes, name: str) -> Sniffed | None:
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if is_zstd(head):
        return _ZSTD
    if head.startswith(b"PK\x03\x04"):
        if name.lower().endswith(".wacz") or b"datapackage.json" in head or b"archive/" in head[:400]:
            return _WACZ
        return _OFFICE if b"[Content_Types].xml" in head or b"mimetype" in head[:60] else _ZIP
    if head[:4] == b"RIFF":
        return Sniffed("asset", "image/webp" if head[8:12] == b"WEBP" else "audio/x-riff")
    if head[4:8] == b"ftyp":
        return Sniffed("asset", "image/avif" if head[8:12] == b"avif" else "video/mp4")
    return None


def _by_text(head: bytes, name: str, *, walked: bool) -> Sniffed:
    text = _narrow(head)
    if text is None:
        return _BINARY
    extension = (
        name.lower().removesuffix(".gz").removesuffix(".zst").rpartition(".")[2] if "." in name else ""
    )
    if _is_mhtml(text):
        return _MHTML
    markup = _by_markup(text, extension)
    if markup:
        return markup
    if extension in _ASSET_NAMES:
        return Sniffed("asset", _ASSET_NAMES[extension])
    if _JSON_OPENING.match(text) or (extension in {"jsonl", "ndjson"} and text.lstrip()[:1] in {b"{", b"["}):
        return _JSON
    if walked and extension in _BESIDE_NAMES:
        return Sniffed("asset", "text/plain", f"no page, by its name (.{extension})")
    return _TEXT


def _is_mhtml(text: bytes) -> bool:
    head = _MAIL_HEAD.match(text[:_MAIL_BYTES])
    if not head or not _MAIL.search(head[0]):
        return False
    return bool(_RELATED.search(head[0]) or (_PAGE_ALONE.search(head[0]) and _LOCATED.search(head[0])))


def _by_markup(text: bytes, extension: str) -> Sniffed | None:
    root = _XML_ROOT.match(text)
    if root and root[1] in _FEED_ROOTS:
        return _FEED
    if root and root[1] == b"svg":
        return _SVG
    if _HTML_OPENING.match(text) or (text.lstrip()[:1] not in b"{[" and _HTML_WITHIN.search(text[:8192])):
        return _HTML
    if extension in {"html", "htm", "xhtml", "shtml"} and _TAG.search(text):
        return _HTML
    if text.lstrip().startswith(b"<?xml") or (root and extension in {"xml", "rss", "atom"}):
        return _XML
    return None


def _narrow(head: bytes) -> bytes | None:
    """The bytes in a form in which markup is ASCII, without a mark of byte order; None if they are no text."""
    for mark, name in (
        (codecs.BOM_UTF8, ""),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            rest = head[len(mark) :]
            return rest.decode(name, "replace").encode() if name else rest
    nuls = head[:1024].count(0)
    if nuls * 3 > len(head[:1024]):
        half = head[::2] if head[1::2].count(0) >= head[::2].count(0) else head[1::2]
        return _text_or_none(half)
    return _text_or_none(head)


def _text_or_none(head: bytes) -> bytes | None:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    most = _MOST_CONTROLS_UTF8 if _is_utf8(head) else _MOST_CONTROLS
    return head if controls <= most * len(head) else None


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
