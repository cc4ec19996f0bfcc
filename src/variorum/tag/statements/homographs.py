"""Verb forms that are nouns too ("19 states", "the claim"), and verbs of saying in another sense ("admitted refugees")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from variorum.tag.statements import hints, lexicon
from variorum.tag.statements.lexicon import AUXILIARY, DETERMINER, PREPOSITION, PRONOUN, SUBORDINATOR, WH
from variorum.tag.statements.units import is_capital, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.complements import Complement
    from variorum.tag.statements.frame import Cue
    from variorum.tag.statements.units import Item

_ADMITTED = lexicon.words("admitted")
# Letters with points: they stand before a noun ("U.S. states") unless a clause with "that" or a quotation follows.
_INITIALS = re.compile(r"(?:[A-Z]\.?){2,4}$")
# A plural verb may have these for its whole subject: "many claim".
_MANY = frozenset({"many", "most", "some", "few", "several", "these", "those", "both", "all", "others"})


def is_noun(items: Sequence[Item], cue: Cue, governed: Complement | None) -> bool:
    """Whether a present form stands where only a noun can.

    A determiner, a number, an adjective or initials right before it make it one, and so do a finite verb or a
    word that opens a side clause right behind it. A form with an auxiliary, or in the past, is never one.
    """
    if cue.group.helped or cue.group.start != cue.at or not cue.tenses <= {"base", "s"} or cue.at == 0:
        return False
    before = items[cue.at - 1]
    if before.low in PRONOUN and before.low not in DETERMINER:
        return False
    if before.text[0].isdigit() or (
        before.low in DETERMINER and not ("base" in cue.tenses and before.low in _MANY)
    ):
        return True
    plain = governed is not None and (
        governed.kind == "quote" or (governed.start < len(items) and items[governed.start].low == "that")
    )
    if plain:
        return False
    if _INITIALS.match(before.text) and "s" in cue.tenses and cue.verb.lemma == "state":
        return True
    adjective = lexicon.word_classes(before.low) in ("a", "ar", "ra") and before.low not in lexicon.speakers()
    return (adjective and not is_capital(before)) or _is_subject(items, cue, governed)


def _is_subject(items: Sequence[Item], cue: Cue, governed: Complement | None) -> bool:
    """Whether what stands right behind the cue shows it to be a subject: its verb, or "where", "as"."""
    if cue.after >= len(items) or not is_word(items[cue.after]):
        return False
    low = items[cue.after].low
    if governed is not None and governed.start > cue.after:
        return False  # "the report states as follows: ..."
    if low in WH:
        return "w" not in cue.verb.frames
    if low in SUBORDINATOR - {"that", "if"} - PREPOSITION or low == "as":
        return True
    return low in AUXILIARY - {"having", "being"} or (
        hints.is_finite(items, cue.after) and bool(lexicon.verbs().get(low))
    )


def takes_in(items: Sequence[Item], cue: Cue, governed: Complement) -> bool:
    """Whether people or states are let in or taken up: "admitted 4,000 refugees" tells of no admission in words."""
    if cue.verb.lemma != "admit" or governed.kind not in ("thing", "clause"):
        return False
    start = governed.start
    for i in range(start, min(start + 8, len(items))):
        low = items[i].low
        if low == "," and i > start and items[i - 1].text.isdigit():
            continue  # 4,000
        if not is_word(items[i]) or low == "that" or low.endswith("ing"):
            return False
        if low in PREPOSITION - {"over", "about", "around", "than"}:
            return False
        if low in _ADMITTED:
            # "admitted 40 patients had died" tells what was admitted.
            return i + 1 == len(items) or hints.is_temporal(items, i + 1) or not hints.is_finite(items, i + 1)
    return False
