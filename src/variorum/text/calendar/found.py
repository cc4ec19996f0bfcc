"""Absolute calendar dates as headers and prose write them, in many habits and languages."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from variorum.text.calendar import months
from variorum.text.calendar.clock import CLOCK, join, read_clock


class FoundDate(msgspec.Struct, frozen=True, order=True):
    """A date in a text: half-open code points and its TIMEX3 value (X where digits are not told for certain)."""

    start: int
    end: int
    value: str


_LETTER = r"[^\W\d_]"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?!\d)"
_NAME = rf"(?P<month>{_LETTER}{{3,14}})"
_FREE = r"(?<![\w.,:/\-])"

_NUMERIC = re.compile(
    r"(?<![\w.,:/\-])(?:"
    r"(?P<y1>1[5-9]\d\d|20\d\d)(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?![\d/-])"
    r"|(?P<d2>\d{1,2})(?P<s2>\s?[-/.]\s?)(?P<m2>\d{1,2})(?P=s2)(?P<y2>1[5-9]\d\d|20\d\d)(?![\d/-]|\.\d)"
    r"|(?P<y3>1[5-9]\d\d|20\d\d)年(?P<m3>\d{1,2})月(?P<d3>\d{1,2})日)"
)
_DAY_FIRST = re.compile(
    rf"{_FREE}{_DAY}(?:st|nd|rd|th|er|º|°|ª|η|-?го|\.)?(?:\s+|-)(?:(?:of|de)\s+|d['’]\s*)?"
    rf"{_NAME}\b\.?(?:(?:,?\s+(?:(?:of|de|del)\s+)?|-){_YEAR})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_NAME}\b\.?\s+(?:the\s+)?{_DAY}(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)(?:,?\s+{_YEAR})?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"{_FREE}{_YEAR}\.?\s+{_NAME}\b\.?\s+{_DAY}(?!\d)\.?", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"(?<!\w){_NAME}\b\.?,?\s+(?:(?:of|de|del)\s+)?{_YEAR}", re.IGNORECASE)

# White space is passed at once: eight thousand blanks behind a date took five seconds.
_TIME_AFTER = re.compile(
    rf"(?:T|,?\s*+(?:[|–—•·-]\s*+)?(?:at|um|à|a las|alle|in|kl\.?|o|в|u)?\s*+){CLOCK}", re.IGNORECASE
)
_TIME_BEFORE = re.compile(rf"(?<![\w.:,]){CLOCK},?\s*(?:[|–—•·-]\s*)?(?:(?:on|am)\s+)?$", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(rf"({_LETTER}[\w'’-]{{2,14}})\.?,?\s+(?:the\s+|den\s+|le\s+)?$")
# A clock and its zone in front of a date take no more than this many code points.
_BACK = 40

# English names and short forms that are words too: without a capital they are months only with a year.
_WORDS = {
    "may",
    "march",
    "mar",
    "mars",
    "jan",
    "dec",
    "set",
    "sep",
    "august",
    "out",
    "pro",
    "des",
    "gen",
    "led",
    "ago",
}


def find_dates(text: str) -> list[FoundDate]:
    """Find absolute calendar dates, with the time of day where it stands beside them.

    Args:
        text: Any text.

    Returns:
        Non-overlapping finds in text order. Day and month in doubt (`03/04/2022`) give `2022-XX-XX`, a missing year
        `XXXX-12-28`. Dates that do not exist are not found. Times carry `Z` (turned into UTC) where a zone is told.
    """
    found: list[FoundDate] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            value = read(match)
            if value:
                found.append(_extend(text, FoundDate(match.start(), _trim(match), value)))
    return _apart(found)


def month_number(name: str, *, with_year: bool) -> int | None:
    """Number of the month a word names in a date; 0 where languages disagree, None if it names none.

    Args:
        name: The word as written, without full stop.
        with_year: Whether a year stands beside it; without one, short forms of other languages than English and
            lower-case words such as `may` are not taken.
    """
    low = name.lower()
    if not with_year and low in _WORDS and not name[0].isupper():
        return None
    if low in months.month_names():
        return months.month_names()[low]
    if low in months.english_short():
        return months.english_short()[low] if with_year or name[0].isupper() else None
    return months.other_short().get(low) if with_year else None


def _trim(match: re.Match[str]) -> int:
    """End of a match without a full stop that closes the sentence rather than the date."""
    text = match.group()
    return match.end() - 1 if text.endswith(".") and not text[-2:-1].isalpha() else match.end()


def _numeric(match: re.Match[str]) -> str:
    year = match["y1"] or match["y2"] or match["y3"]
    if match["y2"]:
        return _day_month(year, int(match["d2"]), int(match["m2"]), dotted="." in match["s2"])
    return _checked(year, int(match["m1"] or match["m3"]), int(match["d1"] or match["d3"]))


def _day_month(year: str, first: int, second: int, *, dotted: bool) -> str:
    """Order of two numbers before a year: certain if one exceeds 12, both are equal, or dots part them (day first)."""
    if second > 12:
        return _checked(year, first, second)
    if dotted or first > 12 or first == second:
        return _checked(year, second, first)
    return f"{year}-XX-XX" if first and second else ""


def _checked(year: str, month: int, day: int) -> str:
    try:
        date(int(year) if year.isdigit() else 2000, month, day)
    except ValueError:
        return ""
    return f"{year}-{month:02d}-{day:02d}"


def _named(match: re.Match[str]) -> str:
    groups = match.groupdict()
    year = groups.get("year")
    month = month_number(groups["month"], with_year=bool(year))
    if month is None:
        return ""
    day = int(groups.get("day") or 0)
    if month == months.UNKNOWN_MONTH:
        return f"{year or 'XXXX'}-XX-{day:02d}" if day else f"{year}-XX"
    return _checked(year or "XXXX", month, day) if day else f"{year}-{month:02d}"


_GOES_ON = re.compile(r"[.:/]?\d")


def _extend(text: str, found: FoundDate) -> FoundDate:
    """Take in the weekday before a date and the clock time beside it."""
    start, end, value = found.start, found.end, found.value
    if (after := _TIME_AFTER.match(text, end)) and value[-2:].isdigit() and len(value) == 10:
        clock = read_clock(after)
        # `19.11.2021 19.11.2021` are two dates: what goes on in digits is no clock.
        if clock and not _GOES_ON.match(text, after.end()):
            end, value = after.end(), join(value, clock)
    head = text[max(0, start - _BACK) : start]
    weekday = _WEEKDAY_BEFORE.search(head)
    if weekday and weekday[1].lower() in months.weekday_names():
        start -= len(head) - weekday.start()
    head = text[max(0, start - _BACK) : start]
    before = _TIME_BEFORE.search(head)
    if before and "T" not in value and len(value) == 10 and "XX-XX" not in value[4:]:
        clock = read_clock(before)
        if clock:
            start, value = start - (len(head) - before.start()), join(value, clock)
    return FoundDate(start, end, value)


def _apart(found: list[FoundDate]) -> list[FoundDate]:
    """Drop finds that overlap a longer one, or an equally long earlier one."""
    kept: list[FoundDate] = []
    for item in sorted(found, key=lambda f: (f.start - f.end, f.start, f.value)):
        if all(item.end <= k.start or item.start >= k.end for k in kept):
            kept.append(item)
    return sorted(kept)


_READERS = (
    (_NUMERIC, _numeric),
    (_YEAR_FIRST, _named),
    (_DAY_FIRST, _named),
    (_MONTH_FIRST, _named),
    (_MONTH_YEAR, _named),
)
