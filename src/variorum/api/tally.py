"""What became of the pages of one build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyarrow as pa


class Tally(msgspec.Struct):
    """Counts of pages, and the reasons of what was not read, as (location, reason).

    Attributes:
        read: Pages read, known ones too.
        known: Those that the dossier held already.
        skipped: Assets and the like, passed over on purpose.
        rejected: What could not be read, or gave no text when cleaned.
    """

    read: int = 0
    known: int = 0
    skipped: int = 0
    rejected: list[tuple[str, str]] = []

    def note_refused(
        self, pages: pa.Table, documents: pa.Table, refusals: pa.Table, *, new: Collection[str]
    ) -> None:
        """Count pages that came in and gave no document as rejected, not as read.

        Args:
            pages: Rows of `pages` (id, location) to look at.
            documents: Rows of `documents` (page).
            refusals: Rows of `refusals` (page, stage, reason) that say why.
            new: Ids of pages that the dossier did not hold before.
        """
        cleaned = set(documents.column("page").to_pylist())
        reasons: dict[str, str] = {}
        for row in sorted(refusals.to_pylist(), key=lambda r: (r["page"], r["stage"], r["reason"])):
            reasons.setdefault(row["page"], row["reason"])
        for page in pages.select(["id", "location"]).to_pylist():
            if page["id"] not in cleaned and page["id"] in reasons:
                self.read -= 1
                self.known -= page["id"] not in new
                self.rejected.append((page["location"], reasons[page["id"]]))
