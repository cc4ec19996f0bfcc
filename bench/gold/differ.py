"""Where two labellings part, row by row: what those who settle them read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from variorum.measure import assign, jaccard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.gold.crises import Tables

Row = dict[str, Any]
# What is compared of rows that stand at one place, by table.
FIELDS: dict[str, tuple[str, ...]] = {
    "mentions": ("kind",),
    "times": ("kind", "value", "mod"),
    "figures": ("kind", "low", "high", "unit", "quantity", "counts", "approximate", "vague"),
    "places": ("gazetteer_id",),
    "statements": ("source", "cue", "content", "addressee", "speaker_name", "manner", "act", "negated"),
    "events": ("action", "status"),
    "naming": ("voice",),
    "passages": ("kind", "first"),
    "utterances": ("kind",),
    "conflicts": ("kind", "comparable"),
    "denials": (),
}
# Rows at one place: half of it in common.
_LEAST = 0.5


def differences(one: Tables, other: Tables) -> Iterator[str]:
    """What only one labelling has, and what both have with other values; a line each.

    Ids of pages and records are those of the labelling that is named.
    """
    for table, fields in FIELDS.items():
        left, right = _placed(table, one), _placed(table, other)
        pairs = assign(
            left, right, lambda a, b: _alike(a["at"], b["at"]), _LEAST, candidates=_meeting(left, right)
        )
        both = [{i for i, _ in pairs}, {j for _, j in pairs}]
        for name, rows, known in (("a", left, both[0]), ("b", right, both[1])):
            yield from (f"{table}: only {name}: {_said(row)}" for i, row in enumerate(rows) if i not in known)
        for i, j in pairs:
            odd = [
                f"{f} {_short(left[i].get(f))} / {_short(right[j].get(f))}"
                for f in fields
                if _unlike(left[i], right[j], f)
            ]
            if odd:
                yield f"{table}: {_said(left[i])} / {right[j]['id']}: {'; '.join(odd)}"


def _meeting(left: list[Row], right: list[Row]) -> list[tuple[int, int]]:
    """Rows that stand in the same documents."""
    at: dict[frozenset[str], list[int]] = {}
    for j, row in enumerate(right):
        at.setdefault(_documents(row), []).append(j)
    return [(i, j) for i, row in enumerate(left) for j in at.get(_documents(row), ())]


def _documents(row: Row) -> frozenset[str]:
    return frozenset(doc for end in row["at"] for doc, _, _ in end)


Ends = tuple[tuple[tuple[str, int, int], ...], ...]


def _alike(left: Ends, right: Ends) -> float:
    """Likeness of two places of one or more ends: that of the end least alike; ends may stand in either order."""
    if len(left) != len(right):
        return 0.0
    straight = min(jaccard(a, b) for a, b in zip(left, right, strict=True))
    crossed = min(jaccard(a, b) for a, b in zip(left, right[::-1], strict=True))
    return max(straight, crossed)


def _placed(table: str, tables: Tables) -> list[Row]:
    """A table's rows with the place by which they meet."""
    content = {s["id"]: s["content"] for s in tables["statements"]}
    made = []
    for row in tables[table]:
        if table == "utterances":
            made += [
                {
                    "id": f"{k['left']}~{k['right']}",
                    "kind": k["kind"],
                    "at": _at(content[k["left"]], content[k["right"]]),
                }
                for k in row["links"]
            ]
        elif table in {"passages", "conflicts"}:
            ends = ("left", "right") if table == "passages" else ("left_span", "right_span")
            made.append({**row, "at": _at([row[ends[0]]], [row[ends[1]]])})
        elif table == "denials":
            denied = content.get(row["denied"]) or [row["claimed"]]
            made.append({**row, "at": _at(content[row["statement"]], denied)})
        else:
            made.append({**row, "at": _at(row.get("content") or row.get("spans") or [row])})
    return made


def _at(*ends: list[Row | None]) -> Ends:
    return tuple(tuple((s["doc"], s["start"], s["end"]) for s in spans if s) for spans in ends)


def _unlike(left: Row, right: Row, name: str) -> bool:
    one, other = (_plain(row.get(name)) for row in (left, right))
    return bool(one != other)


def _plain(value: Any) -> Any:
    """A value to compare: spans by where they stand."""
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return (value["start"], value["end"]) if isinstance(value, dict) else value or None


def _short(value: Any) -> str:
    parts = value if isinstance(value, list) else [value]
    return " + ".join(repr(p["text"] if isinstance(p, dict) else p) for p in parts)


def _said(row: Row) -> str:
    words = row.get("text") or " + ".join(s["text"] for s in row.get("content") or row.get("spans") or ())
    return f"{row['id']} {words!r}" if words else str(row["id"])
