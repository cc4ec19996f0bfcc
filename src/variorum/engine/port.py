"""What the engine asks of the outside: a shelf to keep tables on, and hands to run stages with.

Each is a small protocol, so that the store, a test's dictionary, a process pool or a cluster fit alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from variorum.records import Tables
from variorum.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

    Progress = Callable[[str, int, int], None]
    """Called with a stage's name, the units done and the units in all (0 while not known)."""


class Task(msgspec.Struct, frozen=True):
    """Stages to run one after another over one partition, and the tables to keep of what they make."""

    key: str
    stages: tuple[Stage, ...]
    tables: Tables
    keep: tuple[str, ...]


class Outcome(msgspec.Struct, frozen=True):
    """What came of a task: the tables to keep."""

    key: str
    tables: Tables


class Executor(Protocol):
    """Runs tasks, in any order, each outcome as soon as it is there."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Run every task; a task whose worker dies is tried again page by page, the guilty page given up."""
        ...

    def close(self) -> None:
        """Let the hands go."""
        ...


class Shelf(Protocol):
    """Where tables are kept between stages and between builds."""

    def read(self, name: str, *, bucket: int | None = None) -> pa.Table:
        """Rows of a table, of one bucket or of all."""
        ...

    def save_part(self, key: str, tables: Tables) -> None:
        """Keep the tables of one finished batch, whole or not at all."""
        ...

    def parts(self) -> list[str]:
        """Keys of the batches kept."""
        ...

    def load_part(self, key: str, name: str) -> pa.Table:
        """One table of a kept batch."""
        ...
