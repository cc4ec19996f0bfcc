"""From texts to windows and back: nothing is lost, nothing is told that nobody said."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from training.augment import bare, cased
from training.data.form import Attribution, Mention, Name, Sentence, Span, Text, Token, faults
from training.data.plain import as_found
from training.documents import MISSING, document
from training.folds import FOLDS, left_out
from training.labels import KEEP, inventory
from training.windows import collate, cut

from models.dice import letters
from training import speakers
from variorum.models.decode import Decoded
from variorum.models.labels import MENTIONS, TAGS, UPOS, Labels
from variorum.models.pieces import SHAPES

TEXT = "Vela Toru left . “ The ford is shut ” , she said ."
# form, governor (from 1, 0 the root), relation
ROWS = [
    [("Vela", 3, "nsubj"), ("Toru", 1, "flat"), ("left", 0, "root"), (".", 3, "punct")],
    [
        ("“", 5, "punct"), ("The", 3, "det"), ("ford", 5, "nsubj"), ("is", 5, "cop"), ("shut", 9, "ccomp"), ("”", 5, "punct"),
        (",", 5, "punct"), ("she", 9, "nsubj"), ("said", 0, "root"), (".", 7, "punct"),
    ],
]  # fmt: skip


def _text(**more):
    at, sentences = 0, []
    for rows in ROWS:
        tokens = []
        for form, above, relation in rows:
            at = TEXT.index(form, at)
            upos = "NOUN" if form[0].isalpha() else "PUNCT"
            tokens.append(Token(at, at + len(form), upos, form.lower(), above - 1, relation))
            at += len(form)
        sentences.append(Sentence(tokens[0].start, tokens[-1].end, tuple(tokens)))
    she = TEXT.index("she")
    return Text(
        id="t", corpus="made", split="train", licence="CC0", genre="news", text=TEXT, sentences=tuple(sentences),
        layers=frozenset({"syntax", "names", "mentions", "heads", "chains", "statements"}),
        names=(Name(0, 9, "person"),), kinds=frozenset({"person"}),
        mentions=(Mention(0, 9, 5, 9, "c", "person"), Mention(she, she + 3, she, she + 3, "c", "person")),
        statements=(
            Attribution((Span(she, she + 3),), (Span(she + 4, she + 8),), (Span(TEXT.index("“"), TEXT.index("”") + 1),), how="said"),
        ), **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    """Pieces of single letters."""
    return letters(tmp_path_factory.mktemp("pieces"))


def test_a_document_says_what_was_marked_and_no_more():
    """Marked kinds are inside or outside, others missing; governors, sources and cues are words."""
    held = document(_text(), inventory([_text()]))
    person, place = (held.tags[:, TAGS.index(f"name:{k}")] for k in ("person", "place"))
    assert person.tolist() == [1, 2] + [0] * 12
    assert (place == MISSING).all()
    assert held.classes["arc"].tolist()[:4] == [2, 0, -1, 2]
    assert held.classes["source"][4] == held.words.index("she")
    assert held.classes["cue"][4] == held.words.index("said")
    assert held.mentions.tolist() == [[1, 0, 1, 0], [11, 11, 11, 0]]


def test_where_a_corpus_marks_in_part_nothing_is_outside():
    """With a partial layer unmarked words are missing, not outside; unsure stretches too. In sentences of statements they are outside."""
    held = document(_text(partial=frozenset({"names"})), inventory([_text()]))
    assert held.tags[:, TAGS.index("name:person")].tolist() == [1, 2] + [MISSING] * 12
    said = document(_text(partial=frozenset({"statements"})), inventory([_text()]))
    assert set(said.tags[:4, TAGS.index("content")].tolist()) == {MISSING}
    assert MISSING not in said.tags[4:, TAGS.index("content")]
    unsure = document(_text(unsure=(Span(10, 14),)), inventory([_text()]))
    assert unsure.tags[:3, TAGS.index("name:person")].tolist() == [1, 2, MISSING]


@pytest.mark.parametrize("limit", [3, 12, 20, 30, 500])
def test_windows_hold_all_words_and_true_pointers(pieces, limit):
    """Whatever the limit: windows join to the document, none is above the limit unless one word is, pointers mean the same words."""
    whole = document(_text(), inventory([_text()]))
    held = cut(whole, pieces, limit)
    assert [w for part in held for w in part.words] == whole.words
    for part in held:
        assert len(part.words) == 1 or sum(len(pieces.of(w)) for w in part.words) <= limit
        for word, local in enumerate(part.labels["arc"].tolist()):
            if local > 0:
                assert whole.classes["arc"][part.a + word] == part.a + local - 1


def test_padding_is_marked_and_labels_nothing(pieces):
    """In a batch of unequal windows padding carries no word, no label and no piece."""
    whole = document(_text(), inventory([_text()]))
    batch = collate(cut(whole, pieces, 20), pieces)
    size = [len(w.words) for w in batch.windows]
    assert len(set(size)) > 1
    assert batch.inputs["word"].sum(1).tolist() == size
    for values in (*batch.labels.values(), batch.tags):
        assert all((values[n, s:] == MISSING).all() for n, s in enumerate(size))


def test_without_punctuation_the_rest_hangs_together(pieces):
    """Words that stay keep their labels; a governor that went is replaced by its own; spans begin at what stays."""
    labels = inventory([_text()])
    (window,) = cut(document(_text(), labels), pieces)
    left = bare(window)
    assert left.words == ["Vela", "Toru", "left", "The", "ford", "is", "shut", "she", "said"]
    assert left.labels["arc"].tolist() == [3, 1, 0, 5, 7, 7, 9, 9, 0]
    assert left.tags[:, labels.tags.index("content")].tolist() == [0, 0, 0, 1, 2, 2, 2, 0, 0]
    assert left.mentions.tolist() == [[1, 0, 1, 0], [7, 7, 7, 0]]


def test_case_changes_shapes_alone(pieces):
    """A window in capitals has the same pieces and labels."""
    (window,) = cut(document(_text(), inventory([_text()])), pieces)
    loud = cased(window, "upper")
    assert {SHAPES[s] for s in loud.shapes} == {"upper", "mark", "quote"}
    assert msgspec.structs.replace(loud, shapes=window.shapes) == window or loud.words == window.words


def test_a_kind_that_nobody_tells_teaches_no_kind():
    """A mention of unknown kind has no class, but its words and its chain stay; one of none of our kinds is a thing."""
    she = TEXT.index("she")
    rows = (Mention(0, 9, 5, 9, "c", None), Mention(she, she + 3, she, she + 3, "c", ""))
    held = document(msgspec.structs.replace(_text(), mentions=rows), inventory([_text()]))
    assert held.classes["mention"][[0, 1, 11]].tolist() == [0, MISSING, MENTIONS.index("thing")]
    assert held.mentions.tolist() == [[1, 0, 1, 0], [11, 11, 11, 0]]


def test_a_lemma_without_a_class_teaches_no_lemma():
    """A word whose edit script is too rare to be a class is no example of keeping the form."""
    held = document(_text(), Labels(deprels=("root",), scripts=(KEEP,)))
    assert held.classes["lemma"].tolist() == [0] * 14
    odd = _text()
    first = odd.sentences[0]
    tokens = (msgspec.structs.replace(first.tokens[0], lemma="vel"), *first.tokens[1:])
    changed = (msgspec.structs.replace(first, tokens=tokens), *odd.sentences[1:])
    held = document(
        msgspec.structs.replace(odd, sentences=changed), Labels(deprels=("root",), scripts=(KEEP,))
    )
    assert held.classes["lemma"].tolist() == [MISSING] + [0] * 13


def _reading(**more):
    size = 14
    held = {
        "upos": np.full(size, UPOS.index("NOUN")), "lemmas": [""] * size, "arc": np.full(size, -1), "deprel": np.zeros(size, dtype=int),
        "spans": {}, "statements": [], "mentions": np.zeros((0, 5), dtype=int),
    }  # fmt: skip
    return Decoded(**held | more)


def test_relations_that_training_never_saw_count_as_missed():
    """The score of arcs with labels is over all words that have a governor, also where the label is no class of the model."""
    scores = pytest.importorskip(
        "training.scores", reason="scipy is for training alone", exc_type=ImportError
    )
    labels = Labels(deprels=("nsubj", "root"), scripts=(KEEP,))
    whole = document(_text(), labels)
    told = [labels.deprels.index(r) if r in labels.deprels else 0 for rows in ROWS for _, _, r in rows]
    found = scores.scores([(whole, _reading(arc=whole.classes["arc"], deprel=np.array(told)))], labels)
    assert found["uas"] == 1.0
    assert found["las"] == round(5 / 14, 4)


def test_all_marked_mentions_are_wanted():
    """Of two mentions with one head the form keeps the narrower; scores by span still ask for both, singletons where told so."""
    scores = pytest.importorskip(
        "training.scores", reason="scipy is for training alone", exc_type=ImportError
    )
    wide = Mention(0, TEXT.index("left") + 4, 5, 9, "d", "person")
    labels = inventory([_text()])
    whole = document(msgspec.structs.replace(_text(), mentions=(*_text().mentions, wide)), labels)
    assert len(whole.mentions) == 2
    assert sorted(scores.all_mentions(whole)) == [(0, 1), (0, 2), (11, 11)]
    rows = np.array([[1, 0, 1, 0, 2], [11, 11, 11, 0, 2]])
    found = scores.scores([(whole, _reading(mentions=rows))], labels)
    assert found["mentions"] == 0.8
    assert found["coreference exact"] == 1.0
    assert found["coreference exact, singletons"] < 1.0


def test_the_speaker_is_a_name_and_not_all_that_stands_around_it():
    """A source whose head is no proper noun is asked for; the answer is the chain's name, not a common noun nor the whole mention."""
    whole = document(_text(), inventory([_text()]))
    said = Attribution(
        (Span(TEXT.index("The"), TEXT.index("The") + 8),), (), (Span(0, 4),), speaker="Vela Toru"
    )
    held = msgspec.structs.replace(whole, text=msgspec.structs.replace(whole.text, statements=(said,)))
    assert [(a, b) for a, b, _ in speakers.asked(held)] == [(5, 6)]
    upos = np.full(14, UPOS.index("NOUN"))
    upos[:2] = UPOS.index("PROPN")
    rows = np.array([[1, 0, 3, 0, 2], [6, 5, 6, 0, 2]])
    for spans in ({}, {"name:person": [(0, 1)]}):
        assert speakers.answer(held, _reading(upos=upos, mentions=rows, spans=spans), 5, 6) == "Vela Toru"
    assert speakers.answer(held, _reading(mentions=rows), 5, 6) == ""


def test_a_text_can_be_read_without_its_corpus_words():
    """As the product finds a text it has words but no syntax, and what was marked in it stays."""
    found = as_found(_text())
    assert "syntax" not in found.layers
    assert not faults(found)
    assert {t.upos for t in found.tokens()} == {None}
    assert document(found, inventory([_text()])).mentions[:, 0].tolist() == [1, 11]


@pytest.mark.parametrize(
    ("corpus", "one", "other"),
    [("wikigold", "wikigold-1", "wikigold-300")],
)
def test_what_tells_of_the_same_is_left_out_together(corpus, one, other):
    """Pages of a crisis and neighbouring sentences of an article fall into one part; each text falls into one part alone."""
    texts = [msgspec.structs.replace(_text(), corpus=corpus, id=key) for key in (one, other)]
    parts = [[n for n in range(FOLDS) if left_out(text, n)] for text in texts]
    assert parts[0] == parts[1]
    assert len(parts[0]) == 1
    assert not left_out(texts[0], -1)
