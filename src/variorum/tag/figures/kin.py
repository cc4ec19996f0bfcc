"""Figures that lean on another: parts of a number told before, nouns shared by several amounts, nouns left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from variorum.records.spans import FigureKind
from variorum.tag.figures.nouns import counted
from variorum.tag.numbers import CARDINAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.figures.amounts import Amount


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of one sentence, before it is tied to place, time and speaker; offsets within the sentence.

    `elided`: it counts what was counted right before (`the union speaks of a hundred`).
    """

    start: int
    end: int
    kind: FigureKind
    low: float | None
    high: float | None
    unit: str = ""
    quantity: str = ""
    counts: tuple[int, int] | None = None
    approximate: bool = False
    vague: bool = False
    elided: bool = False


# A part of the number before: `20 people were killed, two of them children`, `20 hurt, among them 3 children`.
_PART_BEFORE = re.compile(
    r"\b(?:including|among them|of them|of whom|of these|of those|among those(?: \w+)?)(?: (?:were|was|are))? ?$",
    re.IGNORECASE,
)
PRONOUN = re.compile(r" (?:of (?P<noun>them|whom)\b)")
# One more of the same: `killed three soldiers and 20 civilians`.
_ALSO = re.compile(r",? (?:and|or|as well as)(?: also)? $|, $")
_NO_VERB = re.compile(
    r"$|[.,;:)]| (?:and|in|at|on|near|when|after|during|while|as|from|of|since|before|last|this|there|overnight)\b"
)
# Whose the numbers that leave out their noun are: `the union speaks of a hundred`, `police put it at 3,000`.
_CUE = re.compile(
    r"\b(?:(?:speaks?|spoke|talks?|talked|speaking|talking) of|(?:puts?|putting|estimate[sd]?) (?:it|them|the (?:number|figure|total|count|crowd|turnout)|"
    r"th(?:at|eir) (?:number|figure)|its (?:number|strength)) at|counted|counting|estimated at|(?:said|says|insists?|insisted) (?:that )?(?:it was|it is|there were|there are|they were)(?: only)?)"
    r"(?: (?:only|just|merely|no more than))? ?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"$|[.,;:)”\"’]| (?:and|but|while|according|though|although|whereas|in|at|on|there|that)\b"
)
_LIST_AFTER = re.compile(rf"(?: [a-z-]+){{1,3}} (?:and|but|or) (?:{CARDINAL}) [a-z]", re.IGNORECASE)
_LIST_BEFORE = re.compile(rf"\b(?:{CARDINAL})(?: [a-z-]+){{1,3}} (?:and|but|or) $", re.IGNORECASE)

_PRONOUN_BEFORE = re.compile(r"\b(?:no|any|every|some|each|this|that|which|the) $", re.IGNORECASE)


def inherited(text: str, quantity: Quantity, before: Sequence[Quantity]) -> Quantity:
    """Give a count the known quantity of the one before it, where it is a part of it or one more of the same.

    Args:
        text: The sentence.
        quantity: The figure.
        before: The sentence's earlier figures, in order.

    Returns:
        The figure, with the quantity if it takes one.
    """
    last = next((q for q in reversed(before) if q.kind == "count"), None)
    if quantity.kind != "count" or last is None or not last.quantity or quantity.quantity in _STATES:
        return quantity
    part = _PART_BEFORE.search(text, last.end, quantity.start) or PRONOUN.match(text, quantity.end)
    if part and (not quantity.quantity or last.quantity in _STATES):
        return msgspec.structs.replace(quantity, quantity=last.quantity)
    noun_end = last.counts[1] if last.counts else last.end
    own_end = quantity.counts[1] if quantity.counts else quantity.end
    also = noun_end <= quantity.start and _ALSO.fullmatch(text, noun_end, quantity.start)
    if also and not quantity.quantity and last.quantity in _STATES and _NO_VERB.match(text, own_end):
        return msgspec.structs.replace(quantity, quantity=last.quantity)
    return quantity


# What befalls people: parts and additions share it.
_STATES = frozenset(
    "deaths wounded missing casualties displaced homeless detained hostages released rescued evacuated infections".split()
)


_WITHIN = re.compile(
    r" (?:of|from|in|at|on|aboard|across|inside|around|near)(?: the| these| those| some| about| nearly| over)? ?"
)


def is_inside(text: str, outer: Amount, inner: Amount) -> bool:
    """Whether an amount stands in the phrase that tells where those counted before it are: `12 people from two villages`."""
    noun = counted(text, outer.end)
    return bool(noun and noun[1] <= inner.start and _WITHIN.fullmatch(text, noun[1], inner.start))


def is_elided(text: str, start: int, end: int) -> bool:
    """Whether an amount without a noun counts what was counted right before."""
    return bool(_CUE.search(text, max(0, start - 60), start) and _ENDS.match(text, end))


def is_one_of_list(text: str, start: int, end: int) -> bool:
    """Whether `one` stands beside another amount and so counts: `one officer and one bicycle`."""
    if _PRONOUN_BEFORE.search(text, max(0, start - 8), start):
        return False
    return bool(_LIST_AFTER.match(text, end) or _LIST_BEFORE.search(text, max(0, start - 60), start))
