"""The example is read as its hand-made gold reads it, every phenomenon at least once (`examples/velmark/gold/README.md`).

One build for all tests; the scorers stand in `bench/quality/example`, whose exact figures the gate holds
(`bench/quality/floors.json`). Here each layer has a coarse floor, so that a broken room is seen where tests run.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from bench.quality import example
from bench.quality.example.gold import EXAMPLE, anchor, share

# Floors by layer and figure: what was reached when they were set, rounded down to a twentieth. They only rise.
FLOORS = {
    "headers": {"title right": 1.0, "outlet right": 1.0, "author right": 1.0, "published right": 1.0},
    "dates": {"days right": 1.0, "completed by mates": 1.0},
    "chrome": {"chrome gone": 1.0, "chrome listed": 1.0, "body kept": 1.0},
    "statements": {"F1": 0.9, "recall": 0.9, "precision": 0.9, "speaker right": 0.9, "act right": 0.95, "manner right": 0.95, "source right": 0.9, "cue right": 0.95},
    "chains": {"names found": 1.0, "kinds right": 0.95, "other names joined": 1.0, "roles told": 0.85},
    "times": {"found": 0.95, "F1 with value": 0.95},
    "figures": {"found": 1.0, "F1 with value": 1.0},
    "places": {"found": 1.0, "recall with value": 1.0},
    "passages": {"copies found": 1.0, "quotations found": 1.0, "pairs that copy, F1": 1.0, "first side right": 1.0},
    "origins": {"groups, F1": 1.0, "wires told": 1.0},
    "stories": {"stories, F1": 1.0, "episodes, F1": 1.0},
    "actors": {"joined": 1.0, "kept apart": 1.0},
    "utterances": {"pairs joined": 0.9, "utterances sound": 1.0, "speakers right": 0.95},
    "conflicts": {"figures found": 0.8, "denials found": 1.0, "comparable right": 1.0, "not parted": 1.0},
    "denials": {"found": 0.95, "linked to what they deny": 1.0, "told that nobody claims it": 0.75, "sound": 1.0},
    "naming": {"words found": 0.8, "voice right": 0.95},
    "timeline": {"days told": 0.9, "pages that tell them": 0.65},
}  # fmt: skip


@pytest.fixture(scope="session")
def beside(tmp_path_factory):
    """The example built once, beside its gold."""
    return example.build(tmp_path_factory.mktemp("example") / "dossier")


def test_example_every_layer_has_floors():
    """No layer is scored without a floor."""
    assert sorted(FLOORS) == sorted(example.LAYERS)


def test_example_gold_quotes_its_pages():
    """Every quotation of the gold stands in its page as quoted."""
    done = subprocess.run(
        [sys.executable, EXAMPLE / "check_gold.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("layer", FLOORS)
def test_example_reaches_its_floors(beside, layer):
    """A layer scored against the gold stands on its floors; what is missed is told."""
    made = example.LAYERS[layer](beside)
    below = {n: made.figures[n] for n, floor in FLOORS[layer].items() if made.figures[n] < floor}
    assert not below, "\n".join([f"{layer}: {below}", *made.notes])


def _statement_of(beside, page, words):
    """The ids of statements of a page whose content overlaps the words."""
    place = beside.find({"page": page, "text": words})
    said = beside.records("statements")
    return {
        s.id
        for s in said
        if s.doc == place.doc and share([place], [anchor(s.doc, c) for c in s.content]) > 0.5
    }


def test_example_titles_and_dates_have_evidence(beside):
    """Every title and every date chosen stands on a piece of evidence, those told by mates on other documents."""
    told = {(h.doc, h.field) for h in beside.records("headers") if h.chosen and h.value}
    for document in beside.dossier.documents_by_id.values():
        assert (document.id, "title") in told
        assert bool(document.published_value) == ((document.id, "published") in told)
    assert all(d.because_of and d.why for d in beside.records("datings"))


def test_example_no_other_pages_copy(beside):
    """Pages that the gold knows as independent share no passage called a copy, but for what both embed or quote."""
    gold = {frozenset((r["left"]["page"], r["right"]["page"])) for r in example.rows("passages")}
    found = {
        frozenset((beside.page_of[p.left.doc], beside.page_of[p.right.doc]))
        for p in beside.records("passages")
        if p.kind == "copy"
    }
    assert found <= gold


def test_example_spokespeople_are_resolved(beside):
    """What the spokespeople say directly is theirs by name, also where a pronoun or `the spokesman` says it."""
    named = {
        "Maltsin": ("pansouthern-reason.txt", "worst was avoided during the night"),
        "Dolgan": ("amberline-bridge.txt", "They open a gate, they close a gate, and then they count who shouts"),
        "Ranne": ("https://sarnvalleyradio.example/news/fifth-dam-worker-dies", "We have unpacked the winter boots"),
        "Rehlig": ("courier-bridge.html", "water does not ask for papers"),
    }  # fmt: skip
    said = {s.id: s for s in beside.records("statements")}
    for name, (page, words) in named.items():
        place = beside.find({"page": page, "text": words})
        speakers = {
            s.speaker_name
            for s in said.values()
            if s.doc == place.doc and any(c.start <= place.start < c.end for c in s.content)
        }
        assert any(name in speaker for speaker in speakers), (name, speakers)


def _utterances_of(beside, number):
    """Utterances that join two renderings or more of a gold utterance."""
    row = example.rows("utterances")[number]
    ids = [_statement_of(beside, r["page"], r["text"]) for r in row["renderings"]]
    return [u for u in beside.records("utterances") if sum(bool(i & set(u.statements)) for i in ids) > 1]


def test_example_two_translations_are_one_utterance(beside):
    """A spokesman's sentence in two translations, one told of him and one of his house, is one utterance."""
    translated = [n for n, row in enumerate(example.rows("utterances")) if row["link"] == "translated"]
    assert any(_utterances_of(beside, n) for n in translated)


def test_example_two_sizes_of_one_minority_conflict(beside):
    """The two figures for one minority are a conflict, comparable at least in part."""
    figures = {f.id: f for f in beside.records("figures")}
    parted = [
        sorted((figures[c.left].low or 0, figures[c.right].low or 0))
        for c in beside.records("conflicts")
        if c.kind == "figure" and c.comparable in {"yes", "in part"}
    ]
    assert [70_000.0, 140_000.0] in parted


def test_example_denials_are_linked(beside):
    """A denial points at a claim of another page; one that nobody claims says so."""
    said = {s.id: s for s in beside.records("statements")}
    found = beside.records("denials")
    assert any(d.claimed and d.claimed.doc != said[d.statement].doc for d in found)
    assert any(not d.claimed and not d.denied and d.how for d in found)


def test_example_words_for_the_disputed_land(beside):
    """Each side's words for the disputed land stand under the outlet that uses them, in its own voice or quoted."""
    found = {
        (n.outlet, n.voice, n.description.lower().removeprefix("the ")) for n in beside.records("naming")
    }
    words = {(outlet, description) for outlet, _, description in found}
    assert ("Karsholt Courier", "upper sarn") in words
    assert any(outlet == "Amber Line International" and "breakaway" in d for outlet, d in words)
    assert any(outlet == "Ostrel Herald" and "republic" in d for outlet, d in words)
    assert {voice for _, voice, _ in found} == {"own", "quoted"}
