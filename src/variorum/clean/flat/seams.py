"""Cut lines that hold two things for certain: a credit glued to its caption, a template's residue, an image's imprint.

The parts come back as pieces whose fate is settled: `+caption` is kept, `-licence` removed.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from variorum.clean import flat_marks as marks
from variorum.clean.flat.pieces import Piece, trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\w+")
# No post is without one of these: one quick look spares most lines the slow ones.
_POSTED = re.compile(r"@|twitter|shared|post")
# A headline repeated at the head of a page with its line breaks lost is at least this long, in words.
_REPEATED = 5
_LONGEST = 25


class Part(msgspec.Struct, frozen=True, gc=False):
    """A piece, and its fate where it is settled: `+` and a block kind, `-` and a removed kind, or empty."""

    piece: Piece
    fate: str = ""


def part(raw: str, pieces: Sequence[Piece]) -> list[Part]:
    """Cut pieces at certain seams.

    Args:
        raw: The page.
        pieces: Its pieces in page order.

    Returns:
        Parts in page order that hold the same characters, white space between them apart.
    """
    return [found for piece in _headline_apart(raw, pieces) for found in _parts(raw, piece)]


def _cut(raw: str, piece: Piece, *cuts: tuple[int, int, str]) -> Iterator[Part]:
    for start, end, fate in cuts:
        low, high = trim(raw, start, end)
        if low < high:
            yield Part(Piece(low, high, piece.line), fate)


def _parts(raw: str, piece: Piece) -> Iterator[Part]:
    text = raw[piece.start : min(piece.end, piece.start + 2000)]
    if marks.PLACEHOLDER.match(text):
        yield Part(piece, "-template")
        return
    residue = marks.RESIDUE.match(text)
    if residue:
        middle = piece.start + residue.end()
        yield from _cut(raw, piece, (piece.start, middle, "-template"), (middle, piece.end, ""))
        return
    imprint = marks.imprint(text) if len(text) < 600 else None
    if imprint:
        middle = piece.start + imprint.start()
        yield from _cut(raw, piece, (piece.start, middle, "+caption"), (middle, piece.end, "-media"))
        return
    if marks.CREDIT_LINE.match(text):
        yield from _credit(raw, piece, text)
        return
    if len(text) < 600 and _POSTED.search(text) and marks.EMBED.search(text):
        yield Part(piece, "+embed")
        return
    yield Part(piece)


def _credit(raw: str, piece: Piece, text: str) -> Iterator[Part]:
    seam = marks.SEAM.search(text)
    if seam and len(_WORD.findall(text[seam.start() :])) >= 4:
        middle = piece.start + seam.start()
        yield from _cut(raw, piece, (piece.start, middle, "-licence"), (middle, piece.end, "+caption"))
    else:
        yield Part(piece, "-licence" if len(text) < 300 else "")


def _headline_apart(raw: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """In a page without line breaks, cut out the headline: the first words, where they come again further on."""
    first = pieces[0] if pieces else None
    cuts = (
        _headline_cuts(raw, first.start, max(p.end for p in pieces if p.line == first.line)) if first else ()
    )
    for piece in pieces:
        edges = [piece.start, *(c for c in cuts if piece.start < c < piece.end), piece.end]
        if len(edges) == 2:
            yield piece
            continue
        for low, high in pairwise(edges):
            start, end = trim(raw, low, high)
            if start < end:
                yield Piece(start, end, piece.line)


def _headline_cuts(raw: str, start: int, end: int) -> tuple[int, ...]:
    words = [m.span() for m in _WORD.finditer(raw, start, min(end, start + 400))]
    for size in range(min(_LONGEST, len(words)), _REPEATED - 1, -1):
        headline = raw[words[0][0] : words[size - 1][1]]
        again = raw.find(headline, words[size - 1][1], end)
        if again >= 0:
            return words[0][0], words[size - 1][1], again, again + len(headline)
    return ()
