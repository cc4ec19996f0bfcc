"""Names that last: an id of a cluster that is no more leads to the one that took over (design, law 6)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from variorum.store import Store

# Derived tables whose ids hash their members, and the column of members.
CLUSTERS = {"stories": "documents", "episodes": "documents", "actors": "chains", "utterances": "statements"}


def new_aliases(store: Store) -> dict[str, str]:
    """Aliases after a build: earlier ids of clusters, each with the id that holds most of its members now.

    Args:
        store: The dossier after its new tables were written and before they are committed.

    Returns:
        Earlier id → present id. Ties go to the smaller id; an id none of whose members is left is dropped.
    """
    aliases: dict[str, str] = {}
    for table, column in CLUSTERS.items():
        now = store.read(table, columns=["id", column]).to_pylist()
        ids = {row["id"] for row in now}
        holder = {member: row["id"] for row in now for member in row[column]}
        for row in store.committed(table, columns=["id", column]).to_pylist():
            heirs = Counter(holder[m] for m in row[column] if m in holder)
            if row["id"] not in ids and heirs:
                aliases[row["id"]] = min(heirs, key=lambda i: (-heirs[i], i))
        aliases.update(_moved(store.manifest.aliases, aliases, ids))
    return dict(sorted(aliases.items()))


def _moved(earlier: dict[str, str], latest: dict[str, str], ids: set[str]) -> dict[str, str]:
    """Aliases of before, led on to where their targets went."""
    led = {old: latest.get(target, target) for old, target in earlier.items()}
    return {old: target for old, target in led.items() if target in ids and old not in ids}
