"""Characters of a page as a reader sees them, each with its place in the source."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Controls, soft hyphens, zero-width spaces and marks of direction: a reader sees none of them, and the last can
# make a text read other than it stands. The joiners U+200C and U+200D stay: scripts and emoji need them.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
INVISIBLE = re.compile(f"[{_UNSEEN}]+")
# Words with single spaces between are one piece: pages are mostly that, and pieces cost time.
_PIECE = re.compile(
    rf"(?P<words>[^\s&{_UNSEEN}]+(?: [^\s&{_UNSEEN}]+)*)|(?P<space>\s+)"
    r"|&(?:#[xX][0-9a-fA-F]+|#[0-9]+|[a-zA-Z][a-zA-Z0-9]*);?|&"
)
_LONGEST_SPACE = max(len(name) for name, text in html5.items() if text.isspace()) + 2
_NOT_LETTERS = re.compile(r"[\W_]+")
_ASCII_NOT_LETTERS = bytes(c for c in range(128) if not chr(c).isalnum())
# A number with more digits is no character, and above 4,300 of them Python refuses to read it.
_NO_NUMBER = re.compile(r"&#[0-9]{4000,};?")
_LONGEST_NAME = max(map(len, html5))


def letters(text: str) -> str:
    """Letters and digits alone: what stays equal whatever an extractor does to spaces and punctuation."""
    if text.isalnum():
        return text
    if text.isascii():
        return text.encode().translate(None, _ASCII_NOT_LETTERS).decode()
    return _NOT_LETTERS.sub("", text)


def unescape(text: str) -> str:
    """A text with its references read; U+FFFD for a number that no character has, of however many digits."""
    return html.unescape(_NO_NUMBER.sub("\ufffd", text)) if "&" in text else text


def reference(source: str) -> tuple[str, int]:
    """Read a character reference.

    Args:
        source: As it stands, from `&` on: `&amp;`, `&#x201C;`, `&nbsp` ...

    Returns:
        What it stands for and how many characters of `source` it takes; of `&notit;` only `&not` is one. A
        reference that is none stands for itself: ("&", 1).
    """
    if source[1:2] == "#":
        return unescape(source), len(source)
    name = source[1 : 1 + _LONGEST_NAME]
    for length in range(len(name), 1, -1):
        if (found := html5.get(name[:length])) is not None:
            return found, length + 1
    return "&", 1


def characters(raw: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Read a text node.

    Args:
        raw: The page.
        start: Where the node begins, in code points.
        end: Where it ends.

    Yields:
        (text, start, end): either as many characters as the source has there, one for one; or what one
        reference stands for; or one space for a stretch of white space. What cannot be seen is left out.
    """
    for match in _PIECE.finditer(raw, start, end):
        piece, at = match[0], match.start()
        if match.lastgroup == "words":
            yield piece, at, match.end()
        elif match.lastgroup == "space":
            yield " ", at, match.end()
        else:
            text, taken = reference(piece)
            if text.isspace():
                text = " "
            if text and not INVISIBLE.fullmatch(text):
                yield text, at, at + taken
            if taken < len(piece):
                yield piece[taken:], at + taken, match.end()


def seen(raw: str, start: int, end: int) -> str:
    """What a reader sees of a text node, inner white space collapsed."""
    segment = raw[start:end]
    if "&" in segment:
        segment = "".join(text for text, _, _ in characters(raw, start, end))
    words = " ".join(segment.split())
    # What cannot be seen is not printable, nor is much else: most nodes need no substitution.
    return words if words.isprintable() else " ".join(INVISIBLE.sub("", segment).split())


def padded(raw: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether what a reader sees of a text node begins, and whether it ends, with white space, references to it among that.

    >>> padded("By&nbsp;", 0, 8)
    (False, True)
    """
    first, last = raw[start], raw[end - 1]
    before, after = first.isspace(), last.isspace()
    if not before and (first == "&" or not first.isprintable()):
        before = next((text == " " for text, _, _ in characters(raw, start, end)), False)
    # No reference to white space is longer.
    if not after and ("&" in raw[max(start, end - _LONGEST_SPACE) : end] or not last.isprintable()):
        pieces = [text for text, _, _ in characters(raw, start, end)]
        after = pieces[-1:] == [" "]
    return before, after


def letter_places(raw: str, start: int, end: int) -> list[int]:
    """Where each of the node's `letters` begins in the page."""
    places: list[int] = []
    for text, first, last in characters(raw, start, end):
        for i, char in enumerate(text):
            if letters(char):
                places.append(first + i if last - first == len(text) else first)
    return places
