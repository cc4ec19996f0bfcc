"""Each outlet's words for the contested territory are found by their shape, in the outlet's voice or quoted."""

from __future__ import annotations

import pytest

from compare.crisis import Crisis
from variorum.records import Naming

# sentence, the descriptions of Velm in it besides its bare name
CASES = [
    ("Police of the self-proclaimed Velm Republic shut the bridge.", {"self-proclaimed Velm Republic"}),
    ("The breakaway Velm region has its own plates.", {"breakaway Velm region"}),
    ("He came from the disputed province of Velm.", {"disputed province of Velm"}),
    ("They met in Velm, a former province of Kestria, on Monday.", {"a former province of Kestria"}),
    ("They met in Velm, the breakaway territory, on Monday.", {"the breakaway territory"}),
    ("Few states recognise Velm as a sovereign country.", {"a sovereign country"}),
    ("Velm is an independent state and stays one.", {"an independent state"}),
    ("They left Velm. Shots were heard in the breakaway region.", {"the breakaway region"}),
    ("They left Velm. Kestria lost its former northern province.", {"its former northern province"}),
    ("They left Velm. Most states do not recognise the breakaway.", {"the breakaway"}),
    (
        "They left Velm. The breakaway's northern towns are quiet. In the breakaway, life goes on.",
        {"the breakaway"},
    ),
    ("They left Velm. It was quiet in the region.", {"the region"}),
    ("The regime in Velm has called up men.", {"regime in Velm"}),
    ("Velm authorities have called up men.", {"Velm authorities"}),
    ("The rebel-held territory near Velm is quiet.", {"The rebel-held territory"}),
    ("They crossed into Velm and Ostry at night and left Velm and Ostry at noon.", {"Velm and Ostry"}),
    ("They crossed into Velm and Ostry at night.", set()),
    ("The unrecognised Velm Republic has its own plates.", {"unrecognised Velm Republic"}),
    ("They crossed into Velm and Ostry at night. Ostry was quiet.", set()),
    ("They left Velm. Then they came to Kestria. It was quiet in the region.", set()),
    ("A police officer of Velm walked home.", set()),
    ("Velm, on the river, is a quiet town of traders.", set()),
]


def _crisis(sentence, outlet="Post"):
    crisis = Crisis()
    for name, text in (
        (outlet, sentence),
        ("Herald", "The separatist Velm Republic, the unrecognised republic, talks with Kestria."),
    ):
        doc = crisis.page(name, text)
        chains = {p: crisis.chain(doc, p, "place") for p in ("Velm", "Kestria")}
        for place, chain in chains.items():
            at = text.find(place)
            while at >= 0:
                if not text[at + len(place) :][:1].isalpha():
                    crisis.mention(doc, f"{text[:at]}|{place}", "place", chain)
                at = text.find(place, at + 1)
    return crisis


@pytest.mark.parametrize(("sentence", "wanted"), CASES)
def test_descriptions(sentence, wanted):
    """Each sentence gives its descriptions of the contested place and no others."""
    rows = [
        n for n in _crisis(sentence).made(Naming, "naming") if n.outlet == "Post" and n.about_name == "Velm"
    ]
    assert {n.description for n in rows} - {"Velm"} == wanted


def test_spans_hold_the_words():
    """Every span holds the description, but for capitals and line breaks."""
    crisis = _crisis("They left Velm. The breakaway region was quiet, and the breakaway region stayed so.")
    for row in crisis.made(Naming, "naming"):
        for span in row.spans:
            assert crisis.text[span.doc][span.start : span.end].lower() == row.description.lower()


def test_voice():
    """Words in quotation marks are quoted; those of indirect speech are the outlet's own."""
    for manner, voice in (("direct", "quoted"), ("indirect", "own")):
        crisis = _crisis("“The breakaway Velm region is quiet,” Rell said.")
        doc = next(d for d, text in crisis.text.items() if "Rell" in text)
        crisis.says(
            doc, crisis.chain(doc, "Anka Rell"), "The breakaway Velm region is quiet", "said", manner=manner
        )
        (row,) = [n for n in crisis.made(Naming, "naming") if n.description == "breakaway Velm region"]
        assert row.voice == voice


def test_mixed_speech_quotes_what_stands_in_marks():
    """Of mixed speech only the words within marks are quoted."""
    crisis = _crisis("Rell asked Velm, a former province of Kestria, “to leave the breakaway region alone”.")
    doc = next(d for d, text in crisis.text.items() if "Rell" in text)
    crisis.says(
        doc,
        crisis.chain(doc, "Anka Rell"),
        "Velm, a former province of Kestria, “to leave the breakaway region alone”",
        "asked",
        manner="mixed",
    )
    voices = {n.description: n.voice for n in crisis.made(Naming, "naming") if n.outlet == "Post"}
    assert voices["a former province of Kestria"] == "own"
    assert voices["the breakaway region"] == "quoted"


def test_two_contested_places_share_no_definite_phrase():
    """Where two places are contested alike, `the breakaway region` is given to neither."""
    crisis = _crisis(
        "The separatist Kestria Republic, an unrecognised republic, and Velm met in the breakaway region."
    )
    assert not [n for n in crisis.made(Naming, "naming") if n.description == "the breakaway region"]


def test_names_of_one_place_are_one_thing():
    """Where the gazetteer says that two names mean one place, descriptions of either are descriptions of it."""
    crisis = Crisis()
    for outlet, text, name in (
        ("Herald", "The separatist Velm Republic, the unrecognised republic, is quiet.", "Velm"),
        ("Post", "Upper Ask is cold. A ferry left the so-called republic at noon.", "Upper Ask"),
    ):
        doc = crisis.page(outlet, text)
        crisis.place(doc, name, "vm", "Velm")
    rows = crisis.made(Naming, "naming")
    assert {n.about for n in rows} == {"vm"}
    assert {"the so-called republic", "Upper Ask"} <= {n.description for n in rows if n.outlet == "Post"}


def test_the_noun_that_only_the_contested_place_bears():
    """`The province` means the place that alone is called a province in the story, whatever place was named last."""
    text = "They left Velm, the breakaway province. Then Kestria bombed it. The army was forced out of the province."
    rows = _crisis(text).made(Naming, "naming")
    assert any(n.description == "the province" for n in rows if n.outlet == "Post")
    region = text.replace("out of the province", "out of the region")
    assert not any(n.description == "the region" for n in _crisis(region).made(Naming, "naming"))


def test_what_all_word_alike_is_left_out():
    """A thing named by all alike, by its initials or more fully by one, has no rows."""
    crisis = Crisis()
    for outlet, words in (
        ("Post", "Velm Observer Mission"),
        ("Star", "VOM"),
        ("Herald", "Velm Observer Mission"),
    ):
        doc = crisis.page(outlet, f"The {words} has sent a boat.")
        chain = crisis.chain(doc, words, "organisation", aliases=("Velm Observer Mission", "VOM"))
        crisis.mention(doc, words, "organisation", chain)
    assert crisis.made(Naming, "naming") == []
