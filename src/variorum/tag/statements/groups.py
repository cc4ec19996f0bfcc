"""The verb group that ends in a cue: auxiliaries, adverbs, negation, and a verb that the cue hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.tag.statements import lexicon
from variorum.tag.statements.hints import is_adverb
from variorum.tag.statements.lexicon import AUXILIARY, BE, CLITIC, DO, HAVE, MODAL, NEGATION, UNREAL
from variorum.tag.statements.units import is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item

_RAISING = lexicon.words("raising")
_REFUSING = lexicon.words("refusing")


class Group(msgspec.Struct, frozen=True):
    """The verb group that ends in a cue.

    Attributes:
        start: Index of its first item.
        negated: Whether it is negated.
        unreal: Whether it has not happened (will say, may say).
        passive: Whether a form of be stands before it.
        helped: Whether any auxiliary stands before it.
        infinitive: Whether it is an infinitive without a governing verb that we know.
    """

    start: int
    negated: bool
    unreal: bool
    passive: bool
    helped: bool
    infinitive: bool


def verb_group(items: Sequence[Item], v: int) -> Group:
    """Walk left from a cue over its auxiliaries, adverbs and negation."""
    i, start, infinitive = v - 1, v, False
    words: list[str] = []
    negated = False
    while i >= 0:
        item = items[i]
        low = item.low
        if low in AUXILIARY or low in NEGATION:
            words.append(low)
            start = i
        elif low == "to" and start == v and not words:
            governor = items[i - 1].low if i > 0 else ""
            if governor not in _RAISING | _REFUSING and not (governor == "on" and i > 1):
                infinitive = True
                break
            negated = governor in _REFUSING
            i -= 1 + (governor == "on")
            start = i
        elif not (is_word(item) and (is_adverb(item) or low == "to")) or low == "all":
            break
        i -= 1
    negated = negated or any(w in NEGATION or w.endswith("n't") for w in words)
    # An adverb between subject and verb belongs to the group only as far as the first auxiliary.
    return Group(
        start=start,
        negated=negated,
        unreal=any(w in UNREAL for w in words),
        passive=any(w in BE for w in words),
        helped=any(w in BE | HAVE | DO | MODAL | CLITIC for w in words),
        infinitive=infinitive,
    )
