"""Frames: where a unit's words mark an attribution, who is named as its source, and on which side the content lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from variorum.records.spans import Act
from variorum.tag.statements import complements, lexicon, phrases
from variorum.tag.statements.complements import Complement
from variorum.tag.statements.lexicon import COORDINATOR, DETERMINER, FALSE, PREPOSITION, PRONOUN, Verb
from variorum.tag.statements.units import is_capital, is_name_like, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.lexicon import Tense
    from variorum.tag.statements.units import Item, Page, Unit

# `before`: the frame stands before its content; `after`: behind it or inside it; `along`: a participle (", adding that"),
# its source is the clause's; `joined`: a second verb of the same subject; `noun`: "the claim that".
FrameKind = Literal["before", "after", "along", "joined", "noun"]
Range = tuple[int, int]

# Words before a participle that take its source from the clause around it.
_ALONG = frozenset("by while after before when without in and but or".split())
# Subjects of a passive that name nobody: "it was announced that".
_IMPERSONAL = frozenset({"it", "that", "which"})
_QUOTED_AS = frozenset("quoted cited reported recorded heard".split())


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


class _Cue(msgspec.Struct, frozen=True):
    """A verb seen at a place, with its group."""

    verb: Verb
    tenses: frozenset[Tense]
    at: int
    after: int
    group: phrases.Group


def find(page: Page, unit: Unit) -> list[Frame]:
    """All frames of a unit, in the order of their cues."""
    found: list[Frame] = []
    items, i = unit.items, 0
    while i < len(items):
        frame = _frame_at(page, unit, i, found) if is_word(items[i]) else None
        if frame is not None:
            found.append(frame)
            i = max(frame.cue[1], i + 1)
        else:
            i += 1
    return found


def _frame_at(page: Page, unit: Unit, i: int, earlier: Sequence[Frame]) -> Frame | None:
    low = unit.items[i].low
    if low == "according":
        return _according(unit.items, i)
    if low == "as":
        return _as_put(unit.items, i)
    if low == "saying":
        found = _quoted_as_saying(unit, i)
        if found is not None:
            return found
    for verb, tenses in lexicon.verbs().get(low, ()):
        after = _particles_end(unit.items, i, verb)
        if after >= 0:
            cue = _Cue(verb, tenses, i, after, phrases.verb_group(unit.items, i))
            found = _verb_frame(page, unit, cue, earlier)
            if found is not None:
                return found
    noun = lexicon.nouns().get(low)
    return _noun_frame(unit.items, i, noun) if noun is not None and noun.frames & {"c", "i"} else None


def _particles_end(items: Sequence[Item], i: int, verb: Verb) -> int:
    end = i + 1 + len(verb.particles)
    return end if tuple(x.low for x in items[i + 1 : end]) == verb.particles else -1


def _verb_frame(page: Page, unit: Unit, cue: _Cue, earlier: Sequence[Frame]) -> Frame | None:
    items, group = unit.items, cue.group
    if group.infinitive or (group.unreal and not group.negated):
        return None
    if "ing" in cue.tenses and not group.passive:
        return _along(unit, cue)
    if group.passive and "ing" not in cue.tenses:
        return _passive(unit, cue)
    if not group.helped and cue.tenses == {"participle"}:
        return None
    source = _relative(items, group.start) or phrases.subject_before(items, group.start)
    governed = complements.complement(items, cue.after, cue.verb, title=unit.block in ("title", "heading"))
    after = _behind(page, unit, cue, source)
    if after is not None and (governed is None or _is_surely_behind(unit, cue, governed, source)):
        return after
    if governed is None:
        return None
    if source is None:
        return _joined(items, cue, governed, earlier)
    if not _agrees(items, cue, source) or not _may_speak(page, unit, cue, source, governed):
        return None
    return _before(items, cue, governed, source)


def _is_surely_behind(unit: Unit, cue: _Cue, governed: Complement, source: Range | None) -> bool:
    """Whether a frame between commas that could govern what follows belongs to what precedes it all the same."""
    items = unit.items
    if governed.kind == "quote":
        # "A," he said, "B.": one utterance, interrupted.
        start = min(source[0], cue.group.start) if source else cue.group.start
        return start > 0 and items[start - 1].kind == "quotation" and items[governed.start - 1].text == ","
    return source is None and items[cue.group.start - 1].kind == "quotation" and governed.kind != "clause"


def _before(items: Sequence[Item], cue: _Cue, governed: Complement, source: Range) -> Frame:
    return Frame(
        kind="before",
        start=source[0],
        end=governed.start,
        cue=(cue.group.start, governed.cue_end),
        source=source,
        addressee=governed.addressee,
        complement=governed,
        act=_act(items, cue.verb, governed),
        negated=cue.group.negated,
        tense=_tense(cue),
        belief="b" in cue.verb.frames,
    )


def _tense(cue: _Cue) -> str:
    if cue.group.helped:
        return "past" if "past" in cue.tenses else "helped"
    return "s" if cue.tenses & {"s", "base"} else "past" if "past" in cue.tenses else "ing"


def _act(items: Sequence[Item], verb: Verb, governed: Complement | None) -> Act:
    """The act of the verb, or of the noun it voices, or of the word by which it calls a thing."""
    if governed is None or governed.kind != "thing":
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


_VOICING = frozenset("express voice air convey vent raise renew issue deliver give make repeat reiterate".split())


def _agrees(items: Sequence[Item], cue: _Cue, source: Range) -> bool:
    """Whether subject and verb form fit, for forms that could be nouns or participles."""
    if cue.group.helped or cue.group.start != cue.at:
        return True
    last = items[source[1] - 1]
    boundary = items[source[0] - 1] if source[0] > 0 else None
    if boundary is not None and (boundary.low in PREPOSITION or _is_object_of(items, source[0])):
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
        return True
    if last in {"people", "police", "media", "many", "some", "others", "few", "several", "men", "women", "those", "these"}:
        return True
    head = next((items[j - 1].low for j in range(source[0] + 1, source[1]) if items[j].low in PREPOSITION), last)
    return head.endswith("s") and not head.endswith(("ss", "'s", "us"))


def _may_speak(page: Page, unit: Unit, cue: _Cue, source: Range, governed: Complement) -> bool:
    """Whether a source can say things, where the verb alone does not show it."""
    if "b" in cue.verb.frames and unit.inside is not None and unit.items[source[0]].low in {"i", "we", "you"}:
        return False
    sure = governed.kind in ("quote", "clause", "infinitive") and "k" not in cue.verb.frames
    return sure or _is_speaker(page, unit.items, source)


def _is_speaker(page: Page, items: Sequence[Item], source: Range) -> bool:
    start, end = source
    low = items[end - 1].low
    if end - start == 1 and low in PRONOUN:
        return low != "it"
    if any(items[j].low in lexicon.speakers() for j in range(start, end)):
        return True
    if any(is_capital(items[j]) and j > 0 and is_name_like(items[j]) for j in range(start, end)):
        return True
    return any(m.kind not in ("event", "work") for m in page.mentions_in(items[start].start, items[end - 1].end))


def _relative(items: Sequence[Item], start: int) -> Range | None:
    """The noun phrase before "who" or "which" where that is the cue's subject."""
    i = start - 1
    while i > 0 and is_word(items[i]) and phrases.is_adverb(items[i]):
        i -= 1
    if i < 1 or items[i].low not in {"who", "which", "that"}:
        return None
    end = i - (items[i - 1].text == ",")
    found = phrases.subject_before(items, end) if end > 0 else None
    if found is None:
        return None
    # The antecedent is the last phrase before it, not the whole stretch.
    first = next((j for j in range(end - 1, found[0], -1) if items[j].low in PREPOSITION - {"of"}), found[0] - 1)
    return (first + 1, end) if first + 1 < end else found


def _joined(items: Sequence[Item], cue: _Cue, governed: Complement, earlier: Sequence[Frame]) -> Frame | None:
    """A second verb of one subject: "... and asked residents to leave"."""
    i = cue.group.start - 1
    while i >= 0 and is_word(items[i]) and phrases.is_adverb(items[i]):
        i -= 1
    listed = i >= 0 and (items[i].low in {"and", "but", "or"} or (items[i].text == "," and bool(earlier)))
    if not listed or cue.group.infinitive:
        return None
    if governed.kind == "thing" and "k" in cue.verb.frames and not earlier:
        return None
    frame = _before(items, cue, governed, (cue.group.start, cue.group.start))
    frame.kind, frame.source, frame.start = "joined", None, i
    return frame


def _along(unit: Unit, cue: _Cue) -> Frame | None:
    """A participle that shares its clause's source (", adding that"), or that describes a text ("a letter saying that")."""
    items, start = unit.items, cue.group.start
    governed = complements.complement(items, cue.after, cue.verb, title=False)
    if governed is None or start == 0:
        return None
    before = items[start - 1]
    frame = _before(items, cue, governed, (start, start))
    frame.kind, frame.source, frame.start, frame.tense = "along", None, start, "ing"
    if before.text == "," or before.kind == "quotation" or before.low in _ALONG:
        return frame
    source = phrases.subject_before(items, start)
    if source is None or governed.kind not in ("quote", "clause") or items[source[1] - 1].low not in lexicon.speakers():
        return None
    first = next((j for j in range(source[1] - 1, source[0], -1) if items[j].low in PREPOSITION | DETERMINER), source[0])
    first += items[first].low in PREPOSITION
    frame.kind, frame.source, frame.start = "before", (first, source[1]), first
    return frame


def _passive(unit: Unit, cue: _Cue) -> Frame | None:
    """ "It was announced by the ministry that ..."."""
    items = unit.items
    subject = phrases.subject_before(items, cue.group.start)
    if subject is None or items[subject[0]].low not in _IMPERSONAL or subject[1] - subject[0] != 1:
        return None
    source: Range | None = None
    i = cue.after
    if i < len(items) and items[i].low == "by":
        source = (i + 1, phrases.phrase_after(items, i + 1, loose=True))
        i = source[1]
    governed = complements.complement(items, i, cue.verb, title=False)
    if governed is None or governed.kind not in ("clause", "quote") or not cue.verb.frames & {"c", "q"}:
        return None
    frame = _before(items, cue, governed, subject)
    frame.source = source if source is not None and source[0] < source[1] else None
    frame.cue = (cue.group.start, cue.after)
    return frame


def _quoted_as_saying(unit: Unit, i: int) -> Frame | None:
    """ "The minister was quoted by the daily as saying ..."."""
    items = unit.items
    if i < 2 or items[i - 1].low != "as":
        return None
    verb = next((j for j in range(i - 2, max(i - 12, -1), -1) if items[j].low in _QUOTED_AS), -1)
    say = next(v for v, _ in lexicon.verbs()["saying"] if v.lemma == "say")
    governed = complements.complement(items, i + 1, say, title=False) if verb > 0 else None
    if governed is None:
        return None
    group = phrases.verb_group(items, verb)
    if group.passive:
        source = phrases.subject_before(items, group.start)
    else:
        source = (verb + 1, phrases.phrase_after(items, verb + 1, loose=True))
    if source is None or source[0] >= source[1] or source[1] > i:
        return None
    frame = _before(items, _Cue(say, frozenset({"past"}), i, i + 1, group), governed, source)
    adjacent = group.passive and verb == i - 2
    frame.cue = (group.start, i + 1) if adjacent else (i, i + 1)
    return frame


def _behind(page: Page, unit: Unit, cue: _Cue, source: Range | None) -> Frame | None:
    """A frame behind its content or inside it: ", the ministry said on Monday." or ", said the minister."."""
    items, group = unit.items, cue.group
    frames = cue.verb.frames
    if not frames & {"m", "q"}:
        return None
    inverted = None
    if group.start == cue.at and cue.tenses & {"past", "s", "base"}:
        inverted = _inverted(items, cue)
    if inverted is not None:
        return inverted
    if source is None or not _is_cut_off(items, source[0], quoted_only="m" not in frames):
        return None
    if not _agrees(items, cue, source) or not _may_speak(page, unit, cue, source, Complement("clause", 0, 0)):
        return None
    end = phrases.skip_adjuncts(items, cue.after)
    addressee: Range | None = None
    if frames & {"t", "T"}:
        stop = complements.addressee_end(items, end)
        addressee = (end, stop) if stop > end else None
        end = phrases.skip_adjuncts(items, stop)
    if not _is_over(items, end):
        return None
    return _behind_frame(items, cue, source, end=end, addressee=addressee)


def _behind_frame(items: Sequence[Item], cue: _Cue, source: Range, *, end: int, addressee: Range | None = None) -> Frame:
    return Frame(
        kind="after",
        start=min(source[0], cue.group.start),
        end=end,
        cue=(cue.group.start, cue.after),
        source=source,
        addressee=addressee,
        act=_act(items, cue.verb, None),
        negated=cue.group.negated,
        tense=_tense(cue),
        belief="b" in cue.verb.frames,
    )


def _is_cut_off(items: Sequence[Item], start: int, *, quoted_only: bool) -> bool:
    """Whether a comma, dash or quotation stands before the frame, with content before that."""
    if start == 0:
        return False
    before = items[start - 1]
    if before.kind == "quotation":
        return True
    if before.text in (",", "—", "–", "-") and start > 1:
        return not quoted_only or items[start - 2].kind == "quotation"
    return False


def _is_over(items: Sequence[Item], end: int) -> bool:
    """Whether nothing that the cue governs follows."""
    if end >= len(items):
        return True
    item = items[end]
    if item.kind == "quotation":
        return False
    if item.kind == "mark":
        return item.text in ".,;:—–)!?-"
    return item.low in COORDINATOR | {"as", "when", "while", "after", "before", "during", "in", "at", "on", "to", "of", "from", "following", "about", "with", "shortly", "by", "for", "who", "through", "via"}


def _inverted(items: Sequence[Item], cue: _Cue) -> Frame | None:
    """ "...," said the minister in the capital."""
    start = cue.group.start
    if start == 0 or cue.after >= len(items):
        return None
    before, first = items[start - 1], items[cue.after]
    quoted = before.kind == "quotation" or (before.text == "," and start > 1 and items[start - 2].kind == "quotation")
    if not quoted and before.text != ",":
        return None
    if not is_word(first) or first.low in lexicon.OBJECT - {"it"} or first.low in {"that", "to", "this"}:
        return None
    if first.low in PREPOSITION | COORDINATOR | lexicon.SUBORDINATOR or phrases.is_temporal(items, cue.after) or phrases.is_adverb(first):
        return None
    end = cue.after + 1 if first.low in PRONOUN else phrases.phrase_after(items, cue.after, loose=False)
    if end <= cue.after or not (quoted or "m" in cue.verb.frames):
        return None
    whole = phrases.appositions_after(items, end) if first.low not in PRONOUN else end
    stop = phrases.skip_adjuncts(items, whole)
    if not _is_over(items, stop) and not (quoted and _is_over(items, end)):
        return None
    if not quoted and not any(items[j].low in lexicon.speakers() or is_name_like(items[j]) for j in range(cue.after, end)):
        return None
    return _behind_frame(items, cue, (cue.after, whole), end=max(stop, whole))


def _according(items: Sequence[Item], i: int) -> Frame | None:
    """ "According to X, ..." and "..., according to X"."""
    if i + 2 >= len(items) or items[i + 1].low != "to" or not is_word(items[i + 2]):
        return None
    end = phrases.phrase_after(items, i + 2, loose=True)
    if end == i + 2:
        return None
    end = phrases.appositions_after(items, end)
    stop = phrases.skip_adjuncts(items, end)
    frame = Frame(kind="after", start=i, end=stop, cue=(i, i + 2), source=(i + 2, end), act="asserts", tense="")
    leading = i == 0 or (i == 1 and items[0].low in COORDINATOR) or items[i - 1].low in {"that", "but"}
    comma = next((j for j in range(stop, min(stop + 12, len(items))) if items[j].text == "," or items[j].kind == "quotation"), -1)
    if leading and comma >= 0:
        frame.kind = "before"
        start = comma + (items[comma].text == ",")
        frame.complement = Complement("quote" if items[min(start, len(items) - 1)].kind == "quotation" else "clause", start, i + 2)
    return frame


def _as_put(items: Sequence[Item], i: int) -> Frame | None:
    """ "as X put it", "as X said", "as claimed by X", set off by commas."""
    if i + 2 >= len(items):
        return None
    verbs = [v for v, t in lexicon.verbs().get(items[i + 1].low, ()) if "participle" in t and "c" in v.frames]
    if verbs and items[i + 2].low == "by":
        end = phrases.phrase_after(items, i + 3, loose=True)
        if end > i + 3:
            return Frame(kind="after", start=i, end=end, cue=(i + 1, i + 3), source=(i + 3, end), act=verbs[0].act, quoting=True)
        return None
    end = phrases.phrase_after(items, i + 1, loose=False) if items[i + 1].low not in PRONOUN else i + 2
    if end == i + 1 or end >= len(items) or (i > 0 and items[i - 1].text not in (",", "—", "–", "-")):
        return None
    put = [x.low for x in items[end : end + 2]] in (["put", "it"], ["puts", "it"])
    said = [v for v, t in lexicon.verbs().get(items[end].low, ()) if t & {"past", "s"} and "m" in v.frames]
    stop = phrases.skip_adjuncts(items, end + 1 + put)
    if not (put or said) or not _is_over(items, stop):
        return None
    act: Act = "asserts" if put else said[0].act
    return Frame(kind="after", start=i, end=stop, cue=(end, end + 1 + put), source=(i + 1, end), act=act, quoting=True)


def _noun_frame(items: Sequence[Item], i: int, noun: lexicon.Noun) -> Frame | None:
    """ "the claim that", "threats to", with whose it is where that is told."""
    following = items[i + 1].low if i + 1 < len(items) else ""
    source: Range | None = None
    start = i + 1
    if following in {"by", "from"}:
        end = phrases.phrase_after(items, i + 2, loose=False)
        source, start = ((i + 2, end), end) if end > i + 2 else (None, start)
        following = items[start].low if start < len(items) else ""
    clause = following == "that" and "c" in noun.frames and phrases.has_finite(items, start + 1, start + 24)
    action = following == "to" and "i" in noun.frames and start + 1 < len(items)
    if not clause and not (action and source is None and _possessor(items, i) is not None):
        return None
    source = source or _possessor(items, i)
    governed = Complement("clause" if clause else "infinitive", start, i + 1)
    return Frame(kind="noun", start=i, end=start, cue=(i, i + 1), source=source, complement=governed, act=noun.act)


def _possessor(items: Sequence[Item], i: int) -> Range | None:
    """Whose claim it is: "the ministry's claim", "media reports"; None if not told."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if items[j].low == "'s" or items[j].text.endswith(("s'", "s’")):
            end = j if items[j].low == "'s" else j + 1
            start = end
            while start > 0 and (is_name_like(items[start - 1]) or (start == end and is_word(items[start - 1]))):
                start -= 1
            start -= start > 0 and items[start - 1].low in DETERMINER
            return (start, end) if start < end else None
    if i > 0 and items[i - 1].low in lexicon.speakers():
        return i - 1, i
    return None
