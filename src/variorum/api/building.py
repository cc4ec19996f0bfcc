"""Building: pages in, a dossier out."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from variorum import ingest, pipeline
from variorum.api.aliases import new_aliases
from variorum.api.dossier import Dossier
from variorum.api.given import read_gazetteer, read_outlets
from variorum.api.tally import Tally
from variorum.api.version import VERSION
from variorum.engine.build import (
    INGEST,
    as_told,
    merge_documents,
    page_tables,
    pages_in_parts,
    plan_documents,
    run_documents,
    run_later,
    to_retry,
)
from variorum.engine.local import POOL_FROM, choose
from variorum.engine.split import bucket_of, document_of, select
from variorum.errors import InputError
from variorum.models.reading import open_reader
from variorum.records import TABLES, Document, Page, Refusal, from_table, to_table
from variorum.settings import Settings
from variorum.store import Manifest, Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from variorum.engine.build import Documents
    from variorum.engine.port import Executor, Progress
    from variorum.records import Tables
    from variorum.stage import Stage


def quiet(_stage: str, _done: int, _total: int) -> None:
    """The progress call of those who want none."""


class _Arrivals:
    """Pages as they come in: new ones, and known ones told of differently, go on to be read; the others are noted.

    A page that several inputs hold is told of by the first of them in order of names, whichever comes first or in
    whichever build, so that pages added one by one equal pages added at once. What one input says anew of a page
    replaces what it said before.
    """

    def __init__(
        self, arrivals: Iterable[ingest.Arrival], stored: Mapping[str, Page], resumed: frozenset[Page]
    ) -> None:
        self._arrivals = arrivals
        self._stored = stored
        self.resumed = resumed
        self._told_by: dict[str, str] = {}
        self.tally = Tally()
        self.unread: list[Page] = []
        self.inputs: set[str] = set()
        self.wanted: dict[str, Page] = {}

    def __iter__(self) -> Iterator[tuple[pa.Table, pa.Table]]:
        for arrival in self._arrivals:
            page = arrival.page
            self.inputs.add(page.input)
            if page.status != "read":
                self._note_unread(page)
                continue
            self.tally.read += 1
            if not self._is_news(page):
                continue
            self.wanted[page.id] = page
            if page in self.resumed:
                self.tally.known += 1
            else:
                yield page_tables(page, arrival.body)

    def note_refused(self, store: Store) -> None:
        """Take pages of which cleaning left nothing for rejected, once their rows are in the store."""
        pages = store.read("pages", columns=["id", "location"])
        refusals = store.read("refusals", columns=["page", "stage", "reason"])
        self.tally.note_refused(
            select(pages, "id", pa.array(list(self._told_by), pa.string())),
            store.read("documents", columns=["page"]),
            refusals,
            new=self.wanted.keys() - {page.id for page in self.resumed},
        )

    def _note_unread(self, page: Page) -> None:
        self.unread.append(page)
        if page.status == "rejected":
            self.tally.rejected.append((page.location, page.reason))
        else:
            self.tally.skipped += 1

    def _is_news(self, page: Page) -> bool:
        told_by = self._told_by.get(page.id)
        if told_by is not None and page.input >= told_by:
            return False
        self._told_by[page.id] = page.input
        stored = self._stored.get(page.id)
        news = stored is None or (page != stored and page.input <= stored.input)
        self.tally.known += not news and told_by is None
        return news


def build(
    paths: Sequence[str | Path],
    into: str | Path | None = None,
    *,
    settings: Settings | None = None,
    outlets: str | Path | None = None,
    gazetteer: str | Path | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress = quiet,
) -> Dossier:
    """Read pages into a dossier; what the dossier holds already is not done again.

    Args:
        paths: Files, folders, globs, or `-` for standard input.
        into: Folder of the dossier, made if it is not there; None for one that lives as long as the result.
        settings: Settings; None for the defaults.
        outlets: CSV file that says who the outlets are; None keeps what the dossier knows.
        gazetteer: CSV or Parquet file of the user's own places; None keeps what the dossier knows.
        stdin: Where `-` is read from.
        progress: Called with a stage's name, the units done and in all.

    Returns:
        The dossier; `dossier.tally` says what became of the pages.

    Raises:
        InputError: If there is no page at all, a file of the user's cannot be read, or `settings.reader` leads to no reader.
        DossierError: If the folder cannot be used.
    """
    settings = settings or Settings()
    stages = pipeline.stages(until=settings.until)
    _check_keep(settings.keep)
    if settings.reader:  # told of before any page is read
        open_reader(settings.reader)
    given = {
        "outlets": None if outlets is None else read_outlets(Path(outlets)),
        "gazetteer": None if gazetteer is None else read_gazetteer(Path(gazetteer)),
    }
    holder = tempfile.TemporaryDirectory(prefix="variorum-") if into is None else None
    root = Path(holder.name) / "dossier" if holder else Path(into or "")
    store = Store(root, create=True)
    with store.writing():
        arrivals = ingest.read([str(p) for p in paths], settings, stdin=stdin)
        tally = _build(store, stages, settings, arrivals, given, progress)
    return Dossier(store, holder=holder, tally=tally)


def _check_keep(names: Iterable[str]) -> None:
    unkept = sorted(name for name, spec in TABLES.items() if not spec.kept)
    for name in names:
        if name not in TABLES:
            raise InputError(f"--keep: there is no table called {name!r}", f"tables are {', '.join(unkept)}")


def remove(root: str | Path, pages: Sequence[str], *, progress: Progress = quiet) -> Dossier:
    """Take pages out of a dossier, as if they had never been there.

    Args:
        root: The dossier.
        pages: Ids or locations of pages, or ids of their documents.
        progress: As of `build`.

    Raises:
        InputError: If the dossier has no such page.
    """
    store = Store(Path(root))
    with store.writing():
        stored = store.read("pages", columns=["id", "location"]).to_pylist()
        names = {key: row["id"] for row in stored for key in (row["id"], Document(page=row["id"]).id)}
        by_location: dict[str, set[str]] = {}
        for row in stored:
            by_location.setdefault(row["location"], set()).add(row["id"])
        found = {p: {names[p]} if p in names else by_location.get(p, set()) for p in pages}
        missing = [p for p, ids in found.items() if not ids]
        if missing:
            raise InputError(
                f"{root} has no page {missing[0]!r}", "give a page's id or its location as `pages` lists them"
            )
        settings = _settings_of(store.manifest)
        stages = pipeline.stages(until=settings.until)
        dropped = set().union(*found.values())
        _build(store, stages, settings, (), {"outlets": None, "gazetteer": None}, progress, dropped=dropped)
    return Dossier(store)


def _settings_of(manifest: Manifest) -> Settings:
    """The settings of the last build, so that a removal runs as that build ran."""
    return msgspec.convert(manifest.settings, Settings) if manifest.settings else Settings()


def _build(
    store: Store,
    stages: Sequence[Stage],
    settings: Settings,
    arrivals: Iterable[ingest.Arrival],
    given: dict[str, pa.Table | None],
    progress: Progress,
    *,
    dropped: frozenset[str] | set[str] = frozenset(),
) -> Tally:
    broadcast = {name: store.read(name) if table is None else table for name, table in given.items()}
    plan = plan_documents(stages, settings, broadcast)
    stored = {p.id: as_told(p) for p in from_table(Page, store.read("pages")) if p.id not in dropped}
    again = _to_make_again(store, plan) & set(stored)
    resumed = pages_in_parts(store, plan)
    stream = iter(arrivals)
    first = list(itertools.islice(stream, POOL_FROM))
    coming = _Arrivals(itertools.chain(first, stream), stored, resumed)
    executor = choose(settings, len(first) + len(again))
    try:
        _documents(store, plan, coming, {i: stored[i] for i in again}, executor, progress)
        if not (coming.tally.read or coming.unread or stored or dropped):
            raise InputError(
                "there is no page to read", "give files, folders, globs, or - for standard input"
            )
        _merge(store, plan, coming, dropped)
        coming.note_refused(store)
        for name, table in broadcast.items():
            store.replace(name, {0: table})
        ledger = _later(store, stages, settings, executor, progress)
    finally:
        executor.close()
    ledger["documents"] = {"key": plan.key}
    _commit(store, settings, ledger)
    return coming.tally


def _to_make_again(store: Store, plan: Documents) -> set[str]:
    """Stored pages whose tags are of other stages or settings, or that were given up for the moment."""
    if store.manifest.ledger.get("documents", {}).get("key") == plan.key:
        return to_retry(store.read("refusals"))
    return set(store.read("bodies", columns=["page"]).column("page").to_pylist())


def _documents(
    store: Store,
    plan: Documents,
    coming: _Arrivals,
    again: Mapping[str, Page],
    executor: Executor,
    progress: Progress,
) -> None:
    """Run the document stages over what comes in and what is to be made again; `coming.wanted` then names both."""

    def both() -> Iterator[tuple[pa.Table, pa.Table]]:
        yield from coming
        left = {i: page for i, page in again.items() if i not in coming.wanted}
        coming.wanted.update(left)
        yield from _stored(store, {i for i, page in left.items() if page not in coming.resumed})

    run_documents(both(), plan, shelf=store, executor=executor, progress=progress)


def _stored(store: Store, pages: set[str]) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Tables of single pages as the dossier holds them; each bucket is read once."""
    shelves: dict[int, list[str]] = {}
    for page in sorted(pages):
        shelves.setdefault(bucket_of(document_of(page)), []).append(page)
    for bucket in sorted(shelves):
        told, bodies = store.read("pages", bucket=bucket), store.read("bodies", bucket=bucket)
        for page in shelves[bucket]:
            wanted = pa.array([page])
            yield select(told, "id", wanted), select(bodies, "page", wanted)


def _merge(store: Store, plan: Documents, coming: _Arrivals, dropped: frozenset[str] | set[str]) -> None:
    """Put new rows into the tables, with a record of every page that was not read."""
    refusals = ingest_refusals([*coming.unread, *coming.wanted.values()])
    unread: Tables = {
        "pages": to_table(Page, coming.unread, made_by=INGEST),
        "refusals": to_table(Refusal, refusals, made_by=INGEST),
    }
    gone = {*dropped, *coming.wanted} | _told_anew(store, coming.inputs)
    for changed in merge_documents(store, plan, wanted=coming.wanted, unread=unread, dropped=gone):
        store.write(changed.name, changed.bucket, changed.rows)


def ingest_refusals(pages: Sequence[Page]) -> list[Refusal]:
    """Refusals of pages that were rejected, and of fields told beside pages that were read."""
    whole = [(p.id, "", p.reason) for p in pages if p.status == "rejected"]
    fields = [(p.id, "pages", why) for p in pages for why in ingest.refused_fields(p)]
    return [Refusal(page=i, stage="ingest", table=table, reason=why) for i, table, why in (*whole, *fields)]


def _told_anew(store: Store, inputs: set[str]) -> set[str]:
    """Pages that an earlier build could not read, from inputs read again by this one: it tells of them anew.

    Standard input is another stream every time, so what it could not give stays on record.
    """
    rows = store.read("pages", columns=["id", "input", "status"]).to_pylist()
    return {r["id"] for r in rows if r["status"] != "read" and r["input"] in inputs - {"-"}}


def _later(
    store: Store, stages: Sequence[Stage], settings: Settings, executor: Executor, progress: Progress
) -> dict[str, dict[str, str]]:
    """Run the stages that look across documents; give back the ledger."""
    later = [s for s in stages if s.split_by != "document"]
    ledger: dict[str, dict[str, str]] = {}
    made = {name for stage in stages for name in stage.makes}
    for stage in pipeline.STAGES:  # what an earlier build made and this one does not, must not stay
        for name in stage.makes:
            if name not in made or not (TABLES[name].kept or name in settings.keep):
                store.replace(name, {})
    for number, stage in enumerate(later):
        progress(stage.name, number, len(later))
        tables = {name: store.read(name) for name in stage.reads}
        known = store.manifest.ledger.get(stage.name, {})
        parts, ledger[stage.name] = run_later(
            stage, tables, settings=settings, known=known, shelf=store, executor=executor
        )
        for name in stage.makes:
            store.replace(name, {p.bucket: p.rows for p in parts if p.name == name})
    progress("done", len(later), len(later))
    return ledger


def _commit(store: Store, settings: Settings, ledger: dict[str, dict[str, str]]) -> None:
    manifest = Manifest(
        variorum=VERSION,
        notes=pipeline.notes(until=settings.until),
        ledger=ledger,
        settings=msgspec.to_builtins(msgspec.structs.replace(settings, workers=0)),
        aliases=new_aliases(store),
    )
    store.commit(manifest)
    store.clear_work()
