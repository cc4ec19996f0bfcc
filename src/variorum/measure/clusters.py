"""Scores of clusterings: B-cubed and the adjusted Rand index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import comb
from typing import Any

from variorum.measure.intervals import mean_of
from variorum.measure.rows import Row, document_of, place_of

# The list of members in each table that is a clustering, by the table's name.
MEMBERS = {
    "stories": "documents",
    "episodes": "documents",
    "origins": "documents",
    "actors": "chains",
    "utterances": "statements",
    "happenings": "events",
    "clusters": "members",
}
Clustering = Mapping[Hashable, frozenset[Hashable]]
# The clusters of a member on one side and on the other.
_Kind = tuple[frozenset[Hashable], frozenset[Hashable]]


def clustering(rows: Iterable[Row], members: str) -> dict[Hashable, frozenset[Hashable]]:
    """Clusters of each member.

    Args:
        rows: One cluster a row.
        members: Field with the list of members: ids, or spans.

    Returns:
        For each member the numbers of the clusters that hold it (usually one).
    """
    held: dict[Hashable, set[Hashable]] = defaultdict(set)
    for number, row in enumerate(rows):
        for member in row.get(members) or ():
            held[_key(member, row)].add(number)
    return {member: frozenset(numbers) for member, numbers in held.items()}


def _key(member: Any, row: Row) -> Hashable:
    place = place_of(member, document_of(row))
    return place or str(member)


def b_cubed(gold: Clustering, system: Clustering) -> dict[str, float]:
    """B-cubed precision, recall and F1 (Bagga and Baldwin 1998).

    For members of several clusters the extended form of Amigo, Gonzalo, Artiles and Verdejo (2009). Members that the system leaves out count as missed (recall 0); members that the gold does not know are ignored.

    Returns:
        `precision`, `recall`, `f1`, 0 to 1, and `members`.
    """
    precision, recall = _precision_and_recall(gold, system)
    p = sum(precision.values()) / len(precision) if precision else 0.0
    r = sum(recall.values()) / len(recall) if recall else 0.0
    return {"precision": p, "recall": r, "f1": _f1(p, r), "members": float(len(gold))}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _precision_and_recall(
    gold: Clustering, system: Clustering
) -> tuple[dict[Hashable, float], dict[Hashable, float]]:
    """B-cubed precision of each member that both know, and recall of each of the gold's."""
    precision = _shares([m for m in gold if m in system], of=system, against=gold)
    recall = _shares(list(gold), of=gold, against=system)
    return precision, {m: r if m in system else 0.0 for m, r in recall.items()}


def _shares(members: Sequence[Hashable], *, of: Clustering, against: Clustering) -> dict[Hashable, float]:
    """For each member the mean over those that share a cluster of `of` with it of how far `against` joins them too.

    Members that stand in the same clusters on both sides are alike, and counted together: the cost grows with the kinds of
    members, not with the pairs of them.
    """
    none: frozenset[Hashable] = frozenset()
    kinds = Counter((of[m], against.get(m, none)) for m in members)
    held: dict[Hashable, list[_Kind]] = defaultdict(list)
    cells: dict[tuple[Hashable, Hashable], list[_Kind]] = defaultdict(list)
    for kind in kinds:
        for cluster in kind[0]:
            held[cluster].append(kind)
            for other in kind[1]:
                cells[cluster, other].append(kind)
    # Dictionaries serve as sets that keep their order, so that sums come out the same in every run.
    sizes: dict[frozenset[Hashable], int] = {}
    made: dict[_Kind, float] = {}
    for here, there in kinds:
        if here not in sizes:
            sizes[here] = sum(
                kinds[k] for k in dict.fromkeys(k for c in sorted(here, key=str) for k in held[c])
            )
        both = dict.fromkeys(
            k for c in sorted(here, key=str) for d in sorted(there, key=str) for k in cells.get((c, d), ())
        )
        total = sum(kinds[k] * min(len(k[0] & here), len(k[1] & there)) / len(k[0] & here) for k in both)
        made[here, there] = total / sizes[here]
    return {m: made[of[m], against.get(m, none)] for m in members}


def adjusted_rand(gold: Clustering, system: Clustering) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985) over members of both; -1 to 1, 1 if both agree wholly."""
    members = [m for m in gold if m in system]
    left = {m: min(gold[m], key=str) for m in members}
    right = {m: min(system[m], key=str) for m in members}
    both = sum(comb(n, 2) for n in Counter((left[m], right[m]) for m in members).values())
    one = sum(comb(n, 2) for n in Counter(left.values()).values())
    other = sum(comb(n, 2) for n in Counter(right.values()).values())
    pairs = comb(len(members), 2)
    expected = one * other / pairs if pairs else 0.0
    highest = (one + other) / 2
    if highest == expected:
        return 1.0 if members and one == other == both else 0.0
    return (both - expected) / (highest - expected)


def cluster_scores(gold: Sequence[Row], system: Sequence[Row], *, members: str) -> dict[str, Any]:
    """Scores of two clusterings given as rows.

    Args:
        gold: Clusters wanted, one a row.
        system: Clusters given.
        members: Field with the list of members.

    Returns:
        `b_cubed`, `adjusted_rand`, and the mean of each member's B-cubed F1 with its interval (`members_f1`).
    """
    left, right = clustering(gold, members), clustering(system, members)
    return {
        "b_cubed": b_cubed(left, right),
        "adjusted_rand": adjusted_rand(left, right),
        "members_f1": mean_of(_member_f1(left, right)),
    }


def _member_f1(gold: Clustering, system: Clustering) -> list[float]:
    precision, recall = _precision_and_recall(gold, system)
    return [_f1(precision.get(member, 0.0), recall[member]) for member in sorted(gold, key=str)]
