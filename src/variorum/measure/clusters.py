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
    known = [m for m in gold if m in system]
    here, there = _by_cluster(gold, gold), _by_cluster(system, known)
    precision = [_share(m, there, of=system, against=gold) for m in known]
    recall = [_share(m, here, of=gold, against=system) if m in system else 0.0 for m in gold]
    p = sum(precision) / len(precision) if precision else 0.0
    r = sum(recall) / len(recall) if recall else 0.0
    return {
        "precision": p,
        "recall": r,
        "f1": 2 * p * r / (p + r) if p + r else 0.0,
        "members": float(len(gold)),
    }


def _by_cluster(of: Clustering, members: Iterable[Hashable]) -> dict[Hashable, list[Hashable]]:
    """The members of each cluster, among some."""
    held: dict[Hashable, list[Hashable]] = defaultdict(list)
    for member in members:
        for cluster in of[member]:
            held[cluster].append(member)
    return held


def _share(
    member: Hashable, held: Mapping[Hashable, Sequence[Hashable]], *, of: Clustering, against: Clustering
) -> float:
    """Mean over members that share a cluster of `of` with this one of how far `against` joins them too."""
    joint = dict.fromkeys(o for cluster in of[member] for o in held.get(cluster, ()))
    empty: frozenset[Hashable] = frozenset()
    total = 0.0
    for other in joint:
        here, there = len(of[other] & of[member]), len(against.get(other, empty) & against.get(member, empty))
        total += min(here, there) / here
    return total / len(joint)


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
    here, there = _by_cluster(gold, gold), _by_cluster(system, [m for m in gold if m in system])
    found = []
    for member in sorted(gold, key=str):
        if member not in system:
            found.append(0.0)
            continue
        p = _share(member, there, of=system, against=gold)
        r = _share(member, here, of=gold, against=system)
        found.append(2 * p * r / (p + r) if p + r else 0.0)
    return found
