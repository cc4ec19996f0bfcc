"""TIMEX3 values and what they bound (ISO-TimeML; TIMEX2 2005 for parts of day and `X` digits).

Bounds are inclusive ISO 8601 strings, of days where the value tells a day or less, of minutes where it tells a time.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

# Meteorological seasons of the north. A winter belongs to two years and is named after either, so its bounds hold both.
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "AU": (9, 11)}

# Parts of the day, first and last minute; night runs on into the next day (docs/why/times.md).
_PARTS: dict[str, tuple[str, str, int]] = {
    "MO": ("05:00", "11:59", 0),
    "MI": ("11:00", "13:59", 0),
    "AF": ("12:00", "17:59", 0),
    "EV": ("17:00", "23:59", 0),
    "NI": ("18:00", "05:59", 1),
    "DT": ("05:00", "19:59", 0),
}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DATE = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(\d|WE))?")
_UNIT = re.compile(r"(\d{4})-(SP|SU|FA|AU|WI|Q[1-4]|H[12]|T[1-3])")
_TIME = re.compile(r"([01]\d|2[0-4])(?::([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?")
_LONG = re.compile(r"(\d{2,3})X*")


def bounds(value: str) -> tuple[str, str]:
    """First and last moment that a TIMEX3 value can mean.

    Args:
        value: A DATE or TIME value (`2022-07-31`, `2022-W31`, `2022-SU`, `199`, `2022-07-31TEV`,
            `2022-07-31T18:57Z`), or two with a slash between.

    Returns:
        Inclusive ISO 8601 earliest and latest; `("", "")` if the year is not told, the value is a duration, a
        set or a reference such as `PRESENT_REF`, or the date does not exist.
    """
    first, slash, last = value.partition("/")
    if slash:
        low, high = _one(first), _one(last)
        return (low[0], high[1]) if low[0] and high[1] and low[0][:10] <= high[1][:10] else ("", "")
    return _one(value)


def _one(value: str) -> tuple[str, str]:
    day, t, clock = value.partition("T")
    if t and clock and _DAY.fullmatch(day):
        return _clock_bounds(day, clock)
    return _date_bounds(value)


def _date_bounds(value: str) -> tuple[str, str]:
    try:
        if match := _DATE.fullmatch(value):
            return _calendar_bounds(*match.groups())
        if match := _WEEK.fullmatch(value):
            return _week_bounds(int(match[1]), int(match[2]), match[3])
        if match := _UNIT.fullmatch(value):
            return _unit_bounds(int(match[1]), match[2])
        if (match := _LONG.fullmatch(value)) and len(value) <= 4:
            low, high = match[1].ljust(4, "0"), match[1].ljust(4, "9")
            return f"{low}-01-01", f"{high}-12-31"
    except ValueError:
        return "", ""
    return "", ""


def _calendar_bounds(year: str, month: str | None, day: str | None) -> tuple[str, str]:
    if int(year) == 0:
        return "", ""
    if month in {None, "XX"}:
        return f"{year}-01-01", f"{year}-12-31"
    number = int(month or 0)
    if day in {None, "XX"}:
        return _months(int(year), number, number)
    exact = date(int(year), number, int(day or 0)).isoformat()
    return exact, exact


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return date(year, first, 1).isoformat(), date(year, last, calendar.monthrange(year, last)[1]).isoformat()


def _week_bounds(year: int, week: int, part: str | None) -> tuple[str, str]:
    monday = date.fromisocalendar(year, week, 1)
    if part == "WE":
        return (monday + timedelta(5)).isoformat(), (monday + timedelta(6)).isoformat()
    if part:
        exact = date.fromisocalendar(year, week, int(part)).isoformat()
        return exact, exact
    return monday.isoformat(), (monday + timedelta(6)).isoformat()


def _unit_bounds(year: int, unit: str) -> tuple[str, str]:
    if unit == "WI":
        return _months(year - 1, 12, 12)[0], _months(year + 1, 2, 2)[1]
    if unit in _SEASONS:
        return _months(year, *_SEASONS[unit])
    number, months = int(unit[1]), {"Q": 3, "T": 4, "H": 6}[unit[0]]
    return _months(year, (number - 1) * months + 1, number * months)


def _clock_bounds(day: str, clock: str) -> tuple[str, str]:
    if not is_day(day):
        return "", ""
    if clock in _PARTS:
        first, last, later = _PARTS[clock]
        end = add_days(day, later)
        return (f"{day}T{first}", f"{end}T{last}") if end else ("", "")
    match = _TIME.fullmatch(clock)
    if match is None or (match[1] == "24" and (match[2] or "00") != "00"):
        return "", ""
    zone = match[4] or ""
    if match[2] is None:
        return (f"{day}T{match[1]}:00{zone}", f"{day}T{match[1]}:59{zone}") if match[1] != "24" else ("", "")
    return f"{day}T{clock}", f"{day}T{clock}"


def is_day(value: str) -> bool:
    """Whether the value is one existing day of the calendar, `YYYY-MM-DD`."""
    return as_day(value) is not None


def as_day(value: str) -> date | None:
    """The day of a value that starts with a full date (`2022-07-31`, `2022-07-31TEV`); None if there is none."""
    match = _DAY.match(value)
    if match is None or value[10:11] not in {"", "T"}:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def add_days(value: str, days: int) -> str:
    """The day that lies `days` after a value's day; empty if it has none or the calendar ends."""
    day = as_day(value)
    try:
        return (day + timedelta(days)).isoformat() if day else ""
    except OverflowError:
        return ""


def add_months(value: str, months: int) -> str:
    """The month `YYYY-MM` that lies `months` after the month of a value; empty if its month is not told."""
    match = re.match(r"(\d{4})-(\d\d)(?!\d)", value)
    if match is None:
        return ""
    count = int(match[1]) * 12 + int(match[2]) - 1 + months
    year, month = divmod(count, 12)
    return f"{year:04d}-{month + 1:02d}" if 1 <= year <= 9999 else ""


def days_between(left: str, right: str) -> int | None:
    """Days from the day of one value to that of the other, negative if `right` is earlier.

    Args:
        left: A TIMEX3 value or bound; only its day counts.
        right: The other.

    Returns:
        None where either has no full date.
    """
    first, last = as_day(left), as_day(right)
    return (last - first).days if first and last else None


def weekday(value: str) -> int:
    """ISO weekday of a value's day, Monday 1 to Sunday 7; 0 if it has no full date."""
    day = as_day(value)
    return day.isoweekday() if day else 0


def with_year(value: str, year: int) -> str:
    """Complete a value whose year is not told.

    Args:
        value: `XXXX-12-28`, `XXXX-12`, `XXXX-WI`, with or without a time.
        year: 1 to 9999.

    Returns:
        The value with the year; empty if it tells a year already or such a day does not exist then.
    """
    if not value.startswith("XXXX-") or not 1 <= year <= 9999 or value.startswith(("XXXX-WXX", "XXXX-XX")):
        return ""
    full = f"{year:04d}{value[4:]}"
    return full if bounds(full)[0] else ""


def years_with_weekday(value: str, day_of_week: int, first: int, last: int) -> list[int]:
    """Years in which a value without a year falls on a weekday.

    Args:
        value: `XXXX-MM-DD`.
        day_of_week: ISO number, Monday 1.
        first: First year to try.
        last: Last year to try.

    Returns:
        The years, ascending.
    """
    return [y for y in range(first, last + 1) if weekday(with_year(value, y)) == day_of_week]


def narrow(earliest: str, latest: str, mod: str) -> tuple[str, str]:
    """Bounds of the START, MID or END of a stretch of days: its first, middle or last third, rounded outwards.

    Args:
        earliest: First day.
        latest: Last day, inclusive.
        mod: TIMEX3 mod; others than the three change nothing.
    """
    first, last = as_day(earliest), as_day(latest)
    if mod not in {"START", "MID", "END"} or first is None or last is None or "T" in earliest + latest:
        return earliest, latest
    days = (last - first).days + 1
    low, high = {"START": (0, 1), "MID": (1, 2), "END": (2, 3)}[mod]
    start = first + timedelta(days * low // 3)
    end = first + timedelta(-(-days * high // 3) - 1)
    return start.isoformat(), end.isoformat()
