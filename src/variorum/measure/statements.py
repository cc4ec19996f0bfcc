"""Scores of statements: each part, the whole, and the speaker given the content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from variorum.measure.intervals import Counts, prf
from variorum.measure.rows import Row, places_of
from variorum.measure.spans import OVERLAPS, overlap, pairs_by_page, span_scores
from variorum.measure.values import accuracies, parts_overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = ("source", "cue", "content")


def statement_scores(gold: Sequence[Row], system: Sequence[Row]) -> dict[str, Any]:
    """Scores of statements.

    Args:
        gold: Rows with `content` (a list of spans), and `source`, `cue`, `speaker_name` where there are any. A gold
            `speaker_name` may be a list of names that are all right.
        system: Rows in the same form.

    Returns:
        For each part `exact` and overlap scores; `whole`: all parts exact; `speaker`: of statements whose contents
        overlap at the lenient level the share with the right speaker, the wrong one, and none given; `accuracy`: among
        these the share right in manner, act and negation, and with the addressee where there is one; and
        `attribution_<j>`: content overlaps and the speaker is right.
    """
    found: dict[str, Any] = {part: span_scores(gold, system, name=part) for part in _PARTS}
    whole = pairs_by_page(gold, system, _equal, 1.0)
    found["whole"] = prf([Counts(len(p), len(s), len(g)) for g, s, p in whole])
    found["speaker"] = _speaker(gold, system)
    together = _together(gold, system)
    found["accuracy"] = {
        **accuracies(together, ("manner", "act", "negated")),
        **accuracies(together, ("addressee",), alike=parts_overlap),
    }
    for least in OVERLAPS:
        pages = pairs_by_page(gold, system, _content, least)
        right = [
            Counts(sum(_spoke(g[i], s[j]) == "right" for i, j in p), len(s), len(g)) for g, s, p in pages
        ]
        found[f"attribution_{least}"] = prf(right)
    return found


def _equal(left: Row, right: Row) -> float:
    return float(all(places_of(left, part) == places_of(right, part) for part in _PARTS))


def _content(left: Row, right: Row) -> float:
    return overlap(left, right, "content")


def _together(gold: Sequence[Row], system: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Statements whose contents overlap at the lenient level."""
    pages = pairs_by_page(gold, system, _content, min(OVERLAPS))
    return [(left[i], right[j]) for left, right, pairs in pages for i, j in pairs]


def _names(value: Any) -> set[str]:
    parts = value if isinstance(value, list | tuple) else [value]
    return {" ".join(str(p).lower().split()) for p in parts if p}


def _spoke(left: Row, right: Row) -> str:
    wanted, given = _names(left.get("speaker_name")), _names(right.get("speaker_name"))
    if wanted == given or wanted & given:
        return "right"
    return "wrong" if given else "none given"


def _speaker(gold: Sequence[Row], system: Sequence[Row]) -> dict[str, float]:
    verdicts = [_spoke(left, right) for left, right in _together(gold, system)]
    total = len(verdicts)
    shares = {
        name.replace(" ", "_"): verdicts.count(name) / total if total else 0.0
        for name in ("right", "wrong", "none given")
    }
    return {**shares, "matched": float(total)}
