"""Keys of finished work: what must be equal for a result to be taken again instead of made again."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import sys
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from variorum.records import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from variorum.records import Tables
    from variorum.settings import Settings
    from variorum.stage import Stage

# Libraries under the floor that every stage stands on (records, text); stages name what they use besides.
COMMON = ("numpy", "pyarrow", "rapidfuzz", "regex")
# Python carries Unicode's tables, which decide what is a letter, a digit or a space.
_PYTHON = f"python {sys.version_info[0]}.{sys.version_info[1]}"


@functools.cache
def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def stage_key(stage: Stage, settings: Settings) -> str:
    """Key of a stage: its version, the settings it reads, digests of its resources, versions of its libraries and Python's."""
    read = tuple((name, msgspec.json.encode(getattr(settings, name))) for name in sorted(stage.settings))
    resources = stage.resources() if stage.resources else ()
    libraries = tuple((name, _version(name)) for name in sorted({*stage.libraries, *COMMON}))
    return digest(stage.made_by, read, resources, libraries, _PYTHON)


def chain_key(
    stages: Sequence[Stage], settings: Settings, broadcast: Mapping[str, pa.Table], keep: Sequence[str]
) -> str:
    """Key of fused stages: of each, in order, of the small tables they all see, and of what is kept."""
    names = sorted({name for stage in stages for name in stage.broadcast})
    tables = content_key({name: broadcast[name] for name in names})
    return digest(*(stage_key(s, settings) for s in stages), tables, tuple(sorted(keep)))


def content_key(tables: Tables) -> str:
    """Key of tables by all their cells, in row order.

    Two tables with equal cells may differ in layout and so in key; then work is done again, never taken wrongly.
    """
    state = hashlib.blake2b(digest_size=10)
    for name in sorted(tables):
        state.update(name.encode())
        sink = pa.BufferOutputStream()
        table = tables[name].combine_chunks()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        state.update(sink.getvalue())
    return state.hexdigest()
