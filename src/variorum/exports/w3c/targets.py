"""What an annotation is about: pages, and selectors that find the words in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from variorum import records as r
from variorum.text.offsets import OffsetMap
from variorum.views.links import Linker, live_addresses

if TYPE_CHECKING:
    from variorum.api import Dossier

Json = dict[str, Any]

# Code points on either side of a quotation, before more are needed to set it apart: what Hypothesis's client, the
# reader in widest use, writes and weighs.
_AROUND = 32
_TEXT_FRAGMENT = "https://wicg.github.io/scroll-to-text-fragment/"
# What the model allows for `sourceDate`.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def urn(name: str) -> str:
    """The IRI of a record by its id."""
    return f"urn:variorum:{name}"


def relative(location: str) -> str:
    """A location that is no web address as a relative IRI reference; percent-decoded it is the location again."""
    return re.sub("^/", "%2F", quote(location, safe="/", errors="replace"))


def quoted(text: str, start: int, end: int) -> Json:
    """The TextQuoteSelector of a span.

    Args:
        text: The document's text.
        start: First code point of the span.
        end: One past its last.

    Returns:
        The span's words with as much before and after them as makes the three together stand once in the text; a
        prefix or suffix is empty only at the text's ends.
    """
    size = _AROUND
    while True:
        low, high = max(start - size, 0), end + size
        window = text[low:high]
        if text.find(window, text.find(window) + 1) < 0:
            break
        size *= 2
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[low:start],
        "suffix": text[end:high],
    }


class Targets:
    """Makes the targets of a dossier's records.

    Args:
        dossier: The dossier.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._documents = dossier.documents_by_id
        self._pages = {p.id: p for p in r.from_table(r.Page, dossier.table("pages"))}
        headers = r.from_table(r.Header, dossier.table("headers"))
        self._live = live_addresses(self._documents.values(), headers)
        self._made: dict[str, tuple[OffsetMap, Linker]] = {}

    def of(self, record: r.Record) -> list[Json]:
        """The targets of a record, its main words first; none where it has no words."""
        return [self._target(anchor, role) for role, anchor in _anchors(record) if anchor.start < anchor.end]

    def source(self, doc: str) -> str:
        """The IRI of a document's page: its web address where that is known, else its location."""
        return self._live.get(doc) or relative(self._documents[doc].location)

    def _target(self, anchor: r.Anchor, role: str) -> Json:
        page = self._pages[self._documents[anchor.doc].page]
        target: Json = {
            "type": "SpecificResource",
            "source": self.source(anchor.doc),
            "role": role,
            "selector": self._selectors(anchor, page),
        }
        if _MOMENT.fullmatch(page.captured):
            target["state"] = {"type": "TimeState", "sourceDate": page.captured}
        return target

    def _selectors(self, anchor: r.Anchor, page: r.Page) -> list[Json]:
        """Words by position in the cleaned text, by quotation, by bytes of the page and as a text fragment."""
        doc, start, end = anchor.doc, anchor.start, anchor.end
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        position |= {"unit": "code point", "over": urn(f"{doc}:text")}
        found = [position, quoted(self._documents[doc].text, start, end)]
        offsets, linker = self._of_document(doc)
        ranges = offsets.page_ranges(start, end)
        # Several stretches of bytes would need several selectors, and the model reads a list as so many ways to one.
        if len(ranges) == 1:
            data = {"type": "DataPositionSelector", "start": ranges[0][0], "end": ranges[0][1]}
            found.append(data | {"unit": "byte", "over": urn(page.id), "sha256": page.sha256})
        directive = linker.directive(start, end) if "#" not in self._live.get(doc, "#") else ""
        if directive:
            found.append(
                {"type": "FragmentSelector", "conformsTo": _TEXT_FRAGMENT, "value": f":~:{directive}"}
            )
        return found

    def _of_document(self, doc: str) -> tuple[OffsetMap, Linker]:
        if doc not in self._made:
            document = self._documents[doc]
            self._made[doc] = (OffsetMap.unpack(document.offset_map), Linker(document.text))
        return self._made[doc]


def _anchors(record: r.Record) -> list[tuple[str, r.Anchor]]:
    """The spans of a record by the role they have in it."""
    if isinstance(record, r.SpanRecord):
        return [(record.TABLE.removesuffix("s"), r.Anchor(record.doc, record.start, record.end))]
    if isinstance(record, r.Passage):
        return [("left", record.left), ("right", record.right)]
    if isinstance(record, r.Conflict):
        return [("left", record.left_span), ("right", record.right_span)]
    if isinstance(record, r.Statement):
        parts = [("source", record.source), ("cue", record.cue), ("addressee", record.addressee)]
        spans = [*(("content", span) for span in record.content), *parts]
        return [(role, r.Anchor(record.doc, s.start, s.end)) for role, s in spans if s is not None]
    return []
