"""Scores of edges: pairs of records, or of spans of two documents."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from variorum.measure.intervals import Counts, prf
from variorum.measure.rows import Place, Row, document_of, places_of
from variorum.measure.spans import Pair, assign, jaccard

if TYPE_CHECKING:
    from collections.abc import Sequence

# The two ends of an edge in each table: fields tried in order for one end and the other, and whether their order tells.
ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]] = {
    "passages": (("left",), ("right",), False),
    "conflicts": (("left_span", "left"), ("right_span", "right"), False),
    "same_story": (("left",), ("right",), False),
    "same_entity": (("left",), ("right",), False),
    "same_event": (("left",), ("right",), False),
    "denials": (("statement",), ("denied", "claimed"), True),
    "revisions": (("earlier",), ("later",), True),
    "edges": (("left",), ("right",), False),
}
# Two ends are one if their spans share this much: what the literature calls lenient overlap.
LEAST = 0.3
# Spans of one end, or the id of a record.
End = tuple[Place, ...] | str | None
Ends = tuple[End, End]


def _end(row: Row, names: Sequence[str]) -> End:
    for name in names:
        if value := row.get(name):
            return value if isinstance(value, tuple) else places_of(row, name) or str(value)
    return None


def ends_of(row: Row, table: str) -> Ends:
    """Both ends of an edge."""
    one, other, _ = ENDS[table]
    return _end(row, one), _end(row, other)


def _same(left: End, right: End, least: float) -> float:
    if isinstance(left, tuple) and isinstance(right, tuple):
        share = jaccard(left, right)
        return share if share >= least else 0.0
    return float(left is not None and left == right)


def edge_pairs(gold: Sequence[Row], system: Sequence[Row], table: str, least: float) -> list[Pair]:
    """Which of the system's edges is which of the gold's, each at most once.

    Args:
        gold: Edges wanted.
        system: Edges given.
        table: Table they are rows of (a key of `ENDS`).
        least: Overlap (Jaccard) that spans of both ends need; ids must be equal.

    Returns:
        Pairs of numbers, by gold.
    """
    ordered = ENDS[table][2]

    def alike(left: Ends, right: Ends) -> float:
        # An end that both leave open agrees where ends have an order: a denial of what nobody claims.
        both_open = float(ordered and left[1] is None and right[1] is None)
        straight = _same(left[0], right[0], least)
        straight = straight and min(straight, _same(left[1], right[1], least) or both_open)
        crossed = 0.0 if ordered else _same(left[0], right[1], least)
        return max(straight, crossed and min(crossed, _same(left[1], right[0], least)))

    wanted, given = [ends_of(row, table) for row in gold], [ends_of(row, table) for row in system]
    return assign(wanted, given, alike, least, candidates=_meeting(wanted, given))


def _meeting(wanted: Sequence[Ends], given: Sequence[Ends]) -> list[Pair]:
    """Edges that have a document or an id in common: no others can be one."""
    at: dict[str, list[int]] = defaultdict(list)
    for j, ends in enumerate(given):
        for name in _names(ends):
            at[name].append(j)
    return [(i, j) for i, ends in enumerate(wanted) for j in sorted({j for n in _names(ends) for j in at[n]})]


def _names(ends: Ends) -> set[str]:
    """Documents of spans, and ids."""
    return {n for e in ends if e for n in ([e] if isinstance(e, str) else [place[0] for place in e])}


def edge_scores(gold: Sequence[Row], system: Sequence[Row], *, table: str = "edges") -> dict[str, Any]:
    """Scores of edges.

    Args:
        gold: Edges wanted; their ends are ids, spans or lists of spans.
        system: Edges given.
        table: Table they are rows of (a key of `ENDS`); tells the fields of the ends and whether they have an order.

    Returns:
        `exact` and `overlap_0.3` (both ends overlap so far), and by `kind`, where edges have one, the latter again
        for edges of that kind. Intervals are over edges' first documents.
    """
    found: dict[str, Any] = {"exact": _scores(gold, system, table, 1.0)}
    found[f"overlap_{LEAST}"] = _scores(gold, system, table, LEAST)
    kinds = sorted({str(row["kind"]) for row in (*gold, *system) if row.get("kind")})
    found["by_kind"] = {
        kind: _scores(
            [r for r in gold if r.get("kind") == kind],
            [r for r in system if r.get("kind") == kind],
            table,
            LEAST,
        )
        for kind in kinds
    }
    return found


def _scores(gold: Sequence[Row], system: Sequence[Row], table: str, least: float) -> dict[str, float]:
    pairs = edge_pairs(gold, system, table, least)
    units: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for row in gold:
        units[document_of(row)][2] += 1
    # A pair counts with its gold edge's document on both sides, so that no page has more right than given.
    for i, _ in pairs:
        units[document_of(gold[i])][0] += 1
        units[document_of(gold[i])][1] += 1
    taken = {j for _, j in pairs}
    for j, row in enumerate(system):
        if j not in taken:
            units[document_of(row)][1] += 1
    return prf([Counts(*units[doc]) for doc in sorted(units)])
