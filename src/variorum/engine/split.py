"""Splitting tables into partitions and bringing along what belongs to them.

Everything here is by value of a column, never by row order, so that 1, 2 or 7 partitions give the same rows
(design, law 6).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from variorum.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from variorum.records import Tables
    from variorum.stage import Fetch, Stage

# A fixed number, since it decides which file a row lies in: 16 keeps an addition to one document at a sixteenth of
# a table's bytes, and a dossier of five pages at a few dozen files.
BUCKETS = 16


def bucket_of(key: str, buckets: int = BUCKETS) -> int:
    """Bucket of a key: CRC-32 modulo the number of buckets (stable across runs and machines)."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % buckets


def document_of(page: str) -> str:
    """Id of the document made from a page (a function of the page alone)."""
    return Document(page=page).id


def _column(table: pa.Table, path: str) -> pa.ChunkedArray:
    """A column by name, or a struct's field as `left.doc`."""
    name, _, field = path.partition(".")
    column = table.column(name)
    return pc.struct_field(column, field) if field else column


def values(table: pa.Table, path: str) -> pa.Array:
    """Distinct values of a column; of a list column, of its members."""
    column = _column(table, path)
    if pa.types.is_list(column.type):
        column = pc.list_flatten(column)
    return pc.drop_null(pc.unique(column))


def select(table: pa.Table, path: str, wanted: pa.Array) -> pa.Table:
    """Rows whose column (a value, or any member of a list) is among `wanted`, in table order."""
    column = _column(table, path)
    if not pa.types.is_list(column.type):
        return table.filter(pc.is_in(column, value_set=wanted.cast(column.type)))
    column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # combine_chunks of an empty column
        return table.slice(0, 0)
    hits = pc.is_in(pc.list_flatten(column), value_set=wanted.cast(column.type.value_type))
    rows = np.unique(
        pc.list_parent_indices(column).to_numpy(zero_copy_only=False)[hits.to_numpy(zero_copy_only=False)]
    )
    return table.take(pa.array(rows, type=pa.int64()))


def key_buckets(column: pa.ChunkedArray, buckets: int) -> np.ndarray:
    """Bucket of every row by its key; numbers spread by value, strings by CRC-32, each distinct value once."""
    if pa.types.is_integer(column.type):
        # Multiply by an odd constant (2^64 / golden ratio) so that consecutive numbers spread too.
        spread = column.to_numpy().astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        hashed: np.ndarray = ((spread >> np.uint64(40)) % np.uint64(buckets)).astype(np.int64)
        return hashed
    encoded = pc.dictionary_encode(column).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        return np.zeros(0, dtype=np.int64)
    table = np.array([bucket_of(v, buckets) for v in encoded.dictionary.to_pylist()], dtype=np.int64)
    return (
        table[encoded.indices.to_numpy(zero_copy_only=False)] if len(table) else np.zeros(0, dtype=np.int64)
    )


def partition(stage: Stage, tables: Tables, *, buckets: int = BUCKETS) -> dict[int, Tables]:
    """Split what a stage needs by its key column.

    The first table of `needs` is split by the column; further ones are split by a column of the same name, or
    go whole to every partition where they have none.

    Args:
        stage: A stage split by a column, or by `all`.
        tables: Whole tables.
        buckets: How many partitions at most.

    Returns:
        Tables of every partition that has rows, by bucket; one partition, 0, for `all`.
    """
    needed = {name: tables[name] for name in stage.needs}
    if stage.split_by == "all":
        return {0: needed}
    parts: dict[int, Tables] = {}
    first = stage.needs[0]
    split = {
        n: key_buckets(t.column(stage.split_by), buckets)
        for n, t in needed.items()
        if stage.split_by in t.column_names
    }
    for bucket in np.unique(split[first]).tolist():
        parts[bucket] = {
            name: table.take(np.flatnonzero(split[name] == bucket)) if name in split else table
            for name, table in needed.items()
        }
    return parts


def bring(fetches: Iterable[Fetch], part: Tables, tables: Tables) -> Tables:
    """Add to a partition the rows of other tables that belong to it.

    Args:
        fetches: What to bring, in order; a table fetched twice gets the rows of both.
        part: The partition.
        tables: Whole tables.

    Returns:
        The partition with the fetched tables.
    """
    wanted: dict[tuple[str, str], list[pa.Array]] = {}
    done = dict(part)
    for fetch in fetches:
        found = [values(done[source], path) for source, path in (b.split(".", 1) for b in fetch.by)]
        keys = wanted.setdefault((fetch.table, fetch.column), [])
        keys.extend(v.combine_chunks() if isinstance(v, pa.ChunkedArray) else v for v in found)
        rows = [
            select(tables[fetch.table], column, pc.unique(pa.concat_arrays(arrays)))
            for (name, column), arrays in wanted.items()
            if name == fetch.table
        ]
        done[fetch.table] = rows[0] if len(rows) == 1 else unique_rows(pa.concat_tables(rows))
    return done


def unique_rows(table: pa.Table) -> pa.Table:
    """The table with the first row of every id."""
    if not table.num_rows:
        return table
    ids = table.column("id").combine_chunks()
    _, first = np.unique(ids.to_numpy(zero_copy_only=False).astype(str), return_index=True)
    return table if len(first) == table.num_rows else table.take(np.sort(first))


def document_buckets(name: str, table: pa.Table) -> np.ndarray:
    """Bucket of every row of a per-document table: that of the row's document."""
    key = {"pages": "id", "bodies": "page", "documents": "page", "removed": "page", "refusals": "page"}.get(
        name
    )
    if key is None:
        return key_buckets(table.column("doc"), BUCKETS)
    pages = table.column(key).to_pylist()
    cache = {p: bucket_of(document_of(p)) for p in set(pages)}
    return np.array([cache[p] for p in pages], dtype=np.int64)
