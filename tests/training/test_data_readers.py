"""Readers of training corpora: every format comes to one form with exact offsets."""

from __future__ import annotations

import pytest
from tests.training import made
from training.data import entities, events, gum, web
from training.data.form import Fault, faults
from training.data.package import records


def words(text, spans):
    return [text.text[s.start : s.end] for s in spans]


def named(text):
    return [(text.text[n.start : n.end], n.kind) for n in text.names]


@pytest.fixture
def ewt(tmp_path):
    return next(web.ewt("train", made.web(tmp_path)))


@pytest.fixture
def note(tmp_path):
    return next(gum.gum("train", made.gum(tmp_path)))


def test_data_syntax_is_whole(ewt):
    """Tokens are exact code points, heads count from 0 within the sentence, the root has -1."""
    tokens = list(ewt.tokens())
    assert words(ewt, tokens)[:8] == ["😀", "Vela", "Toru", "of", "Ostrel", "did", "n't", "say"]
    say = next(t for t in tokens if t.lemma == "say")
    assert (say.head, say.deprel, tokens[tokens[1].head]) == (-1, "root", say)
    assert ewt.sentences[0].id == "1"
    assert ewt.text[ewt.sentences[0].start : ewt.sentences[0].end] == ewt.text


def test_data_names_of_another_spacing_are_laid_on(ewt):
    """Names marked on a text with other white space stand on the treebank's own text; kinds outside of the benchmark are none."""
    assert named(ewt) == [("Vela Toru", "person"), ("Ostrel", "place")]
    assert ewt.kinds == {"person", "organisation", "place", "group"}


def test_data_other_words_are_a_fault():
    """Two texts that differ in more than white space are never aligned."""
    assert web.aligned("a bc", "ab c") == [0, 2, -1, 3]
    with pytest.raises(Fault):
        web.aligned("a bc", "a bd")


def test_data_statements_have_the_guides_borders(ewt, note):
    """Cues come without auxiliary and negation, contents without "that", marks and stop; the negation is kept as such."""
    for text in (ewt, note):
        (said,) = text.statements
        assert words(text, said.source) == ["Vela Toru of Ostrel"]
        assert words(text, said.cue) == ["say"]
        assert words(text, said.content) == ["the ford is shut"]
        assert said.negated
        assert said.how == "said"
    assert (note.statements[0].chain, note.statements[0].speaker) == ("1", "Vela Toru")


def test_data_list_of_predicates_is_partial(ewt, note):
    """Statements of a closed list of predicates are no evidence where there are none; those of a whole annotation are."""
    assert ewt.partial == {"statements"}
    assert note.partial == set()


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, 1),
        ({"clausal": False, "quote": "indirect"}, 0),
        ({"args": {"source": ["S1"], "cue": [], "content": ["C1"]}}, 0),
        ({"args": {"source": [], "cue": ["K1"], "content": ["C1"]}}, 1),
        ({"args": {"source": ["S1"], "cue": ["K1"], "content": []}}, 0),
    ],
)
def test_data_what_is_no_statement_is_left_out(tmp_path, change, kept):
    """A thing told, a content without cue, a cue without content: none is an attribution; one without source is."""
    root = made.web(tmp_path)
    told = made.note_statement(**change)
    made.write(root, "statements/ewt", "train", [{"id": "weblog-1.xml", "meta": {}, **told}])
    assert len(next(web.ewt("train", root)).statements) == kept


def test_data_negations_name_what_they_negate(ewt):
    """A negating word comes with the word that governs it."""
    assert [(words(ewt, [n.cue]), words(ewt, [n.negated])) for n in ewt.negations] == [(["n't"], ["say"])]


def test_data_mentions_keep_head_and_chain(note):
    """Nested mentions keep their heads and chains; a kind that is none of ours is empty."""
    found = [(note.text[m.head_start : m.head_end], m.chain, m.kind) for m in note.mentions]
    assert found == [("Vela", "1", "person"), ("Ostrel", "2", "place"), ("ford", "3", "")]


def test_data_names_are_cut_out_of_phrases(note):
    """The name of a described person ends before the description; a place within it is a name of its own."""
    assert named(note) == [("Vela Toru", "person"), ("Ostrel", "place")]
    assert {"names", "mentions", "heads", "chains", "syntax", "statements"} <= note.layers


def test_data_licence_is_that_of_the_text(tmp_path):
    """A text of GUM carries the licence of its own words, not of the package."""
    assert next(gum.gum("train", made.gum(tmp_path, "CC BY-NC-SA 3.0"))).licence == "CC BY-NC-SA 3.0"


def test_data_politics_come_in_our_kinds(tmp_path):
    """Parties are organisations, politicians persons, elections events, countries places, the rest is other."""
    text = "Ada Ferrin of the Lake Party won the 2031 Velmark election before the Orlen Pact."
    marks = [
        ("Ada Ferrin", "politician"),
        ("Lake Party", "politicalparty"),
        ("2031 Velmark election", "election"),
        ("Orlen Pact", "misc"),
    ]
    made.write(tmp_path, "entities/crossner-politics", "dev", [made.marked("p1", text, marks)])
    (found,) = entities.politics("dev", tmp_path)
    assert named(found) == [
        ("Ada Ferrin", "person"),
        ("Lake Party", "organisation"),
        ("2031 Velmark election", "event"),
        ("Orlen Pact", "other"),
    ]
    assert found.split == "dev"


def test_data_peoples_are_groups(tmp_path):
    """Where a corpus says only "other", a people in the plural is a group, an adjective none; another plural is unsure."""
    text = "Afghans met Swiss Sarnites."
    rows = "Afghans x PROPN _ 2 nsubj\nmet x VERB _ 0 root\nSwiss x ADJ _ 4 amod\nSarnites x PROPN _ 2 obj\n. . PUNCT _ 2 punct"
    syntax = {"id": "w.xml", "text": text, "meta": {"genre": "weblog"}, **made.conll(text, rows)}
    made.write(tmp_path, "syntax/ewt", "train", [syntax])
    made.write(tmp_path, "statements/ewt", "train", [])
    spans = [(w, "OTH") for w in ("Afghans", "Swiss", "Sarnites")]
    made.write(tmp_path, "entities/uner-en", "train", [made.marked("w", text, spans)])
    (found,) = web.ewt("train", tmp_path)
    assert named(found) == [("Afghans", "group")]
    assert words(found, found.unsure) == ["Sarnites"]


def test_data_wikigold_is_read(tmp_path):
    """MISC is a name of a kind of its own; tokens are the words of the reader at work."""
    text = "Orlen Quartet played Bell Suite in Sarn, didn't it?"
    marks = [("Orlen Quartet", "ORG"), ("Bell Suite", "MISC"), ("Sarn", "LOC")]
    made.write(tmp_path, "entities/wikigold", "train", [made.marked("w1", text, marks)])
    (found,) = entities.wikigold("train", tmp_path)
    assert [kind for _, kind in named(found)] == ["organisation", "other", "place"]
    assert words(found, found.tokens())[-5:] == [",", "did", "n't", "it", "?"]
    assert "syntax" not in found.layers
    assert all(t.upos is None and t.head is None for t in found.tokens())


def test_data_crowds_phrases_are_no_names(tmp_path):
    """Of what a crowd marked only certain names stay, without article and title; other words with a capital are unsure."""
    text = "He met the Sarn Border Force and Foreign Minister Ada Ferrin near Orlen. The army left Kell."
    marks = [
        ("He", "Person"),
        ("the Sarn Border Force", "Organisation"),
        ("Foreign Minister Ada Ferrin", "Person"),
        ("Orlen", "Location"),
        ("The army", "Organisation"),
    ]
    row = made.marked("r1", text, marks, licence="OGL 3.0", outlet="Ministry")
    made.write(tmp_path, "entities/re3d", "train", [row])
    (found,) = entities.re3d("train", tmp_path)
    assert named(found) == [
        ("Sarn Border Force", "organisation"),
        ("Ada Ferrin", "person"),
        ("Orlen", "place"),
    ]
    assert words(found, found.unsure) == ["He", "Foreign", "Minister", "The", "Kell"]
    assert (found.licence, found.genre) == ("OGL 3.0", "Ministry")


def test_data_happenings_are_read(tmp_path):
    """Participants are mentions without preposition and stop, happenings events; times and pieces of broken spans are neither."""
    text = "Guards shot at Ada Ferrin in Orlen on Monday, witnesses say ."
    marks = [
        ("Guards", "entity", {"kind": "HUM", "chain": "H1"}),
        ("say .", "entity", {"kind": "NON", "chain": "N1"}),
        ("shot", "event", {"kind": "ACT", "chain": "A1"}),
        ("Ada Ferrin", "entity", {"kind": "HUM", "chain": "H2"}),
        ("in Orlen", "entity", {"kind": "LOC", "chain": "L1"}),
        ("Monday,", "entity", {"kind": "TIM", "chain": "T1"}),
        ("witnesses", "entity", {"kind": "HUM", "chain": "H3", "part_of": "E0"}),
    ]
    made.write(tmp_path, "events/ecbplus", "train", [made.marked("1_1ecb", text, marks)])
    (found,) = events.ecbplus("train", tmp_path)
    got = [(*words(found, [m]), m.kind, m.chain) for m in found.mentions]
    assert got == [
        ("Guards", None, "H1"),
        ("Ada Ferrin", None, "H2"),
        ("Orlen", "place", "L1"),
        ("say", "", "N1"),
    ]
    assert words(found, found.events) == ["shot"]
    assert found.partial == {"mentions", "events"}
    assert "heads" not in found.layers


def test_data_wikinews_entities_are_read(tmp_path):
    """Kinds of MEANTIME come in ours; a title is not the head of a person."""
    text = "Lake Bank chairman Ada Ferrin sold its barges."
    marks = [
        ("Lake Bank chairman Ada Ferrin", "entity", {"kind": "PER", "chain": "P1"}),
        ("its", "entity", {"kind": "ORG", "chain": "O1"}),
        ("barges", "entity", {"kind": "PRO", "chain": "X1"}),
    ]
    made.write(tmp_path, "events/meantime-en", "dev", [made.marked("m1", text, marks)])
    (found,) = events.meantime("dev", tmp_path)
    heads = [(found.text[m.head_start : m.head_end], m.kind, m.pronoun) for m in found.mentions]
    assert heads == [("Ada", "person", False), ("its", "organisation", True), ("barges", "", False)]


@pytest.mark.parametrize("split", ["test", "heldout", ""])
def test_data_what_is_held_out_is_never_opened(tmp_path, split):
    """No split but train and dev is ever read, even where its file lies there."""
    made.write(tmp_path, "entities/wikigold", split or "x", [made.marked("w1", "Sarn", [("Sarn", "LOC")])])
    with pytest.raises(ValueError, match="only train, dev"):
        list(records("entities/wikigold", split, root=tmp_path))


def test_data_a_corpus_without_the_split_is_empty(tmp_path):
    """A corpus that has no such split has no records; one that is not there is an error."""
    made.write(tmp_path, "entities/wikigold", "train", [])
    assert list(records("entities/wikigold", "dev", root=tmp_path)) == []
    with pytest.raises(FileNotFoundError):
        list(records("entities/none", "train", root=tmp_path))


def test_data_what_is_read_keeps_the_form(ewt, note):
    """No reader breaks the form."""
    assert faults(ewt) == faults(note) == []
