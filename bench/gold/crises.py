"""The crises of the gold, their two halves, and a dossier built from each as a user would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import variorum
from variorum.settings import Settings
from variorum.views.rows import plain_tables

ROOT = Path(__file__).parent
# Whole crises: what is tuned on never shares a page, a name or a place with what is held out.
DEVELOPMENT = ("ishkan", "quays", "savane", "quebrada")
TEST = ("harmattan_night", "madhura_hill", "skagen_spill", "varna_ballots")
Tables = dict[str, list[Any]]


def rows(file: Path) -> list[dict[str, Any]]:
    """A JSON Lines file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


def gold(crises: tuple[str, ...]) -> Tables:
    """The settled tables of some crises, together."""
    found: Tables = {}
    for crisis in crises:
        for file in sorted((ROOT / crisis).glob("*.jsonl")):
            found.setdefault(file.stem, []).extend(rows(file))
    return found


def built(crises: tuple[str, ...]) -> Tables:
    """What Variorum makes of the crises' pages, each crisis a dossier of its own, in the form of the JSON Lines export."""
    found: Tables = {}
    for crisis in crises:
        folder = ROOT / crisis
        dossier = variorum.build(
            [folder / "pages.jsonl"],
            settings=Settings(as_text=True),
            outlets=folder / "outlets.csv",
            gazetteer=folder / "gazetteer.csv",
        )
        for name, made in plain_tables(dossier):
            found.setdefault(name, []).extend(made)
    return found
