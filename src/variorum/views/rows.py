"""Rows of tables as plain JSON values, with the words and the page's bytes of every span (design, contract for pipes)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import msgspec

from variorum.records import TABLES, Anchor, Document, PageRange, Span, SpanRecord, from_table
from variorum.text.offsets import OffsetMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow as pa

    from variorum.api import Dossier
    from variorum.records import Page, Record

Plain = dict[str, Any]


class Plainer:
    """Turns records into plain values; holds the documents that their spans point into.

    Args:
        documents: Documents by id.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._maps: dict[str, OffsetMap] = {}

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Plainer:
        return cls({d.id: d for d in documents})

    def rows(self, name: str, table: pa.Table) -> Iterator[Plain]:
        """Rows of the table called `name` as plain values, in table order."""
        for record in from_table(TABLES[name].record, table):
            yield self.record(record)

    def record(self, record: Record) -> Plain:
        """A record as plain values; a record that is itself a span carries text and page ranges flat."""
        doc = getattr(record, "doc", "")
        plain: Plain = {}
        for name in record.__struct_fields__:
            plain[name] = self._value(getattr(record, name), doc)
        if isinstance(record, SpanRecord):
            plain |= self.span(record.doc, record.start, record.end)
        elif isinstance(record, Document):
            plain["offset_map"] = [
                msgspec.structs.astuple(r) for r in OffsetMap.unpack(record.offset_map).runs
            ]
        return plain

    def span(self, doc: str, start: int, end: int) -> Plain:
        """A span as `doc`, `start`, `end`, `text`, `page_start`, `page_end`, and `page_ranges` where they are several.

        Offsets are half-open: code points of the document's text, bytes of its page. A span that stands for no
        bytes of the page has None for both page offsets.
        """
        plain: Plain = {
            "doc": doc,
            "start": start,
            "end": end,
            "text": "",
            "page_start": None,
            "page_end": None,
        }
        document = self._documents.get(doc)
        if document is None:
            return plain
        plain["text"] = document.text[start:end]
        ranges = self._map(document).page_ranges(start, end)
        if ranges:
            plain["page_start"] = min(low for low, _ in ranges)
            plain["page_end"] = max(high for _, high in ranges)
        if len(ranges) > 1:
            plain["page_ranges"] = [list(r) for r in ranges]
        return plain

    def _map(self, document: Document) -> OffsetMap:
        if document.id not in self._maps:
            self._maps[document.id] = OffsetMap.unpack(document.offset_map)
        return self._maps[document.id]

    def _value(self, value: Any, doc: str) -> Any:
        if isinstance(value, Span):
            return self.span(doc, value.start, value.end)
        if isinstance(value, Anchor):
            return self.span(value.doc, value.start, value.end)
        if isinstance(value, PageRange):
            return [value.start, value.end]
        if isinstance(value, msgspec.Struct):
            return msgspec.to_builtins(value)
        if isinstance(value, tuple):
            return [self._value(v, doc) for v in value]
        if isinstance(value, bytes):
            return base64.b64encode(value).decode("ascii")
        return value


def input_name(page: Page) -> str:
    """What the user calls a page: the id of its JSON line, its URL, or its path."""
    prefix = f"{page.input}#"
    archive = page.input.lower().endswith((".warc", ".warc.gz", ".arc", ".arc.gz"))
    return page.location.removeprefix(prefix) if not archive else page.location


def plain_tables(dossier: Dossier) -> Iterator[tuple[str, Iterator[Plain]]]:
    """Name and plain rows of every table of a dossier."""
    plainer = Plainer(dossier.documents_by_id)
    for name in dossier.tables:
        yield name, plainer.rows(name, dossier.table(name))
