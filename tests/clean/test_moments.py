"""The day a page tells and the instant that puts it in order."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.cleaned import Evidence
from variorum.clean.header import JSON_LD, TEXT, choose
from variorum.clean.moments import as_told, in_utc, may_be, with_zone

TOLD = {
    "2031-05-06T23:30:00-04:00": "2031-05-06T23:30-04:00",
    "2031-05-06T23:30:12.345-0400": "2031-05-06T23:30:12-04:00",
    "Tue, 06 May 2031 23:30:00 -0400": "2031-05-06T23:30-04:00",
    "6 May 2031, 11:30 pm EDT": "2031-05-06T23:30-04:00",
    "Tue May 06 23:30:00 EDT 2031": "2031-05-06T23:30-04:00",
    "2031-05-07T03:30:00Z": "2031-05-07T03:30Z",
    "2031-05-07T03:30:00+00:00": "2031-05-07T03:30Z",
    "6 May 2031": "2031-05-06",
}


def published(*found: tuple[str, str, int, str]):
    made = [Evidence(field="published", value=v, text=t, weight=w, found_in=f) for v, t, w, f in found]
    return choose("d", made)[0]


@pytest.mark.parametrize("text", TOLD)
def test_a_time_is_told_in_its_own_zone(text):
    """The value is local time with its offset, the bounds are in UTC."""
    from variorum.clean.header import given_evidence

    values = choose("d", given_evidence({"published": text}))[0]
    assert values.published_value == TOLD[text]
    assert values.published_earliest == values.published_latest == in_utc(TOLD[text])


@given(st.datetimes(), st.integers(-14 * 4, 14 * 4))
def test_as_told_is_the_same_instant(moment, quarters):
    """Whatever zone is told, the value told goes back to the same instant; a text without a zone changes nothing."""
    value = f"{moment.year:04d}-{moment:%m-%dT%H:%M}Z"
    sign = "-" if quarters < 0 else "+"
    zone = f"{sign}{abs(quarters) // 4:02}:{abs(quarters) % 4 * 15:02}"
    assert in_utc(as_told(value, f"10:00{zone}")) == value
    assert as_told(value, "10:00") == value


def test_the_printed_day_is_the_date_of_a_stamp_in_utc():
    """A day printed on the page is the value, the stamp its place in the order of pages."""
    found = published(
        ("2031-05-07T03:30Z", "2031-05-07T03:30:00Z", JSON_LD, "json-ld"),
        ("2031-05-06", "6 May 2031", TEXT, "text"),
    )
    assert found.published_value == "2031-05-06"
    assert found.published_earliest == found.published_latest == "2031-05-07T03:30Z"


def test_a_printed_time_tells_its_zone_by_the_stamp():
    """A local time and a stamp that differ by a zone are one instant, told in that zone."""
    found = published(
        ("2031-05-07T03:30:12Z", "", JSON_LD, "json-ld"),
        ("2031-05-06T23:30", "6 May 2031 | 11:30pm", TEXT, "text"),
    )
    assert found.published_value == "2031-05-06T23:30-04:00"
    assert found.published_earliest == "2031-05-07T03:30Z"


def test_a_day_that_no_zone_makes_of_a_stamp_is_another():
    """A printed day more than a zone away changes nothing, nor one beside a stamp that tells its zone."""
    stamp = ("2031-05-07T03:30Z", "", JSON_LD, "json-ld")
    assert published(stamp, ("2031-05-02", "2 May 2031", TEXT, "text")).published_value == stamp[0]
    zoned = ("2031-05-07T03:30Z", "2031-05-07T05:30:00+02:00", JSON_LD, "json-ld")
    assert (
        published(zoned, ("2031-05-06", "6 May 2031", TEXT, "text")).published_value
        == "2031-05-07T05:30+02:00"
    )


def test_day_and_month_are_told_apart_by_a_stamp():
    """`3/5/2031` is the day of May or of March on which a stamp of the page falls; without one it stays open."""
    doubt = ("2031-XX-XX", "3/5/2031", TEXT, "text")
    assert published(("2031-05-04T02:41Z", "", JSON_LD, "json-ld"), doubt).published_value == "2031-05-03"
    assert published(doubt).published_value == "2031-XX-XX"


digits = st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", fullmatch=True)


@given(st.text(max_size=30), digits | st.datetimes().map(lambda m: f"{m.year:04d}-{m:%m-%dT%H:%M}Z"))
def test_odd_texts_are_no_times(one, other):
    """What is no local time gets no zone, no day is that of no instant, and a time that no calendar has is told as it is."""
    assert with_zone(one, other) == one
    assert not may_be(other[:10], one)
    assert as_told(f"2031-99-99T{one}Z", "10:00+02:00") == f"2031-99-99T{one}Z"


@given(digits)
def test_a_stamp_of_any_digits_is_no_error(stamp):
    """A stamp falls on its own day if the calendar has it, and on none otherwise; local noon of that day gets a zone only then."""
    try:
        real = bool(datetime.fromisoformat(stamp))
    except ValueError:
        real = False
    assert may_be(stamp[:10], stamp) == real
    assert (with_zone(stamp[:-1], stamp) == stamp) == real
    assert in_utc(as_told(stamp, "10:00+02:00")) == stamp


@given(st.datetimes().filter(lambda m: 1 < m.year < 9999), st.integers(-14 * 4, 14 * 4))
def test_with_zone_is_the_same_instant(moment, quarters):
    """A local time that a zone parts from a stamp is told with that zone, and is the stamp's instant."""
    stamp, local = (
        f"{m.year:04d}-{m:%m-%dT%H:%M}" for m in (moment, moment + quarters * timedelta(minutes=15))
    )
    assert in_utc(with_zone(local, f"{stamp}Z")) == f"{stamp}Z"
    assert may_be(local, f"{stamp}Z")
