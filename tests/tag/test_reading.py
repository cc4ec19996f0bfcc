"""The stage `reader`: what a reader says of words becomes tokens and labels at code points."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Block, Document, Label, Sentence, Token, from_table, to_table
from variorum.settings import Settings
from variorum.tag import reading, sentences

PLAIN = Settings(reader="tag.readers:Plain")


def run(*texts, settings=PLAIN):
    docs = [Document(page=f"p{n}", text=text, language="en") for n, text in enumerate(texts)]
    blocks = [Block(doc=d.id, start=0, end=len(d.text), kind="paragraph") for d in docs if d.text]
    tables = {"documents": to_table(Document, docs), "blocks": to_table(Block, blocks)}
    for stage in (sentences.STAGE, reading.STAGE):
        tables |= stage.run(tables, settings)
    return docs, tables


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_reading_tokens_lie_in_their_sentences(text):
    """Any text: each token lies in its sentence and is governed within it, each label lies in the text."""
    _, tables = run(text)
    held = {s.id: s for s in from_table(Sentence, tables["sentences"])}
    tokens = from_table(Token, tables["tokens"])
    for token in tokens:
        sentence = held[token.sentence]
        assert sentence.start <= token.start < token.end <= sentence.end
        assert -1 <= token.head < sum(t.sentence == token.sentence for t in tokens)
    assert all(0 <= m.start < m.end <= len(text) for m in from_table(Label, tables["labels"]))


def test_reading_labels_stand_where_the_reader_says():
    """Names, mentions with head and chain, and the parts of statements stand at the words that the reader named."""
    text = "No deal, so Belk"
    (doc,), tables = run(text)
    found = from_table(Label, tables["labels"])
    at = {(m.layer, text[m.start : m.end]): m for m in found}
    assert at["name", "Belk"].kind == "person"
    assert at["mention", "Belk"].head is not None
    assert at["content", "No deal, so"].said == at["source", "Belk"].said == 0
    assert {m.doc for m in found} == {doc.id}


def test_reading_each_document_alone():
    """What a document gets does not depend on the documents beside it, nor on their order."""
    one, other = "Tol came. It rained.", "Nobody saw Ana Belk"
    (_, mine), both = run(one, other)
    (alone,), single = run(other)
    strip = [(t.start, t.end, t.head, t.upos) for t in from_table(Token, both["tokens"]) if t.doc == mine.id]
    assert strip == [
        (t.start, t.end, t.head, t.upos) for t in from_table(Token, single["tokens"]) if t.doc == alone.id
    ]


def test_reading_what_shapes_it_is_named():
    """The ledger key covers which reader read and the files that it read with."""
    assert reading.STAGE.settings == ("reader",)
    assert "reader.onnx" in dict(reading.STAGE.resources())
