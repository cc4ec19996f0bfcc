"""Our own gold as training data: only its development half, with exact spans."""

from __future__ import annotations

import json

import pytest
from bench.gold.crises import DEVELOPMENT, TEST
from training.data import gold
from training.data.form import faults
from training.data.licence import may_train

TEXT = "Guests left\n\nGuests and guards left the Sarn Hall, Mayor Ada Ferrin said. “ We saw Kellans ,” she said."


def _span(words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return {"doc": "made-01", "start": at, "end": at + len(words), "text": words}


def _mention(words, kind, chain, head="", nth=0):
    outer = _span(words, nth)
    return {**outer, "kind": kind, "chain": chain, "head": _span(head) if head else outer}


ROWS = {
    "pages": [{"id": "made-01", "text": TEXT, "title": "Guests left"}],
    "mentions": [
        _mention("Guests", "group", "guests"),
        _mention("the Sarn Hall", "place", "hall", "Sarn Hall"),
        _mention("Mayor Ada Ferrin", "person", "ferrin", "Ada Ferrin"),
        _mention("Kellans", "group", "kellans"),
        _mention("she", "person", "ferrin"),
    ],
    "statements": [
        {
            "source": _span("she"), "cue": _span("said", 1), "content": [_span(" We saw Kellans ")], "speaker": "ferrin",
            "speaker_name": "Ada Ferrin", "negated": False, "doc": "made-01",
        }
    ],
    "events": [{**_span("left", 1), "action": "RETREAT", "status": "happened"}],
}  # fmt: skip


def _read(root, tables):
    (root / "made").mkdir()
    for name, rows in tables.items():
        (root / "made" / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return next(gold.gold("dev", root, ("made",)))


@pytest.fixture
def page(tmp_path):
    return _read(tmp_path, ROWS)


def test_data_gold_is_read(page):
    """Pages come with names cut out of mentions, chains, statements without white space, and what happened."""

    def words(spans):
        return [page.text[s.start : s.end] for s in spans]

    assert faults(page) == []
    assert [(*words([n]), n.kind) for n in page.names] == [
        ("Sarn Hall", "place"),
        ("Ada Ferrin", "person"),
        ("Kellans", "group"),
    ]
    assert [page.text[m.head_start : m.head_end] for m in page.mentions] == [
        "Guests", "Hall", "Ada", "Kellans", "she"
    ]  # fmt: skip
    (said,) = page.statements
    assert (words(said.content), said.chain, said.speaker, said.how) == (
        ["We saw Kellans"],
        "ferrin",
        "Ada Ferrin",
        "said",
    )
    assert (words(page.events), page.events[0].status) == (["left"], "happened")
    assert not may_train(page)


@pytest.mark.parametrize(
    ("cue", "how"), [("finds", "said"), ("saw", "said"), ("hopes", "thought"), ("said", "said")]
)
def test_data_gold_has_no_statement_that_is_none(tmp_path, cue, how):
    """What the guide takes for a statement is one, also under a cue that is mostly none: nothing of it is taken for known."""
    (row,) = ROWS["statements"]
    stated = [{**row, "cue": {**row["cue"], "text": cue}}]
    (said,) = _read(tmp_path, ROWS | {"statements": stated}).statements
    assert said.how == how


def test_data_gold_is_for_tuning_alone():
    """Nothing of the gold is trained on, since its figures are floors of the project, and no page of its test half is ever read."""
    assert list(gold.gold("train")) == []
    read = {t.id.rsplit("-", 1)[0] for t in gold.gold("dev")}
    assert read == set(DEVELOPMENT)
    assert not read & set(TEST)


@pytest.mark.parametrize("crisis", TEST)
def test_data_gold_refuses_what_is_held_out(crisis):
    """To ask for a crisis of the test half by name is an error."""
    with pytest.raises(ValueError, match="held out"):
        list(gold.gold("train", crises=(crisis,)))


def test_data_example_is_for_tuning_alone():
    """The example's figures are floors of the project: nothing of it is trained on, its statements stand where they are quoted."""
    assert list(gold.velmark("train")) == []
    pages = list(gold.velmark("dev"))
    assert pages
    assert [f for t in pages for f in faults(t)] == []
    assert sum(len(t.statements) for t in pages) > 100
    assert not any(map(may_train, pages))
