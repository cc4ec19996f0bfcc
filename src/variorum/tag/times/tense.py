"""Which way a bare weekday, month or date points: what the verbs around it say."""

from __future__ import annotations

import re

# Back: the verb is past. Ahead: it is future or a plan. Neither: the nearest such day.
_AHEAD = re.compile(
    r"\b(?:(?:will|shall|won['’]t|['’]ll)(?: (?:be|have|been|not|also|then|now|likely|\w+ly))*(?: \w+)?|(?:is|are|was|were) (?:to|due|set|scheduled|expected|planned|going|slated)\b|going to|plans? to|"
    r"expected|scheduled|due|upcoming|intends?|hopes? to|ahead of|deadline|expires?|begins|starts|opens|takes effect|"
    r"(?:is|are) (?:\w+ing)\b)|['’]ll\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:was|were|had|did|has|have|been|said|told|took|came|went|began|held|met|left|made|saw|fell|rose|gave|got|sent|shot|hit|"
    r"won|lost|led|kept|found|broke|blew|fled|set up|put|cut|spoke|wrote|struck|withdrew|became|brought|built|ago|since|"
    r"\w{2,}(?<!ne)(?<!sp)(?<!fe)(?<!ind)ed)\b(?<!\bneed)(?<!\bindeed)(?<!\bhundred)",
    re.IGNORECASE,
)
_NEAREST = re.compile(
    r"\b(?:(?:would|could|should|might|must|may|can)(?: (?:be|not|also|then|now|likely|\w+ly))*(?: \w+)?|until|till|by|from)\b",
    re.IGNORECASE,
)


def direction(sentence: str, start: int, end: int) -> int:
    """Which way the verb nearest to an expression points.

    Args:
        sentence: The sentence that holds it.
        start: First code point of the expression in it.
        end: One past its last.

    Returns:
        -1 for the past, 1 for the future, 0 where no verb tells.
    """
    before = _last(sentence[max(0, start - 120) : start])
    if before is not None:
        return before
    return _first(sentence[end : end + 160]) or 0


def _cues(text: str) -> list[tuple[int, int]]:
    """Where a verb points, in text order. `Will be held` points ahead: what follows a modal is part of it."""
    found = [
        (m.start(), m.end(), way)
        for way, pattern in ((1, _AHEAD), (0, _NEAREST))
        for m in pattern.finditer(text)
    ]
    for match in _BACK.finditer(text):
        if not any(start <= match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), -1))
    return sorted((start, way) for start, _, way in found)


def _last(text: str) -> int | None:
    cues = _cues(text)
    return cues[-1][1] if cues else None


def _first(text: str) -> int | None:
    cues = _cues(text)
    return cues[0][1] if cues else None
