"""Sentence vectors: all-MiniLM-L6-v2 as it came, over the reader's table of embeddings (W. Wang et al. 2020; N. Reimers, I. Gurevych 2019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from variorum.models.sessions import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from variorum.models.sessions import Model

WIDTH = 384
# Pieces of a text that count: all-MiniLM was trained on 128 and is published with 256; statements are shorter.
PIECES = 128


def vectors(texts: Sequence[str], model: Model | None = None) -> NDArray[np.float32]:
    """Vectors of texts, by meaning: the product of two says how alike they are, -1 to 1.

    Each text is run alone: sums round by the length that others are padded to, so beside them it would get another vector.

    Args:
        texts: Sentences or shorter; of longer ones the first `PIECES` pieces count.
        model: The files to run; those of the package if none is given.

    Returns:
        One row a text [N, 384], each of length 1.
    """
    out = np.zeros((len(texts), WIDTH), dtype=np.float32)
    known: dict[str, int] = {}
    for n, text in enumerate(texts):
        if text in known:
            out[n] = out[known[text]]
            continue
        known[text] = n
        held = model or shipped()
        ids = np.array([held.pieces.running(text, PIECES)], dtype=np.int64)
        out[n] = held.runner.vectors(ids, np.ones_like(ids))[0]
    return out
