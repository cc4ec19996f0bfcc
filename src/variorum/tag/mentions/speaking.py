"""Who speaks for whom: spokespeople and leaders by their roles, bodies of a state by their owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.mentions.entities import Entity, same_owner, state_of
from variorum.text import lexicon

if TYPE_CHECKING:
    from variorum.tag.mentions.resolve import Resolved
    from variorum.tag.mentions.roles import Role

# Bodies that speak for their state as a whole.
_STATE_BODIES = frozenset({"ministry", "government", "presidency", "cabinet"})


def state_entity(made: Resolved, owner: str) -> int:
    """The place on the page that is this state; -1 if it is not named as such."""
    return next(
        (e for e, x in enumerate(made.entities) if x.kind == "place" and same_owner(x.owner, owner)), -1
    )


def speaking(made: Resolved) -> None:
    """Write who speaks for which body: spokespeople and leaders by their roles, bodies of a state by their owner."""
    for index, role in enumerate(made.roles):
        entity = made.role_entity[index]
        title = role.hit.title
        if (
            entity < 0
            or made.entities[entity].speaks_for >= 0
            or not (title.speaks or title.leads)
            or role.hit.many
        ):
            continue
        made.entities[entity].speaks_for = _represented(made, role, entity)
    _owned_by_pronoun(made)
    for e, body in enumerate(made.entities):
        if body.kind == "organisation" and body.speaks_for < 0:
            owner = _whose(body)
            state = state_entity(made, owner) if owner else -1
            body.speaks_for = state if state != e else -1


def _represented(made: Resolved, role: Role, entity: int) -> int:
    for index in role.owners:
        piece = made.pieces[index]
        owner = made.of[index]
        if piece.kind == "person":
            continue
        if owner < 0 or piece.kind != "organisation":
            ministry = _ministry(made, role, state_of(made.text(piece)))
            owner = ministry if ministry >= 0 else state_entity(made, state_of(made.text(piece)))
        if owner >= 0 and owner != entity:
            return owner
    its = made.whose.get(role.first, -1)
    return its if its >= 0 and its != entity and made.entities[its].kind != "person" else -1


def _owned_by_pronoun(made: Resolved) -> None:
    """Give a body whose owner is only told as `its` that owner: Its Defence Ministry."""
    for index, piece in enumerate(made.pieces):
        body, owner = made.of[index], made.whose.get(piece.first - 1, -1)
        if piece.kind != "organisation" or body < 0 or owner < 0 or made.entities[owner].kind != "place":
            continue
        if not made.entities[body].owner:
            made.entities[body].owner = made.entities[owner].owner


def _ministry(made: Resolved, role: Role, owner: str) -> int:
    words = role.hit.title.text.split()
    if words[-1] != "minister" or len(words) < 2 or words[0] in {"prime", "deputy"}:
        return -1
    core = frozenset({"defence" if w == "defense" else w for w in words[:-1]} | {"ministry"})
    return next((e for e, x in enumerate(made.entities) if x.core == core and same_owner(x.owner, owner)), -1)


def _whose(body: Entity) -> str:
    for name in body.names:
        listed = lexicon.body_names().get(name.removeprefix("the "))
        if listed is not None:
            return listed.whose if listed.kind in {"seat", "service", "parliament"} else ""
    return body.owner if body.core & _STATE_BODIES else ""
