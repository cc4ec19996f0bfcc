"""The example's gold beside a dossier built from its pages: quotations found in the cleaned text, rows as spans."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from variorum.measure import jaccard
from variorum.records import TABLES, from_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.api import Dossier

EXAMPLE = Path(__file__).resolve().parents[3] / "examples/velmark"
Row = dict[str, Any]


class Place(NamedTuple):
    """A stretch of a document: half-open code points."""

    doc: str
    start: int
    end: int


def rows(name: str) -> list[Row]:
    """A file of the gold."""
    return [json.loads(line) for line in (EXAMPLE / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines()]


class Quotable:
    """A text in which quotations are found, white space aside."""

    def __init__(self, doc: str, text: str) -> None:
        self.doc = doc
        self.text = text
        kept: list[int] = []
        for i, letter in enumerate(text):
            if not letter.isspace() or (kept and not text[kept[-1]].isspace()):
                kept.append(i)
        self._at = kept
        self._flat = "".join(" " if text[i].isspace() else text[i] for i in kept)

    def find(self, quote: str, context: str = "", near: Place | None = None) -> Place | None:
        """Where a quotation stands: first in its context, else nearest to a place; None if it does not."""
        quote, context = " ".join(quote.split()), " ".join((context or quote).split())
        inner = context.find(quote)
        starts = []
        at = self._flat.find(context)
        while at >= 0:
            starts.append(at + inner)
            at = self._flat.find(context, at + 1)
        if not starts or not quote:
            return None
        made = [Place(self.doc, self._at[s], self._at[s + len(quote) - 1] + 1) for s in starts]
        if near is None:
            return made[0]
        return min(made, key=lambda p: max(near.start - p.end, p.start - near.end, 0))


class Beside:
    """A dossier of the example with its gold: what scorers ask for."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        # A gold page is the location of the system's page.
        location = {p.id: p.location for p in self.records("pages")}
        self.doc_of = {location[d.page]: d.id for d in self.records("documents")}
        self.page_of = {doc: page for page, doc in self.doc_of.items()}

    def records(self, table: str) -> list[Any]:
        """A table's records."""
        return list(from_table(TABLES[table].record, self.dossier.table(table)))

    @cached_property
    def texts(self) -> dict[str, Quotable]:
        """Every page's text by the page's name in the gold."""
        return {page: Quotable(doc, self.dossier.text(doc)) for page, doc in self.doc_of.items()}

    @cached_property
    def complete(self) -> dict[str, set[str]]:
        """Documents of which the gold gives all rows of a table."""
        return {row["table"]: {self.doc_of[p] for p in row["documents"]} for row in rows("complete")}

    def find(self, quote: Row, near: Place | None = None) -> Place | None:
        """Where a gold quotation stands in the cleaned text."""
        return self.texts[quote["page"]].find(quote["text"], quote.get("context", ""), near)

    def placed(self, name: str) -> list[tuple[Row, Place | None]]:
        """Rows of the gold that quote, with where they stand."""
        return [(row, self.find(row)) for row in rows(name)]

    def words(self, place: Place | Any) -> str:
        """The words at a place."""
        return self.dossier.text(place.doc, place.start, place.end).replace("\n", " ")

    def docs(self, pages: Iterable[str]) -> frozenset[str]:
        """Ids of documents of gold pages."""
        return frozenset(self.doc_of[p] for p in pages)


def share(left: Sequence[Any], right: Sequence[Any]) -> float:
    """Jaccard of two sets of places; 0 where one is empty."""
    one, other = [p for p in left if p], [p for p in right if p]
    if not one or not other:
        return 0.0
    return jaccard(
        [(p.doc, p.start, p.end) for p in one],
        [(p.doc, p.start, p.end) for p in other],
    )


def covered(wanted: Place, by: Iterable[Any]) -> float:
    """Share of a place's code points that stand in other places of its document."""
    points = set(range(wanted.start, wanted.end))
    for p in by:
        if p.doc == wanted.doc:
            points -= set(range(p.start, p.end))
    return 1 - len(points) / max(1, wanted.end - wanted.start)


def anchor(doc: str, span: Any) -> Place:
    """A record's span with its document."""
    return Place(doc, span.start, span.end)


class Layer(msgspec.Struct):
    """Figures of one layer, 0 to 1, and what was missed or wrong, in words."""

    figures: dict[str, float] = {}
    notes: list[str] = msgspec.field(default_factory=list)


def ratio(right: float, all_: float) -> float:
    """A share; 1 of nothing."""
    return right / all_ if all_ else 1.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
