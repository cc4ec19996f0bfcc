"""One page from tokens to resolved things: names, roles, words that refer back, who speaks for whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from variorum.tag.mentions import refer
from variorum.tag.mentions.bodies import bodies
from variorum.tag.mentions.chains import Chains, Found
from variorum.tag.mentions.entities import Entity, entities, same_owner, signature, state_of
from variorum.tag.mentions.page import POSSESSIVE
from variorum.tag.mentions.pieces import Piece, pieces
from variorum.tag.mentions.refer import Seen
from variorum.tag.mentions.roles import Role, roles
from variorum.tag.mentions.speaking import speaking, state_entity
from variorum.tag.mentions.titles import titles
from variorum.text import lexicon
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from variorum.tag.mentions.page import Marked, Page

_ARTICLES = frozenset({"the", "a", "an"})
_INDEFINITE = frozenset({"a", "an", "another", "one"})
# Words behind "its" in which what it owns begins.
_OWNED = 3


class Resolved:
    """What is found on one page, filled step by step by `resolve`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        hits = titles(page)
        self.pieces: list[Piece] = pieces(page, hits)
        self._own()
        titled = frozenset(k for h in hits for k in range(h.first, h.stop))
        self.pieces += bodies(page, self.pieces, titled)
        self.entities, self.of = entities(page, self.pieces)
        self.roles = roles(page, hits, self.pieces)
        self.role_entity = [-1] * len(self.roles)
        # Where the role before a name begins, by the name; pieces by the tokens they cover.
        self.begins = {r.person: r.first for r in reversed(self.roles) if r.before}
        self.over: dict[int, list[int]] = defaultdict(list)
        for index, piece in enumerate(self.pieces):
            for token in range(piece.first, piece.stop):
                self.over[token].append(index)
        # Roles by whose they are: with all roles looked at for each person, 1,000 roles took 30 s.
        self.borne: dict[int, list[int]] = defaultdict(list)
        self.found: list[Found] = []
        # What stands at one place is one mention.
        self.taken: set[tuple[int, int, str]] = set()
        self.seen: list[Seen] = []
        self.whose: dict[int, int] = {}
        self.chains = Chains(page)

    def _own(self) -> None:
        """Give a body's name the state that stands before it with 's."""
        ends = {p.stop: i for i, p in enumerate(self.pieces)}
        for piece in self.pieces:
            mark = piece.first - 1
            if mark > 0 and self.page.low[mark] in POSSESSIVE and piece.kind == "organisation":
                owner = ends.get(mark, -1)
                if owner >= 0 and self.pieces[owner].kind == "place":
                    piece.owner = owner

    def text(self, piece: Piece) -> str:
        return self.page.slice(piece.first, piece.stop)


def resolve(page: Page) -> Resolved:
    """Find and resolve everything on a page that names or describes somebody or something."""
    made = Resolved(page)
    _named_roles(made)
    _tell_names(made)
    for _, _, step, index in sorted(_steps(made)):
        _STEPS[step](made, index)
    speaking(made)
    return made


def _tell_names(made: Resolved) -> None:
    """Tell the chains what is named, before anything is looked up: "In her first speech, Ana Belk"."""
    for index, piece in enumerate(made.pieces):
        if made.of[index] >= 0 and not piece.common:
            made.chains.tell(_found(made, index, made.of[index]))


def _steps(made: Resolved) -> Iterable[tuple[int, int, str, int]]:
    """What is to be resolved, by place; longer stretches first."""
    for i, p in enumerate(made.pieces):
        yield p.first, -p.stop, "piece", i
    for i, r in enumerate(made.roles):
        if not r.before and not r.hit.title.address:
            yield r.first, -r.stop, "role", i
    taken = {k for r in made.roles for k in range(r.hit.first, r.hit.stop)}
    taken |= {k for p in made.pieces for k in range(p.first, p.stop)}
    for i, m in enumerate(made.page.mentions):
        # A word that hangs on another of its own phrase is no head; before a colon it is a label ("Author: kp").
        inside = m.first <= made.page.governor[m.head] < m.stop
        label = made.page.next_low(m.stop) == ":" and made.page.opens[m.first]
        if m.head in taken or inside or label:
            continue
        # One head heads one mention.
        taken.add(m.head)
        if made.page.low[m.head] in refer.PRONOUNS:
            yield m.head, -m.head - 1, "pronoun", i
        elif m.kind and made.page.upos[m.head] == "NOUN":
            yield m.first, -m.stop, "description", i


def _named_roles(made: Resolved) -> None:
    """Write roles that stand with a name into the person who bears it."""
    for index, role in enumerate(made.roles):
        if role.person >= 0 and made.of[role.person] >= 0:
            made.role_entity[index] = made.of[role.person]
            made.borne[made.of[role.person]].append(index)
            _add_role(made, made.of[role.person], role)


def _add_role(made: Resolved, entity: int, role: Role) -> None:
    person = made.entities[entity]
    if role.hit.title.gender:
        person.genders.append(role.hit.title.gender)
    if not role.hit.title.address:
        person.titles.append(role.hit.title.text)
        text = role.text(made.page)
        if fold(text) not in map(fold, person.roles):
            person.roles.append(text)


def _see(made: Resolved, found: Found) -> None:
    place = (found.first, found.stop, found.kind)
    if place in made.taken:
        return
    made.taken.add(place)
    made.found.append(found)
    if found.entity >= 0:
        made.chains.tell(found)
        possessive = made.page.next_low(found.stop) in POSSESSIVE
        made.seen.append(Seen(found.first, found.stop, found.entity, possessive))


def _piece(made: Resolved, index: int) -> None:
    piece = made.pieces[index]
    if piece.kind not in {"person", "organisation", "place", "group", "work", "event"}:
        return
    entity = made.of[index]
    if piece.kind == "organisation" and entity < 0:
        entity = made.of[index] = _joined_body(made, index)
    if piece.kind == "group" and entity < 0:
        entity = state_entity(made, state_of(made.text(piece)))
    _see(made, _found(made, index, entity))


def _found(made: Resolved, index: int, entity: int) -> Found:
    """The mention at a name or body: with its role or owner before it."""
    piece = made.pieces[index]
    first = made.begins.get(index, piece.first)
    if piece.owner >= 0:
        first = min(first, made.pieces[piece.owner].first)
    head = piece.head if piece.common else piece.first
    head_stop = head + 1 if piece.common else piece.stop
    return Found(first, piece.stop, head, head_stop, piece.kind, entity)


def _joined_body(made: Resolved, index: int) -> int:
    """The body that a noun without owner takes up: what the reader joins it with, else the one of that noun on the page."""
    piece = made.pieces[index]
    mention = made.chains.mention(_found(made, index, -1))
    if mention is not None:
        entity = made.chains.entity(mention, lambda _, e: made.entities[e].kind == "organisation")
        if entity >= 0 and _same_noun(made, piece, entity):
            return entity
    if made.page.next_low(piece.first - 1) in refer.PRONOUNS and made.page.same_sentence(
        piece.first - 1, piece.first
    ):
        return _new_body(made, piece)
    return _body_again(made, index)


def _same_noun(made: Resolved, piece: Piece, entity: int) -> bool:
    """Whether a body's names tell nothing else than its noun: a ministry is no army."""
    noun = made.page.low[piece.head]
    others = lexicon.acting_heads() - {noun}
    named = {w for name in made.entities[entity].names for w in name.lower().split()}
    return noun in named or not named & others


def _new_body(made: Resolved, piece: Piece) -> int:
    _, core = signature(made.page, piece, made.pieces)
    made.entities.append(
        _new("organisation", made.text(piece).removeprefix("the ").removeprefix("The "), piece.first, core)
    )
    return len(made.entities) - 1


def _body_again(made: Resolved, index: int) -> int:
    """The body that `the ministry` takes up; a body of its own if the page names none."""
    piece = made.pieces[index]
    _, core = signature(made.page, piece, made.pieces)
    fitting = [e for e, x in enumerate(made.entities) if x.kind == "organisation" and core <= x.core]
    exact = [e for e in fitting if made.entities[e].described and made.entities[e].core == core]
    chosen = exact or fitting
    if chosen:
        return refer.nearest(made.page, piece.first, chosen, made.seen)
    return _new_body(made, piece)


def _new(kind: str, name: str, first: int, core: frozenset[str] = frozenset()) -> Entity:
    return Entity(kind, [name], first, core=core, roles=[], titles=[], genders=[], described=True)


def _role(made: Resolved, index: int) -> None:
    role = made.roles[index]
    if made.role_entity[index] < 0:
        made.role_entity[index] = _bearer(made, role)
        made.borne[made.role_entity[index]].append(index)
    entity = made.role_entity[index]
    kind = made.entities[entity].kind if entity >= 0 else "group" if role.hit.many else "person"
    _see(made, Found(role.first, role.stop, role.hit.first, role.hit.stop, kind, entity))


def _bearer(made: Resolved, role: Role) -> int:
    """Who bears a role that stands without a name; a person of its own if the page names none."""
    definite = role.definite == "the" or (not role.definite and made.page.shape[role.hit.first] in "CU")
    if role.hit.many:
        same = [
            e
            for e, x in enumerate(made.entities)
            if x.described and x.kind == "group" and fold(x.names[0]) == fold(role.text(made.page))
        ]
        if same:
            return same[0]
    elif definite:
        fitting = [
            e for e, x in enumerate(made.entities) if x.kind == "person" and _bears_role(made, x, e, role)
        ]
        if fitting:
            return refer.nearest(made.page, role.first, fitting, made.seen)
    made.entities.append(_new("group" if role.hit.many else "person", role.text(made.page), role.first))
    entity = len(made.entities) - 1
    _add_role(made, entity, role)
    return entity


def _last_word(title: str) -> str:
    word = title.replace("-", " ").rsplit(maxsplit=1)[-1]
    return "spokesperson" if word in {"spokesman", "spokeswoman", "spokesperson"} else word


def _bears_role(made: Resolved, person: Entity, entity: int, role: Role) -> bool:
    title = role.hit.title
    if title.gender and refer.gender(person) not in {"", title.gender}:
        return False
    alike = [
        i
        for i in made.borne.get(entity, ())
        if _last_word(made.roles[i].hit.title.text) == _last_word(title.text)
        and _no_clash(made.roles[i], role)
    ]
    if not alike:
        return False
    mine = _owner_names(made, role)
    theirs = {name for i in alike for name in _owner_names(made, made.roles[i])}
    return not mine or not theirs or any(same_owner(a, b) for a in mine for b in theirs)


def _no_clash(left: Role, right: Role) -> bool:
    """Foreign minister and defence minister are two; minister may be either."""
    a, b = left.hit.title.text.split()[:-1], right.hit.title.text.split()[:-1]
    return not a or not b or a == b


def _owner_names(made: Resolved, role: Role) -> set[str]:
    """Canonical names of the states and bodies that a role names."""
    names = set()
    for index in role.owners:
        piece = made.pieces[index]
        if piece.kind == "organisation":
            entity = made.of[index]
            names.add(made.entities[entity].names[0] if entity >= 0 else made.text(piece))
            names.add(made.entities[entity].owner if entity >= 0 else "")
        else:
            names.add(state_of(made.text(piece)))
    return names - {""}


def _pronoun(made: Resolved, index: int) -> None:
    mention = made.page.mentions[index]
    at, word = mention.head, made.page.low[mention.head]
    quoted = made.page.quoted[at]

    def fits(there: int, entity: int) -> bool:
        # A speaker's "he" is seldom the page's: it must have been named within quotation marks too. "Its ministry" is no ministry's own.
        owned = at < there <= at + _OWNED
        return (
            refer.fits_pronoun(word, made.entities[entity])
            and (made.page.quoted[there] or not quoted)
            and not owned
        )

    entity = made.chains.entity(mention, fits)
    if (
        entity >= 0
        and word in refer.HE | refer.SHE
        and refer.open_to_two(made.page, at, made.seen, made.entities)
    ):
        entity = -1
    elif entity < 0 and not quoted:
        entity = refer.subject_before(made.page, at, made.seen, made.entities)
    if entity >= 0:
        kind = made.entities[entity].kind
        if word in refer.HE | refer.SHE and not refer.gender(made.entities[entity]):
            made.entities[entity].genders.append("m" if word in refer.HE else "f")
    elif word in refer.HE | refer.SHE:
        kind = "person"
    else:
        return
    made.whose[at] = entity
    _see(made, Found(at, at + 1, at, at + 1, kind, entity))


def _description(made: Resolved, index: int) -> None:
    """A noun phrase without a title of the lists: linked where the reader joins it with something, else nobody's."""
    mention = made.page.mentions[index]
    # "A friend of Ana Belk" is not she; and "a man" is nobody of whom the page spoke before.
    held = {i for k in range(mention.first, mention.stop) for i in made.over.get(k, ())}
    inside = (
        i for i in held if mention.first <= made.pieces[i].first and made.pieces[i].stop <= mention.stop
    )
    within = {made.of[i] for i in inside}
    fresh = made.page.low[mention.first] in _INDEFINITE

    def fits(there: int, entity: int) -> bool:
        return (
            refer.fits_kind(mention.kind, made.entities[entity])
            and entity not in within
            and not (fresh and there < mention.first)
        )

    entity = _set_beside(made, mention)
    entity = entity if entity >= 0 else made.chains.entity(mention, fits)
    if entity < 0:
        if made.chains.sizes[mention.chain] < 2:
            return
        made.entities.append(_new(mention.kind, _bare(made.page, mention), mention.first))
        entity = len(made.entities) - 1
    _see(
        made,
        Found(
            mention.first, mention.stop, mention.head, mention.head + 1, made.entities[entity].kind, entity
        ),
    )


def _set_beside(made: Resolved, mention: Marked) -> int:
    """Who a description in apposition describes: "Mira Solan, a water engineer who led the survey,"; -1 where it is none."""
    page = made.page
    named = page.governor[mention.head] if page.deprel[mention.head] == "appos" else -1
    whose = (made.of[i] for i in made.over.get(named, ()) if made.pieces[i].stop <= mention.first)
    return next((e for e in whose if e >= 0 and refer.fits_kind(mention.kind, made.entities[e])), -1)


def _bare(page: Page, mention: Marked) -> str:
    """A description up to its head, without its article."""
    first = mention.first + (page.low[mention.first] in _ARTICLES and mention.first < mention.head)
    return page.slice(first, mention.head + 1)


_STEPS = {"piece": _piece, "role": _role, "pronoun": _pronoun, "description": _description}
