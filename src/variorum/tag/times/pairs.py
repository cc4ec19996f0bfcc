"""Two neighbouring expressions that are one: `Wednesday (December 28)`, `6 p.m. on Monday`, `October last year`.

A table of joins: what may stand between the two, and a function that gives the joint meaning or None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.times.sense import Found, Sense

if TYPE_CHECKING:
    from collections.abc import Callable

    Join = Callable[[Found, Found], Sense | None]

_FULL_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d")
_OPEN_YEAR = re.compile(r"XXXX-(?!WXX|XX)")
# The longest gap of the table.
_WIDEST = 12


def _only_weekday(sense: Sense) -> bool:
    return bool(sense.weekday) and sense.value.startswith("XXXX-WXX") and sense.kind == "DATE"


def _weekday_date(left: Found, right: Found) -> Sense | None:
    if not _only_weekday(left.sense) or not _FULL_DAY.fullmatch(right.sense.value):
        return None
    return msgspec.structs.replace(right.sense, weekday=left.sense.weekday)


def _date_weekday(left: Found, right: Found) -> Sense | None:
    if not _only_weekday(right.sense) or not _FULL_DAY.fullmatch(left.sense.value):
        return None
    return msgspec.structs.replace(left.sense, weekday=right.sense.weekday)


def _deictic_date(left: Found, right: Found) -> Sense | None:
    is_both = left.sense.shape == "day" and left.sense.unit and _FULL_DAY.fullmatch(right.sense.value)
    return right.sense if is_both else None


def _day_clock(left: Found, right: Found) -> Sense | None:
    if left.sense.shape != "day" or right.sense.shape != "clock" or left.sense.clock is not None:
        return None
    return msgspec.structs.replace(left.sense, kind="TIME", clock=right.sense.clock)


def _clock_day(left: Found, right: Found) -> Sense | None:
    a, b = left.sense, right.sense
    if a.shape != "clock" or b.shape != "day" or b.clock is not None or b.part:
        return None
    return msgspec.structs.replace(b, kind="TIME", clock=a.clock)


def _day_part(left: Found, right: Found) -> Sense | None:
    a, b = left.sense, right.sense
    if b.shape != "part" or a.part or (a.shape != "day" and a.clock is None):
        return None
    return a if a.clock is not None else msgspec.structs.replace(a, kind="TIME", part=b.part)


def _earlier_day(left: Found, right: Found) -> Sense | None:
    if left.rule != "in the day" or right.sense.shape != "day":
        return None
    return msgspec.structs.replace(right.sense, mod=left.sense.mod)


def _date_year(left: Found, right: Found) -> Sense | None:
    a, b = left.sense, right.sense
    if not _OPEN_YEAR.match(a.value) or a.unit or a.direction is not None or "/" in a.value:
        return None
    if b.unit == "Y" and not b.mod:
        return msgspec.structs.replace(a, unit="Y", count=b.count, basis=b.basis)
    return msgspec.structs.replace(a, value=b.value + a.value[4:]) if right.rule == "year" else None


_JOINS: tuple[tuple[frozenset[str], Join], ...] = (
    (frozenset({", ", " ", " (", ", the ", " the "}), _weekday_date),
    (frozenset({" ("}), _date_weekday),
    (frozenset({" ("}), _deictic_date),
    (
        frozenset({", ", " ", " at ", ", at ", " around ", " at around ", " at about ", " by ", " ("}),
        _day_clock,
    ),
    (frozenset({" ", ", ", " on ", ", on ", " of ", " (", " late ", " the ", " on the "}), _clock_day),
    (frozenset({" in the ", " at ", ", at ", " in ", " "}), _day_part),
    (frozenset({" ", " on ", ", ", ", on "}), _earlier_day),
    (frozenset({" ", " of ", ", ", " in "}), _date_year),
)


def join_pair(text: str, left: Found, right: Found) -> Found | None:
    """Join two neighbours of a sentence.

    Args:
        text: The sentence.
        left: One expression.
        right: The next.

    Returns:
        Both as one, a closing bracket taken in; None if they are two.
    """
    gap = text[left.end : right.start]
    if len(gap) > _WIDEST:
        return None
    for gaps, join in _JOINS:
        sense = join(left, right) if gap in gaps else None
        if sense is not None:
            closed = "(" in gap and text[right.end : right.end + 1] == ")"
            return Found(
                start=left.start, end=right.end + closed, sense=sense, rule=f"{left.rule} + {right.rule}"
            )
    return None


def lend_year(left: Found, right: Found) -> Found:
    """Give the first end of a range the year that only the second tells: `from March to August 2011`."""
    value, other = left.sense.value, right.sense.value
    told = _OPEN_YEAR.match(value) and other[:4].isdigit() and "/" not in other and value[4:7] <= other[4:7]
    if not told:
        return left
    return msgspec.structs.replace(
        left, sense=msgspec.structs.replace(left.sense, value=other[:4] + value[4:])
    )
