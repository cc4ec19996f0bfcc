"""The contract of JSON Lines."""

from __future__ import annotations

import io
import json

import msgspec
import pytest

from variorum.ingest import read
from variorum.settings import Settings

TEXT = "The harbour of Velmora stayed closed on Tuesday, the port captain said."


def arrivals(*lines, settings=None, sep=b"\n"):
    data = sep.join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(read(["-"], settings or Settings(), stdin=io.BytesIO(data)))


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"url": "https://post.example/1"}, "https://post.example/1"),
        ({"id": "p7"}, "-#p7"),
        ({"id": 7}, "-#7"),
        ({"id": "p7", "url": "https://post.example/1"}, "https://post.example/1"),
        ({"url": "javascript:alert(1)"}, "-#javascript:alert(1)"),
        ({}, "-#1"),
    ],
)
def test_jsonl_location(fields, location):
    """The location is the URL where there is one, else the file with the id or the line's number."""
    assert arrivals({**fields, "text": TEXT})[0].page.location == location


def test_jsonl_bytes_are_the_field_in_utf8():
    """The page's bytes are the UTF-8 of the field, as it stands, and `given` holds the header values, sorted."""
    (arrival,) = arrivals(
        {
            "id": 1,
            "html": "<p>Žilna \u2013 closed</p>",
            "title": "Žilna",
            "author": ["A B", "C D"],
            "modified": "2031-05-05",
        }
    )
    assert arrival.body == "<p>Žilna – closed</p>".encode()
    assert (arrival.page.form, arrival.page.charset) == ("html", "utf-8")
    assert arrival.page.given == '{"author":"A B, C D","modified":"2031-05-05","title":"Žilna"}'


def test_jsonl_other_names_by_setting():
    """Fields go by the user's own names."""
    settings = Settings(as_text=True, fields=(("text", "body"), ("id", "key"), ("published", "when")))
    (arrival,) = arrivals({"key": "k", "body": TEXT, "when": "2031-05-04"}, settings=settings)
    assert (arrival.page.location, arrival.page.form) == ("-#k", "text")
    assert msgspec.json.decode(arrival.page.given) == {"published": "2031-05-04"}


@pytest.mark.parametrize(
    ("told", "captured"),
    [
        ("2031-05-04T10:00:00Z", "2031-05-04T10:00:00Z"),
        ("2031-05-04 10:00+02:00", "2031-05-04T10:00:00+02:00"),
        ("2031-05-04T10:00:00", "2031-05-04T10:00:00"),
        ("20310504T100000Z", "2031-05-04T10:00:00Z"),
        (" 2031-05-04 ", "2031-05-04"),
        ("20310504", "2031-05-04"),
        (20310504, "2031-05-04"),
        (None, ""),
        ("", ""),
    ],
)
def test_jsonl_time_of_capture(told, captured):
    """`captured` is a date or time of ISO 8601, zone or none, in whichever of its forms; kept in one form, zone as told."""
    (arrival,) = arrivals({"url": "https://post.example/1", "text": TEXT, "captured": told})
    assert (arrival.page.captured, arrival.page.reason) == (captured, "")


@pytest.mark.parametrize(
    "told",
    [
        "yesterday",
        "2031-13-01",
        "2031-05",
        "20310504100000",
        1935650400,
        1712053112345,
        True,
        ["a", 1],
        {},
        "4\u202e",
    ],
)
def test_jsonl_time_of_capture_that_cannot_be_read(told):
    """What is no date or time is refused with a reason; the page is read all the same."""
    settings = Settings(fields=(("captured", "fetched"),))
    (arrival,) = arrivals({"url": "https://post.example/1", "text": TEXT, "fetched": told}, settings=settings)
    assert (arrival.page.status, arrival.page.captured) == ("read", "")
    assert arrival.page.reason.startswith("field `fetched` is no ISO 8601 date or time")
    assert arrival.page.reason.isprintable()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": 1, "text": "a', "bad JSON"),
        (b'{"id": 1, "text": "\xff\xfe"}', "bad JSON"),
        (b"[" * 5000, "bad JSON"),
        ({"id": 1, "headline": "x"}, "no field `text` or `html` (name yours with --field"),
        ({"id": 1, "text": ["x"]}, "no field"),
        ({"id": 1, "text": "  "}, "empty"),
        (["x"], "not a JSON object"),
    ],
)
def test_jsonl_bad_line_is_a_record_and_no_neighbour_is_lost(line, reason):
    """A line that cannot be used is rejected under its own location; those around it are read."""
    # What opens with other than an object is no JSON Lines, by content, if it comes first.
    for place in range(0 if isinstance(line, dict) or line[:1] == b"{" else 1, 3):
        lines = [{"id": f"n{n}", "text": TEXT} for n in range(2)]
        lines.insert(place, line)
        found = [a.page for a in arrivals(*lines)]
        assert [p.status for p in found].count("read") == 2
        assert found[place].status == "rejected"
        assert reason in found[place].reason


def test_jsonl_array_and_object_are_taken_too():
    """One JSON array, or one object written over several lines, holds pages of the same shape."""
    one = {"id": "a", "text": TEXT}
    for text in (json.dumps([one], indent=1), json.dumps(one, indent=1), json.dumps([one])):
        assert [a.page.location for a in arrivals(text.encode())] == ["-#a"]


def test_jsonl_blank_lines_carriage_returns_and_mark_are_harmless():
    """A byte order mark, Windows line ends and blank lines change nothing but line numbers."""
    found = arrivals(b'\xef\xbb\xbf{"text":"first"}', b"", b'{"text":"second"}', sep=b"\r\n")
    assert [(a.page.location, a.body) for a in found] == [("-#1", b"first"), ("-#3", b"second")]
