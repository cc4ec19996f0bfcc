"""Gold and system as the scorers of layers see them: rows checked, documents under the gold's names, ids as what they stand for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from variorum.errors import InputError
from variorum.measure.rows import Row, place_of, places_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from variorum.measure.edges import End

    Tables = Mapping[str, Sequence[Any]]
    Rows = list[dict[str, Any]]

# Where the text of documents stands: in a dossier, and in a gold's list of pages.
TEXTS = ("documents", "pages")
# What a row cannot do without, by table; the rest may be left out. Lists are lists.
_FLAT = ("doc", "start", "end")
_NEEDED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("mentions", "times", "figures", "places", "events"), _FLAT),
    "statements": ("content",),
    "passages": ("left", "right"),
    "denials": ("statement",),
    "actors": ("chains",),
    "utterances": ("statements",),
    "happenings": ("events",),
    "silences": ("claim", "silent"),
    "naming": ("spans",),
    **dict.fromkeys(("origins", "stories", "episodes"), ("documents",)),
}
_LISTS = frozenset(
    "content chains statements events silent spans documents aliases links candidates figures times places".split()
)
# Fields that hold ids of documents, beside the `doc` of a span.
_DOCUMENTS = frozenset({"documents", "silent", "reported_by"})
# Fields that hold ids, one or a list of them.
_IDS = frozenset(
    "id doc chain speaker statement denied claim left right chains statements events figures times places documents silent reported_by".split()
)
# Tables whose rows are spans of their own.
_SPANS = ("figures", "times", "places", "events", "mentions")


def in_gold_names(gold: Tables, system: Tables) -> dict[str, Rows]:
    """A system's rows as plain values, with its documents under the gold's names.

    A document of the same id is the same; one of another id if its text is equal, to the character, to that of a gold
    document that no id has claimed (several of one text are paired in order of id).

    Args:
        gold: Rows by table; `pages` or `documents` hold the texts.
        system: Rows by table, likewise.

    Raises:
        InputError: If a document has the id of one of the gold's, and another text.
    """
    wanted, given = texts_of(gold), texts_of(system)
    odd = sorted(name for name in wanted.keys() & given.keys() if wanted[name] != given[name])
    if odd:
        raise InputError(
            f"the text of {odd[0]} is not the gold's", "give the gold's text, or ids of your own"
        )
    free: dict[str, list[str]] = defaultdict(list)
    for name in sorted(wanted.keys() - given.keys(), reverse=True):
        free[wanted[name]].append(name)
    names = {
        name: free[given[name]].pop()
        for name in sorted(given.keys() - wanted.keys())
        if free.get(given[name])
    }
    return {table: [_renamed(_as_text(row), names) for row in _plain(rows)] for table, rows in system.items()}


def _plain(rows: Iterable[Any]) -> Rows:
    return [msgspec.to_builtins(row) for row in plain(rows)]


def _as_text(value: Any, field: str = "") -> Any:
    """A plain value with ids that are numbers as text, so that 0 is an id."""
    if isinstance(value, list):
        return [_as_text(part, field) for part in value]
    if isinstance(value, dict):
        return {key: _as_text(part, key) for key, part in value.items()}
    return str(value) if field in _IDS and isinstance(value, int) and not isinstance(value, bool) else value


def texts_of(tables: Tables) -> dict[str, str]:
    """Texts of documents by id; none where the tables bring none."""
    rows = [row for name in TEXTS for row in plain(tables.get(name, ()))]
    return {str(row["id"]): str(row["text"]) for row in rows if row.get("id") is not None and row.get("text")}


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A plain value with documents under their other names, however deep they lie."""
    if isinstance(value, dict):
        made = {key: _renamed(part, names) for key, part in value.items()}
        if isinstance(made.get("doc"), str):
            made["doc"] = names.get(made["doc"], made["doc"])
        for key in _DOCUMENTS & made.keys():
            if isinstance(made[key], list):
                made[key] = [names.get(str(part), str(part)) for part in made[key]]
        return made
    return [_renamed(part, names) for part in value] if isinstance(value, list) else value


class Side:
    """One side's rows, checked, and what their ids stand for.

    Args:
        tables: Rows by table.
        texts: Texts of the gold's documents by id, to check spans against; none if empty.
        name: What the side is called where an id of its stands for nothing.
    """

    def __init__(self, tables: Tables, texts: Mapping[str, str], name: str) -> None:
        self._tables = tables
        self._texts = texts
        self._name = name
        self._rows: dict[str, Rows] = {}
        self._spans: dict[str, dict[str, list[Row]]] = {}

    def rows(self, table: str) -> Rows:
        """Rows of a table, checked, in an order of their own, so that ties fall alike whatever order they came in.

        Raises:
            InputError: If a row lacks what it needs, holds no list where there should be one, or a span outside its text.
        """
        if table not in self._rows:
            made = [_as_text(row) for row in _plain(self._tables.get(table, ()))]
            for row in made:
                self._check(table, row)
            self._rows[table] = sorted(made, key=lambda row: msgspec.json.encode(row, order="deterministic"))
        return self._rows[table]

    def _check(self, table: str, row: Row) -> None:
        lacking = [name for name in _NEEDED.get(table, ()) if row.get(name) is None]
        if table == "conflicts":
            lacking = [
                end for end in ("left", "right") if row.get(end) is None and row.get(f"{end}_span") is None
            ]
        if lacking:
            raise InputError(
                f"{table}: a row without {', '.join(lacking)}: {_short(row)}", "see docs/reference/gold.md"
            )
        odd = [name for name in _LISTS & row.keys() if not isinstance(row[name], list | None)]
        if odd:
            raise InputError(
                f"{table}: {odd[0]} is no list: {_short(row)}", "give a list, empty if there is none"
            )
        parts = [part for name in ("content", "spans") for part in row.get(name) or ()]
        if any(place_of(part, "") is None for part in parts):
            raise InputError(
                f"{table}: a part that is no span: {_short(row)}", "give objects with doc, start and end"
            )
        if any(not isinstance(link, dict) for link in row.get("links") or ()):
            raise InputError(
                f"{table}: a link that is no object: {_short(row)}", "give objects with left, right and kind"
            )
        for name in ("", *row):
            for doc, _, end in places_of(row, name):
                if doc in self._texts and end > len(self._texts[doc]):
                    raise InputError(
                        f"{table}: a span ends at {end}, the text of {doc} at {len(self._texts[doc])}",
                        "count code points of the text as given, from 0",
                    )

    def spans(self, table: str, name: Any) -> list[Row]:
        """The spans that a record stands for: its own, or a statement's content; none for an unknown id."""
        if table not in self._spans:
            rows = [row for row in self.rows(table) if row.get("id") is not None]
            self._spans[table] = {
                str(row["id"]): list(row["content"]) if table == "statements" else [span_of(row)]
                for row in rows
            }
        return self._spans[table].get(str(name), [])

    def end(self, tables: Sequence[str], name: Any) -> End:
        """One end of an edge: the spans of the record of that id, from the first table that has it; else a name of its own."""
        for table in tables:
            if found := self.spans(table, name):
                return places_of({"at": found}, "at")
        return self.nothing(name)

    def nothing(self, name: Any) -> str:
        """An end that an id stands for which nothing has: like no other side's."""
        return f"{self._name} {name}"

    def anywhere(self, name: Any) -> End:
        """The end that an id stands for, whatever table it is of."""
        return self.end(("statements", *_SPANS), name)


def span_of(row: Row) -> Row:
    """A flat row's own span."""
    return {name: row[name] for name in _FLAT}


def _short(row: Row) -> str:
    return msgspec.json.encode(row).decode()[:80]
