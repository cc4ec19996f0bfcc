"""Lessons: labels within the text become spans of the text without them; what is wrong is told."""

from __future__ import annotations

import pytest
from training.data import lessons
from training.data.form import Fault, faults
from training.data.licence import may_train

MARKED = """Ferry to {L1 Ostrel} <e stopped>, <1s {p1 minister}> <1c says>: <1t no date>

<2s {p1 {O2 Norrland} Minister {P1 Ada Ferrin}}> <2c! did not say> on Monday <2t when {o1 {p1 her} ministry}> would <2t open {w1 the {W1 Brage}}>."""


def words(text, spans):
    return [text.text[s.start : s.end] for s in spans]


def test_lessons_are_read():
    """Names, mentions with chains, statements with speakers and pieces, events: all at the words that the labels held."""
    text = lessons.lesson(MARKED, "a/b", "agency", "train")
    assert "{" not in text.text
    assert "<" not in text.text
    assert faults(text) == []
    assert may_train(text)
    assert [(text.text[n.start : n.end], n.kind) for n in text.names] == [
        ("Ostrel", "place"),
        ("Norrland", "organisation"),
        ("Ada Ferrin", "person"),
        ("Brage", "work"),
    ]
    first, second = sorted(text.statements, key=lambda s: s.content)
    assert (first.speaker, first.negated, words(text, first.source)) == ("Ada Ferrin", False, ["minister"])
    assert (second.negated, words(text, second.content)) == (True, ["when her ministry", "open the Brage"])
    chains = {text.text[m.start : m.end]: m.chain for m in text.mentions}
    assert chains["minister"] == chains["Norrland Minister Ada Ferrin"] == chains["her"] == "p1"
    assert words(text, text.events) == ["stopped"]


def test_lessons_a_name_in_its_description_is_one_mention():
    """A title with its name is one mention, whose head is the name's; a name of another thing inside it is its own."""
    text = lessons.lesson(MARKED, "a/b", "agency", "train")
    (whole,) = [m for m in text.mentions if text.text[m.start : m.end] == "Norrland Minister Ada Ferrin"]
    assert text.text[whole.head_start : whole.head_end] == "Ada"
    assert "Norrland" in [text.text[m.start : m.end] for m in text.mentions]
    assert "Ada Ferrin" not in [text.text[m.start : m.end] for m in text.mentions]


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("{P1 Ada <1s Ferrin}>", "cross"),
        ("{P1 Ada", "open"),
        ("{X1 Ada}", "no label"),
        ("<1s {P1 Ada}> <1c said>", "without content"),
    ],
)
def test_lessons_tell_what_is_wrong(marked, told):
    """A label that crosses, stays open or is unknown, and a statement that says nothing, are told with the text's name."""
    with pytest.raises(Fault, match=f"a/b: .*{told}"):
        lessons.lesson(marked, "a/b", "news", "train")


def test_lessons_that_are_there_are_sound():
    """Every lesson of the project parses, breaks no law of the form and has a name of its own."""
    found = list(lessons.lessons("train"))
    assert [fault for text in found for fault in faults(text)] == []
    assert len({t.id for t in found}) == len(found) > 0
