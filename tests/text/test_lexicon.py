"""Word lists: whole, well formed, alike for all states."""

from __future__ import annotations

import pytest

from variorum.text import lexicon

LEMMAS = [
    ("said", "say"),
    ("denies", "deny"),
    ("denied", "deny"),
    ("urges", "urge"),
    ("stopped", "stop"),
    ("lied", "lie"),
    ("told", "tell"),
    ("WAS", "be"),
    ("Kosten", ""),
]


# Dominica's adjective is that of the Dominican Republic; the others are called by their own names.
WITHOUT_ADJECTIVE = [
    "British Virgin Islands",
    "Christmas Island",
    "Cocos Islands",
    "Cook Islands",
    "Dominica",
    "Guernsey",
    "Jersey",
    "Norfolk Island",
    "Pitcairn",
    "Réunion",
    "Saint Martin",
    "Saint Pierre and Miquelon",
    "Saint-Barthelemy",
    "Sint Maarten",
    "South Georgia",
    "Svalbard",
    "Turks and Caicos Islands",
    "US Virgin Islands",
    "Wallis and Futuna",
]


def test_every_state_has_what_the_others_have():
    """Every state or territory with a capital has an adjective, but for islands that are called by their names."""
    without = [c.name for c in lexicon.countries() if c.code and c.capitals and not c.adjectives]
    assert without == WITHOUT_ADJECTIVE


def test_every_people_has_one_and_many():
    """A people is given in singular and plural."""
    assert all(one and many for c in lexicon.countries() for one, many in c.peoples)


def test_seats_belong_to_what_the_lists_know():
    """Whose a seat or body is names a state or body of the lists."""
    known = lexicon.country_names().keys() | {b.name for b in lexicon.bodies()}
    assert [b.name for b in lexicon.bodies() if b.whose and b.whose not in known] == []


def test_titles_are_lower_case_and_speakers_are_marked():
    """Titles are looked up in lower case; every word for a spokesperson speaks for a body."""
    assert all(t == t.lower() for t in lexicon.titles())
    assert all(t.speaks for text, t in lexicon.titles().items() if "spokes" in text)
    assert lexicon.titles()["spokeswoman"].gender == "f"


@pytest.mark.parametrize(("form", "lemma"), LEMMAS)
def test_verb_lemma(form, lemma):
    """Regular and irregular forms give the base form; a name gives none."""
    assert lexicon.verb_lemma(form) == lemma


def test_word_classes_know_words_from_names():
    """Ordinary words have classes, invented names have none."""
    assert "v" in lexicon.word_classes("Denies")
    assert lexicon.word_classes("the") == "d"
    assert lexicon.word_classes("Velmark") == ""


def test_digests_name_every_file_once():
    """The ledger key covers each list."""
    names = [name for name, _ in lexicon.digests()]
    assert len(names) == len(set(names)) >= 10
    assert all(len(digest) == 64 for _, digest in lexicon.digests())


def test_month_numbers_know_short_forms():
    """Sept., Sep and September are the ninth month."""
    assert {lexicon.MONTH_NUMBERS[m] for m in ("Sept.", "Sept", "Sep", "Sep.", "September")} == {9}
