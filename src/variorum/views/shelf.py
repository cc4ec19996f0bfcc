"""A dossier's records, indexed the ways that views ask for them; loaded once, when first asked."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

import msgspec

from variorum import records as r
from variorum.records import by, from_table
from variorum.text.outlets import outlet_of
from variorum.views.links import web_address

if TYPE_CHECKING:
    from variorum.api import Dossier

R = TypeVar("R", bound=r.Record)


class Witness(msgspec.Struct, frozen=True):
    """A document as readers are shown it.

    Attributes:
        doc: Id of the document.
        siglum: Short sign: a letter for its main origin, a number where the origin has several documents.
        outlet: Its outlet; where nobody tells, `outlet unknown` and its location.
        stands: What the user says of its outlet (owner, country, side), in words; empty where she says nothing.
        title: Its title; its location where it has none.
        date: TIMEX3 day of publication, completed by its story mates where only they tell it; empty if unknown.
        date_from: `page`, `story mates` or empty.
        captured: When the page was captured, as told; empty where unknown.
        location: Where the page came from.
        link: The location as an address that may be followed (`web_address`); empty where it is none.
    """

    doc: str
    siglum: str
    outlet: str
    stands: str
    title: str
    date: str
    date_from: str
    captured: str
    location: str
    link: str


class Shelf:
    """Records of one dossier by what views ask for."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.documents = dossier.documents_by_id

    def all(self, record: type[R]) -> list[R]:
        """Every record of one table."""
        return from_table(record, self.dossier.table(record.TABLE))

    def text(self, anchor: r.Anchor) -> str:
        """The words of an anchor."""
        return self.documents[anchor.doc].text[anchor.start : anchor.end]

    def span_text(self, doc: str, span: r.Span | None) -> str:
        """The words of a span of a document; nothing for None."""
        return "" if span is None else self.documents[doc].text[span.start : span.end]

    @functools.cached_property
    def statements(self) -> dict[str, r.Statement]:
        return {s.id: s for s in self.all(r.Statement)}

    @functools.cached_property
    def figures(self) -> dict[str, r.Figure]:
        return {f.id: f for f in self.all(r.Figure)}

    @functools.cached_property
    def actor_of(self) -> dict[str, r.Actor]:
        """The actor of every chain."""
        return {chain: actor for actor in self.all(r.Actor) for chain in actor.chains}

    @functools.cached_property
    def stories(self) -> list[r.Story]:
        """Stories, those with most documents first."""
        return sorted(self.all(r.Story), key=lambda s: (-len(s.documents), s.title, s.id))

    @functools.cached_property
    def outlets(self) -> list[r.Outlet]:
        """What the user says of outlets."""
        return self.all(r.Outlet)

    @functools.cached_property
    def datings(self) -> dict[str, r.Dating]:
        return {d.doc: d for d in self.all(r.Dating)}

    @functools.cached_property
    def origins(self) -> dict[str, r.Origin]:
        return {o.id: o for o in self.all(r.Origin)}

    @functools.cached_property
    def main_origin(self) -> dict[str, r.Origin]:
        """For every document the origin that most of its words come from."""
        best: dict[str, tuple[float, str]] = {}
        for origin in self.origins.values():
            for doc, share in zip(origin.documents, origin.shares, strict=True):
                best[doc] = max(best.get(doc, (-1.0, "")), (share, origin.id))
        return {doc: self.origins[origin] for doc, (_, origin) in best.items()}

    @functools.cached_property
    def witnesses(self) -> dict[str, Witness]:
        """Every document as a witness, with its siglum within its story."""
        found: dict[str, Witness] = {}
        for story in self.stories:
            found |= _witnesses(self, story.documents)
        found |= _witnesses(self, tuple(d for d in sorted(self.documents) if d not in found))
        return found

    def outlet_told(self, doc: str) -> r.Outlet | None:
        """What the user says of a document's outlet."""
        document = self.documents[doc]
        return outlet_of(document.outlet, document.location, self.outlets)

    def outlet_name(self, doc: str) -> str:
        """A document's outlet, by the user's name for it if she names one; empty where unknown."""
        told = self.outlet_told(doc)
        return told.name if told else self.documents[doc].outlet

    def date_of(self, doc: str) -> tuple[str, str]:
        """The date of a document and who tells it (`page` or `story mates`); empty where unknown."""
        document, dating = self.documents[doc], self.datings.get(doc)
        if document.published_earliest:
            return document.published_value, "page"
        if dating is not None:
            return dating.value, "story mates"
        return document.published_value, "page" if document.published_value else ""

    def sort_key(self, doc: str) -> tuple[str, str, str]:
        """Documents in order of publication, undated ones last; those of one time in order of capture."""
        document, dating = self.documents[doc], self.datings.get(doc)
        earliest = document.published_earliest or (dating.earliest if dating else "")
        return (earliest or "9999", self.captured[doc] or "9999", doc)

    @functools.cached_property
    def captured(self) -> dict[str, str]:
        """When every document's page was captured, as told; empty where unknown."""
        told = self.dossier.table("pages").select(["id", "captured"]).to_pylist()
        times = {row["id"]: row["captured"] for row in told}
        return {doc: times.get(document.page, "") for doc, document in self.documents.items()}

    @functools.cached_property
    def blocks(self) -> dict[str, list[r.Block]]:
        return by(self.all(r.Block), "doc")

    @functools.cached_property
    def sentences(self) -> dict[str, list[r.Sentence]]:
        return by(self.all(r.Sentence), "doc")


def _witnesses(shelf: Shelf, docs: tuple[str, ...]) -> dict[str, Witness]:
    ordered = sorted(docs, key=shelf.sort_key)
    letters: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for doc in ordered:
        origin = shelf.main_origin.get(doc)
        key = origin.id if origin else doc
        letters.setdefault(key, _letters(len(letters)))
        members.setdefault(key, []).append(doc)
    found = {}
    for key, group in members.items():
        for number, doc in enumerate(group, 1):
            document = shelf.documents[doc]
            date, source = shelf.date_of(doc)
            found[doc] = Witness(
                doc=doc,
                siglum=letters[key] + (str(number) if len(group) > 1 else ""),
                outlet=shelf.outlet_name(doc) or f"outlet unknown ({document.location})",
                stands=_stands(shelf.outlet_told(doc)),
                title=document.title or document.location,
                date=date,
                date_from=source,
                captured=shelf.captured[doc],
                location=document.location,
                link=web_address(document.location),
            )
    return found


def _stands(outlet: r.Outlet | None) -> str:
    if outlet is None:
        return ""
    told = {"owner": outlet.owner, "country": outlet.country, "side": outlet.side}
    return "; ".join(f"{what}: {value}" for what, value in told.items() if value != "unknown")


def _letters(number: int) -> str:
    """A, B ... Z, AA, AB ..."""
    sign = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        sign = chr(ord("A") + rest) + sign
    return sign
