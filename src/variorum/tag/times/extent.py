"""Bounds of an expression: its value's first and last moment, as since, until, early, late and stretches bend them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.text.calendar import add_days, add_months, bounds, is_day, narrow

if TYPE_CHECKING:
    from variorum.tag.times.sense import Sense

CLIPS = {"EARLIER": "START", "LATER": "END"}


def extent(sense: Sense, value: str, page: str) -> tuple[str, str]:
    """Earliest and latest of an expression, inclusive, each empty where open or unknown.

    Args:
        sense: What it means.
        value: Its value as resolved.
        page: The page's date as a TIMEX3 value; empty if unknown.
    """
    if sense.kind == "DURATION":
        return _stretch(sense, page)
    if sense.kind == "SET":
        return "", ""
    earliest, latest = bounds(value)
    if not earliest:
        return "", ""
    if sense.mod == "APPROX":
        return earliest, latest
    if sense.mod in CLIPS:
        return _clipped(sense, earliest, latest, page)
    earliest, latest = narrow(earliest, latest, sense.mod)
    return _opened(sense, earliest, latest)


def _opened(sense: Sense, earliest: str, latest: str) -> tuple[str, str]:
    if sense.open == ">=":
        return earliest, ""
    if sense.open == "<=":
        return "", latest
    if sense.open == ">":
        return (add_days(latest, 1) if _is_bare_day(latest) else latest), ""
    if sense.open == "<":
        return "", (add_days(earliest, -1) if _is_bare_day(earliest) else earliest)
    return earliest, latest


def _is_bare_day(value: str) -> bool:
    """`Before Monday` ends on Sunday; `before noon` ends at noon."""
    return len(value) == 10 and is_day(value)


def _clipped(sense: Sense, earliest: str, latest: str, page: str) -> tuple[str, str]:
    """`Earlier this month` ends at the page's date, `later this month` starts there."""
    low, high = bounds(page)
    if sense.basis != "page" or not low or sense.unit == "D":
        return earliest, latest
    if sense.mod == "EARLIER":
        return earliest, max(earliest, min(latest, high[:10]))
    return min(latest, max(earliest, low[:10])), latest


def _stretch(sense: Sense, page: str) -> tuple[str, str]:
    """Bounds of `the past two weeks`, `the next three days`: from or to the page's day."""
    if sense.span is None or not is_day(page[:10]):
        return "", ""
    unit, count = sense.span
    today = page[:10]
    if unit in {"D", "W", "F"}:
        other = add_days(today, count * {"D": 1, "W": 7, "F": 14}[unit])
    elif unit in {"M", "Q", "Y", "DE", "CE"}:
        month = add_months(today, count * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit])
        low, high = bounds(month)
        other = min(f"{month}-{today[8:10]}", high) if low else ""
    else:
        hours = count * {"H": 1.0, "N": 1 / 60, "S": 1 / 3600}.get(unit, 0)
        other = add_days(today, -(-int(abs(hours)) // 24) * (1 if count > 0 else -1)) if unit in "HNS" else ""
    if not other:
        return "", ""
    return (other, today) if count < 0 else (today, other)
