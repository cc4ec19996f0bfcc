"""Windows made harder: headlines in capitals, posts in lower case, text without punctuation. Seeded by the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from training.documents import BEGINS, INSIDE, MISSING, POINTERS
from variorum.models.labels import UPOS
from variorum.models.pieces import SHAPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.windows import Lesson

# Shares of windows. Small: the shipped model mostly reads edited text. Not swept.
UPPER, LOWER, TITLE, BARE = 0.06, 0.06, 0.04, 0.05
_LETTERED = {SHAPES.index(n) for n in ("lower", "title", "upper", "capital", "mixed")}
_PUNCT = UPOS.index("PUNCT")


def cased(window: Lesson, to: str) -> Lesson:
    """The window with all its lettered words in one shape (`upper`, `lower`, `title`).

    Shapes alone change: the encoder's pieces know no case. Labels stay, lemmas too (they are learned from pieces and shapes,
    and a script that keeps the form's case gives what the page shows).
    """
    number = SHAPES.index(to)
    return msgspec.structs.replace(window, shapes=[number if s in _LETTERED else s for s in window.shapes])


def bare(window: Lesson) -> Lesson:
    """The window without its punctuation: governors that went are replaced by theirs, spans close over the gaps."""
    upos = window.labels["upos"]
    gone = np.array([_mark(w, u) for w, u in zip(window.words, upos.tolist(), strict=True)])
    if not gone.any() or gone.all():
        return window
    keep = np.flatnonzero(~gone)
    place = np.full(len(gone) + 1, MISSING, dtype=np.int64)
    place[0], place[keep + 1] = 0, np.arange(len(keep)) + 1
    labels = {name: values[keep] for name, values in window.labels.items() if name not in POINTERS}
    for name in POINTERS:
        values = window.labels[name]
        values = _climb(values, gone) if name == "arc" else values
        labels[name] = np.where(values[keep] == MISSING, MISSING, place[np.maximum(values[keep], 0)])
    return msgspec.structs.replace(
        window,
        words=[window.words[n] for n in keep],
        shapes=[window.shapes[n] for n in keep],
        sentence=window.sentence[keep],
        labels=labels,
        tags=_closed(window.tags, gone)[keep],
        mentions=_moved(window.mentions, place),
    )


def _mark(word: str, upos: int) -> bool:
    return not any(c.isalnum() for c in word) and (upos in {_PUNCT, MISSING})


def _climb(arcs: NDArray[np.int64], gone: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Governors past the words that go; a circle or a missing one ends the climb."""
    out = arcs.copy()
    for _ in range(4):
        through = (out > 0) & gone[np.maximum(out - 1, 0)]
        if not through.any():
            break
        out[through] = arcs[out[through] - 1]
    return out


def _closed(tags: NDArray[np.int64], gone: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Tags where a span whose first word goes begins at its next."""
    out = tags.copy()
    for n in np.flatnonzero(gone)[::-1]:
        if n + 1 < len(out):
            moves = (out[n] == BEGINS) & (out[n + 1] == INSIDE)
            out[n + 1][moves] = BEGINS
    return out


def _moved(mentions: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Mentions at the words' new places; those whose head or border went are left out."""
    if not len(mentions):
        return mentions
    moved = np.concatenate([place[mentions[:, :3] + 1] - 1, mentions[:, 3:]], axis=1)
    return moved[(moved[:, :3] >= 0).all(axis=1)]


def augmented(window: Lesson, random: np.random.Generator) -> Lesson:
    """The window as it is, or one of the harder kinds in the shares above."""
    draw = random.random()
    for share, to in ((UPPER, "upper"), (LOWER, "lower"), (TITLE, "title")):
        if draw < share:
            return cased(window, to)
        draw -= share
    return bare(window) if draw < BARE else window
