"""Batches for training: a corpus drawn by its size, stretches of its documents, lengths together. Seeded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.augment import augmented
from training.windows import collate, cut
from variorum.models.windows import WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.documents import Document
    from training.windows import Batch, Lesson
    from variorum.models.pieces import Pieces

# Corpora are drawn by size to this power: below 1 the small ones come round more often than the large (brief of issue 5).
POWER = 0.7
# Windows of a document that stay together, so that a mention finds antecedents in the windows before its own.
STRETCH = 3
# Limits of pieces in a window, one drawn for each document and round: the shipped reader meets headlines and long pages.
LIMITS = (64, 160, WINDOW, WINDOW)
# Batches filled at once and then sorted by length, so that little is padding: with 6 a third was, on a trial of 50 texts.
POOL = 16


class Corpus:
    """The documents of one corpus, dealt out in rounds, each round in a new order."""

    def __init__(self, held: list[Document], pieces: Pieces, random: np.random.Generator) -> None:
        self.held, self.pieces, self.random = held, pieces, random
        self.size = sum(len(pieces.of(w)) for d in held for w in d.words)
        self.queue: list[list[Lesson]] = []

    def next(self) -> list[Lesson]:
        """The next stretch: windows of one document."""
        if not self.queue:
            for n in self.random.permutation(len(self.held)).tolist():
                limit = int(self.random.choice(LIMITS))
                windows = cut(self.held[n], self.pieces, limit)
                self.queue += [windows[m : m + STRETCH] for m in range(0, len(windows), STRETCH)]
            # Stretches of one long document would else follow one another.
            order = self.random.permutation(len(self.queue)).tolist()
            self.queue = [self.queue[n] for n in order]
        return [augmented(w, self.random) for w in self.queue.pop()]


def corpora(documents: list[Document], pieces: Pieces, random: np.random.Generator) -> list[Corpus]:
    """The documents by corpus, in the order in which corpora first come."""
    held: dict[str, list[Document]] = {}
    for document in documents:
        held.setdefault(document.text.corpus, []).append(document)
    return [Corpus(group, pieces, random) for group in held.values()]


def batches(held: list[Corpus], pieces: Pieces, random: np.random.Generator, size: int) -> Iterator[Batch]:
    """Batches without end.

    Args:
        held: The corpora.
        pieces: Cuts words.
        random: Draws corpora and orders.
        size: Pieces in a batch, padding included, about (a stretch is never cut).
    """
    shares = np.array([c.size for c in held], dtype=np.float64) ** POWER
    shares /= shares.sum()
    while True:
        pool: list[tuple[int, list[Lesson]]] = []
        while sum(length * len(stretch) for length, stretch in pool) < size * POOL:
            stretch = held[int(random.choice(len(held), p=shares))].next()
            pool.append((max(_pieces(w, pieces) for w in stretch), stretch))
        ready = _packed(pool, size)
        for n in random.permutation(len(ready)).tolist():
            yield collate(ready[n], pieces)


def _pieces(window: Lesson, pieces: Pieces) -> int:
    return 2 + sum(len(pieces.of(word)) for word in window.words)


def _packed(pool: list[tuple[int, list[Lesson]]], size: int) -> list[list[Lesson]]:
    """Stretches of like length together, as many as fill a batch when all are padded to the longest."""
    ready: list[list[Lesson]] = []
    longest = 0
    for length, stretch in sorted(pool, key=lambda p: p[0], reverse=True):
        # The first of a batch is its longest.
        if not ready or (len(ready[-1]) + len(stretch)) * longest > size:
            ready.append([])
            longest = length
        ready[-1] += stretch
    return ready
