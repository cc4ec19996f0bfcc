"""Denials that say what they deny: who claims it, in a statement, in an outlet's own voice, or as the denying page tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from variorum.compare.content import Gist, gist, likeness
from variorum.compare.denials.allegations import (
    Claim,
    alleged,
    claimed_by,
    claims,
    hull,
    own_voice,
    read,
    without_claimant,
)
from variorum.compare.denials.denied import NOUN, Found, others, proposition, sentence_of
from variorum.compare.overlap import Postings
from variorum.compare.powers import power_of
from variorum.records import Anchor

if TYPE_CHECKING:
    from variorum.compare.view import StoryView
    from variorum.records import Sentence, Statement

# Share of the denied words that a claim must hold; two words in three leave room for one synonym that no list knows.
HOLDS = 0.66
# And share of common words of both (Dice), so that a long sentence does not hold a short denial by chance.
ALIKE = 0.4
# Where its own page says whose claim a denial meets, another page's must be as good as the same.
ELSEWHERE = 0.8
# Content words that must be shared: a denial of "involvement" alone points at nothing in particular.
SHARED = 3
# Of a charge against the very person who denies it, two words are enough.
SUSPECTED = 2

_TOLD = regex.compile(
    r"\bas\s+(?:was\s+)?(?:claimed|alleged|reported|asserted|suggested|stated|said)\s+by\b", regex.IGNORECASE
)
_REPORTED = regex.compile(rf"{NOUN}\s+(?:that|of|about|saying|claiming)\s+$", regex.IGNORECASE)
_CHARGED = regex.compile(r"\b(?:suspect|accus|charg|alleg|blam|indict|convict)\p{L}*\b", regex.IGNORECASE)


def _holds(denied: Gist, claim: Gist) -> float:
    """Share of the denied words that a claim says; 0 where numbers or negation part them or too little is shared."""
    alike = likeness(denied, claim)
    if alike.shared < SHARED or alike.dice < ALIKE or not alike.numbers or not alike.polarity:
        return 0.0
    return round(alike.shared / len(denied.bag), 6)


def described(view: StoryView, denial: Statement) -> list[Found]:
    """Whoever says what a denial describes: the best statement of each page, else the best sentence."""
    denied = gist(view.text(proposition(view, denial)))
    best: dict[str, tuple[float, str]] = {}
    said = {s.id: s for s in others(view, denial, _sharing(view, denied))}
    for statement in said.values():
        share = _holds(denied, gist(view.content(statement)))
        # What stands within the denied words themselves is the claim that they report, or nothing.
        if share >= (ELSEWHERE if _meet(hull(denial), hull(statement)) else HOLDS):
            best[statement.doc] = max(best.get(statement.doc, (0.0, "")), (share, statement.id))
    if best.get(denial.doc, (0.0, ""))[0] >= ELSEWHERE:
        best = {doc: b for doc, b in best.items() if b[0] >= ELSEWHERE}
    found = {
        doc: Found(share, _how(denial, said[i], share), i, hull(said[i])) for doc, (share, i) in best.items()
    }
    found = {**_alleged(view, denial, claims(view), "claims"), **found}
    return list(found.values()) or _in_own_voice(view, denial, denied)


def _sharing(view: StoryView, denied: Gist) -> list[Statement]:
    """Statements with enough of the denied words to be looked at."""
    cache: dict[str, Postings] = view.cache("statements by words")
    if "" not in cache:
        cache[""] = Postings(gist(view.content(s)).bag for s in view.statements)
    return [view.statements[i] for i in cache[""].sharing(denied.bag, SHARED)]


def _how(denial: Statement, claim: Statement, share: float) -> str:
    if _meet(hull(denial), hull(claim)):
        return f"the denying page says whose claim it is: {claim.speaker_name or 'unnamed sources'}"
    return f"says {share:.0%} of the words that the denial describes"


def _meet(a: Anchor, b: Anchor) -> bool:
    return a.doc == b.doc and a.start < b.end and b.start < a.end


def _alleged(view: StoryView, denial: Statement, rows: list[Claim], name: str) -> dict[str, Found]:
    """What the other side says of the denier in words like those denied, by document; only the claimant's if one is named."""
    denier = power_of(view, view.actor_of.get(denial.speaker))
    denied = read(view, proposition(view, denial))
    if denied.powers and denier not in denied.powers and len(denied.words) < SHARED:
        return {}
    _, claimant = without_claimant(view, hull(denial))
    found = alleged(view, denier, denied, rows, name)
    named = (
        {c.told.span for c in claimed_by(view, claimant, (c for _, c in found.values()))}
        if claimant
        else set()
    )
    rows_ = {doc: (share, c) for doc, (share, c) in found.items() if c.told.span in named} if named else found
    return {
        doc: Found(
            round((0.9 if named else 0.75) * share, 6),
            f"says of {denier} {share:.0%} of the words that the denial describes"
            + (f", as the denial says of “{claimant}”" if named else ""),
            claim.statement.id if claim.statement else "",
            claim.told.span,
        )
        for doc, (share, claim) in rows_.items()
    }


def _in_own_voice(view: StoryView, denial: Statement, denied: Gist) -> list[Found]:
    """The sentence that claims in its outlet's own words what is denied; never one that reports somebody's words."""
    best: dict[str, tuple[float, Anchor]] = {}
    rows = own_voice(view)
    cache: dict[str, Postings] = view.cache("sentences by words")
    if "" not in cache:
        cache[""] = Postings(gist(view.text(c.told.span)).bag for c in rows)
    for i in cache[""].sharing(denied.bag, SHARED):
        span = rows[i].told.span
        if (share := _holds(denied, gist(view.text(span)))) >= HOLDS:
            best[span.doc] = max(best.get(span.doc, (0.0, span)), (share, span))
    found = _alleged(view, denial, rows, "own voice") | {
        doc: Found(
            round(share * 0.9, 6),
            f"this sentence says {share:.0%} of the words that the denial describes, in its outlet's own voice",
            "",
            span,
        )
        for doc, (share, span) in best.items()
    }
    return [f for _, f in sorted((found or _suspected(view, denial, denied)).items())]


def _suspected(view: StoryView, denial: Statement, denied: Gist) -> dict[str, Found]:
    """Sentences that tell of a charge against the person who denies it: `He is suspected of having set fire`."""
    actor = view.actor_of.get(denial.speaker)
    best: dict[str, tuple[float, Sentence]] = {}
    for mention in view.mentions_of.get(actor.id, ()) if actor else ():
        sentence = view.sentence_at(mention.doc, mention.start)
        if (
            sentence is None
            or sentence == sentence_of(view, denial)
            or not _CHARGED.search(view.text(sentence))
        ):
            continue
        shared = denied.bag & gist(view.text(sentence)).bag
        share = len(shared) / max(len(denied.bag), 1)
        if len(shared) >= SUSPECTED and share >= HOLDS and share > best.get(mention.doc, (0.0, sentence))[0]:
            best[mention.doc] = (share, sentence)
    return {
        doc: Found(
            round(share * 0.8, 6),
            "this sentence tells of the charge against the one who denies",
            "",
            Anchor(doc, s.start, s.end),
        )
        for doc, (share, s) in best.items()
    }


def told(view: StoryView, denial: Statement) -> Found | None:
    """What the denial's own page says was claimed; None if it does not say that anybody claimed it."""
    span, claim = hull(denial), proposition(view, denial)
    sentence = sentence_of(view, denial)
    before = view.documents[denial.doc].text[max(span.start - 60, 0) : claim.start]
    if claim.start > span.start or _REPORTED.search(before):
        how = "the denying page tells the claim itself; nothing else in the story makes it"
        return Found(0.6, how, "", claim)
    if claimant := without_claimant(view, span)[1]:
        return Found(0.6, f"the page tells whose claim it is: “{claimant}”", "", claim)
    if sentence is not None and (match := _TOLD.search(view.text(sentence))):
        start = sentence.start + match.start()
        ends = span.end if span.end <= start or start <= span.start else start
        how = f"the page tells whose claim it is: “{view.documents[denial.doc].text[start : sentence.end].strip(' .')}”"
        return Found(0.6, how, "", Anchor(denial.doc, span.start, ends))
    return None
