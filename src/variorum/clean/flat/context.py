"""What the block model sees of a piece among the others: what comes again, what stands near, how far the headline is.

As in `features` every feature is a bucket, most of them joined with how much the piece reads like prose: the model
adds up weights, so what matters only together must be one feature.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from variorum.clean.flat.features import Look

# Number of buckets of each feature, in order.
SIZES = (48, 28, 44, 32, 12, 36, 28, 24, 24, 28, 24, 24, 16, 20, 16, 64)
# Marks of posts, teasers and bylines: "3 hours ago", a date or time of day.
_STAMPS = frozenset({7, 8})
_STAMP_WORDS = 25
_MARK = 9
# Pieces before and behind in which stamps, like lines and paragraphs are counted.
_STAMPS_NEAR, _LIKE_NEAR, _PROSE_NEAR = 6, 4, 3
# A headline has so many words, and its words come in the first paragraphs behind it.
_HEADLINE = range(3, 26)
_REACH, _PARAGRAPHS, _PARAGRAPH_WORDS = 25, 6, 12
# What a headline must reach: half of its words come in those paragraphs, or it stands in the page twice.
_ENOUGH = 0.4
_ABOVE, _BELOW = 40, 6
_FAR = 20


def context(looks: Sequence[Look], first: int, last: int) -> list[tuple[int, ...]]:
    """The features of every piece that its own words do not tell.

    Args:
        looks: What is seen of each piece.
        first: Where the run of most prose begins (`variorum.clean.flat.features.core`).
        last: The piece behind its end.

    Returns:
        A row of buckets for each piece, sizes as in `SIZES`.
    """
    if not looks:
        return []
    prose = [s.prose for s in looks]
    held = Counter(s.text for s in looks)
    again = [min(held[s.text] - 1, 2) for s in looks]
    near = [3 * a + b for a, b in zip([0, *again[:-1]], [*again[1:], 0], strict=True)]
    usual = _usual(looks, first, last)
    columns: Iterable[Iterable[int]] = (
        again,
        near,
        _mass(looks),
        _since_furniture(looks),
        reversed(_since_furniture(looks[::-1])),
        *_headline_columns(looks, again, first, last),
        (bisect_right((0.25, 0.5, 1, 2, 4), s.words / usual) for s in looks),
        [bisect_right((15, 30, 50), usual)] * len(looks),
        _like(looks),
        _stamps(looks),
        _around(looks),
    )
    joined = zip(*columns, strict=True)
    return [
        (*_own(s, 0 if i < first else 1 if i < last else 2), *(4 * value + p for value in row))
        for i, (s, p, row) in enumerate(zip(looks, prose, joined, strict=True))
    ]


def _own(seen: Look, place: int) -> tuple[int, int, int, int]:
    """Furniture, end, mark and beginning, each with how much of prose or how long."""
    buckets = seen.buckets
    return (
        3 * (4 * seen.chrome + seen.prose) + place,
        4 * buckets[2] + seen.prose,
        4 * buckets[_MARK] + min(buckets[0] // 2, 3),
        4 * buckets[3] + seen.prose,
    )


def _usual(looks: Sequence[Look], first: int, last: int) -> int:
    """Words of the middle paragraph of the run of most prose."""
    words = sorted(s.words for s in looks[first:last] if s.prose >= 2)
    return words[len(words) // 2] if words else 20


def _mass(looks: Sequence[Look]) -> Iterator[int]:
    """How much of the page's prose stands before each piece."""
    total = sum(s.words for s in looks if s.prose >= 2) or 1
    before = 0
    for seen in looks:
        yield bisect_right((0.02, 0.1, 0.25, 0.5, 0.75, 0.9), before / total)
        before += seen.words if seen.prose >= 2 else 0


def _since_furniture(looks: Sequence[Look]) -> list[int]:
    """How many pieces ago the last furniture stood."""
    found, ago = [], 9
    for seen in looks:
        found.append(bisect_right((1, 2, 3, 5, 9), ago))
        ago = 1 if seen.chrome >= 2 else ago + 1
    return found


def _headline_columns(
    looks: Sequence[Look], again: Sequence[int], first: int, last: int
) -> tuple[list[int], list[int]]:
    """Where each piece stands from the likely headline, and how many longer words it shares with it."""
    head = _headline(looks, again, first, last)
    if head < 0:
        return [6] * len(looks), [5] * len(looks)
    places = [bisect_right((head - 10, head, head + 1, head + 4, head + 11), i) for i in range(len(looks))]
    topic = _topic(looks[head])
    shared = [1 + bisect_right((1, 2, 3), len(s.content & topic)) if s.content else 0 for s in looks]
    return places, shared


def _topic(seen: Look) -> frozenset[str]:
    return seen.content or frozenset(w for w in seen.text.split() if len(w) > 4)


def _headline(looks: Sequence[Look], again: Sequence[int], first: int, last: int) -> int:
    """The line whose words come in the paragraphs behind it, or that stands in the page twice; -1 if none does."""
    best, found = _ENOUGH, -1
    for i, seen in enumerate(looks[:last]):
        if seen.words not in _HEADLINE or seen.chrome >= 2 or seen.prose > 2:
            continue
        topic = _topic(seen)
        behind = [
            s.content for s in looks[i + 1 : i + _REACH] if s.prose >= 2 and s.words >= _PARAGRAPH_WORDS
        ]
        if not topic or not behind:
            continue
        shared = len(topic & frozenset().union(*behind[:_PARAGRAPHS]))
        score = shared / max(len(topic), 3) + 0.5 * (again[i] > 0) + 0.2 * (seen.prose > 0)
        score -= 0.3 * seen.text.endswith((".", ",", ";")) + 0.02 * min(abs(first - i), _FAR)
        if score + 0.3 >= best and _within_other(looks, i):
            score += 0.3
        if score >= best:
            best, found = score, i
    return found


def _within_other(looks: Sequence[Look], index: int) -> bool:
    """Whether the line stands within a longer one nearby, as a headline does in the page's title or in a trail of sections."""
    text = looks[index].text
    near = looks[max(0, index - _ABOVE) : index + _BELOW]
    return len(text) >= 12 and any(len(s.text) > len(text) and text in s.text for s in near)


def _like(looks: Sequence[Look]) -> list[int]:
    """How many lines nearby begin and end alike and are as long: lists and rows of teasers."""
    shapes = [(s.buckets[0] // 2, s.buckets[3], s.buckets[2], s.prose) for s in looks]
    return [
        bisect_right((1, 2, 4, 6), shapes[max(0, i - _LIKE_NEAR) : i + _LIKE_NEAR + 1].count(shape) - 1)
        for i, shape in enumerate(shapes)
    ]


def _stamps(looks: Sequence[Look]) -> list[int]:
    """How many stamps stand nearby: comments and teasers have one each."""
    stamped = [s.buckets[_MARK] in _STAMPS and s.words < _STAMP_WORDS for s in looks]
    return [
        min(sum(stamped[max(0, i - _STAMPS_NEAR) : i + _STAMPS_NEAR + 1]) - here, 3)
        for i, here in enumerate(stamped)
    ]


def _around(looks: Sequence[Look]) -> list[int]:
    """How much prose stands just before and just behind each piece."""
    words = [s.words if s.prose >= 2 else 0 for s in looks]
    steps = (1, 30, 90)
    return [
        4 * bisect_right(steps, sum(words[max(0, i - _PROSE_NEAR) : i]))
        + bisect_right(steps, sum(words[i + 1 : i + 1 + _PROSE_NEAR]))
        for i in range(len(looks))
    ]
