"""What texts say is compared apart from their wording, the same whichever comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.compare.content import content_stem, gist, in_order, likeness, resources, sections, stem

texts = st.text(alphabet=st.sampled_from("abcdeisnto 0157.,'’“”-éж"), max_size=60)


@pytest.mark.parametrize(
    "forms",
    [
        "violated violates violate violating violation",
        "protected protects protect",
        "threatens threat threatened threats menace",
        "reacts reacted reaction response responded",
        "harshly harsh fiercely fierce sharply",
        "soldiers troops soldier",
        "two 2",
        "stopped stop halt ended",
    ],
)
def test_forms_of_one_meaning_meet(forms):
    """Forms of one word, and words of one set of synonyms, have one stem."""
    assert len({content_stem(w) for w in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    [
        "country county",
        "general generous",
        "police policy",
        "army arm",
        "state station",
        "mine mind",
        "port report",
    ],
)
def test_other_words_stay_apart(pair):
    """Words that merely look alike keep stems of their own."""
    left, right = pair.split()
    assert stem(left) != stem(right)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The guard did not fire", True),
        ("The guard fired", False),
        ("It goes without saying that the guard fired", False),
        ("Without a doubt the guard fired", False),
        ("Not only the guard fired", False),
        ("Nobody did not see it", False),
        ("The guard never fired", True),
        ("The guard didn’t fire", True),
    ],
)
def test_negation(text, negated):
    """A text is negated by an odd number of negations; turns of speech are none."""
    assert gist(text).negated is negated


@given(texts, texts)
def test_likeness_is_symmetric_and_bounded(left, right):
    """Every measure is the same both ways and lies in 0..1."""
    a, b = gist(left), gist(right)
    there, back = likeness(a, b), likeness(b, a)
    assert there == back
    assert in_order(a, b) == in_order(b, a)
    assert all(0 <= v <= 1 for v in (there.dice, there.contained, there.score, in_order(a, b)))


@given(texts)
def test_a_text_is_wholly_like_itself(text):
    """A text with content is like itself in every measure."""
    a = gist(text)
    if a.bag:
        alike = likeness(a, a)
        assert (alike.dice, alike.contained, in_order(a, a), alike.numbers, alike.polarity) == (
            1,
            1,
            1,
            True,
            True,
        )


def test_numbers_part():
    """Texts with other numbers are told apart; one without numbers is not."""
    assert not likeness(gist("Seven boats were sunk"), gist("Nine boats were sunk")).numbers
    assert likeness(gist("Seven boats were sunk"), gist("Boats were sunk")).numbers
    assert likeness(gist("7 boats were sunk"), gist("Seven boats were sunk")).numbers


def test_word_lists_are_known_to_the_ledger():
    """Every list that shapes a score has its digest among the resources."""
    names = [name for name, digest in resources() if len(digest) == 64]
    assert {"irregular.txt", "naming.txt", "phrases.txt", "stop.txt", "synonyms.txt"} <= set(names)
    assert {"status", "territory", "power"} <= set(sections("naming.txt"))
