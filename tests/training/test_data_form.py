"""The form of training data: what breaks it is told; heads and names of phrases are found by rule."""

from __future__ import annotations

import msgspec
import pytest
from training.data import plain
from training.data.form import Event, Mention, Name, Sentence, Span, Text, Token, faults

TEXT = "Ada met Ben. Cy left."
SOUND = Text(
    id="t",
    corpus="made",
    split="train",
    licence="CC0",
    genre="news",
    text=TEXT,
    sentences=(
        Sentence(0, 12, (Token(0, 3, head=1), Token(4, 7, head=-1), Token(8, 11, head=1), Token(11, 12, head=1))),
        Sentence(13, 21, (Token(13, 15, head=1), Token(16, 20, head=-1), Token(20, 21, head=1))),
    ),
    layers=frozenset({"syntax", "names"}),
    names=(Name(0, 3, "person"), Name(8, 11, "person")),
    kinds=frozenset({"person"}),
)  # fmt: skip
BROKEN = {
    "outside": {"names": (Name(18, 40, "person"),)},
    "empty": {"names": (Name(3, 3, "person"),)},
    "white space": {"names": (Name(3, 7, "person"),)},
    "overlap": {"names": (Name(0, 7, "person"), Name(4, 11, "person"))},
    "kinds": {"names": (Name(0, 3, "place"),)},
    "layer": {"events": (Event(4, 7),)},
    "head span": {"layers": frozenset({"syntax", "names", "mentions"}), "mentions": (Mention(0, 3, 3, 4),)},
    "order": {"sentences": SOUND.sentences[::-1]},
    "head": {"sentences": (Sentence(0, 3, (Token(0, 3, head=4),)),)},
    "own head": {"sentences": (Sentence(0, 3, (Token(0, 3, head=0),)),)},
    "roots": {"sentences": (Sentence(0, 7, (Token(0, 3, head=-1), Token(4, 7, head=-1))),)},
}


def test_data_sound_text_has_no_fault():
    """A text in form has no fault, names of two kinds may nest."""
    nested = msgspec.structs.replace(
        SOUND, names=(Name(0, 11, "event"), Name(0, 3, "person")), kinds=frozenset({"event", "person"})
    )
    assert faults(SOUND) == faults(nested) == []


@pytest.mark.parametrize("what", BROKEN)
def test_data_what_breaks_the_form_is_told(what):
    """Each way to break the form is told with corpus and text."""
    found = faults(msgspec.structs.replace(SOUND, **BROKEN[what]))
    assert found
    assert all(line.startswith("made t: ") for line in found)


@pytest.mark.parametrize(
    ("phrase", "kind", "wanted"),
    [
        ("the Sarn Border Force", "organisation", "Sarn Border Force"),
        ("Ministry of Mines", "organisation", "Ministry of Mines"),
        ("Foreign Minister Ada Ferrin", "person", "Ada Ferrin"),
        ("Ada van der Ferrin's", "person", "Ada van der Ferrin"),
        ("Foreign Minister", "person", None),
        ("the army", "organisation", None),
        ("He", "person", None),
        ("Orlen officials", "organisation", None),
        ("Orlen, Velmark", "place", None),
        ("crane 4", "work", None),
        ("Crane 4", "work", "Crane 4"),
        ("12 N", "place", None),
        ("the", "place", None),
    ],
)
def test_data_proper_names_are_cut_or_refused(phrase, kind, wanted):
    """A name loses article, title and possessive mark; what is no name for certain is none."""
    (sentence,) = plain.sentences(phrase)
    found = plain.proper(phrase, sentence.tokens, kind=kind)
    assert (phrase[found.start : found.end] if found else None) == wanted


@pytest.mark.parametrize(
    ("phrase", "kind", "wanted"),
    [
        ("Ada Ferrin", "person", "Ada"),
        ("Foreign Minister Ada Ferrin of Orlen", "person", "Ada"),
        ("the spokeswoman for the ministry", "person", "spokeswoman"),
        ("the Bank of Orlen", "organisation", "Bank"),
        ("Sarn Border Force", "organisation", "Force"),
        ("a full-length film", "", "film"),
        ("its", "organisation", "its"),
    ],
)
def test_data_heads_by_rule(phrase, kind, wanted):
    """A person's name has its head at its first word, everything else before what follows the noun."""
    (sentence,) = plain.sentences(phrase)
    head = plain.head(phrase, sentence.tokens, kind=kind)
    assert phrase[head.start : head.end] == wanted


def test_data_lines_end_sentences():
    """Sentences never reach over a line break; words are exact whatever stands before them."""
    text = "😀 Ada left\nShe 's gone. Cy stays."
    found = plain.sentences(text)
    assert [text[s.start : s.end] for s in found] == ["😀 Ada left", "She 's gone.", "Cy stays."]
    assert [s.id for s in found] == ["1", "2", "3"]


def test_data_longest_name_of_a_kind_stays():
    """Of two names of one kind that overlap the longer stays; another kind may nest."""
    names = [Name(0, 5, "organisation"), Name(3, 12, "organisation"), Name(3, 5, "place")]
    assert plain.apart(names) == (Name(3, 5, "place"), Name(3, 12, "organisation"))


def test_data_white_space_is_cut_off_spans():
    """A span is cut to what is no white space; nothing else is no span."""
    assert plain.trimmed(" « a ", 0, 5) == Span(1, 4)
    assert plain.trimmed("a  b", 1, 3) is None
