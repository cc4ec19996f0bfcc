"""The words in which two whole texts differ, and the places where they do."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz.distance import Indel

from variorum.reuse.align import SAME, Change, Grams, align, changes, grams

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

# Words in the middle of a longest common subsequence that are compared at once, as a product: 20,000 by 20,000 take .25 s
# and 50 MB. Longer texts are cut where both have a run of words that stands in each of them once.
_AT_ONCE = 400_000_000
# Words between two such cuts, at least.
_STEP = 5_000
# Up to so many words are compared before anything else: .2 ms, where looking for passages takes 3.
_LITTLE = 1_000
# Words on either side of a changed place by which it is found again. In the 44 pages of the gold's development half 1, 2, 3, 4
# words either side of a point stand once in their page in .916, .9972, .9994, .9999 of all points.
CONTEXT = 3

Cut = tuple[int, int]


class Difference(msgspec.Struct, frozen=True):
    """How two texts differ.

    Attributes:
        changes: Where they do, in words, in order.
        same: Share of equal words of both, 0..1.
        replaced: Whether they are two texts rather than one that was edited; `changes` are then left out.
    """

    changes: tuple[Change, ...]
    same: float
    replaced: bool = False


def difference(left: Sequence[str], right: Sequence[str]) -> Difference:
    """Compare two texts by their folded words.

    Texts that share no passage (`align`) and are not alike in most words are two texts: their edits would be both texts
    whole, in an order that chance words make. Time and memory are bounded for texts of any length.
    """
    if left == right:
        return Difference((), 1.0)
    total = len(left) + len(right)
    alike = _alike(left, right)
    if alike < SAME and not align(left, right):
        return Difference((), round(alike, 4), replaced=True)
    found = tuple(piecewise(left, right))
    differing = sum(c.left_end - c.left + c.right_end - c.right for c in found)
    return Difference(found, round(1 - differing / total, 4))


def _alike(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of equal words, 0..1, as far as it is cheap to tell: at least this much is equal."""
    start = _equal_ahead(zip(left, right, strict=False))
    rest = min(len(left), len(right)) - start
    end = _equal_ahead(islice(zip(reversed(left), reversed(right), strict=False), rest))
    here, there = left[start : len(left) - end], right[start : len(right) - end]
    equal = 2 * (start + end)
    if max(len(here), len(there)) <= _LITTLE:
        equal += len(here) + len(there) - int(Indel.distance(here, there))
    return equal / (len(left) + len(right))


def _equal_ahead(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def places(found: Sequence[Change], left_size: int, right_size: int) -> list[Change]:
    """Changed places with `CONTEXT` equal words on either side, where there are so many; close ones become one.

    Putting the right words of every place for its left ones turns the left text into the right one.
    """
    wide: list[Change] = []
    for change in found:
        ahead = min(CONTEXT, left_size - change.left_end, right_size - change.right_end)
        end, right_end = change.left_end + ahead, change.right_end + ahead
        back = min(CONTEXT, change.left, change.right)
        if wide and change.left - back <= wide[-1].left_end:
            wide[-1] = Change(wide[-1].left, end, wide[-1].right, right_end)
        else:
            wide.append(Change(change.left - back, end, change.right - back, right_end))
    return wide


def piecewise(left: Sequence[str], right: Sequence[str]) -> list[Change]:
    """Where two texts differ (`changes`), in time and memory that are bounded: long ones are compared piece by piece."""
    found = []
    for (i, j), (i_end, j_end) in pairwise(_cuts(left, right)):
        if (i_end - i) * (j_end - j) > _AT_ONCE:
            found.append(Change(i, i_end, j, j_end))
            continue
        found += [
            Change(i + c.left, i + c.left_end, j + c.right, j + c.right_end)
            for c in changes(left[i:i_end], right[j:j_end])
        ]
    return found


def _cuts(left: Sequence[str], right: Sequence[str]) -> list[Cut]:
    """Where both texts may be cut and compared piece by piece, their starts and ends among them."""
    cuts = [(0, 0)]
    if len(left) * len(right) > _AT_ONCE:
        for i, j in _pillars(left, right):
            if max(i - cuts[-1][0], j - cuts[-1][1]) >= _STEP:
                cuts.append((i, j))
    return [*cuts, (len(left), len(right))]


def _pillars(left: Sequence[str], right: Sequence[str]) -> list[Cut]:
    """Places of windows that stand once in each text, as many as rise in both (Cohen's patience diff)."""
    (values, at), (others, other_at) = _once(grams(left)), _once(grams(right))
    _, here, there = np.intersect1d(values, others, assume_unique=True, return_indices=True)
    return _rising(sorted(zip(at[here].tolist(), other_at[there].tolist(), strict=True)))


def _once(windows: Grams) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Windows that stand once: their hashes, and where they stand."""
    values, first, counts = np.unique(windows.hashes, return_index=True, return_counts=True)
    return values[counts == 1], windows.places[first[counts == 1]]


def _rising(pairs: Sequence[Cut]) -> list[Cut]:
    """The longest chain of pairs that rise on both sides; they come rising on the left."""
    ends: list[int] = []
    tails: list[int] = []
    before = [-1] * len(pairs)
    for k, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before[k] = tails[at - 1] if at else -1
        ends[at : at + 1] = [j]
        tails[at : at + 1] = [k]
    chain: list[Cut] = []
    k = tails[-1] if tails else -1
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    return chain[::-1]
