"""Whether two figures can be compared, and whether they part (law 5).

What is counted, in which respect, where and when must agree, or not be told to differ. A toll (deaths, wounded, displaced
...) stands as of its page, whatever day it happened: a later page with a higher one is an update. A stock told without a
time stands at its page's date.
"""

from __future__ import annotations

import functools

import msgspec

from variorum.compare.matter import GENERIC, TOLLS, Matter
from variorum.records.edges import Comparable
from variorum.text.calendar import days_between

# A stock told without a time stands at its page's date; populations and holdings move little within a year.
_STOCK_DAYS = 365
# What a page tells without a time happened about its date; what another page dates more than this before is another matter.
_EVENT_DAYS = 30
# Words that two sentences must share besides the counted noun, by Dice, where neither a known quantity nor a place told
# on both sides ties the figures to one matter: "13 home runs" and "33 home runs" are two players' or two seasons'.
_ONE_CONTEXT = 0.35
# Or, of the shorter sentence, this share: "there are 64 boats at the harbour mouth" says little else.
_CONTAINED = 0.5
# Words besides the toll that two sentences share if they tell of one happening; one, where a sentence has hardly more.
_HAPPENING = 2
_FEW = 3
_LATER = "later: "


class Verdict(msgspec.Struct, frozen=True):
    """Whether two figures can be compared, and what agrees, differs or is not told.

    Attributes:
        comparable: As in `Conflict`.
        why: In words.
        update: Whether nothing parts them but that one is told later and higher.
    """

    comparable: Comparable
    why: str
    update: bool = False


class _Notes:
    """Findings on one pair, gathered by weight."""

    def __init__(self) -> None:
        self.agree: list[str] = []
        self.doubt: list[str] = []
        self.differ: list[str] = []

    def verdict(self) -> Verdict:
        comparable: Comparable = "no" if self.differ else "in part" if self.doubt else "yes"
        update = len(self.differ) == 1 and self.differ[0].startswith(_LATER)
        return Verdict(comparable, "; ".join((*self.differ, *self.doubt, *self.agree)), update)


def _what(a: Matter, b: Matter, notes: _Notes) -> bool:
    """Judge what is counted; False where it is another thing altogether."""
    if a.quantity != b.quantity or not (a.head == b.head or a.quantity):
        return False
    plain = (
        a.head == b.head,
        not a.head and b.head in GENERIC,
        not b.head and a.head in GENERIC,
        {a.head, b.head} <= GENERIC,
    )
    if any(plain) or (a.quantity in TOLLS and not (a.head and b.head)):
        notes.agree.append(f"both count {a.quantity or a.about}")
    elif not (a.head and b.head):
        notes.doubt.append(f"what one counts is not told, the other counts “{a.about or b.about}”")
    elif {a.head, b.head} & GENERIC:
        notes.doubt.append(f"one counts “{a.about}”, the other “{b.about}”")
    else:
        notes.differ.append(f"one counts “{a.about}”, the other “{b.about}”")
    if a.names and b.names and not (a.names <= b.names or b.names <= a.names):
        notes.differ.append(f"of {_listed(a.names)} here, of {_listed(b.names)} there")
    elif a.modifiers != b.modifiers:
        only = _listed(a.modifiers ^ b.modifiers)
        both = a.modifiers - b.modifiers and b.modifiers - a.modifiers
        (notes.differ if both else notes.doubt).append(f"not both say “{only}”")
    if a.figure.vague or b.figure.vague:
        notes.doubt.append("one gives no number")
    return True


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


def _tied(a: Matter, b: Matter) -> bool:
    """Whether anything but the counted noun ties two figures to one matter."""
    place = a.place and a.place == b.place
    # Shares of one people in one land are as many as there are polls.
    if a.figure.kind != "share" and (
        place or (a.names and a.names == b.names) or (a.people and a.head == b.head)
    ):
        return True
    if a.quantity:
        return _one_happening(a, b)
    shared = len(a.context & b.context)
    least = min(len(a.context), len(b.context))
    return 2 * shared >= _ONE_CONTEXT * (len(a.context) + len(b.context)) or (
        shared >= _HAPPENING and shared >= _CONTAINED * least
    )


def _one_happening(a: Matter, b: Matter) -> bool:
    """Whether two sentences with one known quantity may tell of one happening: near in time, and with words in common."""
    if _apart(a.time, b.time) != 0:
        apart = _apart(a.page_time, b.page_time)
        if apart is None or abs(apart) > _EVENT_DAYS:
            return False
    least = min(len(a.context), len(b.context))
    if a.quantity not in TOLLS or least <= _FEW:
        return len(a.context & b.context) >= min(least, 1)
    return len(a.context & b.context) >= _HAPPENING


def _within(a: Matter, b: Matter) -> bool:
    """Whether what `a` counts is told to be part of what `b` counts: two women of three people, armed men of men."""
    narrower = b.head in GENERIC and a.head not in GENERIC and a.head != b.head
    return narrower or (a.head == b.head and (a.modifiers > b.modifiers or a.names > b.names))


def _respect(a: Matter, b: Matter, notes: _Notes) -> None:
    """Judge in which respect they are counted."""
    if a.respect != b.respect:
        said = " and ".join(f"“{r}”" for r in sorted({a.respect, b.respect}) if r)
        notes.doubt.append(
            f"one counts those who {said}, the other says no such thing"
            if not (a.respect and b.respect)
            else f"counted by {said}"
        )
    if a.aspect == b.aspect:
        return
    if a.aspect and b.aspect:
        told = ["those there are" if m.aspect == "stock" else f"those of “{m.aspect}”" for m in (a, b)]
        notes.differ.append(f"one counts {told[0]}, the other {told[1]}")
    else:
        notes.doubt.append("in which respect one of them counts is not told")


def _where(a: Matter, b: Matter, notes: _Notes) -> None:
    """Judge the places; a place and a part of it differ in doubt, for tolls not at all."""
    if a.place and b.place and (a.place != b.place or a.part_of_place != b.part_of_place):
        lies = a.place == b.place or _lies_in(a, b) or _lies_in(b, a)
        words = f"one holds for {a.place_name}, the other for {b.place_name}"
        if a.place == b.place:
            words = f"one holds for a part of {a.place_name}, the other for {b.place_name}"
        if lies and a.quantity:
            notes.agree.append(words)
        else:
            (notes.doubt if lies else notes.differ).append(words)
    elif a.place and b.place:
        notes.agree.append(f"both hold for {a.place_name}")
    elif a.place or b.place:
        told = a if a.place else b
        if told.part_of_place and not told.quantity:
            notes.doubt.append(f"one holds for a part of {told.place_name}, the other does not say where")
        else:
            notes.agree.append(f"only one says where: {told.place_name}")


def _lies_in(a: Matter, b: Matter) -> bool:
    return bool(a.country) and a.country == b.country and b.whole_country


@functools.lru_cache(maxsize=65_536)
def _apart(a: tuple[str, str], b: tuple[str, str]) -> int | None:
    """Days by which `b` lies after `a` (negative: before), 0 where they overlap, None where either is unknown."""
    after, before = days_between(a[1], b[0]), days_between(b[1], a[0])
    if after is None or before is None:
        return None
    return after if after > 0 else -before if before > 0 else 0


def _when(a: Matter, b: Matter, notes: _Notes) -> None:
    """Judge the times told, then the pages' dates."""
    if all((*a.time, *b.time)):
        if _apart(a.time, b.time):
            notes.differ.append(f"one holds for {a.time[0]}, the other for {b.time[0]}")
            return
        notes.agree.append(f"both hold for {max(a.time[0], b.time[0])}")
    elif a.time[0] or b.time[0]:
        one, other = (a, b) if a.time[0] else (b, a)
        away = _apart(one.time, other.page_time)
        stock = "stock" in {a.aspect, b.aspect}
        if away is not None and abs(away) > (_STOCK_DAYS if stock else _EVENT_DAYS):
            notes.differ.append(f"one holds for {one.time[0]}, the other’s page is of {other.page_time[0]}")
            return
        if (away or away is None) and not stock and a.quantity not in TOLLS:
            notes.doubt.append("only one says when")
            return
        notes.agree.append(f"only one says when: {one.time[0]}")
    elif a.quantity not in TOLLS:
        _pages(a, b, notes)
        return
    if a.quantity in TOLLS:
        _toll(a, b, notes)


def _pages(a: Matter, b: Matter, notes: _Notes) -> None:
    """Judge the dates of two pages that do not say when their figures hold."""
    apart = _apart(a.page_time, b.page_time)
    if apart is None:
        notes.doubt.append("when they hold is not told, nor both pages' dates")
    elif "stock" in {a.aspect, b.aspect}:
        words = f"as of their pages, {abs(apart)} days apart"
        (notes.agree if abs(apart) <= _STOCK_DAYS else notes.doubt).append(words)
    elif apart:
        _later(a, b, apart, notes)
    else:
        notes.agree.append("pages of one day")


def _toll(a: Matter, b: Matter, notes: _Notes) -> None:
    """Judge the dates as of which two tolls are told."""
    apart = _apart(a.page_time, b.page_time)
    if apart is None:
        notes.doubt.append("as of when one of them is told is not known")
    elif apart:
        _later(a, b, apart, notes)
    else:
        notes.agree.append("pages of one day")


def _later(a: Matter, b: Matter, apart: int, notes: _Notes) -> None:
    earlier, later = (a, b) if apart > 0 else (b, a)
    grown = later.low >= earlier.low
    words = f"the page with {'the higher' if grown else 'the lower'} figure is {abs(apart)} days later"
    (notes.differ if grown else notes.doubt).append(f"{_LATER}{words}")


def compare(a: Matter, b: Matter) -> Verdict | None:
    """Judge whether two figures can be compared; the same whichever comes first, up to the order of words.

    Returns:
        The verdict with its reasons; None where they count different things altogether.
    """
    if a.figure.kind != b.figure.kind or a.figure.unit != b.figure.unit or not _tied(a, b):
        return None
    first, second = sorted((a, b), key=lambda m: m.figure.id)
    notes = _Notes()
    if not _what(first, second, notes):
        return None
    for judge in (_respect, _where, _when):
        judge(first, second, notes)
    return notes.verdict()


def part(a: Matter, b: Matter) -> bool:
    """Whether the values that two figures allow for have nothing in common; a part may be less than its whole."""
    if a.high < b.low:
        return not _within(a, b)
    return b.high < a.low and not _within(b, a)
