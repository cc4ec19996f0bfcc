"""Two or more wordings side by side, with what differs marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.distance import Indel

from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]+|\s+")


class Piece(msgspec.Struct, frozen=True):
    """Some words; `kind` is `same`, `own` (only here) or empty (nothing to compare with)."""

    text: str
    kind: str


def _units(text: str) -> list[str]:
    return _WORD.findall(text)


def _compared(units: Sequence[str]) -> list[int]:
    """Indices of words; white space and punctuation are not compared."""
    return [i for i, unit in enumerate(units) if unit[0].isalnum()]


def pieces(text: str, other: str) -> list[Piece]:
    """Mark which words of a text the other one has too, in order (longest common subsequence of folded words).

    Args:
        text: The words to mark.
        other: What to compare with.

    Returns:
        Pieces that join to `text`.
    """
    units = _units(text)
    ours = _compared(units)
    left = [fold(units[i]) for i in ours]
    right = words_of(other)
    kinds = [""] * len(units)
    for op in Indel.opcodes(left, right):
        for i in ours[op.src_start : op.src_end]:
            kinds[i] = "same" if op.tag == "equal" else "own"
    return _joined(units, kinds)


def words_of(text: str) -> list[str]:
    """The folded words of a text: what two wordings are compared by."""
    units = _units(text)
    return [fold(units[i]) for i in _compared(units)]


def _joined(units: Sequence[str], kinds: list[str]) -> list[Piece]:
    """Units of one kind in a row as one piece; what is between two of a kind goes with them."""
    last = ""
    for i, kind in enumerate(kinds):
        following = next((k for k in kinds[i:] if k), "")
        kinds[i] = kind or (last if last == following else "")
        last = kind or last
    joined: list[Piece] = []
    for unit, kind in zip(units, kinds, strict=True):
        if joined and joined[-1].kind == kind:
            joined[-1] = Piece(joined[-1].text + unit, kind)
        else:
            joined.append(Piece(unit, kind))
    return joined


def side_by_side(texts: Sequence[str]) -> list[list[Piece]]:
    """Every text marked against the first; the first against the second."""
    if len(texts) < 2:
        return [[Piece(t, "")] for t in texts]
    return [pieces(texts[0], texts[1]), *(pieces(t, texts[0]) for t in texts[1:])]
