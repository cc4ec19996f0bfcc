"""Pairs found through rare words are the pairs that looking at all of them would find."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from variorum.compare.overlap import Postings, half, pairs

BAGS = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=7), max_size=12)


@given(BAGS)
def test_pairs_are_those_that_share_half(bags):
    """No pair that shares half of its smaller bag is missed, and no other is found."""
    wanted = [
        (i, j) for i, j in combinations(range(len(bags)), 2) if half(bags[i], bags[j]) and bags[i] and bags[j]
    ]
    assert pairs(bags) == wanted


@given(BAGS, st.frozensets(st.sampled_from("abcdefghij"), max_size=7), st.integers(1, 5))
def test_sharing_counts(bags, words, least):
    """Bags that share so many words are found, in order."""
    assert Postings(bags).sharing(words, least) == [i for i, b in enumerate(bags) if len(b & words) >= least]
