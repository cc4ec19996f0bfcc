"""The laws of statements, on constructions about invented people and on texts of chance."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Block, Chain, Document, Mention, Sentence, Span, Statement, Time, from_table, to_table
from variorum.settings import Settings
from variorum.tag import mentions, times, tokens
from variorum.tag.statements import STAGE

CASES = Path(__file__).parent / "cases"


def _cases(name):
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def _tables(texts, kind="paragraph", page="page"):
    docs, blocks = [], []
    for n, text in enumerate(texts):
        doc = Document(page=f"{page}{n}", text=text, language="en", published_earliest="2031-05-06", published_latest="2031-05-06")
        docs.append(doc)
        at = 0
        for line in text.split("\n"):
            if line.strip():
                blocks.append(Block(doc=doc.id, start=at, end=at + len(line), kind=kind))
            at += len(line) + 1
    tables = {"documents": to_table(Document, docs), "blocks": to_table(Block, blocks)}
    for stage in (tokens.STAGE, mentions.STAGE, times.STAGE):
        made = stage.run({name: tables[name] for name in stage.needs}, Settings())
        tables |= {name: made[name] for name in made if name != "refusals"}
    return tables


def _read(text, kind="paragraph"):
    return from_table(Statement, STAGE.run(_tables([text], kind), Settings())["statements"])


def _words(text, span):
    return None if span is None else text[span.start : span.end]


def _as_told(text, statement, found, wanted):
    """A statement in the words of a case, with only the fields that the case tells."""
    told = {
        "source": _words(text, statement.source),
        "cue": _words(text, statement.cue),
        "content": [_words(text, c) for c in statement.content],
    }
    for field in set(wanted) - set(told):
        if field == "addressee":
            told[field] = _words(text, statement.addressee)
        elif field == "via":
            outer = next((s for s in found if s.id == statement.via), None)
            told[field] = _words(text, outer.cue) if outer else None
        else:
            told[field] = getattr(statement, field)
    return told


@pytest.mark.parametrize("case", _cases("positive.jsonl"), ids=lambda c: c["name"])
def test_statements_reads_construction(case):
    """Each construction gives the statements it holds, whole and no others."""
    text = case["text"]
    found = _read(text, case["block"])
    left = list(case["statements"])
    told = []
    for statement in found:
        cue, source = _words(text, statement.cue), _words(text, statement.source)
        wanted = next((w for w in left if w["cue"] == cue and w["source"] == source), {})
        if wanted:
            left.remove(wanted)
        told.append(_as_told(text, statement, found, wanted))
    assert sorted(told, key=str) == sorted(case["statements"], key=str)


@pytest.mark.parametrize("case", _cases("near_miss.jsonl"), ids=lambda c: c["text"][:40])
def test_statements_leaves_near_miss(case):
    """What only looks like a statement gives none."""
    assert _read(case["text"]) == []
