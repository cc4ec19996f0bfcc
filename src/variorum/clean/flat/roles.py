"""Settle what every part of the page is: a kept block of some kind, or furniture of some kind."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from variorum.clean import flat_marks as marks
from variorum.clean.flat.model import BODY
from variorum.clean.flat.words import CHROME_WORDS, PHRASES, WHOLE_LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.flat.features import Look
    from variorum.clean.flat.seams import Part
    from variorum.clean.flat.title import Title

_WORD = re.compile(r"\w+")
# Bylines and credits stand at most this many pieces from the article's own.
_NEAR = 6
_HEADING_WORDS = 14
# A furniture label and what it holds are at most so long: code points of the label, words in all.
_LABEL, _LABEL_WORDS = 30, 25


def settle(
    parts: Sequence[Part],
    texts: Sequence[str],
    looks: Sequence[Look],
    states: Sequence[int],
    title: Title | None,
) -> list[str]:
    """The fate of every part: `+` and a block kind, or `-` and a removed kind.

    Args:
        parts: The parts of the page, in order.
        texts: Their words.
        looks: What is seen of each.
        states: The model's state of each.
        title: Where the headline stands, if it was found.

    Returns:
        As many fates as parts; the headline's own part has the fate `+title`.
    """
    fates = [p.fate for p in parts]
    body = [i for i, s in enumerate(states) if s == BODY and not fates[i].startswith("-")]
    first = body[0] if body else 0
    last = body[-1] if body else 0
    top = title.index if title else min(first, max(first - _NEAR, 0))
    for i, (text, seen) in enumerate(zip(texts, looks, strict=True)):
        if title and i == title.index:
            fates[i] = "+title"
        elif fates[i]:
            if fates[i].startswith("+") and not top - 1 <= i <= last + 1:
                fates[i] = "-media" if fates[i] == "+caption" else "-social"
        elif title and i < title.index:
            fates[i] = "-" + removed_kind(text, seen, before=True)
        else:
            fates[i] = _fate(
                text, seen, body=states[i] == BODY, near=top <= i <= last + _NEAR, before=i < first
            )
    _related(fates, texts, looks)
    _duplicates(fates, texts)
    _headings(fates, texts)
    return fates


def _fate(text: str, seen: Look, *, body: bool, near: bool, before: bool) -> str:
    line = text[:400]
    if (
        near
        and seen.words < 40
        and marks.BYLINE.match(line)
        and marks.BYLINE_CASE.match(line)
        and seen.words < 15
    ):
        return "+byline"
    if near and seen.words < 90 and _is_caption(line, text):
        return "+caption"
    if marks.RELATED.match(line) and seen.words < 40 and not text.endswith((".", ".”", '."')):
        return "-related"
    if _is_labelled(line, seen):
        return "-" + WHOLE_LINES[_label(line)]
    if not body or (seen.chrome == 3 and seen.words <= 4):
        return "-" + removed_kind(text, seen, before=before)
    if marks.CORRECTION.match(line):
        return "+correction"
    if marks.BULLET.match(line):
        return "+list"
    return "+paragraph"


def _label(line: str) -> str:
    return line.partition(":")[0].strip().lower()


def _is_labelled(line: str, seen: Look) -> bool:
    """Whether a line is a furniture label with what it holds, such as `Tags:` and a list, rather than a sentence."""
    return (
        ":" in line[:_LABEL]
        and seen.words <= _LABEL_WORDS
        and line[-1].isalnum()
        and _label(line) in WHOLE_LINES
    )


def _is_caption(line: str, text: str) -> bool:
    if len(text) > 400:
        line = text[-200:]
        return bool(marks.CAPTION_EXACT.search(line)) and len(text) < 900
    return bool(marks.CAPTION.search(line) or marks.CAPTION_EXACT.search(line))


def removed_kind(text: str, seen: Look, *, before: bool) -> str:
    """What kind of furniture a removed piece is."""
    if seen.kind:
        return seen.kind
    votes: dict[str, int] = {}
    if marks.RELATED_HEAD.match(text[:80]):
        return "related"
    for phrase in seen.phrases:
        votes[PHRASES[phrase]] = votes.get(PHRASES[phrase], 0) + 2
    for word in _WORD.findall(seen.text) if seen.words < 80 else ():
        kind = CHROME_WORDS.get(word)
        if kind:
            votes[kind] = votes.get(kind, 0) + 1
    if votes:
        return max(sorted(votes), key=lambda k: votes[k])
    mark = seen.buckets[9]
    if mark == 1:
        return "code"
    if mark in {2, 4}:
        return "social"
    if mark == 5:
        return "licence"
    if seen.prose >= 1 and not before:
        return "related"
    return "navigation" if seen.words <= 6 else "other"


def _related(fates: list[str], texts: Sequence[str], looks: Sequence[Look]) -> None:
    """Take the headlines under a heading such as `RELATED:` with it, up to the next sentence."""
    for i, text in enumerate(texts):
        if not (marks.RELATED_HEAD.match(text) and fates[i] != "+title"):
            continue
        fates[i] = "-related"
        for j in range(i + 1, min(i + 6, len(texts))):
            ended = texts[j].rstrip("\"'”’»").endswith((".", "!"))
            quoted = texts[j][:1] in '"“'
            if looks[j].words > 25 or ended or quoted or fates[j].startswith(("+title", "+byline")):
                break
            fates[j] = "-related"


def _duplicates(fates: list[str], texts: Sequence[str]) -> None:
    """Remove what was kept before: the same words again, and of two captions one of which begins the other the shorter."""
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        if not fates[i].startswith("+"):
            continue
        key = " ".join(_WORD.findall(text.lower()))
        if fates[i] != "+title" and len(key) >= 20 and key in seen:
            keep = seen[key]
            fates[i] = "-duplicate"
            if fates[keep] == "+list":
                fates[keep] = "+paragraph"
        seen.setdefault(key, i)
    kept = [i for i, fate in enumerate(fates) if fate.startswith("+")]
    for i in kept:
        if fates[i] == "+caption" and i and fates[i - 1].startswith("-") and _begins(texts[i - 1], texts[i]):
            fates[i - 1] = "-duplicate"
    for left, right in pairwise(kept):
        if "+caption" in (fates[left], fates[right]) and _begins(texts[left], texts[right]):
            fates[left] = "-duplicate"
            fates[right] = "+caption"


def _begins(left: str, right: str) -> bool:
    one, other = _WORD.findall(left.lower()), _WORD.findall(right.lower())
    return len(one) >= 4 and len(one) < len(other) <= len(one) + 15 and other[: len(one)] == one


def _headings(fates: list[str], texts: Sequence[str]) -> None:
    """A short kept line without a sentence's end, followed by a kept paragraph, is a heading."""
    kept = [i for i, fate in enumerate(fates) if fate.startswith("+")]
    for here, after in zip_longest(kept, kept[1:], fillvalue=-1):
        if fates[here] != "+paragraph":
            continue
        text = texts[here]
        short = len(_WORD.findall(text[:200])) <= _HEADING_WORDS and len(text) < 120
        if short and text[-1] not in '.!…,;:"”»)。！？」』' and after >= 0 and len(texts[after]) > len(text):
            fates[here] = "+heading"
