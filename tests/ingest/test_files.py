"""Where files are looked for, and how they are named."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import HTML, TEXT
from variorum.ingest import read
from variorum.ingest.arrival import readable
from variorum.ingest.files import find
from variorum.settings import Settings


@pytest.fixture
def site(tmp_path):
    for name in ("b/two.html", "a/one.html", "a/deep/three.txt", "a/.hidden", "four [1].html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(HTML if name.endswith("html") else TEXT)
    return tmp_path


def seen(*inputs):
    return [(a.page.location, a.page.status) for a in read(inputs, Settings())]


def test_files_folder_is_walked_in_order_of_names(site):
    """Locations are relative to the root given, `/`-separated, sorted folder by folder; hidden files are skipped."""
    assert seen(site) == [
        ("a/.hidden", "skipped"),
        ("a/deep/three.txt", "read"),
        ("a/one.html", "read"),
        ("b/two.html", "read"),
        ("four [1].html", "read"),
    ]


def test_files_named_alone_go_by_their_name(site):
    """A file given alone is located by its name, even if the name looks like a pattern."""
    assert seen(site / "b/two.html", site / "four [1].html") == [
        ("two.html", "read"),
        ("four [1].html", "read"),
    ]


@pytest.mark.parametrize(
    ("pattern", "locations"),
    [
        ("*/*.html", ["a/one.html", "b/two.html"]),
        ("a/*.html", ["one.html"]),
        ("**/*.txt", ["a/deep/three.txt"]),
        ("a/**", ["deep/three.txt", "one.html"]),
        ("[ab]", ["a/.hidden", "a/deep/three.txt", "a/one.html", "b/two.html"]),
    ],
)
def test_files_globs_are_located_from_their_fixed_part(site, pattern, locations):
    """A pattern's matches are named from the folder before its first wildcard."""
    assert [location for location, _ in seen(str(site / pattern))] == locations


def test_files_reached_twice_are_read_once(site):
    """A file that two inputs reach is read once; where the two names differ, a record says so."""
    assert seen(site / "b", site / "b/two.html") == [("two.html", "read")]
    assert seen(site / "b", site / "*/two.html") == [("two.html", "read"), ("b/two.html", "skipped")]
    (site / "b/twin.html").symlink_to("two.html")
    assert seen(site / "b") == [("twin.html", "read"), ("two.html", "skipped")]


def test_files_hard_copies_of_a_text_stay_two(site):
    """Equal bytes under two names are two pages: a reprint is found by comparing, not lost in reading."""
    os.link(site / "b/two.html", site / "b/reprint.html")
    assert seen(site / "b") == [("reprint.html", "read"), ("two.html", "read")]


@pytest.mark.parametrize("folder", ["Story_files", "Story-Dateien", "Story_fichiers"])
def test_files_assets_of_a_saved_page_are_skipped(tmp_path, folder):
    """All that a browser saved beside a page belongs to that page; its HTML is said to be frames, no pages."""
    (tmp_path / "Story.html").write_bytes(HTML)
    (tmp_path / folder / "fonts").mkdir(parents=True)
    for name in ("frame.html", "logo.png", "fonts/a.woff", "main.js"):
        (tmp_path / folder / name).write_bytes(HTML)
    found = [a.page for a in read([tmp_path], Settings())]
    assert [(p.reason, p.location.rpartition("/")[2]) for p in found if p.status == "skipped"] == [
        ("asset of Story.html", "a.woff"),
        ("frame or advert of Story.html, no page of its own", "frame.html"),
        ("asset of Story.html", "logo.png"),
        ("asset of Story.html", "main.js"),
    ]
    assert [p.location for p in found if p.status == "read"] == ["Story.html"]


@pytest.mark.parametrize("pattern", ["**/*.html", "day/*", "*/*_files/*.html", "day/*_files"])
def test_files_globs_leave_frames_aside_too(tmp_path, pattern):
    """A pattern that reaches into the folder of a saved page does not make pages of its frames."""
    (tmp_path / "day/Story_files").mkdir(parents=True)
    for name in ("day/Story.html", "day/Story_files/advert.html"):
        (tmp_path / name).write_bytes(HTML)
    found = [a.page for a in read([str(tmp_path / pattern)], Settings())]
    (frame,) = [p for p in found if "advert" in p.location]
    assert (frame.status, frame.reason.startswith("frame or advert of")) == ("skipped", True)
    assert all(p.status == "read" for p in found if p is not frame)


def test_files_globs_over_saved_pages_are_in_step_with_their_number(tmp_path):
    """A pattern over a folder of thousands of saved pages costs time in step with their number."""
    for n in range(1_500):
        (tmp_path / f"{n}.html").touch()
        (tmp_path / f"{n}_files").mkdir()
        (tmp_path / f"{n}_files/frame.html").touch()
    begin = time.process_time()
    found = list(find([str(tmp_path / "*_files/*.html")]))
    assert time.process_time() - begin < 1
    assert [f.asset_of for f in found] == [f"{f.where.location.partition('_')[0]}.html" for f in found]
    assert len(found) == 1_500


def test_files_folder_of_that_name_without_a_page_is_no_asset(tmp_path):
    """A folder that merely ends like an asset folder is a folder."""
    (tmp_path / "Velmora_files").mkdir()
    (tmp_path / "Velmora_files/page.html").write_bytes(HTML)
    assert seen(tmp_path) == [("Velmora_files/page.html", "read")]


def test_files_style_sheets_and_tables_are_no_pages(tmp_path):
    """In a folder, style sheets, scripts and tables are skipped with a reason, not read as articles."""
    for name in ("main.css", "app.js", "outlets.csv"):
        (tmp_path / name).write_bytes(b"name,owner\nVelmora Post,unknown\n")
    found = [a.page for a in read([tmp_path], Settings())]
    assert {p.status for p in found} == {"skipped"}
    assert all(p.reason for p in found)
    assert seen(tmp_path / "outlets.csv") == [("outlets.csv", "read")]


def test_files_with_undecodable_names_are_readable(tmp_path):
    """A file name that is no UTF-8 becomes a printable location, and the file is read."""
    path = os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m.html"
    with open(path, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(HTML)
    assert seen(tmp_path) == [("caf\\xe9\\x1b[31m.html", "read")]


@given(st.text())
def test_files_readable_names_are_printable(name):
    """No location carries a control character or a lone surrogate, and ordinary names do not change."""
    assert readable(name).isprintable()
    assert readable(name) == name or not name.isprintable()
