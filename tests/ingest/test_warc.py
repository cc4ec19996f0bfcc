"""WARC archives: what is read, what is left aside, and that one bad record costs no other."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest

from ingest.pages import HTML, record, warc
from variorum.ingest import read
from variorum.settings import Limits, Settings

A, C = "https://a.example/1", "https://c.example/3"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def arrivals(data, settings=None):
    return list(read(["-"], settings or Settings(), stdin=io.BytesIO(data)))


@pytest.mark.parametrize("compress", [False, True])
def test_warc_payload_is_the_page(compress):
    """The page is the payload under its target URI, with the time of capture and the charset HTTP told."""
    data = warc(record(A, HTML), record(C, HTML, newline=b"\n"), compress=compress)
    first, second = arrivals(data)
    assert (first.body, second.body) == (HTML, HTML)
    assert [first.page.location, second.page.location] == [A, C]
    assert (first.page.captured, first.page.charset) == ("2031-05-04T10:00:00Z", "utf-8")


CODED = {
    "gzip": (b"Content-Encoding: gzip\r\n", gzip.compress(HTML)),
    "deflate": (b"Content-Encoding: deflate\r\n", zlib.compress(HTML)),
    "deflate without its wrapper": (b"Content-Encoding: deflate\r\n", zlib.compress(HTML)[2:-4]),
    "chunked": (b"Transfer-Encoding: chunked\r\n", b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML)),
    "both": (
        b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(HTML)), gzip.compress(HTML)),
    ),
    "stored decoded": (b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", HTML),
}


@pytest.mark.parametrize("coding", CODED)
def test_warc_http_codings_are_undone(coding):
    """Page bytes are those after transfer and content decoding, also where the archiver had undone it already."""
    header, body = CODED[coding]
    first, second = arrivals(warc(record(A, body, http=OK + header + b"\r\n"), record(C, HTML)))
    assert (first.body, second.body) == (HTML, HTML)


BROKEN = {
    "no length": b"WARC/1.0\r\nWARC-Type: response\r\n\r\nlost\r\n\r\n",
    "bad header": b"WARC/1.0\r\nrubbish\r\n\r\nlost\r\n\r\n",
    "rubbish between": b"some rubbish\r\nthat belongs to nothing\r\n",
    "too long": record("https://b.example/2", HTML, length=100_000),
    "endless": record("https://b.example/2", HTML, length=10**18),
    "too short": record("https://b.example/2", HTML, length=80),
    "negative": record("https://b.example/2", HTML, length=-5),
    "no HTTP": record("https://b.example/2", HTML, http=b"no status line at all\r\n\r\n"),
    "inflated": record(
        "https://b.example/2",
        gzip.compress(bytes(300_000)),
        http=OK + b"Content-Encoding: gzip\r\n\r\n",
    ),
}


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("fault", BROKEN)
def test_warc_broken_record_costs_no_neighbour(fault, compress):
    """A broken record is rejected with a reason; the records before and after it are read whole."""
    data = warc(record(A, HTML), BROKEN[fault], record(C, HTML), compress=compress)
    found = arrivals(data, Settings(limits=Limits(page_bytes=200_000)))
    assert [a.page.location for a in found if a.page.status == "read"] == [A, C]
    assert all(a.body == HTML for a in found if a.page.status == "read")
    assert any(a.page.status == "rejected" and a.page.reason for a in found)


def test_warc_damaged_member_costs_no_neighbour():
    """A gzip member with flipped bytes is rejected; members around it are read."""
    middle = bytearray(gzip.compress(record("https://b.example/2", HTML)))
    middle[40:60] = b"\xff" * 20
    data = gzip.compress(record(A, HTML)) + bytes(middle) + gzip.compress(record(C, HTML))
    found = arrivals(data)
    assert [a.page.location for a in found if a.page.status == "read"] == [A, C]
    assert any("damaged" in a.page.reason for a in found if a.page.status == "rejected")


@pytest.mark.parametrize("compress", [False, True])
def test_warc_truncated_archive_is_read_up_to_the_break(compress):
    """Records before the break are read; a rejected record says that the rest is missing."""
    data = warc(record(A, HTML), record(C, HTML), compress=compress)[:-60]
    found = arrivals(data)
    assert [a.page.location for a in found if a.page.status == "read"] == [A]
    assert any("truncated" in a.page.reason for a in found if a.page.status == "rejected")


ASIDE = {
    "image": record(
        "https://b.example/2",
        b"\x89PNG\r\n\x1a\n",
        http=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n",
    ),
    "style": record("https://b.example/2", b"p{}", http=b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n"),
    "answer": record(
        "https://b.example/2", b'{"a":1}', http=b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    ),
    "gone": record(
        "https://b.example/2", HTML, http=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"
    ),
    "moved": record("https://b.example/2", b"", http=b"HTTP/1.1 301 Moved\r\n\r\n"),
    "revisit": record("https://b.example/2", b"", kind="revisit"),
    "crawler's text": record(
        "urn:text:https://a.example/1",
        b"The ferry is late.",
        kind="resource",
        http=b"",
        content_type="text/plain",
    ),
    "nothing": record("https://b.example/2", b""),
}


@pytest.mark.parametrize("what", ASIDE)
def test_warc_what_is_no_page_is_skipped(what):
    """Pictures, styles, answers of programs, errors and redirects are skipped with a reason, not rejected."""
    found = [a.page for a in arrivals(warc(record(A, HTML), ASIDE[what], record(C, HTML)))]
    assert [p.status for p in found] == ["read", "skipped", "read"]
    assert found[1].reason


REVISITS = {
    "the same as an earlier capture (https://b.example/2, 2030-01-02T03:04:05Z)": (
        b"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
        b"WARC-Refers-To-Target-URI: https://b.example/2\r\nWARC-Refers-To-Date: 2030-01-02T03:04:05Z\r\n"
    ),
    "not modified since an earlier capture (https://a.example/1, 2030-01-02T03:04:05Z)": (
        b"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified\r\n"
        b"WARC-Refers-To-Date: 2030-01-02T03:04:05Z\r\n"
    ),
    "the same as an earlier capture (https://a.example/1)": b"",
}


@pytest.mark.parametrize("reason", REVISITS)
def test_warc_revisit_names_the_page(reason):
    """A revisit is skipped under its own address, and its reason names the capture that holds its bytes."""
    data = record(A, b"", kind="revisit").replace(b"WARC-Date", REVISITS[reason] + b"WARC-Date")
    (page,) = [a.page for a in arrivals(data)]
    assert (page.location, page.status, page.reason) == (A, "skipped", f"revisit: {reason}")


def test_warc_records_of_one_address_stay_apart():
    """Captures of one address that are no pages are as many records, each with its own reason."""
    found = [a.page for a in arrivals(warc(ASIDE["gone"], ASIDE["revisit"], ASIDE["moved"], ASIDE["gone"]))]
    assert len({p.id for p in found}) == 4
    assert {p.location for p in found} == {"https://b.example/2"}


def test_warc_resource_without_address_is_located_by_number():
    """A record without a web address is `PATH#NUMBER`; requests are no pages and leave no record."""
    data = warc(
        record("urn:uuid:7", HTML, kind="resource", http=b"", content_type="text/html"),
        record(A, b"GET / HTTP/1.1\r\n\r\n", kind="request", http=b""),
    )
    assert [(a.page.location, a.page.status) for a in arrivals(data)] == [("-#1", "read")]


def test_warc_declared_charset_is_used():
    """The charset of the HTTP header decodes the payload."""
    body = "<p>Žilna čeká na déšť a na přívoz</p>".encode("cp1250")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1250\r\n\r\n"
    (arrival,) = arrivals(record(A, body, http=http))
    assert arrival.body.decode(arrival.page.charset) == "<p>Žilna čeká na déšť a na přívoz</p>"
