"""What others say about the one who denies: claims and denials read with the powers that they name kept apart.

`Its Defence Ministry denied that soldiers had crossed the river` and `Velmarian soldiers crossed the Sarn` share few
words, but the one is denied by Velmark and the other speaks of Velmark. So a denial and a claim are compared as: who is
meant (the denier's power), and what else is said. A claim that the denier's own side makes is none; nor is one that
speaks of the denier only as the one to whom something is done.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.compare.content import gist
from variorum.compare.overlap import Postings
from variorum.compare.powers import Powers, power_of, power_of_outlet, powers
from variorum.compare.utterances import ANEW, days_apart
from variorum.records import Anchor, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.compare.view import StoryView
    from variorum.records import Sentence

# Words besides the denier's power that a claim and what is denied must share, and the least share of the denied ones.
# Cases beside the tests part at these figures: one shared word joins any two charges against one power.
SHARED = 2
COVERED = 0.5
# Content words that must be left of a sentence beside what it reports, for it to say something itself.
_REMNANT = 3
_TAIL = regex.compile(
    r"[,\s]+as\s+(?:(?:had\s+been|has\s+been|was|were)\s+)?(?:(?:claimed|alleged|reported|asserted|suggested|stated|said)\s+by\s+(?P<by>[^,;.]{2,80})"
    r"|(?P<who>[^,;.]{2,80}?)\s+(?:(?:had|has|have)\s+)?(?:earlier\s+|previously\s+)?(?:claim|alleg|report|assert|suggest|say|said|state|maintain|insist)\p{L}*)[^,;.]{0,40}$"
)
_MEDIA = regex.compile(
    r"\b(?:media|press|newspapers?|outlets?|broadcasters?|papers?|journalists?|channels?)\b", regex.IGNORECASE
)
# What will be, or must be, has not been done.
_UNDONE = regex.compile(
    r"\b(?:will|would|shall|should|must|can|could|may|might|want|wants|need|needs|ought|'ll|’ll|won['’]t|going\s+to|if|unless)\b",
    regex.IGNORECASE,
)
_SELF = regex.compile(r"\b(?:we|our|us|it|its|they|their)\b", regex.IGNORECASE)
_HEARSAY = regex.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject|dismiss|refut|rebut|disput|rubbish)\p{L}*\b[^.;]*$", regex.IGNORECASE
)


class Told(msgspec.Struct, frozen=True):
    """What a stretch of text says, and of whom.

    Attributes:
        span: Where it stands.
        words: Its content stems, names of powers left out.
        powers: The powers that it names.
        kinds: What the other places named in it are: river, bridge.
        numbers, negated: As in `Gist`.
    """

    span: Anchor
    words: frozenset[str]
    powers: frozenset[str]
    kinds: frozenset[str]
    numbers: frozenset[str]
    negated: bool


class Claim(msgspec.Struct, frozen=True):
    """What somebody says, as far as somebody else may deny it.

    Attributes:
        told: What is said.
        statement: The statement; None for a sentence in its outlet's own voice.
        by: The power of the speaker, else empty.
    """

    told: Told
    statement: Statement | None
    by: str


def hull(statement: Statement) -> Anchor:
    """From the first to the last code point of a statement's content."""
    return Anchor(statement.doc, statement.content[0].start, statement.content[-1].end)


def read(view: StoryView, span: Anchor) -> Told:
    """Read what a span says and of whom."""
    text = view.text(span)
    words, named, kinds = powers(view).read(text)
    whole = gist(text)
    return Told(span, words, named, kinds, whole.numbers & words, whole.negated)


def without_claimant(view: StoryView, span: Anchor) -> tuple[Anchor, str]:
    """A span without `as ... had reported` at its end, and the words that name who did; empty if none."""
    match = _TAIL.search(view.text(span))
    if match is None or not match.start():
        return span, ""
    return Anchor(span.doc, span.start, span.start + match.start()), match["by"] or match["who"] or ""


def denying(view: StoryView) -> set[str]:
    """Ids of the statements that deny."""
    cache: dict[str, set[str]] = view.cache("denying")
    if "" not in cache:
        cache[""] = {s.id for s in view.statements if s.act == "denies"}
    return cache[""]


def hearsay(view: StoryView, statement: Statement) -> bool:
    """Whether a statement is only what its own page turns down: `dismissed a report that ...`, `denied ..., as X claims`."""
    cache: dict[str, bool] = view.cache("hearsay")
    if statement.id not in cache:
        cache[statement.id] = _hearsay(view, statement)
    return cache[statement.id]


def _hearsay(view: StoryView, statement: Statement) -> bool:
    mine = hull(statement)
    denied = (hull(s) for s in view.statements_of[statement.doc] if s.act == "denies" and s.content)
    if any(d.start < mine.end and mine.start < d.end for d in denied):
        return True
    sentence = view.sentence_at(statement.doc, statement.content[0].start)
    if sentence is None:
        return False
    head = view.documents[statement.doc].text[sentence.start : statement.content[0].start]
    return statement.source is None and bool(_HEARSAY.search(head))


def claims(view: StoryView) -> list[Claim]:
    """Every statement of a story that claims something, in the order of documents and text.

    What a denial only reports is left out: on another page it is the same hearsay.
    """
    cache: dict[str, list[Claim]] = view.cache("claims")
    if "" not in cache:
        cache[""] = [
            Claim(read(view, hull(s)), s, power_of(view, view.actor_of.get(s.speaker)))
            for s in view.statements
            if s.content
            and s.act != "denies"
            and s.via not in denying(view)
            and not s.negated
            and not hearsay(view, s)
        ]
    return cache[""]


def own_voice(view: StoryView) -> list[Claim]:
    """What outlets say in their own words: sentences, or the stretches of them that report nobody, as claims."""
    cache: dict[str, list[Claim]] = view.cache("own voice")
    if "" not in cache:
        said: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for s in view.statements:
            pieces = [p for p in (s.source, s.cue, *s.content) if p is not None]
            for sentence in {
                x.id: x for p in pieces for x in view.at(view.sentences, Anchor(s.doc, p.start, p.end))
            }.values():
                said[sentence.id] += [(p.start, p.end) for p in pieces]
        cache[""] = [c for s in view.sentences for c in _own(view, s, said.get(s.id, []))]
    return cache[""]


def _own(view: StoryView, sentence: Sentence, said: list[tuple[int, int]]) -> Iterator[Claim]:
    """The sentence, or what stands before and after all that it reports, if that is more than a few words."""
    spans = [(sentence.start, sentence.end)]
    if said:
        first, last = min(s for s, _ in said), max(e for _, e in said)
        spans = [(sentence.start, first), (last, sentence.end)]
    for start, end in spans:
        span = Anchor(sentence.doc, start, end)
        if not said or (end > start and len(gist(view.text(span)).bag) > _REMNANT):
            yield Claim(read(view, span), None, power_of_outlet(view, sentence.doc))


def _by_words(view: StoryView, rows: list[Claim], name: str) -> Postings:
    """Claims by the words in them."""
    cache: dict[str, Postings] = view.cache("claims by words")
    if name not in cache:
        cache[name] = Postings(c.told.words | c.told.kinds for c in rows)
    return cache[name]


def meet(view: StoryView, denier: str, denied: Told, claim: Claim) -> float:
    """How well a claim says of the denier what is denied; 0 where it does not.

    Args:
        view: The story.
        denier: The power that denies.
        denied: What is denied.
        claim: What somebody says.

    Returns:
        The share of the denied words, 0 or COVERED..1; 0 too where the denier is not the one who acts.
    """
    told = claim.told
    if not denier or claim.by == denier or denier not in told.powers:
        return 0.0
    if (
        denied.numbers
        and told.numbers
        and not (denied.numbers <= told.numbers or told.numbers <= denied.numbers)
    ):
        return 0.0
    shared = denied.words & (told.words | told.kinds)
    if (
        len(shared) < SHARED
        or len(shared) < COVERED * len(denied.words)
        or not _acts(view, denier, told, shared)
    ):
        return 0.0
    return round(len(shared) / len(denied.words), 6)


def _acts(view: StoryView, denier: str, told: Told, shared: frozenset[str]) -> bool:
    """Whether the denier stands before something that is shared, or after `by`, as who does it does."""
    read_, text = powers(view), view.text(told.span)
    for start, _, power in read_.spans(text):
        if power == denier:
            return bool(shared & _after(read_, text[start:])) or text[:start].rstrip().endswith(
                (" by", " by the")
            )
    return False


def _after(read_: Powers, text: str) -> frozenset[str]:
    words, named, kinds = read_.read(text)
    return words | named | kinds


def near(view: StoryView, one: str, other: str) -> bool:
    """Whether two pages are so near in time that one may speak of what the other says: a week, else one episode."""
    apart = days_apart(view.dates[one], view.dates[other])
    if apart is not None:
        return apart <= ANEW
    return any(one in e.documents and other in e.documents for e in view.episodes) or not view.episodes


def alleged(
    view: StoryView, denier: str, denied: Told, rows: list[Claim], name: str
) -> dict[str, tuple[float, Claim]]:
    """The claims about the denier that say what is denied: the best of each page within reach of time.

    Args:
        view: The story.
        denier: The power that denies; empty finds nothing.
        denied: What is denied.
        rows: The claims to look among.
        name: What to call them in the story's cache.

    Returns:
        Document to (share of the denied words, claim).
    """
    best: dict[str, tuple[float, Claim]] = {}
    near_ = _by_words(view, rows, name).sharing(denied.words, SHARED) if denier else []
    found = {rows[i].told.span: rows[i] for i in near_}
    for span in sorted(found):
        claim = found[span]
        share = meet(view, denier, denied, claim)
        better = claim.told.negated == denied.negated and share > best.get(span.doc, (0.0, claim))[0]
        if better and near(view, span.doc, denied.span.doc):
            best[span.doc] = (share, claim)
    return best


def done(clause: str) -> bool:
    """Whether a clause speaks of what is or was done, not of what will or must be."""
    return not _UNDONE.search(clause)


def speaks_of_itself(power: str, told: Told, text: str) -> bool:
    """Whether a denying clause is about the denier: it names the denier, or nobody but says we, it or they."""
    return power in told.powers or (not told.powers and bool(_SELF.search(text)))


def claimed_by(view: StoryView, words: str, rows: Iterable[Claim]) -> list[Claim]:
    """Those claims that the named claimant may have made: `media in Ostrel`, `a Tessaran minister`."""
    named = powers(view).read(words)[1]
    if len(named) != 1:
        return []
    (power,) = named
    media = bool(_MEDIA.search(words))
    return [c for c in rows if c.by == power or (media and power_of_outlet(view, c.told.span.doc) == power)]
