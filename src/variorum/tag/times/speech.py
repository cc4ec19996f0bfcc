"""When quoted words were spoken, as their frame tells.

`Today`, `tonight` and `tomorrow` in a direct quotation count from the day of speaking, not from that of the page:
`“We stay tonight,” he said on Sunday.`
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

import regex

from variorum.text.calendar import days_between, is_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.records import Time

_QUOTES = regex.compile(r"“[^“”\n]*+”|«[^«»\n]*+»|„[^„“”\n]*+[“”]|(?<!\w)\"[^\"\n]*+\"(?!\w)")
_SAID = regex.compile(
    r"\b(?:said|says|told|tells|warn(?:ed|s)|add(?:ed|s)|announced|declared|wrote|vowed|promised|asked|stated|insisted|claimed|"
    r"speech|address|interview|statement|conference|briefing|message|post|called on|spoke|speaking|appealed|urged|replied|answered)\b"
)
_NAME = regex.compile(r"\b\p{Lu}\p{L}{2,}\b")
_BREAK = regex.compile(r"[;:“”\"«»]|, (?:who|which|where|when|whose|after|before|while|as)\b")
# Sentences before a quotation in which its speaker may have been given the day of speaking. Argued: a report tells once when
# somebody spoke, then quotes on; further back the day is as likely another's.
_BACK = 3
# Days before the page's in which words that it quotes with `tonight` were spoken: in news, within the week.
_WEEK = 7


class Speech:
    """The quotations of a text and the days on which their words were spoken.

    Args:
        text: The text.
        spans: Its sentences, half-open code points, in order.
        page: The page's date as a TIMEX3 value; empty if unknown.
    """

    def __init__(self, text: str, spans: Sequence[tuple[int, int]], page: str) -> None:
        self._text = text
        self._spans = spans
        self._starts = [start for start, _ in spans]
        self._page = page[:10]
        self._quotes = [m.span() for m in _QUOTES.finditer(text)]
        self._told: list[Time] = []
        self._days_of: dict[tuple[int, int], tuple[str, str]] = {}

    def hear(self, told: Sequence[Time]) -> None:
        """Take in the times outside quotations, resolved, in text order."""
        self._told = [t for t in told if self._is_near(t)]

    def quotation(self, place: int) -> tuple[int, int] | None:
        """The quotation that holds a place, with its marks."""
        at = bisect_right(self._quotes, (place, len(self._text))) - 1
        return self._quotes[at] if at >= 0 and place < self._quotes[at][1] else None

    def day(self, quotation: tuple[int, int]) -> tuple[str, str]:
        """The day on which quoted words were spoken, and the id of the time that tells it.

        Args:
            quotation: With its marks.

        Returns:
            A TIMEX3 day; empty strings where the frame and the sentences before tell none, or several.
        """
        if quotation not in self._days_of:
            self._days_of[quotation] = self._day(quotation)
        return self._days_of[quotation]

    def _day(self, quotation: tuple[int, int]) -> tuple[str, str]:
        first, last = self._sentence(quotation[0]), self._sentence(quotation[1] - 1)
        frame = [(self._spans[first][0], quotation[0]), (quotation[1], self._spans[last][1])]
        found = self._days(frame)
        names = {n for start, end in frame for n in _NAME.findall(self._text, start, end)}
        for number in range(first - 1, max(-1, first - 1 - _BACK), -1):
            if found:
                break
            before = self._spans[number]
            if not names or names & set(_NAME.findall(self._text, *before)):
                found = self._days([before])
        return next(iter(found.items())) if len(found) == 1 else ("", "")

    def _sentence(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def _days(self, stretches: Sequence[tuple[int, int]]) -> dict[str, str]:
        """Days of speaking told in stretches of the text, each with the id of its time."""
        found = {}
        for start, end in stretches:
            for at in range(bisect_left(self._told, start, key=attrgetter("start")), len(self._told)):
                time = self._told[at]
                if time.start >= end:
                    break
                if self._is_of_speaking(time, start, end):
                    found[time.value.partition("T")[0]] = time.id
        return found

    def _is_near(self, time: Time) -> bool:
        if time.kind not in {"DATE", "TIME"} or time.mod in {
            "BEFORE",
            "AFTER",
            "ON_OR_BEFORE",
            "ON_OR_AFTER",
        }:
            return False
        day = time.value.partition("T")[0]
        if not is_day(self._page):
            return bool(regex.fullmatch(r"(?:\d{4}|XXXX)-\d\d-\d\d|XXXX-WXX-\d", day))
        return is_day(day) and 0 <= (days_between(day, self._page) or 0) <= _WEEK

    def _is_of_speaking(self, time: Time, start: int, end: int) -> bool:
        """Whether a word of speaking stands beside a time, in its own clause."""
        before, after = self._text[start : time.start][-80:], self._text[time.end : end][:100]
        said = [m.end() for m in _SAID.finditer(before)]
        if said and not _BREAK.search(before, said[-1]):
            return True
        match = _SAID.search(after)
        return bool(match and not _BREAK.search(after, 0, match.start()))
