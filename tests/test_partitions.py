"""Law 6 on the real stages: however pages are batched and tables split, the rows are the same."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

import variorum
from api.pages import BODY, OTHER, RUSSIAN, html, write_pages
from conftest import ROOT
from variorum import ingest, pipeline
from variorum.engine.build import page_tables, run_later
from variorum.engine.local import InProcess, run_stages
from variorum.engine.port import Task
from variorum.records import TABLES, empty
from variorum.settings import Settings
from variorum.stage import GIVEN

EXAMPLE = ROOT / "examples" / "velmark"
DOCUMENT_STAGES = tuple(s for s in pipeline.STAGES if s.split_by == "document")
LATER = {s.name: s for s in pipeline.STAGES if s.split_by != "document"}
SETTINGS = Settings()


class Nowhere:
    """A shelf without anything on it: every partition is to be made."""

    def read(self, name, *, bucket=None):
        raise AssertionError(f"nothing was kept of {name}")


def _rows(*tables):
    """Rows as text: sorted, each as often as it stands there."""
    return sorted(str(row) for table in tables for row in table.to_pylist())


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """The example's pages and our own: copies, figures, another language, one that cannot be cleaned, one captured thrice."""
    folder = tmp_path_factory.mktemp("partitions") / "pages"
    write_pages(folder)
    (folder / "e.html").write_text(html("Гавань Тессали закрыта", RUSSIAN), "utf-8")
    (folder / "f.html").write_text("<div>" * 3_000 + "The ferry is late.", "utf-8")
    captures = (BODY, (*BODY, OTHER[0]), (*BODY[:2], OTHER[0]))
    address = "https://herald.example/boats"
    lines = [json.dumps({"url": address, "html": html("Boats stopped", body)}) for body in captures]
    (folder / "g.jsonl").write_text("\n".join(lines), "utf-8")
    return [folder, EXAMPLE / "pages"]


@pytest.fixture(scope="module")
def dossier(inputs, tmp_path_factory):
    into = tmp_path_factory.mktemp("partitions") / "dossier"
    settings = Settings(keep=("tokens", "labels"), workers=1)
    return variorum.build(
        inputs, into, settings=settings, outlets=EXAMPLE / "outlets.csv", gazetteer=EXAMPLE / "gazetteer.csv"
    )


@pytest.fixture(scope="module")
def arrivals(inputs):
    found = ingest.read([str(p) for p in inputs], SETTINGS)
    return [page_tables(a.page, a.body) for a in found if a.page.status == "read"]


def test_partitions_have_something_to_split(dossier):
    """Every table that a stage makes has rows here, so equality says something."""
    made = {name for stage in pipeline.STAGES for name in stage.makes}
    assert {name for name in made if TABLES[name].kept and not dossier.rows(name)} == set()


@pytest.mark.parametrize("size", [1, 2, 7])
def test_partitions_of_pages(dossier, arrivals, size):
    """A document stage gives of a page what it gives alone, whoever goes with it and in whatever order."""
    names = sorted({name for s in DOCUMENT_STAGES for name in s.makes})
    made = {name: [] for name in names}
    backwards = arrivals[::-1]
    for first in range(0, len(backwards), size):
        batch = backwards[first : first + size]
        tables = {
            "pages": pa.concat_tables(p for p, _ in batch),
            "bodies": pa.concat_tables(b for _, b in batch),
            "outlets": dossier.outlets,
            "gazetteer": dossier.gazetteer,
        }
        outcome = run_stages(Task("", DOCUMENT_STAGES, tables, tuple(names)), SETTINGS)
        for name in names:
            made[name].append(outcome.tables[name])
    for name in names:
        whole = dossier.table(name)
        if name == "refusals":  # those of ingest are not of these stages
            whole = whole.filter(pa.compute.not_equal(whole.column("stage"), "ingest"))
        assert _rows(*made[name]) == _rows(whole), name


@pytest.mark.parametrize("name", LATER)
def test_partitions_of_tables(dossier, name):
    """A later stage gives the same rows in 1, 2 and 7 partitions, and from tables turned upside down."""
    stage = LATER[name]
    tables = {n: dossier.table(n) for n in stage.reads}
    for buckets in (1, 2, 7):
        if buckets == 7:
            tables = {n: t.take(pa.array(range(t.num_rows - 1, -1, -1))) for n, t in tables.items()}
        parts, _ = run_later(
            stage,
            tables,
            settings=SETTINGS,
            known={},
            shelf=Nowhere(),
            executor=InProcess(SETTINGS),
            buckets=buckets,
        )
        for table in stage.makes:
            found = [p.rows for p in parts if p.name == table] or [empty(table)]
            assert _rows(*found) == _rows(dossier.table(table)), (table, buckets)


def test_partitions_cover_every_stage():
    """No stage escapes: all are document stages or later ones, and what is given is made by none."""
    assert [*DOCUMENT_STAGES, *LATER.values()] == list(pipeline.STAGES)
    assert not GIVEN & {name for s in pipeline.STAGES for name in s.makes}
