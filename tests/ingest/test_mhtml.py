"""Pages saved as one mail: the root part is the page, what else is in it belongs to that page."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import HTML, mhtml, part
from variorum.ingest import read
from variorum.settings import Limits, Settings

A, B = "https://a.example/1", "https://b.example/2"
WIDE = "<!DOCTYPE html><html><body><p>Žilna čeká na déšť = na přívoz.</p>\r\n<p>Konec</p></body></html>"
PICTURE = part(
    b"\x89PNG\r\n\x1a\n", b"image/png", b"base64", b"Content-Location: https://a.example/x.png\r\n"
)
FRAME = part(b"<html><p>Buy boats</p></html>", more=b"Content-Location: https://ads.example/f\r\n")
OLD = b"From: <Saved by Windows Internet Explorer 8>\r\nSubject: Ferry\r\nDate: Sun, 4 May 2031 10:00:00 +0200\r\n"


def arrivals(data, settings=None):
    return list(read(["-"], settings or Settings(), stdin=io.BytesIO(data)))


def one(data):
    (found,) = [a for a in arrivals(data) if a.page.status == "read"]
    return found


@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
@pytest.mark.parametrize("coding", [b"quoted-printable", b"base64", b"8bit", b"binary"])
def test_mhtml_page_is_the_decoded_body(coding, newline):
    """The page's bytes are those of the root part, its transfer encoding undone, whatever ends the lines."""
    body = WIDE.replace("\r\n", "\n").encode()
    data = mhtml(part(body, coding=coding), PICTURE).replace(b"\r\n", newline)
    found = one(data)
    assert found.body.replace(b"\r\n", b"\n") == body
    assert (found.page.location, found.page.media_type, found.page.reason) == (A, "text/html", "")


def test_mhtml_frames_and_pictures_are_no_pages():
    """Every other part is a skipped record under its own address: frames and adverts, and assets."""
    root, frame, picture = [a.page for a in arrivals(mhtml(part(HTML), FRAME, PICTURE))]
    assert root.status == "read"
    assert (frame.location, frame.status, frame.reason) == (
        "https://ads.example/f",
        "skipped",
        "frame or advert of -, no page of its own",
    )
    assert (picture.location, picture.status, picture.reason) == (
        "https://a.example/x.png",
        "skipped",
        "asset of -",
    )


@pytest.mark.parametrize(
    ("related", "place"),
    [
        (b'boundary="----Boundary--7----"', 0),
        (b'type="text/html"; start="<two@velmora>"; boundary="----Boundary--7----"', 1),
        (b'start="<none@velmora>"; boundary=----Boundary--7----', 0),
    ],
)
def test_mhtml_root_is_the_one_named_or_the_first(related, place):
    """The root is the part that `start` names; without one, or where it names none, the first HTML part."""
    bodies = [b"<html><p>One</p></html>", b"<html><p>Two</p></html>"]
    names = [b"Content-ID: <one@velmora>\r\n", b"Content-ID: <two@velmora>\r\n"]
    parts = [PICTURE, *(part(body, more=name) for body, name in zip(bodies, names, strict=True))]
    assert one(mhtml(*parts, related=related)).body == bodies[place]


def test_mhtml_of_internet_explorer_is_read():
    """Its nested multiparts, its preamble and its time are understood; the address is the part's."""
    inner = (
        b'Content-Type: multipart/alternative;\r\n\tboundary="inner"\r\n\r\n'
        b"--inner\r\nContent-Type: text/plain\r\n\r\nFerry\r\n--inner\r\n"
        + part(
            WIDE.encode("cp1250"),
            b'text/html;\r\n\tcharset="windows-1250"',
            more=b"Content-Location: %b\r\n" % B.encode(),
        )
        + b"\r\n--inner--\r\n"
    )
    related = b'boundary="----Boundary--7----"\r\n\r\nThis is a multi-part message in MIME format.'
    found = one(mhtml(inner, PICTURE, head=OLD, related=related))
    assert found.body.decode(found.page.charset) == WIDE
    assert (found.page.location, found.page.captured) == (B, "2031-05-04T10:00:00+02:00")


def test_mhtml_behind_a_mark_of_byte_order_is_read():
    """A mail that an editor saved behind a byte order mark is the page that it was."""
    assert one(b"\xef\xbb\xbf" + mhtml(part(HTML))).body == HTML


def test_mhtml_of_one_part_is_read():
    """A page saved without its pictures is a mail of one part."""
    head = b"MIME-Version: 1.0\r\n" + part(HTML, more=b"Content-Location: %b\r\n" % B.encode())
    assert (one(OLD + head).body, one(OLD + head).page.location) == (HTML, B)


@pytest.mark.parametrize(
    ("header", "location"),
    [
        (b"https://a.example/\r\n long/1", "https://a.example/long/1"),
        (b"=?utf-8?Q?https://a.example/=C5=BE?=\r\n =?utf-8?Q?ilna?=", "https://a.example/žilna"),
        (b"=?utf-8?B?rubbish?=", "-"),
        (b"file:///home/x.html", "-"),
        (b"cid:frame-1@mhtml.blink", "-"),
    ],
)
def test_mhtml_address_is_unfolded_or_left(header, location):
    """Folded and encoded addresses are put together; what is no web address is no location."""
    data = mhtml(part(HTML), head=b"Snapshot-Content-Location: %b\r\n" % header)
    assert one(data).page.location == location


def test_mhtml_cut_off_is_read_and_noted():
    """Of a mail without its last boundary, what is there is read, and the reason says so."""
    assert "cut off" in one(mhtml(part(HTML), close=False)).page.reason


def test_mhtml_without_a_page_says_so():
    """A mail without HTML, over a limit or made of boundaries alone is one rejected record."""
    assert "without an HTML page" in arrivals(mhtml(PICTURE))[0].page.reason
    small = Settings(limits=Limits(page_bytes=100))
    assert "limit of 400 bytes" in arrivals(mhtml(part(HTML * 9)), small)[0].page.reason
    begin = time.process_time()
    assert "parts" in arrivals(mhtml(part(HTML)) + b"\r\n------Boundary--7----" * 100_000)[0].page.reason
    assert time.process_time() - begin < 2


def test_mhtml_other_mail_is_no_page():
    """A mail that is no saved page, and a text that speaks of one, are not taken for MHTML."""
    letter = b"From: a@a.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>"
    spoken = b"Notes on mail\n\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\nThe ferry is late.\n"
    assert [one(data).page.size for data in (letter, spoken)] == [len(letter), len(spoken)]


@given(st.binary(max_size=80), st.integers(0, 900), st.integers(0, 120))
def test_mhtml_any_bytes_are_borne(noise, at, cut):
    """A mail with bytes changed anywhere gives sound records only, none by a fault of the reader."""
    data = mhtml(part(HTML, more=b"Content-ID: <a@b>\r\n"), FRAME, PICTURE)
    found = arrivals(data[:at] + noise + data[at + cut :])
    assert found
    for arrival in found:
        assert arrival.page.status == "read" or arrival.page.reason
        assert "please report" not in arrival.page.reason


HEADERS = st.sampled_from(
    [b"charset*=utf-8''%C5", b"boundary*0=a; boundary*1=b", b"start*=x'y'z", b"=?a?Q?=C5?=", b"\xff\xfe", b'"', b";", b"="]
)  # fmt: skip


@given(st.lists(st.one_of(HEADERS, st.binary(max_size=30)), max_size=6), st.sampled_from([b"Date", b"Content-Type", b"Content-ID", b"Content-Transfer-Encoding", b"Content-Location"]))  # fmt: skip
def test_mhtml_any_header_is_borne(values, name):
    """Whatever stands in a header, of the mail or of a part, no fault of the reader comes of it."""
    line = name + b": " + b" ".join(values).replace(b"\n", b"") + b"\r\n"
    for data in (mhtml(part(HTML, more=line)), mhtml(line + part(HTML)), mhtml(part(HTML), head=line)):
        assert all("please report" not in arrival.page.reason for arrival in arrivals(data))
