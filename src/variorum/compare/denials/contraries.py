"""Statements that deny without a word of denying: one says with a negation what another says without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from variorum.compare.content import Gist, gist, likeness
from variorum.compare.denials.allegations import alleged, claims, done, hull, read, speaks_of_itself
from variorum.compare.denials.denied import Found
from variorum.compare.overlap import Postings
from variorum.compare.powers import power_of
from variorum.compare.utterances import one_voice
from variorum.records import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.compare.view import StoryView
    from variorum.records import Statement

# Share of common words (Dice) of a statement and its contrary, where the verb is none of denying.
CONTRARY = 0.7
SHARED = 3
# "Did not know that" leaves open what it is about.
_UNKNOWING = frozenset(
    ("know", "knew", "think", "believe", "expect", "understand", "confirm", "recall", "comment", "say")
)
_CLAUSE = regex.compile(r"[;,:–—]\s+|\s+(?:and|but|while|although|because|after|before|despite|unless|if)\s+")


def contraries(view: StoryView) -> Iterator[tuple[Statement, Found]]:
    """Statements with what they deny by saying the contrary."""
    said = [s for s in view.statements if s.content and s.speaker and not s.negated and s.act != "denies"]
    plain = [(s, c) for s in said for c in _clauses(view, s, negated=False)]
    index = Postings(c.bag for _, c in plain)
    for statement in said:
        for clause in _clauses(view, statement, negated=True):
            near = {
                (s.id, c.raw): (s, c) for i in index.sharing(clause.bag, SHARED + 1) for s, c in (plain[i],)
            }
            for key in sorted(near):
                if found := _contrary(view, (statement, clause), near[key]):
                    yield statement, found
        yield from ((statement, found) for found in _of_itself(view, statement))


def _clauses(view: StoryView, statement: Statement, *, negated: bool) -> list[Gist]:
    """What the clauses of a statement say that are negated, or that are not."""
    read_ = (gist(c) for c in _CLAUSE.split(view.content(statement)))
    return [g for g in read_ if g.negated is negated and len(g.bag) >= SHARED]


def _contrary(view: StoryView, left: tuple[Statement, Gist], right: tuple[Statement, Gist]) -> Found | None:
    (statement, clause), (other, theirs) = left, right
    alike = likeness(clause, theirs)
    if alike.shared <= SHARED or alike.dice < CONTRARY or not alike.numbers or _UNKNOWING & set(clause.raw):
        return None
    mine, speaker = view.actor_of.get(statement.speaker), view.actor_of.get(other.speaker)
    if mine is None or speaker is None or one_voice(view, mine, speaker):
        return None
    how = f"says with a negation what {other.speaker_name or 'another'} says without one"
    return Found(round(alike.score * 0.9, 6), how, other.id, hull(other))


def _of_itself(view: StoryView, statement: Statement) -> list[Found]:
    """What the other side says that a power did, and the power says that it has not done."""
    power = power_of(view, view.actor_of.get(statement.speaker))
    best: dict[str, Found] = {}
    for clause in _spans(view, statement) if power else ():
        words, text = read(view, clause), view.text(clause)
        if not words.negated or not done(text) or not speaks_of_itself(power, words, text):
            continue
        if _UNKNOWING & set(gist(text).raw):
            continue
        unsaid = gist(text)
        positive = type(words)(
            words.span, words.words, words.powers, words.kinds, unsaid.numbers & words.words, negated=False
        )
        for doc, (share, claim) in alleged(view, power, positive, claims(view), "claims").items():
            how = f"says with a negation {share:.0%} of what is said of {power}"
            found = Found(
                round(0.7 * share, 6), how, claim.statement.id if claim.statement else "", claim.told.span
            )
            best[doc] = max(best.get(doc, found), found, key=lambda f: (f.score, f.denied))
    return [best[doc] for doc in sorted(best)]


def _spans(view: StoryView, statement: Statement) -> Iterator[Anchor]:
    """The clauses of a statement's content, as spans."""
    text = view.documents[statement.doc].text
    for piece in statement.content:
        start = piece.start
        for match in _CLAUSE.finditer(text, piece.start, piece.end):
            yield Anchor(statement.doc, start, match.start())
            start = match.end()
        yield Anchor(statement.doc, start, piece.end)
