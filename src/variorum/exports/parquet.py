"""Parquet: one file a table, columns as they are in the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

    from variorum.api import Dossier


def write(dossier: Dossier, folder: Path) -> list[Path]:
    """Write `FOLDER/<table>.parquet` for every table, empty ones too."""
    written = []
    for name in dossier.tables:
        path = folder / f"{name}.parquet"
        pq.write_table(dossier.table(name), path, compression="zstd")
        written.append(path)
    return written
