"""Who is who across pages: name keys, scored edges between chains, and the actors derived from them.

Within a key every chain is compared to one representative of each class of compatible names, not to every other
chain, so that the cost grows with the number of chains. An edge is written under one key only, the first that both
chains have, so that no pair is written twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from variorum.compare import names
from variorum.compare.content import resources
from variorum.records import Actor, Chain, NameKey, SameEntity, Tables, from_table, to_table
from variorum.stage import Fetch, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from variorum.settings import Settings


def _name_keys(tables: Tables, _settings: Settings) -> Tables:
    chains = {c.id: c for c in from_table(Chain, tables["chains"])}
    rows = []
    for chain in chains.values():
        owner = chains.get(chain.speaks_for)
        keys = (names.owned_key(chain, owner),) if owner and names.owned(chain) else names.keys(chain)
        rows += [NameKey(doc=chain.doc, chain=chain.id, key=key) for key in keys]
    return {"name_keys": to_table(NameKey, rows, made_by=NAME_KEYS.made_by)}


NAME_KEYS = Stage(
    name="name_keys",
    version=1,
    needs=("chains",),
    makes=("name_keys",),
    split_by="document",
    run=_name_keys,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)


def _same_entity(tables: Tables, _settings: Settings) -> Tables:
    chains = {c.id: c for c in from_table(Chain, tables["chains"])}
    groups: dict[str, set[str]] = defaultdict(set)
    for row in from_table(NameKey, tables["name_keys"]):
        groups[row.key].add(row.chain)
    rows = [
        edge for key in sorted(groups) for edge in link(key, [chains[i] for i in groups[key] if i in chains])
    ]
    return {"same_entity": to_table(SameEntity, rows, made_by=SAME_ENTITY.made_by)}


SAME_ENTITY = Stage(
    name="same_entity",
    version=1,
    needs=("name_keys",),
    makes=("same_entity",),
    split_by="key",
    fetch=(Fetch(table="chains", column="id", by=("name_keys.chain",)),),
    run=_same_entity,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)


def link(key: str, chains: Iterable[Chain]) -> Iterator[SameEntity]:
    """Edges between the chains that share a key.

    Full names come first and form classes; a chain joins the first class whose representative it fits. A surname or a
    role alone joins a class only if exactly one fits best; with two of equal right it stays alone.

    Args:
        key: The key they share.
        chains: The chains, in any order.

    Yields:
        Edges with a score of `names.LINK` or more; none between chains of one document.
    """
    classes: list[Chain] = []
    for chain in sorted(chains, key=lambda c: (-_fullness(c), c.id)):
        scored = sorted(((names.score(chain, c), c) for c in classes), key=lambda s: (-s[0][0], s[1].id))
        fitting = [s for s in scored if s[0][0] >= names.LINK]
        if not fitting:
            classes.append(chain)
            continue
        (best, why), other = fitting[0]
        if len(fitting) > 1 and fitting[1][0][0] == best and best < names.SPELLING:
            continue
        if chain.doc != other.doc and _first_shared(chain, other) in {key, ""}:
            left, right = sorted((chain.id, other.id))
            yield SameEntity(left=left, right=right, score=best, why=why)


def _fullness(chain: Chain) -> int:
    if chain.kind != "person":
        return 1
    name = names.fullest(chain)
    return 0 if name is None else 1 + len(name.given)


def _first_shared(left: Chain, right: Chain) -> str:
    """The key under which a pair is written; empty for a body with a common name, which has but one key."""
    return min(set(names.keys(left)) & set(names.keys(right)), default="")


class _Cluster:
    """Chains merged so far: their ids, and the given names that stand for one person."""

    def __init__(self, chain: Chain) -> None:
        self.chains = [chain]
        name = names.fullest(chain) if chain.kind == "person" else None
        self.given = [name.given] if name is not None and name.given else []

    def agrees(self, other: _Cluster) -> bool:
        return all(names.given_agree(a, b) for a in self.given for b in other.given)


def merge(chains: Iterable[Chain], edges: Iterable[SameEntity]) -> list[list[Chain]]:
    """Cluster chains along edges, the strongest first, never joining contradicting given names.

    Args:
        chains: All chains.
        edges: Edges between them; edges to chains that are not given are left out.

    Returns:
        Clusters of chains, each sorted by id, in the order of their first id; every chain is in exactly one.
    """
    home = {c.id: _Cluster(c) for c in sorted(chains, key=lambda c: c.id)}
    for edge in sorted(edges, key=lambda e: (-e.score, e.left, e.right)):
        if edge.left not in home or edge.right not in home:
            continue
        left, right = home[edge.left], home[edge.right]
        if left is right or not left.agrees(right):
            continue
        if len(left.chains) < len(right.chains):
            left, right = right, left
        left.chains += right.chains
        left.given = sorted({*left.given, *right.given})
        for chain in right.chains:
            home[chain.id] = left
    clusters = {id(c): sorted(c.chains, key=lambda x: x.id) for c in home.values()}
    return sorted(clusters.values(), key=lambda c: c[0].id)


def _actor(chains: Sequence[Chain]) -> Actor:
    counts = Counter(c.name for c in chains)
    proper = {c.name for c in chains if names.names_of(c)[:1] == (c.name,)} or set(counts)
    name = min(proper, key=lambda n: (-counts[n], -len(n), n))
    kinds = Counter(c.kind for c in chains)
    aliases = {a for c in chains for a in (c.name, *c.aliases)} - {name}
    return Actor(
        name=name,
        kind=min(kinds, key=lambda k: (-kinds[k], k)),
        aliases=tuple(sorted(aliases)),
        chains=tuple(c.id for c in chains),
        roles=tuple(sorted({r for c in chains for r in c.roles})),
    )


def derive(chains: Sequence[Chain], edges: Iterable[SameEntity]) -> list[Actor]:
    """The actors of a dossier.

    Returns:
        One actor a cluster, each with the body it speaks for by the word of most of its pages.
    """
    clusters = merge(chains, edges)
    actors = [_actor(c) for c in clusters]
    of = {chain.id: actor.id for actor, cluster in zip(actors, clusters, strict=True) for chain in cluster}
    found = []
    for actor, cluster in zip(actors, clusters, strict=True):
        bodies = Counter(of[c.speaks_for] for c in cluster if c.speaks_for in of)
        bodies.pop(actor.id, None)
        body = min(bodies, key=lambda b: (-bodies[b], b), default="")
        found.append(msgspec.structs.replace(actor, speaks_for=body))
    return found


def _actors(tables: Tables, _settings: Settings) -> Tables:
    rows = derive(from_table(Chain, tables["chains"]), from_table(SameEntity, tables["same_entity"]))
    return {"actors": to_table(Actor, rows, made_by=ACTORS.made_by)}


ACTORS = Stage(
    name="actors",
    version=1,
    needs=("same_entity", "chains"),
    makes=("actors",),
    split_by="all",
    run=_actors,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)
