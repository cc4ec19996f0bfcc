"""Labels and edit scripts."""

from __future__ import annotations

import pytest

from variorum.models.labels import apply_script

EDITS = [
    ("Ministers", "1|", "minister"),
    ("Went", "=go", "go"),
    ("OSTREL", "^0|", "OSTREL"),
    ("Cities", "3|y", "city"),
    ("A", "4|y", "a"),
    ("", "0|", ""),
]


@pytest.mark.parametrize(("form", "edit", "lemma"), EDITS)
def test_an_edit_makes_a_lemma_of_any_form(form, edit, lemma):
    """An edit cuts and adds at the end; one that does not fit leaves the form, lower-cased."""
    assert apply_script(form, edit) == lemma
