"""One utterance in several wordings is found; two sentences of one speaker are not made one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.crisis import Crisis
from variorum.compare.content import gist
from variorum.compare.utterances import cluster, render
from variorum.records import GazetteerEntry, Link, Utterance

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "utterances.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
WORDS = st.lists(
    st.sampled_from(
        ["the", "border", "guard", "fired", "shots", "over", "river", "not", "5", "seven", "troops", "left"]
    ),
    max_size=14,
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["a"][:40])
def test_render_cases(case):
    """Each pair of wordings is one utterance of the kind told, or none."""
    found = render(gist(case["a"]), gist(case["b"]))
    assert (found[0] if found else "none") == case["kind"]


@given(WORDS, WORDS)
def test_render_is_symmetric(left, right):
    """Which wording comes first changes nothing."""
    a, b = gist(" ".join(left)), gist(" ".join(right))
    assert render(a, b) == render(b, a)


@given(WORDS)
def test_a_wording_renders_itself(some):
    """Equal words are verbatim; words without content render nothing."""
    a = gist(" ".join(some))
    assert (render(a, a) == ("verbatim", 1.0)) is bool(a.bag)


def _crisis(second_role, second_name="Ilmar Dost"):
    crisis = Crisis()
    one = crisis.page(
        "Morning Post",
        "The chancellery calls the charge false. “Kestria guards the rights of Kestrians who live close by in such hard conditions, and it reacts fiercely when those rights are violated.”",
    )
    two = crisis.page(
        "Evening Star",
        "According to Ilmar Dost, “it goes without saying that Kestria defends the rights of Kestrians living nearby in such difficult circumstances and that it reacts harshly when their rights are violated”.",
    )
    body = crisis.chain(one, "Kestrian Chancellery", "organisation")
    other = crisis.chain(two, "Kestrian Chancellery", "organisation")
    man = crisis.chain(
        two, second_name, roles=(second_role,), speaks_for=other if "spokesman" in second_role else ""
    )
    crisis.says(
        one,
        body,
        "Kestria guards the rights of Kestrians who live close by in such hard conditions, and it reacts fiercely when those rights are violated",
    )
    crisis.says(
        two,
        man,
        "it goes without saying that Kestria defends the rights of Kestrians living nearby in such difficult circumstances and that it reacts harshly when their rights are violated",
    )
    return crisis


def test_a_body_and_its_spokesman_are_one_voice():
    """Words told of a body on one page and of the man who speaks for it on another are one utterance, his."""
    (found,) = _crisis("Chancellery spokesman").made(Utterance, "utterances")
    assert found.speaker_name == "Ilmar Dost"
    assert [link.kind for link in found.links] == ["paraphrased"]
    assert len(found.origins) == 2


def test_two_speakers_make_no_utterance():
    """Like words of a body and of somebody who does not speak for it stay two."""
    assert _crisis("opposition leader").made(Utterance, "utterances") == []


def test_copied_words_have_one_origin():
    """An utterance that two pages carry in one copied passage has one origin."""
    words = "We will not give up the bridge while one of us is left in the town"
    crisis = Crisis()
    for outlet in ("Morning Post", "Evening Star"):
        doc = crisis.page(outlet, f"“{words},” Mayor Anka Rell said.")
        crisis.says(doc, crisis.chain(doc, "Anka Rell"), words)
    docs = sorted(crisis.text)
    crisis.passage(docs[0], words, docs[1], words)
    (found,) = crisis.made(Utterance, "utterances")
    assert [link.kind for link in found.links] == ["verbatim"]
    assert len(found.origins) == 1


def test_a_month_later_is_said_anew():
    """A paraphrase on pages a month apart is another utterance; the very words are the same one."""
    crisis = Crisis()
    same = "Kestria will defend the rights of its people in every town of the valley"
    texts = {
        "2031-03-04": same,
        "2031-05-04": "Kestria shall protect its people's rights in all the valley's towns",
        "2031-05-05": same,
    }
    for day, words in texts.items():
        doc = crisis.page(f"Post of {day}", f"“{words},” Ilmar Dost said.", published=day)
        crisis.says(doc, crisis.chain(doc, "Ilmar Dost"), words)
    (found,) = crisis.made(Utterance, "utterances")
    assert any(link.kind == "verbatim" for link in found.links)
    kinds = {link.kind for link in found.links}
    assert kinds <= {"verbatim", "paraphrased"}


def test_two_quotes_of_one_page_are_not_joined_by_a_third_page():
    """A page that quotes two sentences takes them for two."""

    class S:
        def __init__(self, i, doc):
            self.id, self.doc = i, doc

    said = [S("a1", "a"), S("a2", "a"), S("b1", "b")]
    links = [Link("a1", "b1", "paraphrased", 0.9), Link("a2", "b1", "paraphrased", 0.7)]
    assert cluster(said, links) == [["a1", "b1"]]
    assert cluster(said, [*links, Link("a1", "a2", "shortened", 1.0)]) == [["a1", "a2", "b1"]]


def test_a_seat_and_its_state_are_one_voice():
    """What a page lets the seat of government say and another the state, or its spokesman, is one utterance."""
    words = "We shall keep the ferry running through the whole winter"
    speakers = (("Green House", "organisation"), ("Kestria", "place"), ("Karlsby", "place"))
    crisis = Crisis()
    for i, (name, kind) in enumerate(speakers):
        doc = crisis.page(f"Paper {i}", f"“{words},” {name} said.")
        crisis.says(doc, crisis.chain(doc, name, kind), words)
    assert crisis.made(Utterance, "utterances") == []
    crisis.rows["gazetteer"] = [
        GazetteerEntry(id="ks", name="Kestria", kind="country"),
        GazetteerEntry(id="kb", name="Karlsby", kind="capital", seat_of="ks"),
        GazetteerEntry(id="gh", name="Green House", kind="seat", seat_of="Kestria"),
    ]
    (found,) = crisis.made(Utterance, "utterances")
    assert len(found.statements) == len(speakers)


@pytest.mark.parametrize(
    ("words", "manner", "told"),
    [
        ("Kestria", "indirect", False),
        ("the decision unlawful", "indirect", True),
        ("not to rise to the bait", "indirect", True),
        ("We were the first here", "direct", True),
    ],
)
def test_a_name_alone_is_no_utterance(words, manner, told):
    """Copied or not, an utterance says something: two content words, or words quoted."""
    crisis = Crisis()
    for outlet in ("Post", "Star"):
        doc = crisis.page(outlet, f"Dost spoke: “{words}”.")
        crisis.says(doc, crisis.chain(doc, "Ilmar Dost"), words, manner=manner)
    docs = sorted(crisis.text)
    crisis.passage(docs[0], words, docs[1], words)
    assert bool(crisis.made(Utterance, "utterances")) is told


def test_the_time_of_speaking_is_no_part_of_what_is_said():
    """`Accused Kestria on Tuesday of directing the siege` renders `Kestria is directing the siege`."""
    crisis = Crisis()
    one = crisis.page("Post", "Dost accused Kestria on Tuesday of directing the siege of the harbour.")
    time = crisis.time(one, "Tuesday", "2031-03-04")
    said = "Kestria on Tuesday of directing the siege of the harbour"
    crisis.says(one, crisis.chain(one, "Ilmar Dost"), said, act="accuses", time=time)
    two = crisis.page("Star", "“Kestria is directing the siege of the harbour,” Dost said.")
    crisis.says(two, crisis.chain(two, "Ilmar Dost"), "Kestria is directing the siege of the harbour")
    assert len(crisis.made(Utterance, "utterances")) == 1
