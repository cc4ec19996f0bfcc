"""Fingerprints: what two documents share is never missed, and nothing else is looked at."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.parts import chain, rows
from variorum.records import Document, Fingerprint, Seed, from_table, to_table
from variorum.reuse.fingerprints import (
    CHOICE,
    FINGERPRINTS,
    GUARANTEE,
    LEAST,
    PAIRS,
    REACH,
    SEEDS,
    WINDOW,
    chosen_windows,
    fingerprints,
    reach,
)
from variorum.reuse.windows import window_hashes

LETTERS = ["river", "gate", "oak", "a", "the", "bridgehead", "toll"]
WORDS = st.lists(st.sampled_from(LETTERS), max_size=40)


def _documents(texts):
    return {"documents": to_table(Document, [Document(page=f"p{n}", text=t) for n, t in enumerate(texts)])}


@settings(deadline=None)
@given(WORDS, WORDS, st.lists(st.sampled_from(LETTERS), min_size=GUARANTEE, max_size=GUARANTEE), WORDS, WORDS)
def test_fingerprints_guarantee(before, after, shared, other_before, other_after):
    """Any run of 8 words that two texts share leaves them a fingerprint in common."""
    left = {h for _, h in chosen_windows([*before, *shared, *after])}
    right = {h for _, h in chosen_windows([*other_before, *shared, *other_after])}
    assert left & right


@settings(deadline=None)
@given(WORDS)
def test_fingerprints_are_windows(folded):
    """Every fingerprint is the hash of a window, each neighbourhood has one, and short texts have none."""
    hashes = window_hashes(folded, WINDOW).view("int64").tolist()
    chosen = chosen_windows(folded)
    assert all(hashes[i] == value for i, value in chosen)
    places = {i for i, _ in chosen}
    assert all(places & set(range(i, i + CHOICE)) for i in range(len(folded) - GUARANTEE + 1))
    assert bool(chosen) == (len(folded) >= GUARANTEE)


@settings(deadline=None)
@given(WORDS)
def test_fingerprints_same_window_same_hash(folded):
    """Hashes agree exactly where the windows' words agree."""
    hashes = window_hashes(folded, WINDOW).tolist()
    windows = [tuple(folded[i : i + WINDOW]) for i in range(len(hashes))]
    assert len(set(hashes)) == len(set(windows))
    assert len(set(zip(hashes, windows, strict=True))) == len(set(windows))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_fingerprints_stand_in_the_text(text):
    """A fingerprint begins and ends at a word of its text, whatever the text."""
    for found in fingerprints("d", text):
        assert 0 <= found.start < found.end <= len(text)
        assert not text[found.start].isspace()
        assert not text[found.end - 1].isspace()


@settings(deadline=None, max_examples=25)
@given(st.lists(WORDS.map(" ".join), min_size=2, max_size=6))
def test_seeds_pair_documents_once_in_order(texts):
    """A seed joins two different documents, the lesser id on the left, whatever the number of partitions."""
    made = {n: chain([FINGERPRINTS, SEEDS], _documents(texts), n)["seeds"] for n in (1, 2, 7)}
    assert rows(made[1]) == rows(made[2]) == rows(made[7])
    seeds = from_table(Seed, made[1])
    assert all(s.left.doc < s.right.doc for s in seeds)
    pairs = {(s.left.doc, s.right.doc) for s in seeds}
    assert len({s.pair for s in seeds}) == len(pairs)


@settings(deadline=None, max_examples=25)
@given(st.lists(WORDS.map(" ".join), min_size=2, max_size=5), st.randoms())
def test_seeds_do_not_depend_on_order(texts, random):
    """Rows of fingerprints in another order give the same seeds."""
    table = chain([FINGERPRINTS], _documents(texts))["fingerprints"]
    shuffled = from_table(Fingerprint, table)
    random.shuffle(shuffled)
    again = chain([SEEDS], {"fingerprints": to_table(Fingerprint, shuffled)})["seeds"]
    assert rows(again) == rows(chain([SEEDS], {"fingerprints": table})["seeds"])


@given(st.integers(2, 10_000))
def test_reach_keeps_stories_whole_and_boilerplate_cheap(count):
    """A window of up to 21 documents pairs all of them; of any number the chain holds and pairs stay few."""
    assert reach(count) >= min(count - 1, LEAST)
    assert count > REACH + 1 or reach(count) >= count - 1
    assert count * reach(count) <= max(PAIRS, LEAST * count)


def test_seeds_of_boilerplate_stay_linear():
    """A line in 200 documents makes pairs in proportion to the documents, and still holds them all together."""
    line = "readers may copy this notice in whole wherever the ferry company posts it"
    count = 200
    made = chain([FINGERPRINTS, SEEDS], _documents([line] * count))["seeds"]
    seeds = from_table(Seed, made)
    per_window = len(chosen_windows(line.split()))
    assert len(seeds) <= count * LEAST * per_window
    reached = {s.left.doc for s in seeds} | {s.right.doc for s in seeds}
    assert len(reached) == count


def test_seeds_of_equal_pages():
    """Two pages with the same text under two addresses are two documents that share all of it."""
    text = "The toll keepers of Arlen opened the gate at dawn and let nine wagons pass."
    assert chain([FINGERPRINTS, SEEDS], _documents([text, text]))["seeds"].num_rows > 0
