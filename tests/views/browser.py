"""What a browser does with a text fragment: the specification's search, over plain text."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

import regex


def plain(text):
    """Text as a browser compares it: no case, no accents, one space for several, blocks on lines."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Cf"})
    return re.sub(r"\s+", lambda m: "\n" if "\n" in m[0] else " ", bare)


def bare(text):
    return re.sub(r"\s", "", plain(text))


def times(words, text):
    """How often words stand in a text, overlapping ones too."""
    return sum(text.startswith(words, at) for at in range(len(text)))


def terms(link):
    """Prefix, start, end and suffix of a link."""
    parts = link.partition(":~:text=")[2].split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, end = map(unquote, (*parts, "")[:2])
    return prefix, start, end, suffix


def browsed(text, link):
    """The words that a browser marks, by the specification's search: characters before them and the words, both bare."""
    prefix, start, end, suffix = (regex.escape(plain(t)) for t in terms(link))
    gap = r"[ \n]*"
    found = rf"\b{start}\b" + (rf".*?\b{end}\b" if end else "")
    words = f"(?ws){prefix}{gap}({found}){gap}{suffix}"
    page = plain(text)
    match = regex.search(words, page)
    return (len(bare(page[: match.start(1)])), bare(match[1])) if match else None
