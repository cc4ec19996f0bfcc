"""A dossier in Python: its tables as Arrow, its documents, its pages."""

from __future__ import annotations

import functools
import zlib
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from variorum.engine.split import select, values
from variorum.errors import DossierError
from variorum.records import TABLES, Document, from_table
from variorum.text.offsets import OffsetMap

if TYPE_CHECKING:
    import tempfile
    from collections.abc import Sequence
    from pathlib import Path

    from variorum.api.tally import Tally
    from variorum.store import Manifest, Store


# Tables of pairs of documents, and where each side's document stands.
_PAIRS = {
    "passages": ("left.doc", "right.doc"),
    "revisions": ("earlier", "later"),
    "same_story": ("left", "right"),
}


class Dossier:
    """One record of one crisis. Every table of the design is an attribute: `dossier.statements`.

    A table is an Arrow table: `.to_pandas()`, DuckDB and Polars take it as it is.

    Args:
        store: Where the tables lie.
        holder: The temporary folder of a dossier without a name; it goes when the dossier goes.
        tally: What became of the pages of the build that made it, if one did.
    """

    def __init__(
        self,
        store: Store,
        *,
        holder: tempfile.TemporaryDirectory[str] | None = None,
        tally: Tally | None = None,
    ) -> None:
        self._store = store
        self._holder = holder
        self.tally = tally

    @property
    def path(self) -> Path:
        """The dossier's folder."""
        return self._store.root

    @property
    def manifest(self) -> Manifest:
        """What the dossier holds, and why a table is empty."""
        return self._store.manifest

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables, in the order of the design; those not kept by default only where they were asked for."""
        return tuple(n for n, spec in TABLES.items() if spec.exported and (spec.kept or self._store.rows(n)))

    def table(self, name: str) -> pa.Table:
        """A table by name.

        Raises:
            DossierError: If there is no such table, or its files are damaged.
        """
        if name not in TABLES:
            raise DossierError(f"there is no table called {name!r}", f"tables are {', '.join(self.tables)}")
        return self._store.read(name)

    def __getattr__(self, name: str) -> pa.Table:
        if name.startswith("_") or name not in TABLES:
            raise AttributeError(f"a dossier has no attribute {name!r}")
        return self.table(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.tables})

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{self._store.rows(n)} {n}" for n in ("documents", "stories", "statements", "conflicts")
        )
        return f"<Dossier {self.path.name}: {counts}>"

    def sql(self, query: str) -> pa.Table:
        """Ask the tables in SQL (DuckDB's), by their names; nothing outside the dossier can be read or written.

        Raises:
            DossierError: If the query is wrong.
        """
        return self._store.sql(query)

    def add(self, paths: Sequence[str | Path], **options: Any) -> Dossier:
        """Read more pages into this dossier; `options` as of `variorum.build`. The dossier as it then is."""
        from variorum.api.building import build  # noqa: PLC0415 - building makes dossiers

        return build(paths, self.path, **options)

    def remove(self, pages: Sequence[str]) -> Dossier:
        """Take pages out, as if they had never been there. The dossier as it then is."""
        from variorum.api.building import remove  # noqa: PLC0415 - building makes dossiers

        return remove(self.path, pages)

    def present_id(self, cluster: str) -> str:
        """The id by which a story, episode, actor or utterance goes now; an earlier id leads to its heir."""
        return self.manifest.aliases.get(cluster, cluster)

    def story(self, story: str) -> dict[str, pa.Table]:
        """What belongs to one story: its rows of every table that names stories or documents.

        Args:
            story: Id of the story, an earlier one too.

        Returns:
            Tables by name. Of tables of pairs (`passages`, `revisions`, `same_story`) the rows both of whose documents
            are the story's; those that can be told neither by story nor by document are left out.

        Raises:
            DossierError: If there is no such story.
        """
        wanted = self.present_id(story)
        rows = select(self.table("stories"), "id", pa.array([wanted]))
        if not rows.num_rows:
            raise DossierError(f"there is no story {story!r}", "the table `stories` lists them")
        return self._belonging(values(rows, "documents"), wanted)

    def compare(self, left: str, right: str) -> dict[str, pa.Table]:
        """What stands between two documents.

        Args:
            left: Id of a document.
            right: Id of another.

        Returns:
            `passages` that they share, `conflicts`, `utterances` that both render, and `revisions`: where they are
            captures of one address, the changes that lead from the earlier to the later, through those between.
        """
        both = {left, right}
        passages = [{r["left"]["doc"], r["right"]["doc"]} == both for r in self.passages.to_pylist()]
        conflicts = [
            {r["left_span"]["doc"], r["right_span"]["doc"]} == both for r in self.conflicts.to_pylist()
        ]
        home = {s["id"]: s["doc"] for s in self.table("statements").select(["id", "doc"]).to_pylist()}
        utterances = [both <= {home.get(s) for s in r["statements"]} for r in self.utterances.to_pylist()]
        kept = {"passages": passages, "conflicts": conflicts, "utterances": utterances}
        found = {name: self.table(name).filter(pa.array(mask, pa.bool_())) for name, mask in kept.items()}
        return found | {"revisions": self._leading(left, right)}

    def _leading(self, left: str, right: str) -> pa.Table:
        """Revisions from one capture of an address to another, in order; none where they are not of one address."""
        table = self.table("revisions")
        following = {row["earlier"]: (n, row["later"]) for n, row in enumerate(table.to_pylist())}
        for start, end in ((left, right), (right, left)):
            steps, doc = [], start
            while doc in following and doc != end:
                step, doc = following[doc]
                steps.append(step)
            if doc == end and steps:
                return table.take(steps)
        return table.slice(0, 0)

    def _belonging(self, documents: pa.Array, story: str) -> dict[str, pa.Table]:
        found = {"documents": select(self.table("documents"), "id", documents)}
        for name in self.tables:
            table = self.table(name)
            if "story" in table.column_names:
                found[name] = select(table, "story", pa.array([story]))
            elif "doc" in table.column_names:
                found[name] = select(table, "doc", documents)
            elif "documents" in table.column_names:
                found[name] = select(table, "documents", documents)
            elif name in _PAIRS:
                left, right = _PAIRS[name]
                found[name] = select(select(table, left, documents), right, documents)
        return found

    def rows(self, name: str) -> int:
        """Number of rows of a table, without reading it."""
        return self._store.rows(name)

    def conflicting_figures(self) -> int:
        """Conflicts of figures that are comparable, at least in part: what the report shows as conflicts."""
        rows = self._store.read("conflicts", columns=["kind", "comparable"]).to_pylist()
        return sum(row["kind"] != "denial" and row["comparable"] != "no" for row in rows)

    @functools.cached_property
    def documents_by_id(self) -> dict[str, Document]:
        """Every document as a record, by id."""
        return {d.id: d for d in from_table(Document, self.table("documents"))}

    def text(self, doc: str, start: int = 0, end: int | None = None) -> str:
        """The cleaned text of a document, or code points `[start, end)` of it."""
        return self.documents_by_id[doc].text[start:end]

    def page_ranges(self, doc: str, start: int, end: int) -> list[tuple[int, int]]:
        """Byte ranges of the page that hold code points `[start, end)` of a document's text."""
        return OffsetMap.unpack(self.documents_by_id[doc].offset_map).page_ranges(start, end)

    def page_bytes(self, page: str) -> bytes:
        """The bytes of a page, as its ranges count them.

        Raises:
            KeyError: If the dossier has no such page or never could read it.
        """
        bodies = self.table("bodies")
        rows = bodies.column("page").to_pylist()
        if page not in rows:
            raise KeyError(page)
        return zlib.decompress(bodies.column("bytes")[rows.index(page)].as_py())
