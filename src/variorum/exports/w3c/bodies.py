"""What an annotation says: a tag, a line for readers, and the record as JSON Lines would write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from variorum import records as r
from variorum.exports.w3c.targets import urn
from variorum.views.rows import Plainer

if TYPE_CHECKING:
    from variorum.api import Dossier

Json = dict[str, Any]


class Bodies:
    """Makes the bodies of a dossier's records.

    Args:
        dossier: The dossier.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._documents = dossier.documents_by_id
        self._plainer = Plainer(self._documents)
        chains = dossier.table("chains")
        self._names = dict(
            zip(chains.column("id").to_pylist(), chains.column("name").to_pylist(), strict=True)
        )

    def of(self, record: r.Record) -> list[Json]:
        """A tag that names the kind of record, and what it says in words with the record itself beside."""
        return [
            {"type": "TextualBody", "purpose": "tagging", "value": record.TABLE.removesuffix("s")},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": self._said(record),
                "record": self._plainer.record(record),
            },
        ]

    def text(self, document: r.Document) -> Json:
        """The cleaned text of a document, with what else its record says."""
        plain = self._plainer.record(document)
        body: Json = {
            "id": urn(f"{document.id}:text"),
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": document.text,
            "record": {name: v for name, v in plain.items() if name not in {"text", "offset_map"}},
        }
        return body if document.language == "unknown" else body | {"language": document.language}

    def _said(self, record: r.Record) -> str:
        if isinstance(record, r.Statement):
            act = f"does not say ({record.act})" if record.negated else record.act
            return f"{record.speaker_name or 'speaker not resolved'}: {act}, {record.manner}"
        if isinstance(record, r.Mention):
            name = self._names.get(record.chain, "")
            return f"{record.kind}: {name}" if name else record.kind
        if isinstance(record, r.Figure):
            return self._figure(record)
        if isinstance(record, r.Passage):
            return f"{record.kind}, {record.same:.0%} of the words the same; first: {record.first}"
        if isinstance(record, r.Conflict):
            return f"{record.kind}, comparable: {record.comparable}. {record.why}"
        return _simple(record)

    def _figure(self, figure: r.Figure) -> str:
        ends = ["open" if v is None else f"{v:,.10g}" for v in (figure.low, figure.high)]
        number = " to ".join(dict.fromkeys(ends))
        counts = figure.counts
        noun = self._documents[figure.doc].text[counts.start : counts.end] if counts else ""
        words = ["about" if figure.approximate else "", number, figure.unit, noun]
        return f"{figure.quantity or figure.kind}: {' '.join(w for w in words if w)}"


def _simple(record: r.Record) -> str:
    if isinstance(record, r.Time):
        told = " to ".join(dict.fromkeys(t for t in (record.earliest, record.latest) if t))
        return f"{record.value} ({told or 'not resolved'})"
    if isinstance(record, r.Place):
        return (
            f"{record.name} ({record.country})" if record.gazetteer_id else f"not resolved: {record.reason}"
        )
    if isinstance(record, r.Event):
        return " ".join(w for w in (record.action, record.mode, record.status) if w)
    return record.TABLE
