"""Frames behind their content or inside it: ", the ministry said on Monday." and ", said the minister."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.statements import complements, hints, lexicon, phrases
from variorum.tag.statements.complements import Complement
from variorum.tag.statements.frame import Cue, Frame, Range, agrees, behind_frame, may_speak
from variorum.tag.statements.lexicon import COORDINATOR, PREPOSITION, PRONOUN
from variorum.tag.statements.units import is_name_like, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item, Page, Unit


_FOLLOWING = lexicon.words("following")


def behind(page: Page, unit: Unit, cue: Cue, source: Range | None) -> Frame | None:
    """A frame behind its content or inside it: ", the ministry said on Monday." or ", said the minister."."""
    items, group = unit.items, cue.group
    frames = cue.verb.frames
    if not frames & {"m", "q"}:
        return None
    inverted = None
    if group.start == cue.at and cue.tenses & {"past", "s", "base"}:
        inverted = _inverted(items, cue)
    if inverted is not None and not _is_told(items, cue, source):
        return inverted
    if source is None or not _is_cut_off(items, source[0], quoted_only="m" not in frames):
        return None
    if not agrees(items, cue, source) or not may_speak(page, unit, cue, source, Complement("clause", 0, 0)):
        return None
    end = phrases.skip_adjuncts(items, cue.after)
    addressee: Range | None = None
    if frames & {"t", "T"}:
        stop = complements.addressee_end(items, end)
        addressee = (end, stop) if stop > end else None
        end = phrases.skip_adjuncts(items, stop)
    if not is_over(items, end):
        return None
    return behind_frame(items, cue, source, end=end, addressee=addressee)


def _is_told(items: Sequence[Item], cue: Cue, source: Range | None) -> bool:
    """Whether who stands behind the cue is told it: `"...," Ana Brel, the mayor, told the council`."""
    owned = source is not None and items[cue.at - 1].text == "," and source[1] == cue.at - 1
    return owned and bool(cue.verb.frames & {"t", "T"}) and items[cue.at - 2].kind != "quotation"


def is_surely_behind(unit: Unit, cue: Cue, governed: Complement, source: Range | None) -> bool:
    """Whether a frame between commas that could govern what follows belongs to what precedes it all the same."""
    items = unit.items
    if governed.kind == "quote":
        # "A," he said, "B.": one utterance, interrupted.
        start = min(source[0], cue.group.start) if source else cue.group.start
        return start > 0 and items[start - 1].kind == "quotation" and items[governed.start - 1].text == ","
    if cue.group.start == 0:
        return False
    before = items[cue.group.start - 1]
    if governed.kind == "clause" and items[governed.start].low == "that":
        return False
    if before.kind == "quotation":
        return source is None
    # "..., said the chief of police.": a phrase to the end of the sentence, no clause.
    stop = complements.clause_stop(items, cue.after)
    phrase = phrases.phrase_after(items, cue.after, loose=False)
    whole = phrases.skip_adjuncts(items, phrase) >= stop and not hints.has_finite(items, cue.after, stop)
    return before.text == "," and whole and hints.has_finite(items, 0, cue.group.start)


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


def is_over(items: Sequence[Item], end: int) -> bool:
    """Whether nothing that the cue governs follows."""
    if end >= len(items):
        return True
    item = items[end]
    if item.kind == "quotation":
        return False
    if item.kind == "mark":
        return item.text in ".,;:—–)!?-"
    return item.low in COORDINATOR | _FOLLOWING


def _inverted(items: Sequence[Item], cue: Cue) -> Frame | None:
    """As in "...," said the minister in the capital."""
    start = cue.group.start
    if start == 0 or cue.after >= len(items) or "t" in cue.verb.frames:
        return None  # behind "told" stands whom it was told
    before, first = items[start - 1], items[cue.after]
    quoted = before.kind == "quotation" or (
        before.text == "," and start > 1 and items[start - 2].kind == "quotation"
    )
    if not quoted and before.text != ",":
        return None
    if not is_word(first) or first.low in lexicon.OBJECT - {"it"} or first.low in {"that", "to", "this"}:
        return None
    if (
        first.low in PREPOSITION | COORDINATOR | lexicon.SUBORDINATOR
        or hints.is_temporal(items, cue.after)
        or hints.is_adverb(first)
    ):
        return None
    end = cue.after + 1 if first.low in PRONOUN else phrases.phrase_after(items, cue.after, loose=False)
    if end <= cue.after or not (quoted or "m" in cue.verb.frames):
        return None
    whole = phrases.appositions_after(items, end) if first.low not in PRONOUN else end
    stop = phrases.skip_adjuncts(items, whole)
    if not is_over(items, stop) and not (quoted and is_over(items, end)):
        return None
    if not quoted and not any(
        items[j].low in lexicon.speakers() or is_name_like(items[j]) for j in range(cue.after, end)
    ):
        return None
    return behind_frame(items, cue, (cue.after, whole), end=max(stop, whole))
