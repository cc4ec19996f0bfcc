"""What a denial denies, and the shape in which a link from it to a claim is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.compare.denials.allegations import denying, hearsay, hull, without_claimant
from variorum.compare.utterances import one_voice
from variorum.records import Anchor, Sentence, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.compare.view import StoryView

NOUN = r"(?:allegations?|accusations?|claims?|charges?|reports?|rumou?rs?|suggestions?|assertions?|insinuations?|speculations?)"
DESCRIBING = regex.compile(
    rf"^(?:\W*(?:the|these|those|any|all|such|some|\p{{L}}+['’]s?|\p{{L}}+)\s+){{0,4}}{NOUN}\s+(?:in\s+.{{0,30}}?\s+)?"
    r"(?:that|of|about|saying|claiming|according\s+to\s+which|suggesting|alleging)\s+",
    regex.IGNORECASE,
)


class Found(msgspec.Struct, frozen=True):
    """One link of a denial.

    Attributes:
        score: 0..1.
        how: How it was found, in words.
        denied: Id of the denied statement; empty if it is none.
        claimed: Where the claim stands; None if nobody makes it.
    """

    score: float
    how: str
    denied: str = ""
    claimed: Anchor | None = None


NOBODY = Found(0.0, "nothing in the story claims what is denied")


def proposition(view: StoryView, statement: Statement) -> Anchor:
    """What a denial denies, without `media reports that` before it and `as a minister claims` after it."""
    span, _ = without_claimant(view, hull(statement))
    match = DESCRIBING.match(view.text(span))
    if match and match.end() < span.end - span.start:
        return Anchor(span.doc, span.start + match.end(), span.end)
    return span


def sentence_of(view: StoryView, statement: Statement) -> Sentence | None:
    """The sentence in which a statement is made."""
    return view.sentence_at(statement.doc, (statement.cue or statement.content[0]).start)


def others(view: StoryView, denial: Statement, among: Iterable[Statement]) -> Iterator[Statement]:
    """Those of these statements that somebody else makes and that deny nothing.

    What a denial reports (`reports that ...` within `rejected reports that ...`) is a claim for its own page only: on
    another page it is the same hearsay.
    """
    mine = view.actor_of.get(denial.speaker)
    for other in among:
        if other.id == denial.id or not other.content or other.act == "denies" or other.negated:
            continue
        if other.doc != denial.doc and (other.via in denying(view) or hearsay(view, other)):
            continue
        theirs = view.actor_of.get(other.speaker)
        if one_voice(view, mine, theirs) or (mine is None and theirs is None and other.via != denial.id):
            continue
        yield other
