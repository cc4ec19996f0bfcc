"""Runs cut into pieces, each one name: at titles, after a state or its adjective, between a body and a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.tag.mentions.known import Label
from variorum.tag.mentions.names import Run, Unit, runs
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.mentions.page import Page
    from variorum.tag.mentions.titles import TitleHit

_STATE = frozenset({"country", "capital", "adjective", "body", "seat", "people", "one", "group"})


class Piece(msgspec.Struct):
    """One name at tokens [first, stop).

    Attributes:
        label: What the word lists know of the whole of it, else empty.
        kind: person, organisation, place, group, work, event; empty until decided, `none` if it is no name.
        titled: Whether a title stands right before it.
        common: Whether its head is a common noun in lower case (`Kosten police`).
        owner: Index of the piece that it belongs to (the state of a ministry), -1 if none.
        gender: `m` or `f` where the title before it tells.
    """

    first: int
    stop: int
    label: Label = ""
    kind: str = ""
    titled: bool = False
    common: bool = False
    owner: int = -1
    gender: str = ""


def _cut(run: Run, taken: Sequence[bool]) -> list[list[Unit]]:
    """The units of a run between the tokens that titles take."""
    parts: list[list[Unit]] = [[]]
    for unit in run.units:
        if any(taken[unit.first : unit.stop]):
            free = [k for k in range(unit.first, unit.stop) if not taken[k]]
            # A title ate the start of a joined unit ("Minister of Defence Ivo"): what is left stands alone.
            parts.append([Unit(k, k + 1, "") for k in free if k == unit.stop - 1])
        else:
            parts[-1].append(unit)
    return [p for p in parts if p]


def _ends_in_head(page: Page, units: Sequence[Unit]) -> bool:
    last = page.low[units[-1].stop - 1]
    if last in lexicon.organisation_heads() or last in lexicon.place_heads()[0]:
        return True
    for unit in units:
        for k in range(unit.first + 1, unit.stop - 1):
            if page.low[k] in {"of", "for"} and page.low[k - 1] in lexicon.organisation_heads():
                return True
    return False


def _split(page: Page, units: list[Unit]) -> list[Piece]:
    """The names in a stretch of units without titles."""
    found: list[Piece] = []
    # A loop, for a list of states may be a thousand long.
    while len(units) > 1 and units[0].label in _STATE and units[0].label != "group":
        found.append(_at_state(page, units[0], units[1:]))
        if found[-1].stop == units[-1].stop:
            return found
        units = units[1:]
    return found + _without_state(page, units)


def _without_state(page: Page, units: list[Unit]) -> list[Piece]:
    """The names in a stretch that no state, adjective or body heads."""
    first, last = units[0], units[-1]
    if len(units) == 1:
        return [Piece(first.first, first.stop, first.label)]
    if (
        last.label in {"country", "body", "people"}
        and not _ends_in_head(page, units)
        and len(units) == 2
        and not _name_like(page, units[0])
    ):
        return [
            Piece(units[0].first, units[0].stop, units[0].label),
            Piece(last.first, last.stop, last.label),
        ]
    return [Piece(first.first, last.stop)]


def _name_like(page: Page, unit: Unit) -> bool:
    return page.shape[unit.first] in "CI" and unit.label in {"", "given"}


def _at_state(page: Page, first: Unit, rest: list[Unit]) -> Piece:
    """A state, its adjective or a body at the head of a run: part of one name with all the rest, or a name of its own."""
    alone = Piece(first.first, first.stop, first.label)
    whole = Piece(first.first, rest[-1].stop)
    if rest[-1].label == "people" or (
        first.label == "adjective" and rest[-1].label in {"adjective", "one"} and len(rest) == 1
    ):
        whole.label = "people" if rest[-1].label == "people" else "adjective"
        return whole
    if _ends_in_head(page, rest):
        return whole
    person = page.word[rest[0].first] in lexicon.given_names() or page.shape[rest[0].first] == "I"
    if first.label == "capital" and not person:
        return whole
    if first.label == "adjective" and not person and not any(u.label in _STATE for u in rest):
        return whole
    return alone


def pieces(page: Page, titles: Sequence[TitleHit]) -> list[Piece]:
    """All names of a page that have a capital, in text order; they do not overlap."""
    taken = [False] * len(page)
    ends: dict[int, str] = {}
    for hit in titles:
        taken[hit.first : hit.stop] = [True] * (hit.stop - hit.first)
        ends[hit.stop] = hit.title.gender
    found: list[Piece] = []
    for run in runs(page):
        for units in _cut(run, taken):
            for piece in _split(page, units):
                piece.titled = piece.first in ends and page.same_sentence(piece.first - 1, piece.first)
                piece.gender = ends[piece.first] if piece.titled else ""
                found.append(piece)
    return found


def affiliates(label: Label) -> bool:
    """Whether a name of that sort can own a body or a title."""
    return label in _STATE
