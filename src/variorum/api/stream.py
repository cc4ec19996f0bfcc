"""One page at a time: the document stages alone, without a dossier (`read` and `clean` on the command line)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from variorum import ingest, pipeline
from variorum.api.building import ingest_refusals, quiet
from variorum.api.tally import Tally
from variorum.engine.build import INGEST, batches, page_tables, plan_documents
from variorum.engine.local import InProcess
from variorum.models.reading import open_reader
from variorum.records import Page, Refusal, empty, from_table, to_table
from variorum.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from variorum.engine.port import Progress
    from variorum.records import Tables


def document_tables(
    paths: Sequence[str | Path],
    *,
    settings: Settings | None = None,
    until: str = "tag",
    gazetteer: pa.Table | None = None,
    stdin: BinaryIO | None = None,
    tally: Tally | None = None,
    progress: Progress = quiet,
) -> Iterator[Tables]:
    """Run the document stages over pages, a few pages at a time.

    Args:
        paths: Files, folders, globs, or `-`.
        settings: Settings; None for the defaults.
        until: Last stage or stretch.
        gazetteer: The user's places.
        stdin: Where `-` is read from.
        tally: Filled with what became of the pages.
        progress: Called with the pages done.

    Returns:
        The per-document tables of some pages, those that were not read among them (as `pages` and `refusals`).
    """
    settings = settings or Settings()
    if settings.reader:  # told of before any page is read
        open_reader(settings.reader)
    tally = Tally() if tally is None else tally
    broadcast = {
        "outlets": empty("outlets"),
        "gazetteer": empty("gazetteer") if gazetteer is None else gazetteer,
    }
    plan = plan_documents(pipeline.stages(until=until), settings, broadcast)
    unread: list[Page] = []
    for outcome in InProcess(settings).run(batches(_new(paths, settings, stdin, tally, unread), plan)):
        progress("pages", tally.read, 0)
        made = outcome.tables
        new = made["pages"].column("id").to_pylist()
        tally.note_refused(made["pages"], made["documents"], made["refusals"], new=new)
        if refused := ingest_refusals(from_table(Page, made["pages"])):
            fields = to_table(Refusal, refused, made_by=INGEST)
            made = made | {"refusals": pa.concat_tables([made["refusals"], fields])}
        yield made
    if unread:
        nothing: Tables = {name: empty(name) for name in plan.kept}
        yield nothing | {
            "pages": to_table(Page, unread, made_by=INGEST),
            "refusals": to_table(Refusal, ingest_refusals(unread), made_by=INGEST),
        }


def _new(
    paths: Sequence[str | Path], settings: Settings, stdin: BinaryIO | None, tally: Tally, unread: list[Page]
) -> Iterator[tuple[pa.Table, pa.Table]]:
    seen: set[str] = set()
    for arrival in ingest.read([str(p) for p in paths], settings, stdin=stdin):
        page = arrival.page
        if page.status == "read":
            tally.read += 1
            if page.id not in seen:
                seen.add(page.id)
                yield page_tables(page, arrival.body)
            continue
        unread.append(page)
        if page.status == "rejected":
            tally.rejected.append((page.location, page.reason))
        else:
            tally.skipped += 1
