"""Where, when and by whom a figure holds: what its own sentence says, and nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.records import Place, Statement, Time

# A place bears on a figure where it stands in a phrase of place, not where it acts (`Vard said`).
_LOCATIVE = re.compile(
    r"(?:\b(?:in|at|near|inside|outside|across|around|throughout|within|into|from|of|over|on|along|to|off|entering|leaving)"
    r"(?: (?:the|all|all of|neighbou?ring|nearby|central|eastern|western|northern|southern|north|south|east|west|"
    r"north-?eastern|north-?western|south-?eastern|south-?western|northeast|northwest|southeast|southwest|"
    r"occupied|besieged|capital|city|town|village|province|region|district|port|state|municipality|island|coastal|border|of|"
    r"part|parts|city of|town of|village of|province of|region of|mainly|largely|predominantly|downtown))*,? )$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:—]|, (?:and|but|while|whereas|as|who|which|where|after|when)\b")


class Bearings:
    """Times, places and statements of one text, asked about by span."""

    def __init__(
        self, text: str, *, times: Sequence[Time], places: Sequence[Place], statements: Sequence[Statement]
    ) -> None:
        self._text = text
        self._times = sorted(times, key=lambda t: (t.start, t.end, t.id))
        self._time_starts = [t.start for t in self._times]
        self._places = sorted(places, key=lambda p: (p.start, p.end, p.id))
        self._place_starts = [p.start for p in self._places]
        self._contents = sorted(
            (span.start, span.end, statement.id, statement.speaker)
            for statement in statements
            for span in statement.content
        )

    def times_in(self, start: int, end: int) -> list[Time]:
        """Times of any kind that start in a stretch of the text."""
        return self._times[bisect_left(self._time_starts, start) : bisect_left(self._time_starts, end)]

    def speaker(self, start: int, end: int) -> tuple[str, frozenset[str]]:
        """Chain of the speaker of the innermost statement whose content holds a span, and ids of all that hold it."""
        holding = [c for c in self._contents if c[0] <= start and end <= c[1]]
        if not holding:
            return "", frozenset()
        inner = min(holding, key=lambda c: (c[1] - c[0], c[2]))
        return inner[3], frozenset(c[2] for c in holding)

    def _scope(self, start: int, end: int) -> frozenset[str]:
        return frozenset(c[2] for c in self._contents if c[0] <= start and end <= c[1])

    def time(self, start: int, end: int, *, sentence: tuple[int, int], scope: frozenset[str]) -> str:
        """Id of the time a figure holds for: the only one of its clause, else of its sentence, said in the same breath.

        Args:
            start: Start of the figure.
            end: Its end.
            sentence: Span of its sentence.
            scope: Statements whose content holds the figure: a time outside them is that of speaking.

        Returns:
            Empty if there is none, or several have equal right.
        """
        found = [
            t
            for t in self.times_in(*sentence)
            if t.kind in {"DATE", "TIME"} and self._scope(t.start, t.end) == scope
        ]
        # `After the fire in 5 villages, talks were put off until May`: past a comma another clause has its own time.
        found = [t for t in found if t.start < start or "," not in self._text[end : t.start]]
        if len(found) > 1:
            low, high = self._clause(start, end, sentence)
            found = [t for t in found if low <= t.start < high]
        return found[0].id if len(found) == 1 else ""

    def place(self, start: int, end: int, *, sentence: tuple[int, int], scope: frozenset[str]) -> str:
        """Id of the place a figure holds for: the nearest one after it in a phrase of place, else the only one before.

        Args:
            start: Start of the figure.
            end: End of what it counts.
            sentence: Span of its sentence.
            scope: Statements whose content holds the figure.

        Returns:
            Empty if there is none, or several have equal right.
        """
        low, high = bisect_left(self._place_starts, sentence[0]), bisect_left(self._place_starts, sentence[1])
        near = [
            p for p in self._places[low:high] if self._locates(p) and self._scope(p.start, p.end) == scope
        ]
        clause = self._clause(start, end, sentence)
        after = [p for p in near if end <= p.start < clause[1]]
        if after:
            return after[0].id
        before = [p for p in near if clause[0] <= p.start < start] or [p for p in near if p.start < start]
        return before[0].id if len({p.gazetteer_id or p.name or p.id for p in before}) == 1 else ""

    def _locates(self, place: Place) -> bool:
        head = self._text[max(0, place.start - 48) : place.start]
        possessive = self._text[place.end : place.end + 2] in {"'s", "’s"}
        return bool(_LOCATIVE.search(head)) or possessive

    def _clause(self, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
        low, high = sentence
        for match in _CLAUSE.finditer(self._text, low, start):
            low = match.end()
        after = _CLAUSE.search(self._text, end, high)
        return low, after.start() if after else high
