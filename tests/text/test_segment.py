"""Sentences and tokens: exact places, nothing lost, ends where a reader hears them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.text import segment

# One list a block: the sentences that a reader hears.
BLOCKS = [
    ["He met Gen. Ilar Most on Sept. 3.", "They spoke."],
    ['"We stay here.', 'We fight!" he said.', "Nobody moved."],
    ['"Will you go?" she asked.', '"No," he said.'],
    ["“Nobody left.”", "The mayor, J. R. Tol, agreed."],
    ["It was U.S. policy for years.", "They left the U.K.", "The army came."],
    ["Dr. Ana Belk came at 5 p.m. on Monday.", "(It rained.)", "She left."],
    ["Prices rose 3.5 percent to 1,200 crowns.", "Nobody knew why."],
    ["The road (see Art. 4) is shut.", "Trucks wait."],
    ['He called it "a lie."', "She did not."],
]
PIECES = st.sampled_from(
    [
        "He",
        "said",
        "U.S.",
        "Gen.",
        "Most",
        ".",
        "?",
        "!",
        '"',
        "“",
        "”",
        "'",
        ")",
        "(",
        " ",
        "\n",
        "\t",
        "…",
        "no",
        "Sept.",
        "3",
        "\u00ad",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80)


@pytest.mark.parametrize("block", BLOCKS)
def test_sentences_end_where_a_reader_ends_them(block):
    """Abbreviations end no sentence, closing marks stay with theirs, opening ones go with the next."""
    text = " ".join(block)
    assert [text[s.start : s.end] for s in segment.sentences(text)] == block


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_sentences_hold_all_that_is_not_space(text):
    """Sentences come in order, do not overlap, have no space at their ends, and lose no visible character."""
    found = segment.sentences(text)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join(text[s.start : s.end] for s in found).split() == text.split() or "".join(
        "".join(text[s.start : s.end].split()) for s in found
    ) == "".join(text.split())
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_tokens_hold_all_that_is_not_space(text):
    """Tokens come in order, do not overlap, hold no space, and lose no visible character."""
    found = segment.tokens(text)
    assert "".join(text[t.start : t.end] for t in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_tokens_follow_universal_dependencies_where_it_matters():
    """The possessive, n't and hyphens stand alone; abbreviations, numbers and initials keep their points."""
    text = "Gen. O'Neill's ISFV-led force isn't in the U.S.; J. Tol paid $3.5bn, 50% more."
    assert [text[t.start : t.end] for t in segment.tokens(text)] == (
        "Gen. O'Neill 's ISFV - led force is n't in the U.S. ; J. Tol paid $3.5bn , 50% more .".split()
    )


def test_tokens_of_a_stretch_are_places_of_the_whole():
    """A stretch gives the same tokens as the whole gives there."""
    text = "Ana went home. Ivo Tarn stayed."
    assert segment.tokens(text, 15, 31) == [t for t in segment.tokens(text) if t.start >= 15]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("KOSTEN – The minister said no.", "The minister said no."),
        ("KOSTEN, Marovia, May 6 (North Agency) - The minister said no.", "The minister said no."),
        ("Port Almar (NA) — Boats were stopped.", "Boats were stopped."),
        ("ST. ANNE'S -- Rain fell.", "Rain fell."),
        ("The minister - a farmer - said no.", "The minister - a farmer - said no."),
        ("NATO-led troops said no.", "NATO-led troops said no."),
        ("A 10-year-old said no.", "A 10-year-old said no."),
        ("Kosten – a port – was closed.", "Kosten – a port – was closed."),
    ],
)
def test_segment_datelines_stand_apart(text, rest):
    """Place, day and agency before a report's first sentence are no part of it; a dash alone is no dateline."""
    assert text[segment.sentences(text)[-1].start :] == rest
    assert text[segment.dateline(text) :] == rest
