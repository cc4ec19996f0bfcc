"""Passages that two word lists share: exact runs, joined through small edits, in whatever order they stand.

Runs are laid like tiles, longest first, so that none overlaps another on either side (greedy string tiling: Wise
1993); neighbours in both texts are joined through a gap, and ends grow through an edit as long as more words agree
than differ. Alignment inside gaps and ends is rapidfuzz's.
"""

from __future__ import annotations

import heapq
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from variorum.reuse.windows import window_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


# Constants swept on stories/ecbplus train (bench/quality/reuse.py --sweep): F1 of planted copies with an edit at every fourth
# word, and chance copies among 158,340 pairs of pages of different topics.
# A run shorter than this never starts a passage. Swept 4, 5, 6: F1 .93, .19, .03; chance copies 4, 4, 3.
RUN = 4
# The least number of equal words in a passage (the issue's).
SHARED = 8
# Most words between two runs, on either side, that a passage may cross. Swept 4, 6, 8, 12: F1 .73, .79, .93, .97; chance
# copies 3, 4, 4, 4. More than 8 words are no small edit.
GAP = 8
# Least share of equal words in a passage. Swept .5 to .9: no difference up to .8, .82 at .9.
SAME = 0.7
# A passage with fewer equal words than this needs the higher share. What lay between on stories/ecbplus train was two people
# describing one thing ("on Rue X in the central first district", "on Rue X in Paris' first arrondissement").
SHORT, SHORT_SAME = 16, 0.8
# A window that stands more often than this in one text (tables, lists) starts no run: it tells of no copy and would cost
# the product of both counts.
REPEATS = 16


class Grams(msgspec.Struct, frozen=True, eq=False):
    """Windows of `RUN` words of one text: their hashes, ascending, and at which word each begins.

    Two sorted arrays: most pairs that are looked at share one or two windows, and merging arrays finds them at a
    tenth of what looking up tuples of words costs. Windows that stand more than `REPEATS` times are left out.
    """

    hashes: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int64]


class Match(msgspec.Struct, frozen=True, order=True, gc=False):
    """Words `[left, left_end)` of one list that answer to `[right, right_end)` of the other.

    Attributes:
        left, left_end, right, right_end: Half-open, counted in words.
        equal: How many words are equal, in order.
        edits: Edit operations from left to right: `-word`, `+word`, `~old>new`.
    """

    left: int
    left_end: int
    right: int
    right_end: int
    equal: int = 0
    edits: tuple[str, ...] = ()

    @property
    def same(self) -> float:
        """Share of equal words of both sides together, 0..1."""
        return round(2 * self.equal / (self.left_end - self.left + self.right_end - self.right), 4)


class Change(msgspec.Struct, frozen=True, order=True, gc=False):
    """Words `[left, left_end)` of one list for which the other has `[right, right_end)`; one of them may be none."""

    left: int
    left_end: int
    right: int
    right_end: int


def grams(folded: Sequence[str]) -> Grams:
    """Where each window of `RUN` words stands."""
    each = window_hashes(folded, RUN)
    places = np.argsort(each, kind="stable")
    _, which, counts = np.unique(each[places], return_inverse=True, return_counts=True)
    kept = places[counts[which] <= REPEATS]
    return Grams(each[kept], kept)


def _common(left: Sequence[str], right: Sequence[str], here: Grams, there: Grams) -> list[tuple[int, int]]:
    """Places (left, right) of windows that both texts hold, in order."""
    low = np.searchsorted(there.hashes, here.hashes, side="left")
    high = np.searchsorted(there.hashes, here.hashes, side="right")
    found = [
        (int(here.places[k]), int(j))
        for k in np.flatnonzero(high > low)
        for j in there.places[low[k] : high[k]]
    ]
    return sorted((i, j) for i, j in found if left[i : i + RUN] == right[j : j + RUN])


def align(
    left: Sequence[str],
    right: Sequence[str],
    left_grams: Grams | None = None,
    right_grams: Grams | None = None,
) -> list[Match]:
    """Find the passages of `SHARED` equal words or more that two texts share.

    Args:
        left: Folded words of one text.
        right: Folded words of the other.
        left_grams: `grams(left)`, where at hand.
        right_grams: `grams(right)`, where at hand.

    Returns:
        Passages in order of `left`, none overlapping another on either side.
    """
    here = grams(left) if left_grams is None else left_grams
    there = grams(right) if right_grams is None else right_grams
    tiles = _tiles(_runs(left, right, here, there), len(left), len(right))
    joined = _join(left, right, tiles)
    found = _grow_all(left, right, joined)
    return [match for match in found if match.equal >= SHARED and _alike(match)]


def _alike(match: Match) -> bool:
    return match.same >= (SAME if match.equal >= SHORT else SHORT_SAME)


def _runs(left: Sequence[str], right: Sequence[str], here: Grams, there: Grams) -> list[tuple[int, int, int]]:
    """Maximal exact runs of `RUN` words or more, as (length, left, right)."""
    ends: dict[int, int] = {}
    found = []
    for i, j in _common(left, right, here, there):
        if ends.get(i - j, -1) > i:
            continue
        start = 0
        while i + start > 0 and j + start > 0 and left[i + start - 1] == right[j + start - 1]:
            start -= 1
        length = RUN - start
        a, b = i + start, j + start
        while a + length < len(left) and b + length < len(right) and left[a + length] == right[b + length]:
            length += 1
        ends[i - j] = a + length
        found.append((length, a, b))
    return found


def _tiles(
    runs: Sequence[tuple[int, int, int]], left_size: int, right_size: int
) -> list[tuple[int, int, int]]:
    """Runs that do not overlap on either side, longest first; as (left, right, length) by left."""
    heap = [(-n, i, j) for n, i, j in runs]
    heapq.heapify(heap)
    taken_left, taken_right = bytearray(left_size), bytearray(right_size)
    tiles = []
    while heap:
        n, i, j = heapq.heappop(heap)
        n = -n
        free = _free_parts(taken_left, taken_right, i, j, n)
        if free == [(0, n)]:
            taken_left[i : i + n] = b"\x01" * n
            taken_right[j : j + n] = b"\x01" * n
            tiles.append((i, j, n))
            continue
        for start, end in free:
            if end - start >= RUN:
                heapq.heappush(heap, (start - end, i + start, j + start))
    return sorted(tiles)


def _free_parts(
    taken_left: bytearray, taken_right: bytearray, i: int, j: int, n: int
) -> list[tuple[int, int]]:
    """Stretches of a run whose words no tile has taken yet, as offsets in the run."""
    parts: list[tuple[int, int]] = []
    start = 0
    for k in range(n):
        if taken_left[i + k] or taken_right[j + k]:
            if k > start:
                parts.append((start, k))
            start = k + 1
    if n > start:
        parts.append((start, n))
    return parts


def _right_neighbours(tiles: Sequence[tuple[int, int, int]]) -> Mapping[int, int]:
    """For each tile's place on the right, that of the tile that follows it there."""
    order = sorted(j for _, j, _ in tiles)
    return dict(pairwise(order))


def _join(left: Sequence[str], right: Sequence[str], tiles: Sequence[tuple[int, int, int]]) -> list[Match]:
    """Join tiles that follow one another in both texts, as long as the whole stays alike."""
    follows = _right_neighbours(tiles)
    found: list[Match] = []
    last_tile: tuple[int, int, int] | None = None
    for tile in tiles:
        i, j, n = tile
        here = Match(i, i + n, j, j + n, n)
        if last_tile is not None and follows.get(last_tile[1]) == j:
            before = found[-1]
            both = _joined(left, right, before, here)
            if both is not None:
                found[-1] = both
                last_tile = tile
                continue
        found.append(here)
        last_tile = tile
    return found


def _joined(left: Sequence[str], right: Sequence[str], a: Match, b: Match) -> Match | None:
    """Both as one, or None where too much lies between them."""
    gap_left, gap_right = b.left - a.left_end, b.right - a.right_end
    if max(gap_left, gap_right) > GAP:
        return None
    between = _equal(left[a.left_end : b.left], right[a.right_end : b.right])
    both = Match(a.left, b.left_end, a.right, b.right_end, a.equal + between + b.equal)
    return both if _alike(both) else None


def _equal(left: Sequence[str], right: Sequence[str]) -> int:
    """Words in common, in order."""
    return int(len(left) + len(right) - Indel.distance(left, right)) // 2 if left and right else 0


def _grow_all(left: Sequence[str], right: Sequence[str], matches: Sequence[Match]) -> list[Match]:
    """Let each passage grow at both ends, up to its neighbours in either text, if it stays alike; and spell out its edits."""
    grown = list(matches)
    by_right = sorted(range(len(grown)), key=lambda k: grown[k].right)
    place = {k: p for p, k in enumerate(by_right)}
    for k, match in enumerate(grown):
        p = place[k]
        low_left = grown[k - 1].left_end if k else 0
        low_right = grown[by_right[p - 1]].right_end if p else 0
        high_left = grown[k + 1].left if k + 1 < len(grown) else len(left)
        high_right = grown[by_right[p + 1]].right if p + 1 < len(by_right) else len(right)
        ahead = _reach(
            left[match.left_end : min(high_left, match.left_end + GAP)],
            right[match.right_end : min(high_right, match.right_end + GAP)],
        )
        back = _reach(
            left[max(low_left, match.left - GAP) : match.left][::-1],
            right[max(low_right, match.right - GAP) : match.right][::-1],
        )
        wider = Match(
            match.left - back[0], match.left_end + ahead[0], match.right - back[1], match.right_end + ahead[1]
        )
        measured = _measure(left, right, wider)
        grown[k] = measured if _alike(measured) else _measure(left, right, match)
    return grown


def _reach(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    """How far a passage grows over these words: to where equal words most outnumber edits, (0, 0) if nowhere."""
    best, score, reach = 0, 0, (0, 0)
    gone = come = 0
    for op in Indel.opcodes(left, right):
        if op.tag != "equal":
            gone += op.src_end - op.src_start
            come += op.dest_end - op.dest_start
            continue
        score += op.src_end - op.src_start - max(gone, come)
        gone = come = 0
        if score > best:
            best, reach = score, (op.src_end, op.dest_end)
    return reach


def _measure(left: Sequence[str], right: Sequence[str], match: Match) -> Match:
    """Count equal words and spell out the edits."""
    here, there = left[match.left : match.left_end], right[match.right : match.right_end]
    found = changes(here, there)
    equal = len(here) - sum(c.left_end - c.left for c in found)
    return Match(
        match.left, match.left_end, match.right, match.right_end, equal, spelled_out(here, there, found)
    )


def changes(left: Sequence[str], right: Sequence[str]) -> list[Change]:
    """Where two word lists differ, in order; as few words as can be (longest common subsequence).

    Takes memory of a bit for every pair of words: for long lists see `variorum.reuse.edits`.
    """
    found: list[Change] = []
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            continue
        last = found[-1] if found else None
        if last is not None and (last.left_end, last.right_end) == (op.src_start, op.dest_start):
            found[-1] = Change(last.left, op.src_end, last.right, op.dest_end)
        else:
            found.append(Change(op.src_start, op.src_end, op.dest_start, op.dest_end))
    return found


def spelled_out(left: Sequence[str], right: Sequence[str], found: Iterable[Change]) -> tuple[str, ...]:
    """Changes from left to right as edit operations: `-word`, `+word`, `~old>new`."""
    edits = (_spelled(left[c.left : c.left_end], right[c.right : c.right_end]) for c in found)
    return tuple(chain.from_iterable(edits))


def _spelled(gone: Sequence[str], come: Sequence[str]) -> list[str]:
    if gone and come:
        return [f"~{' '.join(gone)}>{' '.join(come)}"]
    return [f"-{word}" for word in gone] + [f"+{word}" for word in come]
