"""Lines that very many documents carry beside texts of their own: notices, appeals, standing explanations.

A passage is judged by the two documents alone; that it is a house's standing line shows only where all passages are
seen together. Such a line makes no origin: it would join every page that carries it.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from variorum.records import Passage

# A text in more documents than this may be a standing line. Twice the pages of a large story: a reprint by 40 outlets in
# one dossier is rare, and it fills most of its pages.
MANY = 40
# It is one where it makes up less than this part of the usual page that holds it; of reprints on stories/ecbplus train
# and of agency texts three quarters and more are common (docs/why/reuse.md).
PART = 0.25
# Two stretches of a document are one text where they share this part of the longer one. Of the longer, so that a line at
# the foot of a reprint does not draw the reprint after it.
_SAME = 0.5

Stretch = tuple[int, int]


class _Sets:
    """Disjoint sets of passages."""

    def __init__(self, size: int) -> None:
        self._root = list(range(size))

    def find(self, i: int) -> int:
        while self._root[i] != i:
            self._root[i] = self._root[self._root[i]]
            i = self._root[i]
        return i

    def join(self, i: int, j: int) -> None:
        low, high = sorted((self.find(i), self.find(j)))
        self._root[high] = low


def formulas(
    passages: Sequence[Passage],
    stretch: Callable[[str, int, int], Stretch],
    sizes: Mapping[str, int],
) -> frozenset[str]:
    """Passages that are standing lines.

    Args:
        passages: All passages of a dossier.
        stretch: The words, from and to, that lie in a span of a document: `stretch(doc, start, end)`.
        sizes: Words of each document.

    Returns:
        Ids of passages whose text stands in more than `MANY` documents and makes up, at the median, less than `PART`
        of them.
    """
    spots = [tuple((a.doc, stretch(a.doc, a.start, a.end)) for a in (p.left, p.right)) for p in passages]
    sets = _Sets(len(passages))
    for stretches in _by_document(spots).values():
        _join_neighbours(sets, stretches)
    groups: dict[int, list[int]] = defaultdict(list)
    for k in range(len(passages)):
        groups[sets.find(k)].append(k)
    found = [members for members in groups.values() if _is_standing([spots[k] for k in members], sizes)]
    return frozenset(passages[k].id for members in found for k in members)


def _by_document(spots: Iterable[tuple[tuple[str, Stretch], ...]]) -> dict[str, list[tuple[Stretch, int]]]:
    found: dict[str, list[tuple[Stretch, int]]] = defaultdict(list)
    for k, sides in enumerate(spots):
        for doc, stretch in sides:
            found[doc].append((stretch, k))
    return found


def _join_neighbours(sets: _Sets, stretches: list[tuple[Stretch, int]]) -> None:
    """Join passages that hold the same words of one document; each is compared with the first of every text only."""
    heads: list[tuple[Stretch, int]] = []
    for stretch, k in sorted(stretches):
        for other, head in heads:
            if _one_text(stretch, other):
                sets.join(k, head)
                break
        else:
            heads.append((stretch, k))


def _one_text(left: Stretch, right: Stretch) -> bool:
    common = min(left[1], right[1]) - max(left[0], right[0])
    return common >= _SAME * max(left[1] - left[0], right[1] - right[0])


def _is_standing(spots: Iterable[tuple[tuple[str, Stretch], ...]], sizes: Mapping[str, int]) -> bool:
    shares: dict[str, float] = {}
    for sides in spots:
        for doc, (low, high) in sides:
            shares[doc] = max(shares.get(doc, 0.0), (high - low) / sizes[doc])
    return len(shares) > MANY and median(shares.values()) < PART
