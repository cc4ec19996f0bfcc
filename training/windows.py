"""Windows of a document as the model reads them, alone and in batches; numpy alone, shared by training and evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from training.documents import MISSING, POINTERS, Document
from training.words import POSITIONS, shape, windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.words import Pieces

    Ints = NDArray[np.int64]

CLASSES: tuple[str, ...] = ("upos", "lemma", "deprel", "mention", "negated", "thought")
# At inference, and most often in training: long enough for a quotation that runs on; attention costs a tenth more than
# for single sentences, where 512 would cost a quarter more.
WINDOW = 256


class Window(msgspec.Struct):
    """A stretch of a document: words [a, b), with their labels. Pointers are 1 + the word's place in the window, 0 nothing.

    `mentions`: head, first, last (places in the window) and chain of the mentions that lie whole in it.
    """

    document: Document
    a: int
    b: int
    words: list[str]
    shapes: list[int]
    sentence: Ints
    labels: dict[str, Ints]
    tags: Ints
    mentions: Ints


def _local(values: Ints, a: int, b: int, *, nothing: int) -> Ints:
    """Pointers into the document as pointers into the window; what points out of it is `nothing`."""
    inside = (values >= a) & (values < b)
    local = np.where(inside, values - a + 1, nothing)
    return np.where(values == MISSING, MISSING, np.where(values < 0, 0, local))


def window(document: Document, a: int, b: int) -> Window:
    """The words [a, b) of a document. A governor, source or cue out of the window is missing."""
    labels = {name: document.classes[name][a:b] for name in CLASSES}
    labels |= {name: _local(document.classes[name][a:b], a, b, nothing=MISSING) for name in POINTERS}
    rows = document.mentions
    held = rows[(rows[:, 1] >= a) & (rows[:, 2] < b)] - np.array([a, a, a, 0]) if len(rows) else rows
    words = document.words[a:b]
    return Window(
        document=document,
        a=a,
        b=b,
        words=words,
        shapes=[shape(w) for w in words],
        sentence=document.sentence[a:b],
        labels=labels,
        tags=document.tags[a:b],
        mentions=held,
    )


def units(document: Document, pieces: Pieces, limit: int) -> tuple[list[int], list[int]]:
    """Where the document may be cut.

    Returns:
        The first word of each sentence, and of each part of a sentence above the limit; and the pieces of each.
    """
    sizes = [len(pieces.of(w)) for w in document.words]
    starts: list[int] = []
    counts: list[int] = []
    for n, size in enumerate(sizes):
        new = n == 0 or document.sentence[n] != document.sentence[n - 1]
        if new or counts[-1] + size > limit:
            starts.append(n)
            counts.append(0)
        counts[-1] += size
    return starts, counts


def cut(document: Document, pieces: Pieces, limit: int = WINDOW) -> list[Window]:
    """A document's windows, in order; together all of its words.

    Args:
        document: The document.
        pieces: Cuts words.
        limit: Most pieces in a window, at most `POSITIONS` - 2.
    """
    limit = min(limit, POSITIONS - 2)
    starts, counts = units(document, pieces, limit)
    borders = [*starts, len(document.words)]
    return [window(document, borders[i], borders[j]) for i, j in windows(counts, limit)]


class Batch(msgspec.Struct):
    """Windows padded to one length. `inputs` is what the model reads; `labels` and `tags` what it is asked for."""

    windows: list[Window]
    inputs: dict[str, Ints]
    labels: dict[str, Ints]
    tags: Ints

    @property
    def words(self) -> NDArray[np.bool_]:
        """Where a word stands: [B, N]."""
        return self.inputs["word"] > 0


def _pad(rows: Sequence[Sequence[int] | Ints], length: int, fill: int) -> Ints:
    out = np.full((len(rows), length), fill, dtype=np.int64)
    for n, row in enumerate(rows):
        out[n, : len(row)] = row
    return out


def collate(held: list[Window], pieces: Pieces) -> Batch:
    """Pad windows to one batch.

    Inputs, all [B, L] or [B, N] (words): `ids`, `shapes`, `mask`; `first`: each word's first piece; `word`: 1 where a word
    stands; `sentence`: the number of the word's sentence, -1 on padding.
    """
    coded = [pieces.encode(w.words, w.shapes) for w in held]
    length, size = max(len(c.ids) for c in coded), max(len(w.words) for w in held)
    inputs = {
        "ids": _pad([c.ids for c in coded], length, 0),
        "shapes": _pad([c.shapes for c in coded], length, 0),
        "mask": _pad([[1] * len(c.ids) for c in coded], length, 0),
        "first": _pad([c.first for c in coded], size, 0),
        "word": _pad([[1] * len(w.words) for w in held], size, 0),
        "sentence": _pad([w.sentence for w in held], size, -1),
    }
    labels = {name: _pad([w.labels[name] for w in held], size, MISSING) for name in (*CLASSES, *POINTERS)}
    tags = np.full((len(held), size, held[0].tags.shape[1]), MISSING, dtype=np.int64)
    for n, w in enumerate(held):
        tags[n, : len(w.words)] = w.tags
    return Batch(held, inputs, labels, tags)
