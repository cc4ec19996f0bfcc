"""Rows in the form of the JSON Lines export, read as spans: the one shape that all scorers share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from variorum.errors import InputError

Row = Mapping[str, Any]
# A stretch of a named document: (document, start, end), half-open code points.
Place = tuple[str, int, int]


def plain(rows: Iterable[Any]) -> list[Row]:
    """Records or mappings as mappings.

    Raises:
        InputError: If a row is neither.
    """
    made = [row if isinstance(row, Mapping) else msgspec.to_builtins(row, str_keys=True) for row in rows]
    for row in made:
        if not isinstance(row, Mapping):
            raise InputError(f"a row is no object: {row!r}"[:120], "give JSON objects, one a line")
    return made


def document_of(row: Row) -> str:
    """The document a row belongs to: `doc`, else what a row of `variorum read` gives (`input`), else its spans'."""
    for name in ("doc", "input", "page"):
        if isinstance(row.get(name), str):
            return str(row[name])
    for value in row.values():
        parts = value if isinstance(value, list | tuple) else [value]
        for part in parts:
            if isinstance(part, Mapping) and isinstance(part.get("doc"), str):
                return str(part["doc"])
    return ""


def place_of(value: Any, doc: str) -> Place | None:
    """A span as (document, start, end); None if the value is no span."""
    if not isinstance(value, Mapping) or value.get("start") is None or value.get("end") is None:
        return None
    start, end = value["start"], value["end"]
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        raise InputError(
            f"a span from {start!r} to {end!r} in {doc or 'a row'}", "give whole code points, start first"
        )
    return (str(value.get("doc") or doc), start, end)


def places_of(row: Row, name: str) -> tuple[Place, ...]:
    """The spans in a field (one, several, or none), or the row's own if `name` is empty; in order."""
    doc = document_of(row)
    value = row if not name else row.get(name)
    parts = value if isinstance(value, list | tuple) else [value]
    return tuple(sorted({place for place in (place_of(part, doc) for part in parts) if place}))


def by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows grouped by document, documents in order of id."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[document_of(row)].append(row)
    return dict(sorted(groups.items()))
