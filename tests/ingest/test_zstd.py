"""Zstandard: frames, dictionaries, and that one bad frame costs no other."""

from __future__ import annotations

import contextlib
import io
import time

import pytest
from fastwarc.stream_io import zstd_train_dictionary_from_samples
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import HTML, record, warc, zstd
from variorum.errors import PageRefused
from variorum.ingest import read
from variorum.ingest.streams import Allowance, Stream
from variorum.ingest.zstd import _MOST_DICTIONARY, Zstd
from variorum.settings import Limits, Settings

A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"
PAGES = [f"<html><p>The ferry number {n} of Velmora stays at quay {n * n}.".encode() for n in range(2_000)]
DICTIONARY = zstd_train_dictionary_from_samples(PAGES, 4_096)


def arrivals(data, settings=None):
    return list(read(["-"], settings or Settings(), stdin=io.BytesIO(data)))


def taken(data, limits=None):
    allowance = Allowance(limits or Limits())
    return Stream(Zstd(io.BytesIO(data), allowance)).read()


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_zstd_frames_come_back_as_they_were(frames):
    """Frames one after another decompress to their bytes one after another."""
    assert taken(zstd(*frames)) == b"".join(frames)


@pytest.mark.parametrize("packed", [False, True])
def test_zstd_archive_with_a_dictionary_is_read(packed):
    """The dictionary at the top of an archive, plain or compressed, decompresses every frame."""
    data = zstd(record(A, HTML), record(C, PAGES[7]), dictionary=DICTIONARY, packed=packed)
    first, second = arrivals(data)
    assert (first.body, second.body) == (HTML, PAGES[7])
    assert [first.page.location, second.page.location] == [A, C]


def test_zstd_without_its_dictionary_says_what_to_do():
    """An archive whose dictionary is kept elsewhere is refused with the remedy."""
    data = zstd(record(A, PAGES[7]), dictionary=DICTIONARY)
    (page,) = [a.page for a in arrivals(data[8 + len(DICTIONARY) :])]
    assert page.status == "rejected"
    assert "zstd -d -D" in page.reason


def test_zstd_archive_and_page_alone_are_read():
    """A `.warc.zst` of one frame or many, and a single compressed page, are read."""
    records = (record(A, HTML), record(C, HTML))
    for data in (zstd(*records), zstd(warc(*records))):
        assert [a.page.location for a in arrivals(data)] == [A, C]
    assert [a.body for a in arrivals(zstd(HTML))] == [HTML]


@pytest.mark.parametrize("fault", ["flipped", "header", "rubbish"])
def test_zstd_damaged_frame_costs_no_neighbour(fault):
    """Frames around a damaged one are read, and a rejected record says what is missing."""
    middle = bytearray(zstd(record(B, HTML)))
    if fault == "rubbish":
        middle = bytearray(b"rubbish between frames" * 9)
    elif fault == "header":
        middle[4:20] = b"\xff" * 16
    else:
        middle[40:60] = b"\xff" * 20
    found = arrivals(zstd(record(A, HTML)) + bytes(middle) + zstd(record(C, HTML)))
    assert [a.page.location for a in found if a.page.status == "read"] == [A, C]
    assert any("zstd data is damaged" in a.page.reason for a in found if a.page.status == "rejected")


def test_zstd_truncated_archive_is_read_up_to_the_break():
    """Frames before the break are read; a rejected record says that the rest is missing."""
    found = arrivals(zstd(record(A, HTML), record(C, HTML))[:-30])
    assert [a.page.location for a in found if a.page.status == "read"] == [A]
    assert any("truncated" in a.page.reason for a in found if a.page.status == "rejected")


@pytest.mark.parametrize("kind", [b"\x50", b"\x5d"])
@pytest.mark.parametrize("cut", [2, 4, 6, 8, 20])
def test_zstd_cut_off_in_what_is_skipped_is_told(kind, cut):
    """An archive that breaks off in a frame to skip, or in its dictionary, is told to be truncated."""
    frame = (kind + b"\x2a\x4d\x18\x28\x00\x00\x00" + b"x" * 40)[:cut]
    whole = b"" if kind == b"\x5d" else HTML
    reader = Zstd(io.BytesIO((zstd(whole) if whole else b"") + frame), Allowance(Limits()))
    assert Stream(reader).read() == whole
    assert "truncated" in reader.damage


def test_zstd_large_dictionary_is_no_way_to_cost_time():
    """The largest dictionary that is taken, loaded for each of a thousand small frames, costs little."""
    frame = b"\x28\xb5\x2f\xfd\x20\x01\x09\x00\x00x"
    most = _MOST_DICTIONARY
    begin = time.process_time()
    assert (
        taken(b"\x5d\x2a\x4d\x18" + most.to_bytes(4, "little") + b"x" * most + frame * 1_000) == b"x" * 1_000
    )
    assert time.process_time() - begin < 2


def test_zstd_frame_of_a_wide_window_says_what_to_do():
    """A frame that asks for more memory than the library grants is told of with the remedy; the next is read."""
    found = [a.page for a in arrivals(b"\x28\xb5\x2f\xfd\x00\xff\x01\x00\x00" + zstd(HTML))]
    assert [p.status for p in found] == ["read", "rejected"]
    assert "--long=31" in found[1].reason


def test_zstd_bombs_are_refused():
    """A ratio, a sum or a dictionary over the limits is refused before it is held."""
    with pytest.raises(PageRefused, match="200 times"):
        taken(zstd(bytes(30_000_000)))
    with pytest.raises(PageRefused, match="limit of 1000 bytes"):
        taken(zstd(HTML * 20), Limits(archive_bytes=1_000))
    with pytest.raises(PageRefused, match="dictionary over the limit"):
        taken(b"\x5d\x2a\x4d\x18\xff\xff\xff\x7f" + b"x" * 50)
    with pytest.raises(PageRefused, match="dictionary is damaged"):
        taken(b"\x5d\x2a\x4d\x18\x09\x00\x00\x00\x28\xb5\x2f\xfdhello" + zstd(HTML))


@given(st.binary(max_size=200), st.booleans())
def test_zstd_any_bytes_are_borne(noise, dictionary):
    """Whatever follows the magic, reading ends, with bytes or a refusal."""
    data = zstd(PAGES[3], dictionary=DICTIONARY if dictionary else None) + b"\x28\xb5\x2f\xfd" + noise
    with contextlib.suppress(PageRefused):
        assert taken(data).startswith(PAGES[3])


@given(st.binary(max_size=40), st.integers(0, 300), st.integers(0, 60))
def test_zstd_mutated_archives_are_borne(noise, at, cut):
    """An archive with bytes changed anywhere gives sound records only, none by a fault of the reader."""
    data = zstd(record(A, HTML), record(C, PAGES[7]), dictionary=DICTIONARY, packed=True)
    for arrival in arrivals(data[:at] + noise + data[at + cut :]):
        assert "please report" not in arrival.page.reason
