"""Windows of a document with its labels, alone and in batches; shared by the loop, the losses and the tests of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from training.documents import MISSING, POINTERS, Document
from variorum.models.pieces import shape
from variorum.models.windows import WINDOW, Window, inputs, pad, ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from variorum.models.pieces import Pieces

    Ints = NDArray[np.int64]

CLASSES: tuple[str, ...] = ("upos", "lemma", "deprel", "mention", "negated", "thought")


class Lesson(Window, kw_only=True):
    """A window with its labels. Pointers are 1 + the word's place in the window, 0 nothing.

    `mentions`: head, first, last (places in the window) and chain of the mentions that lie whole in it.
    """

    document: Document
    labels: dict[str, Ints]
    tags: Ints
    mentions: Ints


def _local(values: Ints, a: int, b: int, *, nothing: int) -> Ints:
    """Pointers into the document as pointers into the window; what points out of it is `nothing`."""
    inside = (values >= a) & (values < b)
    local = np.where(inside, values - a + 1, nothing)
    return np.where(values == MISSING, MISSING, np.where(values < 0, 0, local))


def window(document: Document, a: int, b: int) -> Lesson:
    """The words [a, b) of a document. A governor, source or cue out of the window is missing."""
    labels = {name: document.classes[name][a:b] for name in CLASSES}
    labels |= {name: _local(document.classes[name][a:b], a, b, nothing=MISSING) for name in POINTERS}
    rows = document.mentions
    held = rows[(rows[:, 1] >= a) & (rows[:, 2] < b)] - np.array([a, a, a, 0]) if len(rows) else rows
    words = document.words[a:b]
    return Lesson(
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


def cut(document: Document, pieces: Pieces, limit: int = WINDOW) -> list[Lesson]:
    """A document's windows, in order: see `variorum.models.windows.ranges`."""
    return [window(document, a, b) for a, b in ranges(document, pieces, limit)]


class Batch(msgspec.Struct):
    """Windows padded to one length. `inputs` is what the model reads; `labels` and `tags` what it is asked for."""

    windows: list[Lesson]
    inputs: dict[str, Ints]
    labels: dict[str, Ints]
    tags: Ints

    @property
    def words(self) -> NDArray[np.bool_]:
        """Where a word stands: [B, N]."""
        return self.inputs["word"] > 0


def collate(held: list[Lesson], pieces: Pieces) -> Batch:
    """Pad windows to one batch.

    Inputs: those of `variorum.models.windows.inputs`, and [B, N] `word`: 1 where a word stands; `sentence`: the number of the
    word's sentence, -1 on padding.
    """
    size = max(len(w.words) for w in held)
    given = inputs(held, pieces) | {
        "word": pad([[1] * len(w.words) for w in held], size, 0),
        "sentence": pad([w.sentence for w in held], size, -1),
    }
    labels = {name: pad([w.labels[name] for w in held], size, MISSING) for name in (*CLASSES, *POINTERS)}
    tags = np.full((len(held), size, held[0].tags.shape[1]), MISSING, dtype=np.int64)
    for n, w in enumerate(held):
        tags[n, : len(w.words)] = w.tags
    return Batch(held, given, labels, tags)
