"""Mentions and chains: cases as data (invented people and states), and laws that hold for any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Block, Chain, Document, Mention, from_table, to_table
from variorum.settings import Settings
from variorum.tag import mentions, reading, sentences

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "chains.jsonl").read_text(encoding="utf-8").splitlines()
]
PIECES = (
    "Marovia Velmark's Ana Belk Mr. Gen. Tarn President spokeswoman the The he She it its , . ( ) - — \" “ ” 's of for in and al - "
    "ministry Ministry police Defence UN ISFV Kremlin Serbia Serbs mayor said told A a \n\n KOSTEN Republic Bank who 45"
).split(" ")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=80)


def documents(*texts):
    docs, blocks = [], []
    for number, text in enumerate(texts):
        doc = Document(page=f"p{number}", text=text, language="en")
        docs.append(doc)
        at = 0
        for part in text.split("\n\n"):
            if part:
                blocks.append(Block(doc=doc.id, start=at, end=at + len(part), kind="paragraph"))
            at += len(part) + 2
    return {"documents": to_table(Document, docs), "blocks": to_table(Block, blocks)}


def run(*texts):
    tables = documents(*texts)
    for stage in (sentences.STAGE, reading.STAGE, mentions.STAGE):
        tables |= stage.run(tables, Settings())
    return from_table(Mention, tables["mentions"]), from_table(Chain, tables["chains"])


@pytest.mark.parametrize("case", CASES, ids=[c["law"] for c in CASES])
def test_chains(case):
    """Each case states its law."""
    text = case["text"]
    found, chains = run(text)
    names = {c.id: c.name for c in chains}
    heads = [
        (text[m.head.start : m.head.end], m) for m in sorted(found, key=lambda m: (m.head.start, m.start))
    ]
    for wanted in case["chains"]:
        match = [c for c in chains if (c.kind, c.name) == (wanted["kind"], wanted["name"])]
        assert len(match) == 1, sorted((c.kind, c.name) for c in chains)
        chain = match[0]
        if "heads" in wanted:
            assert [h for h, m in heads if m.chain == chain.id] == wanted["heads"]
        if "roles" in wanted:
            assert list(chain.roles) == wanted["roles"]
        if "speaks_for" in wanted:
            assert names.get(chain.speaks_for) == wanted["speaks_for"]
        assert set(wanted.get("aliases", ())) <= set(chain.aliases)
    for word in case.get("loose", ()):
        assert [m.chain for h, m in heads if h == word] == [""]
    for word in case.get("absent", ()):
        assert word not in [h for h, _ in heads]


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_any_text_gives_sound_mentions(text):
    """Any text: no stop; mentions lie in the text and hold their heads; every chain named is there and is used."""
    found, chains = run(text)
    known = {c.id: c for c in chains}
    for m in found:
        assert 0 <= m.start <= m.head.start < m.head.end <= m.end <= len(text)
        assert "\n\n" not in text[m.start : m.end]
        assert m.chain == "" or m.chain in known
    assert set(known) == {m.chain for m in found} - {""}
    for c in chains:
        assert c.speaks_for != c.id
        assert c.speaks_for == "" or c.speaks_for in known


@settings(max_examples=25, deadline=None)
@given(TEXTS, TEXTS)
def test_documents_are_read_alone(left, right):
    """A document's mentions and chains are a function of that document alone."""
    tables = documents(left, right)
    for stage in (sentences.STAGE, reading.STAGE, mentions.STAGE):
        tables |= stage.run(tables, Settings())
    mine = from_table(Document, tables["documents"])[0].id
    alone, chains = run(left)
    assert [m for m in from_table(Mention, tables["mentions"]) if m.doc == mine] == alone
    assert [c for c in from_table(Chain, tables["chains"]) if c.doc == mine] == chains


def test_two_unnamed_officials_are_two():
    """One description for two people makes two chains with two ids."""
    _, chains = run("A police spokesman said no. Another police spokesman said yes.")
    assert [c.name for c in chains].count("police spokesman") == 2


def test_resources_are_named():
    """The ledger key covers the word lists and the gazetteer."""
    names = [name for name, _ in mentions.STAGE.resources()]
    assert {"titles.tsv", "text/gazetteer.parquet"} <= set(names)


def test_a_list_of_states_may_be_long():
    """Names of states by the hundred in one sentence are all found, as one state."""
    found, chains = run("He named " + "France, " * 400 + "on Monday.")
    assert len([m for m in found if m.kind == "place"]) == 400
    assert [c.name for c in chains if c.kind == "place"] == ["France"]


def test_mentions_of_one_by_the_hundred():
    """Hundreds of roles, pronouns and names of one person on a page are all hers."""
    found, chains = run("Minister Ana Belk spoke. " + "The minister said that she was there. " * 200)
    (belk,) = [c for c in chains if c.name == "Ana Belk"]
    assert sum(m.chain == belk.id for m in found) >= 300
