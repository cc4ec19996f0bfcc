"""Scores of a whole dossier against a whole gold, layer by layer.

Rows name rows of other tables by id, and ids differ between systems and labellers. So documents are matched by id or text, spans
by overlap, and a row that names another is scored by the spans of what it names: two systems agree on an utterance where they
link statements whose contents overlap. An id that stands for nothing is an answer like any other, and a wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from variorum.errors import InputError
from variorum.measure.clusters import cluster_scores
from variorum.measure.edges import LEAST, edge_pairs, edge_scores
from variorum.measure.rows import Place, Row, by_document, document_of, places_of
from variorum.measure.sides import Side, in_gold_names, texts_of
from variorum.measure.spans import assign, jaccard
from variorum.measure.statements import statement_scores
from variorum.measure.values import flat_naming, value_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from variorum.measure.edges import End
    from variorum.measure.sides import Tables

    Scorer = Callable[[Side, Side], dict[str, Any]]


def score_layers(gold: Tables, system: Tables, *, only: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """Score every layer that the gold has.

    Args:
        gold: Rows by table, in the form of the JSON Lines export. A table `pages` or `documents` with `id` and `text`
            lets documents be matched by their text; without it ids must be equal.
        system: Rows by table, in the same form. What is no answer may be left out, all but what `docs/reference/gold.md` names.
        only: Layers to score (names of `LAYERS`); all that the gold has rows for if empty.

    Returns:
        By layer the measures of that layer, with `gold` and `system`, the numbers of things compared (rows, or pairs of them).

    Raises:
        InputError: If a layer is unknown or the gold lacks it, a row lacks what it needs or holds a span outside its text, or no
            row of the system's is of a document that the gold knows.
    """
    odd = sorted(set(only) - LAYERS.keys())
    if odd:
        raise InputError(f"there is no layer called {odd[0]}", f"one of: {', '.join(LAYERS)}")
    texts = texts_of(gold)
    one, other = Side(gold, texts, "gold"), Side(in_gold_names(gold, system), texts, "system")
    lacking = [name for name in only if not one.rows(name)]
    if lacking:
        raise InputError(f"the gold has no {lacking[0]}", "score a layer that it has, or all")
    asked = [name for name in LAYERS if name in (only or LAYERS) and one.rows(name)]
    known = {doc for name in asked for row in one.rows(name) for doc in _told_of(row)} | texts.keys()
    given = {doc for name in asked for row in other.rows(name) for doc in _told_of(row)}
    if given and known and not given & known:
        raise InputError(
            f"the gold has no document called {min(given)}",
            "use the gold's names of documents, or give documents.jsonl with id and text",
        )
    return {name: LAYERS[name](one, other) for name in asked}


def _told_of(row: Row) -> set[str]:
    """Documents that a row is of."""
    return {document_of(row), *map(str, row.get("documents") or ())} - {""}


def _counted(gold: Sequence[Row], system: Sequence[Row], scores: dict[str, Any]) -> dict[str, Any]:
    return {"gold": len(gold), "system": len(system), **scores}


def _values(table: str) -> Scorer:
    def scored(gold: Side, system: Side) -> dict[str, Any]:
        one, other = gold.rows(table), system.rows(table)
        return _counted(one, other, value_scores(one, other, table=table))

    return scored


def _documents(table: str) -> Scorer:
    def scored(gold: Side, system: Side) -> dict[str, Any]:
        one, other = gold.rows(table), system.rows(table)
        return _counted(one, other, cluster_scores(one, other, members="documents"))

    return scored


def _naming(gold: Side, system: Side) -> dict[str, Any]:
    one, other = (flat_naming(side.rows("naming")) for side in (gold, system))
    return _counted(one, other, value_scores(one, other, table="naming"))


# --- identity: chains and actors as clusters of mentions ---


def _same_mentions(gold: Side, system: Side) -> dict[int, str]:
    """What each of the system's mentions is called: as the gold's that it overlaps, one to one, else by a name of its own."""
    one, other = by_document(gold.rows("mentions")), by_document(system.rows("mentions"))

    def alike(left: Row, right: Row) -> float:
        return jaccard(places_of(left, ""), places_of(right, ""))

    names = {id(row): f"system {n}" for n, row in enumerate(system.rows("mentions"))}
    for doc in one.keys() & other.keys():
        for i, j in assign(one[doc], other[doc], alike, LEAST):
            names[id(other[doc][j])] = _called(one[doc][i])
    return names


def _called(row: Row) -> str:
    """A mention by where it stands and what it is."""
    return f"{row['doc']} {row['start']} {row['end']} {row.get('kind', '')}"


def _clusters(side: Side, names: Mapping[int, str], *, across: bool) -> list[Row]:
    """Mentions by chain, or across documents by actor; a chain of no actor stands alone."""
    actors = enumerate(side.rows("actors")) if across else ()
    actor_of = {str(chain): f"actor {n}" for n, row in actors for chain in row["chains"]}
    held: dict[str, list[str]] = defaultdict(list)
    for number, row in enumerate(side.rows("mentions")):
        chain = str(row.get("chain") or f"alone {number}")
        held[actor_of.get(chain, f"chain {chain}")].append(names.get(id(row)) or _called(row))
    return [{"members": members} for members in held.values()]


def _identity(*, across: bool) -> Scorer:
    def scored(gold: Side, system: Side) -> dict[str, Any]:
        one = _clusters(gold, {}, across=across)
        other = _clusters(system, _same_mentions(gold, system), across=across)
        return _counted(one, other, cluster_scores(one, other, members="members"))

    return scored


# --- statements ---

# Who is called so is named elsewhere on the page: no system has told a speaker by giving them.
_PRONOUNS = frozenset(
    "he him his she her hers it its they them their theirs we us our ours i me my mine you your who that this these those".split()
)


def _statements(gold: Side, system: Side) -> dict[str, Any]:
    names = _names(gold)
    one = [
        {
            **row,
            "speaker_name": sorted(names[str(row["speaker"])] | {str(row.get("speaker_name") or "")} - {""}),
        }
        if row.get("speaker")
        else row
        for row in gold.rows("statements")
    ]
    other = [{**row, "speaker_name": _one_name(row.get("speaker_name"))} for row in system.rows("statements")]
    return _counted(one, other, statement_scores(one, other))


def _names(side: Side) -> dict[str, set[str]]:
    """By chain every name it has on its page: a system may give any."""
    found: dict[str, set[str]] = defaultdict(set)
    for chain in side.rows("chains"):
        found[str(chain.get("id"))] |= {str(chain.get("name") or ""), *map(str, chain.get("aliases") or ())}
    for mention in side.rows("mentions"):
        words = str(mention.get("text") or "")
        if words.lower() not in _PRONOUNS:
            found[str(mention.get("chain"))].add(words)
    return found


def _one_name(value: Any) -> str:
    """A system names one speaker or none; a choice of them is nobody's name."""
    return value if isinstance(value, str) else "?" if value else ""


# --- links, by the spans of what they link ---


def _edge(left: End, right: End, **more: Any) -> Row:
    docs = [place[0] for end in (left, right) if isinstance(end, tuple) for place in end]
    return {"left": left, "right": right, "doc": min(docs, default=""), **more}


def _utterances(gold: Side, system: Side) -> dict[str, Any]:
    def pairs(side: Side) -> list[Row]:
        made: list[Row] = []
        for row in side.rows("utterances"):
            kinds = {
                frozenset((str(link.get("left")), str(link.get("right")))): link.get("kind", "")
                for link in row.get("links") or ()
            }
            for a, b in combinations(map(str, row["statements"]), 2):
                ends = (side.end(("statements",), name) for name in (a, b))
                made.append(_edge(*ends, kind=kinds.get(frozenset((a, b)), "")))
        return made

    return _edges(pairs(gold), pairs(system), "edges", told="kind")


def _claims(gold: Side, system: Side) -> dict[str, Any]:
    def pairs(side: Side) -> list[Row]:
        return [_edge(a, b) for row in side.rows("claims") for a, b in combinations(_backing(side, row), 2)]

    return _edges(pairs(gold), pairs(system), "edges")


def _backing(side: Side, row: Row) -> list[End]:
    """What backs a claim, a record once: those named by id, then spans that are of none of them."""
    tables = ("figures", "times", "places", "events", "statements")
    found: list[End] = [side.end((table,), name) for table in tables for name in row.get(table) or ()]
    for span in row.get("spans") or ():
        at = places_of({"at": span, "doc": ""}, "at")
        if not any(jaccard(at, end) >= LEAST for end in found if isinstance(end, tuple)):
            found.append(at)
    return found


def _happenings(gold: Side, system: Side) -> dict[str, Any]:
    def pairs(side: Side) -> list[Row]:
        return [
            _edge(*(side.end(("events",), name) for name in pair))
            for row in side.rows("happenings")
            for pair in combinations(row["events"], 2)
        ]

    return _edges(pairs(gold), pairs(system), "edges")


def _passages(gold: Side, system: Side) -> dict[str, Any]:
    def told(side: Side) -> list[Row]:
        return [{**row, "first": _first(row)} for row in side.rows("passages")]

    return _edges(told(gold), told(system), "passages", told="first")


def _first(row: Row) -> str:
    """The document that stood first, by name; empty if unknown."""
    at = places_of(row, row["first"]) if str(row.get("first")) in {"left", "right"} else ()
    return at[0][0] if at else ""


def _denials(gold: Side, system: Side) -> dict[str, Any]:
    def told(side: Side) -> list[Row]:
        made: list[Row] = []
        for row in side.rows("denials"):
            claimed = places_of({"at": row.get("claimed"), "doc": ""}, "at") or None
            denied = side.anywhere(row["denied"]) if row.get("denied") else None
            known = denied if isinstance(denied, tuple) else claimed or denied
            statement = side.end(("statements",), row["statement"])
            made.append({**_edge(statement, None), "statement": statement, "denied": known})
        return made

    return _edges(told(gold), told(system), "denials")


def _silences(gold: Side, system: Side) -> dict[str, Any]:
    def told(side: Side) -> list[Row]:
        claims: dict[str, list[Place]] = defaultdict(list)
        for claim in side.rows("claims"):
            spans = [place for end in _backing(side, claim) if isinstance(end, tuple) for place in end]
            for name in {str(claim.get("id")), str(claim.get("about"))}:
                claims[name] += spans
        return [
            _edge(tuple(claims.get(str(row["claim"]), ())) or side.nothing(row["claim"]), str(doc))
            for row in side.rows("silences")
            for doc in row["silent"]
        ]

    return _edges(told(gold), told(system), "edges")


def _edges(gold: Sequence[Row], system: Sequence[Row], table: str, *, told: str = "") -> dict[str, Any]:
    """Scores of edges, and among those found how often what is told of them is right, wrong and not given."""
    found = _counted(gold, system, edge_scores(gold, system, table=table))
    if told:
        pairs = [(gold[i].get(told), system[j].get(told)) for i, j in edge_pairs(gold, system, table, LEAST)]
        asked = [(wanted, given) for wanted, given in pairs if wanted]
        total = len(asked) or 1
        found[told] = {
            "right": sum(w == g for w, g in asked) / total,
            "wrong": sum(bool(g) and w != g for w, g in asked) / total,
            "none_given": sum(not g for _, g in asked) / total,
            "matched": float(len(asked)),
        }
    return found


# --- conflicts, by the values that part ---

# What is told of two values by several rows: the strongest counts.
_STRENGTH = ("no", "in part", "yes")


def _conflicts(gold: Side, system: Side) -> dict[str, Any]:
    """Conflicts between claims: however many records back two values that part, they part once."""
    values = _Values(gold)
    one, other = _parted(gold, values), _parted(system, values)
    real = [[row for row in rows if row["comparable"] != "no"] for rows in (one, other)]
    near = [row for row in one if row["comparable"] == "no"]
    taken = [other[j]["comparable"] for _, j in edge_pairs(near, other, "edges", LEAST)]
    found = _edges(one, other, "edges", told="comparable")
    del found["exact"]  # ends are values here, not spans
    found["parted"] = edge_scores(*real)[f"overlap_{LEAST}"]
    if near:
        wrong, right = (
            sum((t != "no") == is_conflict for t in taken) / len(near) for is_conflict in (True, False)
        )
        found["near_misses"] = {"right": right, "wrong": wrong, "none_given": 1 - len(taken) / len(near)}
    return found


class _Values:
    """The values that the gold's accounts part on: its claims, and ends of conflicts that no claim holds."""

    def __init__(self, gold: Side) -> None:
        self._at: dict[str, list[tuple[int, Place]]] = defaultdict(list)
        self._count = 0
        for claim in gold.rows("claims"):
            self._add([place for end in _backing(gold, claim) if isinstance(end, tuple) for place in end])
        for row in gold.rows("conflicts"):
            for end in _parts(row, gold):
                if isinstance(end, tuple) and self.of(end) < 0:
                    self._add(list(end))

    def _add(self, places: Sequence[Place]) -> None:
        for place in places:
            self._at[place[0]].append((self._count, place))
        self._count += 1

    def of(self, end: Sequence[Place]) -> int:
        """Number of the value that an end is of, by its span most alike; -1 if none."""
        near = [
            (jaccard(end, [place]), -number) for doc in {p[0] for p in end} for number, place in self._at[doc]
        ]
        likeness, number = max(near, default=(0.0, 0))
        return -number if likeness >= LEAST else -1


def _parts(row: Row, side: Side) -> list[End]:
    """What parts, on either side: the spans told, or those of the records named."""
    return [
        places_of({"at": row.get(f"{end}_span"), "doc": ""}, "at") or side.anywhere(row.get(end))
        for end in ("left", "right")
    ]


def _parted(side: Side, values: _Values) -> list[Row]:
    """Conflicts as edges of values, each once; an end of no value of the gold's stands for itself."""
    made: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in side.rows("conflicts"):
        comparable = row.get("comparable") or "yes"
        if comparable not in _STRENGTH:
            raise InputError(f"conflicts: comparable is {comparable!r}", f"one of: {', '.join(_STRENGTH)}")
        ends = _parts(row, side)
        known = [values.of(end) if isinstance(end, tuple) else -1 for end in ends]
        left, right = sorted(f"value {k}" if k >= 0 else str(end) for k, end in zip(known, ends, strict=True))
        kind = str(row.get("kind") or "")
        edge = made.setdefault(
            (left, right, kind), {**_edge(*ends), "left": left, "right": right, "kind": kind}
        )
        edge["comparable"] = max(edge.get("comparable", "no"), comparable, key=_STRENGTH.index)
    return list(made.values())


# Layers in the order of the pipeline.
LAYERS: dict[str, Scorer] = {
    "mentions": _values("mentions"),
    "chains": _identity(across=False),
    "times": _values("times"),
    "figures": _values("figures"),
    "places": _values("places"),
    "statements": _statements,
    "events": _values("events"),
    "passages": _passages,
    "origins": _documents("origins"),
    "stories": _documents("stories"),
    "episodes": _documents("episodes"),
    "actors": _identity(across=True),
    "utterances": _utterances,
    "claims": _claims,
    "conflicts": _conflicts,
    "denials": _denials,
    "silences": _silences,
    "happenings": _happenings,
    "naming": _naming,
}
