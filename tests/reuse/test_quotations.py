"""What counts as quoted, and whose words it is."""

from __future__ import annotations

import pytest

from variorum.records import Block, Span, Statement
from variorum.reuse.quotations import inside, quoted

CASES = [
    # (text, the quoted stretches)
    ('He said "we stay here" and left.', ['"we stay here"']),
    ("He said “we stay here” and left.", ["“we stay here”"]),
    ("Er sagte „wir bleiben“ und ging.", ["„wir bleiben“"]),
    ("Il a dit «nous restons» et partit.", ["«nous restons»"]),
    ('"One," she said. "Two."', ['"One,"', '"Two."']),
    ("She called it ‘a farce’ today.", ["‘a farce’"]),
    ("She called it 'a farce' today.", ["'a farce'"]),
    ("The mayor's office didn't say whose it was.", []),
    ("The keepers' guild and the mayors' union met.", []),
    (
        '"This paragraph opens and goes on.\n\n"And closes here."',
        ['"This paragraph opens and goes on.', '"And closes here."'],
    ),
    ('A 6" nail and a 9" nail.', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_quotations_by_marks(text, wanted):
    """Quotation marks of several habits are read; apostrophes and inches are none; a quotation may run over paragraphs."""
    assert [text[q.start : q.end] for q in quoted(text, [], [])] == wanted


def test_quotations_of_direct_statements_and_block_quotes():
    """The content of a direct statement and a block quote are quoted even without marks."""
    text = "We stay here. Nothing else.\n\nThe wall stands."
    block = Block(doc="d", start=29, end=45, kind="quote")
    said = Statement(doc="d", content=(Span(0, 13),), speaker="keeper", manner="direct")
    found = quoted(text, [Block(doc="d", start=0, end=27, kind="paragraph"), block], [said])
    assert [(text[q.start : q.end], q.speaker) for q in found] == [
        ("We stay here.", "keeper"),
        ("The wall stands.", ""),
    ]


def test_quotations_leave_paraphrase_to_the_outlet():
    """Indirect speech and the unquoted part of a mixed statement are the outlet's wording."""
    text = 'Arlen said that the gate was shut and "nobody passes".'
    said = Statement(doc="d", content=(Span(16, 53),), speaker="arlen", manner="mixed")
    (one,) = quoted(text, [], [said])
    assert (text[one.start : one.end], one.speaker) == ('"nobody passes"', "arlen")


def test_quotations_of_embedded_posts():
    """An embedded post with its signature is one stretch of somebody else's words."""
    text = "Boats now.\n\n— Ann (@ann)\n\nThe wall stands."
    kinds = ((0, 10, "embed"), (12, 24, "embed"), (26, 42, "paragraph"))
    found = quoted(text, [Block(doc="d", start=a, end=b, kind=kind) for a, b, kind in reversed(kinds)], [])
    assert [text[q.start : q.end] for q in found] == ["Boats now.\n\n— Ann (@ann)"]


def test_quotations_inside():
    """A stretch holds what lies in it whole, and nothing that only touches it."""
    found = quoted('a "b c" d "e f"', [], [])
    assert inside(found, 3, 6) == 0
    assert inside(found, 10, 15) == 1
    assert inside(found, 6, 9) == -1
    assert inside(found, 0, 1) == -1
