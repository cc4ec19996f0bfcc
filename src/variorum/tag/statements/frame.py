"""What a frame is: the words that attribute something, before their content's extent is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from variorum.records.spans import Act
from variorum.tag.statements import complements, lexicon
from variorum.tag.statements.complements import Complement
from variorum.tag.statements.groups import Group
from variorum.tag.statements.lexicon import (
    COORDINATOR,
    FALSE,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
    Tense,
    Verb,
)
from variorum.tag.statements.units import is_capital, is_name_like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item, Page, Unit

_VOICING = lexicon.words("voicing")
# `before`: the frame stands before its content; `after`: behind it or inside it; `along`: a participle (", adding that"),
# its source is the clause's; `joined`: a second verb of the same subject; `noun`: "the claim that".
FrameKind = Literal["before", "after", "along", "joined", "noun"]
Range = tuple[int, int]


class Frame(msgspec.Struct):
    """The words that attribute something.

    Attributes:
        kind: On which side the content lies and whence the source comes.
        start, end: Range of all its words: source, cue, addressee and adjuncts of a frame behind its content.
        cue: Range of the cue.
        source: Range of the source; None if it is inherited or not told.
        addressee: Range of whom it is said to.
        complement: What the cue governs; None if the content lies before.
        act, negated: As in the record.
        tense: Form of the cue, for finding which verbs are joined.
        belief: Whether it is a verb of thinking.
        content: Ranges of the content, filled in by `extents`.
        parent: Number of the frame whose source it shares; -1 if none.
        aside: Whether it stands in a clause between commas (", who said that ...,"), where its content ends too.
        quoting: Whether it is "as X put it": its content may be another frame's.
    """

    kind: FrameKind
    start: int
    end: int
    cue: Range
    act: Act
    source: Range | None = None
    addressee: Range | None = None
    complement: Complement | None = None
    negated: bool = False
    tense: str = ""
    belief: bool = False
    content: list[Range] = []
    parent: int = -1
    quoting: bool = False
    aside: bool = False


class Cue(msgspec.Struct, frozen=True):
    """A verb seen at a place, with its group."""

    verb: Verb
    tenses: frozenset[Tense]
    at: int
    after: int
    group: Group


def before_frame(items: Sequence[Item], cue: Cue, governed: Complement, source: Range) -> Frame:
    return Frame(
        kind="before",
        start=source[0],
        end=governed.start,
        cue=(cue.group.start, governed.cue_end),
        source=source,
        addressee=governed.addressee,
        complement=governed,
        act=act_of(items, cue.verb, governed),
        negated=cue.group.negated,
        tense=tense_of(cue),
        belief="b" in cue.verb.frames,
    )


def behind_frame(
    items: Sequence[Item], cue: Cue, source: Range, *, end: int, addressee: Range | None = None
) -> Frame:
    return Frame(
        kind="after",
        start=min(source[0], cue.group.start),
        end=end,
        cue=(cue.group.start, cue.after),
        source=source,
        addressee=addressee,
        act=act_of(items, cue.verb, None),
        negated=cue.group.negated,
        tense=tense_of(cue),
        belief="b" in cue.verb.frames,
    )


def tense_of(cue: Cue) -> str:
    if cue.group.helped:
        return "past" if "past" in cue.tenses else "helped"
    return "s" if cue.tenses & {"s", "base"} else "past" if "past" in cue.tenses else "ing"


def act_of(items: Sequence[Item], verb: Verb, governed: Complement | None) -> Act:
    """The act of the verb, or of the noun it voices, or of the word by which it calls a thing."""
    if governed is None or governed.kind != "thing":
        if governed is not None and governed.kind == "clause" and verb.lemma == "ask":
            return "demands" if items[governed.start].low == "that" else "asks"
        if governed is not None and governed.kind == "infinitive" and verb.lemma in ("tell", "ask", "warn"):
            return "warns" if verb.lemma == "warn" else "demands"
        return "asks" if verb.lemma == "ask" and governed is not None else verb.act
    stop = complements.clause_stop(items, governed.start)
    words = [items[j].low for j in range(governed.start, min(governed.start + 12, stop))]
    if "n" in verb.frames and verb.lemma in _VOICING:
        return next((lexicon.nouns()[w].act for w in words[:6] if w in lexicon.nouns()), verb.act)
    if verb.frames & {"e", "o", "E"} and verb.act == "asserts" and set(words[1:]) & FALSE:
        return "denies"
    return "demands" if verb.lemma == "ask" and "p" in verb.frames else verb.act


def agrees(items: Sequence[Item], cue: Cue, source: Range) -> bool:
    """Whether subject and verb form fit, for forms that could be nouns or participles."""
    if cue.group.helped or cue.group.start != cue.at:
        return True
    last = items[source[1] - 1]
    boundary = items[source[0] - 1] if source[0] > 0 else None
    if boundary is not None and (
        boundary.low in PREPOSITION - SUBORDINATOR or _is_object_of(items, source[0])
    ):
        return False
    if "past" in cue.tenses:
        return True
    low, plural = last.low, _is_plural(items, source)
    if "base" in cue.tenses and not cue.tenses & {"past", "s"}:
        return plural or low in {"i", "you", "we", "they", "who"}
    if "s" in cue.tenses:
        return not (plural and not is_capital(last)) and low not in {"i", "you", "we", "they"}
    return True


def _is_object_of(items: Sequence[Item], start: int) -> bool:
    """Whether the words before a would-be subject are a verb that owns it ("rejected media reports")."""
    before = items[start - 1]
    if before.kind != "word" or before.low in COORDINATOR:
        return False
    verbs = lexicon.verbs().get(before.low, ())
    if any(v.frames & {"z"} for v, _ in verbs):
        return False
    return bool(verbs) or lexicon.is_plain_verb(before.low)


def _is_plural(items: Sequence[Item], source: Range) -> bool:
    last = items[source[1] - 1].low
    if any(items[j].low == "and" for j in range(*source)):
        return is_capital(items[source[1] - 1]) or not set(lexicon.word_classes(last)) & {"a"}
    if last in {
        "people",
        "police",
        "media",
        "many",
        "some",
        "others",
        "few",
        "several",
        "men",
        "women",
        "those",
        "these",
    }:
        return True
    head = next(
        (items[j - 1].low for j in range(source[0] + 1, source[1]) if items[j].low in PREPOSITION), last
    )
    return head.endswith("s") and not head.endswith(("ss", "'s", "us"))


def may_speak(page: Page, unit: Unit, cue: Cue, source: Range, governed: Complement) -> bool:
    """Whether a source can say things, where the verb alone does not show it."""
    if "b" in cue.verb.frames and unit.inside is not None and unit.items[source[0]].low in {"i", "we", "you"}:
        return False
    sure = governed.kind in ("quote", "clause", "infinitive") and not cue.verb.frames & {"k", "b"}
    if sure and unit.items[max(cue.group.start - 1, 0)].low in {"that", "which"}:
        # "a bell that warned sailors off the rocks": of things, only what they say in so many words.
        at = unit.items[governed.start] if governed.start < len(unit.items) else None
        sure = governed.kind == "quote" or (at is not None and (at.low == "that" or at.kind == "quotation"))
    return sure or is_speaker(page, unit.items, source)


def is_speaker(page: Page, items: Sequence[Item], source: Range) -> bool:
    start, end = source
    low = items[end - 1].low
    if end - start == 1 and low == "it":
        return any(m.chain for m in page.mentions_over(items[start].start, items[start].end))
    if end - start == 1 and low in PRONOUN:
        return True
    if any(items[j].low in lexicon.speakers() for j in range(start, end)):
        return True
    if any(is_capital(items[j]) and j > 0 and is_name_like(items[j]) for j in range(start, end)):
        return True
    return any(
        m.kind not in ("event", "work") for m in page.mentions_in(items[start].start, items[end - 1].end)
    )
