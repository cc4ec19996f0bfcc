"""Roles in the text: whose they are, and which name stands with them.

`Marovian Foreign Ministry spokeswoman Ana Belk`, `the mayor of Kosten`, `Ivo Tal, head of Velmark's armies,`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.mentions.page import POSSESSIVE
from variorum.tag.mentions.pieces import Piece, affiliates
from variorum.tag.mentions.titles import TitleHit
from variorum.text import lexicon
from variorum.text.lexicon import word_classes

if TYPE_CHECKING:
    from variorum.tag.mentions.page import Page

_DEFINITE = frozenset({"the", "his", "her", "its", "their", "this", "that", "our", "my"})
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "two", "three", "several", "many"})
_OF = frozenset({"of", "for", "at", "to", "in", "from", "with"})
_ENDS_APPOSITION = frozenset({",", ".", ")", ";", "and", "who", "—", "–", "-", '"', "”", ":", ""})
# Most tokens that a role may reach to the left of its title; longer ones are other phrases.
_REACH = 8


class Role(msgspec.Struct):
    """A title with what belongs to it.

    Attributes:
        first, stop: Tokens of the whole phrase, its article too, the name beside it not.
        hit: The title.
        owners: Indices of the pieces that it is a role of, nearest to the title first.
        definite: `the`, `a` or empty.
        person: Index of the piece that names its bearer; -1 if none stands with it.
        before: Whether that name follows at once (`Mayor Tal`), so that role and name are one phrase.
    """

    first: int
    stop: int
    hit: TitleHit
    owners: list[int]
    definite: str = ""
    person: int = -1
    before: bool = False

    def text(self, page: Page) -> str:
        """The role as told, without its article."""
        first = (
            self.first + 1
            if page.low[self.first] in _DEFINITE | _INDEFINITE and self.first < self.hit.first
            else self.first
        )
        return page.slice(first, self.stop)


class _Index(msgspec.Struct):
    pieces: Sequence[Piece]
    ends: Mapping[int, int]
    starts: Mapping[int, int]
    titled: Mapping[int, int]


def _index(pieces: Sequence[Piece], hits: Sequence[TitleHit]) -> _Index:
    """Pieces by the tokens at which they end and start, the longest where two do; and by the title before them."""
    order = sorted(range(len(pieces)), key=lambda i: pieces[i].stop - pieces[i].first)
    ends, starts = {pieces[i].stop: i for i in order}, {pieces[i].first: i for i in order}
    return _Index(pieces, ends, starts, {h.first: starts[h.stop] for h in hits if h.stop in starts})


def _left(page: Page, role: Role, at: _Index) -> None:
    """Take in owners, adjectives and the article to the left of a title."""
    floor = max(page.bounds[page.sentence[role.first]][0], role.first - _REACH)
    while role.first > floor:
        before = role.first - 1
        stop = before if page.low[before] in POSSESSIVE and before > floor else role.first
        owner = at.ends.get(stop, -1)
        if owner >= 0 and _may_own(at.pieces[owner], possessive=stop < role.first):
            role.owners.append(owner)
            role.first = at.pieces[owner].first
        elif page.low[before] in _DEFINITE | _INDEFINITE and page.upos[before] != "SCONJ":
            role.definite = "the" if page.low[before] in _DEFINITE else "a"
            role.first = before
            return
        elif page.shape[before] == "l" and _modifies(page, before):
            role.first = before
        elif (
            page.word[before] == "-"
            and page.shape[before - 1] in "lC"
            and page.adjacent(before - 1, before)
            and page.adjacent(before, role.first)
        ):
            role.first = before - 1
        else:
            return


def _may_own(piece: Piece, *, possessive: bool) -> bool:
    if piece.kind == "person":
        return possessive
    return piece.kind in {"organisation", "place", "group"} or affiliates(piece.label)


def _modifies(page: Page, at: int) -> bool:
    classes = set(word_classes(page.low[at]))
    if page.low[at] in lexicon.name_words("former"):
        return True
    return (
        bool(classes & set("na"))
        and not classes & set("pdc")
        and not (classes & {"v"} and "n" not in classes and "a" not in classes)
    )


def _right(page: Page, role: Role, at: _Index) -> None:
    """Take in `of the ministry`, `for Kosten` to the right of a title."""
    if page.next_low(role.stop) not in _OF or not page.same_sentence(role.stop - 1, role.stop):
        return
    first = role.stop + 1
    if page.next_low(first) in _DEFINITE and first not in at.starts:
        first += 1
    owner = at.starts.get(first, -1)
    if owner < 0 or at.pieces[owner].kind == "person" or not page.same_sentence(role.first, first):
        return
    if (
        page.low[role.stop] in {"in", "to", "from", "with", "at"}
        and at.pieces[owner].kind != "organisation"
        and role.hit.title.text not in {"ambassador", "envoy", "consul", "special envoy", "official"}
    ):
        return
    role.owners.insert(0, owner)
    role.stop = at.pieces[owner].stop
    if page.next_low(role.stop) in POSSESSIVE:
        longer = at.starts.get(at.pieces[owner].first, -1)
        role.stop = max(role.stop, at.pieces[longer].stop)


def _name(page: Page, role: Role, at: _Index) -> None:
    """Find the name that stands with a role: right after, or set off by commas on either side."""
    after = at.starts.get(role.stop, -1)
    if (
        after >= 0
        and at.pieces[after].kind == "person"
        and page.same_sentence(role.first, role.stop)
        and not role.hit.many
    ):
        role.person, role.before = after, True
        return
    if role.hit.many:
        return
    name = role.stop + 1
    following = at.starts.get(name, at.titled.get(name, -1)) if page.next_low(role.stop) == "," else -1
    if (
        following >= 0
        and at.pieces[following].kind == "person"
        and page.same_sentence(role.first, role.stop + 1)
        and not role.hit.title.address
    ):
        piece = at.pieces[following]
        if page.next_low(piece.stop) in _ENDS_APPOSITION or lexicon.verb_lemma(page.next_low(piece.stop)):
            role.person = following
            return
    comma = role.first - 1
    if comma > 0 and page.word[comma] in {",", "(", "–", "—"} and page.same_sentence(comma - 1, role.first):
        ahead = at.ends.get(comma, -1)
        if ahead >= 0 and at.pieces[ahead].kind == "person" and _closes(page, role):
            role.person = ahead


def _closes(page: Page, role: Role) -> bool:
    after = page.next_low(role.stop) if page.same_sentence(role.first, role.stop) else ""
    return after in _ENDS_APPOSITION or after in _OF or bool(lexicon.verb_lemma(after))


def roles(page: Page, hits: Sequence[TitleHit], pieces: Sequence[Piece]) -> list[Role]:
    """Every role of a page, in text order."""
    at = _index(pieces, hits)
    found = []
    for hit in hits:
        role = Role(hit.first, hit.stop, hit, [])
        _left(page, role, at)
        if hit.stop not in at.starts or pieces[at.starts[hit.stop]].kind != "person":
            _right(page, role, at)
        _name(page, role, at)
        found.append(role)
    return found
