"""Words that refer back: `the spokeswoman`, `the ministry`, `he`, `she`, `it`.

The reader tells which mentions are one; what lists and the page know of gender and kind has a veto.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.mentions.entities import Entity
    from variorum.tag.mentions.page import Page

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS = HE | SHE | IT | THEY
# How many sentences back a description may look where several bear it; further back the reader has lost them too.
DESCRIPTION_REACH = 6
# How many sentences "he" and "she" may look back where the reader joins them with nothing.
PRONOUN_REACH = 2
# Kinds that news takes for one another: a state is a place and acts, a camp is a body.
_NEAR = (frozenset({"organisation", "place", "group"}), frozenset({"organisation", "work"}))


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


def fits_pronoun(word: str, entity: Entity) -> bool:
    """Whether a pronoun, in lower case, may stand for an entity."""
    if word in HE or word in SHE:
        return entity.kind == "person" and gender(entity) in {"", "m" if word in HE else "f"}
    if word in IT:
        return entity.kind != "person"
    return entity.kind in {"group", "organisation", "place"} or (
        entity.kind == "person" and not gender(entity)
    )


def fits_kind(kind: str, entity: Entity) -> bool:
    """Whether a description of one kind may stand for an entity."""
    return kind == entity.kind or any(kind in near and entity.kind in near for near in _NEAR)


def _level(
    page: Page, at: int, seen: Sequence[Seen], entities: Sequence[Entity]
) -> tuple[set[int], set[int]]:
    """Of the nearest sentence that names something fitting a pronoun: all that it names so, and those of them that are subjects."""
    reach = page.sentence[at] - PRONOUN_REACH
    # Seen in text order: what lies further back is not looked at.
    near = takewhile(lambda s: page.sentence[s.first] >= reach, reversed(seen))
    fitting = [s for s in near if s.first < at and fits_pronoun(page.low[at], entities[s.entity])]
    if not fitting:
        return set(), set()
    last = max(page.sentence[s.first] for s in fitting)
    level = [s for s in fitting if page.sentence[s.first] == last]
    subjects = {
        s.entity for s in level if any(page.deprel[k].startswith("nsubj") for k in range(s.first, s.stop))
    }
    return {s.entity for s in level}, subjects


def open_to_two(page: Page, at: int, seen: Sequence[Seen], entities: Sequence[Entity]) -> bool:
    """Whether "he" or "she" has two persons of equal right before it: not just one of them is a subject.

    The subject's right: Lappin and Leass (1994).
    """
    level, subjects = _level(page, at, seen, entities)
    return len(level) > 1 and len(subjects) != 1


def subject_before(page: Page, at: int, seen: Sequence[Seen], entities: Sequence[Entity]) -> int:
    """Whom a pronoun takes up that the reader joins with nothing.

    For "he" and "she" the one person, or the one subject, that the nearest sentence names; for "it" the one subject of the
    sentence before; else -1.
    """
    level, subjects = _level(page, at, seen, entities)
    if page.low[at] in IT:
        near = [s for s in seen if s.entity in subjects and page.sentence[at] - page.sentence[s.first] == 1]
        return subjects.pop() if len(subjects) == 1 and near else -1
    if page.low[at] not in HE | SHE:
        return -1
    chosen = level if len(level) == 1 else subjects
    return next(iter(chosen)) if len(chosen) == 1 else -1


def nearest(page: Page, at: int, candidates: Sequence[int], seen: Sequence[Seen]) -> int:
    """Of several entities that fit a description, the one mentioned last, if one alone was in that sentence.

    Returns:
        The entity; the only candidate if none was mentioned before; -1 otherwise.
    """
    if len(candidates) == 1:
        return candidates[0]
    here = page.sentence[at]
    held = set(candidates)
    before = [s for s in seen if s.first < at and s.entity in held]
    if not before:
        return -1
    last = page.sentence[before[-1].first]
    level = {s.entity for s in before if page.sentence[s.first] == last}
    return level.pop() if len(level) == 1 and here - last <= DESCRIPTION_REACH else -1
