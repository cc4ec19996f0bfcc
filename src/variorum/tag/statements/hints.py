"""What an item looks like by itself: an adverb, a time, a finite verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.statements import lexicon
from variorum.tag.statements.lexicon import (
    ADVERB,
    AUXILIARY,
    COORDINATOR,
    DETERMINER,
    MONTH,
    NOT_ADVERB,
    OBJECT,
    PREPOSITION,
    PRONOUN,
    TEMPORAL,
)
from variorum.tag.statements.units import is_capital, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item


# Behind these stands a noun, even one that the word list holds as a verb alone.
_ARTICLE = frozenset({"the", "a", "an", "its", "their", "his", "my", "our", "your"})


def is_adverb(item: Item) -> bool:
    low = item.low
    return low in ADVERB or (low.endswith("ly") and low not in NOT_ADVERB and not is_capital(item))


def is_temporal(items: Sequence[Item], i: int) -> bool:
    low = items[i].low
    return items[i].timed or low in TEMPORAL or low in MONTH


def is_finite(items: Sequence[Item], i: int) -> bool:
    """Whether an item is a finite verb for all that can be seen."""
    item = items[i]
    low = item.low
    if low in AUXILIARY and low not in {"being", "been", "be", "having", "may"}:
        return True
    if low == "may":
        return not is_capital(item) and not item.timed
    if item.kind != "word" or is_capital(item):
        return False
    if low in {"being", "been", "be", "having"} or not (lexicon.is_plain_verb(low) or lexicon.is_past(low)):
        return False
    if i > 0 and items[i - 1].low in _ARTICLE:
        return False
    return not low.endswith("ed") or _is_past_not_participle(items, i)


def _is_past_not_participle(items: Sequence[Item], i: int) -> bool:
    """Whether a form in -ed has its subject before it rather than a noun that it describes."""
    if i == 0 or (i + 1 < len(items) and items[i + 1].low == "by"):
        return False
    before = items[i - 1]
    if before.text == ",":
        following = items[i + 1] if i + 1 < len(items) else before
        return following.low in DETERMINER | OBJECT or is_capital(following)
    if before.low in DETERMINER | PREPOSITION | COORDINATOR | OBJECT or not is_word(before):
        return False
    return is_capital(before) or before.low in PRONOUN or not lexicon.word_classes(before.low).startswith("a")


def has_finite(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether a stretch holds a finite verb."""
    return any(is_finite(items, i) for i in range(max(start, 0), min(end, len(items))))
