"""Which bags of words share enough to be worth a look, found by their rarest words instead of pair by pair.

What is found is exactly what looking at every pair would find; only the order of the work depends on the other bags.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Postings:
    """Bags of words, looked up by word."""

    def __init__(self, bags: Iterable[frozenset[str]]) -> None:
        self.bags = list(bags)
        found: dict[str, list[int]] = defaultdict(list)
        for place, bag in enumerate(self.bags):
            for word in bag:
                found[word].append(place)
        self._of = dict(found)

    def sharing(self, words: Iterable[str], least: int) -> list[int]:
        """Places of the bags that hold at least so many of these words, in order; `least` is 1 or more."""
        counts = Counter(place for word in words for place in self._of.get(word, ()))
        return sorted(place for place, count in counts.items() if count >= least)

    def _rarest(self, bag: frozenset[str]) -> list[str]:
        return sorted(bag, key=lambda w: (len(self._of[w]), w))

    def halves(self) -> Iterator[tuple[int, int]]:
        """Pairs of places whose bags share at least half of the smaller one, lower place first, in order.

        Two bags that share half of the smaller have one of its rarest words in common, one more than its other half
        (prefix filter: Chaudhuri, Ganti and Kaushik 2006, "A primitive operator for similarity joins").
        """
        for place, bag in enumerate(self.bags):
            near = {other for word in self._rarest(bag)[: len(bag) // 2 + 1] for other in self._of[word]}
            for other in sorted(near):
                theirs = self.bags[other]
                if (len(bag), place) < (len(theirs), other) and 2 * len(bag & theirs) >= len(bag):
                    yield min(place, other), max(place, other)


def half(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two bags share at least half of the smaller one."""
    return 2 * len(left & right) >= min(len(left), len(right))


def pairs(bags: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """Places of every two bags that share at least half of the smaller one and are not empty, in order."""
    return sorted(Postings(bags).halves())
