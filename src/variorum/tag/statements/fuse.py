"""Statements by frames and by the reader, made one list: each attribution once, the better parts of both."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.draft import Draft

POLICY = os.environ.get("POLICY", "")
# Contents that share so much are one statement's (Jaccard of code points, as the field scores overlap).
_SAME = 0.3


def _overlap(left: Draft, right: Draft) -> float:
    shared = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left.content for b in right.content
    )
    size = sum(c.end - c.start for d in (left, right) for c in d.content)
    return shared / (size - shared) if size > shared else 1.0


def _touch(left: Draft, right: Draft) -> bool:
    return (
        left.cue is not None
        and right.cue is not None
        and left.cue.start < right.cue.end
        and right.cue.start < left.cue.end
    )


def _pairs(framed: Sequence[Draft], marked: Sequence[Draft]) -> dict[int, int]:
    """Which framed statement is which marked one: those whose cues touch first, then by likeness of content."""
    scored = []
    for i, one in enumerate(framed):
        for j, other in enumerate(marked):
            likeness = _overlap(one, other)
            if likeness >= _SAME or (_touch(one, other) and likeness > 0):
                scored.append((_touch(one, other), likeness, -i, -j))
    found: dict[int, int] = {}
    for _, _, i, j in sorted(scored, reverse=True):
        if -i not in found and -j not in found.values():
            found[-i] = -j
    return found


def fused(framed: Sequence[Draft], marked: Sequence[Draft]) -> list[Draft]:
    pairs = _pairs(framed, marked)
    kept = []
    for i, draft in enumerate(framed):
        j = pairs.get(i)
        if j is None:
            if "D" in POLICY and draft.manner != "direct":
                continue
            if "E" in POLICY:
                continue
            kept.append(draft)
            continue
        other = marked[j]
        if "C" in POLICY:
            draft.content, draft.manner = other.content, other.manner
        if "S" in POLICY and other.source is not None:
            draft.source, draft.speaker = other.source, other.speaker
        if draft.source is None and other.source is not None:
            draft.source, draft.speaker = other.source, other.speaker
        if draft.cue is None:
            draft.cue = other.cue
        kept.append(draft)
    taken = set(pairs.values())
    if "M" in POLICY:
        kept += [d for j, d in enumerate(marked) if j not in taken and (d.cue or d.source)]
    return kept
