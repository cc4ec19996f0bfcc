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
    """Trees as arrays."""

    def __init__(self, trees: Trees) -> None:
        width = max(map(len, trees.feature))
        padded = [
            np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int32)
            for rows in (trees.feature, trees.value, trees.left, trees.right)
        ]
        self.feature, self.value, self.left, self.right = padded
        self.start = trees.start

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """For each row of features the sum of its leaves, in `UNIT`s of log odds."""
        trees = np.arange(len(self.feature))
        at = np.zeros((len(rows), len(trees)), dtype=np.int32)
        while True:
            feature = self.feature[trees, at]
            inner = feature >= 0
            value = self.value[trees, at]
            if not inner.any():
                total: np.ndarray = value.sum(axis=1) + self.start
                return total
            seen = np.take_along_axis(rows, np.maximum(feature, 0), axis=1)
            step = np.where(seen <= value, self.left[trees, at], self.right[trees, at])
            at = np.where(inner, step, at)
