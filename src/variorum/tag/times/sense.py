"""What a time expression means before it is resolved against the page or the text."""

from __future__ import annotations

from typing import Literal

import msgspec

from variorum.records.spans import TimeKind
from variorum.text.calendar.clock import Clock

Basis = Literal["", "page", "text"]
Shape = Literal["day", "clock", "part", "year", "month", "other", "plain_year"]


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """The meaning of one expression.

    Attributes:
        kind: TIMEX3 type.
        value: TIMEX3 value, `X` where digits are open; for shifts the form it has while unresolved.
        mod: TIMEX3 mod.
        shape: What it can be joined with.
        unit, count: A shift by `count` units (D W M Y E C, H and N for hours and minutes) from the anchor.
        basis: What a shift counts from: the page's date or the last time in the text.
        weekday: ISO weekday named in it, 0 for none.
        part: Part of day (MO, AF, EV, NI ...).
        clock: Time of day.
        direction: -1 the last such, 1 the next, 0 this one, None as the sentence's tense says.
        span: Length of a stretch that ends (negative) or starts (positive) at the page, as (unit, count).
        open: `>=` since, `>` after, `<=` until or by, `<` before; empty for the time itself.
    """

    kind: TimeKind = "DATE"
    value: str = ""
    mod: str = ""
    shape: Shape = "other"
    unit: str = ""
    count: int = 0
    basis: Basis = ""
    weekday: int = 0
    part: str = ""
    clock: Clock | None = None
    direction: int | None = None
    span: tuple[str, int] | None = None
    open: str = ""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An expression found in a text: half-open code points, and what it means.

    Attributes:
        link: For the ends of a spelled range (`from A to B`): 1 the first, 2 the second, else 0.
    """

    start: int
    end: int
    sense: Sense
    rule: str = ""
    link: int = 0
