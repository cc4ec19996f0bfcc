"""What every bench module says of itself, in one form: the seam between the modules here and the gate.

A module that the gate knows has a function `gauge() -> Measured`; what else it prints is its own affair.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

SHARED = Path(__file__).resolve().parents[3] / "shared"


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one module; in all of them higher is better.

    Attributes:
        about: What is measured and on what, in a sentence or two, for the page that people read.
        ours: Figures of ours by name. Each has a floor.
        rivals: For each rival its figures, taken in the same run on the same data, under names of `ours`.
        aside: What is worth knowing but is no quality of ours: has no floor.
        counts: How much was measured, by name.
        data: Files and folders that the figures stand on; their digests stand beside the floors.
    """

    about: str
    ours: dict[str, float]
    rivals: dict[str, dict[str, float]] = {}
    aside: dict[str, float] = {}
    counts: dict[str, int] = {}
    data: tuple[Path, ...] = ()
