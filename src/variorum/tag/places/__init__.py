"""documents, sentences, mentions, chains -> places: place names, resolved against the gazetteer or left with a reason.

A name stays as it is used; names that different sides give to one place lead to one entry. Demonyms ("Ostlander") are
no places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.records import Document, Mention, Place, Sentence, Tables, by, from_table, to_table
from variorum.stage import Stage
from variorum.tag.places.find import Name, Page, names, page_of
from variorum.tag.places.resolve import Meant, demonym_countries, precision, resolve
from variorum.text import gazetteer, lexicon

if TYPE_CHECKING:
    from variorum.settings import Settings
    from variorum.text.gazetteer import Gazetteer


def places_of(doc: Document, page: Page, known: Gazetteer) -> list[Place]:
    """The places of one document, in text order.

    Args:
        doc: The document.
        page: Its words and mentions.
        known: The gazetteer, the user's places before the built-in ones.
    """
    found = names(page, known)
    nations = demonym_countries()
    demonyms = [w.text for sentence in page.sentences for w in sentence if w.text in nations]
    meant = resolve(found, known, demonyms)
    return [_place(doc, name, one) for name, one in zip(found, meant, strict=True)]


def _place(doc: Document, name: Name, meant: Meant) -> Place:
    entry = meant.entry
    if entry is None:
        return Place(doc=doc.id, start=name.start, end=name.end, reason=meant.reason)
    return Place(
        doc=doc.id,
        start=name.start,
        end=name.end,
        gazetteer_id=entry.id,
        name=entry.name,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        precision=precision(entry, part=name.part),
        reason=meant.reason,
    )


def _run(tables: Tables, _: Settings) -> Tables:
    known = gazetteer.load().with_user(tables["gazetteer"])
    sentences = by(from_table(Sentence, tables["sentences"]), "doc")
    mentions = by(from_table(Mention, tables["mentions"]), "doc")
    places: list[Place] = []
    for doc in sorted(from_table(Document, tables["documents"]), key=lambda d: d.id):
        places += places_of(doc, page_of(doc, sentences[doc.id], mentions[doc.id]), known)
    return {"places": to_table(Place, places, made_by=STAGE.made_by)}


def _resources() -> tuple[tuple[str, str], ...]:
    return (*gazetteer.digests(), *lexicon.digests())


STAGE = Stage(
    name="places",
    version=1,
    needs=("documents", "sentences", "mentions"),
    makes=("places",),
    split_by="document",
    broadcast=("gazetteer",),
    run=_run,
    resources=_resources,
)
