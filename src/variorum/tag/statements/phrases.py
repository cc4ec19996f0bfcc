"""Phrases without a parser: the noun phrase after a cue, adjuncts to step over.

All functions take the items of one unit and indices into them; ranges are half-open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.statements import lexicon
from variorum.tag.statements.hints import has_finite, is_adverb, is_finite, is_temporal
from variorum.tag.statements.lexicon import (
    COORDINATOR,
    DETERMINER,
    MEDIUM,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
    UNIT_OF_TIME,
)
from variorum.tag.statements.units import is_capital, is_name_like, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item

# A noun phrase of more items than this has run over a boundary that was not seen (statements train: of the gold sources 99.5 % have at most 17 words, none more than 23).
LONGEST = 30
# Before a day or an hour.
TIMING = frozenset({"on", "at", "in", "during", "late", "early"})
# Marks that a noun phrase may hold.
INNER_MARKS = frozenset("/&%$€£'#@°")


def timed_end(items: Sequence[Item], i: int) -> int:
    """End of the time that begins at `i`, its preposition included ("on Tuesday"); `i` if there is none."""
    end = i + (items[i].low in TIMING)
    first = end
    while end < len(items) and items[end].timed:
        end += 1
    return end if end > first else i


def phrase_after(items: Sequence[Item], start: int, *, loose: bool) -> int:
    """End of the noun phrase that begins at `start`.

    Args:
        items: Of the unit.
        start: Its first item.
        loose: Whether place phrases belong to it ("according to officials in the north"); behind an
            inverted verb they tell where it was said ("said the minister in the capital").

    Returns:
        One past its last item; `start` if there is none.
    """
    i = start
    while i < len(items) and i - start <= LONGEST:
        item = items[i]
        if item.kind == "quotation":
            if not (i > start and i + 1 < len(items) and is_name_like(items[i + 1])):
                break
        elif item.kind == "mark" and item.text not in INNER_MARKS:
            closing = _parenthesis_end(items, i)
            if closing == i:
                break
            i = closing
        elif _stops_phrase(items, i, start, loose=loose):
            break
        i += 1
    while i > start and (
        items[i - 1].low in COORDINATOR | PREPOSITION | {"'s"} or items[i - 1].kind == "mark"
    ):
        if items[i - 1].text in ")]'":
            break
        i -= 1
    return i


def _parenthesis_end(items: Sequence[Item], i: int) -> int:
    if items[i].text not in "([":
        return i
    return next((j for j in range(i + 1, min(i + 12, len(items))) if items[j].text in ")]"), i)


def _stops_phrase(items: Sequence[Item], i: int, start: int, *, loose: bool) -> bool:
    item = items[i]
    low = item.low
    if low in SUBORDINATOR | PRONOUN - {"it"} and i > start and low != "as":
        return True
    if is_temporal(items, i) or is_finite(items, i) or low == "as":
        return True
    if i > start and is_adverb(item) and low not in {"second", "first"}:
        return True
    if low in COORDINATOR:
        return low == "but" or (i + 1 < len(items) and lexicon.verbs().get(items[i + 1].low) is not None)
    if low in PREPOSITION and i > start:
        following = i + 1 < len(items) and (is_temporal(items, i + 1) or items[i + 1].low in UNIT_OF_TIME)
        return following or (not loose and low not in {"of", "for", "with"}) or (low == "to" and not loose)
    return False


def appositions_after(items: Sequence[Item], end: int) -> int:
    """End of a noun phrase with the apposition that follows it after a comma (", the mayor of Velm,"), else `end`."""
    if end + 1 >= len(items) or items[end].text != "," or items[end + 1].kind != "word":
        return end
    first = items[end + 1]
    described = first.low in {"a", "an", "the", "his", "her", "its", "who"} or first.low in lexicon.speakers()
    if not described and not is_name_like(first):
        return end
    stop = next(
        (
            i
            for i in range(end + 1, len(items))
            if items[i].text in (",", ".", ";", ":") or items[i].kind == "quotation"
        ),
        len(items),
    )
    if first.low != "who" and has_finite(items, end + 1, stop):
        return end
    return stop if stop - end <= 14 else end


def skip_adjuncts(items: Sequence[Item], i: int) -> int:
    """Step over adverbs, times and "in a statement" behind a cue."""
    while i < len(items):
        item = items[i]
        if is_word(item) and ((is_adverb(item) and item.low != "all") or is_temporal(items, i)):
            i += 1
        elif item.text in "([":
            closing = _parenthesis_end(items, i)
            if closing == i:
                return i
            i = closing + 1
        elif item.low in PREPOSITION or item.low == "as":
            end = adjunct_end(items, i)
            if end == i:
                return i
            i = end
        elif item.low in {"this", "last", "next", "late", "early"} and _is_time_ahead(items, i):
            i += 2
        else:
            return i
    return i


def _is_time_ahead(items: Sequence[Item], i: int) -> bool:
    return i + 1 < len(items) and (items[i + 1].low in UNIT_OF_TIME or is_temporal(items, i + 1))


def adjunct_end(items: Sequence[Item], i: int) -> int:
    """End of a preposition's phrase if it tells when, or in which medium something is said; else `i`."""
    end = i + 1
    found = False
    while end < len(items) and end - i <= LONGEST:
        item = items[end]
        low = item.low
        if item.kind == "quotation" or (item.kind == "mark" and item.text not in INNER_MARKS):
            break
        if low in SUBORDINATOR | PRONOUN or is_finite(items, end):
            break
        if low in DETERMINER and items[end - 1].low not in PREPOSITION | COORDINATOR and found:
            break
        if found and not item.timed and items[end - 1].timed and low not in PREPOSITION:
            break
        if low in COORDINATOR and not (
            end + 1 < len(items) and (is_temporal(items, end + 1) or is_capital(items[end + 1]))
        ):
            break
        found = found or low in MEDIUM or is_temporal(items, end) or low in UNIT_OF_TIME
        end += 1
    return end if found else i
