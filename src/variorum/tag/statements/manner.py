"""Verbs that no list holds, right beside a speech: "...," Mr Teln hammered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.statements import hints, lexicon, phrases, subjects
from variorum.tag.statements.behind import is_over
from variorum.tag.statements.frame import Frame, Range
from variorum.tag.statements.lexicon import PREPOSITION, PRONOUN
from variorum.tag.statements.units import is_capital, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item, Page, Unit

_PERSONAL = frozenset({"he", "she", "they"})


def manner(page: Page, unit: Unit, i: int) -> Frame | None:
    """A person and an unlisted verb behind a speech, or the verb and then the person, with nothing governed.

    Whatever a person does where "said" would stand is a way of saying (quotative inversion and its kin: Quirk et al. 1985,
    §14.29), as long as the speech has not ended in a full stop of its own.
    """
    items = unit.items
    if not _may_be_verb(items, i):
        return None
    if _follows_speech(page, items, i):
        end = i + 2 if items[i + 1].low in _PERSONAL else phrases.phrase_after(items, i + 1, loose=False)
        whole = phrases.appositions_after(items, end)
        return _frame(page, items, i, (i + 1, whole), phrases.skip_adjuncts(items, whole))
    source = subjects.subject_before(items, i)
    if source is None or not _follows_speech(page, items, source[0]):
        return None
    return _frame(page, items, i, source, phrases.skip_adjuncts(items, i + 1))


def _may_be_verb(items: Sequence[Item], i: int) -> bool:
    item = items[i]
    low = item.low
    if i == 0 or i + 1 >= len(items) or is_capital(item) or low in lexicon.verbs():
        return False
    third = low.endswith("s") and "v" in lexicon.word_classes(low) and not low.endswith("ss")
    return low.endswith("ed") or third


def _follows_speech(page: Page, items: Sequence[Item], start: int) -> bool:
    """Whether before `start` there are quotations and nothing else, the last still open for a frame."""
    before = items[:start]
    if not before or any(is_word(x) for x in before):
        return False
    spoken = next((x for x in reversed(before) if x.kind == "quotation"), None)
    if spoken is None or spoken.quotation is None:
        return False
    closing = page.text[spoken.quotation.inner_end : before[-1].end]
    return any(mark in closing for mark in ",!?—–") or page.text[spoken.quotation.inner_end - 1] in "!?"


def _frame(page: Page, items: Sequence[Item], i: int, source: Range, end: int) -> Frame | None:
    if source[0] >= source[1] or not is_over(items, max(end, i + 1)) or not _is_person(page, items, source):
        return None
    start = min(source[0], i)
    return Frame(
        kind="after",
        start=start,
        end=max(end, i + 1),
        cue=(i, i + 1),
        source=source,
        act="asserts",
        tense="past",
    )


def _is_person(page: Page, items: Sequence[Item], source: Range) -> bool:
    first, last = items[source[0]], items[source[1] - 1]
    if source[1] - source[0] == 1 and first.low in PRONOUN:
        return first.low in _PERSONAL
    if first.low in PREPOSITION or hints.has_finite(items, *source):
        return False
    people = [m for m in page.mentions_in(first.start, last.end) if m.kind == "person"]
    return bool(people) or any(x.low in lexicon.speakers() for x in items[source[0] : source[1]])
