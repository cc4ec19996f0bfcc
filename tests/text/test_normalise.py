"""Normal forms: places kept, spellings joined."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.normalise import fold, name_key, near_name, words

SAME_NAME = [
    ("Dmitri", "Dmitry"),
    ("Dmitriy", "Dmitri"),
    ("Дмитрий", "Dmitry"),
    ("Vukić", "Vukic"),
    ("Vukić", "Vukich"),
    ("Ђоковац", "Djokovac"),
    ("Zakhova", "Zahova"),
    ("al-Tarif", "al Tarif"),
    ("Koshtenska", "Koshtenka"),
    ("Müller", "Muller"),
]
OTHER_NAME = [
    ("Mira", "Mara"),
    ("Tosk", "Tisk"),
    ("Velmark", "Belmark"),
    ("", ""),
    ("-", "–"),
    ("Kosten", "Velmark"),
]


@given(st.text())
def test_fold_keeps_every_place(text):
    """A folded text is as long as its text, so that offsets hold in both; folding again changes nothing."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_ordered_places_of_the_text(text):
    """Words come in order, do not overlap, lie in the text, and none is empty."""
    found = words(text)
    assert all(0 <= w.start < w.end <= len(text) and w.text for w in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_words_ignore_case(text):
    """Capitals make no other words (Latin-1, where capitals and small letters pair off)."""
    assert [w.text for w in words(text.swapcase())] == [w.text for w in words(text)] or "ß" in text


def test_words_meet_across_typography():
    """Quotes, dashes, marks on letters, possessives and the points of abbreviations make no other words."""
    left = [w.text for w in words("The U.S. said “don’t” to Marovia’s Vukić–Straße: 50,000.")]
    right = [w.text for w in words('the us SAID "don\'t" to Marovia Vukic - Strasse 50,000')]
    assert left == right == ["the", "us", "said", "don't", "to", "marovia", "vukic", "strasse", "50,000"]


@pytest.mark.parametrize(("left", "right"), SAME_NAME)
def test_near_name_joins_spellings(left, right):
    """Two spellings of one name are near, whichever comes first."""
    assert near_name(left, right)
    assert near_name(right, left)


@pytest.mark.parametrize(("left", "right"), OTHER_NAME)
def test_near_name_parts_names(left, right):
    """Short names one letter apart, other first letters, and no names at all are not near."""
    assert not near_name(left, right)


@given(st.text())
def test_name_key_is_plain(text):
    """A key is lower-case Latin letters and single spaces."""
    key = name_key(text)
    assert key == " ".join(key.split())
    assert all(c == " " or "a" <= c <= "z" for c in key)
