"""Cut lines that hold two things for certain: a credit glued to its caption, a template's residue, an image's imprint.

The parts come back as pieces whose fate is settled: `+caption` is kept, `-licence` removed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.flat import marks
from variorum.clean.flat.pieces import Piece, trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\w+")
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
    first = pieces[0] if pieces else None
    whole: list[Piece] = []
    for piece in pieces:
        whole.extend(_repeated_headline(raw, piece) if first and piece.line == first.line else (piece,))
    return [found for piece in whole for found in _parts(raw, piece)]


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
    imprint = marks.IMPRINT.search(text) if len(text) < 600 else None
    if imprint:
        middle = piece.start + imprint.start()
        yield from _cut(raw, piece, (piece.start, middle, "+caption"), (middle, piece.end, "-media"))
        return
    if marks.CREDIT_LINE.match(text):
        yield from _credit(raw, piece, text)
        return
    if marks.EMBED.search(text) and len(text) < 600:
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


def _repeated_headline(raw: str, piece: Piece) -> Iterator[Piece]:
    """In a page without line breaks, cut the headline out of the first words where it comes again further on."""
    text = raw[piece.start : piece.end]
    words = [(m.start(), m.end()) for m in _WORD.finditer(text[:400])]
    for size in range(min(_LONGEST, len(words) - 1), _REPEATED - 1, -1):
        headline = text[words[0][0] : words[size - 1][1]]
        again = text.find(headline, len(headline)) if len(text) > 400 else -1
        if again > 0:
            for low, high in (
                (0, len(headline)),
                (len(headline), again),
                (again, again + len(headline)),
                (again + len(headline), len(text)),
            ):
                start, end = trim(raw, piece.start + low, piece.start + high)
                if start < end:
                    yield Piece(start, end, piece.line)
            return
    yield piece
