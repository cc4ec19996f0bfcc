"""Driving a build: document stages over what is new, later stages over what that touched."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from variorum.engine.ledger import chain_key, content_key, stage_key
from variorum.engine.local import RETRIED
from variorum.engine.port import Task
from variorum.engine.split import BUCKETS, bring, document_buckets, document_of, partition, unique_rows
from variorum.records import TABLES, Body, Page, Tables, digest, empty, from_table, to_table
from variorum.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from variorum.engine.port import Executor, Progress, Shelf
    from variorum.settings import Settings

# Pages a worker takes at once: enough that handing tables over costs little, few enough that a kill loses little.
BATCH_PAGES = 16
BATCH_BYTES = 8_000_000
INGEST = "ingest@3"


class Changed(msgspec.Struct, frozen=True):
    """New content of one bucket of one table."""

    name: str
    bucket: int
    rows: pa.Table


class Documents(msgspec.Struct, frozen=True):
    """The document stages of a build, and the key under which their work counts as done."""

    stages: tuple[Stage, ...]
    kept: tuple[str, ...]
    key: str
    broadcast: Tables


def page_tables(page: Page, body: bytes) -> tuple[pa.Table, pa.Table]:
    """Tables `pages` and `bodies` of one page."""
    stored = Body(page=page.id, bytes=zlib.compress(body, 6))
    return to_table(Page, [page], made_by=INGEST), to_table(Body, [stored], made_by=INGEST)


def plan_documents(stages: Sequence[Stage], settings: Settings, broadcast: Tables) -> Documents:
    """Take the document stages out of a pipeline, with the tables of theirs that are to be stored."""
    chain = tuple(s for s in stages if s.split_by == "document")
    made = {name for s in chain for name in s.makes} | {"pages", "bodies", "refusals"}
    kept = tuple(sorted(n for n in made if TABLES[n].kept or n in settings.keep))
    return Documents(chain, kept, chain_key(chain, settings, broadcast, kept), broadcast)


def batches(arrivals: Iterable[tuple[pa.Table, pa.Table]], plan: Documents) -> Iterator[Task]:
    """Bundle pages into tasks.

    Args:
        arrivals: Tables `pages` and `bodies` of one page each; of a page that comes again before its bundle is
            full, the last counts.
        plan: The document stages.

    Returns:
        Tasks whose keys tell which pages they hold, and how those are told of.
    """
    bundle: dict[str, tuple[pa.Table, pa.Table]] = {}
    size = 0
    for page, body in arrivals:
        bundle[page.column("id")[0].as_py()] = (page, body)
        size += page.column("size")[0].as_py()
        if len(bundle) >= BATCH_PAGES or size >= BATCH_BYTES:
            yield _task(bundle.values(), plan)
            bundle, size = {}, 0
    if bundle:
        yield _task(bundle.values(), plan)


def _task(bundle: Iterable[tuple[pa.Table, pa.Table]], plan: Documents) -> Task:
    pages, bodies = zip(*bundle, strict=True)
    tables = {"pages": pa.concat_tables(pages), "bodies": pa.concat_tables(bodies)}
    key = f"{plan.key}-{content_key({'pages': tables['pages']})}"
    return Task(key, plan.stages, tables | plan.broadcast, plan.kept)


def run_documents(
    arrivals: Iterable[tuple[pa.Table, pa.Table]],
    plan: Documents,
    *,
    shelf: Shelf,
    executor: Executor,
    progress: Progress,
) -> None:
    """Run the document stages over arrivals; every finished batch is kept at once, so a kill loses little."""
    done = 0
    for outcome in executor.run(batches(arrivals, plan)):
        shelf.save_part(outcome.key, outcome.tables)
        done += outcome.tables["pages"].num_rows
        progress("pages", done, 0)


def as_told(page: Page) -> Page:
    """The page as ingest tells of it, to compare with what it tells today."""
    return msgspec.structs.replace(page, made_by="")


def _parts(shelf: Shelf, plan: Documents) -> list[str]:
    return [key for key in shelf.parts() if key.startswith(f"{plan.key}-")]


def pages_in_parts(shelf: Shelf, plan: Documents) -> frozenset[Page]:
    """Pages, as they were told of, whose tables are kept from a build that was stopped."""
    keys = _parts(shelf, plan)
    return frozenset(as_told(p) for key in keys for p in from_table(Page, shelf.load_part(key, "pages")))


def _shares(shelf: Shelf, plan: Documents, wanted: Mapping[str, Page]) -> dict[str, set[str]]:
    """Which wanted pages to take from which kept batch: each once, and only as it is told of now.

    Batches of a build that was stopped may hold pages that this build was not given, or was told of differently.
    """
    shares: dict[str, set[str]] = {}
    taken: set[str] = set()
    for key in _parts(shelf, plan):
        pages = from_table(Page, shelf.load_part(key, "pages"))
        shares[key] = {p.id for p in pages if wanted.get(p.id) == as_told(p)} - taken
        taken |= shares[key]
    return {key: share for key, share in shares.items() if share}


def merge_documents(
    shelf: Shelf, plan: Documents, *, wanted: Mapping[str, Page], unread: Tables, dropped: set[str]
) -> Iterator[Changed]:
    """Put kept batches into the buckets of the per-document tables.

    Args:
        shelf: Where tables are.
        plan: The document stages; batches of another plan are passed over.
        wanted: Pages to take from the batches, by id, as they are told of now.
        unread: Rows of `pages` and `refusals` for what could not be read.
        dropped: Pages whose stored rows go (removed, replaced or made anew).

    Returns:
        Every bucket whose rows changed, whole.
    """
    shares = _shares(shelf, plan, wanted)
    for name in plan.kept:
        parts = [_rows_of(name, shelf.load_part(key, name), share) for key, share in shares.items()]
        new = unique_rows(pa.concat_tables([*parts, unread.get(name, empty(name))]))
        buckets = document_buckets(name, new)
        for bucket in range(BUCKETS):
            added = new.take(np.flatnonzero(buckets == bucket))
            old = shelf.read(name, bucket=bucket)
            left = _without(name, old, dropped)
            if added.num_rows or left.num_rows != old.num_rows:
                yield Changed(name, bucket, unique_rows(pa.concat_tables([left, added])))


def _in_pages(name: str, table: pa.Table, pages: set[str]) -> pa.ChunkedArray:
    """For every row of a per-document table, whether it is of one of these pages."""
    if name == "pages":
        column, keys = "id", pages
    elif "page" in table.column_names:
        column, keys = "page", pages
    else:
        column, keys = "doc", {document_of(page) for page in pages}
    return pc.is_in(table.column(column), value_set=pa.array(sorted(keys), type=pa.string()))


def _rows_of(name: str, table: pa.Table, pages: set[str]) -> pa.Table:
    return table.filter(_in_pages(name, table, pages))


def _without(name: str, table: pa.Table, dropped: set[str]) -> pa.Table:
    if not dropped or not table.num_rows:
        return table
    return table.filter(pc.invert(_in_pages(name, table, dropped)))


def to_retry(refusals: pa.Table) -> set[str]:
    """Pages that an earlier build gave up for the moment."""
    hits = refusals.filter(pc.starts_with(refusals.column("reason"), RETRIED))
    return set(hits.column("page").to_pylist())


def run_later(
    stage: Stage,
    tables: Tables,
    *,
    settings: Settings,
    known: dict[str, str],
    shelf: Shelf,
    executor: Executor,
    buckets: int = BUCKETS,
) -> tuple[list[Changed], dict[str, str]]:
    """Run one later stage over the partitions that changed.

    Args:
        stage: A stage not split by document.
        tables: Every table it reads, whole.
        settings: Settings of the build.
        known: Keys of its finished buckets from the last build.
        shelf: Where the rows of unchanged buckets are read from.
        executor: Hands.
        buckets: Partitions at most.

    Returns:
        All buckets of all tables it makes, unchanged ones too, and the new keys by bucket.
    """
    version = stage_key(stage, settings)
    parts = partition(stage, tables, buckets=buckets)
    keys: dict[str, str] = {}
    changed: list[Changed] = []
    tasks: dict[str, Task] = {}
    for bucket, part in parts.items():
        whole = bring(stage.fetch, part, tables) | {name: tables[name] for name in stage.broadcast}
        keys[str(bucket)] = digest(version, content_key(whole))
        if known.get(str(bucket)) == keys[str(bucket)]:
            changed.extend(Changed(n, bucket, shelf.read(n, bucket=bucket)) for n in stage.makes)
        else:
            tasks[str(bucket)] = Task(str(bucket), (stage,), whole, stage.makes)
    for outcome in executor.run(tasks.values()):
        changed.extend(Changed(n, int(outcome.key), unique_rows(outcome.tables[n])) for n in stage.makes)
    changed.sort(key=lambda c: (c.name, c.bucket))
    if stage.split_by == "all":
        return changed, keys
    return _once_each(changed, keys)


def _once_each(changed: list[Changed], keys: dict[str, str]) -> tuple[list[Changed], dict[str, str]]:
    """Drop rows that another bucket made too (one pair found under two keys), and forget the keys of such buckets.

    A forgotten bucket is made again by the next build: its stored rows no longer are all that it makes.
    """
    seen: dict[str, set[str]] = {}
    kept: list[Changed] = []
    touched: set[int] = set()
    for part in changed:
        ids = part.rows.column("id").to_pylist()
        known = seen.setdefault(part.name, set())
        fresh = [i for i, row in enumerate(ids) if row not in known]
        if len(fresh) < len(ids):
            touched.add(part.bucket)
            part = Changed(part.name, part.bucket, part.rows.take(pa.array(fresh, pa.int64())))  # noqa: PLW2901 - narrowed, not replaced
        known.update(ids)
        kept.append(part)
    return kept, {bucket: key for bucket, key in keys.items() if int(bucket) not in touched}
