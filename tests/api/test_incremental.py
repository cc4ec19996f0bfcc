"""What is in a dossier is what its inputs say, whatever was built, killed or told otherwise before."""

from __future__ import annotations

import itertools
import json
import threading

import pytest

import variorum
from api.pages import BODY, OTHER, html
from variorum.engine.build import run_documents
from variorum.errors import DossierError, InputError
from variorum.records import TABLES
from variorum.store import Store

CLEAN = variorum.Settings(until="clean")


def rows(dossier):
    """Every row of every stored table, as sorted text."""
    return {
        name: sorted(str(row) for row in dossier.table(name).to_pylist())
        for name, spec in TABLES.items()
        if spec.kept
    }


def lines(path, *pages):
    path.write_text("".join(json.dumps(page) + "\n" for page in pages), "utf-8")
    return path


def page(number, **fields):
    text = "\n\n".join(BODY if number % 2 else OTHER)
    return {"url": f"https://news.example/{number}", "text": f"Report {number}\n\n{text}"} | fields


def leave_unfinished(monkeypatch, paths, into, settings=CLEAN):
    """A build that stops after its batches are kept and before anything is merged."""

    def stopped(*args, **kwargs):
        run_documents(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("variorum.api.building.run_documents", stopped)
        with pytest.raises(KeyboardInterrupt):
            variorum.build(paths, into, settings=settings)
    assert Store(into, create=True).parts()


def test_stopped_build_leaves_no_page_that_is_not_given_again(tmp_path, monkeypatch):
    """Batches of a stopped build count only for pages that the next build is given."""
    wrong, right = lines(tmp_path / "wrong.jsonl", page(1)), lines(tmp_path / "right.jsonl", page(2))
    leave_unfinished(monkeypatch, [wrong], tmp_path / "dossier")
    resumed = variorum.build([right], tmp_path / "dossier", settings=CLEAN)
    assert rows(resumed) == rows(variorum.build([right], tmp_path / "fresh", settings=CLEAN))


@pytest.mark.parametrize("known", [False, True])
def test_stopped_build_takes_what_is_told_now(tmp_path, monkeypatch, known):
    """A page told of differently after a build was stopped has the rows of the latest word alone."""
    path = lines(tmp_path / "in.jsonl", page(1, title="First title"), page(2))
    if known:
        variorum.build([path], tmp_path / "dossier", settings=CLEAN)
        lines(path, page(1, title="Second title"), page(2))
    leave_unfinished(monkeypatch, [path], tmp_path / "dossier")
    lines(path, page(1, title="Last title"), page(2))
    resumed = variorum.build([path], tmp_path / "dossier", settings=CLEAN)
    assert "Last title" in resumed.documents.column("title").to_pylist()
    assert rows(resumed) == rows(variorum.build([path], tmp_path / "fresh", settings=CLEAN))


def test_resumed_work_on_known_pages_replaces_their_rows(tmp_path, monkeypatch):
    """A known page made anew by a build that was stopped and resumed keeps no row of before."""
    path = lines(tmp_path / "in.jsonl", page(1, title="First title"))
    variorum.build([path], tmp_path / "dossier", settings=CLEAN)
    lines(path, page(1, title="Second title"))
    leave_unfinished(monkeypatch, [path], tmp_path / "dossier")
    resumed = variorum.build([path], tmp_path / "dossier", settings=CLEAN)
    assert rows(resumed) == rows(variorum.build([path], tmp_path / "fresh", settings=CLEAN))


def test_damaged_batch_is_made_again(tmp_path, monkeypatch):
    """A kept batch that a power cut left without its end is passed over, not a reason to stop."""
    path = lines(tmp_path / "in.jsonl", page(1), page(2))
    leave_unfinished(monkeypatch, [path], tmp_path / "dossier")
    for file in (tmp_path / "dossier" / "work").rglob("headers.arrow"):
        file.write_bytes(b"")
    resumed = variorum.build([path], tmp_path / "dossier", settings=CLEAN)
    assert rows(resumed) == rows(variorum.build([path], tmp_path / "fresh", settings=CLEAN))


@pytest.mark.parametrize("order", itertools.permutations(range(3)))
def test_one_page_in_several_inputs_is_told_of_by_the_same_one(tmp_path, order):
    """One page in three inputs that tell of it differently: order and number of builds change nothing."""
    paths = [
        lines(tmp_path / f"{name}.jsonl", page(1, title=f"Title as {name} has it"))
        for name in ("a", "b", "c")
    ]
    whole = variorum.build([paths[i] for i in order], tmp_path / "whole", settings=CLEAN)
    for i in order:
        added = variorum.build([paths[i]], tmp_path / "dossier", settings=CLEAN)
    assert whole.documents.column("title").to_pylist() == ["Title as a has it"]
    assert rows(added) == rows(whole)


def test_one_page_twice_in_one_input_is_stable(tmp_path):
    """The first word on a page within one input counts, in the next build too."""
    path = lines(tmp_path / "in.jsonl", page(1, title="First"), page(1, title="Second"))
    first = rows(variorum.build([path], tmp_path / "dossier", settings=CLEAN))
    assert "First" in str(first["documents"])
    assert rows(variorum.build([path], tmp_path / "dossier", settings=CLEAN)) == first


def test_input_told_anew_replaces_its_refusals(tmp_path):
    """Once an input is mended its old refusals go; those of other inputs stay."""
    bad, other = tmp_path / "bad.jsonl", tmp_path / "other.jsonl"
    bad.write_text('{"url": "https://news.example/1", "text": \n')
    other.write_text("{ no json\n")
    variorum.build([bad, other], tmp_path / "dossier", settings=CLEAN)
    lines(bad, page(1))
    mended = variorum.build([bad], tmp_path / "dossier", settings=CLEAN)
    assert rows(mended) == rows(variorum.build([bad, other], tmp_path / "fresh", settings=CLEAN))
    assert [r["input"] for r in mended.pages.to_pylist() if r["status"] == "rejected"] == ["other.jsonl"]


def test_later_reason_replaces_an_earlier_one(tmp_path):
    """A page that cannot be read for another reason than before is on record with that reason alone."""
    path = tmp_path / "page.html"
    path.write_bytes(b"")
    variorum.build([path], tmp_path / "dossier", settings=CLEAN)
    path.write_bytes(b"%PDF-1.7\n")
    dossier = variorum.build([path], tmp_path / "dossier", settings=CLEAN)
    assert rows(dossier) == rows(variorum.build([path], tmp_path / "fresh", settings=CLEAN))


def test_tables_kept_once_do_not_outlive_the_wish(tmp_path):
    """A table stored by --keep goes with the first build that does not ask for it."""
    path = lines(tmp_path / "in.jsonl", page(1))
    tag = variorum.Settings(until="tag")
    kept = variorum.build(
        [path], tmp_path / "dossier", settings=variorum.Settings(until="tag", keep=("tokens",))
    )
    assert kept.rows("tokens")
    later = variorum.build([path], tmp_path / "dossier", settings=tag)
    assert later.rows("tokens") == 0
    fresh = variorum.build([path], tmp_path / "fresh", settings=tag)
    assert (later.path / "manifest.json").read_bytes() == (fresh.path / "manifest.json").read_bytes()


def test_unknown_table_to_keep_is_named(tmp_path):
    """A misspelt --keep is an error, not silence."""
    with pytest.raises(InputError, match="tokenz"):
        variorum.build(["x"], tmp_path / "dossier", settings=variorum.Settings(keep=("tokenz",)))


def test_outlets_and_gazetteer_change_between_builds(tmp_path):
    """New lists of outlets and places over a known dossier give what a fresh build with them gives."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_text(html("Boats stopped", BODY), "utf-8")
    (folder / "b.html").write_text(html("Boats stopped again", BODY, site="Northern Post"), "utf-8")
    (tmp_path / "outlets.csv").write_text(
        "name,hosts,owner\nThe Tessaly Herald,,Orsin Group\nNorthern Post,,Orsin Group\n"
    )
    (tmp_path / "places.csv").write_text("id,name,kind,country,lat,lon\nt1,Tessaly,state,Tessaly,10,20\n")
    lists = {"outlets": tmp_path / "outlets.csv", "gazetteer": tmp_path / "places.csv"}
    variorum.build([folder], tmp_path / "dossier")
    changed = variorum.build([], tmp_path / "dossier", **lists)
    fresh = variorum.build([folder], tmp_path / "fresh", **lists)
    assert "t1" in changed.places.column("gazetteer_id").to_pylist()
    assert rows(changed) == rows(fresh)


def test_killed_writer_of_the_manifest_does_not_lock_the_folder(tmp_path):
    """A manifest that was being written when its build was killed is no reason to refuse the folder, and goes."""
    path = lines(tmp_path / "in.jsonl", page(1))
    (tmp_path / "dossier").mkdir()
    left = tmp_path / "dossier" / ".manifest.json.4711"
    left.write_text("{")
    assert variorum.build([path], tmp_path / "dossier", settings=CLEAN).rows("documents") == 1
    assert not left.exists()


def test_build_that_waited_starts_from_the_latest_commit(tmp_path):
    """A store opened before another build ended takes up that build's commit when it gets the lock."""
    variorum.build([lines(tmp_path / "a.jsonl", page(1))], tmp_path / "dossier", settings=CLEAN)
    early = Store(tmp_path / "dossier")
    variorum.build([lines(tmp_path / "b.jsonl", page(2))], tmp_path / "dossier", settings=CLEAN)
    with early.writing():
        assert early.rows("documents") == 2
        early.read("documents")


def test_two_builds_at_once_are_refused(tmp_path):
    """The second writer is told that the dossier is being built; nothing is lost."""
    path = lines(tmp_path / "in.jsonl", page(1))
    variorum.build([path], tmp_path / "dossier", settings=CLEAN)
    caught = []

    def other():
        try:
            variorum.build([path], tmp_path / "dossier", settings=CLEAN)
        except DossierError as error:
            caught.append(error)

    with Store(tmp_path / "dossier").writing():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "being built" in str(caught[0])
