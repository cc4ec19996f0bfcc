"""One story with everything its pages hold, gathered from the tables of a partition.

The stages of this room read a story through a `StoryView`. It holds rows of the story's own documents only, so
that what else lies in the partition cannot change a result (law 6).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from variorum.records import (
    Actor,
    Anchor,
    Block,
    Chain,
    Claim,
    Conflict,
    Dating,
    Denial,
    Document,
    Episode,
    Figure,
    GazetteerEntry,
    Mention,
    Origin,
    Outlet,
    Passage,
    Place,
    Sentence,
    SpanRecord,
    Statement,
    Story,
    Tables,
    Time,
    Utterance,
    from_table,
)
from variorum.records import Record as _Record
from variorum.stage import Fetch
from variorum.text.outlets import outlet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

R = TypeVar("R", bound=_Record)
S = TypeVar("S", bound=SpanRecord)

_BY_DOCUMENT = (
    "blocks",
    "sentences",
    "mentions",
    "chains",
    "times",
    "figures",
    "places",
    "statements",
    "datings",
)
_BY_STORY = ("episodes", "utterances", "denials", "claims", "conflicts")


def fetches(*tables: str) -> tuple[Fetch, ...]:
    """What a stage over stories fetches for the tables it names; `documents` and `origins` always go along.

    Args:
        tables: Names among the tables above, `passages` and `actors` (which brings `chains`).

    Returns:
        Fetches in an order in which each rests on tables already there.
    """
    found = [
        Fetch(table="documents", column="id", by=("stories.documents",)),
        Fetch(table="origins", column="documents", by=("stories.documents",)),
    ]
    wanted = {*tables, *(("chains",) if "actors" in tables else ())}
    found += [Fetch(table=t, column="doc", by=("stories.documents",)) for t in _BY_DOCUMENT if t in wanted]
    found += [Fetch(table=t, column="story", by=("stories.id",)) for t in _BY_STORY if t in wanted]
    if "passages" in wanted:
        found.append(Fetch(table="passages", column="left.doc", by=("stories.documents",)))
    if "actors" in wanted:
        found.append(Fetch(table="actors", column="chains", by=("chains.id",)))
    return tuple(found)


def _rows(tables: Tables, record: type[R]) -> list[R]:
    return from_table(record, tables[record.TABLE]) if record.TABLE in tables else []


class _Index:
    """The rows of a partition by document and by story, each list sorted by id."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._made: dict[tuple[str, str], dict[str, list[_Record]]] = {}

    def rows(self, record: type[R]) -> list[R]:
        """Every row of a table, sorted by id; none if the partition lacks it."""
        return sorted(_rows(self._tables, record), key=lambda r: r.id)

    def get(self, record: type[R], field: str, keys: Sequence[str]) -> list[R]:
        """Rows whose field (a value, a list, or `left.doc`) holds one of the keys: each once, sorted by id."""
        name = (record.TABLE, field)
        if name not in self._made:
            made: dict[str, list[_Record]] = defaultdict(list)
            for row in _rows(self._tables, record):
                value: object = row
                for part in field.split("."):
                    value = getattr(value, part)
                for key in value if isinstance(value, tuple) else (value,):
                    made[key].append(row)
            self._made[name] = made
        found = {row.id: row for key in keys for row in self._made[name].get(key, ())}
        return [found[i] for i in sorted(found)]  # type: ignore[misc] # the index is keyed by record


class StoryView:
    """One story; every list is sorted by id, lists of spans by document and place."""

    def __init__(self, story: Story, index: _Index) -> None:
        self.story = story
        self._index = index

    def cache(self, name: str) -> dict[str, Any]:
        """A place to keep what is worked out once a story, by name and key."""
        return self.__dict__.setdefault("_cache", {}).setdefault(name, {})  # type: ignore[no-any-return]

    def _of_story(self, record: type[R]) -> list[R]:
        return self._index.get(record, "story", (self.story.id,))

    def _spans(self, record: type[S]) -> list[S]:
        rows = self._index.get(record, "doc", self.story.documents)
        return sorted(rows, key=lambda r: (r.doc, r.start, r.end, r.id))

    @cached_property
    def documents(self) -> dict[str, Document]:
        return {d.id: d for d in self._index.get(Document, "id", self.story.documents)}

    @cached_property
    def sentences(self) -> list[Sentence]:
        return self._spans(Sentence)

    @cached_property
    def blocks(self) -> list[Block]:
        return self._spans(Block)

    @cached_property
    def mentions(self) -> list[Mention]:
        return self._spans(Mention)

    @cached_property
    def times(self) -> list[Time]:
        return self._spans(Time)

    @cached_property
    def figures(self) -> list[Figure]:
        return self._spans(Figure)

    @cached_property
    def places(self) -> list[Place]:
        return self._spans(Place)

    @cached_property
    def chains(self) -> dict[str, Chain]:
        return {c.id: c for c in self._index.get(Chain, "doc", self.story.documents)}

    @cached_property
    def statements(self) -> list[Statement]:
        return sorted(
            self._index.get(Statement, "doc", self.story.documents),
            key=lambda s: (s.doc, s.content, s.id),
        )

    @cached_property
    def statements_of(self) -> dict[str, list[Statement]]:
        """Document to its statements."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            found[statement.doc].append(statement)
        return dict(found)

    @cached_property
    def utterances(self) -> list[Utterance]:
        return self._of_story(Utterance)

    @cached_property
    def denials(self) -> list[Denial]:
        return self._of_story(Denial)

    @cached_property
    def claims(self) -> list[Claim]:
        return self._of_story(Claim)

    @cached_property
    def conflicts(self) -> list[Conflict]:
        return self._of_story(Conflict)

    @cached_property
    def episodes(self) -> list[Episode]:
        return sorted(self._of_story(Episode), key=lambda e: (e.opened or "9", e.id))

    @cached_property
    def passages(self) -> list[Passage]:
        found = self._index.get(Passage, "left.doc", self.story.documents)
        return [p for p in found if p.right.doc in self.documents]

    @cached_property
    def passages_of(self) -> dict[tuple[str, str], list[Passage]]:
        """Passages by (left document, right document)."""
        found: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for passage in self.passages:
            found[passage.left.doc, passage.right.doc].append(passage)
        return dict(found)

    @cached_property
    def origins(self) -> list[Origin]:
        return self._index.get(Origin, "documents", self.story.documents)

    @cached_property
    def origins_of(self) -> dict[str, tuple[Origin, ...]]:
        """Document to its origins, the narrowest (fewest documents) first."""
        found: dict[str, list[Origin]] = defaultdict(list)
        for origin in sorted(self.origins, key=lambda o: (len(o.documents), o.id)):
            for doc in origin.documents:
                found[doc].append(origin)
        return {doc: tuple(rows) for doc, rows in found.items()}

    @cached_property
    def actor_of(self) -> dict[str, Actor]:
        """Chain of the story to its actor."""
        actors = self._index.get(Actor, "chains", tuple(self.chains))
        return {chain: actor for actor in actors for chain in actor.chains if chain in self.chains}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        return {a.id: a for a in self.actor_of.values()}

    @cached_property
    def mentions_of(self) -> dict[str, list[Mention]]:
        """Actor to its mentions, by document and place."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            if mention.chain in self.actor_of:
                found[self.actor_of[mention.chain].id].append(mention)
        return dict(found)

    @cached_property
    def gazetteer(self) -> list[GazetteerEntry]:
        """The user's own places, if the stage has them broadcast."""
        return self._index.rows(GazetteerEntry)

    @cached_property
    def outlets(self) -> list[Outlet]:
        """What the user says of outlets, if the stage has it broadcast."""
        return self._index.rows(Outlet)

    @cached_property
    def dates(self) -> dict[str, tuple[str, str]]:
        """Document to (earliest, latest) of its publication, ISO 8601: as told, else as completed; ("", "") unknown."""
        found = {d.id: (d.published_earliest, d.published_latest) for d in self.documents.values()}
        datings = sorted(self._index.get(Dating, "doc", self.story.documents), key=lambda d: (d.score, d.id))
        for dating in datings:
            if not self.documents[dating.doc].published_earliest:
                found[dating.doc] = (dating.earliest, dating.latest)
        return found

    def text(self, span: Anchor | SpanRecord) -> str:
        """The words at an anchor."""
        return self.documents[span.doc].text[span.start : span.end]

    def content(self, statement: Statement) -> str:
        """The words of a statement's content, its pieces joined by a space."""
        text = self.documents[statement.doc].text
        return " ".join(text[s.start : s.end] for s in statement.content)

    def at(self, rows: list[S], anchor: Anchor | SpanRecord) -> list[S]:
        """Those spans of one of this view's lists that overlap an anchor."""
        by_doc = self._by_doc(rows).get(anchor.doc, ())
        return [r for r in by_doc if r.start < anchor.end and anchor.start < r.end]

    def _by_doc(self, rows: list[S]) -> dict[str, list[S]]:
        cache: dict[int, dict[str, list[SpanRecord]]] = self.__dict__.setdefault("_docs", {})
        if id(rows) not in cache:
            made: dict[str, list[SpanRecord]] = defaultdict(list)
            for row in rows:
                made[row.doc].append(row)
            cache[id(rows)] = made
        return cache[id(rows)]  # type: ignore[return-value] # keyed by the list itself

    def sentence_at(self, doc: str, point: int) -> Sentence | None:
        """The sentence that holds a code point; None between sentences."""
        rows = self._by_doc(self.sentences).get(doc, [])
        i = bisect_right(rows, point, key=lambda s: s.start) - 1
        return rows[i] if i >= 0 and point < rows[i].end else None

    def sentences_of(self, doc: str) -> list[Sentence]:
        """The sentences of a document, in text order."""
        return self._by_doc(self.sentences).get(doc, [])


def views(tables: Tables) -> Iterator[StoryView]:
    """One view a story, in the order of the stories' ids."""
    index = _Index(tables)
    for story in sorted(from_table(Story, tables["stories"]), key=lambda s: s.id):
        yield StoryView(story, index)


def outlet_name(view: StoryView, doc: str) -> str:
    """The document's outlet, by the user's name for it if she names one; its location where the outlet is unknown."""
    names: dict[str, str] = view.cache("outlet names")
    if doc not in names:
        document = view.documents[doc]
        outlet = outlet_of(document.outlet, document.location, view.outlets)
        names[doc] = (outlet.name if outlet else document.outlet) or document.location
    return names[doc]
