"""The noun phrase before a verb group: its subject, found from right to left without a parser.

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
    OBJECT,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
)
from variorum.tag.statements.phrases import INNER_MARKS, LONGEST, TIMING
from variorum.tag.statements.units import is_capital, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item

_PARTICIPLES = lexicon.words("participles")
# Pronouns that are a subject whole.
_SUBJECT = frozenset({"he", "she", "they", "we", "i"})
# A quotation of at most so many code points may be part of a name or phrase (15 to 60 score alike on statements train).
_NAME_LENGTH = 30


def _parenthesis_start(items: Sequence[Item], i: int) -> int:
    """Index of the bracket that the one at `i` closes, or `i` itself if there is none."""
    for j in range(i - 1, max(i - LONGEST, -1), -1):
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
    while i >= low_bound and end - i <= LONGEST:
        item = items[i]
        if item.kind == "quotation":
            if not _is_name_part(items, i, end):
                break
        elif item.kind == "mark" and item.text not in INNER_MARKS:
            if item.text not in ")]":
                break
            opening = _parenthesis_start(items, i)
            if opening == i:
                break
            i = opening
        elif item.low == "who" and low_bound < i < end - 2 and _opens_verb(items, i):
            pass  # "a man who lives next door said": the clause belongs to the phrase
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


def _opens_verb(items: Sequence[Item], who: int) -> bool:
    """Whether "who" follows its noun and a verb follows "who", known as one or not."""
    following = items[who + 1]
    clause = following.low not in DETERMINER | PRONOUN and is_word(following) and not is_capital(following)
    return clause and is_word(items[who - 1])


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
    if items[end - 1].low in _SUBJECT and is_word(items[end - 1]):
        return end - 1, end
    start = _trim(items, _phrase_start(items, end, low_bound), end)
    end = _time_at_end(items, start, end)
    return (start, end) if start < end and is_phrase(items, start, end) else None


def _time_at_end(items: Sequence[Item], start: int, end: int) -> int:
    """Where a subject ends before the time behind it: "Ana Brel on Tuesday said"."""
    i = end
    while i > start and items[i - 1].timed:
        i -= 1
    return i - 1 if i < end and i - 1 > start and items[i - 1].low in TIMING else end


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
