"""When a page was published: the day as its readers are told it, and the instant in UTC by which pages are put in order.

A stamp in UTC and a day printed on the page often name two days for one instant: the printed one is the page's date, the stamp
its place in the order of pages.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from variorum.text.calendar import FoundDate, find_dates, is_day
from variorum.text.calendar.clock import ZONE, zone_offset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from variorum.clean.cleaned import Evidence

DATED = frozenset({"published", "modified"})
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)")
_CLOCKED = re.compile(
    rf"\d(?::\d\d){{1,2}}(?:[.,]\d+)?\s?(?:[ap]\.?m\.?\s?)?\(?({ZONE})|\d\s?[ap]\.?m\.?\s\(?({ZONE})|T\d{{4,6}}({ZONE})",
    re.IGNORECASE,
)
_EITHER = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
# No zone is further from UTC than this.
_FURTHEST = timedelta(hours=14)
# Zones are told in steps of so many minutes.
_STEP = 15

_DIGIT = re.compile(r"\d")
# Editors' habits beside those of prose: no space behind the full stop (`8.Dezember 2031`); two digits of a year behind day and
# month (`02.04.31`; with strokes only where the day is told from the month, `26/10/31`).
_NO_SPACE = re.compile(r"(?<=\d)\.(?=[^\W\d_]{3})")
_SHORT_YEAR = re.compile(
    r"(?<![\d./])(?:(3[01]|[12]\d|0?[1-9])\.(1[0-2]|0?[1-9])|(3[01]|2\d|1[3-9])/(1[0-2]|0?[1-9])|(1[0-2]|0?[1-9])/(3[01]|2\d|1[3-9]))"
    r"[./](\d\d)(?![\d./])"
)
# Before such numbers they are none of a day.
_NO_DAY = re.compile(
    r"\b(?:v|vers?|version|tel|t[eé]l[eé]fono?|phone|fon|fax|nr|no)\b[.:]?\s*$", re.IGNORECASE
)
# Two digits from here on are a year of the last century, as POSIX reads them (`strptime`, %y).
_LAST_CENTURY = 69
_LABEL = 20
# The lines of a page are looked at by several readers one after the other.
_LINES = 1024


@lru_cache(maxsize=_LINES)
def dates_in(text: str) -> tuple[FoundDate, ...]:
    """Dates of a line of a page, as in `find_dates`; nothing of a line without digits."""
    return tuple(find_dates(text)) if _DIGIT.search(text) else ()


@lru_cache(maxsize=_LINES)
def days_in(text: str) -> tuple[FoundDate, ...]:
    """Full days of a line of a page, also as lines beside an article alone write them.

    >>> [d.value for d in days_in("8.Dezember 2031 um 09:43")]
    ['2031-12-08T09:43']
    """
    found = tuple(d for d in dates_in(text) if is_day(d.value[:10]))
    if found or not _DIGIT.search(text):
        return found
    spaced = _NO_SPACE.sub(" ", text)
    if spaced != text:
        found = tuple(d for d in find_dates(spaced) if is_day(d.value[:10]))
    match = None if found else _SHORT_YEAR.search(text)
    if match and not _NO_DAY.search(text, max(0, match.start() - _LABEL), match.start()):
        day, month = match[1] or match[3] or match[6], match[2] or match[4] or match[5]
        century = 19 if int(match[7]) >= _LAST_CENTURY else 20
        value = f"{century}{match[7]}-{int(month):02}-{int(day):02}"
        return (FoundDate(match.start(), match.end(), value),) if is_day(value) else ()
    return found


def as_told(value: str, text: str) -> str:
    """A time in the zone in which it is told.

    Args:
        value: A TIMEX3 value; only times in UTC change.
        text: The words it was read from.

    Returns:
        The local time with its offset where the words have a zone other than UTC, else the value.

    >>> as_told("2031-05-07T03:30Z", "2031-05-06T23:30:00-04:00")
    '2031-05-06T23:30-04:00'
    """
    match = _CLOCKED.search(text) if value.endswith("Z") and _INSTANT.fullmatch(value) else None
    offset = zone_offset(match[1] or match[2] or match[3]) if match else None
    return _in_zone(value, offset) if offset else value


def _in_zone(value: str, minutes: int) -> str:
    try:
        moment = datetime.fromisoformat(value).astimezone(timezone(timedelta(minutes=minutes)))
    except (ValueError, OverflowError):
        return value
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def in_utc(value: str) -> str:
    """A time with an offset in UTC with `Z`; any other value as it is."""
    if value.endswith("Z") or not _INSTANT.fullmatch(value):
        return value
    moment = _moment(value)
    if moment is None:
        return value
    plain = moment.replace(tzinfo=None)
    return plain.isoformat(timespec="seconds" if plain.second else "minutes") + "Z"


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value).astimezone(UTC) if _INSTANT.fullmatch(value) else None
    except (ValueError, OverflowError):
        return None


def is_instant(value: str) -> bool:
    """Whether a value tells a day, a time and its zone."""
    return bool(_INSTANT.fullmatch(value))


def told(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence with its times as they are told, and days in doubt settled by a stamp.

    `3/5/2031` is a day in March or in May; where a stamp or another day of the same page is of one of them, give or take the
    zone, it is that day.
    """
    made = [
        msgspec.structs.replace(e, value=as_told(e.value, e.text)) if e.field in DATED else e
        for e in evidence
    ]
    stamped = {d for e in made if e.field in DATED for d in _days_of(e.value) or (e.value[:10],)}
    return [_settled(e, stamped) if e.field in DATED and e.value.endswith("-XX-XX") else e for e in made]


def _settled(e: Evidence, stamped: AbstractSet[str]) -> Evidence:
    match = _EITHER.search(e.text)
    if match is None:
        return e
    first, second, year = (int(x) for x in match.groups())
    days = set()
    for month, day in ((first, second), (second, first)):
        try:
            days.add(date(year, month, day).isoformat())
        except ValueError:
            continue
    fitting = days & stamped
    if len(fitting) != 1:
        return e
    return msgspec.structs.replace(
        e, value=fitting.pop(), reason=f"{e.reason}; day and month told apart by a stamp".removeprefix("; ")
    )


def may_be(day: str, stamp: str) -> bool:
    """Whether an instant falls on a day in some zone; if the stamp tells its zone, in that zone."""
    return day[:10] in _days_of(stamp)


def _days_of(stamp: str) -> set[str]:
    """The days on which an instant falls, in any zone or in the one that it tells; none for what is no instant."""
    moment = _moment(stamp)
    if moment is None:
        return set()
    if not stamp.endswith("Z"):
        return {stamp[:10]}
    return {(moment + shift).date().isoformat() for shift in (-_FURTHEST, timedelta(0), _FURTHEST)}


def with_zone(local: str, stamp: str) -> str:
    """A local time with the offset that makes it a stamp's instant, to the minute; the local time where none does.

    >>> with_zone("2031-02-24T21:25", "2031-02-25T02:25:54Z")
    '2031-02-24T21:25-05:00'
    """
    moment = _moment(stamp)
    if moment is None or "T" not in local or len(local) not in {16, 19}:
        return local
    try:
        gap = datetime.fromisoformat(local[:16]) - moment.replace(tzinfo=None, second=0)
    except ValueError:
        return local
    minutes = round(gap / timedelta(minutes=1))
    if abs(gap) > _FURTHEST or minutes % _STEP:
        return local
    sign = "-" if minutes < 0 else "+"
    return f"{local}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else f"{local}Z"
