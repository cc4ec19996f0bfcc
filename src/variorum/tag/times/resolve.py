"""From meanings to values: what a relative or partial expression is, given the page's date and the times before it.

Conventions (docs/why/times.md): a bare weekday, month or date is the last, next or nearest such, as the verb says; nothing
is completed from a date that the page does not tell.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right, insort
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from variorum.records.spans import Time
from variorum.tag.times.extent import CLIPS, extent
from variorum.text.calendar import (
    add_days,
    add_months,
    as_day,
    bounds,
    days_between,
    is_day,
    with_year,
)
from variorum.text.calendar.clock import join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from variorum.tag.times.sense import Found, Sense

_MODS = {">=": "ON_OR_AFTER", ">": "AFTER", "<=": "ON_OR_BEFORE", "<": "BEFORE"}
# Beyond this many days an undirected date without year has no nearest: half a year either way. Swept 120 to
# 300 on times/gum train: flat from 150 to 220.
_HALF_YEAR = 183

# In history, a date without year that lies more than this many months before the last one told is of the next year. Swept
# 2 to 8 on times/wikiwars train, 3 best (values right: 1053, 1055, 1050, 1050, 1050, 1050, 1049 of 1232).
_BACKWARD_MONTHS = 3


# Sentences after which "that day", "the day before" no longer hang on a day told, but on the page's. Swept 1, 3, 5, 8 and none on
# times/gum and wikiwars train: flat (803 or 804, 1056 values right); argued from news, where an old date is no thread to hold.
_REACH = 3


class Anchor(msgspec.Struct, frozen=True):
    """What a relative value counts from.

    Attributes:
        value: A TIMEX3 value.
        name: What `anchored_to` says of it.
        sentence: Number of its sentence.
        aside: Whether it only tells of which thing the text speaks (`the order of 1 March`).
        quotation: Where the quotation that holds it starts, -1 for none: the outlet's own story does not go on from there.
    """

    value: str
    name: str
    sentence: int = 0
    aside: bool = False
    quotation: int = -1


NOWHERE = Anchor("", "")


def _sentence_of(anchor: Anchor) -> int:
    return anchor.sentence


class Context(msgspec.Struct, kw_only=True):
    """The state of resolving one document.

    Attributes:
        page: The page's date as a TIMEX3 value, of any precision; empty if unknown.
        page_weekday: ISO weekday of the page's date where its year is not told but its weekday is; else 0.
        narrative: Whether the text tells history: partial dates then hang on the last date told, not on the page.
        told: Values resolved so far with the ids of their times, in text order.
        sentence: Number of the sentence being read.
        quotation: Where the quotation being read starts; -1 outside of any.
        speech: The day on which the words being read were spoken, if they are quoted and it is told; else `NOWHERE`.
    """

    page: str = ""
    page_weekday: int = 0
    narrative: bool = False
    told: list[Anchor] = msgspec.field(default_factory=list)
    sentence: int = 0
    speech: Anchor = NOWHERE
    quotation: int = -1

    def last(self, pattern: str, reach: int = sys.maxsize, *, asides: bool = True) -> Anchor:
        """The last time told, at most so many sentences ago, whose value starts as the pattern says; else `NOWHERE`."""
        at = bisect_right(self.told, self.sentence, key=_sentence_of)
        for anchor in reversed(self.told[:at]):
            if self.sentence - anchor.sentence > reach:
                break
            hidden = (anchor.aside and not asides) or anchor.quotation not in {-1, self.quotation}
            if not hidden and re.match(pattern, anchor.value):
                return anchor
        return NOWHERE

    def tell(self, anchor: Anchor) -> None:
        """Remember a time, in order of its sentence: quoted ones are read after all others."""
        insort(self.told, anchor, key=_sentence_of)

    def is_today(self, day: str) -> bool:
        """Whether a day is the page's."""
        return bool(self.page) and day == self.page.split("T")[0]

    @property
    def page_anchor(self) -> Anchor:
        return Anchor(self.page.split("T")[0], "page") if self.page else NOWHERE


_PRECISION = {
    "D": r"(?:\d{4}|XXXX)-\d\d-\d\d|XXXX-WXX-\d", "H": r"(?:\d{4}|XXXX)-\d\d-\d\d", "N": r"(?:\d{4}|XXXX)-\d\d-\d\d",
    "S": r"(?:\d{4}|XXXX)-\d\d-\d\d", "W": r"\d{4}-(?:\d\d-\d\d|W\d\d)", "WE": r"\d{4}-(?:\d\d-\d\d|W\d\d)",
    "M": r"(?:\d{4}|XXXX)-\d\d(?!\d)", "Q": r"\d{4}-\d\d", "Y": r"\d{4}", "DE": r"\d{3}", "CE": r"\d\d",
}  # fmt: skip


def resolve(
    found: Found,
    context: Context,
    *,
    doc: str,
    offset: int,
    tense: int,
    aside: bool = False,
) -> Time:
    """Resolve one expression and remember it in the context.

    Args:
        found: The expression; offsets count from the start of its sentence.
        context: The document's state; the resolved value is added to it.
        doc: Id of the document.
        offset: Where the sentence starts in the document.
        tense: -1, 0 or 1: where the verb points.
        aside: Whether it only tells of which thing the text speaks.
    """
    sense = found.sense
    value, anchor = _value(sense, context, tense)
    day = value
    if sense.part and re.match(r"(?:\d{4}|XXXX)-(?:\d\d|XX|WXX)-(?:\d\d?|XX)$", value):
        value = f"{value}T{sense.part}"
    elif sense.clock is not None and re.match(r"(?:\d{4}|XXXX)-(?:\d\d|XX|WXX)-(?:\d\d?|XX)$", value):
        past_midnight = sense.clock.time == "24:00" and tense == -1 and context.is_today(value)
        # `Shots were heard around midnight`, told that day: the one behind, not the one ahead.
        value = f"{value}T00:00" if past_midnight else join(value, sense.clock)
    earliest, latest = extent(sense, value, context.page)
    mod = CLIPS.get(sense.mod, sense.mod) or _MODS.get(sense.open, "")
    time = Time(
        doc=doc, start=found.start + offset, end=found.end + offset, kind=sense.kind, value=value, mod=mod,
        earliest=earliest, latest=latest, anchored_to=anchor.name,
    )  # fmt: skip
    if sense.kind in {"DATE", "TIME"} and not sense.open and found.link != 1:
        context.tell(Anchor(day.rpartition("/")[2], time.id, context.sentence, aside, context.quotation))
    return time


def _value(sense: Sense, context: Context, tense: int) -> tuple[str, Anchor]:
    if sense.value == "XXXX-WXX-WE" and sense.weekday:
        saturday, anchor = _weekday(sense, context, tense)
        return (_shift_weeks(saturday, "WE", 0), anchor) if is_day(saturday) else (sense.value, NOWHERE)
    if sense.value.startswith("XXXX-WXX-") and sense.kind != "SET" and not sense.unit:
        return _weekday(sense, context, tense)
    if sense.unit and not (sense.unit == "Y" and sense.value != "XXXX"):
        return _shifted(sense, context, tense)
    if (
        sense.unit == "Y"
        or (sense.value.startswith("XXXX-") and sense.kind == "DATE" and len(sense.value) > 5)
        or sense.weekday
    ):
        return _completed(sense, context, tense)
    return sense.value, NOWHERE


def _weekday(sense: Sense, context: Context, tense: int) -> tuple[str, Anchor]:
    anchor = context.page_anchor
    if context.narrative:
        told = context.last(r"\d{4}-\d\d-\d\d")
        anchor = told if told.value else anchor
    day = as_day(anchor.value)
    today = day.isoweekday() if day else context.page_weekday
    if not today:
        return sense.value, NOWHERE
    days = _days_to((sense.weekday - today) % 7, sense, tense, history=context.narrative)
    moved = _shift_days(anchor.value, days)
    return (moved, anchor) if moved else (sense.value, NOWHERE)


def _days_to(ahead: int, sense: Sense, tense: int, *, history: bool) -> int:
    """Days from today to the weekday meant, of which the next is `ahead` days away.

    News looks back unless the verb looks ahead, or it is said until or by when.
    """
    way = sense.direction if sense.direction is not None else tense
    if sense.direction == 1:
        return ahead or 7
    if sense.direction == -1:
        return ahead - 7
    forward = way == 1 or sense.direction == 0 or (way == 0 and (history or sense.open == "<="))
    return ahead if forward or not ahead else ahead - 7


def weekday_of_page(found: Iterable[Found], page: str) -> int:
    """Weekday of a page's date whose year is not told, from a date that the text gives with its weekday.

    Args:
        found: The text's expressions.
        page: `XXXX-MM-DD`.

    Returns:
        ISO weekday; 0 if no such expression tells it for certain, or two disagree.
    """
    told = set()
    for item in found:
        value = item.sense.value
        if item.sense.weekday and re.fullmatch(r"XXXX-\d\d-\d\d", value):
            gaps = {days_between(f"{y}{value[4:]}", f"{y}{page[4:10]}") for y in (2023, 2024)}
            gap = gaps.pop() if len(gaps) == 1 else None
            if gap is not None and abs(gap) <= _HALF_YEAR:
                told.add((item.sense.weekday - 1 + gap) % 7 + 1)
    return told.pop() if len(told) == 1 else 0


def is_of_speaking(sense: Sense) -> bool:
    """Whether an expression counts from the day on which it is spoken: `today`, `tonight`, `last night`."""
    return sense.basis == "page" and sense.unit == "D"


def _shifted(sense: Sense, context: Context, tense: int) -> tuple[str, Anchor]:
    pattern = _PRECISION[sense.unit]
    reach = _REACH if sense.unit in "DHNS" and not context.narrative else sys.maxsize
    # `In the night`, `at six`, `earlier in the day` go on with the story's day; `a day later` may start from any date.
    asides = bool(sense.count) or sense.unit != "D"
    anchor = context.last(pattern, reach, asides=asides) if sense.basis == "text" else NOWHERE
    if context.speech.value and is_of_speaking(sense):
        anchor = context.speech
    if not anchor.value and (sense.basis == "page" or sense.count or sense.mod in CLIPS or sense.clock):
        anchor = context.page_anchor
    last_night = sense.shape == "part" and sense.part == "NI" and tense == -1
    if last_night and not anchor.value:
        anchor = context.page_anchor
    if not re.match(pattern, anchor.value):
        return sense.value, NOWHERE
    # Told on the day itself, `shots were heard in the night` is of the night before.
    moved = shift(
        anchor.value, sense.unit, -1 if last_night and context.is_today(anchor.value) else sense.count
    )
    return (moved, anchor) if moved else (sense.value, NOWHERE)


def shift(value: str, unit: str, count: int) -> str:
    """Move a value by units of time, at the precision of the unit.

    Args:
        value: A TIMEX3 date of at least that precision.
        unit: D W WE M Q Y DE CE; H N S leave the day open if they may cross midnight.
        count: How many, negative for earlier.

    Returns:
        The value moved, with X digits where they are not known; empty if it cannot be told.
    """
    if unit in {"H", "N", "S"}:
        return ""
    if unit == "D":
        return _shift_days(value, count)
    if unit in {"W", "WE"}:
        return _shift_weeks(value, unit, count)
    if unit == "M":
        month = add_months(value.replace("XXXX", "2001"), count)
        return month.replace("2001", "XXXX").replace("2000", "XXXX") if value.startswith("XXXX") else month
    if unit == "Q":
        month = add_months(value, 3 * count)
        return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" if month else ""
    width = {"Y": 4, "DE": 3, "CE": 2}[unit]
    number = int(value[:width]) + count
    return f"{number:0{width}d}" if 0 < number < 10**width else ""


def _shift_days(value: str, count: int) -> str:
    if match := re.match(r"XXXX-WXX-(\d)", value):
        return f"XXXX-WXX-{(int(match[1]) - 1 + count) % 7 + 1}"
    if value.startswith("XXXX"):
        # An unknown year may be a leap year: near the end of February a shift is not certain.
        ends = {add_days(f"{year}{value[4:10]}", count)[4:] for year in (2023, 2024)}
        return f"XXXX{ends.pop()}" if len(ends) == 1 and ends != {""} else ""
    return add_days(value[:10], count)


def _shift_weeks(value: str, unit: str, count: int) -> str:
    first = bounds(value[:10])[0]
    day = as_day(first)
    if day is None:
        return ""
    try:
        moved = day + timedelta(weeks=count)
    except OverflowError:
        return ""
    year, week, _ = moved.isocalendar()
    return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")


def _completed(sense: Sense, context: Context, tense: int) -> tuple[str, Anchor]:
    """Give a date without year its year, if the page or the text before it tells one."""
    if sense.unit == "Y":
        return _year_beside(sense, context)
    if not sense.value.startswith("XXXX"):
        return sense.value, NOWHERE
    if context.narrative and sense.direction is None:
        return _in_history(sense, context)
    anchor = context.page_anchor
    if sense.basis == "text":
        anchor = context.last(r"\d{4}") if context.last(r"\d{4}").value else anchor
    if not anchor.value[:4].isdigit():
        return sense.value, NOWHERE
    return _with_years(sense, _years(sense, anchor.value, tense), anchor)


def _in_history(sense: Sense, context: Context) -> tuple[str, Anchor]:
    """History goes forward: the year in which the date lies nearest to the last one told, later ones before earlier."""
    told = context.last(r"\d{4}")
    anchor = told if told.value else context.page_anchor
    if not anchor.value[:4].isdigit():
        return sense.value, NOWHERE
    year, month = int(anchor.value[:4]), anchor.value[5:7]
    wanted = sense.value[5:7]
    if month.isdigit() and wanted.isdigit() and int(month) - int(wanted) > _BACKWARD_MONTHS:
        year += 1
    return _with_years(sense, [year], anchor)


def _year_beside(sense: Sense, context: Context) -> tuple[str, Anchor]:
    anchor = context.last(r"\d{4}") if sense.basis == "text" else NOWHERE
    if not anchor.value:
        anchor = context.page_anchor
    if not anchor.value[:4].isdigit():
        return sense.value, NOWHERE
    return _with_years(sense, [int(anchor.value[:4]) + sense.count], anchor)


def _with_years(sense: Sense, years: list[int], anchor: Anchor) -> tuple[str, Anchor]:
    """The first of the years in which the date exists and falls on the weekday that is named with it."""
    for year in years:
        parts = [with_year(part, year) for part in sense.value.split("/")]
        value = "/".join(parts)
        day = as_day(value)
        if all(parts) and (not sense.weekday or (day is not None and day.isoweekday() == sense.weekday)):
            return value, anchor
    return sense.value, NOWHERE


def _years(sense: Sense, page: str, tense: int) -> list[int]:
    """Years to try, best first. With a weekday the neighbours are tried too: the weekday decides."""
    year = int(page[:4])
    way = sense.direction if sense.direction is not None else tense
    first, last = bounds(with_year(sense.value.partition("/")[0], year))
    today = bounds(page)[1]
    if not first or not today:
        return [year - 1, year, year + 1] if sense.weekday else [year]
    ahead, behind = first[:10] > today, last[:10] < bounds(page)[0]
    best = year
    if sense.direction == 0:
        best = year
    elif way == -1 and ahead:
        best = year - 1
    elif way == 1 and behind:
        best = year + 1
    elif way == 0:
        gap = days_between(today, first) or 0
        best = year - 1 if gap > _HALF_YEAR else year + 1 if gap < -_HALF_YEAR else year
    if sense.direction == -1 and not behind and best == year:
        best = year - 1
    if sense.direction == 1 and not ahead and best == year:
        best = year + 1
    return [best, *(y for y in (year, year - 1, year + 1) if y != best)] if sense.weekday else [best]
