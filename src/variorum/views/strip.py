"""The strip of time: when each page of a story appeared, episodes apart, as a small drawing (SVG, no script)."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from variorum.text.safe import visible
from variorum.views.dates import spoken

if TYPE_CHECKING:
    from variorum.views.shapes import StoryView

_WIDTH, _LEFT, _RIGHT, _ROW = 1000, 45, 45, 16


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def strip(story: StoryView) -> Markup:
    """Draw a story's pages along its days; nothing if fewer than two days are known.

    Days without pages between episodes are shortened: the axis shows order and rhythm, its labels the dates.
    """
    dated = [(day, w) for w in story.witnesses if (day := _day(w.date)) is not None]
    days = sorted({day for day, _ in dated})
    if len(days) < 2:
        return Markup()
    places = _places(days)
    stacks: dict[dt.date, int] = {}
    dots = []
    for day, witness in sorted(dated, key=lambda d: (d[0], d[1].siglum)):
        row = stacks[day] = stacks.get(day, -1) + 1
        label = escape(visible(f"{witness.siglum} {witness.outlet}: {witness.title}"))
        y = 0 - row * _ROW
        dots.append(
            f'<a href="#page-{witness.doc}"><circle class="dot" cx="{places[day]:.0f}" cy="{y - 10}" r="5"><title>{label}</title></circle>'
            f'<text x="{places[day] + 8:.0f}" y="{y - 6}">{escape(witness.siglum)}</text></a>'
        )
    top = (max(stacks.values()) + 1) * _ROW + 8
    ticks = "".join(
        f'<text x="{places[d]:.0f}" y="16" text-anchor="middle">{spoken(d.isoformat())}</text>'
        for d in _labelled(days, places)
    )
    axis = f'<line class="axis" x1="0" x2="{_WIDTH}" y1="0" y2="0"/>'
    box = f'<svg class="strip" viewBox="0 {-top} {_WIDTH} {top + 22}" role="img" aria-label="When each page appeared">'
    undated = [escape(w.siglum) for w in story.witnesses if _day(w.date) is None]
    note = f'<p class="meta">Day not told: {", ".join(undated)}</p>' if undated else ""
    return Markup(f"{box}{axis}{''.join(dots)}{ticks}</svg>{note}")  # noqa: S704 - built from numbers and escaped text


def _places(days: list[dt.date]) -> dict[dt.date, float]:
    """Where each day stands: gaps grow with the logarithm of their days, so that no episode is squeezed to a dot."""
    gaps = [0.0] + [1 + (b - a).days.bit_length() for a, b in itertools.pairwise(days)]
    total, at, places = sum(gaps) or 1, 0.0, {}
    for day, gap in zip(days, gaps, strict=True):
        at += gap
        places[day] = _LEFT + at / total * (_WIDTH - _LEFT - _RIGHT - 20)
    return places


def _labelled(days: list[dt.date], places: dict[dt.date, float]) -> list[dt.date]:
    """Days whose labels fit beside one another."""
    shown: list[dt.date] = []
    for day in days:
        if not shown or places[day] - places[shown[-1]] > 95:
            shown.append(day)
    return shown
