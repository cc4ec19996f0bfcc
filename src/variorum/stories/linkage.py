"""Average-linkage clustering of a few hundred documents, and the parting of clusters that are two alike stories.

Average linkage (Sokal, Michener 1958) joins, again and again, the two clusters whose documents are on average most
alike, down to a cut. Two different stories of one sort (two earthquakes, two arrests) may pass the cut. They give
themselves away: each holds together far more than both do with each other, and the names at their centre differ. One
quarrel in two seasons passes the first test at times, but not the second, for its people and places return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]

# All swept together on stories/ecbplus train (B-cubed F1), see bench/quality/stories.py.
CUT = 0.16
# Likeness across, divided by likeness within (geometric mean of both sides), below which two parts are two stories ...
ACROSS = 0.75
# ... if the cosine of their central names is below this too.
NAMES = 0.75
# Fewer documents on a side cannot show what their story is.
LEAST = 4
# Copies say that two pages have one text, not that a story holds together: likeness counts up to here.
CAPPED = 0.6

# Words of a passage that two alike stories do not share: on stories/ecbplus train the longest between two stories has
# 23 words (names and offices in full), on dev 15; within a story they run to the whole page.
COPIED = 24


class Node(msgspec.Struct, frozen=True):
    """A cluster of the tree: its documents by index, sorted, and the two clusters it was joined from."""

    members: tuple[int, ...]
    left: Node | None = None
    right: Node | None = None


def average_linkage(likeness: Matrix, *, cut: float = CUT) -> list[Node]:
    """Join clusters down to the cut.

    Args:
        likeness: Symmetric, 0..1, by index; ties go to the lower indices.
        cut: Least average likeness of two clusters that are joined.

    Returns:
        The clusters, each with the tree beneath it, in order of their first member.
    """
    size = len(likeness)
    nodes: list[Node | None] = [Node((i,)) for i in range(size)]
    work = np.array(likeness, dtype=np.float64)
    np.fill_diagonal(work, -1.0)
    weight = np.ones(size)
    best = work.argmax(axis=1) if size else np.empty(0, dtype=np.int64)
    top = work.max(axis=1) if size else np.empty(0)
    while size > 1:
        i = int(top.argmax())
        if top[i] < cut:
            break
        j = int(best[i])
        i, j = min(i, j), max(i, j)
        nodes[i] = _join(nodes[i], nodes[j])
        nodes[j] = None
        row = np.round((weight[i] * work[i] + weight[j] * work[j]) / (weight[i] + weight[j]), 12)
        row[[i, j]] = -1.0
        row[work[i] < 0] = -1.0
        weight[i] += weight[j]
        work[i], work[:, i] = row, row
        work[j], work[:, j] = -1.0, -1.0
        top[j] = -1.0
        for k in np.flatnonzero((best == i) | (best == j) | (row > top)).tolist():
            best[k], top[k] = int(work[k].argmax()), float(work[k].max())
        best[i], top[i] = int(work[i].argmax()), float(work[i].max())
    return sorted((n for n in nodes if n is not None), key=lambda n: n.members)


def _join(left: Node | None, right: Node | None) -> Node:
    assert left is not None
    assert right is not None
    return Node(tuple(sorted(left.members + right.members)), left, right)


def part(node: Node, likeness: Matrix, names: Matrix, copied: Matrix | None = None) -> list[tuple[int, ...]]:
    """Part a cluster where it holds two alike stories.

    Args:
        node: A cluster with its tree.
        likeness: As for `average_linkage`.
        names: One row a document: weights of its names.
        copied: Words that two documents share in their longest passage; None where nothing was copied.

    Returns:
        Members of each part, sorted; one part where there is nothing to part.
    """
    # No recursion: a tree may be as deep as it has documents.
    order, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        order.append(one)
        waiting += _halves(one)
    parts: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for one in reversed(order):
        parts[one.members] = _parted(one, parts, likeness, names, copied)
    return parts[node.members]


def _halves(node: Node) -> tuple[Node, ...]:
    """The two clusters that a cluster was joined from; none of one too small to be parted."""
    if node.left is None or node.right is None or len(node.members) < 2 * LEAST:
        return ()
    return node.left, node.right


def _parted(
    node: Node,
    parts: dict[tuple[int, ...], list[tuple[int, ...]]],
    likeness: Matrix,
    names: Matrix,
    copied: Matrix | None,
) -> list[tuple[int, ...]]:
    """Parts of a cluster, given those of the two that it was joined from."""
    if not _halves(node):
        return [node.members]
    left, right = _halves(node)
    here, there = parts[left.members], parts[right.members]
    if (
        min(len(left.members), len(right.members)) >= LEAST
        and _two_stories(left.members, right.members, likeness, names)
        and not _bound(left.members, right.members, copied)
    ):
        return [*here, *there]
    if len(here) == 1 and len(there) == 1:
        return [node.members]
    if len(here) > 1 and len(there) > 1:
        return [*here, *there]
    (one,), rest = (here, there) if len(here) == 1 else (there, here)
    many = list(rest)
    nearest = max(range(len(many)), key=lambda k: (_across(one, many[k], likeness), -k))
    many[nearest] = tuple(sorted((*many[nearest], *one)))
    return many


def _two_stories(left: Sequence[int], right: Sequence[int], likeness: Matrix, names: Matrix) -> bool:
    capped = np.minimum(likeness, CAPPED)
    within = np.sqrt(_within(left, capped) * _within(right, capped))
    return bool(_across(left, right, capped) < ACROSS * within and _central(left, right, names) < NAMES)


def _bound(left: Sequence[int], right: Sequence[int], copied: Matrix | None) -> bool:
    """Whether a page of one side copies a page of the other: then both tell one affair, whatever else differs."""
    return copied is not None and bool((copied[np.ix_(left, right)] >= COPIED).any())


def _across(left: Sequence[int], right: Sequence[int], likeness: Matrix) -> float:
    return float(likeness[np.ix_(left, right)].mean())


def _within(members: Sequence[int], likeness: Matrix) -> float:
    """Average likeness of two different members."""
    block = likeness[np.ix_(members, members)]
    count = len(members)
    return float((block.sum() - np.trace(block)) / (count * (count - 1)))


def _central(left: Sequence[int], right: Sequence[int], names: Matrix) -> float:
    """Cosine of both sides' names, each weighted by the share of documents that have it."""
    a, b = _centre(names[list(left)]), _centre(names[list(right)])
    length = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / length if length else 0.0


def _centre(rows: Matrix) -> npt.NDArray[np.float64]:
    centre: npt.NDArray[np.float64] = rows.mean(axis=0) * (rows > 0).mean(axis=0)
    return centre
