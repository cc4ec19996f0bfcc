"""Maximum spanning trees (Chu and Liu 1965, Edmonds 1967): the best tree over a sentence's words, with one root."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NEVER = -1e9


def tree(scores: Floats) -> list[int]:
    """The best governors of a sentence.

    Args:
        scores: Scores [N, 1 + N]: of each word, for the root (place 0) and each word (place 1 + its number). Any finite
            numbers.

    Returns:
        For each word 1 + the number of its governor, 0 for the root: a tree in which exactly one word hangs on the root,
        the best such tree. Of equal ones always the same.
    """
    size = len(scores)
    if size == 0:
        return []
    # Best first: most sentences need no more than each word's best governor.
    graph = np.full((size + 1, size + 1), _NEVER)
    graph[1:, :] = scores
    np.fill_diagonal(graph, _NEVER)
    heads = graph.argmax(axis=1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and not _circle(heads):
        return [int(h) for h in heads[1:]]
    return _one_root(graph)


def trees(scores: NDArray[np.float32], sentence: NDArray[np.int64]) -> NDArray[np.int64]:
    """Governors of the words of a window: one tree for each sentence.

    Args:
        scores: Scores [N, 1 + N] of each word: for the root (place 0) and each word of the window (place 1 + its place).
        sentence: Number of each word's sentence, never falling.

    Returns:
        1 + the place of each word's governor, 0 for the root.
    """
    size = len(sentence)
    allowed = np.ones((size, size + 1), dtype=bool)
    allowed[:, 1:] = sentence[:, None] == sentence[None, :]
    places = np.arange(size)
    allowed[places, places + 1] = False
    heads: NDArray[np.int64] = np.where(allowed, scores, -np.inf).argmax(axis=1)
    borders = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist(), size]
    # Each word's best governor makes a tree in most sentences already; the others are solved one by one.
    for a, b in _broken(heads, borders):
        part = np.concatenate([scores[a:b, :1], scores[a:b, a + 1 : b + 1]], axis=1).astype(np.float64)
        found = np.array(tree(part), dtype=np.int64)
        heads[a:b] = np.where(found == 0, 0, found + a)
    return heads


def _broken(heads: NDArray[np.int64], borders: list[int]) -> list[tuple[int, int]]:
    """The sentences that are no tree with one root: places [a, b)."""
    above = np.concatenate([[0], heads])
    # Twice as far up each time: whoever has not come to the root after as many steps as there are words is in a circle.
    for _ in range(len(above).bit_length()):
        above = above[above]
    roots, lost = (
        np.concatenate([[0], np.cumsum(heads == 0)]),
        np.concatenate([[0], np.cumsum(above[1:] > 0)]),
    )
    return [(a, b) for a, b in pairwise(borders) if roots[b] - roots[a] != 1 or lost[b] > lost[a]]


def _one_root(graph: Floats) -> list[int]:
    """The best tree with one word at the root: a root arc costs more than all other scores can make good."""
    finite = graph[1:][graph[1:] > _NEVER / 2]
    price = (finite.max() - finite.min() + 1.0) * len(graph)
    graph = graph.copy()
    graph[1:, 0] -= price
    return [int(h) for h in _edmonds(graph)[1:]]


def _circle(heads: NDArray[np.int64]) -> list[int]:
    """The words of one circle, empty if there is none."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return path[path.index(at) :]
        for node in path:
            state[node] = 2
    return []


def _edmonds(graph: Floats) -> NDArray[np.int64]:
    """Governors of the best tree under node 0. Circles are contracted one by one; no recursion, so length costs no stack."""
    contracted = []
    while True:
        heads = graph.argmax(axis=1)
        heads[0] = 0
        circle = _circle(heads)
        if not circle:
            break
        graph, step = _contract(graph, heads, circle)
        contracted.append((heads, *step))
    for outer, rest, enters, leaves in reversed(contracted):
        heads = _expand(heads, outer, rest, enters, leaves)
    return np.asarray(heads, dtype=np.int64)


def _contract(
    graph: Floats, heads: NDArray[np.int64], circle: list[int]
) -> tuple[Floats, tuple[list[int], NDArray[np.int64], NDArray[np.int64]]]:
    """The graph with a circle as its last node.

    Also the nodes that stay, and for each of them the word of the circle that it would govern at best and the one that would
    govern it.
    """
    held = set(circle)
    rest = [n for n in range(len(graph)) if n not in held]
    inside, outside = np.array(circle), np.array(rest)
    small = np.full((len(rest) + 1, len(rest) + 1), _NEVER)
    small[:-1, :-1] = graph[np.ix_(outside, outside)]
    entering = graph[np.ix_(inside, outside)] - graph[inside, heads[inside]][:, None]
    enters = inside[entering.argmax(axis=0)]
    small[-1, :-1] = entering.max(axis=0)
    leaving = graph[np.ix_(outside, inside)]
    leaves = inside[leaving.argmax(axis=1)]
    small[:-1, -1] = leaving.max(axis=1)
    small[0, :] = _NEVER
    return small, (rest, enters, leaves)


def _expand(
    small: NDArray[np.int64],
    heads: NDArray[np.int64],
    rest: list[int],
    enters: NDArray[np.int64],
    leaves: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Governors of the larger graph from those of the contracted one."""
    out = heads.copy()
    last = len(rest)
    for n, node in enumerate(rest):
        out[node] = leaves[n] if small[n] == last else rest[small[n]]
    # The circle breaks where the arc from outside comes in; its other arcs stay.
    governor = int(small[last])
    out[enters[governor]] = rest[governor]
    out[0] = 0
    return out
