"""Words and their pieces."""

from __future__ import annotations

import pytest

from models.dice import letters
from variorum.models import pieces as room
from variorum.models.pieces import SHAPES, shape


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    """Pieces of single letters."""
    return letters(tmp_path_factory.mktemp("pieces"))


SHAPED = [
    ("minister", "lower"), ("Toru", "title"), ("OSTREL", "upper"), ("A", "capital"), ("McKay", "mixed"), ("2,000", "number"),
    ("G20", "alphanumeric"), ("”", "quote"), ("...", "mark"), ("🙂", "other"), ("\u0301", "other"), ("", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "name"), SHAPED)
def test_every_word_has_a_shape(word, name):
    """The shape of any string is told, and never that of a piece which begins no word."""
    assert SHAPES[shape(word)] == name


@pytest.mark.parametrize(
    "word", ["", "\u200b", "\u00a0", "🙂", "x" * 400, "e\u0301", "漢字", "\ud800", "\u202e"]
)
def test_every_word_has_a_first_piece(pieces, word):
    """Invisible, unknown and endless words have at least one piece and few; every word's place is its own."""
    coded = pieces.encode(["a", word, "b"])
    assert len(set(coded.first)) == 3
    assert 1 <= len(pieces.of(word)) <= 12
    assert len(coded.ids) == len(coded.shapes)


def test_words_kept_are_bounded_and_pieces_do_not_change(pieces, monkeypatch):
    """However many distinct words come, few are kept, and a word forgotten is cut as before."""
    monkeypatch.setattr(room, "KEPT_WORDS", 10)
    before = pieces.of("ford")
    for n in range(100):
        pieces.of(f"ab{'c' * n}")
    assert len(pieces._known) <= 10
    assert pieces.of("ford") == before


def test_running_text_ends_at_its_limit(pieces):
    """Running text begins and ends as the encoder wants it, whatever its length."""
    assert pieces.running("", 8) == [pieces.cls, pieces.sep]
    long = pieces.running("abc " * 50, 8)
    assert len(long) == 8
    assert (long[0], long[-1]) == (pieces.cls, pieces.sep)
