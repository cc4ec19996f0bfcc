"""Denials that say nothing of what they deny but point to it: these allegations, the minister's claims, the deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from variorum.compare.content import gist
from variorum.compare.denials.allegations import Claim, claims, hull, near, read
from variorum.compare.denials.denied import DESCRIBING, NOUN, Found, others, sentence_of
from variorum.compare.powers import power_of, powers

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from variorum.compare.view import StoryView
    from variorum.records import Sentence, Statement

# Sentences that a pointing denial reaches back; news paragraphs are two to four sentences long.
REACH = 6
# Words, and their least share of the shorter, by which one side's charge on another page is the one pointed to.
SHARED = 3
CONTAINED = 0.5

_POINTING = regex.compile(
    r"\b(?P<owner>(?i:this|that|these|those|such|the|all|both|his|her|their|its|any)|(?:\p{Lu}\p{L}+\s)*\p{Lu}\p{L}+['’]s?)\s+"
    rf"(?:\p{{Ll}}+\s+){{0,2}}(?P<noun>{NOUN})\b(?!\s+(?:that|of|about|saying|claiming|suggesting|alleging|according)\b)"
)
_OWNED = regex.compile(
    rf"^\W*(?:(?:the|all|these|those|any)\s+)?(?:\p{{Ll}}+\s+)?{NOUN}\s+(?:of|by|from|made\s+by)\s+(?P<owner>(?:the\s+|an?\s+)?"
    r"(?:[\p{L}'’-]+\s+){0,5}\p{Lu}[\p{L}'’-]+)\W*$",
    regex.IGNORECASE,
)
_TAKEN_UP = regex.compile(
    r"^\W*(?:(?:the|this|that|these|those|such)\s+(?:alleged\s+|reported\s+)?\p{Ll}+|it|this|that)\W*$",
    regex.IGNORECASE,
)


def pointed(view: StoryView, denial: Statement) -> list[Found]:
    """What a denial points back to, and the same charge on other pages; none if it does not point."""
    if owned := _OWNED.match(view.text(hull(denial))):
        return _owned(view, denial, owned["owner"])
    sentence = sentence_of(view, denial)
    match = _POINTING.search(view.text(sentence)) if sentence is not None else None
    if sentence is None or match is None or DESCRIBING.match(view.text(hull(denial))):
        return []
    before, here = _before(view, denial, sentence)
    owner = match["owner"] if match["owner"][-2:] in {"'s", "’s"} or match["owner"][-1] in "'’" else ""
    named = [s for s in before if owner and s.speaker_name and gist(owner).bag & gist(s.speaker_name).bag]
    best = max(named or before, key=lambda s: (hull(s).end, s.id), default=None)
    if best is None:
        return []
    how = f"“{match[0].strip()}” points back to the last statement before it by somebody else"
    if named:
        how = f"“{match[0].strip()}” names whose statement before it is denied"
    found = Found(_distant(view, best, here), how, best.id, hull(best))
    return [found, *_counterparts(view, denial, best)]


def _before(view: StoryView, denial: Statement, sentence: Sentence) -> tuple[list[Statement], int]:
    """What others say in the sentences before a denial, and which sentence of its page the denial's is."""
    sentences = view.sentences_of(denial.doc)
    here = sentences.index(sentence)
    reach = sentences[max(here - REACH, 0)].start
    page = view.statements_of[denial.doc]
    found = [s for s in others(view, denial, page) if reach <= hull(s).start < sentence.start]
    return found, here


def _distant(view: StoryView, claim: Statement, here: int) -> float:
    """A score that falls with the sentences between a claim and the denial that points to it."""
    sentences = view.sentences_of(claim.doc)
    distance = here - next((i for i, s in enumerate(sentences) if s.end > hull(claim).start), here)
    return round(max(0.9 - 0.08 * distance, 0.4), 6)


def _counterparts(view: StoryView, denial: Statement, claim: Statement) -> list[Found]:
    """The charge that a denial points to, as its side makes it on other pages: the likest of each page."""
    denier = power_of(view, view.actor_of.get(denial.speaker))
    side = power_of(view, view.actor_of.get(claim.speaker))
    if not denier or not side or denier == side:
        return []
    mine = read(view, hull(claim))
    words = mine.words | mine.powers
    best: dict[str, tuple[float, str, Claim]] = {}
    for other in claims(view):
        doc, theirs = other.told.span.doc, other.told.words | other.told.powers
        if (
            doc == claim.doc
            or other.by != side
            or denier not in other.told.powers
            or not near(view, doc, claim.doc)
        ):
            continue
        share = len(words & theirs) / max(min(len(words), len(theirs)), 1)
        if len(words & theirs) >= SHARED and share >= CONTAINED and other.statement is not None:
            best[doc] = max(
                best.get(doc, (0.0, "", other)), (share, other.statement.id, other), key=lambda b: b[:2]
            )
    how = "the same side makes the charge that is pointed to on another page"
    return [Found(round(0.8 * share, 6), how, i, other.told.span) for share, i, other in best.values()]


def _owned(view: StoryView, denial: Statement, owner: str) -> list[Found]:
    """The statements of the named owner of a charge that speak of the denier: the likest of each page."""
    denier = power_of(view, view.actor_of.get(denial.speaker))
    sentence = sentence_of(view, denial)
    side = powers(view).read(owner)[1]
    if not denier or len(side) != 1 or denier in side or sentence is None:
        return []
    words, named, _ = powers(view).read(view.text(sentence))
    office = _office(view, owner)
    best: dict[str, tuple[float, str, Claim]] = {}
    for claim in claims(view):
        doc = claim.told.span.doc
        if (
            claim.statement is None
            or claim.by not in side
            or denier not in claim.told.powers
            or not near(view, doc, denial.doc)
        ):
            continue
        if not office <= _roles(view, claim.statement):
            continue
        told = claim.told.words | claim.told.powers
        rank = (float(len(told & (words | named))), claim.statement.id, claim)
        best[doc] = max(best.get(doc, (0.0, "", claim)), rank, key=lambda b: b[:2])
    how = f"the denial names whose charge it is: {owner}"
    return [Found(0.75, how, i, claim.told.span) for share, i, claim in best.values() if share]


def _office(view: StoryView, words: str) -> frozenset[str]:
    """What an owner is besides of which power: interior, minister; empty where only the power is told."""
    return powers(view).read(words)[0]


def _roles(view: StoryView, statement: Statement) -> frozenset[str]:
    actor = view.actor_of.get(statement.speaker)
    told = " ".join((actor.name, *actor.roles, *actor.aliases)) if actor else statement.speaker_name
    return gist(told).bag


def taken_up(view: StoryView, denial: Statement, denied: Container[str]) -> list[Found]:
    """What a bare definite phrase (`denied the deployment`) takes up.

    Args:
        view: The story.
        denial: A denial that nothing else links.
        denied: Ids of the statements that others deny for the denier's side.

    Returns:
        The statement before it on its page that is so denied elsewhere, else the nearest that speaks of the denier.
    """
    sentence = sentence_of(view, denial)
    power = power_of(view, view.actor_of.get(denial.speaker))
    if sentence is None or not power or not _TAKEN_UP.match(view.text(hull(denial))):
        return []
    before, here = _before(view, denial, sentence)
    about = {c.statement.id for c in claims(view) if c.statement and power in c.told.powers and c.by != power}
    near_ = [s for s in before if s.id in about]
    known = [s for s in near_ if s.id in denied]
    best = max(known or near_, key=lambda s: (hull(s).end, s.id), default=None)
    if best is None:
        return []
    how = f"“{view.text(hull(denial)).strip()}” takes up what is said of the denier before it"
    return [Found(_distant(view, best, here), how, best.id, hull(best))]


def elaborates(view: StoryView, statement: Statement, denials: Sequence[Statement]) -> Statement | None:
    """The denial which a dismissing remark (`it is absurd to ...`) in the same sentence, by the same speaker, goes on with."""
    if not _DISMISSING.match(view.text(hull(statement))):
        return None
    sentence = sentence_of(view, statement)
    return next(
        (
            d
            for d in denials
            if d.doc == statement.doc
            and d.id != statement.id
            and d.speaker == statement.speaker
            and sentence_of(view, d) == sentence
        ),
        None,
    )


_DISMISSING = regex.compile(
    r"^\W*(?:that\s+)?(?:it|this|that|these|they|such\s+\p{Ll}+)(?:\s+(?:is|was|were|are)|['’]s|['’]re)\s+(?:all\s+|simply\s+|utterly\s+|completely\s+|a\s+|an\s+|pure\s+)*"
    r"(?:absurd|baseless|fabricat\p{L}+|fairy|fake|false|fantas\p{L}+|fiction|groundless|inventions?|invented|laughable|lies?|nonsens\p{L}+|preposterous|ridiculous|rubbish|slander|unfounded|untrue)\b",
    regex.IGNORECASE,
)
