"""The calendar: bounds of values, dates found in text, time stamps, arithmetic."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.text.calendar import (
    add_days,
    add_months,
    bounds,
    days_between,
    find_dates,
    is_day,
    narrow,
    parse_stamp,
    weekday,
    with_year,
    years_with_weekday,
)

DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2099, 12, 31))
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
ENGLISH = "January February March April May June July August September October November December".split()

BOUNDS = [
    ("2022", "2022-01-01", "2022-12-31"),
    ("2022-07", "2022-07-01", "2022-07-31"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2022-07-31", "2022-07-31", "2022-07-31"),
    ("2022-12-XX", "2022-12-01", "2022-12-31"),
    ("2022-XX-28", "2022-01-01", "2022-12-31"),
    ("2022-W31", "2022-08-01", "2022-08-07"),
    ("2022-W30-WE", "2022-07-30", "2022-07-31"),
    ("2020-W53-7", "2021-01-03", "2021-01-03"),
    ("2022-Q3", "2022-07-01", "2022-09-30"),
    ("2022-H2", "2022-07-01", "2022-12-31"),
    ("2022-SU", "2022-06-01", "2022-08-31"),
    ("2022-WI", "2021-12-01", "2023-02-28"),
    ("199", "1990-01-01", "1999-12-31"),
    ("19", "1900-01-01", "1999-12-31"),
    ("2022-07-31TEV", "2022-07-31T17:00", "2022-07-31T23:59"),
    ("2022-12-31TNI", "2022-12-31T18:00", "2023-01-01T05:59"),
    ("2022-07-31T18:57Z", "2022-07-31T18:57Z", "2022-07-31T18:57Z"),
    ("2022-07-31T18", "2022-07-31T18:00", "2022-07-31T18:59"),
    ("1998/1999", "1998-01-01", "1999-12-31"),
    ("2022-12-10/2022-12-12", "2022-12-10", "2022-12-12"),
    *(
        (value, "", "")
        for value in (
            "", "XXXX", "XXXX-12-28", "XXXX-WXX-1", "P1D", "PRESENT_REF", "2023-02-30", "2022-13", "0000", "BC0480",
            "2022-07-31T25:00", "2021-W53", "1999/1998", "2022-07-31TXX", "now", "2022-Q5", "1", "20220731",
        )
    ),
]  # fmt: skip

FOUND = [
    ("31.07.2022", "2022-07-31"),
    ("31. 7. 2022", "2022-07-31"),
    ("31-07-2022", "2022-07-31"),
    ("2022-07-31", "2022-07-31"),
    ("2022/07/31", "2022-07-31"),
    ("2022年7月31日", "2022-07-31"),
    ("03/04/2022", "2022-XX-XX"),
    ("04/04/2022", "2022-04-04"),
    ("13/04/2022", "2022-04-13"),
    ("04/13/2022", "2022-04-13"),
    ("1 August 2022", "2022-08-01"),
    ("1st of August, 2022", "2022-08-01"),
    ("August 1, 2022", "2022-08-01"),
    ("AUGUST 1, 2022", "2022-08-01"),
    ("Aug. 1 2022", "2022-08-01"),
    ("28-Dec-2022", "2022-12-28"),
    ("Dec. 28", "XXXX-12-28"),
    ("Wednesday, December 28", "XXXX-12-28"),
    ("August 2022", "2022-08"),
    ("18:57 GMT 31.07.2022", "2022-07-31T18:57Z"),
    ("18:57, 31 July 2022", "2022-07-31T18:57"),
    ("31 July 2022 - 23:57 EDT", "2022-08-01T03:57Z"),
    ("31 July 2022 18:57 (GMT+2)", "2022-07-31T16:57Z"),
    ("31 July 2022 18:57 IST", "2022-07-31T18:57"),
    ("August 1, 2022, 6:57 PM", "2022-08-01T18:57"),
    ("August 1, 2022 at 12:05 a.m.", "2022-08-01T00:05"),
    ("Sun, 31 Jul 2022 18:00:00 +0200", "2022-07-31T16:00Z"),
    ("2022-07-31T18:57:10+02:00", "2022-07-31T16:57:10Z"),
    ("1er août 2022 à 18h30", "2022-08-01T18:30"),
    ("1. August 2022 um 18:57 Uhr", "2022-08-01T18:57"),
    ("1 de agosto de 2022", "2022-08-01"),
    ("1º de agosto de 2022", "2022-08-01"),
    ("1 agosto 2022", "2022-08-01"),
    ("1 augustus 2022", "2022-08-01"),
    ("1 sierpnia 2022", "2022-08-01"),
    ("1. srpna 2022", "2022-08-01"),
    ("1. kolovoza 2022", "2022-08-01"),
    ("1. avgust 2022", "2022-08-01"),
    ("1. август 2022", "2022-08-01"),
    ("1 августа 2022", "2022-08-01"),
    ("1 серпня 2022", "2022-08-01"),
    ("1 Ağustos 2022", "2022-08-01"),
    ("1 gusht 2022", "2022-08-01"),
    ("2022. augusztus 1", "2022-08-01"),
    ("1 Αυγούστου 2022", "2022-08-01"),
    ("1. elokuuta 2022", "2022-08-01"),
    ("5 listopada 2022", "2022-XX-05"),
]

NOT_FOUND = (
    "31.02.2022", "31/31/2022", "he may 5 times", "version 1.2.2022.5", "10.1.2.3", "1 of 2022", "room 12 2022", "tel. 555-0199",
    "second 5", "April fools", "1:2022", "2022", "12:30",
)  # fmt: skip

STAMPS = [
    ("2022-07-31T18:00:00Z", "2022-07-31T18:00Z"),
    ("2022-07-31T18:00:00+02:00", "2022-07-31T16:00Z"),
    ("2022-07-31T18:00:07.123456+0200", "2022-07-31T16:00:07Z"),
    ("2022-07-31T01:00+02", "2022-07-30T23:00Z"),
    ("2022-07-31 18:00", "2022-07-31T18:00"),
    ("20220731T180000Z", "2022-07-31T18:00Z"),
    ("2022-07-31", "2022-07-31"),
    ("2022-07", "2022-07"),
    ("2022", "2022"),
    ("Sun, 31 Jul 2022 18:00:00 +0200", "2022-07-31T16:00Z"),
    ("31 Jul 2022 18:00:00 GMT", "2022-07-31T18:00Z"),
    *((text, "") for text in ("", "1659290400", "20220731", "2023-02-30", "2022-07-31T25:00Z", "2022-13", "yesterday", "0000",
                              "2022-07-31T18:00:00+99:00x", "31 Foo 2022 18:00:00 GMT")),
]  # fmt: skip


@pytest.mark.parametrize(("value", "earliest", "latest"), BOUNDS)
def test_calendar_bounds(value, earliest, latest):
    """A value bounds what it can mean, inclusively; what tells no year, or does not exist, bounds nothing."""
    assert bounds(value) == (earliest, latest)


@given(st.text(alphabet="0123456789-TXWPQHSUZ:/+MOEVNI", max_size=22) | st.text(max_size=12))
def test_calendar_bounds_order(value):
    """No string breaks bounds, and the earliest never follows the latest."""
    earliest, latest = bounds(value)
    assert bool(earliest) == bool(latest)
    assert earliest[:10] <= latest[:10]


@pytest.mark.parametrize(("text", "value"), FOUND)
def test_calendar_find_dates(text, value):
    """A date in one of the habits of Europe's larger languages is found whole, alone and within a sentence."""
    for head, tail in (("", ""), ("(", ")"), ("He said: ", ", he said."), ("\n", "\n")):
        whole = head + text + tail
        assert [(whole[f.start : f.end], f.value) for f in find_dates(whole)] == [(text, value)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_calendar_find_no_dates(text):
    """What is no date, or a date that does not exist, is not found."""
    assert find_dates(text) == []


@given(DAYS)
def test_calendar_written_dates(day):
    """However a day is written, the same day is read."""
    month = ENGLISH[day.month - 1]
    for text in (
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
    ):
        assert [f.value for f in find_dates(text)] == [day.isoformat()]


@given(st.text(max_size=60) | st.text(alphabet="0123456789.-/: JulyADec,T+", max_size=40))
@settings(max_examples=300)
def test_calendar_find_any_text(text):
    """No text breaks the search; finds lie in the text, in order, apart, and bound something or miss only the year."""
    end = 0
    for found in find_dates(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert bounds(found.value)[0] or found.value.startswith("XXXX-")


@pytest.mark.parametrize(("text", "value"), STAMPS)
def test_calendar_parse_stamp(text, value):
    """A machine's time stamp is read in UTC where the zone is told, as local time where not; else nothing."""
    assert parse_stamp(text) == value


@given(st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2199, 12, 30)), ZONES)  # noqa: DTZ001
def test_calendar_stamp_moment(moment, zone):
    """ISO 8601 and RFC 2822 of one moment, in any zone, give one value: that moment in UTC."""
    stamp = moment.replace(microsecond=0, tzinfo=zone)
    wanted = stamp.astimezone(UTC).replace(tzinfo=None)
    spelled = wanted.isoformat(timespec="seconds" if wanted.second else "minutes") + "Z"
    assert parse_stamp(stamp.isoformat()) == spelled
    assert parse_stamp(format_datetime(stamp)) == spelled


@given(DAYS, st.integers(-5000, 5000))
def test_calendar_days(day, count):
    """Adding days and counting them are inverse; a weekday returns after seven days."""
    value = day.isoformat()
    assert days_between(value, add_days(value, count)) == count
    assert weekday(value) == weekday(add_days(value, 7)) == day.isoweekday()


@given(DAYS, st.integers(-500, 500))
def test_calendar_months(day, count):
    """Adding months and taking them away again gives the month one started from."""
    moved = add_months(day.isoformat(), count)
    assert add_months(moved, -count) == day.isoformat()[:7]


@given(DAYS)
def test_calendar_years_with_weekday(day):
    """A date and its weekday give back its year, and only years in which they agree."""
    years = years_with_weekday(f"XXXX-{day:%m-%d}", day.isoweekday(), day.year - 6, day.year + 6)
    assert day.year in years
    assert all(weekday(with_year(f"XXXX-{day:%m-%d}", y)) == day.isoweekday() for y in years)


def test_calendar_with_year():
    """A year completes only what lacks one, and only where the day exists."""
    assert with_year("XXXX-12-28", 2022) == "2022-12-28"
    assert with_year("XXXX-12-28TEV", 2022) == "2022-12-28TEV"
    assert with_year("XXXX-11", 2022) == "2022-11"
    assert [with_year(v, 2022) for v in ("XXXX-02-29", "2022-12-28", "XXXX-WXX-1", "XXXX-XX-XX", "PXD")] == [
        ""
    ] * 5


@given(DAYS, st.integers(0, 400))
def test_calendar_narrow(day, length):
    """Start, middle and end of a stretch lie in it, begin and end with it, and leave no day out."""
    first, last = day.isoformat(), add_days(day.isoformat(), length)
    start, mid, end = (narrow(first, last, mod) for mod in ("START", "MID", "END"))
    assert start[0] == first
    assert end[1] == last
    assert start[0] <= mid[0] <= mid[1] <= end[1]
    assert (days_between(start[1], mid[0]) or 0) <= 1
    assert (days_between(mid[1], end[0]) or 0) <= 1
    assert narrow(first, last, "APPROX") == (first, last)


@pytest.mark.parametrize("value", ["2022-02-30", "2022-2-3", "XXXX-12-28", "2022-12", "2022-12-28x", ""])
def test_calendar_is_day(value):
    """Only a full date that exists is a day."""
    assert not is_day(value)
    assert add_days(value, 1) == ""
    assert days_between(value, "2022-01-01") is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("19.11.2031 19.11.2031", ["2031-11-19", "2031-11-19"]),
        ("19.11.2031, 20.11.2031", ["2031-11-19", "2031-11-20"]),
        ("19.11.2031 18.45. Then", ["2031-11-19T18:45"]),
        ("19.11.2031 18:45:10", ["2031-11-19T18:45:10"]),
    ],
)
def test_calendar_two_dates_are_no_clock(text, values):
    """A date behind a date is a date, not its hour and minute."""
    assert [found.value for found in find_dates(text)] == values
