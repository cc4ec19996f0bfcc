"""Scores of coreference: MUC, B-cubed, CEAF with entity similarity, and their mean (CoNLL F1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from variorum.models.pairs import PRONOUNS

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    Chain = frozenset[Hashable]

_PRONOUNS = frozenset(form for forms in PRONOUNS for form in forms)


class Tally(msgspec.Struct):
    """Sums over documents: right and all, for precision and for recall."""

    right_found: float = 0.0
    found: float = 0.0
    right_gold: float = 0.0
    gold: float = 0.0

    def add(self, right_found: float, found: float, right_gold: float, gold: float) -> None:
        self.right_found += right_found
        self.found += found
        self.right_gold += right_gold
        self.gold += gold

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 where there is nothing."""
        precision = self.right_found / self.found if self.found else 0.0
        recall = self.right_gold / self.gold if self.gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def chains_of(mentions: Iterable[Hashable], numbers: Iterable[int], *, alone: bool) -> list[Chain]:
    """Chains from mentions and their chains' numbers; -1 is a chain of its own. Those of one mention only if `alone`."""
    held: dict[Hashable, set[Hashable]] = {}
    for mention, number in zip(mentions, numbers, strict=True):
        held.setdefault(number if number >= 0 else ("alone", mention), set()).add(mention)
    return [frozenset(c) for c in held.values() if alone or len(c) > 1]


def _muc(of: list[Chain], by: list[Chain]) -> tuple[float, float]:
    place = {m: n for n, c in enumerate(by) for m in c}
    right = whole = 0
    for chain in of:
        parts = {place.get(m, ("none", m)) for m in chain}
        right += len(chain) - len(parts)
        whole += len(chain) - 1
    return right, whole


def _b_cubed(of: list[Chain], by: list[Chain]) -> tuple[float, float]:
    place = {m: c for c in by for m in c}
    right = sum(len(chain & place[m]) / len(chain) for chain in of for m in chain if m in place)
    return right, sum(map(len, of))


def _ceaf(gold: list[Chain], found: list[Chain]) -> float:
    if not gold or not found:
        return 0.0
    likeness = np.array([[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold])
    rows, columns = linear_sum_assignment(-likeness)
    return float(likeness[rows, columns].sum())


class Scores:
    """Sums the three measures over documents."""

    def __init__(self) -> None:
        self.muc, self.b_cubed, self.ceaf = Tally(), Tally(), Tally()

    def add(self, gold: list[Chain], found: list[Chain]) -> None:
        """Count one document."""
        self.muc.add(*_muc(found, gold), *_muc(gold, found))
        self.b_cubed.add(*_b_cubed(found, gold), *_b_cubed(gold, found))
        alike = _ceaf(gold, found)
        self.ceaf.add(alike, len(found), alike, len(gold))

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf.f1) / 3


def by_head(words: list[str], heads: Iterable[int]) -> list[int]:
    """The baseline: mentions with the same head word, pronouns apart, are the same; -1 alone."""
    known: dict[str, int] = {}
    return [
        -1 if words[h].lower() in _PRONOUNS else known.setdefault(words[h].lower(), len(known)) for h in heads
    ]
