"""Bad input: one clear line and one record each, never a traceback, never a lost neighbour."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from api.pages import html
from cli.bad_pages import BAD, GOOD, TEXT
from cli.command import lines, run


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Every bad file beside a good one, built at once: the command's end, and the exported tables."""
    root = tmp_path_factory.mktemp("bad")
    (root / "good.html").write_text(html("Bridge closed", GOOD), "utf-8")
    for name, bad in BAD.items():
        if bad.body is not None:
            (root / name).write_bytes(bad.body)
    opened = Path.open

    def guarded(path, *args, **kwargs):
        # A locked file is one even where tests run as a user who may read everything.
        if path.name == "locked.html":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", guarded)
        done = run("build", *(root / name for name in BAD), root / "good.html", "-o", root / "dossier")
    assert run("export", root / "dossier", "--to", "jsonl", "-o", root / "out").returncode == 0
    return done, {p.stem: lines(p.read_bytes()) for p in (root / "out").iterdir()}


def test_bad_input_is_status_1_and_short(built):
    """Something was rejected, something was read: status 1, one line a complaint, no control codes."""
    done, _ = built
    assert done.returncode == 1
    assert done.stderr.isascii() or "—" in done.stderr.decode()
    assert b"\x1b" not in done.stdout + done.stderr
    assert all(line.startswith("variorum: ") for line in done.stderr.decode().splitlines())


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_is_told_or_read(built, name):
    """Each bad file is read, or is a page with a reason and a refusal with the same; what can be read of it is read."""
    _, tables = built
    bad = BAD[name]
    pages = {p["id"]: p for p in tables["pages"] if p["input"] == name}
    assert pages
    reasons = [r["reason"] for r in tables["refusals"] if r["page"] in pages]
    assert not [r for r in reasons if "please report" in r or r.startswith("stopped")]
    if bad.words:
        assert [r for r in reasons if bad.words in r], reasons
    texts = [d["text"] for d in tables["documents"] if d["page"] in pages]
    assert any(bad.text in t for t in texts) if bad.text else not texts


def test_bad_input_is_named_on_standard_error(tmp_path):
    """Every file that gives nothing is one line with its reason; a second build tells the same."""
    names = ["missing.html", "empty.html", "deep.html", "script.html"]
    for name in names[1:]:
        (tmp_path / name).write_bytes(BAD[name].body)
    (tmp_path / "good.html").write_text(html("Bridge closed", GOOD), "utf-8")
    done = run("build", *(tmp_path / n for n in names), tmp_path / "good.html", "-o", tmp_path / "dossier")
    told = done.stderr.decode().splitlines()
    assert len(told) == len(names)
    assert all([line for line in told if f"{name}: " in line and BAD[name].words in line] for name in names)
    assert done.returncode == 1
    assert "1 page read" in done.stdout.decode()
    assert "holds 1 document," in done.stdout.decode()
    again = run("build", *(tmp_path / n for n in names), tmp_path / "good.html", "-o", tmp_path / "dossier")
    assert (again.returncode, again.stderr) == (1, done.stderr)


def test_bad_input_costs_no_neighbour(built):
    """The good page among the bad ones is read as it would be alone."""
    _, tables = built
    (good,) = [d for d in tables["documents"] if d["location"] == "good.html"]
    assert good["title"] == "Bridge closed"
    assert [s for s in tables["statements"] if s["doc"] == good["id"]]


def test_bad_input_with_damage_is_noted(built):
    """What was odd about a page that was read stands in its record."""
    _, tables = built
    told = {p["location"]: p["reason"] for p in tables["pages"] if p["status"] == "read"}
    assert "NUL" in told["codes.html"]
    assert "bidirectional" in told["codes.html"]
    assert "cp1251" in told["wrong.html"]
    assert "do not decode" in told["invalid.html"]
    assert {"https://news.example/one", "https://news.example/two"} <= set(told)


@pytest.mark.parametrize(
    "name", ["missing.html", "empty.html", "binary.html", "paper.pdf", "bomb.html.gz", "deep.html"]
)
def test_nothing_readable_is_status_2(tmp_path, name):
    """Where nothing could be done the status is 2, with the file and the reason."""
    if BAD[name].body is not None:
        (tmp_path / name).write_bytes(BAD[name].body)
    done = run("clean", tmp_path / name)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert name in line
    assert BAD[name].words in line


@pytest.mark.parametrize("command", ["build", "read"])
def test_a_reader_that_is_not_there_is_status_2(tmp_path, command):
    """Both commands that read name the reader and say what to give."""
    (tmp_path / "good.html").write_text(html("Bridge closed", GOOD), "utf-8")
    more = ["-o", tmp_path / "d"] if command == "build" else []
    done = run(command, tmp_path / "good.html", "--reader", "nowhere:reader", *more)
    assert done.returncode == 2
    assert b"nowhere:reader cannot be imported" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["build", "read", "clean"])
def test_no_page_at_all_is_status_2(tmp_path, command):
    """An empty folder is one clear line with a remedy."""
    (tmp_path / "empty").mkdir()
    into = ["-o", tmp_path / "dossier"] if command == "build" else []
    done = run(command, tmp_path / "empty", *into)
    assert done.returncode == 2
    assert "no page" in done.stderr.decode()


def test_same_page_twice_is_one(tmp_path):
    """A page named twice, and one that two lines tell of under one address, is one page; no complaint."""
    page = tmp_path / "good.html"
    page.write_text(html("Bridge closed", GOOD), "utf-8")
    row = {"url": "https://news.example/x", "text": TEXT}
    (tmp_path / "two.jsonl").write_text(f"{json.dumps(row)}\n" * 2, "utf-8")
    done = run("clean", page, page, tmp_path / "two.jsonl")
    assert done.returncode == 0
    assert [o["input"] for o in lines(done.stdout)] == ["good.html", "https://news.example/x"]
