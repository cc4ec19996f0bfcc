"""CSV for spreadsheets: one file a table, spans as columns, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from variorum.records import TABLES, Anchor, Span
from variorum.text.safe import visible
from variorum.views.rows import plain_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from variorum.api import Dossier

# What spreadsheets take for the start of a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SPAN = ("doc", "start", "end", "text", "page_start", "page_end")
# A map of offsets is of no use in a spreadsheet and would pass its limit of 32,767 characters a cell.
_LEFT_OUT = frozenset({"offset_map"})


def write(dossier: Dossier, folder: Path) -> list[Path]:
    """Write `FOLDER/<table>.csv` for every table, in UTF-8 with a mark that spreadsheets know it by."""
    written = []
    for name, rows in plain_tables(dossier):
        path = folder / f"{name}.csv"
        columns = list(_columns(name))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            for row in rows:
                flat = _flat(row)
                writer.writerow({column: _cell(flat.get(column)) for column in columns})
        written.append(path)
    return written


def _columns(name: str) -> Iterator[str]:
    record = TABLES[name].record
    hints = record.__annotations__
    spans = {field for field in record.__struct_fields__ if str(hints.get(field, "")) in _SPAN_HINTS}
    for field in record.__struct_fields__:
        if field in _LEFT_OUT:
            continue
        if field in spans:
            yield from (f"{field}_{part}" for part in _SPAN)
        else:
            yield field
    if "start" in record.__struct_fields__:
        yield from ("text", "page_start", "page_end", "page_ranges")


_SPAN_HINTS = {f"{kind.__name__}{rest}" for kind in (Span, Anchor) for rest in ("", " | None")}


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}_{part}": inner for part, inner in value.items()}
        else:
            flat[name] = value
    return flat


def _cell(value: Any) -> Any:
    """A value as a cell: lists as JSON, texts without control codes and never read as a formula."""
    if isinstance(value, (list, tuple)):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        value = visible(value, keep="\n")
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value
