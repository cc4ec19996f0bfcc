"""The page on limits says what the limits are."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from variorum.settings import Limits

PAGE = Path(__file__).parents[2] / "docs/how-to/limits.md"


def test_every_limit_is_told_with_its_default():
    """The table of the how-to page names every limit with its default, and no other."""
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    told = {name: int(value.replace(",", "")) for name, value in rows}
    assert told == msgspec.structs.asdict(Limits())
    assert all(value > 0 for value in told.values())
