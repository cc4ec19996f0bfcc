"""The stage `sentences`: sentences within blocks, other languages said to be unread."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Block, Document, Refusal, Sentence, from_table, to_table
from variorum.settings import Settings
from variorum.tag.sentences import STAGE, UNREAD


def page(text, *, language="en", number=0):
    """A document of which each paragraph is a block."""
    doc = Document(page=f"p{number}", text=text, language=language)
    blocks, at = [], 0
    for part in text.split("\n\n"):
        if part:
            blocks.append(Block(doc=doc.id, start=at, end=at + len(part), kind="paragraph"))
        at += len(part) + 2
    return doc, blocks


def run(*pages):
    docs, blocks = zip(*pages, strict=True)
    tables = {
        "documents": to_table(Document, docs),
        "blocks": to_table(Block, [b for found in blocks for b in found]),
    }
    return STAGE.run(tables, Settings())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_sentences_lie_in_blocks(text):
    """Any text: no stop, every place is in the text, sentences lie in blocks without overlap."""
    doc, blocks = page(text)
    made = run((doc, blocks))
    held = {b.id: b for b in blocks}
    sentences = from_table(Sentence, made["sentences"])
    for s in sentences:
        assert held[s.block].start <= s.start < s.end <= held[s.block].end
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))


def test_other_languages_are_refused_by_table():
    """A page that is not in English has no sentences and one refusal for each table that stays unknown."""
    made = run(page("Nichts davon ist wahr. Gar nichts.", language="de"))
    refusals = from_table(Refusal, made["refusals"])
    assert made["sentences"].num_rows == 0
    assert sorted(r.table for r in refusals) == sorted(UNREAD)
    assert {r.reason for r in refusals} == {"unknown: language (de)"}


def test_each_document_alone():
    """What a document gets does not depend on the documents beside it, nor on their order."""
    a, b = page('"No," said Ana. He left.', number=1), page("Dr. Tol came. It rained.", number=2)
    together, swapped, alone = run(a, b), run(b, a), run(b)
    assert together["sentences"].equals(swapped["sentences"])
    mine = [s for s in from_table(Sentence, together["sentences"]) if s.doc == b[0].id]
    assert mine == from_table(Sentence, alone["sentences"])
