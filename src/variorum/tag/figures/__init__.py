"""Figures of a page: counts, money, measures, shares, ages, ordinals, each as a range, with what it counts.

Conventions for vague words and bounds: docs/why/figures.md. A figure is tied to a place, a time and a speaker only where
its own sentence does so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.records import (
    Document,
    Figure,
    Place,
    Sentence,
    Span,
    Statement,
    Time,
    by,
    from_table,
    to_table,
)
from variorum.stage import Stage
from variorum.tag.figures.bearings import Bearings
from variorum.tag.figures.kinds import find_quantities
from variorum.tag.figures.money import money_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.records import Tables
    from variorum.settings import Settings
    from variorum.tag.figures.kin import Quantity

# A full sentence is rarely longer; longer ones are tables or broken splits, read in pieces of this size.
_LONGEST = 3_000


def find_figures(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    times: Sequence[Time] = (),
    places: Sequence[Place] = (),
    statements: Sequence[Statement] = (),
    doc: str = "",
) -> list[Figure]:
    """Find the figures of one text.

    Args:
        text: The text.
        spans: Its sentences, half-open code points, in order.
        times: Times found in it: no digits of theirs are figures.
        places: Places found in it.
        statements: Statements found in it.
        doc: Id to write into the records.

    Returns:
        Figures in text order.
    """
    figures: list[Figure] = []
    bearings = Bearings(text, times=times, places=places, statements=statements)
    names = money_names(text)
    told: list[Figure] = []
    pieces = [(s, min(s + _LONGEST, end)) for start, end in spans for s in range(start, end, _LONGEST)]
    for start, end in pieces:
        masked = [(t.start - start, t.end - start) for t in bearings.times_in(start, end)]
        here: list[Figure] = []
        for found in find_quantities(text[start:end], masked, names):
            figure = _figure(found, bearings, (start, end), doc)
            full = _named(text, figure, here or told) if found.elided else figure
            if full is not None:
                here.append(full)
        figures += here
        told = here
    return figures


def _figure(found: Quantity, bearings: Bearings, sentence: tuple[int, int], doc: str) -> Figure:
    """A figure with the place, time and speaker that its sentence gives it."""
    start = sentence[0]
    low, high = start + found.start, start + found.end
    counts = Span(start + found.counts[0], start + found.counts[1]) if found.counts else None
    said_by, scope = bearings.speaker(low, high)
    where, when = "", ""
    if found.kind not in {"ordinal", "age"}:
        where = bearings.place(low, counts.end if counts else high, sentence=sentence, scope=scope)
        when = bearings.time(low, high, sentence=sentence, scope=scope)
    return Figure(
        doc=doc, start=low, end=high, kind=found.kind, quantity=found.quantity, low=found.low, high=found.high,
        unit=found.unit, counts=counts, place=where, time=when, said_by=said_by,
        approximate=found.approximate, vague=found.vague,
    )  # fmt: skip


def _named(text: str, figure: Figure, told: Sequence[Figure]) -> Figure | None:
    """A figure that leaves out its noun, with the noun counted right before; None if none or several were."""
    counted = [f for f in told if f.kind == "count" and f.counts is not None]
    nouns = {text[f.counts.start : f.counts.end] for f in counted if f.counts}
    if len(nouns) != 1:
        return None
    last = counted[-1]
    return msgspec.structs.replace(
        figure,
        counts=last.counts,
        quantity=last.quantity,
        place=figure.place or last.place,
        time=figure.time or last.time,
    )


def _run(tables: Tables, settings: Settings) -> Tables:  # noqa: ARG001 - every stage takes settings
    sentences = by(from_table(Sentence, tables["sentences"]), "doc")
    times = by(from_table(Time, tables["times"]), "doc")
    places = by(from_table(Place, tables["places"]), "doc")
    statements = by(from_table(Statement, tables["statements"]), "doc")
    figures: list[Figure] = []
    for doc in sorted(from_table(Document, tables["documents"]), key=lambda d: d.id):
        spans = sorted((s.start, s.end) for s in sentences[doc.id])
        figures.extend(
            find_figures(
                doc.text,
                spans,
                times=times[doc.id],
                places=places[doc.id],
                statements=statements[doc.id],
                doc=doc.id,
            )
        )
    return {"figures": to_table(Figure, figures, made_by=STAGE.made_by)}


STAGE = Stage(
    name="figures",
    version=2,
    needs=("documents", "sentences", "times", "places", "statements"),
    makes=("figures",),
    split_by="document",
    run=_run,
)
