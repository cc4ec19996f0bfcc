"""Alignment: every shared run is found, through small edits and in any order, and nothing is claimed that is not there."""

from __future__ import annotations

import itertools
import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from variorum.reuse.align import RUN, SAME, SHARED, SHORT, SHORT_SAME, align

# Few words, so that random texts share and repeat runs.
FEW = st.lists(st.sampled_from("abcde"), max_size=60)
MANY = [f"word{n}" for n in range(400)]


def _longest_runs(left, right):
    """By brute force: maximal common runs of `SHARED` words or more, as (left, right, length)."""
    found = []
    for i in range(len(left)):
        for j in range(len(right)):
            if left[i] != right[j] or (i and j and left[i - 1] == right[j - 1]):
                continue
            n = 0
            while i + n < len(left) and j + n < len(right) and left[i + n] == right[j + n]:
                n += 1
            if n >= SHARED:
                found.append((i, j, n))
    return found


@st.composite
def _planted(draw):
    """Two texts of words that never repeat, with runs of one placed in the other in another order."""
    pool = iter(draw(st.permutations(MANY)))
    sizes = draw(st.lists(st.integers(1, 20), min_size=1, max_size=5))
    runs = [[next(pool) for _ in range(size)] for size in sizes]
    texts = []
    for order in (runs, draw(st.permutations(runs))):
        text = []
        for run in order:
            # More strange words between runs than a passage may cross.
            text += [next(pool) for _ in range(12)] + run
        texts.append(text)
    return runs, texts


@settings(deadline=None, max_examples=40)
@given(_planted())
def test_align_finds_every_run(planted):
    """Runs of 8 words or more are found whole in any order, shorter ones are not, by a brute-force oracle."""
    runs, (left, right) = planted
    oracle = {(i, i + n, j, j + n) for i, j, n in _longest_runs(left, right)}
    assert len(oracle) == sum(len(r) >= SHARED for r in runs)
    assert {(m.left, m.left_end, m.right, m.right_end) for m in align(left, right)} == oracle


@settings(deadline=None)
@given(FEW, FEW)
def test_align_claims_what_is_there(left, right):
    """Passages hold 8 equal words, are as alike as they say, start and end on equal words, and do not overlap."""
    found = align(left, right)
    for match in found:
        here, there = left[match.left : match.left_end], right[match.right : match.right_end]
        assert match.equal == (len(here) + len(there) - Indel.distance(here, there)) // 2
        assert match.equal >= SHARED
        assert match.same >= (SAME if match.equal >= SHORT else SHORT_SAME)
        assert here[0] == there[0]
        assert here[-1] == there[-1]
    for sides in ([(m.left, m.left_end) for m in found], [(m.right, m.right_end) for m in found]):
        ordered = sorted(sides)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(ordered))


@settings(deadline=None)
@given(FEW, FEW)
def test_align_both_ways(left, right):
    """Some passage is found one way exactly if one is found the other way."""
    assume(left != right)
    assert bool(align(left, right)) == bool(align(right, left))


@settings(deadline=None)
@given(st.lists(st.sampled_from(MANY), min_size=SHARED, max_size=80, unique=True))
def test_align_equal_texts(folded):
    """A text shares all of itself."""
    (match,) = align(folded, list(folded))
    assert (match.left, match.left_end, match.same, match.edits) == (0, len(folded), 1.0, ())


EDITS = (
    # what becomes of the middle of a 24-word text, the edits told
    (lambda t: [*t[:12], "new", *t[12:]], ("+new",)),
    (lambda t: [*t[:12], *t[13:]], ("-word12",)),
    (lambda t: [*t[:12], "new", *t[13:]], ("~word12>new",)),
    (lambda t: [*t[:12], "two", "new", *t[13:]], ("~word12>two new",)),
    (lambda t: [*t[:8], "x", *t[9:15], "y", "z", *t[16:]], ("~word8>x", "~word15>y z")),
    (lambda t: [*t[:20], "new", *t[21:]], ("~word20>new",)),
)


def test_align_goes_through_small_edits():
    """An inserted, dropped or changed word does not break a passage, and is told as an edit."""
    text = MANY[:24]
    pad, tail = [f"pad{n}" for n in range(20)], [f"tail{n}" for n in range(20)]
    for edit, told in EDITS:
        (match,) = align([*pad, *text], [*edit(text), *tail])
        assert match.edits == told
        assert match.left == len(pad)
        assert match.left_end == len(pad) + len(text)


def test_align_does_not_cross_strange_words():
    """Two copied runs with different text between them stay two passages."""
    one, two = MANY[:10], MANY[10:20]
    left = [*one, *MANY[50:60], *two]
    right = [*one, *MANY[70:80], *two]
    assert [(m.left, m.left_end) for m in align(left, right)] == [(0, 10), (20, 30)]


@settings(deadline=None)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=8), st.integers(SHARED, 30))
def test_align_edits_never_cost_a_run(gaps, length):
    """A run of 8 words is found whatever small pieces stand around it."""
    run = [f"run{n}" for n in range(length)]
    left, right = list(run), list(run)
    for k, gap in enumerate(gaps):
        piece = MANY[6 * k : 6 * k + 6]
        left += [f"left{k} {n}" for n in range(gap)] + piece
        right += [f"right{k} {n}" for n in range(gap)] + piece
    covered = {i for m in align(left, right) for i in range(m.left, m.left_end)}
    assert set(range(length)) <= covered


def test_align_needs_a_core():
    """Scattered common words make no passage, however many: an unbroken run must hold it."""
    size = RUN - 1
    left = [w for k in range(20) for w in (*MANY[size * k : size * k + size], f"left{k}")]
    right = [w for k in range(20) for w in (*MANY[size * k : size * k + size], f"right{k}")]
    assert align(left, right) == []
    assert align(MANY[: 2 * RUN], MANY[: 2 * RUN]) != []


def test_align_repeated_tables_stay_cheap():
    """A text that repeats one word a thousand times costs no more than its length and is not called a copy of another."""
    assert align(["0"] * 1000, ["0"] * 1000) == []


def test_align_keeps_apart_what_was_moved():
    """Blocks in another order are passages of their own, each whole."""
    blocks = [MANY[20 * k : 20 * k + 20] for k in range(6)]
    order = list(range(6))
    random.Random(7).shuffle(order)
    assert order != sorted(order)
    left = [w for b in blocks for w in b]
    right = [w for k in order for w in blocks[k]]
    found = align(left, right)
    assert sum(m.equal for m in found) == 120
    assert all(m.same == 1.0 for m in found)
