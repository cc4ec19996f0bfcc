"""`read` and `clean`: pages in, JSON Lines out, no dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum import api, pipeline
from variorum.api.given import read_gazetteer
from variorum.cli.output import print_json, print_texts, progress_bar, report_unread
from variorum.errors import InputError
from variorum.records import TABLES, Document, Page, from_table
from variorum.views.cleaned import cleaned_pages
from variorum.views.rows import Plainer, input_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from variorum.records import Tables
    from variorum.settings import Settings
    from variorum.views.rows import Plain


def _printable() -> list[str]:
    """Per-document tables that `read` prints, in the order of the design."""
    made = {"pages"} | {n for s in pipeline.STAGES if s.split_by == "document" for n in s.makes}
    return [name for name, spec in TABLES.items() if name in made and spec.exported and spec.kept]


def _wanted(only: str) -> list[str]:
    names = [name.strip() for name in only.split(",") if name.strip()]
    for name in names:
        if name not in _printable():
            raise InputError(
                f"--only: there is no table called {name!r} here", f"tables are {', '.join(_printable())}"
            )
    return names or _printable()


def read_pages(
    paths: Sequence[str], *, settings: Settings, only: str, gazetteer: Path | None, stdin: BinaryIO
) -> int:
    """Print every record of the per-document tables; give back the exit status."""
    wanted, tally = _wanted(only), api.Tally()
    places = None if gazetteer is None else read_gazetteer(gazetteer)
    with progress_bar() as progress:
        stream = api.document_tables(
            paths, settings=settings, gazetteer=places, stdin=stdin, tally=tally, progress=progress
        )
        for tables in stream:
            print_json(_records(tables, wanted))
    _insist(tally)
    return report_unread(tally)


def _records(tables: Tables, wanted: Sequence[str]) -> Iterator[Plain]:
    documents = {d.id: d for d in from_table(Document, tables["documents"])}
    pages = {p.id: p for p in from_table(Page, tables["pages"])}
    plainer = Plainer(documents)
    for name in wanted:
        for row in plainer.rows(name, tables[name]):
            page = row.get("page") or (
                row["id"] if name == "pages" else documents[row["doc" if "doc" in row else "id"]].page
            )
            # A refusal tells the table that it leaves a row out of; `table` is the one that this record is of.
            own = {"refused" if key == "table" else key: value for key, value in row.items()}
            yield {"table": name, "input": input_name(pages[page])} | own


def clean_pages(paths: Sequence[str], *, settings: Settings, stdin: BinaryIO, plain: bool = False) -> int:
    """Print one object a cleaned page, or its text alone; give back the exit status."""
    tally = api.Tally()
    with progress_bar() as progress:
        stream = api.document_tables(
            paths, settings=settings, until="clean", stdin=stdin, tally=tally, progress=progress
        )
        if plain:
            pages = (page for tables in stream for page in cleaned_pages(tables))
            print_texts((page["input"], page["text"]) for page in pages)
        else:
            for tables in stream:
                print_json(cleaned_pages(tables))
    _insist(tally)
    return report_unread(tally)


def _insist(tally: api.Tally) -> None:
    if not (tally.read or tally.rejected or tally.skipped):
        raise InputError("there is no page to read", "give files, folders, globs, or - for standard input")
