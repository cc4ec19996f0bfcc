"""Dates and times: TIMEX3 values and their bounds, dates found in text, machine time stamps, arithmetic."""

from variorum.text.calendar.clock import parse_stamp
from variorum.text.calendar.found import FoundDate, find_dates
from variorum.text.calendar.values import (
    add_days,
    add_months,
    as_day,
    bounds,
    days_between,
    is_day,
    narrow,
    weekday,
    with_year,
    years_with_weekday,
)

__all__ = [
    "FoundDate",
    "add_days",
    "add_months",
    "as_day",
    "bounds",
    "days_between",
    "find_dates",
    "is_day",
    "narrow",
    "parse_stamp",
    "weekday",
    "with_year",
    "years_with_weekday",
]
