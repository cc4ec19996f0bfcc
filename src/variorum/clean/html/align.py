"""Where an extractor's words stand in the page.

Both sides come as letters and digits alone (`letters`): an extractor may change spaces, punctuation and markup but
does not spell words anew. Whole paragraphs are looked up first; what an extractor has cut in their midst is placed
run by run between its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from variorum.clean.html.chars import letters

# A piece this long that stands once in the page stands for certain; shorter ones ("Read more") need neighbours.
# Swept 10, 20, 30, 50 on html/scrapinghub dev: F1 .9656, .9656, .9657, .9657.
_SURE = 30
# Fewer letters than this are placed only where the words around them are.
_SHORTEST_RUN = 8
# A word that stands everywhere ("Share") is looked at this many times, no more.
_LOOKS = 50


class Placed(msgspec.Struct, frozen=True):
    """Where the extractor's letters stand.

    Attributes:
        ranges: Half-open stretches of the page's letters, sorted, not overlapping.
        missing: Words of the extractor found nowhere.
        words: Words of the extractor.
    """

    ranges: list[tuple[int, int]]
    missing: int
    words: int


def place(pieces: list[list[str]], page: str, *, starts: frozenset[int] = frozenset()) -> Placed:
    """Find an extractor's paragraphs in the page.

    Args:
        pieces: Its paragraphs in its order, each its words.
        page: The letters of all the page's text.
        starts: Where the page's text nodes begin in `page`; a short piece is looked for there first, so that
            "Share" is not found in "Shareholders".

    Returns:
        Where they stand. Of several equal stretches of the page the one nearest to the neighbouring paragraphs
        is taken, each at most once.
    """
    joined = [letters("".join(piece)) for piece in pieces]
    anchors = _anchors(joined, page)
    taken = _Taken()
    for i in anchors:
        taken.add(anchors[i], anchors[i] + len(joined[i]))
    following = _following(anchors, len(pieces), len(page))
    places: dict[str, list[int]] = {}
    cursor = missing = 0
    for i, (piece, whole) in enumerate(zip(pieces, joined, strict=True)):
        if i in anchors or not whole:
            cursor = anchors[i] + len(whole) if whole else cursor
            continue
        if whole not in places:
            places[whole] = _places(whole, page)
        at = _nearest(whole, places[whole], (cursor, following[i], len(page)), taken, starts)
        if at >= 0:
            taken.add(at, at + len(whole))
            cursor = at + len(whole)
            continue
        words = [found for word in piece if (found := letters(word))]
        cursor, lost = _runs(words, page, cursor, following[i], taken)
        missing += lost
    return Placed(taken.ranges, missing, sum(map(len, pieces)))


class _Taken:
    """Stretches already given away."""

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int]] = []

    def add(self, start: int, end: int) -> None:
        i = bisect_left(self.ranges, (start, end))
        if not self.overlaps(start, end):
            self.ranges.insert(i, (start, end))

    def overlaps(self, start: int, end: int) -> bool:
        i = bisect_left(self.ranges, (start, end))
        before = i > 0 and self.ranges[i - 1][1] > start
        return before or (i < len(self.ranges) and self.ranges[i][0] < end)


def _anchors(joined: list[str], page: str) -> dict[int, int]:
    """Long pieces that stand in the page once: index of the piece, where."""
    found: dict[int, int] = {}
    for i, whole in enumerate(joined):
        if len(whole) >= _SURE:
            at = page.find(whole)
            if at >= 0 and page.find(whole, at + 1) < 0:
                found[i] = at
    return found


def _following(anchors: dict[int, int], count: int, end: int) -> list[int]:
    """For each piece, where the next sure one begins."""
    following, nearest = [end] * count, end
    for i in range(count - 1, -1, -1):
        following[i] = nearest
        nearest = anchors.get(i, nearest)
    return following


def _places(whole: str, page: str) -> list[int]:
    """The first places where a piece stands; pages of thousands of equal lines ask for them once."""
    found: list[int] = []
    at = page.find(whole)
    while at >= 0 and len(found) < _LOOKS:
        found.append(at)
        at = page.find(whole, at + 1)
    return found


def _nearest(
    whole: str, places: list[int], window: tuple[int, int, int], taken: _Taken, starts: frozenset[int]
) -> int:
    """The free place of a piece nearest to its neighbours, between them if there is one; -1 if none."""
    low, high, end = window
    best, best_cost = -1, (2, 0, 0)
    # What is taken stays so: it is not looked at again.
    places[:] = [at for at in places if not taken.overlaps(at, at + len(whole))]
    for at in places:
        inside = low <= at and at + len(whole) <= high
        distance = _distance(at, at + len(whole), low, high if high < end else -1)
        cost = (0 if inside else 1, 0 if at in starts else 1, distance)
        if cost < best_cost:
            best, best_cost = at, cost
    if len(whole) < _SURE and best_cost[0] == 1:
        return -1
    return best


def _distance(start: int, end: int, low: int, high: int) -> int:
    """Letters to the nearer neighbour; a neighbour at 0 or -1 is none."""
    gaps = [abs(start - low)] if low else []
    if high >= 0:
        gaps.append(abs(high - end))
    return min(gaps, default=0)


def _runs(words: list[str], page: str, low: int, high: int, taken: _Taken) -> tuple[int, int]:
    """Place a paragraph run by run; gives where the last run ends and how many words found no place."""
    cursor, lost, i = low, 0, 0
    window = (low, high) if low < high else (0, len(page))
    while i < len(words):
        count, at = _longest(words, i, page, max(cursor, window[0]), window[1])
        if count == 0:
            lost += 1
            i += 1
            continue
        end = at + sum(map(len, words[i : i + count]))
        taken.add(at, end)
        cursor = end
        i += count
    return cursor, lost


def _longest(words: list[str], i: int, page: str, low: int, high: int) -> tuple[int, int]:
    """The longest run of words from `i` that stands in the window: how many, where."""
    best, best_at = 0, -1
    low_count, high_count = 1, len(words) - i
    while low_count <= high_count:
        middle = (low_count + high_count) // 2
        run = "".join(words[i : i + middle])
        at = page.find(run, low, high)
        if at >= 0 and (len(run) >= _SHORTEST_RUN or at == low):
            best, best_at, low_count = middle, at, middle + 1
        elif at >= 0:
            low_count = middle + 1
        else:
            high_count = middle - 1
    return best, best_at
