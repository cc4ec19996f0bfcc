"""Scores of a whole dossier against a whole gold, layer by layer.

Rows name rows of other tables by id, and ids differ between systems and labellers. So documents are matched by id or text, spans
by overlap, and a row that names another is scored by the spans of what it names: two systems agree on an utterance where they
link statements whose contents overlap.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import msgspec

from variorum.errors import InputError
from variorum.measure.clusters import cluster_scores
from variorum.measure.edges import LEAST, edge_pairs, edge_scores
from variorum.measure.rows import Place, Row, by_document, places_of, plain
from variorum.measure.spans import assign, jaccard
from variorum.measure.statements import statement_scores
from variorum.measure.values import value_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Tables = Mapping[str, Iterable[Any]]
    Rows = list[dict[str, Any]]

# Where the text of documents stands: in a dossier, and in a gold's list of pages.
_TEXTS = ("documents", "pages")


def score_layers(gold: Tables, system: Tables, *, only: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """Score every layer that the gold has.

    Args:
        gold: Rows by table, in the form of the JSON Lines export. A table `pages` or `documents` with `id` and `text`
            lets documents be matched by their text; without it ids must be equal.
        system: Rows by table, in the same form.
        only: Layers to score (names of `LAYERS`); all that the gold has rows for if empty.

    Returns:
        By layer the measures of that layer, with `gold` and `system`, the numbers of rows scored.

    Raises:
        InputError: If a layer is unknown.
    """
    odd = sorted(set(only) - LAYERS.keys())
    if odd:
        raise InputError(f"there is no layer called {odd[0]}", f"one of: {', '.join(LAYERS)}")
    one, other = _Side(gold), _Side(in_gold_names(gold, system))
    return {name: LAYERS[name](one, other) for name in LAYERS if name in (only or LAYERS) and one.rows(name)}


def in_gold_names(gold: Tables, system: Tables) -> dict[str, Rows]:
    """A system's rows as plain values, with its documents under the gold's names where their texts are equal.

    Args:
        gold: Rows by table; `pages` or `documents` hold the texts.
        system: Rows by table, likewise.
    """
    by_text = {_words(row["text"]): str(row["id"]) for row in _pages(gold)}
    names = {str(row["id"]): by_text.get(_words(row["text"]), str(row["id"])) for row in _pages(system)}
    return {
        table: [_renamed(msgspec.to_builtins(row), names) for row in plain(rows)]
        for table, rows in system.items()
    }


def _pages(tables: Tables) -> list[Row]:
    return [
        row for name in _TEXTS for row in plain(tables.get(name, ())) if row.get("text") and row.get("id")
    ]


def _words(text: Any) -> str:
    return " ".join(str(text or "").split())


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A plain value with ids of documents under their other names, however deep they lie."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list | tuple):
        return [_renamed(part, names) for part in value]
    if isinstance(value, dict):
        return {key: _renamed(part, names) for key, part in value.items()}
    return value


class _Side:
    """One side's rows, and what their ids stand for."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows: dict[str, Rows] = {}
        self._spans: dict[str, list[Row]] | None = None

    def rows(self, table: str) -> Rows:
        """Rows of a table in an order of their own, so that ties fall alike whatever order they came in."""
        if table not in self._rows:
            made = [msgspec.to_builtins(row) for row in plain(self._tables.get(table, ()))]
            self._rows[table] = sorted(made, key=lambda row: msgspec.json.encode(row, order="deterministic"))
        return self._rows[table]

    def spans(self, *ids: str) -> list[Row]:
        """The spans that records stand for: their own, or a statement's content; none for an unknown id."""
        if self._spans is None:
            own = ("figures", "times", "places", "events", "mentions")
            self._spans = {str(r["id"]): [_span(r)] for name in own for r in self.rows(name) if r.get("id")}
            self._spans |= {str(r["id"]): list(r["content"]) for r in self.rows("statements") if r.get("id")}
        return [span for name in ids for span in self._spans.get(name, ())]


def _span(row: Row) -> Row:
    return {name: row[name] for name in ("doc", "start", "end")}


def _counted(gold: Sequence[Row], system: Sequence[Row], scores: dict[str, Any]) -> dict[str, Any]:
    return {"gold": len(gold), "system": len(system), **scores}


def _values(table: str) -> Callable[[_Side, _Side], dict[str, Any]]:
    def scored(gold: _Side, system: _Side) -> dict[str, Any]:
        one, other = gold.rows(table), system.rows(table)
        return _counted(one, other, value_scores(one, other, table=table))

    return scored


def _documents(table: str) -> Callable[[_Side, _Side], dict[str, Any]]:
    def scored(gold: _Side, system: _Side) -> dict[str, Any]:
        one, other = gold.rows(table), system.rows(table)
        return _counted(one, other, cluster_scores(one, other, members="documents"))

    return scored


def _naming(gold: _Side, system: _Side) -> dict[str, Any]:
    def told(side: _Side) -> list[Row]:
        return [
            {**_span(span), "voice": row["voice"]} for row in side.rows("naming") for span in row["spans"]
        ]

    return _counted(told(gold), told(system), value_scores(told(gold), told(system), table="naming"))


# --- identity: chains and actors as clusters of mentions ---


def _same_mentions(gold: _Side, system: _Side) -> dict[str, str]:
    """The gold's ids of the system's mentions, one to one by overlap."""
    one, other = by_document(gold.rows("mentions")), by_document(system.rows("mentions"))

    def alike(left: Row, right: Row) -> float:
        return jaccard(places_of(left, ""), places_of(right, ""))

    return {
        str(other[doc][j]["id"]): str(one[doc][i]["id"])
        for doc in one.keys() & other.keys()
        for i, j in assign(one[doc], other[doc], alike, LEAST)
    }


def _clusters(side: _Side, names: Mapping[str, str], *, across: bool) -> list[Row]:
    """Mentions by chain, or across documents by actor; a chain of no actor stands alone."""
    actor_of = (
        {chain: str(row["id"]) for row in side.rows("actors") for chain in row["chains"]} if across else {}
    )
    held: dict[str, list[str]] = {}
    for row in side.rows("mentions"):
        chain = str(row.get("chain") or row["id"])
        held.setdefault(actor_of.get(chain, chain), []).append(names.get(str(row["id"]), str(row["id"])))
    return [{"members": members} for members in held.values()]


def _chains(gold: _Side, system: _Side) -> dict[str, Any]:
    names = _same_mentions(gold, system)
    one, other = _clusters(gold, {}, across=False), _clusters(system, names, across=False)
    return _counted(one, other, cluster_scores(one, other, members="members"))


def _actors(gold: _Side, system: _Side) -> dict[str, Any]:
    names = _same_mentions(gold, system)
    one, other = _clusters(gold, {}, across=True), _clusters(system, names, across=True)
    return _counted(one, other, cluster_scores(one, other, members="members"))


def _statements(gold: _Side, system: _Side) -> dict[str, Any]:
    one = [_with_names(row, gold) for row in gold.rows("statements")]
    other = system.rows("statements")
    return _counted(one, other, statement_scores(one, other))


def _with_names(row: dict[str, Any], side: _Side) -> dict[str, Any]:
    """A statement with every name its speaker has on the page: a system may give any."""
    speaker = row.get("speaker")
    if not speaker:
        return row
    names = {str(row.get("speaker_name") or "")}
    for chain in side.rows("chains"):
        if chain["id"] == speaker:
            names |= {chain["name"], *chain.get("aliases", ())}
    names |= {str(m.get("text") or "") for m in side.rows("mentions") if m.get("chain") == speaker}
    return {**row, "speaker_name": sorted(names - {""})}


# --- links, by the spans of what they link ---


def _linked(
    members: Sequence[Sequence[Row]], kinds: Mapping[tuple[int, int], str] | None = None
) -> list[Row]:
    """Every two members of a cluster as an edge of their spans."""
    return [
        {"left": list(a), "right": list(b), "kind": (kinds or {}).get((i, j), "")}
        for (i, a), (j, b) in combinations(enumerate(members), 2)
        if a and b
    ]


def _utterances(gold: _Side, system: _Side) -> dict[str, Any]:
    def pairs(side: _Side) -> list[Row]:
        made: list[Row] = []
        for row in side.rows("utterances"):
            ids = list(row["statements"])
            kinds = {
                tuple(sorted((ids.index(k["left"]), ids.index(k["right"])))): k["kind"] for k in row["links"]
            }
            made += _linked([side.spans(i) for i in ids], kinds)  # type: ignore[arg-type]
        return made

    return _edges(pairs(gold), pairs(system), "edges", told="kind")


def _claims(gold: _Side, system: _Side) -> dict[str, Any]:
    def pairs(side: _Side) -> list[Row]:
        return [edge for row in side.rows("claims") for edge in _linked([[s] for s in _backing(side, row)])]

    return _edges(pairs(gold), pairs(system), "edges")


def _backing(side: _Side, row: Row) -> list[Row]:
    """The spans that back a claim."""
    own = [_span(span) for span in row.get("spans", ())]
    own += [_span(span) for span in side.spans(*row.get("figures", ()), *row.get("statements", ()))]
    return [span for i, span in enumerate(own) if span not in own[:i]]


def _happenings(gold: _Side, system: _Side) -> dict[str, Any]:
    def pairs(side: _Side) -> list[Row]:
        return [e for row in side.rows("happenings") for e in _linked([side.spans(i) for i in row["events"]])]

    return _edges(pairs(gold), pairs(system), "edges")


def _passages(gold: _Side, system: _Side) -> dict[str, Any]:
    def told(side: _Side) -> list[Row]:
        return [{**row, "first": _first(row)} for row in side.rows("passages")]

    return _edges(told(gold), told(system), "passages", told="first")


def _first(row: Row) -> str:
    """The document that stood first, by name; empty if unknown."""
    return str(row[row["first"]]["doc"]) if row.get("first") in {"left", "right"} else ""


def _conflicts(gold: _Side, system: _Side) -> dict[str, Any]:
    """Conflicts between claims: however many records back two values that part, they part once."""
    values = _values_of(gold)
    one, other = _parted(gold, values), _parted(system, values)
    real = [[row for row in rows if row["comparable"] != "no"] for rows in (one, other)]
    near = [row for row in one if row["comparable"] == "no"]
    taken = [other[j]["comparable"] for _, j in edge_pairs(near, other, "edges", LEAST)]
    found = _edges(one, other, "edges", told="comparable")
    found["parted"] = edge_scores(*real)[f"overlap_{LEAST}"]
    if near:
        wrong, right = (
            sum((t != "no") == is_conflict for t in taken) / len(near) for is_conflict in (True, False)
        )
        found["near_misses"] = {"right": right, "wrong": wrong, "none_given": 1 - len(taken) / len(near)}
    return found


def _values_of(gold: _Side) -> list[tuple[Place, ...]]:
    """The spans of every value that the gold's accounts part on: of its claims, and of ends that no claim holds."""
    found = [places_of({"at": _backing(gold, claim)}, "at") for claim in gold.rows("claims")]
    for row in gold.rows("conflicts"):
        for end in _ends(row, gold):
            if end and _value_at(end, found) < 0:
                found.append(end)
    return found


def _ends(row: dict[str, Any], side: _Side) -> list[tuple[Place, ...]]:
    """The spans of what parts, on either side."""
    spans = [row.get(f"{end}_span") or side.spans(str(row[end])) for end in ("left", "right")]
    return [places_of({"at": at}, "at") for at in spans]


def _value_at(end: Sequence[Place], values: Sequence[Sequence[Place]]) -> int:
    """Number of the value that an end is of, by its span most alike; -1 if none."""
    likeness = [max((jaccard(end, [place]) for place in value), default=0.0) for value in values]
    best = max(range(len(values)), key=likeness.__getitem__, default=-1)
    return best if best >= 0 and likeness[best] >= LEAST else -1


# What is told of two values by several rows: the strongest counts.
_STRENGTH = ("no", "in part", "yes")


def _parted(side: _Side, values: Sequence[Sequence[Place]]) -> list[Row]:
    """Conflicts as edges of values, each once; an end of no value of the gold's stands for itself."""
    made: dict[tuple[str, str], dict[str, Any]] = {}
    for row in side.rows("conflicts"):
        ends = _ends(row, side)
        known = [_value_at(end, values) for end in ends]
        left, right = sorted(str(k) if k >= 0 else str(end) for k, end in zip(known, ends, strict=True))
        told = made.setdefault(
            (left, right), {"left": left, "right": right, "kind": row["kind"], "comparable": "no"}
        )
        told["doc"] = min((place[0] for end in ends for place in end), default="")
        told["comparable"] = max(told["comparable"], row["comparable"], key=_STRENGTH.index)
    return list(made.values())


def _denials(gold: _Side, system: _Side) -> dict[str, Any]:
    def told(side: _Side) -> list[Row]:
        return [
            {
                "statement": side.spans(str(row["statement"])),
                "denied": side.spans(str(row.get("denied") or "")) or row.get("claimed"),
            }
            for row in side.rows("denials")
        ]

    return _edges(told(gold), told(system), "denials")


def _silences(gold: _Side, system: _Side) -> dict[str, Any]:
    def told(side: _Side) -> list[Row]:
        made: list[Row] = []
        for row in side.rows("silences"):
            claims = [c for c in side.rows("claims") if row["claim"] in (c.get("id"), c.get("about"))]
            left = [span for claim in claims for span in _backing(side, claim)] or str(row["claim"])
            made += [{"left": left, "right": doc} for doc in row["silent"]]
        return made

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


# Layers in the order of the pipeline.
LAYERS: dict[str, Callable[[_Side, _Side], dict[str, Any]]] = {
    "mentions": _values("mentions"),
    "chains": _chains,
    "times": _values("times"),
    "figures": _values("figures"),
    "places": _values("places"),
    "statements": _statements,
    "events": _values("events"),
    "passages": _passages,
    "origins": _documents("origins"),
    "stories": _documents("stories"),
    "episodes": _documents("episodes"),
    "actors": _actors,
    "utterances": _utterances,
    "claims": _claims,
    "conflicts": _conflicts,
    "denials": _denials,
    "silences": _silences,
    "happenings": _happenings,
    "naming": _naming,
}
