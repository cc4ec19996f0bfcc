"""Windows of a document without labels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dice import letters
from variorum.models.pieces import POSITIONS
from variorum.models.windows import Words, cut, inputs, packed


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    """Pieces of single letters."""
    return letters(tmp_path_factory.mktemp("pieces"))


@given(sizes=st.lists(st.integers(1, 40)), limit=st.integers(1, 60))
def test_packed_units_are_all_there_and_within_the_limit(sizes, limit):
    """Ranges join to the whole; none is above the limit but a unit alone; neighbours that fit are not apart."""
    held = packed(sizes, limit)
    assert [n for a, b in held for n in range(a, b)] == list(range(len(sizes)))
    assert all(b - a == 1 or sum(sizes[a:b]) <= limit for a, b in held)
    assert all(sum(sizes[a:b]) + sizes[b] > limit for a, b in held if b < len(sizes))


@pytest.mark.parametrize("limit", [1, 12, 40, 10_000])
def test_windows_fit_the_encoder(pieces, limit):
    """Windows join to the document, whatever the limit, and none is longer than the encoder's positions."""
    words = ["ford", "x" * 400, "a"] * 300
    document = Words(words=words, sentence=np.repeat(np.arange(3), 300))
    held = cut(document, pieces, limit)
    assert [w for part in held for w in part.words] == words
    assert inputs(held, pieces)["ids"].shape[1] <= POSITIONS


def test_padding_is_told(pieces):
    """Pieces of a shorter window are masked behind its end, and padding words point to the first piece."""
    document = Words(words=["ford", "is", "shut"], sentence=np.array([0, 1, 1]))
    given = inputs(cut(document, pieces, 6), pieces)
    assert given["mask"].sum(axis=1).tolist() == [6, 8]
    assert given["first"].tolist() == [[1, 0], [1, 3]]
