"""Quotation marks of any fashion, paired.

Straight and curly, guillemets either way round, low-high, single marks against apostrophes, a mark that was forgotten,
a quotation within a quotation, and pairs that do not match ('... "). No model: marks are read by what stands
on both sides of them, and a mark that pairs with nothing makes no quotation.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec
import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = regex.compile(r"''|``|[‘’]{2}|[\"“”„‟«»‹›‘’‚'＂]")
_OPENERS = frozenset("([{<—–-/:=")
# A single mark's partner must be near, in code points (200 loses .002 F1 on statements/gum train, 600 and 1,500 are alike).
_SINGLE_REACH = 600
# So must be the partner of a pair that does not match (100 to 800 score alike).
_MIXED_REACH = 300
# Marks open at once; where there are more, the first has no partner.
_DEEPEST = 12
_ABBREVIATION = regex.compile(r"(?:\b\p{L}\.){2,}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St)\.$")
_TRAILING = " \t\n\r\u00a0,.;:—–-"


class Quotation(msgspec.Struct, frozen=True, order=True, gc=False):
    """A stretch between quotation marks, half-open code points.

    Attributes:
        start, end: With its marks.
        inner_start, inner_end: The words alone, without white space at the ends.
        closed: Whether its closing mark was found.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


class _Open(msgspec.Struct, gc=False):
    start: int
    after: int
    mark: str
    single: bool


def _side(text: str, at: int) -> str:
    """The character at a place; a space beyond the ends."""
    return text[at] if 0 <= at < len(text) else " "


def _opens(before: str, after: str) -> bool:
    return (before.isspace() or before in _OPENERS or before in "“‘\"'") and not after.isspace()


def _closes(before: str, after: str) -> bool:
    return not before.isspace() and (after.isspace() or not after.isalnum())


class _Pairing:
    """Pairs the marks of one block, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.dangling: list[_Open] = []
        self.found: list[tuple[int, int, int, int]] = []
        # Straight marks of an even number close where one is open, even if a space strayed between sentence and mark.
        self.even = text.count('"') % 2 == 0

    def push(self, start: int, after: int, mark: str, *, single: bool) -> None:
        if len(self.stack) == _DEEPEST:
            del self.stack[0]
        self.stack.append(_Open(start, after, mark, single))

    def pop(self, start: int, after: int, *, single: bool, mark: str = "") -> bool:
        """Close the innermost open quotation of that sort; what it leaves open inside is dropped."""
        for i in range(len(self.stack) - 1, -1, -1):
            entry = self.stack[i]
            if entry.single == single and (not mark or entry.mark == mark):
                del self.stack[i:]
                self.dangling = [e for e in self.dangling if e.start < entry.start]
                self.found.append((entry.start, entry.after, start, after))
                return True
        return False

    def pop_mixed(self, start: int, after: int) -> None:
        """Close with a double mark what a single one opened, if that is near and nothing else fits."""
        for entry in reversed([*self.dangling, *(e for e in self.stack if e.single)]):
            if start - entry.start <= _MIXED_REACH:
                self.stack = [e for e in self.stack if e.start < entry.start]
                self.dangling = [e for e in self.dangling if e.start < entry.start]
                self.found.append((entry.start, entry.after, start, after))
                return

    def is_open(self, mark: str = "", *, single: bool = False) -> bool:
        return any(e.single == single and (not mark or e.mark == mark) for e in self.stack)

    def double(self, start: int, after: int, mark: str) -> None:
        """A straight double mark, which opens or closes by what stands beside it."""
        before, behind = _side(self.text, start - 1), _side(self.text, after)
        if before.isdigit() and not self.is_open():
            return
        stray = (
            self.even and self.is_open('"') and self.text[max(0, start - 9) : start].rstrip()[-1:] in ",.!?"
        )
        if stray and before.isspace():
            self.pop(start, after, single=False)
        elif _opens(before, behind) and (before not in ".,!?" or not self.is_open()):
            self.push(start, after, mark, single=False)
        elif (_closes(before, behind) or self.is_open()) and (self.is_open() or self.dangling):
            if not self.pop(start, after, single=False):
                self.pop_mixed(start, after)
        elif self.is_open(single=True):
            self.pop_mixed(start, after)
        elif not behind.isspace():
            self.push(start, after, mark, single=False)

    def typographic(self, start: int, after: int, mark: str) -> None:
        """A curly, low or angled double mark."""
        before, behind = _side(self.text, start - 1), _side(self.text, after)
        if mark in "“‟":
            if self.is_open("„") or (self.is_open("“") and _closes(before, behind)):
                self.pop(start, after, single=False)
            else:
                self.push(start, after, mark, single=False)
        elif mark == "”":
            if self.is_open():
                self.pop(start, after, single=False)
            elif _opens(before, behind):
                self.push(start, after, "“", single=False)
            else:
                self.pop_mixed(start, after)
        elif mark in "«‹":
            other = "»" if mark == "«" else "›"
            if not self.pop(start, after, single=False, mark=other):
                self.push(start, after, mark, single=False)
        elif mark in "»›":
            other = "«" if mark == "»" else "‹"
            if not self.pop(start, after, single=False, mark=other) and _opens(before, behind):
                self.push(start, after, mark, single=False)
        else:
            self.push(start, after, mark, single=False)

    def single(self, start: int, after: int, mark: str) -> None:
        """A single mark, most often an apostrophe."""
        before, behind = _side(self.text, start - 1), _side(self.text, after)
        if before.isalnum() and behind.isalnum():
            return
        if mark in "‘‚" or (mark == "'" and _opens(before, behind) and behind.isalnum()):
            if mark != "‘" and self.is_open(single=True) and not self.is_open():
                return
            if self._closer(after) >= 0:
                self.push(start, after, "'", single=True)
            elif mark != "‚" and not behind.isdigit():
                self.dangling.append(_Open(start, after, "'", single=True))
            return
        if self.is_open(single=True) and _closes(before, behind) and not self._is_possessive(start, after):
            self.pop(start, after, single=True)

    def _closer(self, after: int) -> int:
        """Where a single mark that may close stands ahead, -1 if nowhere near."""
        for found in _CLOSER.finditer(self.text, after, min(len(self.text), after + _SINGLE_REACH)):
            if found.start() - after > 1 and not self._is_possessive(found.start(), found.end()):
                return int(found.start())
        return -1

    def _is_possessive(self, start: int, after: int) -> bool:
        """Whether a mark after s is the apostrophe of a plural: a better closing mark follows."""
        if _side(self.text, start - 1) not in "sz" or _side(self.text, after) != " ":
            return False
        ahead = _AHEAD.search(self.text, after, min(len(self.text), after + _SINGLE_REACH))
        return ahead is not None and ahead.group()[-1] in "’'"


_CLOSER = regex.compile(r"(?<=\S)[’'](?!\w)")
# The next single mark that opens, or that closes after something other than an s.
_AHEAD = regex.compile(r"(?<!\w)[‘'](?=\w)|(?<=[^\ss])[’'](?!\w)|(?<=s)[’'](?=[^\w\s])|(?<=s)[’']$")


def _pair(text: str) -> tuple[list[tuple[int, int, int, int]], list[_Open]]:
    pairing = _Pairing(text)
    for match in _MARK.finditer(text):
        mark, start, after = match.group(), match.start(), match.end()
        if mark in ('"', "＂", "''", "‘’", "’’", "‘‘"):
            pairing.double(start, after, '"')
        elif mark == "``":
            pairing.push(start, after, '"', single=False)
        elif mark in "‘’‚'":
            pairing.single(start, after, mark)
        else:
            pairing.typographic(start, after, mark)
    return pairing.found, [e for e in pairing.stack if not e.single]


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at the ends and without the comma or full stop that belongs to the frame."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1] in _TRAILING:
        if text[end - 1] == "." and (
            _ABBREVIATION.search(text, start, end) or text[start:end].endswith("...")
        ):
            break
        end -= 1
    return start, end


def quotations(text: str, *, ends: Sequence[int] = (), continues: bool = False) -> list[Quotation]:
    """The quotations of one block.

    Args:
        text: The block's text.
        ends: Ends of its sentences; a quotation that is never closed ends with its sentence.
        continues: Whether the next block opens with a quotation mark. A speech of several paragraphs opens
            each and closes the last only, so then an unclosed quotation reaches to the block's end.

    Returns:
        Quotations sorted by place; they nest or are apart, and none is empty. A quotation left open ends where the
        next unnested one begins, at the latest.
    """
    pairs, unclosed = _pair(text)
    starts = sorted(p[0] for p in pairs)
    found = []
    for start, after, close, end in pairs:
        first, last = _words(text, after, close)
        if first < last:
            found.append(Quotation(start, end, first, last, closed=True))
    for entry in unclosed:
        whole = not text[: entry.start].strip()
        limit = next((s for s in starts if s > entry.start), len(text))
        if not (whole and (continues or limit == len(text))):
            limit = min([limit, *(e for e in ends if e > entry.start)])
        first, last = _words(text, entry.after, limit)
        if first < last:
            found.append(
                Quotation(entry.start, max(last, len(text[:limit].rstrip())), first, last, closed=False)
            )
    return sorted(found, key=lambda q: (q.start, -q.end))


def outermost(found: Sequence[Quotation]) -> list[Quotation]:
    """Those that lie in no other, sorted by place."""
    kept: list[Quotation] = []
    for quotation in sorted(found, key=lambda q: (q.start, -q.end)):
        if not kept or quotation.start >= kept[-1].end:
            kept.append(quotation)
    return kept


def within(found: Sequence[Quotation], start: int, end: int) -> list[Quotation]:
    """Those of a list sorted by place that lie wholly in a stretch."""
    low = bisect_left(found, start, key=lambda q: q.start)
    high = bisect_left(found, end, key=lambda q: q.start)
    return [q for q in found[low:high] if q.end <= end]
