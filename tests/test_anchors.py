"""Law 1: every span is the words it says, in its text and, through its byte ranges, in its page."""

from __future__ import annotations

import gzip
import json
import random
import zlib

import pytest
from hypothesis import given, settings

import variorum
from clean.html.html_pages import pages as html_pages
from conftest import ROOT
from variorum.clean import STAGE as CLEAN
from variorum.engine.build import page_tables
from variorum.ingest.arrival import Origin, arrived
from variorum.measure.anchors import Source, anchor_faults, bare, spans, words_at
from variorum.records import Body, Document, Page, from_table
from variorum.settings import Settings
from variorum.views.rows import Plainer

EXAMPLE = ROOT / "examples" / "velmark" / "pages"
# Pages of each benchmark of shared/data/html.
_EACH = 50


def _html_pages(shared):
    for folder in ("scrapinghub", "trafilatura"):
        files = sorted((shared / "data" / "html" / folder / "html").iterdir())
        yield from random.Random(7).sample(files, _EACH)


@pytest.fixture(scope="session")
def anchored(shared, tmp_path_factory):
    """One dossier of the seeds, the example and a hundred real pages."""
    folder = tmp_path_factory.mktemp("anchors")
    (folder / "html").mkdir()
    for file in _html_pages(shared):
        (folder / "html" / file.name.removesuffix(".gz")).write_bytes(gzip.decompress(file.read_bytes()))
    inputs = [p for p in (shared / "seeds", EXAMPLE, folder / "html") if p.is_dir()]
    return variorum.build(inputs, folder / "dossier", settings=Settings(workers=1))


def _sources(tables):
    pages = {p.id: p for p in from_table(Page, tables("pages"))}
    bodies = {b.page: zlib.decompress(b.bytes) for b in from_table(Body, tables("bodies"))}
    documents = from_table(Document, tables("documents"))
    return documents, {
        d.id: Source(d.text, bodies[d.page], pages[d.page].charset, pages[d.page].form == "html")
        for d in documents
    }


def _faults(names, tables):
    """Faults of every row of some tables, and how many spans were looked at."""
    documents, sources = _sources(tables)
    plainer, count, faults = Plainer.of(documents), 0, []
    for name in names:
        for row in plainer.rows(name, tables(name)):
            count += sum(1 for _ in spans(row))
            faults += [f"{name}: {fault}" for fault in anchor_faults(row, sources)]
    return faults, count


@pytest.mark.shared
def test_anchors_of_every_exported_span(anchored):
    """On real pages every span of every exported table, nested ones too, agrees with its text and its page."""
    faults, count = _faults(anchored.tables, anchored.table)
    assert faults == []
    assert count > 20_000


def _words_and_bytes(dossier, name):
    """Of every row of a table that anchors in the page alone: the row, its words, and readings of its bytes."""
    _, sources = _sources(dossier.table)
    for row in dossier.table(name).to_pylist():
        if row["page_ranges"] and row["doc"] in sources:
            ranges = [(r["start"], r["end"]) for r in row["page_ranges"]]
            source = sources[row["doc"]]
            yield row, bare(row["text"]), [words_at(source, ranges, markup=m) for m in (False, True)]


@pytest.mark.shared
def test_anchors_of_removed_blocks(anchored):
    """What was taken from a page is found again in its bytes, word for word."""
    found = list(_words_and_bytes(anchored, "removed"))
    assert len(found) > 3_000
    assert [row for row, words, said in found if words not in said] == []


@pytest.mark.shared
def test_anchors_of_header_values(anchored):
    """The words that a header value was read from stand in the bytes that it names."""
    found = list(_words_and_bytes(anchored, "headers"))
    assert len(found) > 1_000
    lost = [
        row
        for row, words, said in found
        if not any(words in s for s in said)
        # JSON within a page has escapes of its own, and joins several authors by nothing that stands there.
        and not (
            row["found_in"] == "json-ld"
            and words.replace(",", "") in json.loads(f'"{said[1]}"').replace(",", "")
        )
    ]
    assert lost == []


@pytest.mark.shared
def test_anchors_lose_no_page(anchored):
    """Every page that was read has a document or a reason why not, and no stage failed on any."""
    refused = anchored.refusals.to_pylist()
    assert not [r for r in refused if "please report" in r["reason"]]
    told = {r["page"] for r in refused} | set(anchored.documents.column("page").to_pylist())
    assert told >= {p["id"] for p in anchored.pages.to_pylist() if p["status"] != "skipped"}


@settings(max_examples=60, deadline=None)
@given(html_pages())
def test_anchors_of_any_small_page(page):
    """Whatever its markup, a page's blocks and its text agree with its bytes."""
    arrival = arrived(Origin("x.html", "x.html"), page.encode(), html=True, settings=Settings())
    if arrival.page.status != "read":
        return
    told, body = page_tables(arrival.page, arrival.body)
    made = {"pages": told, "bodies": body} | CLEAN.run({"pages": told, "bodies": body}, Settings())
    assert _faults(("blocks", "headers", "removed"), made.__getitem__)[0] == []
    for document in from_table(Document, made["documents"]):
        row = Plainer.of([document]).span(document.id, 0, len(document.text))
        assert list(anchor_faults(row, _sources(made.__getitem__)[1])) == []
