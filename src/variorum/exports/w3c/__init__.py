"""W3C Web Annotations (Recommendation of 23 February 2017) as JSON-LD: one file a table, one line an annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from variorum import records as r
from variorum.api import VERSION
from variorum.exports.w3c.bodies import Bodies
from variorum.exports.w3c.targets import Targets, urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from variorum.api import Dossier

# What annotators and reviewers check. Blocks, sentences and chains are the ground under these; edges without words of
# their own (utterances, claims ...) have nothing to be shown at.
ANNOTATED: tuple[type[r.Record], ...] = (
    r.Statement,
    r.Mention,
    r.Time,
    r.Figure,
    r.Place,
    r.Event,
    r.Passage,
    r.Conflict,
)
# The model's own words (every reader of annotations knows them), and ours beside them. Nothing has to be fetched to
# read the file as JSON.
CONTEXT: tuple[Any, ...] = (
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "variorum": "urn:variorum:term:",
        "record": {"@id": "variorum:record", "@type": "@json"},
        "role": "variorum:role",
        "unit": "variorum:unit",
        "over": {"@id": "variorum:over", "@type": "@id"},
        "sha256": "variorum:sha256",
    },
)
_ENCODER = msgspec.json.Encoder()


def write(dossier: Dossier, folder: Path) -> list[Path]:
    """Write `FOLDER/<table>.jsonld` for the documents and for every table of `ANNOTATED`, empty ones too."""
    targets, bodies = Targets(dossier), Bodies(dossier)
    written = [_write(dossier, folder, "documents", _documents(dossier, targets, bodies))]
    written += [
        _write(dossier, folder, record.TABLE, _annotations(dossier, record, targets, bodies))
        for record in ANNOTATED
    ]
    return written


def _documents(dossier: Dossier, targets: Targets, bodies: Bodies) -> Iterator[dict[str, Any]]:
    """The cleaned texts, which the positions of all selectors count over."""
    for document in dossier.documents_by_id.values():
        yield {
            "id": urn(document.id),
            "type": "Annotation",
            "motivation": "describing",
            "body": bodies.text(document),
            "target": targets.source(document.id),
        }


def _annotations(
    dossier: Dossier, record: type[r.Record], targets: Targets, bodies: Bodies
) -> Iterator[dict[str, Any]]:
    for row in r.from_table(record, dossier.table(record.TABLE)):
        found = targets.of(row)
        if found:
            yield {
                "id": urn(row.id),
                "type": "Annotation",
                "motivation": "linking" if isinstance(row, (r.Passage, r.Conflict)) else "tagging",
                "body": bodies.of(row),
                "target": found[0] if len(found) == 1 else found,
            }


def _write(dossier: Dossier, folder: Path, name: str, annotations: Iterable[dict[str, Any]]) -> Path:
    """A collection with its one page, annotation by annotation."""
    path, collection = folder / f"{name}.jsonld", urn(r.digest(name, *sorted(dossier.documents_by_id)))
    head = {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": name,
        "generator": {"id": urn("software"), "type": "Software", "name": f"variorum {VERSION}"},
        "first": {
            "id": f"{collection}:1",
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": [],
        },
    }
    with path.open("wb") as file:
        file.write(_ENCODER.encode(head).removesuffix(b"]}}"))
        total = 0
        for total, annotation in enumerate(annotations, 1):
            file.write(b",\n" if total > 1 else b"\n")
            file.write(_ENCODER.encode(annotation))
        file.write(b'\n]},"total":%d}\n' % total)
    return path
