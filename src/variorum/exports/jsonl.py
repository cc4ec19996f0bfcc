"""JSON Lines: every table in its own file, every span with its words and its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.views.rows import plain_tables

if TYPE_CHECKING:
    from pathlib import Path

    from variorum.api import Dossier


def write(dossier: Dossier, folder: Path) -> list[Path]:
    """Write `FOLDER/<table>.jsonl` for every table; empty tables give empty files."""
    encoder = msgspec.json.Encoder()
    written = []
    for name, rows in plain_tables(dossier):
        path = folder / f"{name}.jsonl"
        with path.open("wb") as file:
            for row in rows:
                file.write(encoder.encode(row) + b"\n")
        written.append(path)
    return written
