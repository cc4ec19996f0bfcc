"""Running a stage as the engine does, in any number of partitions."""

from __future__ import annotations

import pyarrow as pa

from variorum.engine.split import bring, partition, unique_rows
from variorum.records import empty
from variorum.settings import Settings


def run_in(stage, tables, buckets):
    """The stage's tables, made in that many partitions, as sorted rows without doubles."""
    made = {name: [] for name in stage.makes}
    if stage.split_by in ("document", "all"):
        parts = [dict(tables)]
    else:
        parts = [
            bring(stage.fetch, dict(p), tables) for p in partition(stage, tables, buckets=buckets).values()
        ]
    for part in parts:
        for name in stage.broadcast:
            part.setdefault(name, tables.get(name, empty(name)))
        for name, table in stage.run(part, Settings()).items():
            made[name].append(table)
    return {name: unique_rows(pa.concat_tables([empty(name), *found])) for name, found in made.items()}


def rows(table):
    """Rows as sorted text, for comparing."""
    return sorted(str(row) for row in table.to_pylist())


def chain(stages, tables, buckets=1):
    """Run stages one after another; tables that none makes are empty."""
    have = dict(tables)
    for stage in stages:
        for name in stage.reads:
            have.setdefault(name, empty(name))
        have |= run_in(stage, have, buckets)
    return have
