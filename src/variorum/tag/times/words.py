"""Words of the time grammar: names, units, numbers, and the classes by which sentences are sifted."""

from __future__ import annotations

import math
import re
from functools import cache

from variorum.tag.numbers import CARDINAL, SCALES, SMALL, parse_number
from variorum.text.calendar.months import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, english_short

_FULL = [m.capitalize() for m in ENGLISH_MONTHS]
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
MONTH_NAME = (
    "(?:" + "|".join(_FULL) + "|" + "|".join(m.upper() for m in _FULL if m != "May") + rf"|(?:{_SHORT})\b\.?)"
)
WEEKDAY_NAME = "(?:" + "|".join(d.capitalize() for d in ENGLISH_WEEKDAYS) + ")"
WEEKDAY_SHORT = rf"(?:{WEEKDAY_NAME}|(?:Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\b\.?)"
YEAR = r"(?P<year>1\d{3}|20\d\d)(?![\d%]|[.,:/]\d|-\d\d-|(?:st|nd|rd|th)\b)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,/]\d)\b"

UNITS = {
    "second": "S", "minute": "N", "hour": "H", "day": "D", "night": "D", "weekend": "WE", "week": "W", "fortnight": "F",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "centurie": "CE", "generation": "G",
}  # fmt: skip
UNIT = r"(?P<unit>second|minute|hour|day|night|week|fortnight|month|year|decade|century|centurie)s?\b"
LONG_UNIT = r"(?P<unit>day|week|month|year|decade|century|weekend|quarter)"
PART_NAMES = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI", "lunchtime": "MI",
    "nightfall": "EV", "dusk": "EV", "dawn": "MO", "daybreak": "MO",
}  # fmt: skip
PART = r"(?P<part>morning|afternoon|evening|night|midday|lunchtime)"
SEASON_NAMES = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
VAGUE = r"(?:(?:a |the )?(?:few|several|couple of|number of|handful of)|several|many|some|a couple|dozens of|scores of|hundreds of)"
COUNT = rf"(?P<count>{CARDINAL}|{VAGUE}|\b(?:a|an|one)|half (?:a|an)|\ba half)"

DIRECTION = {
    "last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1,
    "following": 1, "this coming": 1, "this past": -1, "this same": 0,
}  # fmt: skip


def month_number(name: str) -> int:
    """Number of an English month as matched by `MONTH_NAME`."""
    low = name.rstrip(".").lower()
    return english_short().get(low[:3], 0)


def weekday_number(name: str) -> int:
    """ISO number of a weekday from its first three letters."""
    return [d[:3] for d in ENGLISH_WEEKDAYS].index(name[:3].lower()) + 1


def unit_code(name: str) -> str:
    """Code of a unit of time, singular or plural."""
    low = name.lower()
    return UNITS[low] if low in UNITS else UNITS[low.rstrip("s")]


def count_of(text: str) -> float | None:
    """Number of units told; None where it is vague (`several`) or beyond what a number can hold."""
    low = text.lower().strip()
    if low in {"a", "an"}:
        return 1
    if low in {"half a", "half an", "a half"}:
        return 0.5
    if low in {"a couple", "a couple of", "couple of"}:
        return None
    number = parse_number(low)
    return number if number is not None and math.isfinite(number) else None


_CLASSES: dict[str, str] = {
    **dict.fromkeys(ENGLISH_MONTHS, "month"),
    **{m.lower(): "month" for m in _SHORT.split("|")},
    **dict.fromkeys(ENGLISH_WEEKDAYS, "weekday"),
    **dict.fromkeys(("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"), "weekday"),
    **dict.fromkeys(
        (*UNITS, *(u + "s" for u in UNITS), "centuries", "daylong", "weeklong", "monthlong", "yearlong", "decadelong"),
        "unit",
    ),
    **dict.fromkeys((*PART_NAMES, "mornings", "afternoons", "evenings", "noon", "midnight", "overnight", "o'clock"), "part"),
    **dict.fromkeys((*SEASON_NAMES, "summers", "winters"), "season"),
    **dict.fromkeys(("today", "tonight", "yesterday", "tomorrow", "eve", "new"), "deictic"),
    **dict.fromkeys(("daily", "weekly", "monthly", "yearly", "annual", "annually", "hourly", "nightly"), "set"),
    **dict.fromkeys(("half", "nineties", "eighties", "seventies", "sixties", "fifties", "forties", "thirties",
                     "twenties"), "period"),
    **dict.fromkeys((*SMALL, *SCALES), "number"),
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+|\d")


@cache
def _class_of(word: str) -> str:
    return _CLASSES.get(word.lower(), "")


def classes(text: str) -> frozenset[str]:
    """Classes of words that stand in a text; a rule runs only where its class does.

    Returns:
        Some of `digit`, `month`, `weekday`, `unit`, `part`, `season`, `deictic`, `set`, `period`.
    """
    found = set()
    for word in set(_WORD.findall(text)):
        if word.isdigit():
            found.add("digit")
        elif name := _class_of(word):
            found.add(name)
    return frozenset(found)
