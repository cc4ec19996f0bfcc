"""One happening told by two pages: sentences that share their words and speak of one weekday.

A page that says only "on Tuesday" is dated by a mate whose Tuesday is known, where both tell the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.text.calendar import is_day, weekday

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from variorum.records import Document, Time

# Two sentences tell one happening if they share this part of the shorter one's words, so many words, so many names. Swept on
# pairs of weekday sentences within topics of stories/ecbplus train (15,360): of those on one weekday, by share .3 to .6, words 3 to 6, names
# 1 to 3, other events are 1 in 9 at the loosest, 1 in 260 here with 349 pairs left, none at .6 with 215.
_SHARE, _WORDS, _NAMES = 0.5, 4, 3
_FOLD = 7
_WORD = regex.compile(r"\p{L}[\p{L}’'-]{3,}")
_SENTENCE_END = regex.compile(r"[.!?][”\"’')\]]*\s|\n")
_FORWARD = frozenset({"ON_OR_BEFORE", "BEFORE", "AFTER", "ON_OR_AFTER"})
_LIGHT = frozenset(
    """that this with from have been were will would their there they them after before when where which while said says told also
    more most over into about than then some such only other could should under during against between because being still just even very
    what who whom whose both each many much late early morning evening afternoon night week today year years people monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september october november december""".split()
)


class Told(msgspec.Struct, frozen=True):
    """What a sentence tells of a weekday.

    Attributes:
        weekday: 1 Monday to 7 Sunday.
        day: The day, where the page tells it in full or it follows from its date; else empty.
        words, names: Words of the sentence without light ones, folded; those with a capital.
        time: Id of the time expression.
    """

    weekday: int
    day: str
    words: frozenset[str]
    names: frozenset[str]
    time: str


def told(document: Document, times: Sequence[Time]) -> list[Told]:
    """What a document tells of weekdays and days; what is to come, or lasts since or until then, is left out.

    Args:
        document: The document.
        times: Its time expressions.

    Returns:
        One for each such time, in order of the times.
    """
    found = []
    for time in times:
        day = time.value[:10] if is_day(time.value[:10]) else ""
        number = weekday(day) if day else _open_weekday(time.value)
        if number and time.kind in {"DATE", "TIME"} and time.mod not in _FORWARD:
            words = _WORD.findall(_sentence(document.text, time.start, time.end))
            heavy = [w for w in words if w.lower() not in _LIGHT]
            names = frozenset(_folded(w) for w in heavy if w[0].isupper())
            found.append(Told(number, day, frozenset(map(_folded, heavy)), names, time.id))
    return found


def same(left: Told, right: Told) -> bool:
    """Whether two sentences tell one happening of one weekday."""
    both = left.words & right.words
    return (
        left.weekday == right.weekday
        and len(both) >= max(_WORDS, _SHARE * min(len(left.words), len(right.words)))
        and len(left.names & right.names) >= _NAMES
    )


class Known:
    """What the documents of a story tell of days that are known, found by weekday and names.

    Args:
        documents: The documents by id.
        times: Their time expressions.
    """

    def __init__(self, documents: Mapping[str, Document], times: Mapping[str, Sequence[Time]]) -> None:
        self._told = [
            (doc, one)
            for doc in sorted(documents)
            for one in told(documents[doc], times.get(doc, ()))
            if one.day
        ]
        self._by_name: dict[tuple[int, str], list[int]] = defaultdict(list)
        for at, (_, one) in enumerate(self._told):
            for name in one.names:
                self._by_name[one.weekday, name].append(at)

    def like(self, mine: Told) -> list[tuple[str, Told]]:
        """Documents that tell the same happening, each with what it tells, in order of document."""
        shared = Counter(at for name in mine.names for at in self._by_name.get((mine.weekday, name), ()))
        return [
            self._told[at] for at in sorted(shared) if shared[at] >= _NAMES and same(mine, self._told[at][1])
        ]


def _open_weekday(value: str) -> int:
    match = regex.match(r"XXXX-WXX-([1-7])(?:T|$)", value)
    return int(match[1]) if match else 0


def _folded(word: str) -> str:
    return word.lower().rstrip("s’'")[:_FOLD]


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, by its marks: good enough to compare words."""
    low = max(
        (m.end() for m in _SENTENCE_END.finditer(text, max(0, start - 600), start)),
        default=max(0, start - 600),
    )
    after = _SENTENCE_END.search(text, end, end + 600)
    return text[low : after.start() if after else end + 600]
