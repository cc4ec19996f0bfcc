"""What became of the pages of one build."""

from __future__ import annotations

import msgspec


class Tally(msgspec.Struct):
    """Counts of pages, and the reasons of what was not read, as (location, reason).

    Attributes:
        read: Pages read, known ones too.
        known: Those that the dossier held already.
        skipped: Assets and the like, passed over on purpose.
        rejected: What could not be read.
    """

    read: int = 0
    known: int = 0
    skipped: int = 0
    rejected: list[tuple[str, str]] = []
