"""Dates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.views.dates import spoken


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2031-05-06", "6 May 2031"),
        ("2031-05-06T18:57Z", "6 May 2031, 18:57 UTC"),
        ("2031-05-06T09:00", "6 May 2031, 09:00"),
        ("2031-05-06TNI", "6 May 2031, night"),
        ("XXXX-12-28", "28 December, year not told"),
        ("2031-W01", "week of 30 December 2030"),
        ("2031-W60", "2031-W60"),
        ("2031-SU", "summer 2031"),
        ("1998/1999", "1998 to 1999"),
        ("2031-13-01", "2031-13-01"),
        ("PAST_REF", "PAST_REF"),
        ("", ""),
    ],
)
def test_dates_in_words(value, words):
    """Each value that has plain words is given in them; the others stay."""
    assert spoken(value) == words


@given(st.text("0123456789XT-W/:ZEVP", max_size=16))
def test_dates_never_fail(value):
    """Any value at all gives some words."""
    assert isinstance(spoken(value), str)
