"""The block model: which pieces are the article's, by a chain over the page.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over four states: before the article,
in it, a gap within it, after it. So a page has one article, and what stands between its paragraphs is judged apart
from what stands around them. There are two sets of weights: for pages that have their lines, and for pages that
have lost them, where pieces are sentences. Weights are whole numbers (1/1024 of a nat) fitted by
bench/quality/fit_flat.py on flattened HTML pages; decoding is exact.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from variorum.clean.flat.features import SIZES
from variorum.clean.flat.words import packaged

if TYPE_CHECKING:
    from collections.abc import Sequence

BEFORE, BODY, GAP, AFTER = range(4)
_NEVER = -(10**9)


class Weights(msgspec.Struct, frozen=True):
    """One set of weights as shipped: `emission` by feature bucket and state, `transition` from state to state (None: never)."""

    transition: list[list[int | None]]
    emission: list[list[int]]


@cache
def _weights(kind: str) -> tuple[np.ndarray, np.ndarray, list[tuple[tuple[int, int], ...]]]:
    shipped = msgspec.json.decode(packaged("flat_weights.json"), type=dict[str, Weights])[kind]
    offsets = np.concatenate([[0], np.cumsum(SIZES)])[:-1]
    moves = []
    for state in range(4):
        column = [(source, shipped.transition[source][state]) for source in range(4)]
        moves.append(tuple((source, weight) for source, weight in column if weight is not None))
    return np.array(shipped.emission, dtype=np.int64), offsets, moves


def decode(rows: Sequence[tuple[int, ...]], *, broken: bool) -> list[int]:
    """The likeliest state of every piece.

    Args:
        rows: Features of the pieces, in page order (`variorum.clean.flat.features.features`).
        broken: Whether the page has lost its line breaks (`variorum.clean.flat.pieces.broken`).

    Returns:
        One of `BEFORE`, `BODY`, `GAP`, `AFTER` for each.
    """
    if not rows:
        return []
    table, offsets, moves = _weights("broken" if broken else "lines")
    emission = table[np.array(rows) + offsets].sum(axis=1).tolist()
    value = [emission[0][BEFORE], emission[0][BODY], _NEVER, _NEVER]
    came: list[list[int]] = []
    for seen in emission[1:]:
        best, sources = [], []
        for state in range(4):
            top, source = _NEVER * 2, 0
            for origin, weight in moves[state]:
                total = value[origin] + weight
                if total > top:
                    top, source = total, origin
            best.append(top + seen[state])
            sources.append(source)
        value = best
        came.append(sources)
    state = max(range(4), key=lambda s: (value[s], -s))
    states = [state]
    for sources in reversed(came):
        state = sources[state]
        states.append(state)
    return states[::-1]
