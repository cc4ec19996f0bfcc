"""From texts to windows and back: nothing is lost, nothing is told that nobody said."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

pytest.importorskip("tokenizers", reason="pieces need the tokenizer")

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from training.augment import bare, cased
from training.data.form import Attribution, Mention, Name, Sentence, Span, Text, Token
from training.decode import arcs, clusters, spans_of
from training.documents import MISSING, document
from training.labels import TAGS, inventory
from training.windows import collate, cut
from training.words import SHAPES, Pieces, shape

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
    """A tokenizer of single letters, the pieces of which begin as those of the encoder do."""
    letters = "abcdefghijklmnopqrstuvwxyz“”,."
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{c}" for c in letters)]
    made = Tokenizer(models.WordPiece({v: n for n, v in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path = tmp_path_factory.mktemp("pieces") / "tokenizer.json"
    made.save(str(path))
    return Pieces(path)


SHAPED = [
    ("minister", "lower"), ("Toru", "title"), ("OSTREL", "upper"), ("A", "capital"), ("McKay", "mixed"), ("2,000", "number"),
    ("G20", "alphanumeric"), ("”", "quote"), ("...", "mark"), ("🙂", "other"), ("\u0301", "other"), ("", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "name"), SHAPED)
def test_every_word_has_a_shape(word, name):
    """The shape of any string is told, and never that of a piece which begins no word."""
    assert SHAPES[shape(word)] == name


@pytest.mark.parametrize("word", ["", "\u200b", "\u00a0", "🙂", "x" * 400, "e\u0301", "漢字"])
def test_every_word_has_a_first_piece(pieces, word):
    """Invisible, unknown and endless words have at least one piece and few; every word's place is its own."""
    coded = pieces.encode(["a", word, "b"])
    assert len(set(coded.first)) == 3
    assert 1 <= len(pieces.of(word)) <= 12
    assert len(coded.ids) == len(coded.shapes)


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


def test_spans_and_trees_stay_in_their_places():
    """A span goes on only behind its beginning; each sentence of a window has one root and points to nothing outside."""
    assert spans_of(np.eye(3)[[2, 2, 0, 1, 1, 2, 0]]) == [(0, 1), (3, 3), (4, 5)]
    random = np.random.default_rng(3)
    sentence = np.array([0, 0, 0, 1, 1, 2])
    found = arcs(random.normal(size=(6, 7)), sentence)
    assert [(found[sentence == s] == 0).sum() for s in range(3)] == [1, 1, 1]
    assert all(h == 0 or sentence[h - 1] == sentence[n] for n, h in enumerate(found.tolist()))


def test_chains_follow_the_best_antecedent():
    """A mention joins its best antecedent above 0 and stands alone otherwise; of equals the nearer wins."""
    left, right = np.array([0, 0, 1, 0, 1, 2]), np.array([1, 2, 2, 3, 3, 3])
    assert clusters(4, left, right, np.array([-1.0, 0.5, 0.2, 1.0, 1.0, 0.1])).tolist() == [0, 1, 0, 1]
