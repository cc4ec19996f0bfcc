"""Whose chain a source is, and how that was found; nothing where two have equal right."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec

from variorum.records import Mention, Span
from variorum.records.spans import Resolution
from variorum.tag.statements import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.tag.statements.units import Page

# Kinds of things that can speak; places do by metonymy.
_SPEAKING = frozenset({"person", "organisation", "group", "place"})
# Words that end the head of a phrase: what stands behind them only describes it.
_HEAD_ENDS = lexicon.PREPOSITION | {"who", "which", "that", "whose"}
# Pronouns that stand for one person.
PERSONAL = frozenset({"he", "she"})
_FIRST_PERSON = frozenset({"i", "we"})


class Speaker(msgspec.Struct, frozen=True):
    """Who speaks: chain, name, how found; `candidates` where several had equal right."""

    chain: str = ""
    name: str = ""
    how: Resolution = "unknown"
    candidates: tuple[str, ...] = ()


NOBODY = Speaker()


def resolve(page: Page, source: Span) -> Speaker:
    """The speaker that a source names.

    The head of the source decides ("the mayor of Velm" is no place). Where names are joined by "and", all have equal
    right and none is chosen.
    """
    mentions = [m for m in page.mentions_over(source.start, source.end) if m.chain and m.kind in _SPEAKING]
    head = _head(page, source)
    heads = [m for m in mentions if m.start < head.end and m.end > head.start]
    joint = _joint(page, source, heads)
    if joint:
        return Speaker(candidates=joint)
    best = _best([m for m in heads if _is_head(page, m, head)], source)
    best = _named_first(page, best, heads, source)
    if best is None or best.chain not in page.chains or _is_unnamed(page, best, source):
        return NOBODY
    if not _fits(page, best.chain, page.text[source.start : source.end].lower()):
        return NOBODY
    return Speaker(best.chain, page.chains[best.chain].name, _how(page, best, source))


def _named_first(page: Page, best: Mention | None, heads: Sequence[Mention], source: Span) -> Mention | None:
    """The person named at a source's start and set off by a comma, rather than the longer description behind it."""
    named = (
        m
        for m in heads
        if m.start == source.start and m.kind == "person" and page.text[m.end : m.end + 1] == ","
    )
    return next(named, best)


def _fits(page: Page, chain: str, word: str) -> bool:
    """Whether a pronoun may stand for a chain: "he" and "she" for persons alone (no ship speaks), "it" for none."""
    person = page.chains[chain].kind == "person"
    return person if word in PERSONAL else not (person and word == "it")


def _is_unnamed(page: Page, mention: Mention, source: Span) -> bool:
    """Whether a source is told only by whose it is ("their speaker"): a role that the page gives no name."""
    owned = page.text[source.start : source.end].split(" ", 1)[0].lower() in lexicon.POSSESSIVE
    chain = page.chains[mention.chain]
    return owned and chain.kind == "person" and chain.name.islower() and not chain.speaks_for


def _head(page: Page, source: Span) -> Span:
    """The part of a source up to its first preposition or relative, an apposition left out."""
    at = source.start
    for word in page.text[source.start : source.end].split(" "):
        if at > source.start and word.lower().strip(",") in _HEAD_ENDS:
            return Span(source.start, at)
        at += len(word) + 1
    return source


def _is_head(page: Page, mention: Mention, head: Span) -> bool:
    """Whether a mention is the head of a phrase rather than a word that describes it ("the Tarvian minister")."""
    attached = page.text[mention.end : mention.end + 1]
    behind = page.text[mention.end : head.end].strip()
    return not behind or not (behind[0].isalnum() or attached in ("-", "–", "'", "’"))


def _best(mentions: Sequence[Mention], source: Span) -> Mention | None:
    """The mention that covers most of the source: inside it the longest, the first of equals."""
    return min(
        mentions,
        key=lambda m: (-(min(m.end, source.end) - max(m.start, source.start)), m.start, m.end, m.id),
        default=None,
    )


def _joint(page: Page, source: Span, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Chains of two or more that "and" joins, sorted; empty if the source names one."""
    outer = [
        m for m in mentions if not any(o is not m and o.start <= m.start and m.end <= o.end for o in mentions)
    ]
    chains = []
    for left, right in itertools.pairwise(outer):
        between = page.text[left.end : right.start].lower().split()
        if {"and", "or", "&"} & set(between) or (
            between == [","] and " and " in page.text[right.end : source.end]
        ):
            chains += [left.chain, right.chain]
    found = tuple(sorted(set(chains)))
    return found if len(found) > 1 else ()


def _how(page: Page, mention: Mention, source: Span) -> Resolution:
    """By name, by a name in apposition, by pronoun, by role, or by a place that stands for those who rule there."""
    chain = page.chains[mention.chain]
    words = page.text[mention.start : mention.end].lower()
    if words in lexicon.PRONOUN | lexicon.OBJECT:
        return "pronoun"
    if "place" in (mention.kind, chain.kind) or lexicon.is_seat(page.text[mention.start : mention.end]):
        return "metonymy"
    names = {w for n in (chain.name, *chain.aliases) for w in n.split() if w[:1].isupper()}
    named = names & set(
        page.text[mention.start : mention.end].replace(",", " ").replace("’s", " ").replace("'s", " ").split()
    )
    if named:
        return "name"
    around = page.text[source.start : source.end].replace(",", " ").split()
    return "apposition" if names & set(around) else "role"


def first_person(page: Page, source: Span, outer: Speaker) -> Speaker | None:
    """Inside a quotation "I" and "we" are who is quoted; None if the source is neither."""
    if page.text[source.start : source.end].lower() in _FIRST_PERSON:
        return Speaker(outer.chain, outer.name, "pronoun" if outer.chain else "unknown", outer.candidates)
    return None


def agreed(found: Iterable[Speaker]) -> Speaker:
    """The one speaker of several statements; candidates if they are by more than one."""
    known = {s.chain: s for s in found}
    if len(known) == 1:
        return next(iter(known.values()))
    return Speaker(candidates=tuple(sorted(c for c in known if c)))
