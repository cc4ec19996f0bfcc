"""What a person sees: progress and complaints on standard error, results on standard output, strangers' text made safe."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from variorum.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.api import Tally
    from variorum.engine.port import Progress as Report

# Reasons shown one by one before the rest is only counted; the tables hold them all.
SHOWN = 10

_errors = Console(stderr=True, highlight=False, soft_wrap=True)
_encoder = msgspec.json.Encoder()


def complain(message: str, remedy: str = "") -> None:
    """One line on standard error that says what is wrong and what to do."""
    line = f"variorum: {visible(message)}" + (f" — {visible(remedy)}" if remedy else "")
    _errors.print(line, markup=False)


def note(message: str) -> None:
    """One line on standard error for a person at a terminal; nothing when piped."""
    if _errors.is_terminal:
        _errors.print(visible(message), markup=False)


def say(message: str) -> None:
    """One line of result on standard output."""
    sys.stdout.write(f"{visible(message)}\n")


def print_json(rows: Iterable[object]) -> None:
    """Rows as JSON Lines on standard output, each flushed, so that pipes flow."""
    out = sys.stdout.buffer
    for row in rows:
        out.write(_encoder.encode(row) + b"\n")
    out.flush()


@contextlib.contextmanager
def progress_bar() -> Iterator[Report]:
    """A progress bar on standard error while the block runs; none when piped."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal) as bar:
        tasks = {"pages": bar.add_task("reading pages", total=None)}

        def report(stage: str, done: int, total: int) -> None:
            if stage == "pages":
                bar.update(tasks["pages"], completed=done, total=total or None)
                return
            if "later" not in tasks:
                tasks["later"] = bar.add_task("comparing", total=total)
            bar.update(
                tasks["later"],
                completed=done,
                total=total,
                description=f"comparing: {stage.replace('_', ' ')}",
            )

        yield report


def report_unread(tally: Tally) -> int:
    """Say what was not read, and why; give back the exit status of the contract (0, 1 or 2)."""
    for location, reason in tally.rejected[:SHOWN]:
        complain(f"{location}: {reason}")
    if len(tally.rejected) > SHOWN:
        complain(f"and {len(tally.rejected) - SHOWN} more pages that could not be read")
    if not tally.rejected:
        return 0
    return 1 if tally.read else 2
