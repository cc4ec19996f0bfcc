"""What a dossier says of itself."""

from __future__ import annotations

import msgspec

FORMAT = 1
MANIFEST = "manifest.json"


class TableFile(msgspec.Struct, frozen=True):
    """One bucket of a table: its file under `tables/<name>/`, and its rows."""

    bucket: int
    file: str
    rows: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a dossier holds.

    Attributes:
        format: Version of this layout.
        variorum: Version of the program that wrote it.
        tables: Files of every table of the design, by name.
        notes: Why a table is empty: no stage makes it yet, or the build stopped before it.
        ledger: Keys of finished work, by stage and bucket: what the engine need not do again.
        settings: The settings of the last build, as JSON-able values.
        aliases: Earlier ids of clusters that now go by another, by earlier id.
    """

    format: int = FORMAT
    variorum: str = ""
    tables: dict[str, tuple[TableFile, ...]] = {}
    notes: dict[str, str] = {}
    ledger: dict[str, dict[str, str]] = {}
    settings: dict[str, object] = {}
    aliases: dict[str, str] = {}
