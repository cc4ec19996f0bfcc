"""WACZ: the WARCs in it are read, and no zip can hurt."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import HTML, TEXT, record, wacz, warc, zstd
from variorum.ingest import read
from variorum.ingest import wacz as reader
from variorum.settings import Limits, Settings

A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"
LIST = (
    b'{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n'
    b'{"id": "1", "url": "https://a.example/1#top", "ts": "2031-05-04T10:00:00Z", "title": "Ferry"}\n'
)
PACKAGE = ("datapackage.json", b'{"profile": "data-package", "wacz_version": "1.1.1"}')


def arrivals(data, settings=None, name="-"):
    return list(read(["-"], settings or Settings(), stdin=io.BytesIO(data)))


def told(data, settings=None):
    return [(a.page.location, a.page.status, a.page.reason) for a in arrivals(data, settings)]


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("packed", ["warc", "warc.gz", "warc.zst"])
def test_wacz_pages_are_those_of_its_warcs(packed, compress):
    """Each WARC in the archive is read, plain or compressed; indexes and logs leave no record."""
    made = {"warc": warc, "warc.gz": lambda *r: warc(*r, compress=True), "warc.zst": zstd}[packed]
    data = wacz(
        PACKAGE,
        (f"archive/one.{packed}", made(record(A, HTML), record("urn:x:1", HTML, kind="resource"))),
        ("indexes/index.cdx", b"com,example)/ 20310504100000 {}\n"),
        (f"archive/two.{packed}", made(record(C, HTML))),
        ("pages/pages.jsonl", LIST),
        compress=compress,
    )
    found = arrivals(data)
    assert [a.page.location for a in found] == [A, f"-#archive/one.{packed}#2", C]
    assert {(a.page.input, a.page.captured, a.body) for a in found} == {("-", "2031-05-04T10:00:00Z", HTML)}


def test_wacz_page_listed_but_not_held_is_told():
    """A page that the list names and no WARC holds is a rejected record; one that was answered by an error is held."""
    more = b'{"url": "https://b.example/2"}\n{"url": "https://c.example/3"}\n{"url": "about:blank"}\n'
    gone = record(C, HTML, http=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n")
    data = wacz(PACKAGE, ("archive/a.warc", warc(record(A, HTML), gone)), ("pages/pages.jsonl", LIST + more))
    assert told(data) == [
        (A, "read", ""),
        (C, "skipped", "HTTP status 404"),
        (B, "rejected", "listed among the pages, but no WARC holds it"),
    ]


DAMAGED = [
    (
        b'{"url": 7}\nno JSON\n{"url": "https://b.example/2"}\n',
        "line 3: names no page (one of 2 such lines)",
        True,
    ),
    (b'{"url": "https://b.exam', "line 3: bad JSON", False),
    (b'["https://b.example/2"]\n', "line 3: names no page", False),
    (b'{"url": "https://b.example/2"}\n{"url": "\xff\xfe"}\n', "line 4: bad JSON", True),
    (b'{"id": "' + b"x" * (1 << 20) + b'"}\n', "line 3: over the limit of 1048576 bytes", False),
]


@pytest.mark.parametrize(("more", "reason", "names"), DAMAGED, ids=[reason for _, reason, _ in DAMAGED])
def test_wacz_damaged_list_is_told(more, reason, names):
    """Lines of the list that cannot be read are one rejected record; the other lines count, the WARCs are read."""
    data = wacz(PACKAGE, ("archive/a.warc", record(A, HTML)), ("pages/pages.jsonl", LIST + more))
    first, *rest = told(data)
    assert first[:2] == ("-#pages/pages.jsonl", "rejected")
    assert first[2].startswith("damaged list of pages, what it names there is not compared with the WARCs: ")
    assert reason in first[2]
    assert "\n" not in first[2]
    missing = [(B, "rejected", "listed among the pages, but no WARC holds it")]
    assert rest == [(A, "read", ""), *(missing if names else [])]


@pytest.mark.parametrize("at", [-len("pages/pages.jsonl") - 30, 40], ids=["head", "body"])
@pytest.mark.parametrize("compress", [False, True])
def test_wacz_list_damaged_in_the_zip_is_told(compress, at):
    """A list whose entry cannot be opened, or whose bytes are not those that were packed, is one rejected record."""
    entries = (PACKAGE, ("pages/pages.jsonl", LIST * 9), ("archive/a.warc", record(A, HTML)))
    data = bytearray(wacz(*entries, compress=compress))
    data[data.index(b"pages/pages.jsonl") + len("pages/pages.jsonl") + at] ^= 1
    found = told(bytes(data))
    assert (A, "read", "") in found
    (reason,) = [why for location, _, why in found if location == "-#pages/pages.jsonl"]
    assert "the zip entry" in reason
    assert "not compared with the WARCs" in reason


def test_wacz_page_listed_twice_is_told_once():
    """Places within one page that the list names are one page."""
    more = b'{"url": "https://b.example/2#quay"}\n{"url": "https://b.example/2#ferry"}\n'
    data = wacz(PACKAGE, ("archive/a.warc", record(A, HTML)), ("pages/pages.jsonl", LIST + more))
    assert [location for location, _, _ in told(data)] == [A, "https://b.example/2#quay"]


def test_wacz_list_over_a_limit_costs_no_page(monkeypatch):
    """A list of pages that is too long, or inflates too far, is one rejected record; the WARCs are read."""
    line = b'{"url": "https://b.example/%d"}\n'
    monkeypatch.setattr(reader, "_MOST_LISTED", 5_000)
    some = ("pages/pages.jsonl", b"".join(line % n for n in range(99)))
    first, *rest = told(wacz(PACKAGE, some, ("archive/a.warc", record(A, HTML))))
    assert first[:2] == ("-#pages/pages.jsonl", "rejected")
    assert "over the limit of 5000 bytes" in first[2]
    assert (A, "read", "") in rest
    assert 10 < sum("no WARC holds it" in reason for _, _, reason in rest) < 99
    same = ("pages/pages.jsonl", line * 100_000)
    first, *rest = told(wacz(PACKAGE, same, ("archive/a.warc", record(A, HTML)), compress=True))
    assert "200 times" in first[2]
    assert (A, "read", "") in rest


ONE = ("archive/a.warc", record(A, HTML))
# One raw block of five bytes, in a frame that asks for the dictionary number 7.
ASKS = b"\x28\xb5\x2f\xfd\x21\x07\x05\x29\x00\x00ferry"
ENTRIES = {
    "up": (("archive/../../a.warc.gz", record(B, HTML)), "leads out of the archive"),
    "up, windows": (("archive\\..\\a.warc", record(B, HTML)), "leads out of the archive"),
    "root": (("/archive/a.warc", record(B, HTML)), "leads out of the archive"),
    "nested": (("archive/more.wacz", wacz(ONE)), "WACZ within WACZ"),
    "no WARC": (("archive/b.warc.gz", TEXT), "no WARC archive, though named so"),
    "broken": (("archive/b.warc.gz", gzip.compress(record(B, HTML))[:-30]), "truncated"),
    "needs a dictionary": (("archive/b.warc.zst", ASKS), "zstd -d -D"),
    "over the ratio": (("archive/b.warc.gz", gzip.compress(record(B, bytes(9_000_000)))), "200 times"),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_wacz_bad_entry_costs_no_neighbour(name):
    """An entry that must not or cannot be read is rejected with its reason; the next is read."""
    entry, reason = ENTRIES[name]
    found = told(wacz(PACKAGE, entry, ("archive/z.warc", record(C, HTML))))
    assert (C, "read", "") in found
    assert any(status == "rejected" and reason in why for _, status, why in found)
    assert [location for location, status, _ in found if status == "read"] == [C]


def test_wacz_damaged_entry_is_told():
    """An entry whose bytes do not fit their checksum is read as far as it goes, and a record says so."""
    data = wacz(PACKAGE, ("archive/a.warc", record(A, HTML)), ("archive/b.warc", record(C, HTML)))
    first, fault, last = arrivals(data.replace(b"Velmora", b"Vexmora", 1))
    assert (first.page.location, first.body) == (A, HTML.replace(b"Velmora", b"Vexmora"))
    assert (fault.page.location, fault.page.status) == ("-#archive/a.warc", "rejected")
    assert "its checksum is wrong" in fault.page.reason
    assert (last.page.location, last.page.status) == (C, "read")


def test_wacz_entry_damaged_twice_is_one_record():
    """What is wrong with an entry, and with the gzip data in it, stands in one record; ids are never shared."""
    data = bytearray(wacz(PACKAGE, ("archive/a.warc.gz", gzip.compress(record(A, HTML), mtime=0)[:-30])))
    data[data.rindex(b"PK\x01\x02") + 16] ^= 1
    found = [a.page for a in arrivals(bytes(data))]
    (fault,) = [page for page in found if page.location == "-#archive/a.warc.gz"]
    assert "checksum" in fault.reason
    assert "gzip data is truncated" in fault.reason
    assert len({page.id for page in found}) == len(found)


def test_wacz_entry_packed_without_bound_is_refused():
    """An entry whose packing could give any size at once is refused; the next is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("archive/a.warc", record(A, HTML))
        archive.writestr(zipfile.ZipInfo("archive/c.warc"), record(C, HTML), compress_type=zipfile.ZIP_STORED)
    first, second, *_ = told(out.getvalue())
    assert first[:2] == ("-#archive/a.warc", "rejected")
    assert "neither stored nor deflated" in first[2]
    assert second == (C, "read", "")


def test_wacz_encrypted_entry_is_told():
    """An encrypted entry is rejected with what to do."""
    data = bytearray(wacz(PACKAGE, ONE))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    assert ("-#archive/a.warc", "rejected", "encrypted (decrypt it first)") in told(bytes(data))


def test_wacz_bombs_are_refused():
    """Entries that inflate, share their bytes or fill the directory stop at the limits, as a rejected record."""
    bomb = record(A, HTML + bytes(30_000_000))
    assert "200 times" in told(wacz(PACKAGE, ("archive/a.warc", bomb), compress=True))[-1][2]
    assert "200 times" in told(wacz(PACKAGE, ("archive/a.warc.gz", gzip.compress(bomb))))[-1][2]
    many = wacz(PACKAGE, *((f"archive/{n}.warc", record(A, HTML)) for n in range(9)))
    found = told(many, Settings(limits=Limits(archive_bytes=3_000)))
    assert 0 < len(found) < 9
    assert "limit of 3000 bytes" in found[-1][2]
    huge = bytearray(wacz(ONE))
    end = huge.rindex(b"PK\x05\x06")
    huge[end:end] = bytes(5_000_000)
    struct.pack_into("<I", huge, end + 5_000_000 + 12, 5_000_000)
    assert "directory over the limit" in told(bytes(huge))[-1][2]


def test_wacz_without_pages_says_so():
    """A WACZ without a WARC, a broken one and one from a pipe are one rejected record each."""
    assert told(wacz(PACKAGE))[-1][1:] == ("rejected", "WACZ without a WARC in its folder archive/")
    assert "broken zip archive" in told(wacz(PACKAGE, ONE)[:-30])[-1][2]

    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    (page,) = [a.page for a in read(["-"], Settings(), stdin=Pipe(wacz(PACKAGE, ONE)))]
    assert "give the file by its name" in page.reason


@given(st.binary(max_size=60), st.integers(0, 900), st.integers(0, 200), st.booleans())
def test_wacz_any_bytes_are_borne(noise, at, cut, compress):
    """A WACZ with bytes changed anywhere gives sound records only, none by a fault of the reader."""
    data = wacz(PACKAGE, ONE, ("pages/pages.jsonl", LIST), compress=compress)
    found = arrivals(data[:at] + noise + data[at + cut :])
    assert found
    for arrival in found:
        assert arrival.page.status == "read" or arrival.page.reason
        assert "please report" not in arrival.page.reason
