"""Passages: anchored on both sides, of the right kind, the same however the pairs are split."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.parts import chain, rows
from variorum.records import Block, Document, Passage, Span, Statement, from_table, to_table
from variorum.reuse.fingerprints import FINGERPRINTS, SEEDS
from variorum.reuse.passages import PASSAGES

STAGES = [FINGERPRINTS, SEEDS, PASSAGES]

FRAME = (
    "The council of Ostrel voted late on Tuesday to close the northern ferry after a night of stone throwing"
)
QUOTE = "we will keep the crossing shut until the last of the stones is off the quay and not an hour before"
OTHER = "In Velmark the harvest fair opened with a parade of forty carts and a brass band from the hills"


def _documents(*texts, **fields):
    return [Document(page=f"page {n}", text=t, **fields) for n, t in enumerate(texts)]


def _passages(documents, **tables):
    have = {"documents": to_table(Document, documents), **tables}
    return from_table(Passage, chain(STAGES, have)["passages"])


def _words(documents, passage):
    texts = {d.id: d.text for d in documents}
    return tuple(texts[a.doc][a.start : a.end] for a in (passage.left, passage.right))


KINDS = [
    # (left text, right text, kinds of the passages)
    (f"{FRAME}. {OTHER}.", f"Officials met. {FRAME}.", ["copy"]),
    (f'Arlen said: "{QUOTE}."', f'In a speech to farmers she vowed "{QUOTE}", to applause.', ["quotation"]),
    (f'{FRAME}, and Arlen said "{QUOTE}."', f'{FRAME}, and Arlen said "{QUOTE}."', ["copy"]),
    (f'"{QUOTE}," Arlen said on Monday.', f'"{QUOTE}," Arlen said on Monday.', ["quotation"]),
    (f"Arlen said {QUOTE}.", f'Arlen said "{QUOTE}".', ["copy"]),
    (f'"{QUOTE}" one said.', f'"{QUOTE[:46]}" one said. "{QUOTE[47:]}" said another.', ["copy"]),
    (
        "She works at the Office for the Protection of Rivers and Canals of Ostrel now.",
        "Nobody at the Office for the Protection of Rivers and Canals of Ostrel answered.",
        ["formula"],
    ),
    (f"{OTHER}.", f"{FRAME}.", []),
    ("Seven words only are not yet enough.", "Seven words only are not yet enough.", []),
]


@pytest.mark.parametrize(("left", "right", "kinds"), KINDS)
def test_passages_kinds(left, right, kinds):
    """A run within one speaker's words on both sides is a quotation; with eight words of the outlets' own it is a copy."""
    assert sorted(p.kind for p in _passages(_documents(left, right))) == sorted(kinds)


def test_passages_of_one_speaker_over_two_quotations():
    """Two stretches are one speaker's words only where statements say so."""
    half = QUOTE.index("until")
    text = f'"{QUOTE[:half].strip()}," she said, "{QUOTE[half:]}."'
    documents = _documents(text, text + " Then she left.")

    def said(document, speakers):
        spots = [(1, text.index(",")), (text.rindex(' "') + 2, len(text) - 2)]
        return [
            Statement(doc=document.id, content=(Span(*spot),), speaker=who + document.id, manner="direct")
            for spot, who in zip(spots, speakers, strict=True)
        ]

    for speakers, kind in ((("arlen", "arlen"), "quotation"), (("arlen", "borg"), "copy")):
        statements = [s for d in documents for s in said(d, speakers)]
        (passage,) = _passages(documents, statements=to_table(Statement, statements))
        assert passage.kind == kind


def test_passages_of_reported_clauses():
    """A short clause within what a source says on both pages is no copy; a long one is, and so is one that one page says itself."""
    clause, long = "the fleet had sent advisers to the fishermen", f"{FRAME} and a day of songs"
    for words, reporting, kind in ((clause, 2, "quotation"), (clause, 1, "copy"), (long, 2, "copy")):
        documents = _documents(
            f"Arlen denied that {words} at night.", f"A report said that {words}, no more."
        )
        contents = [(d, d.text.index(words)) for d in documents[:reporting]]
        said = [
            Statement(doc=d.id, content=(Span(at, at + len(words)),), manner="indirect") for d, at in contents
        ]
        (passage,) = _passages(documents, statements=to_table(Statement, said))
        assert passage.kind == kind, words


def test_passages_copied_headline_is_a_copy():
    """A headline in title case is text, not a name, when a block says that it is one."""
    headline = "Ostrel Shuts Northern Ferry After Night Of Stone Throwing"
    documents = _documents(f"{headline}\n\n{OTHER}.", f"{headline}\n\nNothing else is known.")
    blocks = [Block(doc=d.id, start=0, end=len(headline), kind="title") for d in documents]
    assert [p.kind for p in _passages(documents, blocks=to_table(Block, blocks))] == ["copy"]
    assert [p.kind for p in _passages(documents)] == ["formula"]


def test_passages_quotation_is_cut_to_the_quoted_words():
    """What follows a shared quotation is not part of it, even where both outlets wrote the same."""
    documents = _documents(
        f'"{QUOTE}," Arlen said on Monday.', f'He heard it: "{QUOTE}," Arlen said on Monday.'
    )
    (passage,) = _passages(documents)
    assert _words(documents, passage) == (QUOTE, QUOTE)


def test_passages_of_moved_blocks():
    """Copied blocks in another order are all found, each anchored where it stands."""
    documents = _documents(f"{FRAME}. {OTHER}.", f"{OTHER}. Also: {FRAME}.")
    found = _passages(documents)
    assert {_words(documents, p) for p in found} == {(FRAME, FRAME), (OTHER, OTHER)}
    assert {p.kind for p in found} == {"copy"}


def test_passages_fold_before_comparing():
    """Case, quotes, marks on letters and line breaks do not hide a copy; anchors stay in the texts as they are."""
    changed = FRAME.upper().replace(" ", "\n", 3).replace("E", "É", 2)
    documents = _documents(f"{FRAME}.", f"Report: {changed}!")
    (passage,) = _passages(documents)
    assert sorted(_words(documents, passage)) == sorted((FRAME, changed))
    assert passage.same == 1.0


WORDS = st.lists(st.sampled_from([*FRAME.split()[:9], '"', "Arlen said", *OTHER.split()[:6]]), max_size=40)


@settings(deadline=None, max_examples=25)
@given(st.lists(WORDS.map(" ".join), min_size=2, max_size=5))
def test_passages_partitions_and_anchors(texts):
    """1, 2 or 7 partitions give one table; anchors begin and end on words; no two passages of a pair overlap."""
    documents = {"documents": to_table(Document, _documents(*texts))}
    made = {n: chain(STAGES, documents, n)["passages"] for n in (1, 2, 7)}
    assert rows(made[1]) == rows(made[2]) == rows(made[7])
    lengths = {d.id: d.text for d in from_table(Document, documents["documents"])}
    taken = {}
    for passage in from_table(Passage, made[1]):
        assert passage.left.doc < passage.right.doc
        for side in (passage.left, passage.right):
            text = lengths[side.doc][side.start : side.end]
            assert text
            assert text == text.strip()
            spans = taken.setdefault((passage.left.doc, passage.right.doc, side.doc), [])
            assert all(side.end <= a or b <= side.start for a, b in spans)
            spans.append((side.start, side.end))


def test_passages_hang_on_two_documents_alone():
    """A third document changes nothing between two."""
    texts = [f"{FRAME}. {OTHER}.", f"Also: {FRAME}.", f"{OTHER}. {FRAME}."]
    two, three = _documents(*texts[:2]), _documents(*texts)
    pair = {d.id for d in two}
    kept = [p for p in _passages(three) if {p.left.doc, p.right.doc} == pair]
    assert kept == _passages(two)
