"""The command line as a user meets it: exit statuses, one clear line, pipes that flow."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from api.pages import html, write_pages
from variorum.records import TABLES

COMMAND = [sys.executable, "-m", "variorum"]


def run(*args, stdin=b"", **kwargs):
    done = subprocess.run([*COMMAND, *map(str, args)], input=stdin, capture_output=True, check=False, **kwargs)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "pages"
    write_pages(folder)
    return folder


@pytest.fixture(scope="module")
def dossier(pages):
    folder = pages.parent / "dossier"
    done = run("build", pages, "-o", folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder


def lines(data):
    return [json.loads(line) for line in data.splitlines()]


def test_build_says_what_it_did(pages, tmp_path):
    """One line of result on standard output; nothing else when piped."""
    done = run("build", pages, "-o", tmp_path / "dossier")
    assert done.returncode == 0
    assert done.stderr == b""
    (line,) = done.stdout.decode().splitlines()
    assert "4 pages read" in line


BAD = {
    "missing.html": None,
    "empty.html": b"",
    "picture.html": bytes(range(256)) * 40,
    "cut.html.gz": gzip.compress(html("Cut", ("x",)).encode() * 50)[:-40],
    "paper.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "line.txt": b"a" * 21_000_000,
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_build_bad_page_costs_no_neighbour(pages, tmp_path, name):
    """A page that cannot be read is one line with its name; its neighbour is read; the status is 1."""
    bad = tmp_path / name
    if BAD[name] is not None:
        bad.write_bytes(BAD[name])
    done = run("build", pages / "a.html", bad, "-o", tmp_path / "dossier")
    assert done.returncode == 1
    assert name in done.stderr.decode()
    assert "1 pages read" in done.stdout.decode() or "2 pages read" in done.stdout.decode()
    exported = run("export", tmp_path / "dossier", "--to", "jsonl", "-o", tmp_path / "out")
    assert exported.returncode == 0
    refusals = lines((tmp_path / "out" / "refusals.jsonl").read_bytes())
    assert [r for r in refusals if r["reason"]]


@pytest.mark.parametrize("name", ["missing.html", "empty.html", "picture.html", "paper.pdf"])
def test_build_of_nothing_readable_is_2(tmp_path, name):
    """Where nothing could be done the status is 2, with the reason."""
    if BAD[name] is not None:
        (tmp_path / name).write_bytes(BAD[name])
    done = run("build", tmp_path / name, "-o", tmp_path / "dossier")
    assert done.returncode == 2
    assert name in done.stderr.decode()


def test_build_hostile_pages_are_survived(tmp_path):
    """Deep nests, giant tables, control codes and bombs end as records or text, in a few seconds."""
    folder = tmp_path / "pages"
    folder.mkdir()
    good = ("The mayor of Ostrel said that the bridge would be closed for a week.",) * 4
    (folder / "deep.html").write_text("<div>" * 100_000 + "word", "utf-8")
    (folder / "table.html").write_text(html("Table", ("x",)).replace("<p>x", "<table><tr><td colspan=9000000000000000>y</td></tr></table><p>"), "utf-8")
    (folder / "codes.html").write_text(html("Codes \x00\x1b[2J\u202e", good), "utf-8")
    (folder / "wrong.html").write_bytes(html("Žlutý kůň", good).encode("cp1250").replace(b"utf-8", b"utf-8"))
    with gzip.open(folder / "bomb.html.gz", "wb") as file:
        for _ in range(300):
            file.write(b"\0" * 1_000_000)
    done = run("build", folder, "-o", tmp_path / "dossier", timeout=120)
    assert done.returncode in {0, 1}
    assert b"\x1b" not in done.stdout + done.stderr
    assert "bomb" in done.stderr.decode()


def test_build_from_standard_input(tmp_path):
    """JSON Lines on standard input are pages, under the ids given."""
    rows = [{"id": f"p{n}", "body": "The mayor of Ostrel said that bread was cheap. " * 5} for n in range(3)]
    stdin = "\n".join(map(json.dumps, rows)).encode()
    done = run("read", "-", "--as-text", "--field", "text=body", "--only", "statements,documents", stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    found = lines(done.stdout)
    assert {r["input"] for r in found} == {"p0", "p1", "p2"}
    assert {r["table"] for r in found} == {"statements", "documents"}


def test_read_offsets_of_given_text(tmp_path):
    """With --as-text offsets count code points of the very text given, whatever white space it has."""
    text = '  "Bread is cheap," Mayor Lea Orsin said on Monday.\n\n\n\tShe denied that 40 bakers had left Ostrel. 😀 "We stay," she said. '
    done = run("read", "-", "--as-text", stdin=json.dumps({"id": "x", "text": text}).encode())
    rows = lines(done.stdout)
    spans = [r for r in rows if "start" in r]
    spans += [v for r in rows for v in r.values() if isinstance(v, dict) and "start" in v]
    spans += [i for r in rows for v in r.values() if isinstance(v, list) for i in v if isinstance(i, dict) and "start" in i]
    assert len(spans) > 10
    assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)
    assert all(text.encode()[s["page_start"] : s["page_end"]].decode() == s["text"] for s in spans if "page_ranges" not in s)


def test_clean_prints_one_object_a_page(pages):
    """Each page is one object with text, blocks, what was removed, and the evidence of its header."""
    done = run("clean", pages)
    objects = {o["input"]: o for o in lines(done.stdout)}
    assert sorted(objects) == ["a.html", "b.html", "c.html", "d.txt"]
    one = objects["a.html"]
    assert (one["title"], one["outlet"], one["published"][:10]) == ("Norrland stops three fishing boats", "The Tessaly Herald", "2031-05-06")
    assert all(one["text"][b["start"] : b["end"]] == b["text"] for b in one["blocks"])
    assert {e["found_in"] for e in one["evidence"]["published"]}
    assert [r for r in objects["d.txt"]["removed"] if "Leave a reply" in r["text"]]


def test_read_flows_into_a_pipe_that_closes(pages):
    """`| head -1` ends the command without complaint."""
    reader = subprocess.Popen([*COMMAND, "read", str(pages)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    reader.stdout.readline()
    reader.stdout.close()
    assert b"Traceback" not in reader.stderr.read()
    reader.wait()


@pytest.mark.parametrize("to", ["jsonl", "csv", "parquet"])
def test_export_writes_every_table(dossier, tmp_path, to):
    """Every exported table of the design has its file."""
    assert run("export", dossier, "--to", to, "-o", tmp_path / to).returncode == 0
    wanted = {f"{name}.{to}" for name, spec in TABLES.items() if spec.exported and spec.kept}
    assert {p.name for p in (tmp_path / to).iterdir()} == wanted


def test_export_spans_agree_with_text(dossier, tmp_path):
    """Every exported span is the words it says, in text and, through its ranges, in the page."""
    run("export", dossier, "--to", "jsonl", "-o", tmp_path / "out")
    texts = {d["id"]: d["text"] for d in lines((tmp_path / "out" / "documents.jsonl").read_bytes())}
    count = 0

    def check(value):
        nonlocal count
        if isinstance(value, dict):
            if {"doc", "start", "end", "text"} <= set(value):
                count += 1
                assert texts[value["doc"]][value["start"] : value["end"]] == value["text"]
                assert value["page_start"] is not None
            for inner in value.values():
                check(inner)
        elif isinstance(value, list):
            for inner in value:
                check(inner)

    for path in (tmp_path / "out").iterdir():
        for row in lines(path.read_bytes()):
            check(row)
    assert count > 200


def test_export_csv_cells_are_no_formulas(tmp_path):
    """A text that begins like a formula is written so that a spreadsheet shows it."""
    (tmp_path / "x.html").write_text(html("=HYPERLINK(1)", ('=cmd|"/c calc" said the mayor of Ostrel. He said that it was a joke.',) * 3), "utf-8")
    run("build", tmp_path / "x.html", "-o", tmp_path / "dossier")
    run("export", tmp_path / "dossier", "--to", "csv", "-o", tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [c for row in csv.reader(file) for c in row]
        assert not [c for c in cells if c.startswith(("=", "+", "@", "\t"))], path.name


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["build", "-o", "x"], "PATHS"),
        (["report", "nowhere"], "no dossier"),
        (["export", "DOSSIER", "--to", "docx", "-o", "x"], "docx"),
        (["remove", "DOSSIER", "nowhere.html"], "nowhere.html"),
        (["read", "DOSSIER", "--only", "nonsense"], "nonsense"),
        (["build", "PAGES", "-o", "x", "--until", "nonsense"], "nonsense"),
        (["build", "PAGES", "-o", "x", "--outlets", "nowhere.csv"], "nowhere.csv"),
        (["build", "PAGES", "-o", "x", "--field", "nonsense"], "OURS=THEIRS"),
    ],
)
def test_wrong_use_is_one_clear_line(dossier, pages, tmp_path, args, words):
    """What is wrong is named, with a remedy; the status is 2."""
    known = {"DOSSIER": str(dossier), "PAGES": str(pages)}
    done = run(*[known.get(a, a) for a in args], cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr.decode()


def test_interrupted_build_resumes(pages, tmp_path):
    """Ctrl-C ends a build with one line; the same command then finishes it."""
    many = tmp_path / "many"
    for n in range(30):
        write_pages(many / f"{n:02d}")
    command = [*COMMAND, "build", str(many), "-o", str(tmp_path / "dossier")]
    build = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list((tmp_path / "dossier").glob("work/*")):
        time.sleep(0.05)
    build.send_signal(signal.SIGINT)
    _, errors = build.communicate(timeout=60)
    assert build.returncode == 130, errors.decode()
    assert b"Traceback" not in errors
    assert "run the same command again" in errors.decode()
    again = run("build", many, "-o", tmp_path / "dossier")
    assert again.returncode == 0
    assert "120 pages read" in again.stdout.decode()


def test_unreadable_file_is_named(pages, tmp_path):
    """A file without permission is a record with the reason, not a stop."""
    locked = tmp_path / "locked.html"
    locked.write_text(html("Locked", ("x",)))
    locked.chmod(0)
    if os.access(locked, os.R_OK):
        pytest.skip("this user may read everything")
    assert run("build", pages / "a.html", locked, "-o", tmp_path / "dossier").returncode == 1
