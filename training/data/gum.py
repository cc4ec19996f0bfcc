"""GUM: one text with syntax, nested mentions with heads and chains, names, statements."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal

from training.data import said, syntax
from training.data.form import Layer, Mention, Name, Span, Split, Text
from training.data.package import SHARED, Record, records
from training.data.plain import apart, is_people, proper, within
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from training.data.form import Sentence, Token
    from variorum.models.labels import Kind

_KINDS: dict[str, Kind] = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "event",
}
KINDS: frozenset[Kind] = frozenset(_KINDS.values()) | {"group"}
# Words that join parts of one name, by kind; "the mayor of Ostrel" is a person with a place in the description, not in the name.
_JOINING = {
    "person": frozenset("de la le du da dos del van von der den el al bin ibn ben bint y - ’ '".split()),
    "organisation": frozenset("of the and for & - de la du del".split()),
    "place": frozenset("of the - de la du del and".split()),
    "event": frozenset("of the - de la for and".split()),
}
Tags = dict[int, tuple[str, str, str]]


def _group(span: Record, tags: Tags) -> bool:
    """Whether a person mention is of several people."""
    return "Number=Plur" in tags[span["head"][0]][2]


def mentions(record: Record, tags: Tags) -> tuple[Mention, ...]:
    """All mentions of a record of `../shared/data/entities/gum`; people in the plural are groups, kinds that we lack are empty."""
    made = []
    for s in record["spans"]:
        kind: Kind | Literal[""] = _KINDS.get(s["type"], "")
        kind = "group" if kind == "person" and _group(s, tags) else kind
        made.append(
            Mention(
                s["start"],
                s["end"],
                s["head"][0],
                s["head"][1],
                chain=s["chain"],
                kind=kind,
                named=s["named"],
                pronoun=s["pronoun"],
            )
        )
    return tuple(sorted(made, key=lambda m: (m.start, -m.end)))


def _name(text: str, span: Record, words: Sequence[Token], tags: Tags) -> Span | None:
    """The proper name around a mention's head: the longest run of name words that holds it."""
    kind = _KINDS[span["type"]]
    at = next((n for n, w in enumerate(words) if w.start == span["head"][0]), None)
    if at is None:
        return None
    first = last = at
    # A year stands before the name of an event ("the 2014 Winter Paralympics") as other corpora have it.
    years = kind == "event"
    while first and (
        _belongs(text, words[first - 1], tags, joining=frozenset("- ’ '".split()))
        or (years and text[words[first - 1].start].isdigit())
    ):
        first -= 1
    n = at + 1
    while n < len(words):
        if _belongs(text, words[n], tags, joining=frozenset()):
            last = n
        elif text[words[n].start : words[n].end].lower() not in _JOINING[kind]:
            break
        n += 1
    return proper(text, words[first : last + 1], kind=kind)


def _belongs(text: str, word: Token, tags: Tags, *, joining: frozenset[str]) -> bool:
    """Whether a word may be part of a name: a proper noun, or another word with a capital (not an article), or one that joins."""
    form = text[word.start : word.end]
    upos = tags[word.start][0]
    capital = form[0].isupper() and upos in {"ADJ", "NOUN", "VERB", "NUM", "X", "ADV"}
    return upos == "PROPN" or capital or form in joining


def names(record: Record, sentences: Sequence[Sentence], tags: Tags) -> tuple[Name, ...]:
    """Proper names of persons, organisations, places and events within the named mentions.

    GUM marks whole noun phrases; what is kept is the run of name words around the head. States that act are organisations in GUM and
    places here, as in the other corpora.
    """
    tokens = [t for s in sentences for t in s.tokens]
    found = []
    for s in record["spans"]:
        if s["named"] and s["type"] in _KINDS:
            kept = _name(record["text"], s, within(tokens, s["start"], s["end"]), tags)
            kind = _named_kind(s, record["text"][kept.start : kept.end], tags) if kept else None
            if kept and kind:
                found.append(Name(kept.start, kept.end, kind))
    return apart(set(found))


def _named_kind(span: Record, name: str, tags: Tags) -> Kind | None:
    """The kind of a name; none for people in the plural that are no people, faith or camp that we know ("the Olsens")."""
    if span["type"] == "person" and _group(span, tags):
        return "group" if is_people(name) else None
    return "place" if span["type"] == "organization" and name.lower() in _states() else _KINDS[span["type"]]


@functools.cache
def _states() -> frozenset[str]:
    return frozenset(name.lower() for name in lexicon.country_names())


def _unsure(sentences: Sequence[Sentence], found: Sequence[Name]) -> tuple[Span, ...]:
    """Proper nouns in no name: works, products, peoples, and what the rules above did not settle."""
    inside = {at for n in found for at in range(n.start, n.end)}
    return tuple(
        Span(t.start, t.end)
        for s in sentences
        for t in s.tokens
        if t.upos == "PROPN" and t.start not in inside
    )


def gum(split: Split, root: Path = SHARED) -> Iterator[Text]:
    """The documents of GUM, each under the licence of its text (all its annotations are CC BY 4.0)."""
    marked = {r["id"]: r for r in records("entities/gum", split, root=root)}
    stated = {r["id"]: r for r in records("statements/gum", split, root=root)}
    for record in records("syntax/gum", split, root=root):
        key, meta = record["id"], record["meta"]
        sentences, tags = syntax.sentences(record), syntax.tags(record)
        layers: set[Layer] = {"syntax", "negations", "names", "mentions", "heads", "chains"}
        layers |= {"statements"} if key in stated else set()
        found = names(marked[key], sentences, tags)
        yield Text(
            id=key,
            corpus="gum",
            split=split,
            licence=meta["licence"],
            genre=meta["genre"],
            text=record["text"],
            sentences=sentences,
            layers=frozenset(layers),
            names=found,
            mentions=mentions(marked[key], tags),
            statements=said.attributions(stated[key], sentences) if key in stated else (),
            negations=syntax.negations(record),
            unsure=_unsure(sentences, found),
            kinds=KINDS,
        )
