"""A dossier in the formats of others: one module a format, all listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.errors import InputError
from variorum.exports import csv, jsonl, parquet, w3c

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from variorum.api import Dossier

FORMATS: dict[str, Callable[[Dossier, Path], list[Path]]] = {
    "csv": csv.write,
    "jsonl": jsonl.write,
    "parquet": parquet.write,
    "w3c-annotation": w3c.write,
}


def export(dossier: Dossier, to: str, folder: Path) -> list[Path]:
    """Write a dossier in one format.

    Args:
        dossier: What to write.
        to: One of `FORMATS`.
        folder: Where to; made if it is not there.

    Returns:
        The files written.

    Raises:
        InputError: If the format is unknown or the folder cannot be used.
    """
    if to not in FORMATS:
        raise InputError(f"there is no format called {to!r}", f"formats are {', '.join(FORMATS)}")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file", "give -o a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FORMATS[to](dossier, folder)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written: {error.strerror}", "choose another folder or free some space"
        ) from error
