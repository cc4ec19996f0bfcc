"""`score`: one file against another, or a folder of tables against a folder or a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from variorum import api
from variorum.errors import InputError
from variorum.measure import LAYERS, TEXTS, read_folder, score_files, score_layers
from variorum.views.rows import plain_tables

if TYPE_CHECKING:
    from pathlib import Path

ALL = "all"


def scores(task: str, gold: Path, system: Path) -> dict[str, Any]:
    """Measures of one task of two files, or of one or all layers of two folders.

    Raises:
        InputError: If the two are not of one kind, cannot be read, or the task is unknown.
    """
    if gold.is_dir() and system.is_dir():
        # Chains are scored by the mentions that they hold.
        needed = "mentions" if task == "chains" else task
        if task in LAYERS and not (_is_dossier(system) or (system / f"{needed}.jsonl").is_file()):
            raise InputError(
                f"{system} has no {needed}.jsonl", "a folder holds a file for each layer, as `export` writes"
            )
        return score_layers(read_folder(gold), _tables(system), only=() if task == ALL else (task,))
    gone = [path for path in (gold, system) if not path.exists()]
    if gone:
        raise InputError(f"{gone[0]} does not exist", "give two files, or two folders of TABLE.jsonl")
    if gold.is_dir() != system.is_dir():
        odd = system if gold.is_dir() else gold
        raise InputError(f"{odd} is no folder, the other is", "give two files, or two folders of TABLE.jsonl")
    if task == ALL:
        raise InputError("all layers are scored in folders only", "give two folders of TABLE.jsonl")
    return score_files(task, gold, system)


def _is_dossier(folder: Path) -> bool:
    return (folder / "manifest.json").is_file()


def _tables(system: Path) -> dict[str, list[dict[str, Any]]]:
    """A system's tables: exported ones, or those of a dossier."""
    if _is_dossier(system):
        wanted = {*LAYERS, *TEXTS}
        return {name: list(rows) for name, rows in plain_tables(api.open(system)) if name in wanted}
    return read_folder(system)
