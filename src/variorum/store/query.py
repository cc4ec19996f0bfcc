"""Questions to the tables in SQL, by DuckDB in memory, shut off from files and network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.errors import DossierError
from variorum.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

# What a query may take on a laptop beside the tables themselves.
_MEMORY = "1GB"


def answer(query: str, read: Callable[[str], pa.Table]) -> pa.Table:
    """Answer a query.

    Args:
        query: SQL; tables go by their names.
        read: Gives a table by name; only those that the query names are read.

    Raises:
        DossierError: If DuckDB refuses the query.
    """
    import duckdb  # noqa: PLC0415 - only who asks in SQL pays for loading it

    shut: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "autoload_known_extensions": "false",
        "memory_limit": _MEMORY,
    }
    with duckdb.connect(":memory:", config=shut) as connection:
        for name in TABLES:
            if name in query:
                connection.register(name, read(name))
        try:
            return connection.execute(query).to_arrow_table()
        except duckdb.Error as error:
            raise DossierError(
                f"the query cannot be answered: {error}", "tables and columns stand in the reference"
            ) from error
