"""Scores: what a system gave against what was wanted, in the form of the JSON Lines export.

Used by the tests, by `bench/` and by `variorum score`; all functions are pure, all intervals seeded.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from variorum.errors import InputError
from variorum.measure.clusters import MEMBERS, adjusted_rand, b_cubed, cluster_scores, clustering
from variorum.measure.edges import ENDS, edge_scores
from variorum.measure.intervals import Counts, interval, mean_of, prf
from variorum.measure.layers import LAYERS, score_layers
from variorum.measure.rows import plain
from variorum.measure.sides import TEXTS, in_gold_names
from variorum.measure.spans import assign, jaccard, span_scores
from variorum.measure.statements import statement_scores
from variorum.measure.text import shingle_prf, shingles, text_scores
from variorum.measure.values import VALUES, distance_km, flat_naming, header_scores, value_scores

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "LAYERS",
    "TASKS",
    "TEXTS",
    "Counts",
    "adjusted_rand",
    "assign",
    "b_cubed",
    "cluster_scores",
    "clustering",
    "distance_km",
    "edge_scores",
    "header_scores",
    "in_gold_names",
    "interval",
    "jaccard",
    "mean_of",
    "prf",
    "read_folder",
    "score",
    "score_files",
    "score_layers",
    "shingle_prf",
    "shingles",
    "span_scores",
    "statement_scores",
    "text_scores",
    "value_scores",
]

_SPANS = ("spans", "sentences", "blocks", "events", "tokens")
# What can be scored: names of tables, and `spans`, `clusters`, `edges`, `text`, `headers` for rows of any origin.
TASKS: tuple[str, ...] = tuple(
    sorted({*_SPANS, *VALUES, *MEMBERS, *ENDS, "statements", "text", "documents", "headers"})
)


def score(task: str, gold_rows: Iterable[Any], system_rows: Iterable[Any]) -> dict[str, Any]:
    """Score a system's rows against gold.

    Args:
        task: What the rows are (one of `TASKS`): the table's name, or the general kind.
        gold_rows: Rows wanted: records, or mappings in the form of the JSON Lines export (a span is an object
            `doc`, `start`, `end`; a row that is itself a span carries these flat).
        system_rows: Rows given, in the same form; order does not matter.

    Returns:
        `task`, `gold` and `system` (numbers of rows) and the measures of that task, as nested mappings of numbers.

    Raises:
        InputError: If the task is unknown or a row is no object or holds a span that is none.
    """
    gold, system = _ordered(plain(gold_rows)), _ordered(plain(system_rows))
    return {"task": task, "gold": len(gold), "system": len(system), **_measures(task, gold, system)}


def _ordered(rows: list[Any]) -> list[Any]:
    """Rows in an order of their own, so that ties fall alike whatever order they came in."""
    return sorted(rows, key=lambda row: msgspec.json.encode(row, order="deterministic"))


def _measures(task: str, gold: list[Any], system: list[Any]) -> dict[str, Any]:
    if task == "statements":
        return statement_scores(gold, system)
    if task == "naming":
        gold, system = flat_naming(gold), flat_naming(system)
    if task in VALUES:
        return value_scores(gold, system, table=task)
    if task in MEMBERS:
        return cluster_scores(gold, system, members=MEMBERS[task])
    if task in ENDS:
        return edge_scores(gold, system, table=task)
    if task == "text":
        return text_scores(gold, system)
    if task == "headers":
        return header_scores(gold, system)
    if task == "documents":
        return {"text": text_scores(gold, system), "headers": header_scores(gold, system)}
    if task in _SPANS:
        return span_scores(gold, system)
    raise InputError(f"there is no task called {task}", f"one of: {', '.join(TASKS)}")


def score_files(task: str, gold: Path | str, system: Path | str) -> dict[str, Any]:
    """Score one JSON Lines file against another (`score`).

    Raises:
        InputError: If a file cannot be read or a line is no JSON object; names the file and the line.
    """
    return score(task, _read(Path(gold)), _read(Path(system)))


def read_folder(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of a folder that is a layer, or that layers name.

    Raises:
        InputError: If the folder holds no table, a file cannot be read, or a line is no JSON object; names it.
    """
    names = (*LAYERS, *TEXTS)
    found = {name: _read(folder / f"{name}.jsonl") for name in names if (folder / f"{name}.jsonl").is_file()}
    if not found:
        raise InputError(
            f"{folder}: no table in JSON Lines", "give a folder as `export --to jsonl` writes it"
        )
    return found


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}", "give a JSON Lines file that can be read"
        ) from error
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                rows.append(msgspec.json.decode(line, type=dict[str, Any]))
            except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
                raise InputError(
                    f"{path}, line {number}: no JSON object ({error})", "one object a line"
                ) from error
    return rows
