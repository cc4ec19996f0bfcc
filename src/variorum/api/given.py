"""Files that the user gives beside her pages: who the outlets are, and places of her own."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.errors import InputError
from variorum.records import GazetteerEntry, Outlet, to_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_OUTLET_COLUMNS = ("name", "hosts", "owner", "country", "side", "note")
_PLACE_COLUMNS = ("id", "name", "aliases", "kind", "country", "lat", "lon", "seat_of")


def read_outlets(path: Path) -> pa.Table:
    """Read `outlets.csv`: name, hosts (several with `|`), owner, country, side, note; only `name` must be there.

    Raises:
        InputError: If the file cannot be read, has no column `name`, or has a row without one.
    """
    rows = []
    for number, row in _rows(path, _OUTLET_COLUMNS, needed=("name",)):
        name = row["name"]
        if not name:
            raise InputError(f"{path.name}, line {number}: the outlet has no name", "give every row a name")
        told = {key: row[key] for key in ("owner", "country", "side", "note") if row.get(key)}
        rows.append(Outlet(name=name, hosts=_list(row.get("hosts", "")), **told))
    return to_table(Outlet, sorted(rows, key=lambda r: (r.name, r.id)), made_by="user")


def read_gazetteer(path: Path) -> pa.Table:
    """Read a gazetteer, CSV or Parquet: id, name, aliases (with `|`), kind, country, lat, lon, seat_of.

    Only `name` must be there; `id` defaults to a hash of the row.

    Raises:
        InputError: If the file cannot be read, lacks a column, or a coordinate is out of range.
    """
    rows: dict[str, GazetteerEntry] = {}
    for number, row in _rows(path, _PLACE_COLUMNS, needed=("name",)):
        if not row["name"]:
            raise InputError(f"{path.name}, line {number}: the place has no name", "give every row a name")
        entry = GazetteerEntry(
            id=row.get("id", ""),
            name=row["name"],
            aliases=_list(row.get("aliases", "")),
            kind=row.get("kind", ""),
            country=row.get("country", ""),
            lat=_degrees(row.get("lat", ""), 90, path, number),
            lon=_degrees(row.get("lon", ""), 180, path, number),
            seat_of=row.get("seat_of", ""),
        )
        if entry.id in rows:
            raise InputError(
                f"{path.name}, line {number}: the id {entry.id!r} is given twice",
                "give every place its own id",
            )
        rows[entry.id] = entry
    return to_table(GazetteerEntry, [rows[i] for i in sorted(rows)], made_by="user")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _degrees(text: str, limit: int, path: Path, number: int) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:  # NaN fails every comparison, so it lands here too
        raise InputError(
            f"{path.name}, line {number}: {text!r} is no coordinate", f"give degrees from -{limit} to {limit}"
        )
    return value


def _rows(path: Path, columns: Sequence[str], *, needed: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Rows as text by column, with their line numbers; unknown columns are passed over."""
    try:
        if path.suffix.lower() in {".parquet", ".pq"}:
            found = _parquet(path)
        else:
            with path.open(encoding="utf-8-sig", newline="") as file:
                found = [
                    (n, {k: (v or "").strip() for k, v in r.items() if k})
                    for n, r in enumerate(csv.DictReader(file), 2)
                ]
    except FileNotFoundError as error:
        raise InputError(f"{path} is not there", "check the path") from error
    except (OSError, UnicodeDecodeError, csv.Error, pa.ArrowException) as error:
        raise InputError(f"{path} cannot be read: {error}", "give a CSV file in UTF-8, or Parquet") from error
    if not found:
        raise InputError(f"{path} has no rows", f"give the columns {', '.join(columns)}")
    missing = [name for name in needed if name not in found[0][1]]
    if missing:
        raise InputError(f"{path} has no column {missing[0]!r}", f"give the columns {', '.join(columns)}")
    return [(n, {k: v for k, v in r.items() if k in columns and isinstance(v, str)}) for n, r in found]


def _parquet(path: Path) -> list[tuple[int, dict[str, str]]]:
    def text(value: object) -> str:
        if value is None:
            return ""
        return "|".join(map(str, value)) if isinstance(value, list) else str(value).strip()

    return [
        (n, {k: text(v) for k, v in row.items()}) for n, row in enumerate(pq.read_table(path).to_pylist(), 1)
    ]
