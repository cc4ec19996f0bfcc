"""What users call: build, open, remove, and the dossier that comes of it."""

from __future__ import annotations

from pathlib import Path

from variorum.api.building import VERSION, build, remove
from variorum.api.dossier import Dossier
from variorum.api.stream import document_tables
from variorum.api.tally import Tally
from variorum.store import Store


def open(path: str | Path) -> Dossier:  # noqa: A001 - variorum.open is the promise
    """Open a dossier.

    Raises:
        DossierError: If the folder is no dossier or is damaged.
    """
    return Dossier(Store(Path(path)))


__all__ = ["VERSION", "Dossier", "Tally", "build", "document_tables", "open", "remove"]
