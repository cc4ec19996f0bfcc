"""English Web Treebank: one text with syntax, names (Universal NER) and statements (PropBank)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.data import said, syntax
from training.data.form import Fault, Layer, Name, Span, Split, Text
from training.data.package import SHARED, Record, records
from training.data.plain import apart, is_people, trimmed
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from variorum.models.labels import Kind

_KINDS: dict[str, Kind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
LICENCE = "CC BY-SA 4.0"


def aligned(text: str, other: str) -> list[int]:
    """For each character of `other` that is no white space its offset in `text`, for each that is one -1.

    Raises:
        Fault: If the texts differ in more than white space.
    """
    places = [i for i, letter in enumerate(text) if not letter.isspace()]
    if [text[i] for i in places] != [letter for letter in other if not letter.isspace()]:
        raise Fault("the texts differ in more than white space")
    places.reverse()
    return [-1 if letter.isspace() else places.pop() for letter in other]


def _names(record: Record, text: str) -> tuple[list[Name], list[Span]]:
    """Names of our kinds, laid onto the treebank's text, and other names that may be of a people ("Parisians")."""
    at = aligned(text, record["text"])
    names, unsure = [], []
    for s in record["spans"]:
        if kept := trimmed(record["text"], s["start"], s["end"]):
            start, end = at[kept.start], at[kept.end - 1] + 1
            kind = "group" if is_people(text[start:end]) and s["type"] == "OTH" else _KINDS.get(s["type"])
            if kind:
                names.append(Name(start, end, kind))
            elif (
                text[end - 1] == "s" and text[start].isupper() and text[start:end] not in lexicon.adjectives()
            ):
                unsure.append(Span(start, end))
    return names, unsure


def _announced(split: Split) -> frozenset[Kind]:
    kinds = frozenset(_KINDS.values())
    return kinds | {"group"} if split == "train" else kinds


def ewt(split: Split, root: Path = SHARED) -> Iterator[Text]:
    """The documents of EWT.

    Names are laid from Universal NER's text, which has a space between any two tokens, onto the treebank's. Names of other kinds (OTH:
    nationalities, products) are no name of the three kinds and so are evidence; peoples among them are groups. Only train has OTH.
    Statements are those of a list of predicates: partial.
    """
    named = {r["id"]: r for r in records("entities/uner-en", split, root=root)}
    stated = {r["id"]: r for r in records("statements/ewt", split, root=root)}
    for record in records("syntax/ewt", split, root=root):
        key, text = record["id"], record["text"]
        sentences = syntax.sentences(record)
        layers: set[Layer] = {"syntax", "negations"}
        entities = named.get(key.removesuffix(".xml"))
        layers |= {"names"} if entities else set()
        names, unsure = _names(entities, text) if entities else ([], [])
        statements = said.attributions(stated[key], sentences) if key in stated else ()
        layers |= {"statements"} if key in stated else set()
        yield Text(
            id=key.removesuffix(".xml"),
            corpus="ewt",
            split=split,
            licence=LICENCE,
            genre=record["meta"]["genre"],
            text=text,
            sentences=sentences,
            layers=frozenset(layers),
            names=apart(names),
            unsure=tuple(unsure),
            statements=statements,
            negations=syntax.negations(record),
            kinds=_announced(split) if entities else frozenset(),
            partial=frozenset({"statements"} if key in stated else ()),
        )
