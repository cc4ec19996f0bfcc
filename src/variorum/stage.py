"""What a stage is: a pure function from Arrow tables to Arrow tables, and what it says of itself.

A stage knows no path, no connection and no rank (design, law 7). It says what it needs and makes; the engine
splits, brings together, retries and remembers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from variorum.errors import StageError
from variorum.records import TABLES, Tables
from variorum.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Run = Callable[[Tables, Settings], Tables]


class Fetch(msgspec.Struct, frozen=True):
    """Rows of another table that go along with a partition.

    A row of `table` goes along if its `column` (a value, a list, or a struct's field as `left.doc`) holds any
    value of one of `by`: columns of tables already in the partition, written `table.column` (a value, a list,
    or a struct's field as `seeds.left.doc`).

    For the statements of a story's documents:
    `Fetch(table="statements", column="doc", by=("stories.documents",))`.
    """

    table: str
    column: str
    by: tuple[str, ...]


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the pipeline.

    Attributes:
        name, version: Together `made_by`; raise the version whenever output for equal input changes.
        needs: Tables that are split into partitions (for `all`: given whole).
        makes: Tables that it gives back, each exactly once, empty ones too.
        split_by: `document` (each page or document alone), `all` (small tables, whole), or the name of a column
            of the first table of `needs`: rows with equal values come together.
        fetch: Rows of further tables that go along with each partition, in this order.
        broadcast: Small tables given whole to every partition (`outlets`, `gazetteer`).
        settings: Names of the settings it reads; only these enter its ledger key.
        resources: Digests of packaged resources it reads, as (name, digest) pairs, computed when asked.
        libraries: Distributions whose version shapes the output.
        run: The function. Its output must not depend on the order or number of partitions.
    """

    name: str
    version: int
    needs: tuple[str, ...]
    makes: tuple[str, ...]
    split_by: str
    run: Run
    fetch: tuple[Fetch, ...] = ()
    broadcast: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    resources: Callable[[], tuple[tuple[str, str], ...]] | None = None
    libraries: tuple[str, ...] = ()

    @property
    def made_by(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def reads(self) -> tuple[str, ...]:
        """Every table it sees."""
        return (*self.needs, *(f.table for f in self.fetch), *self.broadcast)


# Tables that ingest and the user's files fill before any stage runs.
GIVEN: frozenset[str] = frozenset({"pages", "bodies", "outlets", "gazetteer", "judgements"})


def check_chain(stages: Sequence[Stage], *, given: Iterable[str] = GIVEN) -> None:
    """Check that stages fit together before anything runs.

    Args:
        stages: In the order in which they are to run.
        given: Tables that are there before the first.

    Raises:
        StageError: If a stage reads a table that nothing before it makes, makes one that another makes too
            (`refusals` apart, which any document stage may add to), names an unknown table, follows a later
            kind with a `document` stage, or fetches by a table not yet in its partition.
    """
    made: dict[str, str] = dict.fromkeys(given, "ingest")
    past_documents = False
    for stage in stages:
        for name in (*stage.reads, *stage.makes):
            if name not in TABLES:
                raise StageError(f"stage {stage.name}: there is no table called {name}")
        for name in stage.reads:
            if name not in made:
                raise StageError(f"stage {stage.name} reads {name}, which no stage before it makes")
        for name in stage.makes:
            if name in made and name != "refusals":
                raise StageError(f"stage {stage.name} makes {name}, which {made[name]} makes already")
            made[name] = stage.name
        if stage.split_by == "document":
            if past_documents:
                raise StageError(f"stage {stage.name} is split by document but follows one that is not")
        else:
            past_documents = True
        _check_fetch(stage)


def _check_fetch(stage: Stage) -> None:
    present = set(stage.needs)
    for fetch in stage.fetch:
        for source in (path.split(".", 1)[0] for path in fetch.by):
            if source not in present:
                raise StageError(
                    f"stage {stage.name} fetches {fetch.table} by {source}, which is not in its partition"
                )
        present.add(fetch.table)
