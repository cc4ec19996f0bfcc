"""Windows of a document as the model reads them, alone and padded to one length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from variorum.models.pieces import POSITIONS, shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from variorum.models.pieces import Pieces

    Ints = NDArray[np.int64]

# Pieces: long enough for a quotation that runs on; attention costs a tenth more than for single sentences, where 512
# would cost a quarter more.
WINDOW = 256


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the model sees it: the forms of its words, and for each the number of its sentence, never falling."""

    words: list[str]
    sentence: Ints


class Window(msgspec.Struct, kw_only=True):
    """The words [a, b) of a document, with their shapes and the numbers of their sentences."""

    a: int
    b: int
    words: list[str]
    shapes: list[int]
    sentence: Ints


def units(document: Words, pieces: Pieces, limit: int) -> tuple[list[int], list[int]]:
    """Where a document may be cut.

    Args:
        document: The document.
        pieces: Cuts words.
        limit: Most pieces in a unit.

    Returns:
        The first word of each sentence, and of each part of a sentence above the limit; and the pieces of each.
    """
    starts: list[int] = []
    counts: list[int] = []
    before = None
    for n, (word, sentence) in enumerate(zip(document.words, document.sentence.tolist(), strict=True)):
        size = len(pieces.of(word))
        if sentence != before or counts[-1] + size > limit:
            starts.append(n)
            counts.append(0)
            before = sentence
        counts[-1] += size
    return starts, counts


def packed(sizes: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Neighbours together, as many as fit a window.

    Args:
        sizes: Pieces of each unit, in text order.
        limit: Most pieces in a window, [CLS] and [SEP] apart.

    Returns:
        Half-open ranges of units, together all of them. A unit above the limit stands alone.
    """
    found, start, filled = [], 0, 0
    for n, size in enumerate(sizes):
        if n > start and filled + size > limit:
            found.append((start, n))
            start, filled = n, 0
        filled += size
    if len(sizes) > start:
        found.append((start, len(sizes)))
    return found


def ranges(document: Words, pieces: Pieces, limit: int = WINDOW) -> list[tuple[int, int]]:
    """A document's windows of whole sentences, as half-open ranges of words; together all of its words.

    Args:
        document: The document.
        pieces: Cuts words.
        limit: Most pieces in a window, at most `POSITIONS` - 2; only a sentence longer than that is cut itself.
    """
    limit = min(limit, POSITIONS - 2)
    starts, counts = units(document, pieces, limit)
    borders = [*starts, len(document.words)]
    return [(borders[i], borders[j]) for i, j in packed(counts, limit)]


def cut(document: Words, pieces: Pieces, limit: int = WINDOW) -> list[Window]:
    """A document's windows, in order: see `ranges`."""
    return [
        Window(
            a=a,
            b=b,
            words=document.words[a:b],
            shapes=[shape(w) for w in document.words[a:b]],
            sentence=document.sentence[a:b],
        )
        for a, b in ranges(document, pieces, limit)
    ]


def pad(rows: Sequence[Sequence[int] | Ints], length: int, fill: int) -> Ints:
    """Rows of one length [B, length]."""
    out = np.full((len(rows), length), fill, dtype=np.int64)
    for n, row in enumerate(rows):
        out[n, : len(row)] = row
    return out


def inputs(held: Sequence[Window], pieces: Pieces) -> dict[str, Ints]:
    """What the model reads, windows padded to the longest.

    Args:
        held: One window or more.
        pieces: Cuts words.

    Returns:
        By name, all [B, L]: `ids`, `shapes`, `mask`; and [B, N]: `first`, the place of each word's first piece, 0 on padding.
    """
    coded = [pieces.encode(w.words, w.shapes) for w in held]
    length, size = max(len(c.ids) for c in coded), max(len(w.words) for w in held)
    return {
        "ids": pad([c.ids for c in coded], length, 0),
        "shapes": pad([c.shapes for c in coded], length, 0),
        "mask": pad([[1] * len(c.ids) for c in coded], length, 0),
        "first": pad([c.first for c in coded], size, 0),
    }
