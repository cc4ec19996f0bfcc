"""Labels, trees, pairs and scores of the reader: what needs neither torch nor a tokenizer."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from training.labels import KEEP, apply_script, script
from training.trees import tree

from training import pairs

LEMMAS = [
    ("Ministers", "minister"),
    ("was", "be"),
    ("Went", "go"),
    ("running", "run"),
    ("Toru", "Toru"),
    ("OSTREL", "OSTREL"),
    ("n't", "not"),
    ("’s", "be"),
    ("😀", "😀"),
    ("said", "say"),
]


@pytest.mark.parametrize(("form", "lemma"), LEMMAS)
def test_the_script_of_a_form_and_its_lemma_gives_back_the_lemma(form, lemma):
    """Applying the script of a pair to the form yields the lemma, whatever the case."""
    assert apply_script(form, script(form, lemma)) == lemma


def test_scripts_are_shared_by_words_and_fit_any_form():
    """Regular forms share one script; a script longer than a form leaves the form, lower-cased."""
    assert script("talked", "talk") == script("Asked", "ask") == "2|"
    assert script("dog", "dog") == KEEP
    assert apply_script("A", "4|y") == "a"


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


def test_coreference_scores_are_those_of_the_reference_scorer():
    """The textbook case of the CoNLL scorer: MUC .40, B-cubed .4545, CEAF by entities .52."""
    chains = pytest.importorskip(
        "training.chains", reason="scipy is for training alone", exc_type=ImportError
    )
    gold, found = [frozenset("abc"), frozenset("defg")], [frozenset("ab"), frozenset("cd"), frozenset("fghi")]
    held = chains.Scores()
    held.add(gold, found)
    assert (held.muc.f1, held.b_cubed.f1, held.ceaf.f1) == pytest.approx((0.4, 5 / 11, 0.52))
    perfect = chains.Scores()
    perfect.add(gold, gold)
    assert perfect.conll == 1.0
