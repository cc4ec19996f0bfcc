"""Denials, linked to what they deny.

Three ways lead from a denial to a claim, tried in this order and said in `how`:

1. It points back: `called these allegations false`. The claim is the nearest statement before it, on the same page,
   by somebody else; a named owner (`Kestria's allegations`) must be its speaker.
2. It describes the claim: `denied that its troops had crossed the line`. The claim is the statement, else the
   sentence, of anybody else in the story that says those words.
3. Its own page tells of the claim (`rejected media reports that ...`, `..., as claimed by a minister`): the span.

Apart from these, a statement that says with a negation what somebody else says without one denies it too. Where none
of this holds, the denial stands with nothing denied, and `how` says that nothing in the story claims it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.compare.content import Gist, gist, likeness, resources
from variorum.compare.utterances import one_voice
from variorum.compare.view import StoryView, fetches, views
from variorum.records import Anchor, Denial, Sentence, Statement, Tables, to_table
from variorum.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.settings import Settings

# Share of the denied words that a claim must hold; two words in three leave room for one synonym that no list knows.
HOLDS = 0.66
# And share of common words of both (Dice), so that a long sentence does not hold a short denial by chance.
ALIKE = 0.4
# Where its own page says whose claim a denial meets, another page's must be as good as the same.
ELSEWHERE = 0.8
# Content words that must be shared: a denial of "involvement" alone points at nothing in particular.
SHARED = 3
# Share of common words (Dice) of a statement and its contrary, where the verb is none of denying.
CONTRARY = 0.7
# Sentences that a pointing denial reaches back; news paragraphs are two to four sentences long.
REACH = 6

_NOUN = r"(?:allegations?|accusations?|claims?|charges?|reports?|rumou?rs?|suggestions?|assertions?|insinuations?|speculations?)"
_DESCRIBING = regex.compile(
    rf"^(?:\W*(?:the|these|those|any|all|such|some|\p{{L}}+['’]s?|\p{{L}}+)\s+){{0,4}}{_NOUN}\s+(?:in\s+.{{0,30}}?\s+)?"
    r"(?:that|of|about|saying|claiming|according\s+to\s+which|suggesting|alleging)\s+",
    regex.IGNORECASE,
)
_POINTING = regex.compile(
    r"\b(?P<owner>(?i:this|that|these|those|such|the|all|both|his|her|their|its|any)|(?:\p{Lu}\p{L}+\s)*\p{Lu}\p{L}+['’]s?)\s+"
    rf"(?:\p{{Ll}}+\s+){{0,2}}(?P<noun>{_NOUN})\b(?!\s+(?:that|of|about|saying|claiming|suggesting|alleging|according)\b)"
)
# "Refused to recognise" and "rejected calls for an election" turn down a deed, not a claim.
_REFUSAL = regex.compile(
    r"to\s+(?!have\b|be\b)\p{Ll}+|(?:(?:the|any|all|such|these|those|[\p{L}’']+)\s+){0,3}?"
    r"(?:appeals?|bids?|calls?|deals?|demands?|ideas?|invitations?|offers?|plans?|pleas?|proposals?|recommendations?|requests?|ultimatums?)\b",
    regex.IGNORECASE,
)
# "Did not know that" leaves open what it is about.
_UNKNOWING = frozenset(
    ("know", "knew", "think", "believe", "expect", "understand", "confirm", "recall", "comment", "say")
)
_CLAUSE = regex.compile(r"[;,:–—]\s+|\s+(?:and|but|while|although|because|after|before|despite|unless|if)\s+")
_TOLD = regex.compile(
    r"\bas\s+(?:was\s+)?(?:claimed|alleged|reported|asserted|suggested|stated|said)\s+by\b", regex.IGNORECASE
)
_REPORTED = regex.compile(rf"{_NOUN}\s+(?:that|of|about|saying|claiming)\s+$", regex.IGNORECASE)


class _Found(msgspec.Struct, frozen=True):
    score: float
    how: str
    denied: str = ""
    claimed: Anchor | None = None


def hull(statement: Statement) -> Anchor:
    """From the first to the last code point of a statement's content."""
    return Anchor(statement.doc, statement.content[0].start, statement.content[-1].end)


def proposition(view: StoryView, statement: Statement) -> Anchor:
    """What a denial denies, without `media reports that` before it."""
    span = hull(statement)
    match = _DESCRIBING.match(view.text(span))
    return (
        Anchor(span.doc, span.start + match.end(), span.end)
        if match and match.end() < span.end - span.start
        else span
    )


def _sentence(view: StoryView, statement: Statement) -> Sentence | None:
    return view.sentence_at(statement.doc, (statement.cue or statement.content[0]).start)


def _others(view: StoryView, denial: Statement) -> Iterator[Statement]:
    """Statements that somebody else makes and that deny nothing.

    What a denial reports (`reports that ...` within `rejected reports that ...`) is a claim for its own page only: on
    another page it is the same hearsay.
    """
    mine = view.actor_of.get(denial.speaker)
    denying = {s.id for s in view.statements if s.act == "denies"}
    for other in view.statements:
        if other.id == denial.id or not other.content or other.act == "denies" or other.negated:
            continue
        if other.via in denying and other.doc != denial.doc:
            continue
        theirs = view.actor_of.get(other.speaker)
        if one_voice(view, mine, theirs) or (mine is None and theirs is None and other.via != denial.id):
            continue
        yield other


def _pointed(view: StoryView, denial: Statement) -> _Found | None:
    """What a denial points back to."""
    sentence = _sentence(view, denial)
    if sentence is None:
        return None
    words = view.text(sentence)
    match = _POINTING.search(words)
    if match is None or _DESCRIBING.match(view.text(hull(denial))):
        return None
    before = view.sentences_of(denial.doc)
    here = before.index(sentence)
    reach = before[max(here - REACH, 0)].start
    near = [
        s for s in _others(view, denial) if s.doc == denial.doc and reach <= hull(s).start < sentence.start
    ]
    owner = match["owner"] if match["owner"][-2:] in {"'s", "’s"} or match["owner"][-1] in "'’" else ""
    named = [s for s in near if owner and s.speaker_name and gist(owner).bag & gist(s.speaker_name).bag]
    best = max(named or near, key=lambda s: (hull(s).end, s.id), default=None)
    if best is None:
        return None
    distance = here - next((i for i, s in enumerate(before) if s.end > hull(best).start), here)
    how = f"“{match[0].strip()}” points back to the last statement before it by somebody else"
    if named:
        how = f"“{match[0].strip()}” names whose statement before it is denied"
    return _Found(round(max(0.9 - 0.08 * distance, 0.4), 6), how, best.id, hull(best))


def _holds(denied: Gist, claim: Gist) -> float:
    """Share of the denied words that a claim says; 0 where numbers or negation part them or too little is shared."""
    alike = likeness(denied, claim)
    if alike.shared < SHARED or alike.dice < ALIKE or not alike.numbers or not alike.polarity:
        return 0.0
    return round(alike.shared / len(denied.bag), 6)


def _described(view: StoryView, denial: Statement) -> list[_Found]:
    """Whoever says what a denial describes: the best statement of each page, else the best sentence."""
    denied = gist(view.text(proposition(view, denial)))
    best: dict[str, tuple[float, str]] = {}
    said = {s.id: s for s in _others(view, denial)}
    for statement in said.values():
        share = _holds(denied, gist(view.content(statement)))
        if share >= HOLDS:
            best[statement.doc] = max(best.get(statement.doc, (0.0, "")), (share, statement.id))
    if best.get(denial.doc, (0.0, ""))[0] >= ELSEWHERE:
        best = {doc: b for doc, b in best.items() if b[0] >= ELSEWHERE}
    found = [_Found(share, _how(denial, said[i], share), i, hull(said[i])) for share, i in best.values()]
    return found or _described_by_sentence(view, denied)


def _how(denial: Statement, claim: Statement, share: float) -> str:
    mine, theirs = hull(denial), hull(claim)
    if mine.doc == theirs.doc and mine.start < theirs.end and theirs.start < mine.end:
        return f"the denying page says whose claim it is: {claim.speaker_name or 'unnamed sources'}"
    return f"says {share:.0%} of the words that the denial describes"


def _described_by_sentence(view: StoryView, denied: Gist) -> list[_Found]:
    """The sentence that claims in its outlet's own words what is denied; never one that reports somebody's words."""
    said = [hull(s) for s in view.statements if s.content]
    taken = {s.id for span in said for s in view.at(view.sentences, span)}
    rated = [(_holds(denied, gist(view.text(s))), s) for s in view.sentences if s.id not in taken]
    share, sentence = max(rated, key=lambda r: (r[0], r[1].id), default=(0.0, None))
    if sentence is None or share < HOLDS:
        return []
    how = f"this sentence says {share:.0%} of the words that the denial describes, in its outlet's own voice"
    return [_Found(round(share * 0.9, 6), how, "", Anchor(sentence.doc, sentence.start, sentence.end))]


def _told(view: StoryView, denial: Statement) -> _Found | None:
    """What the denial's own page says was claimed."""
    span, claim = hull(denial), proposition(view, denial)
    sentence = _sentence(view, denial)
    before = view.documents[denial.doc].text[max(span.start - 60, 0) : claim.start]
    if claim.start > span.start or _REPORTED.search(before):
        how = "the denying page tells the claim itself; nothing else in the story makes it"
        return _Found(0.6, how, "", claim)
    if sentence is not None and (match := _TOLD.search(view.text(sentence))):
        start = sentence.start + match.start()
        ends = span.end if span.end <= start or start <= span.start else start
        how = f"the page tells whose claim it is: “{view.documents[denial.doc].text[start : sentence.end].strip(' .')}”"
        return _Found(0.6, how, "", Anchor(denial.doc, span.start, ends))
    return None


def _clauses(view: StoryView, statement: Statement, *, negated: bool) -> list[Gist]:
    """What the clauses of a statement say that are negated, or that are not."""
    read = (gist(c) for c in _CLAUSE.split(view.content(statement)))
    return [g for g in read if g.negated is negated and len(g.bag) >= SHARED]


def _contraries(view: StoryView) -> Iterator[Denial]:
    """Statements that say in a negated clause what a clause of somebody else's says without negation."""
    said = [s for s in view.statements if s.content and s.speaker and not s.negated and s.act != "denies"]
    index: dict[str, list[tuple[Statement, Gist]]] = defaultdict(list)
    for statement in said:
        for clause in _clauses(view, statement, negated=False):
            for word in sorted(clause.bag):
                index[word].append((statement, clause))
    for statement in said:
        for clause in _clauses(view, statement, negated=True):
            near = {(s.id, c.raw): (s, c) for word in clause.bag for s, c in index[word]}
            for key in sorted(near):
                other, theirs = near[key]
                if found := _contrary(view, (statement, clause), (other, theirs)):
                    yield _denial(view, statement, found)


def _contrary(view: StoryView, left: tuple[Statement, Gist], right: tuple[Statement, Gist]) -> _Found | None:
    (statement, clause), (other, theirs) = left, right
    alike = likeness(clause, theirs)
    if alike.shared <= SHARED or alike.dice < CONTRARY or not alike.numbers or _UNKNOWING & set(clause.raw):
        return None
    mine, speaker = view.actor_of.get(statement.speaker), view.actor_of.get(other.speaker)
    if mine is None or speaker is None or one_voice(view, mine, speaker):
        return None
    how = f"says with a negation what {other.speaker_name or 'another'} says without one"
    return _Found(round(alike.score * 0.9, 6), how, other.id, hull(other))


def _denial(view: StoryView, statement: Statement, found: _Found) -> Denial:
    return Denial(
        story=view.story.id,
        statement=statement.id,
        denied=found.denied,
        claimed=found.claimed,
        how=found.how,
        score=found.score,
    )


_NOBODY = _Found(0.0, "nothing in the story claims what is denied")


def find(view: StoryView, statement: Statement) -> list[_Found]:
    """What one denying statement denies; at least one finding, the last resort being that nobody claims it."""
    if pointed := _pointed(view, statement):
        return [pointed]
    return _described(view, statement) or [_told(view, statement) or _NOBODY]


def denials(view: StoryView) -> list[Denial]:
    """Every denial of one story with what it denies."""
    found: Iterable[Denial] = (
        _denial(view, s, f)
        for s in view.statements
        if s.act == "denies" and not s.negated and s.content and not _REFUSAL.match(view.content(s))
        for f in find(view, s)
    )
    unique = {d.id: d for d in (*_contraries(view), *found)}
    return [unique[i] for i in sorted(unique)]


def _run(tables: Tables, _settings: Settings) -> Tables:
    rows = [d for view in views(tables) for d in denials(view)]
    return {"denials": to_table(Denial, rows, made_by=STAGE.made_by)}


STAGE = Stage(
    name="denials",
    version=1,
    needs=("stories",),
    makes=("denials",),
    split_by="id",
    fetch=fetches("sentences", "statements", "actors"),
    run=_run,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)
