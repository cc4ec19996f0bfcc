"""The laws of quotation marks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.tag.statements.marks import outermost, quotations

# (text, the words of each quotation in order of place)
CASES = [
    ('"A b," he said. "C d."', ["A b", "C d"]),
    ("“A “inner” b,” he said", ["A “inner” b", "inner"]),
    ("«A b», she said", ["A b"]),
    ("»A b« and ›C‹", ["A b", "C"]),
    ("„A b“ und „C d”", ["A b", "C d"]),
    ("‘The states’ rights are ours,’ he said", ["The states’ rights are ours"]),
    ("victims of 'northern greed.\"", ["northern greed"]),
    ("‘’The dam holds,’’ he said", ["The dam holds"]),
    ("``The dam holds,'' he said", ["The dam holds"]),
    ('"A, "B," she said', ["A", "B"]),
    ('"The dam held, "Brel said. "It stood, "she said.', ["The dam held", "It stood"]),
    ('"Velm "watches" it," he said', ['Velm "watches" it', "watches"]),
    ("“x (in Velm, ed.) and y”. “And” he", ["x (in Velm, ed.) and y", "And"]),
    ('"They live in the U.S."', ["They live in the U.S."]),
    ('"No ..."', ["No ..."]),
    ("it's the states' right", []),
    ('5\'10" tall and 7" long', []),
    ("rock 'n' roll in the '90s", []),
    ('""', []),
    ("He left”", []),
]


@pytest.mark.parametrize(("text", "words"), CASES, ids=[c[0] for c in CASES])
def test_marks_pairs(text, words):
    """Each fashion of marks gives its quotations, without marks and without the frame's comma or stop."""
    assert [text[q.inner_start : q.inner_end] for q in quotations(text)] == words


def test_marks_open_quotation_ends_with_its_sentence():
    """A mark that is never closed takes in its sentence, or the block where the next block opens with a mark."""
    text = '"One. Two.'
    assert [q.inner_end for q in quotations('Brel: "One. Two.', ends=(11, 16))] == [10]
    assert [text[q.inner_start : q.inner_end] for q in quotations(text, ends=(5, 10), continues=True)] == [
        "One. Two"
    ]
    assert not quotations(text, continues=True)[0].closed


@given(st.text(alphabet="ab s.,'’‘\"“”„«»‹›\n", max_size=60))
def test_marks_nest_and_lie_inside(text):
    """Any text: quotations lie in it, hold words, and nest or are apart."""
    found = quotations(text, ends=(len(text),))
    assert all(0 <= q.start <= q.inner_start < q.inner_end <= q.end <= len(text) for q in found)
    for left in found:
        for right in found:
            apart = left.end <= right.start or right.end <= left.start
            nested = (left.start <= right.start and right.end <= left.end) or (
                right.start <= left.start and left.end <= right.end
            )
            assert apart or nested
    outer = outermost(found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(outer))
