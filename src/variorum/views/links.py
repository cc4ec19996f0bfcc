"""Links to words in a live page: text fragments (WICG, "URL Fragment Text Directives").

A browser that follows `https://.../page#:~:text=[prefix-,]start[,end][,-suffix]` scrolls to the first place where the
words stand and marks them. It compares words without regard to case, accents and white space, takes only whole
words, and finds each of the four terms within one block of the page.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING
from urllib.parse import quote

import regex

from variorum.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.records import Document, Header

# Up to here the specification (section "Generating Text Fragment Directives") advises to give all the words, above
# it a start and an end.
_WHOLE = 300
# Words of a start or an end before they are checked; more are added until they stand once. Three is what Chromium's
# own generator begins with.
_FIRST = 3
# Words of context tried at most on either side. Words that repeat with so much of their surroundings are a copy, and
# the browser's first place serves as well as another; the limit keeps links shorter than a screen.
_CONTEXT = 20
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
# What an address may not hold as it is (RFC 3987, `ucschar` and the rest), without the letters of any script.
_NOT_IN_ADDRESS = re.compile(r'[\x00-\x20\x7f-\xa0<>"{}|\\^`\s]')
_BOUNDARY = regex.compile(r"(?w)\b")


def web_address(location: str) -> str:
    """A location as an address to be linked to; empty where it is no http(s) URL.

    Letters of any script stay (IRI); white space, quotes, controls and invisible letters are percent-encoded.
    """
    if not _WEB.match(location):
        return ""
    return "".join(
        quote(c, safe="", errors="replace") if _NOT_IN_ADDRESS.match(c) or visible(c) != c else c
        for c in location
    )


class Linker:
    """Makes links to words of one text.

    Args:
        text: The document's text, blocks on lines of their own.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def link(self, start: int, end: int, url: str) -> str | None:
        """The link to words of the page.

        Args:
            start: First code point of the words.
            end: One past their last.
            url: Where the page is.

        Returns:
            The link (ASCII behind the page's own address); None where `url` is no http(s) URL or the span has no word.
        """
        address, directive = web_address(url), self.directive(start, end)
        if not address or not directive:
            return None
        address = address.partition(":~:")[0]
        return f"{address}{'' if '#' in address else '#'}:~:{directive}"

    def directive(self, start: int, end: int) -> str:
        """The text directive of a span, `text=...`; empty where the span has no word.

        The words are widened to whole ones. As many words of their surroundings are given as set them apart from
        every other place in the text; where `_CONTEXT` words do not, what is given leads to the first of the equals.
        """
        words = self._words(start, end)
        if words is None:
            return ""
        start, end = words
        if end - start <= _WHOLE and "\n" not in self._text[start:end]:
            before, after = self._context(start, end)
            return self._written((before, start), [(start, end)], (end, after))
        first, last = self._ends(start, end)
        before, _ = self._context(first[0], first[1], after=False)
        _, after = self._context(last[0], last[1], before=False)
        terms = [first, last] if first != last else [first]
        return self._written((before, first[0]), terms, (last[1], after))

    def _words(self, start: int, end: int) -> tuple[int, int] | None:
        """The span without white space round it, widened to whole words."""
        inner = self._text[start:end]
        if not _has_word(inner):
            return None
        start += len(inner) - len(inner.lstrip())
        end -= len(inner) - len(inner.rstrip())
        cuts = self._boundaries
        return cuts[bisect_right(cuts, start) - 1], cuts[bisect_left(cuts, end)]

    def _context(self, start: int, end: int, *, before: bool = True, after: bool = True) -> tuple[int, int]:
        """Where context has to begin and end for the words to stand once; `start`, `end` where they do already."""
        low, high = start, end
        lefts = self._leftwards(start) if before else iter(())
        rights = self._rightwards(end) if after else iter(())
        for _ in range(_CONTEXT):
            if self._once(low, high):
                break
            low, high = next(lefts, low), next(rights, high)
        return low, high

    def _ends(self, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """First and last words of a span that stand once if they can; the span twice where it is one word."""
        low = max(bisect_right(self._chunks, (start, len(self._text))) - 1, 0)
        high = bisect_left(self._chunks, (end, -1))
        chunks = [(max(a, start), min(b, end)) for a, b in self._chunks[low:high] if b > start]
        line_end, line = self._text.find("\n", start, end), self._text.rfind("\n", start, end)
        head = [b for _, b in chunks if line_end < 0 or b <= line_end]
        tail = [a for a, _ in chunks if a > line][::-1]
        if len(chunks) < 2:
            return (start, end), (start, end)
        if len(head) == len(chunks):
            head, tail = head[: len(head) // 2], tail[: len(tail) // 2]
        first = next((b for b in head[_FIRST - 1 :] if self._once(start, b)), head[-1])
        last = next((a for a in tail[_FIRST - 1 :] if self._once(a, end)), tail[-1])
        return (start, first), (last, end)

    def _leftwards(self, start: int) -> Iterator[int]:
        """Beginnings of ever longer contexts that end at `start`, hold a word and lie on one line."""
        at = bisect_left(self._chunks, (start, -1))
        line = self._text.rfind("\n", 0, self._chunks[at - 1][0]) + 1 if at else 0
        near = [a for a, _ in self._chunks[max(at - _CONTEXT, 0) : at] if a >= line]
        return (a for a in reversed(near) if _has_word(self._text[a:start]))

    def _rightwards(self, end: int) -> Iterator[int]:
        """Ends of ever longer contexts that begin at `end`, hold a word and lie on one line."""
        at = bisect_right(self._chunks, (end, -1))
        at -= bool(at and self._chunks[at - 1][1] > end)
        line = self._text.find("\n", max(end, self._chunks[at][0])) if at < len(self._chunks) else -1
        near = [b for _, b in self._chunks[at : at + _CONTEXT] if line < 0 or b <= line]
        return (b for b in near if _has_word(self._text[end:b]))

    def _once(self, start: int, end: int) -> bool:
        """Whether words stand at one place only, as a browser compares them."""
        places, folded = self._folded
        words = folded[places[start] : places[end]]
        first = folded.find(words)
        return folded.find(words, first + 1) < 0

    def _written(self, before: tuple[int, int], terms: list[tuple[int, int]], after: tuple[int, int]) -> str:
        prefix, suffix = self._term(*before), self._term(*after)
        parts = [f"{prefix}-"] if prefix else []
        parts += [self._term(*t) for t in terms]
        parts += [f"-{suffix}"] if suffix else []
        return "text=" + ",".join(parts)

    def _term(self, start: int, end: int) -> str:
        """Words percent-encoded, `-`, `,` and `&` too, which part the terms of a directive."""
        words = " ".join(self._text[start:end].split())
        return quote(words, safe="", errors="replace").replace("-", "%2D")

    @functools.cached_property
    def _boundaries(self) -> list[int]:
        """Where words begin and end (UAX 29)."""
        found = {m.start() for m in _BOUNDARY.finditer(self._text)}
        return sorted(found | {0, len(self._text)})

    @functools.cached_property
    def _chunks(self) -> list[tuple[int, int]]:
        return [m.span() for m in re.finditer(r"\S+", self._text)]

    @functools.cached_property
    def _folded(self) -> tuple[list[int], str]:
        """The text without case, accents and white space, and where each code point begins in it.

        Whatever a browser takes for equal is equal here; a few words more are too (`no where`, `nowhere`), which
        costs context and no link its place.
        """
        pieces = [_fold(c) for c in self._text]
        return list(itertools.accumulate(map(len, pieces), initial=0)), "".join(pieces)


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


# Browsers take printers' and typists' quotation marks for one another.
_QUOTES = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')


@functools.lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    if char.isspace():
        return ""
    parts = unicodedata.normalize("NFKD", char.casefold()).translate(_QUOTES)
    return "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Cf"} and not c.isspace())


def live_addresses(documents: Iterable[Document], headers: Iterable[Header]) -> dict[str, str]:
    """Where each document's page is on the web, by document.

    Args:
        documents: The documents.
        headers: Evidence for their header fields.

    Returns:
        The page's location if it is a web address, else the address that the page gives for itself; a document
        without either has none.
    """
    told = {h.doc: h.value for h in headers if h.field == "url" and h.chosen}
    found = {d.id: web_address(d.location) or web_address(told.get(d.id, "")) for d in documents}
    return {doc: address for doc, address in found.items() if address}
