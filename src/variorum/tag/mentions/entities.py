"""Identity within a page: which names are one person, body, place or people."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.mentions import known
from variorum.text import lexicon
from variorum.text.lexicon import word_classes
from variorum.text.normalise import fold, name_key, near_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.mentions.page import Page
    from variorum.tag.mentions.pieces import Piece

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_EMPTY_WORDS = frozenset(
    {
        "the",
        "of",
        "for",
        "and",
        "affairs",
        "'s",
        "’s",
        "on",
        "in",
        "-",
        "&",
        "republic",
        "federation",
        "kingdom",
    }
)
_SPELLINGS = {
    "defense": "defence",
    "labor": "labour",
    "organization": "organisation",
    "center": "centre",
    "program": "programme",
    "ministries": "ministry",
    "armies": "army",
    "forces": "force",
    "militias": "militia",
}


class Entity(msgspec.Struct):
    """All that a page says of one thing, while it is gathered.

    Attributes:
        kind: As in `Chain.kind`.
        names: Its names, in text order.
        first: First token of its first mention.
        owner: Canonical name of the state or body that it belongs to; for a state itself, its own.
        core: Words of a body's name without its owner, in one spelling.
        roles: Roles told, in text order.
        titles: Titles in those roles, in lower case.
        genders: Genders told by titles and given names.
        owners: Entities that its roles name, with whether the role speaks for them or leads them.
        speaks_for: Index of the entity it speaks for, -1 if none is told.
    """

    kind: str
    names: list[str]
    first: int
    owner: str = ""
    core: frozenset[str] = frozenset()
    roles: list[str] = []
    titles: list[str] = []
    genders: list[str] = []
    speaks_for: int = -1
    described: bool = False


def name_parts(page: Page, piece: Piece) -> list[str]:
    """The words of a person's name, without suffixes and particles' marks."""
    words = page.word[piece.first : piece.stop]
    return [w for w in words if w.lower() not in _SUFFIXES and w[0].isalpha()]


def _initial_of(short: str, long: str) -> bool:
    bare = short.rstrip(".")
    return len(bare) == 1 and fold(long)[:1] == fold(bare)


def _same_given(left: str, right: str) -> bool:
    return near_name(left, right) or _initial_of(left, right) or _initial_of(right, left)


def same_person(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two names of two words or more can be one person's: last words alike, first words compatible."""
    if not near_name(left[-1], right[-1]):
        return False
    if _same_given(left[0], right[0]):
        return True
    short, long = sorted((left, right), key=len)
    return len(short) >= 2 and len(long) > len(short) and any(near_name(short[0], w) for w in long[1:-1])


def _persons(page: Page, pieces: Sequence[Piece], entities: list[Entity], of: list[int]) -> None:
    """Full names first, then single words, each to the one person who bears it."""
    # Each name once for each bearer, in order: a page may say one name thousands of times.
    bearers: dict[tuple[int, tuple[str, ...]], None] = {}
    for full in (True, False):
        for i, piece in enumerate(pieces):
            parts = name_parts(page, piece)
            if piece.kind != "person" or (len(parts) > 1) != full or not parts:
                continue
            fitting = sorted({e for e, known_parts in bearers if _bears(known_parts, parts)})
            fitting = [e for e in fitting if not _clash(entities[e], piece.gender)]
            if len(fitting) > 1 and not full:
                # One whom the page has not named yet has less right than one whom it has.
                fitting = [e for e in fitting if entities[e].first < piece.first]
                if len(fitting) != 1:
                    continue
            if fitting:
                of[i] = fitting[0]
                entities[of[i]].names.append(page.slice(piece.first, piece.stop))
            else:
                of[i] = len(entities)
                entities.append(
                    Entity(
                        "person",
                        [page.slice(piece.first, piece.stop)],
                        piece.first,
                        roles=[],
                        titles=[],
                        genders=[],
                    )
                )
            bearers[of[i], tuple(parts)] = None
            gender = piece.gender or (lexicon.given_names().get(parts[0], "") if full else "")
            if gender in {"m", "f"}:
                entities[of[i]].genders.append(gender)


def _clash(entity: Entity, gender: str) -> bool:
    """Whether a title tells a gender that nothing on the page tells of this person."""
    return bool(gender and entity.genders) and gender not in entity.genders


def _bears(full: Sequence[str], parts: Sequence[str]) -> bool:
    if len(parts) > 1 and len(full) > 1:
        return same_person(full, parts)
    if len(parts) == 1 and len(full) == 1:
        return near_name(full[0], parts[0])
    long, single = (full, parts[0]) if len(full) > 1 else (parts, full[0])
    if near_name(long[-1], single):
        return True
    return any(name_key(w) == name_key(single) and len(single) > 3 for w in long)


def _place_key(page: Page, piece: Piece) -> str:
    text = page.slice(piece.first, piece.stop).removeprefix("the ").removeprefix("The ")
    country = lexicon.country_names().get(text)
    return name_key(country.name if country else text)


def _same_place(left: str, right: str) -> bool:
    if left == right:
        return True
    a, b = left.split(), right.split()
    return len(a) == len(b) and all(near_name(x, y) for x, y in zip(a, b, strict=True))


def _places(page: Page, pieces: Sequence[Piece], entities: list[Entity], of: list[int]) -> None:
    keys: dict[str, int] = {}
    for i, piece in enumerate(pieces):
        if piece.kind != "place":
            continue
        key, text = _place_key(page, piece), page.slice(piece.first, piece.stop)
        index = keys[key] if key in keys else next((e for k, e in keys.items() if _same_place(k, key)), -1)
        if index < 0:
            index = len(entities)
            country = lexicon.country_names().get(text)
            entities.append(Entity("place", [], piece.first, owner=country.name if country else text))
        keys[key] = index
        entities[index].names.append(text)
        of[i] = index


def _plain(page: Page, pieces: Sequence[Piece], entities: list[Entity], of: list[int]) -> None:
    """Groups, works and events: equal names are one."""
    seen: dict[tuple[str, str], int] = {}
    for i, piece in enumerate(pieces):
        if piece.kind not in {"group", "work", "event"} or (
            piece.kind == "group" and piece.label == "adjective"
        ):
            continue
        text = page.slice(piece.first, piece.stop)
        key = (piece.kind, fold(text))
        if key not in seen:
            seen[key] = len(entities)
            entities.append(Entity(piece.kind, [], piece.first))
        entities[seen[key]].names.append(text)
        of[i] = seen[key]


def state_of(text: str) -> str:
    """Canonical name of the state or body that a name or adjective stands for; the text itself if it is no known one."""
    for table in (lexicon.country_names(), lexicon.adjectives()):
        if text in table:
            return table[text].name
    if text in lexicon.peoples():
        return lexicon.peoples()[text][0].name
    if text in lexicon.body_names():
        return lexicon.body_names()[text].name
    return text


@functools.cache
def _states() -> frozenset[str]:
    return frozenset(c.name for c in lexicon.countries())


def same_owner(left: str, right: str) -> bool:
    """Whether two names stand for one owner: equal, or a state that no list knows and its adjective."""
    if left == right:
        return True
    if left in _states() or right in _states():
        return False
    a, b = fold(left), fold(right)
    shared = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= max(4, min(len(a), len(b)) - 2)


def signature(page: Page, piece: Piece, pieces: Sequence[Piece]) -> tuple[str, frozenset[str]]:
    """Owner of a body and the words of its name without the owner, in one spelling."""
    owner, taken = "", set()
    if piece.owner >= 0:
        holder = pieces[piece.owner]
        owner = state_of(page.slice(holder.first, holder.stop))
        taken = set(range(holder.first, holder.stop))
    for k in range(piece.first, piece.stop):
        end, label = known.name_at(page, k, piece.stop)
        end, label = (end, label) if end > k else (k + 1, known.labels().get(page.word[k], ""))
        if (
            not owner
            and label in {"country", "adjective", "body", "capital", "one"}
            and (k, end) != (piece.first, piece.stop)
        ):
            owner, taken = state_of(page.slice(k, end)), set(range(k, end))
    if (
        not owner
        and piece.stop - piece.first > 1
        and page.shape[piece.first] == "C"
        and not word_classes(page.low[piece.first])
    ):
        owner, taken = page.word[piece.first], {piece.first}
    words = (page.low[k] for k in range(piece.first, piece.stop) if k not in taken)
    return owner, frozenset(_SPELLINGS.get(w, w) for w in words if w not in _EMPTY_WORDS)


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper())


def _bodies(page: Page, pieces: Sequence[Piece], entities: list[Entity], of: list[int]) -> None:
    """Bodies with an owner or a name first, then those that leave it out."""
    found: list[int] = []
    signed = {i: signature(page, p, pieces) for i, p in enumerate(pieces) if p.kind == "organisation"}
    for owned in (True, False):
        for i, (owner, core) in signed.items():
            if bool(owner) != owned or _refers_back(pieces[i], owner):
                continue
            fitting = [
                e
                for e in found
                if _same_body(entities[e], owner, core, page.slice(pieces[i].first, pieces[i].stop))
            ]
            if len(fitting) == 1 or (fitting and (owned or not core)):
                of[i] = fitting[0]
            else:
                of[i] = len(entities)
                entities.append(Entity("organisation", [], pieces[i].first, owner=owner, core=core))
                found.append(of[i])
            entities[of[i]].names += _body_names(page, pieces[i], pieces)
    _acronyms(page, pieces, entities, of)


def _body_names(page: Page, piece: Piece, pieces: Sequence[Piece]) -> list[str]:
    """The name, and the name with the owner that stands before it: Velmark's Defence Ministry."""
    names = [page.slice(piece.first, piece.stop)]
    if piece.owner >= 0 and pieces[piece.owner].stop <= piece.first:
        names.append(page.slice(pieces[piece.owner].first, piece.stop))
    return names


def _refers_back(piece: Piece, owner: str) -> bool:
    return piece.common and not owner


def _same_body(entity: Entity, owner: str, core: frozenset[str], name: str) -> bool:
    body = lexicon.body_names().get(name.removeprefix("the "))
    if body is not None:
        return any(lexicon.body_names().get(n.removeprefix("the ")) == body for n in entity.names)
    if not core:
        return name in entity.names
    if entity.core != core:
        return False
    return same_owner(entity.owner, owner) if owner and entity.owner else not owner


def _acronyms(page: Page, pieces: Sequence[Piece], entities: list[Entity], of: list[int]) -> None:
    """Join `International Force for Velm (IFV)` with `IFV`, and an acronym with the one name of its initials."""
    merged: dict[int, int] = {}
    starts = {p.first: i for i, p in enumerate(pieces)}
    for i, piece in enumerate(pieces):
        inside = starts.get(piece.stop + 1, -1) if page.next_low(piece.stop) == "(" else -1
        if (
            inside >= 0
            and page.next_low(pieces[inside].stop) == ")"
            and page.shape[pieces[inside].first] == "U"
            and of[i] >= 0
        ):
            short = page.word[pieces[inside].first]
            if short[0].lower() in fold(page.slice(piece.first, piece.stop)) and of[inside] != of[i]:
                merged[of[inside]] = of[i]
    for e, entity in enumerate(entities):
        short = entity.names[0] if entity.names else ""
        if (
            entity.kind == "organisation"
            and e not in merged
            and short.isupper()
            and 3 <= len(short) <= 6
            and short.isalpha()
        ):
            long = [
                k
                for k, other in enumerate(entities)
                if other.kind == "organisation"
                and any(_initials(n) == short for n in other.names if " " in n)
            ]
            if len(long) == 1:
                merged[e] = long[0]
    for i, e in enumerate(of):
        if e in merged and merged[e] not in merged:
            of[i] = merged[e]
            entities[merged[e]].kind = "organisation"
            entities[merged[e]].names.append(page.slice(pieces[i].first, pieces[i].stop))


def entities(page: Page, pieces: Sequence[Piece]) -> tuple[list[Entity], list[int]]:
    """The things that a page names.

    Returns:
        The things, and for each piece the index of its thing; -1 where several had equal right or none is meant.
    """
    found: list[Entity] = []
    of = [-1] * len(pieces)
    _persons(page, pieces, found, of)
    _places(page, pieces, found, of)
    _bodies(page, pieces, found, of)
    _plain(page, pieces, found, of)
    return found, of
