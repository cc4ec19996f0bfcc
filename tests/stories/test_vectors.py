"""A document's terms: a function of the document, of unit length, names first."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.stories.vectors import KEPT, background, background_digest, stem, terms


@settings(deadline=None)
@given(st.text(max_size=400), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 80)), max_size=2))
def test_vectors_any_text(text, titles):
    """Any text gives terms of unit length, none negative, no more than are kept, or none at all."""
    found = terms(text, titles)
    assert len(found) <= KEPT
    assert all(0 < weight <= 1 for weight in found.values())
    assert not found or math.isclose(sum(w * w for w in found.values()), 1, abs_tol=1e-3)


NAMES = [
    # (text, names among its terms, words that are none)
    ("Tovik spoke in Sarn. The ferry waited.", {"tovik", "sarn"}, {"ferry", "waited"}),
    # a capital at the start of a sentence says nothing where the word stands small elsewhere
    ("Ferries wait. The ferries of Sarn are old.", {"sarn"}, {"ferries"}),
    # months and weekdays are left to the dates
    ("On Sunday in December Tovik met Hask.", {"tovik", "hask"}, {"sunday", "december"}),
    # numbers are no names
    ("The 1244 carts of Sarn.", {"sarn"}, {"1244"}),
]


@pytest.mark.parametrize(("text", "names", "others"), NAMES)
def test_vectors_tell_names_from_words(text, names, others):
    """Names are known by their capitals amid sentences; days and numbers are none."""
    found = {t[2:] for t in terms(text, []) if t.startswith("n:")}
    assert names <= found
    assert not found & others


def test_vectors_title_weighs_more():
    """A word in the title weighs more than the same word in the text."""
    text = "Ferry strike\n\nGuards watch the landing all day."
    plain, titled = terms(text, []), terms(text, [(0, 12)])
    assert titled["w:strike"] > plain["w:strike"]


def test_vectors_common_names_do_not_tell_a_story():
    """A name that the whole press is full of leaves the page to be told by its words."""
    famous = min(
        (w for w, n in background().words.items() if n <= 0.1 * background().documents and w.isalpha()),
        key=lambda w: -background().words[w],
    )
    found = terms(f"Here {famous.capitalize()} opened the drainage pumphouse.", [])
    assert found[f"n:{famous}"] < found["w:pumphouse"]


def test_vectors_background_is_plausible():
    """The packaged list has common words common, rare ones rare, and a digest for the ledger."""
    common = background()
    assert common.documents > 5000
    assert common.words["the"] > common.words["minister"] > common.words.get("ferry", 0)
    assert len(common.words) <= 30_000
    ((name, value),) = background_digest()
    assert name.endswith("background.txt.gz")
    assert len(value) == 20


@settings(deadline=None)
@given(st.text("abcdeginst", max_size=12))
def test_vectors_stem(word):
    """A stem is a beginning of its word; of a long word at least four letters stay."""
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(len(word), 4)
