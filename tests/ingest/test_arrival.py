"""What a saved page says of itself: where it came from, and when it was saved."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import HTML, record
from variorum.ingest import read
from variorum.ingest.arrival import mail_time, saved_from, saved_when
from variorum.settings import Settings

SINGLE = (
    b"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://a.example/1?b=2 \n"
    b" saved date: Sun May 04 2031 12:05:06 GMT+0200 (Central European Summer Time)\n-->"
    b"<meta charset=utf-8><p>The ferry is late. <img src=data:image/png;base64,iVBORw0KGgo=>"
)
BLINK = b"<!DOCTYPE html>\n<!-- saved from url=(0019)https://a.example/1 -->\n<html><p>The ferry is late.</p></html>"


def page(data):
    (arrival,) = read(["-"], Settings(), stdin=io.BytesIO(data))
    return arrival.page


def test_arrival_single_file_tells_address_and_time():
    """A page of SingleFile is located by the address in its comment, captured when the comment says."""
    found = page(SINGLE)
    assert (found.location, found.captured) == ("https://a.example/1?b=2", "2031-05-04T12:05:06+02:00")
    assert found.size == len(SINGLE)


@pytest.mark.parametrize(
    ("data", "location"),
    [
        (BLINK, "https://a.example/1"),
        (BLINK.replace(b"https://a.example/1", b"about:internet"), "-"),
        (BLINK.replace(b"https://a.example/1", b"file:///C:/x.html"), "-"),
        (HTML, "-"),
        (b"saved from url=(0019)https://a.example/1\nThe ferry is late.", "-"),
        (HTML + b"<p>" + b"long " * 2_000 + BLINK, "-"),
    ],
)
def test_arrival_browsers_note_of_the_address_is_the_location(data, location):
    """A comment at the top of HTML locates the page if it is a web address; words in the text never do."""
    assert (page(data).location, page(data).captured) == (location, "")


def test_arrival_archive_outranks_the_page():
    """What an archive says of address and time comes before what the page says."""
    found = page(record("https://b.example/2", SINGLE))
    assert (found.location, found.captured) == ("https://b.example/2", "2031-05-04T10:00:00Z")


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("Sun, 04 May 2031 10:00:00 +0200", "2031-05-04T10:00:00+02:00"),
        ("Sun, 4 May 2031 10:00:00 GMT", "2031-05-04T10:00:00+00:00"),
        ("Sun, 4 May 2031 10:00:00 -0000", "2031-05-04T10:00:00Z"),
        ("Sun, 4 May 2031 10:00:00 -0000 (UTC)", "2031-05-04T10:00:00Z"),
        ("Sun, 4 May 2031 10:00:00-0000", "2031-05-04T10:00:00Z"),
        ("Sun, 4 May 2031 10:00:00 +0200 (10 -0000)", "2031-05-04T10:00:00+02:00"),
        ("4 May 2031 10:00:00", "2031-05-04T10:00:00"),
        ("Sun, 40 May 2031 10:00:00 +0200", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_arrival_times_of_mails_are_read(value, time):
    """A mail's time becomes ISO 8601, with the zone it tells and no other; what is none becomes nothing."""
    assert mail_time(value) == time


@given(st.text(max_size=60), st.binary(max_size=80))
def test_arrival_any_note_is_borne(value, noise):
    """Whatever stands where a note is looked for, a value or nothing comes of it."""
    assert isinstance(mail_time(value), str)
    for note in (SINGLE, BLINK):
        for body in (note.replace(b"2031", noise, 1), note.replace(b"a.example", noise, 1)):
            assert saved_from(body).startswith(("http", "HTTP")) or not saved_from(body)
            assert "T" in saved_when(body) or not saved_when(body)
