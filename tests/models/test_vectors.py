"""Sentence vectors."""

from __future__ import annotations

import numpy as np

from models.dice import LABELS, letters
from variorum.models.sessions import Model
from variorum.models.vectors import PIECES, WIDTH, vectors


class Counted:
    """Gives each run another vector by its ids, and keeps the shapes it was asked for."""

    def __init__(self):
        self.shapes = []

    def vectors(self, ids, mask):
        """See `Sessions`."""
        self.shapes.append(ids.shape)
        row = np.zeros((1, WIDTH), dtype=np.float32)
        row[0, int(ids.sum()) % WIDTH] = 1.0
        return row


def test_each_text_is_run_once_and_alone(tmp_path):
    """A text's vector hangs on no other text; equal texts are run once; long ones are cut."""
    runner = Counted()
    model = Model(runner, letters(tmp_path), LABELS)
    texts = ["ford", "", "ford", "abc " * 300]
    found = vectors(texts, model)
    assert found.shape == (4, WIDTH)
    assert (found[0] == found[2]).all()
    assert runner.shapes == [(1, 6), (1, 2), (1, PIECES)]
    assert vectors([], model).shape == (0, WIDTH)


def test_vectors_tell_what_is_alike():
    """Vectors have length 1, do not hang on their neighbours, and two wordings of one thing are nearer than another thing."""
    texts = [
        "The ferry sank off the coast.",
        "Off the coast a ferry went down.",
        "Shares rose on Monday.",
        "",
        "🙂\u200b",
    ]
    found = vectors(texts)
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-3)
    assert all((vectors([t])[0] == row).all() for t, row in zip(texts, found, strict=True))
    assert found[0] @ found[1] > found[0] @ found[2] + 0.3
