"""Whole builds: the same twice, one by one as at once, removed as if never there, killed and resumed."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import textwrap

import pytest

import variorum
from api.pages import write_pages
from variorum.errors import DossierError, InputError
from variorum.records import TABLES


def rows(dossier):
    """Every row of every stored table, as sorted text; the ledger and the notes apart."""
    return {
        name: sorted(str(row) for row in dossier.table(name).to_pylist())
        for name, spec in TABLES.items()
        if spec.kept
    }


def files(folder):
    """Digest of every file below a folder, the lock apart."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file() and p.name != ".lock"
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("input") / "pages"
    write_pages(folder)
    return folder


@pytest.fixture(scope="module")
def whole(pages, tmp_path_factory):
    return variorum.build([pages], tmp_path_factory.mktemp("whole") / "dossier")


def test_build_finds_something(whole):
    """The small world is not empty: what follows compares real rows."""
    assert whole.rows("documents") == 4
    assert whole.rows("statements") >= 4
    assert whole.rows("passages") >= 1
    assert {len(s) for s in whole.stories.column("documents").to_pylist()} == {1, 3}


def test_build_twice_gives_equal_bytes(whole, pages, tmp_path):
    """Two builds of the same pages are the same files, to the byte."""
    again = variorum.build([pages], tmp_path / "dossier")
    assert files(again.path) == files(whole.path)


def test_build_with_a_pool_gives_equal_bytes(whole, pages, tmp_path):
    """Processes change nothing: two workers write what one writes."""
    again = variorum.build([pages], tmp_path / "dossier", settings=variorum.Settings(workers=2))
    assert files(again.path) == files(whole.path)


def test_build_again_changes_nothing(whole, pages):
    """Building once more from the same pages leaves every byte as it was."""
    before = files(whole.path)
    variorum.build([pages], whole.path)
    assert files(whole.path) == before


def test_build_one_by_one_equals_at_once(whole, pages, tmp_path):
    """Pages added one at a time, in any order, give the rows of one build."""
    for path in sorted(pages.iterdir(), reverse=True):
        dossier = variorum.build([path], tmp_path / "dossier")
    assert rows(dossier) == rows(whole)


def test_remove_equals_never_known(pages, tmp_path):
    """A removed page leaves the rows of a build that never knew it, and nothing else."""
    fewer = tmp_path / "fewer"
    shutil.copytree(pages, fewer)
    (fewer / "c.html").unlink()
    never = variorum.build([fewer], tmp_path / "never")
    variorum.build([pages], tmp_path / "dossier")
    assert rows(variorum.remove(tmp_path / "dossier", ["c.html"])) == rows(never)


def test_remove_unknown_page_is_refused(whole):
    """A page that is not there is named, and nothing is touched."""
    before = files(whole.path)
    with pytest.raises(InputError, match="nowhere"):
        variorum.remove(whole.path, ["nowhere.html"])
    assert files(whole.path) == before


def test_same_page_twice_is_one(pages, tmp_path):
    """The same page given twice in one call is one page."""
    dossier = variorum.build([pages / "a.html", pages / "a.html"], tmp_path / "dossier")
    assert dossier.rows("pages") == 1


def test_equal_texts_of_two_files_stay_two(pages, tmp_path):
    """Equal texts at two places are two documents, and a copy."""
    folder = tmp_path / "two"
    folder.mkdir()
    for name in ("one.html", "other.html"):
        shutil.copy(pages / "a.html", folder / name)
    dossier = variorum.build([folder], tmp_path / "dossier")
    assert dossier.rows("documents") == 2
    assert "copy" in dossier.passages.column("kind").to_pylist()


_KILLED = """
    import os, signal, sys
    import variorum
    from variorum.store import Store
    count = int(sys.argv[3])
    kept = Store.save_part
    written = Store.write
    def kill_at(method):
        def wrapped(self, *args):
            global count
            count -= 1
            if count < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return method(self, *args)
        return wrapped
    Store.save_part = kill_at(kept)
    Store.write = kill_at(written)
    import variorum.engine.build as build
    build.BATCH_PAGES = 1
    variorum.build([sys.argv[1]], sys.argv[2])
"""


@pytest.mark.parametrize("steps", [1, 3, 9, 40])
def test_killed_build_resumes_to_the_same(whole, pages, tmp_path, steps):
    """A build killed at any step and run again is the build that was never killed."""
    command = [
        sys.executable,
        "-c",
        textwrap.dedent(_KILLED),
        str(pages),
        str(tmp_path / "dossier"),
        str(steps),
    ]
    killed = subprocess.run(command, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    assert files(variorum.build([pages], tmp_path / "dossier").path) == files(whole.path)


@pytest.mark.parametrize("stage", ["pages", "passages"])
def test_killed_worker_loses_no_page(whole, pages, tmp_path, monkeypatch, stage):
    """A worker killed in the middle costs time, not pages: the result is that of a build that lost none."""
    import multiprocessing

    from variorum.engine import build as engine

    monkeypatch.setattr(engine, "BATCH_PAGES", 1)
    killed = []

    def progress(name, done, _total):
        if name == stage and not killed:
            killed.append(multiprocessing.active_children()[0])
            killed[0].kill()

    again = variorum.build(
        [pages], tmp_path / "dossier", settings=variorum.Settings(workers=2), progress=progress
    )
    assert killed[0].exitcode == -signal.SIGKILL
    assert files(again.path) == files(whole.path)


def test_changed_settings_make_everything_anew(pages, tmp_path):
    """A build with other settings equals a fresh build with them."""
    variorum.build([pages], tmp_path / "dossier")
    settings = variorum.Settings(as_text=True)
    fresh = variorum.build([pages], tmp_path / "fresh", settings=settings)
    assert rows(variorum.build([pages], tmp_path / "dossier", settings=settings)) == rows(fresh)


def test_until_leaves_later_tables_empty_with_a_reason(pages, tmp_path):
    """A build that stops early says so for every table it did not make, and can be taken further."""
    early = variorum.build([pages], tmp_path / "dossier", settings=variorum.Settings(until="reuse"))
    assert early.rows("passages")
    assert early.rows("stories") == 0
    assert "reuse" in early.manifest.notes["stories"]
    late = variorum.build([pages], tmp_path / "dossier")
    assert late.rows("stories")
    assert "stories" not in late.manifest.notes


def test_every_table_is_there_or_says_why_not(whole):
    """Each table of the design has rows, or could have, or a note that no stage makes it yet."""
    made = {name for name, spec in TABLES.items() if spec.kept}
    assert set(whole.manifest.tables) == made
    assert whole.manifest.notes["events"] == "no stage makes this table yet"


def test_no_page_at_all_is_an_error_and_leaves_nothing(tmp_path):
    """An empty folder is named as such; no dossier is made."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no page"):
        variorum.build([tmp_path / "empty"], tmp_path / "dossier")
    assert not (tmp_path / "dossier" / "manifest.json").exists()


def test_a_reader_that_is_not_there_is_told_of_before_anything_is_read(pages, tmp_path):
    """A name that leads to no reader is an error of its own, not one of every page; nothing is written."""
    with pytest.raises(InputError, match="nowhere:reader"):
        variorum.build([pages], tmp_path / "d", settings=variorum.Settings(reader="nowhere:reader"))
    assert not (tmp_path / "d").exists()


def test_somebody_elses_folder_is_not_touched(pages, tmp_path):
    """A folder that holds other files is refused before anything is written."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("mine")
    with pytest.raises(DossierError, match="thesis"):
        variorum.build([pages], tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.doc"]


def test_damaged_dossier_is_named(pages, tmp_path):
    """A dossier with a broken manifest or a missing file is an error that says which."""
    dossier = variorum.build([pages / "a.html"], tmp_path / "dossier")
    victim = next((dossier.path / "tables" / "documents").iterdir())
    victim.unlink()
    with pytest.raises(DossierError, match="missing or damaged"):
        variorum.open(dossier.path).table("documents")
    (dossier.path / "manifest.json").write_text("{")
    with pytest.raises(DossierError, match="cannot be read"):
        variorum.open(dossier.path)


def test_second_builder_waits_outside(pages, tmp_path):
    """Two builds of one dossier at once: the second is told, and spoils nothing."""
    dossier = variorum.build([pages / "a.html"], tmp_path / "dossier")
    with dossier._store.writing(), pytest.raises(DossierError, match="another process"):
        variorum.build([pages], tmp_path / "dossier")
    assert variorum.open(tmp_path / "dossier").rows("documents") == 1


def test_full_disk_is_said_and_finished_work_is_kept(pages, tmp_path, monkeypatch):
    """A full disk is one clear error; with room again the same command goes on and ends the same."""
    from variorum.store import folder as store

    real = store.replace_file
    left = [6]

    def full(path, data):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        real(path, data)

    monkeypatch.setattr(store, "replace_file", full)
    with pytest.raises(DossierError, match="No space left"):
        variorum.build([pages], tmp_path / "dossier")
    monkeypatch.setattr(store, "replace_file", real)
    fresh = variorum.build([pages], tmp_path / "fresh")
    assert rows(variorum.build([pages], tmp_path / "dossier")) == rows(fresh)


def test_dossier_gives_tables_text_and_bytes(whole):
    """Tables are attributes; a span's text and bytes are one call away, and agree."""
    document = whole.documents.to_pylist()[0]
    ranges = whole.page_ranges(document["id"], 0, 20)
    body = whole.page_bytes(document["page"])
    assert whole.text(document["id"], 0, 20) == document["text"][:20]
    assert b"".join(body[a:b] for a, b in ranges).decode() == document["text"][:20]
    assert "statements" in dir(whole)
    with pytest.raises(AttributeError):
        whole.nonsense  # noqa: B018
    with pytest.raises(DossierError, match="nonsense"):
        whole.table("nonsense")


def test_earlier_ids_of_stories_lead_on(pages, tmp_path):
    """A story that grows gets a new id; the old one leads to it."""
    first = variorum.build([pages / "a.html"], tmp_path / "dossier")
    old = first.stories.column("id").to_pylist()[0]
    grown = variorum.build([pages], tmp_path / "dossier")
    new = grown.manifest.aliases[old]
    members = dict(
        zip(
            grown.stories.column("id").to_pylist(), grown.stories.column("documents").to_pylist(), strict=True
        )
    )
    assert first.documents.column("id")[0].as_py() in members[new]


def test_dossier_answers_sql_and_nothing_outside(whole, tmp_path):
    """Tables are asked in SQL by name; a query can reach no file, and a wrong one is an error that says so."""
    rows = whole.sql(
        "select count(*) as n from statements join documents on statements.doc = documents.id"
    ).to_pylist()
    assert rows == [{"n": whole.rows("statements")}]
    (tmp_path / "x.csv").write_text("a\n1\n")
    for query in (
        f"select * from read_csv('{tmp_path}/x.csv')",
        "select nonsense from statements",
        "copy statements to 'y.csv'",
    ):
        with pytest.raises(DossierError, match="cannot be answered"):
            whole.sql(query)


def test_dossier_gives_one_story_and_one_pair(whole):
    """A story's tables hold its documents and no others; a pair's hold what stands between the two."""
    story = max(whole.stories.to_pylist(), key=lambda s: len(s["documents"]))
    tables = whole.story(story["id"])
    assert sorted(tables["documents"].column("id").to_pylist()) == sorted(story["documents"])
    assert set(tables["statements"].column("doc").to_pylist()) <= set(story["documents"])
    assert set(tables["timeline"].column("story").to_pylist()) <= {story["id"]}
    passage = whole.passages.to_pylist()[0]
    pair = whole.compare(passage["right"]["doc"], passage["left"]["doc"])
    assert passage["id"] in pair["passages"].column("id").to_pylist()
    with pytest.raises(DossierError, match="no story"):
        whole.story("nonsense")


def test_dossier_gives_what_was_changed_in_a_page(tmp_path):
    """Captures of one page, as JSON Lines tell them, are compared in order of capture, whatever lies between them."""
    text = "The ferry to Ostrel was stopped on Monday after a rope broke in the northern harbour of the town. {} sailors were hurt."
    told = [("Three", "2031-05-03"), ("Four", "2031-05-05T10:00:00+02:00"), ("Five", "2031-05-06 10:00")]
    rows = [
        {"url": "https://herald.example/ferry", "captured": when, "text": text.format(count)}
        for count, when in told
    ]
    rows.append(
        {"url": "https://post.example/1", "text": "The baker of Ostrel bakes a loaf longer than the quay."}
    )
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, reversed(rows))), "utf-8")
    dossier = variorum.build(
        [tmp_path / "in.jsonl"], tmp_path / "d", settings=variorum.Settings(as_text=True)
    )
    docs = {
        count: next(d for d in dossier.documents_by_id if count in dossier.text(d))
        for count in ("Three", "Four", "Five", "baker")
    }
    steps = dossier.compare(docs["Five"], docs["Three"])["revisions"].to_pylist()
    assert [row["edits"] for row in steps] == [["~three>four"], ["~four>five"]]
    assert [row["order"] for row in steps] == ["told", "told"]
    assert steps[0]["times"] == ["2031-05-03", "2031-05-05T10:00:00+02:00"]
    (before,), (after,) = steps[0]["before"], steps[0]["after"]
    assert "Three sailors" in dossier.text(**before)
    assert "Four sailors" in dossier.text(**after)
    assert len(dossier.compare(docs["Four"], docs["Five"])["revisions"]) == 1
    assert len(dossier.compare(docs["Four"], docs["baker"])["revisions"]) == 0
    for story in dossier.stories.to_pylist():
        tables = dossier.story(story["id"])
        inside = set(story["documents"])
        assert len(tables["revisions"]) == (2 if docs["Five"] in inside else 0)
        pairs = [(p["left"]["doc"], p["right"]["doc"]) for p in tables["passages"].to_pylist()]
        assert all({left, right} <= inside for left, right in pairs)


def test_field_that_cannot_be_read_is_refused_alone(tmp_path):
    """What cannot be read beside a page is a refusal of ingest; the page is read, and told rightly it is refused no more."""
    text = "The ferry to Ostrel was stopped on Monday after a rope broke in the northern harbour of the town."
    path = tmp_path / "in.jsonl"
    for when, reasons in (
        ("soon; or later", ["field `captured` is no ISO 8601 date or time: 'soon, or later'"]),
        ("2031-05-04", []),
    ):
        path.write_text(json.dumps({"id": "a", "text": text, "captured": when}), "utf-8")
        options = variorum.Settings(as_text=True)
        for dossier in (variorum.build([path], tmp_path / "d", settings=options) for _ in range(2)):
            assert dossier.rows("documents") == 1
            rows = dossier.refusals.to_pylist()
            assert [(r["stage"], r["table"], r["reason"]) for r in rows] == [
                ("ingest", "pages", r) for r in reasons
            ]
        (tables,) = variorum.api.document_tables([path], settings=options, until="clean")
        assert tables["refusals"].column("reason").to_pylist() == reasons


def test_dossier_grows_and_shrinks(pages, tmp_path):
    """Adding and removing through the dossier is building and removing."""
    dossier = variorum.build([pages / "a.html"], tmp_path / "dossier")
    assert dossier.add([pages / "c.html"]).rows("documents") == 2
    assert variorum.open(dossier.path).remove(["a.html"]).rows("documents") == 1


def test_build_at_the_top_of_a_script(pages, tmp_path):
    """A script without a guard for its main part builds once, in a pool too."""
    script = tmp_path / "script.py"
    script.write_text(
        f"import variorum\nprint('once')\n"
        f"print(variorum.build([{str(pages)!r}], {str(tmp_path / 'dossier')!r}, settings=variorum.Settings(workers=2)).rows('documents'))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["once", "4"], "")
