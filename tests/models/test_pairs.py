"""Pairs of mentions and what their words tell."""

from __future__ import annotations

import numpy as np

from variorum.models import pairs

WORDS = "Vela Toru left . “ I am tired ” , said Toru . She".split()


def _mentions():
    rows = np.array([[1, 0, 1], [5, 5, 5], [11, 11, 11], [13, 13, 13]])
    sentence = np.array([0] * 4 + [1] * 9 + [2])
    return pairs.mentions(WORDS, sentence, rows, np.array([2, 2, 2, 2]))


def test_pairs_look_back_alone_and_stay_within_the_table():
    """Every pair has the earlier mention left; rows of features are rows of the table; each pair stands once."""
    held = pairs.pairs(_mentions())
    assert (held.left < held.right).all()
    assert held.rows.min() >= 0
    assert held.rows.max() < pairs.ROWS
    assert len(set(zip(held.left.tolist(), held.right.tolist(), strict=True))) == 6


def _told(left, right):
    values = pairs.features(_mentions(), np.array([left]), np.array([right]))[0].tolist()
    return dict(zip((name for name, _ in pairs.FEATURES), values, strict=True))


def test_features_tell_what_words_tell():
    """Same head, words, quotation and pronoun classes are told apart."""
    same, other = _told(0, 2), _told(1, 2)
    assert (
        same["same head"],
        same["same words"],
        same["head within"],
        same["words shared"],
        same["named"],
    ) == (1, 0, 3, 2, 3)
    assert (other["same head"], other["quoted"], other["words shared"]) == (0, 2, 0)
    assert other["pronouns"] != _told(2, 3)["pronouns"]


def test_far_mentions_are_candidates_where_they_share_the_head():
    """Beyond the nearest mentions only those with the same head word come, the last few of them."""
    words = ["Toru", *"abcdefghij" * 6, "Toru"]
    rows = np.array([[n, n, n] for n in range(len(words))])
    held = pairs.mentions(
        words, np.zeros(len(words), dtype=np.int64), rows, np.ones(len(words), dtype=np.int64)
    )
    left, right = pairs.candidates(held)
    last = sorted(left[right == len(words) - 1].tolist())
    assert last == [0, *range(len(words) - 1 - pairs.NEAREST, len(words) - 1)]
