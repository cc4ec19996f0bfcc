"""From scores to labels: what is told of a document is told of its words, whatever they are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.dice import LABELS, Dice, letters
from variorum.models import decode
from variorum.models.decode import clusters, mention_rows, read, relations, spans_of, statements
from variorum.models.labels import Labels
from variorum.models.windows import WINDOW, Words


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    """Pieces of single letters."""
    return letters(tmp_path_factory.mktemp("pieces"))


def _words(sentences):
    counts = [len(s) for s in sentences]
    return Words(
        words=[w for s in sentences for w in s],
        sentence=np.repeat(np.arange(len(counts)), np.array(counts, dtype=np.int64)),
    )


def _read(pieces, sentences):
    return read(_words(sentences), Dice(), pieces, LABELS)


def _fits(found, sentences):
    count = sum(len(s) for s in sentences)
    assert {len(v) for v in (found.upos, found.lemmas, found.arc, found.deprel)} == {count}
    held = _words(sentences).sentence
    assert all(
        h == -1 or (held[h] == held[n] and h != n) for n, h in enumerate(found.arc.tolist()) if h != -1
    )
    for spans in found.spans.values():
        assert all(0 <= a <= b < count for a, b in spans)
        assert all(b < c for (_, b), (c, _) in itertools.pairwise(spans))
    for head, first, last, chain, _ in found.mentions.tolist():
        assert first <= head <= last
        assert held[first] == held[last]
        assert 0 <= chain < len(found.mentions)


WORD = st.one_of(
    st.sampled_from(
        [
            "ford",
            "Ostrel",
            "OSTREL",
            "\u200b",
            "\u00a0",
            "e\u0301",
            "🙂👩‍👩‍👧",
            "“",
            "”",
            ".",
            "漢字",
            "\u0301",
            "I",
            "\u202e",
            "G20",
        ]
    ),
    st.text(min_size=1, max_size=40),
)
TEXTS = st.lists(st.lists(WORD, max_size=30), max_size=20)


@settings(max_examples=60, deadline=None)
@given(sentences=TEXTS, others=TEXTS)
def test_any_words_are_read_and_alone(pieces, sentences, others):
    """Whatever the words: every word has its labels, every place is a word of the document, and no reading hangs on the one before."""
    first = _read(pieces, sentences)
    _fits(first, sentences)
    _read(pieces, others)
    second = _read(pieces, sentences)
    assert first.lemmas == second.lemmas
    assert (first.spans, first.statements) == (second.spans, second.statements)
    for name in ("upos", "arc", "deprel", "mentions"):
        assert getattr(first, name).tolist() == getattr(second, name).tolist()


def test_a_sentence_without_end_is_read(pieces):
    """A sentence of 10,000 words has its labels, in windows that the encoder can hold."""
    sentences = [[*"abc"], ["ford"] * 10_000, ["shut"]]
    dice = Dice()
    found = read(_words(sentences), dice, pieces, LABELS)
    _fits(found, sentences)
    assert max(length for _, length in dice.batches) <= WINDOW + 2


def test_a_document_of_no_words_is_read(pieces):
    """No sentence, or sentences without words: a reading of nothing, and the model is not asked."""
    for sentences in ([], [[], []]):
        found = _read(pieces, sentences)
        _fits(found, sentences)
        assert set(found.spans) == set(LABELS.tags)
        assert found.statements == []


def test_spans_begin_where_told_and_go_on_behind_a_word():
    """A span goes on only behind a word of a span; what goes on behind nothing begins."""
    assert spans_of(np.array([2, 2, 0, 1, 1, 2, 0])) == [(0, 1), (3, 3), (4, 5)]
    assert spans_of(np.array([0, 0, 2])) == [(2, 2)]
    assert spans_of(np.array([1])) == [(0, 0)]
    assert spans_of(np.zeros(0, dtype=np.int64)) == []


def test_a_mention_stays_in_its_sentence_and_around_its_head():
    """Its first word is the best at or before the head, its last at or behind it, whatever words of other sentences score."""
    random = np.random.default_rng(5)
    sentence = np.array([0, 0, 0, 1, 1, 1, 1])
    out = {name: random.normal(size=(7, 8)).astype(np.float32) for name in ("first", "last")}
    out["mention"] = np.zeros((7, 3), dtype=np.float32)
    out["mention"][[1, 5], [2, 1]] = 1.0
    found = mention_rows(out, sentence).tolist()
    wanted = [
        [1, int(out["first"][1, 1:3].argmax()), 1 + int(out["last"][1, 2:4].argmax()), 2],
        [5, 3 + int(out["first"][5, 4:7].argmax()), 5 + int(out["last"][5, 6:8].argmax()), 1],
    ]
    assert found == wanted


def test_a_content_goes_on_over_the_border_of_windows(pieces, monkeypatch):
    """What one window leaves open and the next goes on with is one span."""

    class Inside(Dice):
        def read(self, inputs):
            out = super().read(inputs)
            out["tags"][...] = np.array([0, 0, 1])
            return out

    sentences = [["ford"] * 40] * 6
    found = read(_words(sentences), Inside(), pieces, LABELS)
    assert found.spans["content"] == [(0, 239)]


def test_statements_take_the_spans_that_they_point_to():
    """Cue and source of a content are the spans around the words to which its first word points, the words alone where none is."""
    spans = {"content": [(4, 6)], "inner": [(5, 6)], "cue": [(1, 2)], "source": []}
    cue, source = np.array([-1] * 4 + [2, -1, -1]), np.array([-1] * 4 + [0, -1, -1])
    manner = np.zeros((7, 2), dtype=np.float32)
    manner[2, 0] = 1.0
    outer, inner = statements(spans, cue, source, manner)
    assert (outer.content, outer.cue, outer.source, outer.negated, outer.thought) == (
        (4, 6),
        (1, 2),
        (0, 0),
        1,
        0,
    )
    assert (inner.cue, inner.source, inner.negated) == (None, None, 0)


def test_chains_follow_the_best_antecedent():
    """A mention joins its best antecedent above 0 and stands alone otherwise; of equals the nearer wins."""
    left, right = np.array([0, 0, 1, 0, 1, 2]), np.array([1, 2, 2, 3, 3, 3])
    assert clusters(4, left, right, np.array([-1.0, 0.5, 0.2, 1.0, 1.0, 0.1])).tolist() == [0, 1, 0, 1]


def test_the_root_has_its_own_relation():
    """`root` is the label of the arc to the root, whatever scores say, and of no other arc."""
    labels = Labels(deprels=("nsubj", "root"), scripts=("0|",))
    scores = np.array([[2.0, 1.0], [0.0, 9.0]], dtype=np.float32)
    assert relations(scores, np.array([0, 1]), labels).tolist() == [1, 0]


def test_arcs_and_pairs_are_scored_alike_in_parts(pieces, monkeypatch):
    """How many arcs and pairs are scored at once changes no label and no chain."""
    sentences = [[*"abcdefghij"]] * 5
    whole = _read(pieces, sentences)
    monkeypatch.setattr(decode, "ARCS_TOGETHER", 7)
    monkeypatch.setattr(decode, "PAIRS_TOGETHER", 7)
    parts = _read(pieces, sentences)
    assert parts.deprel.tolist() == whole.deprel.tolist()
    assert parts.mentions.tolist() == whole.mentions.tolist()


def test_names_do_not_overlap():
    """Of names that overlap the one that its words speak for most in sum stays; spans of other tags may nest as they will."""
    tags = ("name:person", "name:place", "name:organisation", "content", "inner")
    scores = np.array([[-1, 3, 2, 5, 5], [-1, -2, 2, 5, 5], [4, 1, 1, 5, 5]], dtype=np.float32)
    spans = {
        "name:person": [(2, 2)], "name:place": [(0, 0), (2, 2)], "name:organisation": [(0, 1)],
        "content": [(0, 2)], "inner": [(1, 2)],
    }  # fmt: skip
    assert decode.apart(spans, scores, tags) == {
        "name:person": [(2, 2)], "name:place": [], "name:organisation": [(0, 1)], "content": [(0, 2)], "inner": [(1, 2)],
    }  # fmt: skip
