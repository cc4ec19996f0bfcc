"""Boosted trees of whole numbers (J. H. Friedman 2001: Greedy function approximation: a gradient boosting machine), as shipped and scored.

Features, thresholds and leaves are whole numbers: the same text comes out on every machine.
"""

from __future__ import annotations

import msgspec
import numpy as np

# Leaves are in so many parts of a nat.
UNIT = 1024


class Trees(msgspec.Struct, frozen=True):
    """Trees as shipped, one row a tree, nodes in rows: feature (-1 for a leaf), threshold or leaf's value, left and right child.

    A value not above the threshold goes left.
    """

    feature: list[list[int]]
    value: list[list[int]]
    left: list[list[int]]
    right: list[list[int]]
    start: int


class Forest:
    """Trees as arrays, all nodes of all trees in one row; a leaf is its own child, so that all walks are of one length."""

    def __init__(self, trees: Trees) -> None:
        width = max(map(len, trees.feature))
        shape = (len(trees.feature), width)
        feature, value, left, right = (
            np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64)
            for rows in (trees.feature, trees.value, trees.left, trees.right)
        )
        own = np.arange(width)[None, :].repeat(shape[0], axis=0)
        leaf = feature < 0
        base = (np.arange(shape[0]) * width)[:, None]
        children = [np.where(leaf, own, side) + base for side in (left, right)]
        self._feature = np.where(leaf, 0, feature).ravel()
        self._value = value.ravel()
        # The child to the left of a node stands at twice its number, the one to the right behind it.
        self._children = np.stack(children, axis=-1).ravel()
        self._roots = base.ravel()
        self._depth = _depth(self._children, self._roots)
        self.start = trees.start

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """For each row of features the sum of its leaves, in `UNIT`s of log odds."""
        at = self._roots[None, :].repeat(len(rows), axis=0)
        firsts = (np.arange(len(rows)) * rows.shape[1])[:, None]
        cells = np.ascontiguousarray(rows).ravel()
        for _ in range(self._depth):
            above = cells.take(firsts + self._feature.take(at)) > self._value.take(at)
            at = self._children.take(2 * at + above)
        total: np.ndarray = self._value.take(at).sum(axis=1) + self.start
        return total


def _depth(children: np.ndarray, roots: np.ndarray) -> int:
    """How many steps lead from the roots to the last leaf."""
    at, depth = np.unique(roots), 0
    while True:
        below = np.unique(children.reshape(-1, 2)[at])
        if (below == at).all() if len(below) == len(at) else False:
            return depth
        at, depth = below, depth + 1
