"""What users call: build, open, remove, and the dossier that comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from variorum.api.dossier import Dossier
from variorum.api.tally import Tally
from variorum.api.version import VERSION
from variorum.store import Store

if TYPE_CHECKING:
    from variorum.api.building import build, remove
    from variorum.api.stream import document_tables

# Where the names lie that need the whole pipeline: opening a dossier should not wait for it.
_HOMES = {"build": "building", "remove": "building", "document_tables": "stream"}


def __getattr__(name: str) -> object:
    """Import what needs the pipeline when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'variorum.api' has no attribute {name!r}")
    import importlib  # noqa: PLC0415

    value: object = getattr(importlib.import_module(f"variorum.api.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def open(path: str | Path) -> Dossier:  # noqa: A001 - variorum.open is the promise
    """Open a dossier.

    Raises:
        DossierError: If the folder is no dossier or is damaged.
    """
    return Dossier(Store(Path(path)))


__all__ = ["VERSION", "Dossier", "Tally", "build", "document_tables", "open", "remove"]
