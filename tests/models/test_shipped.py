"""The reader that ships: its labels in plain form, on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.dice import LABELS, Dice, letters
from variorum.models.decode import Statement
from variorum.models.reading import Reading, Said, checked
from variorum.models.sessions import Model
from variorum.models.shipped import Shipped, joined
from variorum.text import segment

TEXT = "“The ford is shut”, Vela Toru of Ostrel said on Monday. “It will not open,” she added."
PLACES = [
    TEXT, TEXT.upper(), TEXT.lower(), TEXT.replace(".", "").replace(",", ""), "", "\u200b", "\u200b \u00a0 \u2060", "\u0301",
    "🙂👩‍👩‍👧‍👦🏳️‍🌈 " * 30, "e\u0301" * 500, "Vela\u00a0Toru said\u200b so.", "漢字かな交じり文。" * 40, "Оравия закрыла гавань. " * 10, "ford " * 10_000,
    "a" * 20_000, "." * 3000, "‘“'\"" * 100,
]  # fmt: skip


def sentences_of(text):
    """The words that the product finds."""
    return [
        [(t.start, t.end) for t in segment.tokens(text, s.start, s.end)]
        for block in [text]
        for s in segment.sentences(block)
    ]


@pytest.fixture(scope="module")
def dice(tmp_path_factory):
    """A reader whose scores are thrown."""
    return Shipped(Model(Dice(), letters(tmp_path_factory.mktemp("pieces")), LABELS))


@pytest.fixture(scope="module")
def shipped():
    """The reader of the package."""
    return Shipped()


def _holds(reader, text):
    sentences = sentences_of(text)
    first = reader.read(text, sentences)
    checked(first, sentences)
    reader.read(TEXT, sentences_of(TEXT))
    assert reader.read(text, sentences) == first


@pytest.mark.parametrize("text", PLACES, ids=range(len(PLACES)))
def test_any_text_has_a_reading_that_fits(dice, text):
    """Whatever is written, the reading fits its words and is the same after another document."""
    _holds(dice, text)


@pytest.mark.parametrize("text", PLACES, ids=range(len(PLACES)))
def test_the_model_reads_any_text(shipped, text):
    """The same with the model itself."""
    _holds(shipped, text)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_random_text_has_a_reading_that_fits(dice, text):
    """The same of strings that nobody chose."""
    _holds(dice, text)


def test_nothing_is_read_in_nothing(dice):
    """No sentences, or sentences without words, give an empty reading."""
    assert dice.read("", []) == dice.read("abc", [[], []]) == Reading()


def _said(content, cue=None, source=None):
    return Statement(content=content, cue=cue, source=source)


def test_pieces_of_one_content_are_one_statement():
    """Contents with one cue and one source are pieces of one; within one another, of another source or without a cue they stay apart."""
    held = [_said((0, 3), (5, 5), (6, 6)), _said((8, 12), (5, 5), (6, 6)), _said((9, 10), (5, 5), (6, 6))]
    assert joined(held) == (
        Said(content=((0, 3), (8, 12)), cue=(5, 5), source=(6, 6)),
        Said(content=((9, 10),), cue=(5, 5), source=(6, 6)),
    )
    assert len(joined([_said((0, 3), (5, 5), (6, 6)), _said((8, 12), (5, 5), None)])) == 2
    assert len(joined([_said((0, 3)), _said((8, 12))])) == 2
