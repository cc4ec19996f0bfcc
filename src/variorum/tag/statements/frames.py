"""Where a unit's words mark an attribution, who is named as its source, and on which side the content lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.statements import complements, fixed, hints, homographs, lexicon, phrases, subjects
from variorum.tag.statements.behind import behind, is_surely_behind
from variorum.tag.statements.complements import Complement
from variorum.tag.statements.frame import Cue, Frame, Range, agrees, before_frame, may_speak
from variorum.tag.statements.groups import verb_group
from variorum.tag.statements.lexicon import DETERMINER, PREPOSITION, Verb
from variorum.tag.statements.manner import manner
from variorum.tag.statements.units import is_capital, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item, Page, Unit

_ALONG = lexicon.words("along")
# A sentence of more items than this is a table or a list whose points were lost: nothing in it can be told apart.
_LONGEST = 2_000
_HEADLINES = frozenset({"title", "heading"})
# Subjects of a passive that name nobody: "it was announced that".
_IMPERSONAL = frozenset({"it", "that", "which"})


def find(page: Page, unit: Unit) -> list[Frame]:
    """All frames of a unit, in the order of their cues."""
    found: list[Frame] = []
    items, i = unit.items, 0
    if len(items) > _LONGEST:
        return found
    while i < len(items):
        if is_word(items[i]):
            frame = _frame_at(page, unit, i, found)
        elif items[i].text == ":" and not found:
            frame = fixed.label(page, unit, i)
        else:
            frame = fixed.signature(page, unit, i) if items[i].text in ("—", "–", "-") else None
        if frame is not None:
            found.append(frame)
            i = max(frame.cue[1], i + 1)
        else:
            i += 1
    return found


def _frame_at(page: Page, unit: Unit, i: int, earlier: Sequence[Frame]) -> Frame | None:
    low = unit.items[i].low
    if i and unit.block not in _HEADLINES and is_capital(unit.items[i]) and is_word(unit.items[i - 1]):
        return None  # the United States, the Daily Reports: part of a name
    if _is_named_text(unit.items, i, earlier):
        return None
    if low == "according":
        return fixed.according(unit.items, i)
    if low == "as":
        return fixed.as_put(unit.items, i)
    if low == "saying":
        found = fixed.quoted_as_saying(unit, i)
        if found is not None:
            return found
    for verb, tenses in lexicon.verbs().get(low, ()):
        after = _particles_end(unit.items, i, verb)
        if after >= 0:
            cue = Cue(verb, tenses, i, after, verb_group(unit.items, i))
            found = _verb_frame(page, unit, cue, earlier)
            if found is not None:
                return found
    noun = lexicon.nouns().get(low)
    if noun is not None and noun.frames & {"c", "i"}:
        return fixed.noun_frame(unit.items, i, noun)
    return manner(page, unit, i)


def _is_named_text(items: Sequence[Item], i: int, earlier: Sequence[Frame]) -> bool:
    """Whether a word lies in what another frame names as its source: "according to a police report that he cited"."""
    return any(
        f.source and f.source[0] <= i < f.source[1] and items[f.cue[0]].low == "according" for f in earlier
    )


def _particles_end(items: Sequence[Item], i: int, verb: Verb) -> int:
    end = i + 1 + len(verb.particles)
    return end if tuple(x.low for x in items[i + 1 : end]) == verb.particles else -1


def _verb_frame(page: Page, unit: Unit, cue: Cue, earlier: Sequence[Frame]) -> Frame | None:
    items, group = unit.items, cue.group
    if group.infinitive or (group.unreal and not group.negated):
        return None
    if "ing" in cue.tenses and not group.passive:
        return _along(unit, cue)
    if group.passive and "ing" not in cue.tenses:
        return _passive(unit, cue)
    if not group.helped and cue.tenses == {"participle"}:
        return None
    source = _relative(items, group.start) or subjects.subject_before(items, group.start)
    governed = complements.complement(items, cue.after, cue.verb, title=unit.block in _HEADLINES)
    if homographs.is_noun(items, cue, governed):
        return None
    if governed is not None and homographs.takes_in(items, cue, governed):
        return None
    after = behind(page, unit, cue, source)
    if after is not None and (governed is None or is_surely_behind(unit, cue, governed, source)):
        return after
    if governed is None and source is not None:
        governed = _announced(items, cue)
    if governed is None:
        return None
    if source is None:
        return _joined(items, cue, governed, earlier)
    if not agrees(items, cue, source) or not may_speak(page, unit, cue, source, governed):
        return None
    frame = before_frame(items, cue, governed, source)
    who = max(group.start - 1, 1)
    frame.aside = items[who].low in {"who", "which"} and items[who - 1].text == ","
    return frame


def _announced(items: Sequence[Item], cue: Cue) -> Complement | None:
    """What a colon at the unit's end announces; it begins behind the last item and stands in the next block."""
    if items[-1].text != ":" or not cue.verb.frames & {"q", "c"}:
        return None
    end = phrases.skip_adjuncts(items, cue.after)
    addressee: Range | None = None
    if cue.verb.frames & {"t", "T"}:
        stop = complements.addressee_end(items, end)
        addressee = (end, stop) if stop > end else None
        end = phrases.skip_adjuncts(items, stop)
    return Complement("quote", len(items), cue.after, addressee) if end == len(items) - 1 else None


def _relative(items: Sequence[Item], start: int) -> Range | None:
    """The noun phrase before "who" or "which" where that is the cue's subject."""
    i = start - 1
    while i > 0 and is_word(items[i]) and hints.is_adverb(items[i]):
        i -= 1
    if i < 1 or items[i].low not in {"who", "which", "that"}:
        return None
    end = i - (items[i - 1].text == ",")
    found = subjects.subject_before(items, end) if end > 0 else None
    if found is None:
        return None
    # The antecedent is the last phrase before it, not the whole stretch.
    first = next(
        (j for j in range(end - 1, found[0], -1) if items[j].low in PREPOSITION - {"of"}), found[0] - 1
    )
    return (first + 1, end) if first + 1 < end else found


def _joined(items: Sequence[Item], cue: Cue, governed: Complement, earlier: Sequence[Frame]) -> Frame | None:
    """A second verb of one subject: "... and asked residents to leave"."""
    i = cue.group.start - 1
    while i >= 0 and is_word(items[i]) and hints.is_adverb(items[i]):
        i -= 1
    listed = i >= 0 and (items[i].low in {"and", "but", "or"} or (items[i].text == "," and bool(earlier)))
    if not listed or cue.group.infinitive:
        return None
    if governed.kind == "thing" and "k" in cue.verb.frames and not earlier:
        return None
    frame = before_frame(items, cue, governed, (cue.group.start, cue.group.start))
    frame.kind, frame.source, frame.start = "joined", None, i
    return frame


def _along(unit: Unit, cue: Cue) -> Frame | None:
    """A participle that shares its clause's source (", adding that"), or that describes a text ("a letter saying that")."""
    items, start = unit.items, cue.group.start
    governed = complements.complement(items, cue.after, cue.verb, title=False)
    if governed is None or start == 0:
        return None
    before = items[start - 1]
    frame = before_frame(items, cue, governed, (start, start))
    frame.kind, frame.source, frame.start, frame.tense = "along", None, start, "ing"
    if before.low == "without":  # "it goes without saying"
        return None
    if before.text in (",", "(") or before.kind == "quotation" or before.low in _ALONG:
        return frame
    source = subjects.subject_before(items, start)
    if (
        source is None
        or governed.kind not in ("quote", "clause")
        or items[source[1] - 1].low not in lexicon.speakers()
    ):
        return None
    first = next(
        (j for j in range(source[1] - 1, source[0], -1) if items[j].low in PREPOSITION | DETERMINER),
        source[0],
    )
    first += items[first].low in PREPOSITION
    frame.kind, frame.source, frame.start = "before", (first, source[1]), first
    return frame


def _passive(unit: Unit, cue: Cue) -> Frame | None:
    """As in "It was announced by the ministry that ..."."""
    items = unit.items
    subject = subjects.subject_before(items, cue.group.start)
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
    frame = before_frame(items, cue, governed, subject)
    frame.source = source if source is not None and source[0] < source[1] else None
    frame.cue = (cue.group.start, cue.after)
    return frame
