"""The how-to's reader does what it says: its code is run on stand-ins for spaCy's objects."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from variorum.models.reading import Mentioned, Named, Reading, checked

PAGE = Path(__file__).resolve().parents[1] / "docs" / "how-to" / "own-reader.md"
TEXT = "Vela Toru isn't in Ostrel. \u200b Vela Toru left on Monday."
SENTENCES = [
    [(0, 4), (5, 9), (10, 12), (12, 15), (16, 18), (19, 25), (25, 26)],
    [(27, 28), (29, 33), (34, 38), (39, 43), (44, 46), (47, 53), (53, 54)],
]
# governor, part of speech, relation of each word, as spaCy tells them (a root governs itself)
TOLD = [
    (1, "PROPN", "compound"), (2, "PROPN", "nsubj"), (2, "AUX", "ROOT"), (2, "PART", "neg"), (2, "ADP", "prep"), (4, "PROPN", "pobj"),
    (2, "PUNCT", "punct"), (2, "SPACE", "dep"), (9, "PROPN", "compound"), (10, "PROPN", "nsubj"), (10, "VERB", "ROOT"),
    (10, "ADP", "prep"), (11, "PROPN", "pobj"), (10, "PUNCT", "punct"),
]  # fmt: skip
ENTITIES = [(0, 2, 1, "PERSON"), (5, 6, 5, "GPE"), (8, 10, 9, "PERSON"), (12, 13, 12, "DATE")]


class Doc:
    """What the how-to uses of `spacy.tokens.Doc`."""

    def __init__(self, vocab, words, spaces, sent_starts):
        assert len(words) == len(spaces) == len(sent_starts)
        assert vocab == "vocabulary"
        self.words, self.spaces, self.sent_starts, self.tokens, self.ents = words, spaces, sent_starts, [], []

    def __iter__(self):
        return iter(self.tokens)


def parser(doc):
    """A component that tells what `TOLD` has."""
    doc.tokens = [
        SimpleNamespace(i=n, text=w, pos_=pos, lemma_=w.lower(), dep_=dep, head=None)
        for n, (w, (_, pos, dep)) in enumerate(zip(doc.words, TOLD, strict=True))
    ]
    for token, (head, _, _) in zip(doc.tokens, TOLD, strict=True):
        token.head = doc.tokens[head]
    return doc


def names(doc):
    """A component that tells what `ENTITIES` has."""
    doc.ents = [
        SimpleNamespace(start=a, end=b, root=doc.tokens[r], label_=label, text=" ".join(doc.words[a:b]))
        for a, b, r, label in ENTITIES
    ]
    return doc


@pytest.fixture
def reader(monkeypatch):
    """The reader of the how-to, over the stand-ins."""
    spacy, tokens = ModuleType("spacy"), ModuleType("spacy.tokens")
    spacy.load = lambda name: SimpleNamespace(
        vocab="vocabulary", pipeline=[("parser", parser), ("ner", names)]
    )
    tokens.Doc = Doc
    monkeypatch.setitem(sys.modules, "spacy", spacy)
    monkeypatch.setitem(sys.modules, "spacy.tokens", tokens)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    held = {}
    exec(compile(code, str(PAGE), "exec"), held)
    return held["spacy_reader"]()


def test_the_readers_words_are_ours(reader):
    """Its reading of two sentences fits our words: names in our kinds, governors within the sentence, relations by Universal names."""
    found = checked(reader.read(TEXT, SENTENCES), SENTENCES)
    assert found.names == (Named(0, 1, "person"), Named(5, 5, "place"), Named(8, 9, "person"))
    assert found.mentions[2] == Mentioned(8, 9, 9, found.mentions[0].chain, "person")
    assert found.heads[2] == found.heads[7] == found.heads[10] == -1
    assert found.deprels[2:4] == ("root", "advmod")
    assert found.upos[7] == "X"
    assert found.negations == ((3, 3),)
    assert found.statements == ()


def test_the_pipeline_gets_spaces_and_sentences_as_they_are(reader):
    """Words that touch have no space between them; each sentence begins where ours does."""
    held = {}
    reader.nlp.pipeline.insert(0, ("spy", lambda doc: held.setdefault("doc", doc)))
    reader.read(TEXT, SENTENCES)
    assert [n for n, starts in enumerate(held["doc"].sent_starts) if starts] == [0, 7]
    assert [n for n, space in enumerate(held["doc"].spaces) if not space] == [2, 5, 12, 13]


def test_nothing_is_read_in_nothing(reader):
    """A document without words needs no pipeline."""
    assert reader.read("", []) == reader.read("a", [[]]) == Reading()
