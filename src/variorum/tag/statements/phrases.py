"""Phrases without a parser: the verb group of a cue, the noun phrase before it or after it, adjuncts to step over.

All functions take the items of one unit and indices into them; ranges are half-open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.statements import lexicon
from variorum.tag.statements.hints import has_finite, is_adverb, is_finite, is_temporal
from variorum.tag.statements.lexicon import (
    AUXILIARY,
    CLITIC,
    COORDINATOR,
    DETERMINER,
    MEDIUM,
    OBJECT,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
    UNIT_OF_TIME,
)
from variorum.tag.statements.units import is_capital, is_name_like, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item

_PARTICIPLES = lexicon.words("participles")
# A noun phrase of more items than this has run over a boundary that was not seen (statements train: of the gold sources 99.5 % have at most 17 words, none more than 23).
_LONGEST = 30
# Before a day or an hour.
_TIMING = frozenset({"on", "at", "in", "during", "late", "early"})
# Marks that a noun phrase may hold.
_INNER_MARKS = frozenset("/&%$€£'#@°")
# A quotation of at most so many code points may be part of a name or phrase (15 to 60 score alike on statements train).
_NAME_LENGTH = 30


def _parenthesis_start(items: Sequence[Item], i: int) -> int:
    """Index of the bracket that the one at `i` closes, or `i` itself if there is none."""
    for j in range(i - 1, max(i - _LONGEST, -1), -1):
        if items[j].text in "([":
            return j
    return i


def _is_clause_and(items: Sequence[Item], i: int) -> bool:
    """Whether the coordinator at `i` joins clauses: a finite verb stands to its left in the same stretch."""
    stop = i - 1
    through_commas = stop >= 0 and items[stop].text == ","
    j = stop
    while j >= 0:
        item = items[j]
        if item.kind == "quotation":
            return item.quotation is not None and through_commas
        if (
            item.text in ":;"
            or (item.text == "," and not through_commas)
            or item.low in SUBORDINATOR - {"as", "than"}
        ):
            break
        j -= 1
    return has_finite(items, j + 1, stop + 1)


def _phrase_start(items: Sequence[Item], end: int, low_bound: int) -> int:
    """Walk left from `end` to where the noun phrase, or its clause, begins."""
    i = end - 1
    while i >= low_bound and end - i <= _LONGEST:
        item = items[i]
        if item.kind == "quotation":
            if not _is_name_part(items, i, end):
                break
        elif item.kind == "mark" and item.text not in _INNER_MARKS:
            if item.text not in ")]":
                break
            opening = _parenthesis_start(items, i)
            if opening == i:
                break
            i = opening
        elif (
            (
                item.low in SUBORDINATOR
                and not (item.low == "as" and i + 1 < end and items[i - 1].low == "such")
            )
            or (item.low == "to" and i + 1 < end and lexicon.word_classes(items[i + 1].low) in ("v", "nv"))
            or (item.low in COORDINATOR and (item.low == "but" or _is_clause_and(items, i)))
        ):
            break
        elif is_finite(items, i) and not _is_reduced(items, i):
            opener = _relative_opener(items, i, low_bound)
            if opener < 0:
                break
            i = opener
        i -= 1
    return i + 1


def _is_reduced(items: Sequence[Item], i: int) -> bool:
    """Whether a form that may be a participle describes the noun before it ("diplomats involved with the talks")."""
    low = items[i].low
    if i == 0 or low in AUXILIARY or items[i - 1].low in PRONOUN or i + 1 >= len(items):
        return False
    participle = low.endswith("ed") or low in _PARTICIPLES
    return participle and items[i + 1].low in PREPOSITION | {"as"}


def _relative_opener(items: Sequence[Item], i: int, low_bound: int) -> int:
    """Index of the "who" or "which" whose verb stands at `i` ("the man who led the party said"); -1 if there is none."""
    for j in range(i - 1, max(low_bound, i - 10), -1):
        if items[j].kind != "word":
            return -1
        if items[j].low in {"who", "which", "whose"}:
            return j if is_word(items[j - 1]) else -1
    return -1


def _is_name_part(items: Sequence[Item], i: int, end: int) -> bool:
    """Whether a quotation is a name or epithet inside a noun phrase."""
    quotation = items[i].quotation
    if quotation is None or i + 1 >= end or i == 0 or not is_word(items[i - 1]):
        return False
    if quotation.end - quotation.inner_end > 1 or quotation.inner_end - quotation.inner_start > _NAME_LENGTH:
        return False
    return not is_finite(items, i - 1)


def _trim(items: Sequence[Item], start: int, end: int) -> int:
    """Drop what cannot begin a subject: adverbs, coordinators, a time or place phrase that no comma cuts off."""
    while start < end:
        item = items[start]
        if (
            (item.kind == "mark" and item.text not in "([")
            or item.low in COORDINATOR
            or (is_word(item) and is_adverb(item) and item.low not in {"both", "all"})
            or (item.timed and any(not x.timed for x in items[start:end]))
        ):
            start += 1
        elif item.low in PREPOSITION:
            start = _after_adjunct(items, start, end)
        else:
            break
    return start


def _after_adjunct(items: Sequence[Item], start: int, end: int) -> int:
    """Where the subject begins behind a preposition's phrase: after its time, or at the next determiner or pronoun."""
    i = start + 1
    if i < end and items[i].low in DETERMINER:
        i += 1
    if i < end and (items[i].timed or is_temporal(items, i)):
        while i < end and is_temporal(items, i):
            i += 1
        return i
    while i < end:
        if items[i].low in DETERMINER | PRONOUN and items[i - 1].low not in PREPOSITION:
            return i
        i += 1
    return end


def subject_before(items: Sequence[Item], end: int, low_bound: int = 0) -> tuple[int, int] | None:
    """The noun phrase that ends just before `end`: a verb group's subject.

    An apposition between commas is part of it ("Ana Brel, the mayor, said").

    Returns:
        Its range, or None if there is nothing that can be a subject.
    """
    while end - 1 >= low_bound and is_word(items[end - 1]) and is_adverb(items[end - 1]):
        end -= 1
    if end <= low_bound:
        return None
    if items[end - 1].text == ",":
        return _with_apposition(items, end - 1, low_bound)
    start = _trim(items, _phrase_start(items, end, low_bound), end)
    end = _time_at_end(items, start, end)
    return (start, end) if start < end and is_phrase(items, start, end) else None


def _time_at_end(items: Sequence[Item], start: int, end: int) -> int:
    """Where a subject ends before the time behind it: "Ana Brel on Tuesday said"."""
    i = end
    while i > start and items[i - 1].timed:
        i -= 1
    return i - 1 if i < end and i - 1 > start and items[i - 1].low in _TIMING else end


def timed_end(items: Sequence[Item], i: int) -> int:
    """End of the time that begins at `i`, its preposition included ("on Tuesday"); `i` if there is none."""
    end = i + (items[i].low in _TIMING)
    first = end
    while end < len(items) and items[end].timed:
        end += 1
    return end if end > first else i


def _with_apposition(items: Sequence[Item], comma: int, low_bound: int) -> tuple[int, int] | None:
    """A subject whose last part stands between commas, the second at `comma`."""
    first = comma
    for _ in range(3):
        i = first - 1
        while i >= low_bound and not (items[i].kind == "mark" and items[i].text in ",;:—–"):
            if items[i].kind == "quotation" and i == comma - 1:
                return None
            i -= 1
        if i < low_bound and first == comma:
            start = _trim(items, _phrase_start(items, comma, low_bound), comma)
            return (
                (start, comma)
                if start < comma and start <= low_bound + 1 and is_phrase(items, start, comma)
                else None
            )
        if i < low_bound or items[i].text != ",":
            return None
        first = i
        start = _trim(items, _phrase_start(items, first, low_bound), first)
        if (
            start < first
            and is_phrase(items, start, first)
            and not _is_apposition_start(items, first + 1, start)
        ):
            continue_left = items[first + 1].low in COORDINATOR and start > 0 and items[start - 1].text == ","
            if not continue_left:
                return start, comma
    return None


def _is_apposition_start(items: Sequence[Item], behind: int, start: int) -> bool:
    """Whether the phrase at `start` is itself a lower-case description that an earlier name owns."""
    return items[behind].low in COORDINATOR and not is_capital(items[start])


def is_phrase(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether a range can be a subject: it ends in a word that can stand for somebody or something."""
    last = items[end - 1]
    if last.kind == "quotation" or last.text in ")]%":
        return end - start > 1
    if not is_word(last) or items[start].low in PREPOSITION | OBJECT - {"it", "you", "her"}:
        return False
    if last.low in PRONOUN:
        return True
    if (
        not is_capital(last)
        and lexicon.word_classes(last.low) in ("a", "ar", "r", "ra")
        and last.low not in lexicon.speakers()
    ):
        return end - start == 2 and items[start].low == "the"
    bad = DETERMINER - {
        "this",
        "that",
        "these",
        "those",
        "some",
        "many",
        "others",
        "several",
        "few",
        "each",
        "both",
        "all",
    }
    return last.low not in bad | PREPOSITION | SUBORDINATOR | COORDINATOR | CLITIC | AUXILIARY | {"to", "not"}


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
    while i < len(items) and i - start <= _LONGEST:
        item = items[i]
        if item.kind == "quotation":
            if not (i > start and i + 1 < len(items) and is_name_like(items[i + 1])):
                break
        elif item.kind == "mark" and item.text not in _INNER_MARKS:
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
    while end < len(items) and end - i <= _LONGEST:
        item = items[end]
        low = item.low
        if item.kind == "quotation" or (item.kind == "mark" and item.text not in _INNER_MARKS):
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
