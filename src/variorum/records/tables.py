"""Arrow schemas derived from the records, and the one column-wise converter between the two.

Records are frozen Structs inside a stage; Arrow tables go between stages and on disk. Going by columns costs a
tenth of going by rows (`docs/why/records.md`).
"""

from __future__ import annotations

import functools
import types
import typing
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import pyarrow as pa

from variorum.errors import StageError
from variorum.records import document, edges, spans, story
from variorum.records.anchor import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

R = TypeVar("R", bound=Record)

Tables = dict[str, pa.Table]


class TableSpec(msgspec.Struct, frozen=True):
    """A table of the design.

    Attributes:
        name: Its name in code, files and exports.
        record: The record of one row.
        kept: Whether it is stored; others pass between fused stages only, unless asked for by `--keep`.
        exported: Whether exports write it.
    """

    name: str
    record: type[Record]
    kept: bool = True
    exported: bool = True


_RECORDS: tuple[type[Record], ...] = (
    document.Page,
    document.Document,
    document.Block,
    document.Header,
    document.Removed,
    document.Refusal,
    document.Outlet,
    edges.SameStory,
    edges.Revision,
    spans.Sentence,
    spans.Mention,
    spans.Chain,
    spans.Time,
    spans.Figure,
    spans.Place,
    spans.Statement,
    spans.Event,
    edges.SameEntity,
    story.Actor,
    story.Dating,
    edges.Passage,
    story.Origin,
    story.Story,
    story.Episode,
    story.Utterance,
    story.Claim,
    edges.Conflict,
    edges.Denial,
    story.Silence,
    edges.SameEvent,
    story.Happening,
    story.TimelineEntry,
    story.Naming,
    story.EditionLine,
    edges.Judgement,
)
_WORKING: tuple[type[Record], ...] = (
    document.Body,
    document.GazetteerEntry,
    spans.Fingerprint,
    spans.Term,
    spans.NameKey,
    spans.Capture,
    edges.Seed,
    edges.Candidate,
)
_PASSING: tuple[type[Record], ...] = (spans.Token, spans.Label, spans.Vector)

TABLES: Mapping[str, TableSpec] = types.MappingProxyType(
    {r.TABLE: TableSpec(r.TABLE, r) for r in _RECORDS}
    | {r.TABLE: TableSpec(r.TABLE, r, exported=False) for r in _WORKING}
    | {r.TABLE: TableSpec(r.TABLE, r, kept=False) for r in _PASSING}
)

_SCALARS: Mapping[object, pa.DataType] = {
    str: pa.string(),
    bytes: pa.binary(),
    bool: pa.bool_(),
    float: pa.float64(),
    int: pa.int32(),
}
# The few integers that pass 2^31: sizes in bytes and 64-bit hashes.
_WIDE = frozenset({"size", "hash"})


@functools.cache
def _hints(record: type[msgspec.Struct]) -> dict[str, Any]:
    return typing.get_type_hints(record)


def _arrow_type(hint: Any, *, wide: bool = False) -> pa.DataType:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return pa.string()
    if origin in (typing.Union, types.UnionType):
        return _arrow_type(next(a for a in args if a is not type(None)), wide=wide)
    if origin is tuple:
        return pa.list_(_arrow_type(args[0]))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = _hints(hint)
        return pa.struct([(name, _arrow_type(hints[name])) for name in hint.__struct_fields__])
    if wide and hint is int:
        return pa.int64()
    return _SCALARS[hint]


@functools.cache
def schema(name: str) -> pa.Schema:
    """Arrow schema of the table called `name`; one field of the record is one column."""
    record = TABLES[name].record
    hints = _hints(record)
    return pa.schema([(f, _arrow_type(hints[f], wide=f in _WIDE)) for f in record.__struct_fields__])


@functools.cache
def empty(name: str) -> pa.Table:
    """The table called `name`, without rows."""
    return schema(name).empty_table()


@functools.cache
def _struct_columns(name: str) -> Mapping[str, tuple[type[msgspec.Struct], bool]]:
    """Columns of the table that hold Structs: the Struct's type and whether the column is a list of them."""
    found = {}
    for field, hint in _hints(TABLES[name].record).items():
        many = typing.get_origin(hint) is tuple
        for part in (hint, *typing.get_args(hint)):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                found[field] = (part, many)
    return found


@functools.cache
def _list_columns(name: str) -> frozenset[str]:
    hints = _hints(TABLES[name].record)
    return frozenset(f for f, h in hints.items() if typing.get_origin(h) is tuple)


def _as_plain(value: Any) -> Any:
    """A Struct, or a tuple of them, as what Arrow takes for a struct column."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return [msgspec.structs.asdict(v) for v in value]
    return msgspec.structs.asdict(value)


def to_table(record: type[R], rows: Iterable[R], *, made_by: str = "") -> pa.Table:
    """Turn records into an Arrow table, column by column.

    Args:
        record: The record's type; it names the table.
        rows: Records of that type; equal ids are kept once (the first).
        made_by: `stage@version` to write into rows that carry none.

    Returns:
        A table with `schema(record.TABLE)`, in the order of `rows`.
    """
    seen: dict[str, R] = {}
    for row in rows:
        seen.setdefault(row.id, row)
    kept = list(seen.values())
    wanted, structs = schema(record.TABLE), _struct_columns(record.TABLE)
    columns = []
    for field in wanted:
        values: Sequence[Any] = [getattr(r, field.name) for r in kept]
        if field.name == "made_by":
            values = [v or made_by for v in values]
        elif field.name in structs:
            values = [_as_plain(v) for v in values]
        columns.append(pa.array(values, type=field.type))
    return pa.Table.from_arrays(columns, schema=wanted)


def from_table(record: type[R], table: pa.Table) -> list[R]:
    """Turn an Arrow table into records, column by column; the inverse of `to_table`.

    Raises:
        StageError: If a column of the record is missing.
    """
    structs, lists = _struct_columns(record.TABLE), _list_columns(record.TABLE)
    columns = []
    for name in record.__struct_fields__:
        if name not in table.column_names:
            raise StageError(f"table {record.TABLE} has no column {name}")
        values = table.column(name).to_pylist()
        if name in structs:
            kind, many = structs[name]
            if many:
                values = [tuple(kind(**v) for v in row or ()) for row in values]
            else:
                values = [None if v is None else kind(**v) for v in values]
        elif name in lists:
            values = [tuple(row or ()) for row in values]
        columns.append(values)
    names = record.__struct_fields__
    return [record(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]


def by(rows: Iterable[R], field: str) -> dict[str, list[R]]:
    """Group records by one of their fields, keeping order; a key that no row has gives an empty list."""
    groups: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, field)].append(row)
    return groups
