"""TIMEX3 values as people write them."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "AU": "autumn", "WI": "winter"}
_VALUE = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T(.+))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")


def spoken(value: str) -> str:
    """A TIMEX3 value in words; one that has no plain words stays as it is.

    >>> spoken("2031-05-06TEV"), spoken("XXXX-12-28"), spoken("2031-05"), spoken("2031-W19")
    ('6 May 2031, evening', '28 December, year not told', 'May 2031', 'week of 5 May 2031')
    """
    if "/" in value:
        return " to ".join(spoken(part) for part in value.split("/"))
    week = _WEEK.fullmatch(value)
    if week:
        return _week(int(week[1]), int(week[2]), weekend=bool(week[3]))
    if re.fullmatch(r"\d{4}-(SP|SU|FA|AU|WI)", value):
        return f"{_SEASONS[value[5:]]} {value[:4]}"
    found = _VALUE.fullmatch(value)
    if not found or found[2] in {"XX", "00"} or found[3] in {"XX", "00"} or int(found[2] or 1) > 12:
        return value
    year, month, day, clock = found.groups()
    if year == "XXXX" and not month:
        return value
    told = year if year != "XXXX" else ""
    words = " ".join(
        w for w in (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", told) if w
    )
    return words + ("" if told else ", year not told") + _clock(clock or "")


def _week(year: int, week: int, *, weekend: bool) -> str:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return f"{year}-W{week:02d}"
    first = monday + dt.timedelta(days=5) if weekend else monday
    return f"{'weekend' if weekend else 'week'} of {first.day} {_MONTHS[first.month - 1]} {first.year}"


def _clock(text: str) -> str:
    if not text:
        return ""
    return (
        f", {_PARTS[text]}"
        if text in _PARTS
        else f", {text.removesuffix('Z')}{' UTC' if text.endswith('Z') else ''}"
    )
