"""The built-in gazetteer, and the user's own before it: names of places to what they may mean.

The file `data/gazetteer.parquet` is made by `make gazetteer` (see `resources/gazetteer`) from GeoNames, Natural Earth and
the Countries States Cities Database; its licence lies beside it.
"""

from __future__ import annotations

import functools
import hashlib
from bisect import bisect_left
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.records import GazetteerEntry, from_table

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILES = ("gazetteer.parquet", "gazetteer_names.parquet")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place that a name may mean.

    Attributes:
        id: `gn:` GeoNames, `iso:` ISO 3166, `wd:` Wikidata, `ne:` Natural Earth, `vr:` our own; or the user's id.
        name, aliases: Its name and other names, in Latin script.
        kind: country, division, capital, city, region, continent, sea, lake, river, mountains, island, coast; or
            what the user says.
        country: ISO 3166-1 alpha-2 (XK for Kosovo) as its source files it, which says nothing about status; empty
            where it lies in several or none.
        lat, lon: Degrees; a rough middle for areas; None where unknown.
        population: Inhabitants; 0 where unknown.
        division: ISO 3166-2 code of the division that it is or lies in; empty where unknown.
        seat_of: ISO code of the country whose capital or seat of government it is; or what the user says.
        demonyms: Adjectives and names of the people, for countries.
        own: Whether the user gave it.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    division: str = ""
    seat_of: str = ""
    demonyms: tuple[str, ...] = ()
    own: bool = False


class _Names:
    """Every built-in name as bytes, in order, for bisection; a dictionary of them costs 40 MB and a second."""

    def __init__(self, table: pa.Table) -> None:
        names = table.column("name").combine_chunks()
        _, offsets, data = names.buffers()
        self._offsets = np.frombuffer(offsets, dtype="<i4", count=len(names) + 1).tolist()
        self._data = bytes(data)
        self._rows = table.column("row").to_numpy()

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, place: int) -> bytes:
        return self._data[self._offsets[place] : self._offsets[place + 1]]

    def rows(self, name: str) -> list[int]:
        """Rows of the places that bear a name."""
        wanted = name.encode("utf-8", "replace")
        low = bisect_left(self, wanted)
        high = low
        while high < len(self) and self[high] == wanted:
            high += 1
        return [int(row) for row in self._rows[low:high]]


class _Rows:
    """The built-in places, made into entries when asked for."""

    def __init__(self, table: pa.Table) -> None:
        self._columns = {name: table.column(name).combine_chunks() for name in table.column_names}
        self._made: dict[int, Entry] = {}

    def entry(self, row: int) -> Entry:
        made = self._made.get(row)
        if made is None:
            values: dict[str, Any] = {name: column[row].as_py() for name, column in self._columns.items()}
            values["aliases"] = tuple(values["aliases"])
            values["demonyms"] = tuple(values["demonyms"])
            made = self._made[row] = Entry(**values)
        return made

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        kinds = self._columns["kind"].cast(pa.string())
        return tuple(self.entry(row) for row in pc.indices_nonzero(pc.equal(kinds, kind)).to_pylist())


class Gazetteer:
    """Names to places; the user's entries hide the built-in ones of the same name."""

    def __init__(self, rows: _Rows, names: _Names, own: Mapping[str, tuple[Entry, ...]]) -> None:
        self._rows = rows
        self._names = names
        self._own = own

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Places that bear this very name, by exact case; the user's alone if she knows it.

        Args:
            name: A name as it stands in a text, without a leading "the".

        Returns:
            Entries in the gazetteer's order; empty if it knows none.
        """
        own = self._own.get(name)
        if own is not None:
            return own
        return tuple(self._rows.entry(row) for row in self._names.rows(name))

    def countries(self) -> tuple[Entry, ...]:
        """Every built-in country and territory, by code."""
        return self._rows.of_kind("country")

    def capitals(self) -> tuple[Entry, ...]:
        """Every built-in capital and seat of government; `seat_of` says of which country."""
        return self._rows.of_kind("capital")

    def with_user(self, table: pa.Table) -> Gazetteer:
        """The same with the user's places before it.

        Args:
            table: The table `gazetteer`; may be empty.
        """
        if not table.num_rows:
            return self
        own: dict[str, list[Entry]] = {}
        for row in sorted(from_table(GazetteerEntry, table), key=lambda row: row.id):
            entry = _of_user(row)
            for name in dict.fromkeys((entry.name, *entry.aliases)):
                own.setdefault(name, []).append(entry)
        return Gazetteer(self._rows, self._names, {name: tuple(entries) for name, entries in own.items()})


def _of_user(row: GazetteerEntry) -> Entry:
    return Entry(
        id=row.id,
        name=row.name,
        aliases=row.aliases,
        kind=row.kind,
        country=row.country,
        lat=row.lat,
        lon=row.lon,
        seat_of=row.seat_of,
        own=True,
    )


@functools.lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The built-in gazetteer; read once a process."""
    rows, names = (pq.ParquetFile(pa.BufferReader(_data(file))).read(use_threads=False) for file in _FILES)
    return Gazetteer(_Rows(rows), _Names(names), {})


def _data(file: str) -> bytes:
    return resources.files("variorum.text").joinpath("data", file).read_bytes()


@functools.lru_cache(maxsize=1)
def digests() -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of each file, for stages that read them."""
    return tuple((f"text/{file}", hashlib.sha256(_data(file)).hexdigest()) for file in _FILES)
