"""Scores of spans: exact, and by overlap with each gold span given to at most one of the system's."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from variorum.measure.intervals import Counts, prf
from variorum.measure.rows import Place, Row, by_document, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# The overlaps at which quotations are scored in the literature: .8 strict, .3 lenient (Asr et al. 2021).
OVERLAPS = (0.8, 0.3)
Pair = tuple[int, int]


def jaccard(left: Sequence[Place], right: Sequence[Place]) -> float:
    """Shared over all code points of two sets of spans; 1 for two empty sets."""
    if len(left) == len(right) == 1:
        (doc, start, end), (other_doc, other_start, other_end) = left[0], right[0]
        shared = max(0, min(end, other_end) - max(start, other_start)) if doc == other_doc else 0
        total = end - start + other_end - other_start
        return shared / (total - shared) if total > shared else 1.0
    one, other = _points(left), _points(right)
    if not one and not other:
        return 1.0
    shared = sum(max(0, min(a[2], b[2]) - max(a[1], b[1])) for a in one for b in other if a[0] == b[0])
    total = sum(e - s for _, s, e in one) + sum(e - s for _, s, e in other)
    return shared / (total - shared) if total > shared else 1.0


def overlap(left: Row, right: Row, name: str = "") -> float:
    """`jaccard` of the spans in a field of two rows, or of the rows themselves; 0 where either has none."""
    one, other = places_of(left, name), places_of(right, name)
    return jaccard(one, other) if one and other else 0.0


def _points(spans: Sequence[Place]) -> list[Place]:
    """The same code points as spans that do not overlap."""
    joined: list[Place] = []
    for doc, start, end in sorted(spans):
        if joined and joined[-1][0] == doc and start <= joined[-1][2]:
            joined[-1] = (doc, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((doc, start, end))
    return joined


def assign(
    gold: Sequence[Any],
    system: Sequence[Any],
    alike: Callable[[Any, Any], float],
    least: float,
    *,
    candidates: Iterable[Pair] | None = None,
) -> list[Pair]:
    """Give each gold item to at most one of the system's, best likeness first; ties by order.

    Args:
        gold: Items wanted.
        system: Items given.
        alike: Likeness of two, 0 to 1.
        least: Likeness below which two are no pair.
        candidates: The pairs of numbers worth comparing; all if None.

    Returns:
        Pairs of numbers, by gold.
    """
    if candidates is None:
        candidates = product(range(len(gold)), range(len(system)))
    scored = [(-alike(gold[i], system[j]), i, j) for i, j in candidates]
    taken_gold: set[int] = set()
    taken_system: set[int] = set()
    pairs = []
    for negative, i, j in sorted(scored):
        if -negative < least or negative == 0:
            break
        if i not in taken_gold and j not in taken_system:
            pairs.append((i, j))
            taken_gold.add(i)
            taken_system.add(j)
    return sorted(pairs)


def pairs_by_page(
    gold: Sequence[Row], system: Sequence[Row], alike: Callable[[Row, Row], float], least: float
) -> list[tuple[list[Row], list[Row], list[Pair]]]:
    """Gold rows, system rows and their pairs, page by page."""
    wanted, given = by_document(gold), by_document(system)
    made = []
    for doc in sorted(wanted.keys() | given.keys()):
        left, right = wanted.get(doc, []), given.get(doc, [])
        made.append((left, right, assign(left, right, alike, least)))
    return made


def span_scores(gold: Sequence[Row], system: Sequence[Row], *, name: str = "") -> dict[str, Any]:
    """Scores of one span (or set of spans) a row.

    Args:
        gold: Rows wanted.
        system: Rows given.
        name: Field that holds the span or list of spans; empty for rows that are spans themselves.

    Returns:
        `exact` and `overlap_<j>`: precision, recall, F1 and counts (`prf`).
    """

    def alike(left: Row, right: Row) -> float:
        return overlap(left, right, name)

    left = [row for row in gold if places_of(row, name)]
    right = [row for row in system if places_of(row, name)]
    found = {"exact": prf(counts(pairs_by_page(left, right, alike, 1.0)))}
    for least in OVERLAPS:
        found[f"overlap_{least}"] = prf(counts(pairs_by_page(left, right, alike, least)))
    return found


def counts(pages: Sequence[tuple[list[Row], list[Row], list[Pair]]]) -> list[Counts]:
    """Pairs, rows given and rows wanted, page by page."""
    return [Counts(len(pairs), len(right), len(left)) for left, right, pairs in pages]
