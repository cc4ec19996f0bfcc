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
from variorum.engine.build import (
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
from variorum.records import Document, Page, Refusal, digest, from_table, to_table
from variorum.settings import Settings
from variorum.store import Manifest, Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from variorum.engine.build import Documents
    from variorum.engine.port import Executor, Progress
    from variorum.records import Tables
    from variorum.stage import Stage

VERSION = "0.1.0"


def quiet(_stage: str, _done: int, _total: int) -> None:
    """The progress call of those who want none."""


class _Arrivals:
    """Pages as they come in: new ones, and known ones told of differently, go on to be read; the others are noted."""

    def __init__(self, arrivals: Iterable[ingest.Arrival], known: Mapping[str, Page]) -> None:
        self._arrivals = arrivals
        self._known = known
        self.tally = Tally()
        self.unread: list[Page] = []
        self.locations: set[str] = set()
        self.taken: set[str] = set()

    def __iter__(self) -> Iterator[tuple[pa.Table, pa.Table]]:
        for arrival in self._arrivals:
            page = arrival.page
            if page.status != "read":
                self.unread.append(page)
                if page.status == "rejected":
                    self.tally.rejected.append((page.location, page.reason))
                else:
                    self.tally.skipped += 1
                continue
            self.locations.add(page.location)
            self.tally.read += 1
            if page.id in self.taken:
                continue
            known = self._known.get(page.id)
            if known is not None and msgspec.structs.replace(known, made_by="") == page:
                self.tally.known += 1
                continue
            self.taken.add(page.id)
            yield page_tables(page, arrival.body)


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
        InputError: If there is no page at all, or a file of the user's cannot be read.
        DossierError: If the folder cannot be used.
    """
    settings = settings or Settings()
    stages = pipeline.stages(until=settings.until)
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
        store.clear_work()  # what a killed build left could bring the page back
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
    again = _to_make_again(store, plan) - dropped
    stored = {p.id: p for p in from_table(Page, store.read("pages"))}
    resumed = pages_in_parts(store, plan)
    stream = iter(arrivals)
    first = list(itertools.islice(stream, POOL_FROM))
    known = {i: p for i, p in stored.items() if i not in again and i not in dropped} | resumed
    coming = _Arrivals(itertools.chain(first, stream), known)
    executor = choose(settings, len(first) + len(again))
    try:
        _documents(store, plan, coming, again - set(resumed), executor, progress)
        if not (coming.locations or coming.unread or stored or dropped):
            raise InputError(
                "there is no page to read", "give files, folders, globs, or - for standard input"
            )
        _merge(store, plan, coming, again | dropped | (coming.taken & set(stored)))
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
    store: Store, plan: Documents, coming: _Arrivals, again: set[str], executor: Executor, progress: Progress
) -> None:
    def both() -> Iterator[tuple[pa.Table, pa.Table]]:
        yield from coming
        for page in sorted(again - coming.taken):
            yield _stored(store, page)

    run_documents(both(), plan, shelf=store, executor=executor, progress=progress)


def _stored(store: Store, page: str) -> tuple[pa.Table, pa.Table]:
    """Tables of one page as the dossier holds it."""
    bucket = bucket_of(document_of(page))
    wanted = pa.array([page])
    return select(store.read("pages", bucket=bucket), "id", wanted), select(
        store.read("bodies", bucket=bucket), "page", wanted
    )


def _merge(store: Store, plan: Documents, coming: _Arrivals, dropped: set[str]) -> None:
    """Put new rows into the tables, with a record of every page that was not read."""
    rows = store.read("pages", columns=["id", "location", "status"]).to_pylist()
    outdated = {r["id"] for r in rows if r["status"] != "read" and r["location"] in coming.locations}
    if coming.unread:
        refusals = [
            Refusal(page=p.id, stage="ingest", reason=p.reason)
            for p in coming.unread
            if p.status == "rejected"
        ]
        tables: Tables = {
            "pages": to_table(Page, coming.unread, made_by="ingest@1"),
            "refusals": to_table(Refusal, refusals, made_by="ingest@1"),
        }
        store.save_part(f"{plan.key}-unread-{digest(*(p.id for p in coming.unread))}", tables)
    for changed in merge_documents(store, plan, dropped=dropped | outdated):
        store.write(changed.name, changed.bucket, changed.rows)


def _later(
    store: Store, stages: Sequence[Stage], settings: Settings, executor: Executor, progress: Progress
) -> dict[str, dict[str, str]]:
    """Run the stages that look across documents; give back the ledger."""
    later = [s for s in stages if s.split_by != "document"]
    ledger: dict[str, dict[str, str]] = {}
    made = {name for stage in stages for name in stage.makes}
    for stage in pipeline.STAGES:
        for name in stage.makes:
            if name not in made:
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
