"""Words that refer back: `the spokeswoman`, `the ministry`, `he`, `she`, `it`.

Recency, number, gender and the subject's right, as in Hobbs (1978) and Lappin and Leass (1994), cut down to what
holds without a parser. Where two have equal right, nothing is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.mentions.entities import Entity
    from variorum.tag.mentions.page import Page

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves"})
PRONOUNS = HE | SHE | IT | THEY
# How many sentences back he and she may look. Swept 1..6 on entities/gum train (770 outside quotations and in): .96 of the
# links are right at every reach, 365 are linked at 1, 456 at 3, 510 at 6 (bench/quality/mentions.py pronouns).
PRONOUN_REACH = 6
# How many sentences back a description may look where several bear it; further back the reader has lost them too.
DESCRIPTION_REACH = 6


class Seen(msgspec.Struct, order=True):
    """A mention that is resolved: tokens [first, stop) of entity `entity`."""

    first: int
    stop: int
    entity: int
    possessive: bool = False


def gender(entity: Entity) -> str:
    """`m` or `f` where all that is told agrees, else empty."""
    told = set(entity.genders)
    return told.pop() if len(told) == 1 else ""


def _fits(word: str, entity: Entity) -> bool:
    if word in HE or word in SHE:
        return entity.kind == "person" and gender(entity) in {"", "m" if word in HE else "f"}
    if word in IT:
        return entity.kind in {"organisation", "place"}
    return entity.kind == "group" or (
        entity.kind == "organisation"
        and bool(
            entity.core & {"police", "authorities", "prosecutors", "troops", "force", "rebels", "militia"}
        )
    )


def is_subject(page: Page, seen: Seen) -> bool:
    """Whether a verb follows a mention at once or after an apposition, or a verb of saying stands before it."""
    if seen.possessive:
        return False
    after = seen.stop
    if page.next_low(after) == ",":
        close = next(
            (k for k in range(after + 1, min(after + 15, len(page))) if page.word[k] in {",", "."}), after
        )
        after = close + 1 if page.next_low(close) == "," else after
    if not page.same_sentence(seen.first, after):
        return False
    word = page.next_low(after)
    if word.endswith("ly") and page.same_sentence(after, after + 1):
        word = page.next_low(after + 1)
    first = page.bounds[page.sentence[seen.first]][0]
    before = page.next_low(seen.first - 1) if seen.first > first else ""
    if before in {"of", "to", "with", "by", "for", "from", "in", "against", "about", "at", "on", "told"}:
        return False
    return bool(lexicon.verb_lemma(word)) and not word.endswith("ing")


def pronoun(page: Page, at: int, seen: Sequence[Seen], entities: Sequence[Entity]) -> int:
    """The entity that a pronoun stands for; -1 if none, or several with equal right.

    Args:
        page: The page.
        at: The pronoun's token.
        seen: Resolved mentions before it, in text order.
        entities: What the mentions mention.
    """
    word, here = page.low[at], page.sentence[at]
    reach = PRONOUN_REACH if word in HE | SHE else 1
    fitting = [
        s
        for s in seen
        if here - page.sentence[s.first] <= reach
        and s.first < at
        and not page.quoted[s.first]
        and _fits(word, entities[s.entity])
    ]
    if word in IT:
        fitting = [s for s in fitting if is_subject(page, s)]
    for back in range(reach + 1):
        level = [s for s in fitting if here - page.sentence[s.first] == back]
        found = {s.entity for s in level}
        if len(found) > 1:
            subjects = {s.entity for s in level if is_subject(page, s)}
            found = subjects if len(subjects) == 1 else found
        if len(found) == 1:
            return found.pop()
        if found:
            return -1
    return -1


def nearest(page: Page, at: int, candidates: Sequence[int], seen: Sequence[Seen]) -> int:
    """Of several entities that fit a description, the one mentioned last, if one alone was in that sentence.

    Returns:
        The entity; the only candidate if none was mentioned before; -1 otherwise.
    """
    if len(candidates) == 1:
        return candidates[0]
    here = page.sentence[at]
    before = [s for s in seen if s.first < at and s.entity in set(candidates)]
    if not before:
        return -1
    last = page.sentence[before[-1].first]
    level = {s.entity for s in before if page.sentence[s.first] == last}
    return level.pop() if len(level) == 1 and here - last <= DESCRIPTION_REACH else -1
