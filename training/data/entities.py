"""Corpora of names alone: WikiGold, CrossNER politics, re3d."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.data import plain
from training.data.form import Name, Sentence, Split, Text
from training.data.package import SHARED, Record, records
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from variorum.models.labels import Kind

WIKIGOLD: dict[str, Kind] = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
# "misc" holds nationalities, creeds, works and some bodies: a kind of its own, never evidence against ours.
POLITICS: dict[str, Kind] = {
    "politician": "person",
    "person": "person",
    "politicalparty": "organisation",
    "organisation": "organisation",
    "election": "event",
    "event": "event",
    "country": "place",
    "location": "place",
    "misc": "other",
}
RE3D: dict[str, Kind] = {"Person": "person", "Organisation": "organisation", "Location": "place"}


def _marked(record: Record, kinds: Mapping[str, Kind]) -> Iterator[Name]:
    for s in record["spans"]:
        kept = plain.trimmed(record["text"], s["start"], s["end"])
        if kept and s["type"] in kinds:
            yield Name(kept.start, kept.end, kinds[s["type"]])


def _sentence(record: Record, corpus: str, split: Split, licence: str, kinds: Mapping[str, Kind]) -> Text:
    """A record that is one sentence, all its names marked."""
    return Text(
        id=record["id"],
        corpus=corpus,
        split=split,
        licence=licence,
        genre="encyclopedia",
        text=record["text"],
        sentences=plain.sentences(record["text"], [(0, len(record["text"]))]),
        layers=frozenset({"names"}),
        names=plain.apart(_marked(record, kinds)),
        kinds=frozenset(kinds.values()),
    )


def wikigold(split: Split, root: Path = SHARED) -> Iterator[Text]:
    """The sentences of WikiGold (train alone); their spaces were guessed back from tokens. MISC is `other`."""
    for record in records("entities/wikigold", split, root=root):
        yield _sentence(record, "wikigold", split, "CC BY 4.0", WIKIGOLD)


def politics(split: Split, root: Path = SHARED) -> Iterator[Text]:
    """The sentences of CrossNER's politics, in our kinds: parties are organisations, elections events, countries places."""
    for record in records("entities/crossner-politics", split, root=root):
        yield _sentence(record, "crossner-politics", split, "MIT; CC BY-SA 3.0 (Wikipedia)", POLITICS)


def re3d(split: Split, root: Path = SHARED) -> Iterator[Text]:
    """The reports of re3d, each under its own licence (the BBC's is non-commercial).

    The crowd marked phrases ("the army", "he") as well as names; kept are those that are a proper name for certain, without article
    and title. Every other word with a capital is unsure.
    """
    for record in records("entities/re3d", split, root=root):
        text = record["text"]
        sentences = plain.sentences(text)
        names = plain.apart(_proper(record, sentences))
        yield Text(
            id=record["id"],
            corpus="re3d",
            split=split,
            licence=record["meta"]["licence"],
            genre=record["meta"]["outlet"],
            text=text,
            sentences=sentences,
            layers=frozenset({"names"}),
            names=names,
            kinds=frozenset(RE3D.values()),
            unsure=plain.unsure_capitals(text, sentences, names),
        )


def _proper(record: Record, sentences: tuple[Sentence, ...]) -> Iterator[Name]:
    text = record["text"]
    words = [t for s in sentences for t in s.tokens]
    for s in record["spans"]:
        if s["type"] in RE3D:
            kind = RE3D[s["type"]]
            kept = plain.proper(text, plain.within(words, s["start"], s["end"]), kind=kind)
            # A state that acts is an organisation to the crowd, a place to the other corpora; its people are neither.
            name = text[kept.start : kept.end] if kept else ""
            if name in lexicon.country_names():
                kind = "place"
            if kept and name not in lexicon.peoples() and name not in lexicon.adjectives():
                yield Name(kept.start, kept.end, kind)
