"""The command line as a user meets it: exit statuses, one clear line, pipes that flow."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from api.pages import write_pages
from cli.command import lines, run
from variorum.records import TABLES

COMMAND = [sys.executable, "-m", "variorum"]


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


def test_build_says_what_it_did(pages, tmp_path):
    """One line of result on standard output; nothing else when piped."""
    command = [*COMMAND, "build", str(pages), "-o", str(tmp_path / "dossier")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""
    (line,) = done.stdout.decode().splitlines()
    assert "4 pages read" in line


def test_build_from_standard_input(tmp_path):
    """JSON Lines on standard input are pages, under the ids given."""
    rows = [{"id": f"p{n}", "body": "The mayor of Ostrel said that bread was cheap. " * 5} for n in range(3)]
    stdin = "\n".join(map(json.dumps, rows)).encode()
    done = run(
        "read", "-", "--as-text", "--field", "text=body", "--only", "statements,documents", stdin=stdin
    )
    assert done.returncode == 0, done.stderr.decode()
    found = lines(done.stdout)
    assert {r["input"] for r in found} == {"p0", "p1", "p2"}
    assert {r["table"] for r in found} == {"statements", "documents"}


def test_read_tells_refusals_as_such():
    """A record is of the table that it says; the table that a refusal leaves a row out of has a name of its own."""
    text = "El alcalde de Ostrel dijo el lunes que el pan era barato y que nadie se iría de la ciudad. " * 5
    rows = lines(run("read", "-", "--as-text", stdin=json.dumps({"id": "x", "text": text}).encode()).stdout)
    told = [r for r in rows if r["table"] == "refusals"]
    assert {r["refused"] for r in told} >= {"statements"}
    assert all("reason" not in r for r in rows if r["table"] == "statements")


def test_read_offsets_of_given_text(tmp_path):
    """With --as-text offsets count code points of the very text given, whatever white space it has."""
    text = '  "Bread is cheap," Mayor Lea Orsin said on Monday.\n\n\n\tShe denied that 40 bakers had left Ostrel. 😀 "We stay," she said. '
    done = run("read", "-", "--as-text", stdin=json.dumps({"id": "x", "text": text}).encode())
    rows = lines(done.stdout)
    spans = [r for r in rows if "start" in r]
    spans += [v for r in rows for v in r.values() if isinstance(v, dict) and "start" in v]
    spans += [
        i
        for r in rows
        for v in r.values()
        if isinstance(v, list)
        for i in v
        if isinstance(i, dict) and "start" in i
    ]
    assert len(spans) > 10
    assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)
    assert all(
        text.encode()[s["page_start"] : s["page_end"]].decode() == s["text"]
        for s in spans
        if "page_ranges" not in s
    )


def test_clean_prints_one_object_a_page(pages):
    """Each page is one object with text, blocks, what was removed, and the evidence of its header."""
    done = run("clean", pages)
    objects = {o["input"]: o for o in lines(done.stdout)}
    assert sorted(objects) == ["a.html", "b.html", "c.html", "d.txt"]
    one = objects["a.html"]
    assert (one["title"], one["outlet"], one["published"][:10]) == (
        "Norrland stops three fishing boats",
        "The Tessaly Herald",
        "2031-05-06",
    )
    assert all(one["text"][b["start"] : b["end"]] == b["text"] for b in one["blocks"])
    page = (pages / "a.html").read_bytes()
    told = {
        "location": "a.html",
        "size": len(page),
        "charset": "utf-8",
        "form": "html",
        "captured": "",
        "reason": "",
    }
    assert one["page"] == {**told, "sha256": hashlib.sha256(page).hexdigest()}
    assert all(
        page[b["page_start"] : b["page_end"]].decode() == b["text"]
        for b in one["blocks"]
        if "page_ranges" not in b
    )
    assert all(page[low:high].decode() in r["text"] for r in one["removed"] for low, high in r["page_ranges"])
    assert {e["found_in"] for e in one["evidence"]["published"]}
    assert [r for r in objects["d.txt"]["removed"] if "Leave a reply" in r["text"]]


def test_read_flows_into_a_pipe_that_closes(pages):
    """`| head -1` ends the command without complaint."""
    command = [*COMMAND, "read", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader:
        reader.stdout.readline()
        reader.stdout.close()
        assert reader.stderr.read() == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110
def test_full_disk_is_one_clear_line(dossier, pages):
    """Where output does not fit on the disk, the place and the reason are told; nothing half written is left."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*COMMAND, "read", str(pages)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr.decode()
    (line,) = done.stderr.decode().splitlines()
    assert "fault of the program" not in line
    for args in (
        ["report", dossier, "-o", "/dev/full/r.html"],
        ["export", dossier, "--to", "csv", "-o", "/dev/full/x"],
    ):
        told = run(*args)
        assert told.returncode == 2
        assert "/dev/full" in told.stderr.decode()


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


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["build", "-o", "x"], "paths"),
        (["report", "nowhere"], "no dossier"),
        (["export", "DOSSIER", "--to", "docx", "-o", "x"], "docx"),
        (["remove", "DOSSIER", "nowhere.html"], "nowhere.html"),
        (["read", "DOSSIER", "--only", "nonsense"], "nonsense"),
        (["build", "PAGES", "-o", "x", "--until", "nonsense"], "nonsense"),
        (["build", "PAGES", "-o", "x", "--outlets", "nowhere.csv"], "nowhere.csv"),
        (["build", "PAGES", "-o", "x", "--field", "nonsense"], "OURS=THEIRS"),
        (["clean", "PAGES", "--field", "txt=body"], "fields are id, url, text, html, captured"),
        (["build", "PAGES", "-o", "x", "--limit", "pages=7"], "page_bytes (20000000), archive_ratio (200)"),
        (["read", "PAGES", "--limit", "nodes"], "nodes=NUMBER"),
        (["clean", "PAGES", "--limit", "nodes=0"], "from 1 to 1000000000000"),
        (["clean", "PAGES", "--limit", "nodes=-5"], "nodes=NUMBER"),
        (["clean", "PAGES", "--limit", "nodes=1e6"], "nodes=NUMBER"),
        (["clean", "PAGES", "--limit", "cpu_seconds=9999999999"], "from 1 to 1000000000,"),
    ],
)
def test_wrong_use_is_one_clear_line(dossier, pages, tmp_path, args, words):
    """What is wrong is named, with a remedy; the status is 2."""
    known = {"DOSSIER": str(dossier), "PAGES": str(pages)}
    done = run(*[known.get(a, a) for a in args], cwd=tmp_path)
    assert done.returncode == 2
    assert words.lower() in done.stderr.decode().lower()


def test_limits_of_the_command_line_hold(pages, tmp_path):
    """A limit given is the limit of the run, the last of two; what exceeds it is told, and the dossier notes its limits."""
    given = ["--limit", "words=9", "--limit", "words=90", "--limit", "depth=1000000"]
    for done in (run("clean", pages / "a.html", *given), run("read", pages / "a.html", *given)):
        assert done.returncode == 2
        assert "a.html: more than 90 words" in done.stderr.decode()
    assert run("build", pages, "-o", tmp_path / "d", *given).returncode == 1
    limits = json.loads((tmp_path / "d" / "manifest.json").read_bytes())["settings"]["limits"]
    assert (limits["words"], limits["depth"], limits["nodes"]) == (90, 1_000_000, 200_000)
    again = run("build", pages, "-o", tmp_path / "d")
    assert "4 documents" in again.stdout.decode()


def test_clean_text_alone(pages):
    """With --text the cleaned text stands on standard output as it is, of several pages each under its name."""
    found = {o["input"]: o["text"] for o in lines(run("clean", pages).stdout)}
    assert run("clean", "--text", pages / "a.html").stdout.decode() == found["a.html"] + "\n"
    several = "".join(f"==> {name} <==\n\n{text}\n\n" for name, text in found.items())
    assert run("clean", "--text", pages).stdout.decode() == several
    assert run("clean", "--text", "-", stdin=b"").stdout == b""


def test_interrupted_build_resumes(pages, tmp_path):
    """Ctrl-C in the middle ends a build with one line; the same command then does only what was left."""
    many = tmp_path / "many"
    for n in range(10):
        write_pages(many / f"{n:02d}")
    command = [*COMMAND, "build", str(many), "-o", str(tmp_path / "dossier")]
    work = tmp_path / "dossier" / "work"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as build:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not list(work.glob("[!.]*")):
            time.sleep(0.01)
        build.send_signal(signal.SIGINT)
        _, errors = build.communicate(timeout=120)
    assert build.returncode == 130, errors.decode()
    (line,) = errors.decode().splitlines()
    assert "run the same command again" in line
    again = run("build", many, "-o", tmp_path / "dossier")
    assert again.returncode == 0
    assert "40 pages read" in again.stdout.decode()
    assert "(0 known" not in again.stdout.decode()
    assert not work.exists()


def test_score_takes_folders_and_dossiers(tmp_path):
    """A dossier scored against its own export is right in every layer it has, one layer or all; a file beside a folder is refused."""
    page = tmp_path / "page.txt"
    page.write_text(
        "Ferry held\n\nThe Harbour Office said on Monday that 40 sailors were held in Ostrel.",
        encoding="utf-8",
    )
    assert run("build", page, "--as-text", "-o", tmp_path / "d").returncode == 0
    assert run("export", tmp_path / "d", "--to", "jsonl", "-o", tmp_path / "out").returncode == 0
    done = run("score", "all", tmp_path / "out", tmp_path / "d")
    (scores,) = lines(done.stdout)
    assert {"statements", "times", "figures"} <= scores.keys()
    assert scores["statements"]["whole"]["f1"] == 1.0
    assert lines(run("score", "times", tmp_path / "out", tmp_path / "out").stdout) == [
        {"times": scores["times"]}
    ]
    refused = run("score", "all", tmp_path / "out", page)
    assert refused.returncode != 0
    assert b"page.txt" in refused.stderr
    assert run("score", "all", page, page).returncode != 0
