"""What strangers wrote is shown, never run: in the terminal, in a spreadsheet and in the report."""

from __future__ import annotations

import csv
import json
import re

import pytest

from api.pages import BODY, html
from cli.command import lines, run
from report.outline import Outline

# Escape codes of seven and eight bits, a line turned round, a bell, a hidden letter.
CODES = "\x1b[2J\x1b]0;owned\x07 \x9b31m\u202e\u200b\x7f"
WORDS = (
    f'=HYPERLINK("http://evil.example","x") said the mayor of Ostrel {CODES} on Monday. He said that it was a joke.',
    "<script>alert(1)</script> The minister of Tessaly said that <img src=x onerror=alert(2)> boats were stopped.",
    '"We will &lt;script&gt;alert(4)&lt;/script&gt; not yield," Interior Minister Anna Brekke said on Monday.',
    '+1 (555) 0100 is the number, the ministry said. @SUM(A1:A9) people were hurt, and <a href="javascript:alert(3)">12 boats</a> were sunk.',
    *BODY,
)
TITLES = {
    "=cmd|'calc'!A1.html": "=cmd|' /c calc'!A1",
    "codes.html": f"Boats {CODES} stopped",
    "script.html": "</title><script>alert(5)</script>",
    "-2+3.html": "-2+3",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Hostile titles, texts, file names, ids, addresses and outlets, built: everything that was printed, the folder."""
    root = tmp_path_factory.mktemp("hostile")
    pages = root / "pages"
    pages.mkdir()
    for name, title in TITLES.items():
        (pages / name).write_text(html(title, WORDS, site='<img src="javascript:alert(6)">'), "utf-8")
    (pages / f"empty{CODES.replace('/', '')}.html").write_bytes(b"")
    rows = [
        {
            "url": "javascript:alert(7)",
            "text": "\n\n".join(BODY),
            "author": f"=1+1{CODES}",
            "title": "@SUM(1)",
        },
        {"id": f"{CODES}", "text": ""},
    ]
    (pages / "evil.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in rows), "utf-8")
    printed = [run("build", pages, "-o", root / "dossier")]
    printed += [
        run("read", pages),
        run("clean", pages),
        run("clean", "--text", pages),
        run("report", root / "dossier", "-o", root / "r.html"),
    ]
    printed += [run("export", root / "dossier", "--to", to, "-o", root / to) for to in ("csv", "jsonl")]
    assert [p.returncode for p in printed] == [1, 1, 1, 1, 0, 0, 0]
    return printed, root


def test_hostile_words_reach_no_terminal(hostile):
    """Nothing that is printed, results and complaints alike, can steer a terminal or turn a line round."""
    printed, _ = hostile
    for done in printed:
        text = (done.stdout + done.stderr).decode()
        assert not re.findall(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]", text
        )
    assert any("empty" in line for line in printed[0].stderr.decode().splitlines())


def test_hostile_words_survive_as_data(hostile):
    """Printed JSON is the same data all the same: what was escaped reads as what the page says."""
    printed, _ = hostile
    texts = [o["text"] for o in lines(printed[2].stdout)]
    assert any('=HYPERLINK("http://evil.example","x") said' in t for t in texts)
    assert any("<script>alert(4)</script>" in t for t in texts)


def test_hostile_words_are_no_formulas(hostile):
    """No cell of any table begins as a formula does, nor holds a control code."""
    _, root = hostile
    seen = 0
    for path in (root / "csv").iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not cell.startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠")), (
                        path.name,
                        cell[:80],
                    )
                    assert not cell.startswith("-") or re.fullmatch(r"-\d+(\.\d+)?(e-?\d+)?", cell), (
                        path.name,
                        cell[:80],
                    )
                    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", cell)
                    seen += cell.startswith("'=") or "'=HYPERLINK" in cell
    assert seen


def test_hostile_words_run_nowhere_in_the_report(hostile):
    """The report has no script, handler, picture or address but web ones, and shows the words as words."""
    _, root = hostile
    page = (root / "r.html").read_text("utf-8")
    outline = Outline(page)
    assert not {"script", "img", "iframe", "object", "embed", "form", "link", "base"} & set(outline.tags)
    assert not [a for a in outline.attributes if a[1].startswith("on") or a[1] in {"src", "srcset", "action"}]
    assert all(link.startswith(("#", "http://", "https://")) for link in outline.links)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", page)
    assert "&lt;script&gt;alert(4)" in page
