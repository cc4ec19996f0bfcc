"""Trees over the words of a sentence."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from variorum.models.trees import tree, trees


def _best(scores):
    size, best = len(scores), -np.inf
    for heads in itertools.product(range(size + 1), repeat=size):
        if sum(h == 0 for h in heads) == 1 and all(_rooted(heads, n) for n in range(size)):
            best = max(best, sum(scores[n, h] for n, h in enumerate(heads)))
    return best


def _rooted(heads, word):
    at, steps = word + 1, 0
    while at and steps <= len(heads):
        at, steps = heads[at - 1], steps + 1
    return at == 0


@pytest.mark.parametrize("seed", range(40))
def test_a_tree_is_the_best_of_all_trees_with_one_root(seed):
    """Over every tree of up to five words none scores higher; exactly one word hangs on the root."""
    random = np.random.default_rng(seed)
    size = int(random.integers(1, 6))
    scores = random.normal(size=(size, size + 1)) * 10.0 ** random.integers(-2, 3)
    heads = tree(scores)
    assert heads.count(0) == 1
    assert all(_rooted(heads, n) for n in range(size))
    assert sum(scores[n, h] for n, h in enumerate(heads)) == pytest.approx(_best(scores))


def test_a_long_sentence_needs_no_stack():
    """Scores that make one circle of a thousand words after another are solved without recursion."""
    random = np.random.default_rng(1)
    heads = tree(random.normal(size=(400, 401)))
    assert heads.count(0) == 1
    assert all(_rooted(heads, n) for n in range(400))


@pytest.mark.parametrize("seed", range(10))
def test_the_trees_of_a_window_are_those_of_its_sentences(seed):
    """Each sentence of a window gets the tree that it gets alone, and points to nothing outside."""
    random = np.random.default_rng(seed)
    sentence = np.repeat([3, 4, 7, 8, 9], [1, 5, 12, 2, 30])
    scores = random.normal(size=(50, 51)).astype(np.float32)
    found = trees(scores, sentence)
    for number in np.unique(sentence):
        (places,) = np.nonzero(sentence == number)
        a, b = int(places[0]), int(places[-1]) + 1
        alone = tree(np.concatenate([scores[a:b, :1], scores[a:b, a + 1 : b + 1]], axis=1).astype(np.float64))
        assert found[a:b].tolist() == [h and h + a for h in alone]
