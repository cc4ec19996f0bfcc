"""Differences side by side: nothing lost, equal words unmarked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.views.differences import pieces, side_by_side, words_of

TEXT = st.text("ab cd’'.,-“” \nž", max_size=40)


@given(TEXT, TEXT)
def test_differences_pieces_join_to_the_text(text, other):
    """Marking changes no character."""
    assert "".join(p.text for p in pieces(text, other)) == text


@given(TEXT)
def test_differences_of_equal_texts_mark_nothing(text):
    """A text has nothing of its own against itself."""
    assert not [p for p in pieces(text, text) if p.kind == "own"]


@pytest.mark.parametrize(
    ("text", "other", "own"),
    [
        ("He reacts harshly, always.", "he reacts fiercely always", ["harshly"]),
        ("not one word alike", "different entirely", ["not one word alike"]),
        ("The “old” bridge", 'the "old" bridge', []),
    ],
)
def test_differences_mark_own_words(text, other, own):
    """Words that the other lacks are marked; case, quotes and punctuation are not differences."""
    assert [p.text.strip(" ,.") for p in pieces(text, other) if p.kind == "own"] == own


def test_differences_of_three_are_against_the_first():
    """Each further text is marked against the first, the first against the second."""
    marked = side_by_side(["a b c", "a c", "a b d"])
    assert [[p.text.strip() for p in ps if p.kind == "own"] for ps in marked] == [["b"], [], ["d"]]
    assert words_of("Ā b!") == words_of("ā B")
