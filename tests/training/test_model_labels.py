"""Edit scripts and scores: what needs neither torch nor a tokenizer."""

from __future__ import annotations

import pytest
from training.labels import KEEP, script

from variorum.models.labels import apply_script

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
