"""What a person sees: progress and complaints on standard error, results on standard output, strangers' text made safe."""

from __future__ import annotations

import contextlib
import itertools
import re
import sys
from typing import TYPE_CHECKING

import msgspec

from variorum.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.api import Tally
    from variorum.engine.port import Progress as Report

# Reasons shown one by one before the rest is only counted; the tables hold them all.
SHOWN = 10

_encoder = msgspec.json.Encoder()
# UTF-8 of what `variorum.text.safe` makes visible, as far as JSON lets it stand raw: DEL, C1 controls, marks of
# direction, invisible letters, separators of lines. In JSON it stands in strings alone, where an escape is the same.
_RAW = re.compile(
    b"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8b\x8e\x8f\xa8-\xae]|\xe2\x81[\xa0-\xa9]|\xef\xbb\xbf"
)


def complain(message: str, remedy: str = "") -> None:
    """One line on standard error that says what is wrong and what to do."""
    line = f"variorum: {visible(message)}" + (f" — {visible(remedy)}" if remedy else "")
    sys.stderr.write(f"{line}\n")


def note(message: str) -> None:
    """One line on standard error for a person at a terminal; nothing when piped."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{visible(message)}\n")


def say(message: str) -> None:
    """One line of result on standard output."""
    sys.stdout.write(f"{visible(message)}\n")


def print_texts(texts: Iterable[tuple[str, str]]) -> None:
    """Texts, as (name, text), on standard output; of several each under its name, as `head` does; what could steer a terminal is made visible."""
    held: tuple[str, str] | None = None
    named = False
    for text in itertools.chain(texts, [None]):
        if held is not None:
            named = named or text is not None
            _write_text(*held, named=named)
        held = text


def _write_text(name: str, text: str, *, named: bool) -> None:
    lines = [f"==> {visible(name)} <==", ""] if named else []
    lines += [visible(text, keep="\n\t"), *([""] if named else []), ""]
    sys.stdout.buffer.write("\n".join(lines).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _escaped(match: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(match[0].decode())


def print_json(rows: Iterable[object]) -> None:
    """Rows as JSON Lines on standard output, flushed, so that pipes flow; what could steer a terminal is escaped."""
    out = sys.stdout.buffer
    for row in rows:
        out.write(_RAW.sub(_escaped, _encoder.encode(row)) + b"\n")
    out.flush()


@contextlib.contextmanager
def progress_bar() -> Iterator[Report]:
    """A progress bar on standard error while the block runs; none when piped."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich import progress as bars  # noqa: PLC0415 - a twentieth of a second that pipes need not wait
    from rich.console import Console  # noqa: PLC0415

    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
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
