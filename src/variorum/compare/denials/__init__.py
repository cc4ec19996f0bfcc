"""Denials, linked to what they deny.

Five ways lead from a denial to a claim, and `how` says which:

1. It points back: `called these allegations false`. The claim is the nearest statement before it, on the same page,
   by somebody else; a named owner (`Kestria's allegations`) must be its speaker. `Denied the deployment` points to the
   statement before it that others deny for the same side elsewhere, else to the nearest that speaks of the denier.
2. It describes the claim: `denied that its troops had crossed the line`. The claim is the statement, else the
   sentence, of anybody else in the story that says those words, or of the other side that says them of the denier.
3. It names whose claim it is (`rejected the accusations of the Kestrian minister`): the minister's about the denier.
4. Its own page tells of the claim (`rejected media reports that ...`, `..., as claimed by a minister`): the span.
5. It renders the same utterance as a denial that is linked.

Apart from these, a statement that says with a negation what somebody else says without one denies it too. Where none
of this holds, the denial stands with nothing denied, and `how` says that nothing in the story claims it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from variorum.compare.content import resources
from variorum.compare.denials.allegations import hull
from variorum.compare.denials.contraries import contraries
from variorum.compare.denials.denied import NOBODY, Found
from variorum.compare.denials.describing import described, told
from variorum.compare.denials.pointing import elaborates, pointed, taken_up
from variorum.compare.powers import power_of
from variorum.compare.view import StoryView, fetches, views
from variorum.records import Denial, Tables, to_table
from variorum.stage import Stage

if TYPE_CHECKING:
    from variorum.records import Statement
    from variorum.settings import Settings

__all__ = ["STAGE", "denials", "hull"]

# "Refused to recognise" and "rejected calls for an election" turn down a deed, not a claim.
_REFUSAL = regex.compile(
    r"to\s+(?!have\b|be\b)\p{Ll}+|(?:(?:the|any|all|such|these|those|[\p{L}’']+)\s+){0,3}?"
    r"(?:appeals?|bids?|calls?|deals?|demands?|ideas?|invitations?|offers?|plans?|pleas?|proposals?|recommendations?|requests?|ultimatums?)\b",
    regex.IGNORECASE,
)

_Links = dict[str, list[Found]]


def _denying(view: StoryView) -> list[Statement]:
    return [
        s
        for s in view.statements
        if s.act == "denies" and not s.negated and s.content and not _REFUSAL.match(view.content(s))
    ]


def _linked(view: StoryView, denying: list[Statement]) -> _Links:
    """Denying statements with what they deny, each by its own words; those that find nothing are left out."""
    links: _Links = defaultdict(list)
    for statement in denying:
        links[statement.id] += pointed(view, statement) or described(view, statement)
    for statement, found in contraries(view):
        links[statement.id].append(found)
    return {i: found for i, found in links.items() if found}


def _by_others(view: StoryView, denying: list[Statement], links: _Links) -> _Links:
    """What denials deny by the company they keep: phrases that take something up, remarks that go on with a denial."""
    powers = {s.id: power_of(view, view.actor_of.get(s.speaker)) for s in view.statements}
    for statement in denying:
        if statement.id not in links:
            side = {
                f.denied for i, found in links.items() for f in found if powers[i] == powers[statement.id]
            }
            if found := taken_up(view, statement, side):
                links[statement.id] = found
    for statement in view.statements:
        if statement.content and statement.id not in links:
            denial = elaborates(view, statement, denying)
            if denial is not None and denial.id in links:
                links[statement.id] = links[denial.id]
    return links


def _rendered(view: StoryView, links: _Links) -> _Links:
    """Denials that render one utterance deny the same, whichever of the pages helps to tell what it is."""
    made: _Links = {i: list(found) for i, found in links.items()}
    docs = {s.id: s.doc for s in view.statements}
    for utterance in view.utterances:
        if not any(i in links for i in utterance.statements):
            continue
        shared = {
            f.claimed: f
            for i in utterance.statements
            for f in links.get(i, ())
            if f.claimed is not None and f.claimed.doc != docs[i]
        }
        for i in utterance.statements:
            has = {f.claimed for f in made.get(i, ())}
            made.setdefault(i, []).extend(
                Found(
                    round(0.95 * f.score, 6),
                    f"another page has this denial too: {f.how}",
                    f.denied,
                    f.claimed,
                )
                for span, f in sorted(shared.items())
                if span not in has and span.doc != docs[i]
            )
    return {i: found for i, found in made.items() if found}


def denials(view: StoryView) -> list[Denial]:
    """Every denial of one story with what it denies."""
    denying = _denying(view)
    links = _rendered(view, _by_others(view, denying, _linked(view, denying)))
    for statement in denying:
        if statement.id not in links:
            links[statement.id] = [told(view, statement) or NOBODY]
    found = {d.id: d for i, rows in links.items() for f in rows for d in (_denial(view, i, f),)}
    return [found[i] for i in sorted(found)]


def _denial(view: StoryView, statement: str, found: Found) -> Denial:
    return Denial(
        story=view.story.id,
        statement=statement,
        denied=found.denied,
        claimed=found.claimed,
        how=found.how,
        score=found.score,
    )


def _run(tables: Tables, _settings: Settings) -> Tables:
    rows = [d for view in views(tables) for d in denials(view)]
    return {"denials": to_table(Denial, rows, made_by=STAGE.made_by)}


STAGE = Stage(
    name="denials",
    version=1,
    needs=("stories",),
    makes=("denials",),
    split_by="id",
    fetch=fetches("sentences", "mentions", "statements", "actors", "datings", "episodes", "utterances"),
    broadcast=("gazetteer", "outlets"),
    run=_run,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)
