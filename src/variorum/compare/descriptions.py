"""Descriptions of places and powers, found by their shape in running text.

Each finder takes a document's text and where names stand in it, and gives spans (half-open code points) with the key of
what they describe. Word lists: `data/naming.txt`.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.compare.content import content_stem, sections
from variorum.compare.names import body_key
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from variorum.compare.view import StoryView
    from variorum.records import Actor

# A definite phrase takes up a place named at most this far back: about two sentences.
_REACH = 400
# "The whole region" reaches past the place.
_WIDER = regex.compile(r"\b(?:whole|entire)\b", regex.IGNORECASE)
# Times that a pair of names must be said to be taken for one name.
_OFTEN = 2
# Longest apposition, in code points: a clause, not the rest of the sentence.
_APPOSITION = 90


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name in a text: half-open code points, its key, and whether it names a place."""

    start: int
    end: int
    key: str
    place: bool = True


class Found(msgspec.Struct, frozen=True, gc=False):
    """A description of what `key` names; `weight` says how much it speaks of a contested place."""

    start: int
    end: int
    key: str
    weight: int = 0


@functools.cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    words = sections("naming.txt")
    status = "|".join(
        regex.escape(w).replace("_", r"\s") for w in sorted(words["status"], key=len, reverse=True)
    )
    endings = "|".join(regex.escape(w) for w in words["status_ending"])
    mark = rf"(?:{status}|\p{{L}}[\p{{L}}-]*(?:{endings}))"
    other = r"(?!(?:of|the|an?|its|their)\b)\p{Ll}[\p{L}-]*"
    noun = "|".join(sorted(words["territory"], key=len, reverse=True))
    ruler = "|".join(sorted(words["power"], key=len, reverse=True)).replace("-", "[- ]")
    bare = "|".join(words["bare"])
    made = "|".join(words["made_of"])
    nominal = "|".join(words["nominal"])
    flags = regex.IGNORECASE
    return {
        "before": regex.compile(rf"(?:\b{mark},?\s+)(?:(?:and\s+)?(?:{mark}|{other}),?\s+){{0,2}}(?:(?:{made})\s+of\s+)?$", flags),
        "of": regex.compile(rf"\b(?:{other}\s+)?(?:{made})\s+of\s+(?:the\s+)?$", flags),
        "after": regex.compile(rf"^\s+(?:{noun})\b", flags),
        "apposition": regex.compile(
            rf"^,\s+(?P<said>(?:an?|the|its|their|once|formerly)\s+(?:[\p{{L}}-]+\s+){{0,4}}?(?P<noun>{noun})\b[^,.;:()–—\"“”]{{0,{_APPOSITION}}}?)(?=[,.;:()–—])",
            flags,
        ),
        "as": regex.compile(rf"^(?:\s+\p{{Lu}}\p{{L}}+)?\s+(?:as|is|was|remains|became|becomes)\s+(?P<said>(?:an?|the|its|their)\s+(?:[\p{{L}}-]+\s+){{0,3}}(?:{noun})(?:\s+of\s+[^,.;:]{{0,40}}?\bpeople)?)\b", flags),
        "declared": regex.compile(r"^(?:\s+\p{Ll}+ly)?\s+(?:has\s+|had\s+)?(?:declare[ds]?|proclaim(?:ed|s)?)\s+(?:its\s+|their\s+)?independence", flags),
        "recognise": regex.compile(r"(?:recogni[sz]\p{Ll}*|independence\s+of|secession\s+of|status\s+of|annexation\s+of)\s+$", flags),
        "marked": regex.compile(
            rf"\b(?P<det>(?i:the|its|their|this|that|his|her)|\p{{L}}+['’]s?)\s+(?:(?:\d{{4}}|{other})\s+){{0,2}}?(?:{mark}\s+)(?:(?:{mark}|{other})\s+){{0,2}}?(?:{noun})\b(?!\s+of\s+(?:the\s+)?\p{{Lu}})",
        ),
        "held": regex.compile(rf"\b(?:\p{{L}}[\p{{L}}-]*\s+)?\p{{L}}[\p{{L}}-]*(?:{endings})\s+(?:{noun})\b"),
        "nominal": regex.compile(rf"\b(?i:the)\s+(?:{nominal})(?:['’]s)?(?=['’]|\s*[.,;:!?)\"“”]|\s*$|\s+(?:and|or|to|in|on|from|that|which|is|was|has|had|will|for)\b|\s+\p{{Ll}}+\s+(?:regions?|areas?|parts?)\b|\s+\p{{Ll}}+ed\b)"),
        "bare": regex.compile(rf"\b(?i:the|this|that)\s+(?:(?:whole|entire|tiny|small|landlocked|tense|restive|mountainous|young|troubled|volatile|northern|southern|eastern|western)\s+)?(?P<noun>{bare})\b(?!\s+of\s|\s+\p{{Lu}})"),
        "power_of": regex.compile(rf"\b(?:(?:the|its)\s+)?(?P<said>(?:{mark}\s+)?(?:\p{{Ll}}[\p{{L}}-]*\s+)?(?:{ruler})\s+(?:in|of)\s+(?:the\s+)?)$"),
        "power_after": regex.compile(rf"^(?:['’]s)?\s+(?:(?:{mark}|interim|military|local|provisional)\s+)?(?:{ruler})\b"),
    }  # fmt: skip


def _line(text: str, point: int) -> int:
    """Where the block that holds a code point begins; descriptions never cross blocks."""
    return text.rfind("\n\n", 0, point) + 1


def double_names(texts: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """Double names (`Velm and Ostry`): said twice or more in a story whose second part is never named alone.

    Args:
        texts: The texts of the story's documents.
        names: The names that may be first parts, as they stand.
    """
    told = "\n".join(texts)
    found = set()
    for name in sorted(set(names)):
        for match in regex.finditer(rf"\b{regex.escape(name)} and (\p{{Lu}}\p{{Ll}}{{2,}})\b", told):
            second, pair = match[1], match[0]
            times = told.count(pair)
            if times >= _OFTEN and times == len(regex.findall(rf"\b{second}\b", told)):
                found.add(pair)
    return frozenset(found)


def with_name(text: str, names: Sequence[Name], doubles: Container[str] = ()) -> list[Found]:
    """Descriptions that hold the name, and appositions to it; the bare name where nothing is said of it."""
    p = _patterns()
    found = []
    for name in names:
        head = text[max(_line(text, name.start), name.start - 80) : name.start]
        pair = regex.match(r"\s+and\s+\p{Lu}\p{Ll}+", text[name.end : name.end + 60])
        last = (
            name.end + pair.end()
            if pair and text[name.start : name.end + pair.end()] in doubles
            else name.end
        )
        tail = text[last : last + 2 * _APPOSITION]
        status = _modifiers(p["before"].search(head))
        before, after = status or _modifiers(p["of"].search(head)), p["after"].search(tail)
        start, end = name.start - len(before[0] if before else ""), last + (after.end() if after else 0)
        contested = p["declared"].search(tail) or p["recognise"].search(head)
        found.append(Found(start, end, name.key, 2 * bool(status) + 2 * bool(contested)))
        tail = text[end : end + 2 * _APPOSITION]
        if match := (p["apposition"].search(tail) or p["as"].search(tail)):
            at = end + match.start("said")
            found.append(Found(at, at + len(match["said"].rstrip()), name.key, 2))
    return found


def _modifiers(match: regex.Match[str] | None) -> regex.Match[str] | None:
    """A run of modifiers before a name; none if a preposition or pronoun stands among them."""
    if match is None or any(w not in {"and", "of"} and not content_stem(w) for w in match[0].lower().split()):
        return None
    return match


def nouns(rows: Iterable[tuple[str, str]], main: str) -> frozenset[str]:
    """The nouns by which the story calls the contested place and no other: republic, province.

    Args:
        rows: (words, key of what they describe) of every name and description in the story.
        main: Key of the contested place.
    """
    said: dict[str, set[str]] = {}
    for words, key in rows:
        for word in {w.lower() for w in words.split()} & set(sections("naming.txt")["bare"]):
            said.setdefault(word, set()).add(key)
    return frozenset(word for word, keys in said.items() if keys == {main})


def definite(text: str, names: Sequence[Name], main: str, own: Container[str] = ()) -> Iterator[Found]:
    """Definite phrases that take up the contested place `main`; none if it is empty or the page never names it.

    Args:
        text: The document's text.
        names: Where names stand in it.
        main: Key of the contested place.
        own: Nouns by which the story calls nothing else; others mean the place named last.
    """
    mine = [n for n in names if n.key == main]
    if not main or not mine:
        return
    p = _patterns()
    for kind in ("marked", "held", "nominal"):
        for match in p[kind].finditer(text):
            if not any(n.start < match.end() and match.start() < n.end for n in names):
                end = match.end() - (2 if match[0][-2:] in {"'s", "’s"} else 0)
                yield Found(match.start(), end, main)
    places = [n for n in names if n.place]
    starts = [n.start for n in places]
    for match in p["bare"].finditer(text):
        i = bisect_right(starts, match.start()) - 1
        last = i >= 0 and places[i].key == main and match.start() - places[i].end <= _REACH
        if last or (match["noun"].lower() in own and not _WIDER.search(match[0])):
            yield Found(match.start(), match.end(), main)


def power(text: str, names: Sequence[Name]) -> Iterator[Found]:
    """Those who rule or fight, named with a place: `the regime in Port Velm`, `Kestrian occupiers`."""
    p = _patterns()
    for name in (*names, *_adjectives(text, {n.key for n in names})):
        head = text[max(_line(text, name.start), name.start - 80) : name.start]
        tail = text[name.end : name.end + 60]
        if match := p["power_of"].search(head):
            first = match["said"].split()[0].lower()
            cut = len(first) + 1 if not content_stem(first) else 0
            yield Found(name.start - len(match["said"]) + cut, name.end, name.key)
        elif match := p["power_after"].search(tail):
            yield Found(name.start, name.end + match.end(), name.key)


def _adjectives(text: str, keys: set[str]) -> Iterator[Name]:
    """Nationality adjectives of the named places: known ones, and those in -ian or -ean of invented states."""
    for match in regex.finditer(r"\b\p{Lu}\p{Ll}+\b", text):
        key = body_key(match[0])
        if key in keys and (match[0] in lexicon.adjectives() or match[0].endswith(("ian", "ean"))):
            yield Name(match.start(), match.end(), key)


def roles(view: StoryView, doc: str) -> Iterator[tuple[int, int, Actor]]:
    """Where the roles told of a person stand in a document: (start, end, actor)."""
    text = view.documents[doc].text
    for chain in view.chains.values():
        if chain.doc != doc or chain.kind != "person" or chain.id not in view.actor_of:
            continue
        for role in chain.roles:
            for match in regex.finditer(rf"\b{regex.escape(role)}\b", text, regex.IGNORECASE):
                yield match.start(), match.end(), view.actor_of[chain.id]
