"""Bad input never raises, always leaves a record, and never takes a neighbour with it."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import HTML, TEXT, mhtml, part, record, wacz, warc, zstd
from variorum.ingest import read
from variorum.settings import Limits, Settings

SETTINGS = Settings()


def arrivals(*inputs, settings=SETTINGS, stdin=None):
    return list(read(inputs, settings, stdin=stdin))


def pages(*inputs, **kwargs):
    return [a.page for a in arrivals(*inputs, **kwargs)]


def write(folder, **files):
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)


BAD = {
    "empty": (b"", "rejected", "empty"),
    "blank": (b" \n\t\n", "rejected", "empty"),
    "binary": (bytes(range(256)) * 40, "rejected", "binary data"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "rejected", "pdftotext"),
    "zip": (b"PK\x03\x04" + b"\0" * 40 + b"a.txt", "rejected", "unpack"),
    "wacz": (b"PK\x03\x04" + b"\0" * 26 + b"archive/data.warc.gz", "rejected", "broken zip archive"),
    "mhtml": (
        b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n",
        "rejected",
        "MHTML",
    ),
    "zstd": (b"\x28\xb5\x2f\xfd" + b"x" * 50, "rejected", "zstd data is damaged"),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "skipped", "asset (image/png)"),
    "svg": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'></svg>", "skipped", "asset"),
    "xml": (b"<?xml version='1.0'?><inventory><item/></inventory>", "rejected", "XML"),
    "gz_in_gz": (gzip.compress(gzip.compress(HTML)), "rejected", "within a compressed file"),
    "bomb": (gzip.compress(HTML + b"a" * 30_000_000), "rejected", "200 times its size"),
    "no_gzip": (b"\x1f\x8b\x08" + b"rubbish" * 9, "rejected", "damaged"),
    "stateful": (
        b"<meta charset=iso-2022-jp><p>\x1b$B$3$s\x1b(B</p>",
        "rejected",
        "cannot be anchored",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_reading_turns_bad_files_into_records(tmp_path, name):
    """A file that is no page is one record with its reason; the pages beside it are read."""
    data, status, reason = BAD[name]
    write(tmp_path, a__html=HTML, bad=data, z__txt=TEXT)
    found = pages(tmp_path)
    assert [p.status for p in found] == ["read", status, "read"]
    assert reason in found[1].reason
    assert found[1].location == "bad"


def test_reading_keeps_what_comes_before_the_break_in_truncated_gzip(tmp_path):
    """Of a truncated gzip file, what can be read is read, and a rejected record says the rest is missing."""
    whole = gzip.compress(HTML + b"<p>" + os.urandom(50_000).hex().encode() + b"</p>")
    write(tmp_path, a__html__gz=whole[:-9000])
    first, second = arrivals(tmp_path)
    assert first.body.startswith(HTML)
    assert "truncated" in first.page.reason
    assert (second.page.status, "truncated" in second.page.reason) == ("rejected", True)


def test_reading_never_reads_more_than_the_limit(tmp_path):
    """A line over the limit is rejected, as text, as a page and within JSON Lines, and the next line is read."""
    settings = Settings(limits=Limits(page_bytes=10_000))
    long = json.dumps({"id": 1, "text": "a" * 20_000}).encode()
    write(
        tmp_path,
        a__txt=b"b" * 20_000,
        b__html=HTML + b"c" * 20_000,
        c__jsonl=long + b'\n{"id":2,"text":"short"}\n',
    )
    found = pages(tmp_path, settings=settings)
    assert [(p.location, p.status) for p in found] == [
        ("a.txt", "rejected"),
        ("b.html", "rejected"),
        ("c.jsonl#1", "rejected"),
        ("c.jsonl#2", "read"),
    ]
    assert all("10000 bytes" in p.reason for p in found[:3])


def test_reading_names_missing_and_unreadable_files(tmp_path, monkeypatch):
    """A missing path and a file that may not be opened are records without any absolute path."""
    write(tmp_path, a__txt=TEXT, b__txt=TEXT)
    real = Path.open

    def refuse(path, *args, **kwargs):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    found = pages(tmp_path / "nowhere.html", tmp_path / "none*.html", tmp_path)
    assert [p.status for p in found] == ["rejected", "rejected", "rejected", "read"]
    assert [p.location for p in found] == ["nowhere.html", "none*.html", "a.txt", "b.txt"]
    assert "Permission denied" in found[2].reason
    assert str(tmp_path) not in str(found)


def test_reading_skips_what_is_no_file(tmp_path):
    """Pipes, sockets and loops of links are skipped with a reason, without hanging."""
    os.mkfifo(tmp_path / "a.fifo")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(tmp_path)  # a socket's address must be short
        try:
            server.bind("b.sock")
        finally:
            os.chdir(here)
        (tmp_path / "c.loop").symlink_to("c.loop")
        (tmp_path / "d.up").symlink_to(tmp_path)
        (tmp_path / "e.gone").symlink_to("nothing")
        write(tmp_path, z__txt=TEXT)
        found = pages(tmp_path)
    assert [p.status for p in found] == ["skipped"] * 4 + ["rejected", "read"]
    assert all(p.reason for p in found[:5])


def test_reading_takes_one_page_or_json_lines_from_standard_input():
    """`-` is told apart by content, compressed or not."""
    line = b'{"id": "x", "text": "The harbour of Velmora stayed closed."}\n'
    for data, location, form in (
        (HTML, "-", "html"),
        (TEXT, "-", "flat"),
        (line, "-#x", "flat"),
        (gzip.compress(line), "-#x", "flat"),
    ):
        (page,) = pages("-", "-", stdin=io.BytesIO(data))
        assert (page.location, page.input, page.form) == (location, "-", form)


def test_reading_notes_nul_and_bidi_but_reads_the_page(tmp_path):
    """NUL and bidirectional characters are kept and noted."""
    write(tmp_path, a__html=HTML.replace(b"closed", b"clo\0sed"), b__txt=TEXT + "\u202egpj.exe".encode())
    first, second = arrivals(tmp_path)
    assert (first.page.status, first.page.reason) == ("read", "has NUL characters")
    assert b"clo\0sed" in first.body
    assert (second.page.status, second.page.reason) == ("read", "has bidirectional control characters")


def test_reading_takes_as_text_where_asked(tmp_path):
    """With `as_text`, plain text is article text; HTML stays HTML."""
    write(tmp_path, a__html=HTML, b__txt=TEXT)
    assert [p.form for p in pages(tmp_path, settings=Settings(as_text=True))] == ["html", "text"]


def test_reading_is_lazy(tmp_path):
    """The first page arrives before later ones are opened."""
    write(tmp_path, a__txt=TEXT, b__txt=TEXT)
    stream = read([tmp_path], SETTINGS)
    next(stream)
    (tmp_path / "b.txt").unlink()
    assert next(stream).page.status == "rejected"


SHAPES = [
    HTML,
    TEXT,
    warc(record("https://a.example/1", HTML)),
    b'{"text":"a"}\n[',
    gzip.compress(HTML),
    b"<rss><item>",
    wacz(("archive/a.warc", record("https://a.example/1", HTML))),
    zstd(HTML),
    mhtml(part(HTML)),
]


@given(st.sampled_from(SHAPES), st.binary(max_size=60), st.integers(0, 400), st.integers(0, 400))
def test_reading_never_raises(shape, noise, at, cut):
    """Whatever the bytes, every arrival is a sound record and a neighbour is read."""
    data = shape[:at] + noise + shape[at + cut :]
    found = pages("-", stdin=io.BytesIO(data))
    assert found
    for page in found:
        assert page.status == "read" or page.reason
        assert "please report" not in page.reason
        assert msgspec.json.decode(page.given) is not None


@given(st.binary(max_size=400))
def test_reading_body_decodes_by_its_charset(data):
    """A page that was read names a codec by which its bytes decode, and carries its bytes unchanged."""
    for arrival in read(["-"], SETTINGS, stdin=io.BytesIO(data)):
        if arrival.page.status == "read":
            assert arrival.body.decode(arrival.page.charset, errors="replace")
            assert len(arrival.body) == arrival.page.size
        else:
            assert arrival.body == b""


@pytest.mark.shared
def test_reading_takes_every_page_of_the_shared_corpora(shared):
    """Real pages are all read: HTML as HTML, the flattened ones as flat."""
    found = pages(shared / "data/html/scrapinghub/html", shared / "seeds")
    assert {p.status for p in found} == {"read"}
    assert {p.form for p in found if p.location.endswith(".txt")} == {"flat"}
    assert {p.form for p in found if p.location.endswith(".gz")} == {"html"}


@pytest.mark.parametrize("opening", ["<!--x-->", "<?x?>", "<!DOCTYPE x>", " ", "<!--", "<!DOCTYPE x ["])
def test_reading_passes_any_opening_in_time(opening):
    """Thousands of comments, declarations or blanks before no element at all cost no more than reading them."""
    begin = time.process_time()
    list(read(["-"], Settings(), stdin=io.BytesIO(opening.encode() * 5_000 + b"The ferry is late.")))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<item><description>x</description></item>" * 5_000 + b"</channel></rss>",
        b"WARC/1.0\n" * 20_000,
        b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n" * 3_000,
        b'{"a":' * 100_000,
        gzip.compress(b"x") * 20_000,
        zstd(b"x") * 20_000,
        wacz(*((f"archive/{n}.warc", b"") for n in range(3_000))),
        mhtml(*[part(b"<p>x")] * 3_000),
        b"Content-Type: x\n" * 20_000,
    ],
    ids=["feed", "warc", "lengths", "json", "gzip", "zstd", "wacz", "mhtml", "headers"],
)
def test_reading_of_many_parts_is_in_step_with_their_number(body):
    """Thousands of entries, broken records or members cost time in step with their number."""
    begin = time.process_time()
    list(read(["-"], Settings(), stdin=io.BytesIO(body)))
    assert time.process_time() - begin < 4
