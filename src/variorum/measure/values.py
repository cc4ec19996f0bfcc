"""Scores of values: what a span was read as, and what was chosen for a document's header."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

from variorum.measure.intervals import Counts, prf
from variorum.measure.spans import OVERLAPS, overlap, pairs_by_page, span_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from variorum.measure.rows import Row

# The fields that are a row's value, by table; those a gold row leaves out are not asked for, those it leaves empty want
# to be left empty.
VALUES: dict[str, tuple[str, ...]] = {
    "times": ("value",),
    "figures": ("low", "high", "unit", "quantity"),
    "places": ("gazetteer_id", "name"),
    "mentions": ("kind",),
    "events": ("action", "status"),
    "naming": ("voice",),
}
# Fields that are spans themselves, by table: right where they overlap at the lenient level.
PARTS: dict[str, tuple[str, ...]] = {"figures": ("counts",)}
HEADERS = ("title", "outlet", "author", "published_value", "modified", "language")
_EARTH_KM = 6371.0
# The customary radius within which a toponym counts as resolved: 161 km, 100 miles.
NEAR_KM = 161.0


def value_scores(gold: Sequence[Row], system: Sequence[Row], *, table: str) -> dict[str, Any]:
    """Scores of spans and of their values.

    Args:
        gold: Rows wanted, each a span with values.
        system: Rows given.
        table: A key of `VALUES`.

    Returns:
        `spans` as `span_scores`; `value`: span overlaps at the lenient level and every value that the gold row has is
        equal, as precision, recall, F1; `value_accuracy`: the same among overlapping spans; `accuracy`: among these
        each value and part by itself, where the gold has it; for places with coordinates also `within_161_km`.
    """
    pages = pairs_by_page(gold, system, overlap, min(OVERLAPS))
    right = [[_equal(g[i], s[j], VALUES[table]) for i, j in pairs] for g, s, pairs in pages]
    matched = sum(len(r) for r in right)
    found: dict[str, Any] = {
        "spans": span_scores(gold, system),
        "value": prf([Counts(sum(r), len(s), len(g)) for r, (g, s, _) in zip(right, pages, strict=True)]),
        "value_accuracy": sum(map(sum, right)) / matched if matched else 0.0,
    }
    together = [(g[i], s[j]) for g, s, pairs in pages for i, j in pairs]
    found["accuracy"] = {
        **accuracies(together, VALUES[table]),
        **accuracies(together, PARTS.get(table, ()), alike=parts_overlap),
    }
    if table == "places":
        near = [_near(g[i], s[j]) for g, s, pairs in pages for i, j in pairs if g[i].get("lat") is not None]
        if any(row.get("lat") is not None for row in gold):
            found["within_161_km"] = sum(near) / len(near) if near else 0.0
    return found


def accuracies(
    pairs: Sequence[tuple[Row, Row]],
    names: Sequence[str],
    *,
    alike: Callable[[Row, Row, str], bool] | None = None,
) -> dict[str, float]:
    """For each field the share of pairs that agree in it, among those whose gold row has it; fields nobody has are left out.

    Args:
        pairs: Gold row and system row.
        names: Fields.
        alike: Whether two rows agree in a field; without it their values are equal.
    """
    made = {}
    for name in names:
        asked = [(g, s) for g, s in pairs if g.get(name) not in (None, "")]
        if asked:
            right = [alike(g, s, name) if alike else g[name] == s.get(name) for g, s in asked]
            made[name] = sum(right) / len(asked)
    return made


def parts_overlap(left: Row, right: Row, name: str) -> bool:
    """Whether the spans in a field of two rows overlap at the lenient level."""
    return overlap(left, right, name) >= min(OVERLAPS)


def _equal(left: Row, right: Row, names: Sequence[str]) -> bool:
    return all(_told(left[n]) == _told(right.get(n)) for n in names if n in left)


def _told(value: Any) -> Any:
    """A value, an empty one however it is written: what the gold says is not told, a system must not tell."""
    return None if value in ("", []) else value


def _near(left: Row, right: Row) -> bool:
    told = [row.get(name) for row in (left, right) for name in ("lat", "lon")]
    points = [value for value in told if isinstance(value, int | float)]
    return len(points) == len(told) and distance_km(*points) <= NEAR_KM


def flat_naming(rows: Sequence[Row]) -> list[Row]:
    """Rows of the table `naming`, which have several spans, as one row a span; rows that are spans already as they are."""
    return [
        {**span, "voice": row.get("voice", "")} if span is not row else row
        for row in rows
        for span in (row.get("spans") or ([row] if "start" in row else []))
    ]


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres of two points given in degrees (haversine formula)."""
    one, other = radians(lat), radians(other_lat)
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def header_scores(gold: Sequence[Row], system: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Scores of header fields of documents.

    Args:
        gold: Rows of the documents table (or of `variorum clean`), joined by `id`, `input`, `location` or `page`.
        system: Rows in the same form.

    Returns:
        For each header field of the gold rows the shares `right`, `wrong` and `unknown` (nothing given where gold has
        a value), and `invented` (a value where gold says there is none: an empty string).
    """
    given = {key_of(row): row for row in system}
    found = {}
    for name in HEADERS:
        asked = [row for row in gold if name in row]
        if not asked:
            continue
        verdicts = [_verdict(row[name], given.get(key_of(row), {}).get(name, "")) for row in asked]
        shares = {v: verdicts.count(v) / len(verdicts) for v in ("right", "wrong", "unknown", "invented")}
        found[name] = {**shares, "pages": float(len(asked))}
    return found


def key_of(row: Row) -> str:
    """What a row about a whole page is joined by."""
    return next((str(row[n]) for n in ("input", "location", "url", "doc", "id", "page") if row.get(n)), "")


def _verdict(wanted: Any, given: Any) -> str:
    wanted_text, given_text = (" ".join(str(v or "").split()) for v in (wanted, given))
    if wanted_text.lower() == given_text.lower():
        return "right"
    if not wanted_text:
        return "invented"
    return "wrong" if given_text and given_text != "unknown" else "unknown"
