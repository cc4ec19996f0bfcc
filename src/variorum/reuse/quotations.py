"""Where a document quotes, and whom: a run within one speaker's words on both sides is never copying.

A long quotation that two outlets print came from one mouth, not from one another. Only text in quotation marks, a
block quote, an embedded post, or the content of a direct statement counts as quoted: an outlet's own paraphrase is its own wording, and
if it stands word for word elsewhere it was copied.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec
import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.records import Block, Statement

_MARKS = regex.compile(
    r"“[^“”]*(?:”|$)"
    r"|„[^„“”]*(?:[“”]|$)"
    r"|«[^«»]*(?:»|$)"
    r"|(?<![\w\"])\"(?=\S)[^\"]*?(?:(?<=\S)\"(?!\w)|$)"
    r"|(?<!\w)‘(?:[^‘’]|(?<=\w)’(?=\w))*’(?!\w)"
    r"|(?<!\w)'(?=\S)(?:[^'\n]|(?<=\w)'(?=\w))*?(?<=\S)'(?!\w)"
)


class Quoted(msgspec.Struct, frozen=True, order=True, gc=False):
    """A quoted stretch of a text, half-open code points; `speaker` is empty where unknown."""

    start: int
    end: int
    speaker: str = ""


def quoted(text: str, blocks: Iterable[Block], statements: Iterable[Statement]) -> list[Quoted]:
    """Quoted stretches of one document, in text order, none overlapping.

    Args:
        text: The document's text.
        blocks: Its blocks; without any, paragraphs are parted at blank lines.
        statements: Its statements; they say who speaks. May be empty.
    """
    spans = _blocks(blocks)
    if not spans:
        spans = [(m.start(), m.end(), False) for m in regex.finditer(r"(?s).+?(?=\n\n|\Z)", text)]
    found = []
    for start, end, whole in spans:
        if whole:
            found.append((start, end))
        else:
            found += [m.span() for m in _MARKS.finditer(text, start, end)]
    said = [(c.start, c.end, s) for s in statements if s.manner in ("direct", "mixed") for c in s.content]
    found += [(start, end) for start, end, s in said if s.manner == "direct"]
    return [Quoted(start, end, _speaker(start, end, said)) for start, end in _union(found)]


def _blocks(blocks: Iterable[Block]) -> list[tuple[int, int, bool]]:
    """Blocks in text order and whether they are somebody else's words throughout; an embedded post and its signature are one."""
    found: list[tuple[int, int, bool]] = []
    last = ""
    for block in sorted(blocks, key=lambda b: (b.start, b.end)):
        if block.kind == last == "embed":
            found[-1] = (found[-1][0], block.end, True)
        else:
            found.append((block.start, block.end, block.kind in ("quote", "embed")))
        last = block.kind
    return found


def reported(statements: Iterable[Statement]) -> list[Quoted]:
    """What sources say by any manner of speech, in text order, none overlapping."""
    return [Quoted(a, b) for a, b in _union((c.start, c.end) for s in statements for c in s.content)]


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _speaker(start: int, end: int, said: Sequence[tuple[int, int, Statement]]) -> str:
    """Who speaks most of this stretch: the speaker's chain, else the statement; empty where no statement covers it."""
    shares: dict[str, int] = {}
    for low, high, statement in said:
        common = min(end, high) - max(start, low)
        if common > 0:
            who = statement.speaker or statement.id
            shares[who] = shares.get(who, 0) + common
    return min(shares, key=lambda who: (-shares[who], who)) if shares else ""


def inside(spans: Sequence[Quoted], start: int, end: int) -> int:
    """Index of the quoted stretch that holds all of `[start, end)`, -1 if none does."""
    i = bisect_right(spans, (start, float("inf")), key=lambda q: (q.start, q.end)) - 1
    return i if i >= 0 and spans[i].end >= end else -1
