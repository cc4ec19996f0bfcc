"""Find the headline among the pieces above the article, and cut site names and furniture off its ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from variorum.clean import flat_marks as marks
from variorum.clean.flat.features import look

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from variorum.clean.flat.features import Look

_WORD = re.compile(r"\w+")
_TAIL = re.compile(r"\s(?:[|–—»·-]|::)\s")
# What a candidate must reach: a line of 5 to 20 words half of whose words come in the article does.
_ENOUGH = 1.5
_FAR = 12
# A headline's words come in the first paragraphs, if they come at all.
_ENOUGH_BODY = 40
# A headline stands at most this many pieces above the first paragraph.
_REACH = 80


class Title(msgspec.Struct, frozen=True, gc=False):
    """Which piece holds the headline, where in it (code points of the piece), and what was cut off behind it.

    Attributes:
        index: Number of the piece.
        start, end: The headline within the piece.
        site: Name of the site that stood behind the headline, or empty.
        reason: What spoke for it.
    """

    index: int
    start: int
    end: int
    site: str = ""
    reason: str = ""


def find_title(
    texts: Sequence[str],
    looks: Sequence[Look],
    body: Sequence[int],
    *,
    barred: Container[int] = (),
    given: str = "",
) -> Title | None:
    """Find the headline.

    Args:
        texts: The pieces.
        looks: What is seen of each.
        body: Numbers of the pieces that are the article's, in page order, not empty.
        barred: Numbers of pieces known to be something else.
        given: The title as told beside the page, or empty.

    Returns:
        The headline's place, or None if no line will do.
    """
    first = next((i for i in body if looks[i].prose >= 2), body[0])
    vocabulary = {
        w for i in body[:_ENOUGH_BODY] for w in _WORD.findall(texts[i][:2000].lower()) if len(w) > 3
    }
    reach = range(max(0, first - _REACH), min(first + 1, len(texts)))
    near = {i: _key(texts[i]) for i in range(reach.start, min(first + 4, len(texts)))}
    best: tuple[float, int, Title] | None = None
    for index in reach:
        if index in barred:
            continue
        start, end, site = bounds(texts[index])
        text = texts[index][start:end]
        seen = looks[index] if text == texts[index] else look(text)
        score = _score(text, seen, vocabulary, far=first - index)
        key = _key(text)
        twins = score > _ENOUGH - 2 and any(_same(key, other) for i, other in near.items() if i != index)
        score += 2.0 * twins
        if given and _key(given) == key:
            score += 10
        # Of equals the one nearer to the article, which has its punctuation, wins over a flattened page title.
        rank = score + 0.5 * sum(c in ":,'’\"“?!;" for c in text[:200]) / 4
        if score >= _ENOUGH and (best is None or rank >= best[0]):
            reason = f"headline-like, {'repeated in the page, ' if twins else ''}before the first paragraph"
            best = (rank, index, Title(index, start, end, site, reason))
    return best[2] if best else None


def bounds(text: str) -> tuple[int, int, str]:
    """Where the headline stands in its line, and the site's name behind it if one does."""
    residue = marks.BULLET.match(text)
    start, end, site = residue.end() if residue else 0, len(text), ""
    trailing = marks.TRAILING.search(text, start)
    if trailing and trailing.start() > start + 15:
        end = trailing.start()
    cuts = list(_TAIL.finditer(text, start, end))
    if cuts:
        tail = text[cuts[-1].end() : end]
        words = len(tail.split())
        mark = cuts[-1].group().strip()
        head_words = len(text[start : cuts[-1].start()].split())
        if (
            head_words >= 4
            and tail[:1].isupper()
            and words <= (5 if mark in "|»·::" else 3)
            and not tail.endswith((".", "?", "!"))
        ):
            return start, cuts[-1].start(), tail
    return start, end, site


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _same(key: str, other: str) -> bool:
    return len(key) >= 12 and (key == other or (other.startswith(key) and len(other) < 2 * len(key)))


def _score(text: str, seen: Look, vocabulary: set[str], *, far: int) -> float:
    words = _WORD.findall(text.lower())
    if not 3 <= len(words) <= 35 or seen.chrome == 3 or len(text) > 250:
        return -9.0
    if (
        marks.CREDIT_LINE.match(text)
        or marks.RELATED.match(text)
        or marks.CAPTION.search(text)
        or marks.BYLINE.match(text)
        or marks.CAPTION_EXACT.search(text)
    ):
        return -9.0
    content = [w for w in words if len(w) > 3]
    shared = sum(w in vocabulary for w in content) / (len(content) or 1)
    score = 3.0 * shared - 0.1 * min(far, _FAR) - 1.0 * seen.chrome
    # A paragraph (a standfirst, the article's first) is a headline only where the page's title says so.
    score -= 5.0 * (seen.prose == 3)
    score += 1.0 if 5 <= len(words) <= 20 else 0.0
    if text.rstrip().endswith((".", ",", ";", "。")) and not text.rstrip().endswith("..."):
        score -= 2.5
    if re.search(r"[.!?] [A-Z]", text):
        score -= 1.5
    if "  " in text or " > " in text or "»" in text or "/" in text[:40] or "@" in text:
        score -= 1.5
    if text[:1] in "•·":
        score -= 1.0
    return score - (2.0 if seen.buckets[9] in {3, 7, 8, 10} else 0.0)
