"""The gold: labels cannot slip, tables say what the labelled pages say, the held-out half is what was pinned."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from bench.gold import agree, crises, look
from bench.gold.convert import encode, read_labels, read_pages
from bench.gold.figures import figures
from bench.gold.page import Fault, read_page, strip
from bench.quality import gate
from hypothesis import given
from hypothesis import strategies as st

ALL = crises.DEVELOPMENT + crises.TEST
# What the issue asks for, all crises together.
LEAST = {
    "pages": 64, "statements": 500, "figures": 250, "times": 300, "denials": 60, "utterance links": 120, "passages": 100,
}  # fmt: skip
HEAD = "title: Ferry held\noutlet: Post\n\nFerry held\n\n"
CHAIN = 'chain office organisation "Harbour Office"\n'

WORDS = st.lists(st.sampled_from(["ferry", "Ostrel", "40", "held,", "née", "🚢"]), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_labels_take_no_space_of_their_own(words, data):
    """Whatever is labelled, nested or crossing, the text is the same and each label covers the words it was put around."""
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    marked = list(words)
    marked[start] = "{m1 " + marked[start]
    marked[end - 1] += "}"
    marked[first] = "{+x1}" + marked[first]
    marked[last - 1] += "{-x1}"
    text, labels = strip(" ".join(marked))
    assert text == " ".join(words)
    assert text[labels["m1"].start : labels["m1"].end] == " ".join(words[start:end])
    assert text[labels["x1"].start : labels["x1"].end] == " ".join(words[first:last])


BAD_PAGES = [
    ("{m1 The office said.\n---\n", "not closed"),
    ("The office} said.\n---\n", "closing brace"),
    ("{-x1}The office\n---\n", "no beginning"),
    ("{m1 The} {m1 office}\n---\n", "stands twice"),
    ("{m1 The office} said.\n---\nmention m1 ship office\n" + CHAIN, "'ship' is not in the guide"),
    ("{m1 The office} said.\n---\nmention m1 person office\n", "no chain office"),
    ("{m1 The office} said.\n---\nmention m2 person office\n" + CHAIN, "no label m2"),
    ("{m1 The office} said.\n---\nmentions m1 person office\n" + CHAIN, "no record called"),
    ("{m1 The office} said.\n---\nmention m1 person office colour=red\n" + CHAIN, "has no colour"),
    ("{c1 The office}\n---\nstatement s1 content=c1 speaker=- manner=direct\n", "needs content"),
]


@pytest.mark.parametrize(("text", "fault"), BAD_PAGES)
def test_faulty_labels_are_named(tmp_path, text, fault):
    """What the guide does not allow stops with the page's name and what is wrong."""
    page = tmp_path / "01.txt"
    page.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(Fault, match=r"01\.txt") as caught:
        read_page(page)
    assert fault in str(caught.value)


def test_page_without_its_headline_is_refused(tmp_path):
    """The first paragraph is the headline."""
    (tmp_path / "01.txt").write_text("title: Ferry held\n\nNo headline here.\n---\n", encoding="utf-8")
    with pytest.raises(Fault, match="not the header's title"):
        read_page(tmp_path / "01.txt")


@pytest.mark.parametrize("crisis", ALL)
def test_tables_say_what_the_settled_pages_say(crisis):
    """The stand-off tables are the conversion of the settled labels, without a fault."""
    found = read_labels(crisis, "settled")
    assert found.faults == []
    for name, rows in found.tables.items():
        # Compared apart from the assertion, so that a failure prints no text of the test half.
        same = (crises.ROOT / crisis / f"{name}.jsonl").read_text("utf-8") == encode(rows)
        assert same, name


@pytest.mark.parametrize("crisis", ALL)
def test_labellings_stand_on_one_text(crisis):
    """Both labellers and the settlement have the same pages, to the character, and no faults."""
    texts = {
        labels: {p.name: p.text for p in read_pages(crisis, labels)[0]} for labels in ("a", "b", "settled")
    }
    same = texts["a"] == texts["b"] == texts["settled"]
    assert same
    assert len(texts["a"]) >= 8
    faults = len(read_labels(crisis, "a").faults) + len(read_labels(crisis, "b").faults)
    assert faults == 0


def test_there_is_enough_of_it():
    """The counts asked for are met, and the page in the docs tells the ones that are."""
    halves = [agree.counts(crises.gold(half)) for half in (crises.DEVELOPMENT, crises.TEST)]
    together = Counter(halves[0]) + Counter(halves[1])
    assert {name: together[name] for name, least in LEAST.items() if together[name] < least} == {}
    assert together["conflicts"] + together["near-misses"] >= 60
    told = agree.PAGE.read_text("utf-8")
    assert [
        n
        for n, number in together.items()
        if f"| {n} | {halves[0][n]} | {halves[1][n]} | {number} |" not in told
    ] == []


def test_gold_against_itself_is_one_and_nothing_is_zero():
    """Every figure by which the gold is told is 1 for the gold itself and 0 for a system that gives nothing."""
    gold = crises.gold(crises.DEVELOPMENT[:1])
    assert {n: v for n, v in figures(gold, gold).items() if v != 1.0} == {}
    assert {n: v for n, v in figures(gold, {}).items() if v != 0.0} == {}


def test_the_held_out_half_is_what_was_pinned():
    """Not a byte of the test half has changed since it was held out."""
    pinned = gate.load(gate.FLOORS)[look.MODULE].data
    assert pinned == {f"bench/gold/{path.name}": gate.digest(path) for path in look.data()}


def test_looks_are_counted():
    """Each look at the held-out half says when, at which version and why; none has had more than five."""
    found = look.looks()
    assert all(entry["why"].strip() and entry["when"] and entry["figures"] for entry in found)
    assert all(n <= look.MOST for n in Counter(entry["version"] for entry in found).values())


@pytest.fixture
def pretended(tmp_path, monkeypatch):
    """A look that scores nothing real: at a log and floors of its own."""
    measured = look.Measured(about="", ours={"statements: F1": 0.5}, data=look.data())
    floors = {look.MODULE: gate.Pinned(data=gate.digests(measured))}
    monkeypatch.setattr(look, "LOOKS", tmp_path / "looks.jsonl")
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(look, "gauge", lambda: measured)
    gate.save(tmp_path / "floors.json", floors)
    return tmp_path


def test_sixth_look_is_refused(pretended, monkeypatch, capsys):
    """Five looks are logged with their reason, the sixth is refused and not logged."""
    monkeypatch.setattr("sys.argv", ["look", "--why", "invented", "--repin"])
    assert [look.main() for _ in range(6)] == [0] * 5 + [1]
    lines = (pretended / "looks.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["look"] for line in lines] == [1, 2, 3, 4, 5]
    assert "has had its 5 looks" in capsys.readouterr().out


def test_a_falling_floor_is_told_not_lost(pretended, monkeypatch, capsys):
    """A look that may not raise the floors still shows its table and is logged: it was spent."""
    floors = gate.load(pretended / "floors.json")
    floors[look.MODULE].floors["statements: F1"] = 0.9
    gate.save(pretended / "floors.json", floors)
    monkeypatch.setattr("sys.argv", ["look", "--why", "invented", "--repin"])
    assert look.main() == 1
    said = capsys.readouterr().out
    assert "refused: these floors would fall" in said
    assert "below its floor" in said
    assert len((pretended / "looks.jsonl").read_text("utf-8").splitlines()) == 1


def test_look_without_a_reason_is_refused(pretended, monkeypatch, capsys):
    """A look that says nothing of why is not spent."""
    monkeypatch.setattr("sys.argv", ["look", "--why", " "])
    assert look.main() == 1
    assert not (pretended / "looks.jsonl").exists()
    assert "needs a reason" in capsys.readouterr().out


def test_changed_test_half_is_refused(pretended, monkeypatch, capsys):
    """A held-out half that is not what was pinned is not scored."""
    floors = gate.load(Path(pretended / "floors.json"))
    floors[look.MODULE].data[f"bench/gold/{crises.TEST[0]}"] = "0" * 16
    gate.save(pretended / "floors.json", floors)
    monkeypatch.setattr("sys.argv", ["look", "--why", "invented"])
    assert look.main() == 1
    assert not (pretended / "looks.jsonl").exists()
    assert "not what was pinned" in capsys.readouterr().out
