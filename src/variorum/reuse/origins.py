"""Independent origins of text: what is counted once, however many pages print it (design, law 3).

Two documents that share copied passages have one origin for that text; a document's remaining words are its own. An
origin is a component of such pairs, joined where they share the same words of a document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.records import (
    Document,
    Header,
    Origin,
    Outlet,
    Passage,
    Tables,
    by,
    from_table,
    to_table,
)
from variorum.reuse.addresses import address_of
from variorum.reuse.direction import names_outlet
from variorum.reuse.formulas import formulas
from variorum.stage import Stage
from variorum.text.normalise import fold, words
from variorum.text.outlets import host_of, outlet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.records.story import OriginKind
    from variorum.settings import Settings

# A pair whose shared words are less than this part of both pages keeps its passages but makes no origin of its own:
# one sentence in ten is what a page takes over as background.
PART = 0.1
# From this part on a page is mostly copied, so its outlet is no witness of its own by that page.
MOSTLY = 0.5
# Fewer words of its own than this are a headline, a credit line and a sentence of transition: no account of its own.
OWN_WORDS = 40
# Two pairs tell of one text where they share this part of the smaller one's words in a document.
_OVERLAP = 0.5

_PICTURE = regex.compile(r"(?i)photo|foto|image|picture|video|illustration|graphic|©")
_RELEASE = regex.compile(r"(?i)\bpress (?:release|service|office)\b|\bnews ?wire\b")
_OFFICIAL_HOST = regex.compile(
    r"(?:^|\.)(?:gov|gouv|gob|gov[a-z]{0,3}|mil|mfa|parliament|president)\.|\.(?:gov|mil|int)$"
)

Places = frozenset[int]


class _Edge(msgspec.Struct, frozen=True):
    """Two documents that share copied words, and which words (by index) of each."""

    docs: tuple[str, str]
    places: Mapping[str, Places]
    passages: tuple[Passage, ...]


class _Context(msgspec.Struct, frozen=True):
    """What is known of the documents and their outlets."""

    documents: Mapping[str, Document]
    sizes: Mapping[str, int]
    owners: Mapping[str, tuple[str, str]]
    credits: Mapping[str, tuple[str, ...]]

    def label(self, doc: str) -> str:
        document = self.documents[doc]
        return document.outlet or document.location or document.id

    def family(self, doc: str) -> str:
        """Owner where the user tells one, else the outlet; empty if both are unknown."""
        return self.owners[doc][1] or self.owners[doc][0]


def _run_origins(tables: Tables, _settings: Settings) -> Tables:
    documents = {d.id: d for d in from_table(Document, tables["documents"])}
    passages = sorted(from_table(Passage, tables["passages"]), key=attrgetter("left", "right"))
    headers = by(from_table(Header, tables["headers"]), "doc")
    outlets = from_table(Outlet, tables["outlets"])
    spots = _Spots(documents)
    context = _Context(
        documents=documents,
        sizes=spots.sizes(sorted({a.doc for p in passages for a in (p.left, p.right)})),
        owners={doc: _outlet_and_owner(d, outlets) for doc, d in documents.items()},
        credits={doc: _credits(d, headers[doc]) for doc, d in documents.items()},
    )
    standing = formulas(passages, spots.stretch, context.sizes)
    edges = _edges((p for p in passages if p.id not in standing), context, spots)
    taken: dict[str, set[int]] = defaultdict(set)
    for side in (a for p in passages if p.id in standing for a in (p.left, p.right)):
        taken[side.doc] |= spots.within(side.doc, [(side.start, side.end)])
    found = _origins(edges, context, taken)
    found.sort(key=attrgetter("documents", "kind", "name"))
    return {"origins": to_table(Origin, found, made_by=ORIGINS.made_by)}


class _Spots:
    """Which words of a document lie in a span; a document's words are counted once, and only if it is asked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._starts: dict[str, list[int]] = {}

    def _of(self, doc: str) -> list[int]:
        if doc not in self._starts:
            self._starts[doc] = [w.start for w in words(self._documents[doc].text)]
        return self._starts[doc]

    def sizes(self, docs: Iterable[str]) -> dict[str, int]:
        return {doc: len(self._of(doc)) for doc in docs}

    def stretch(self, doc: str, start: int, end: int) -> tuple[int, int]:
        """First word that begins in a span, and the first behind it."""
        starts = self._of(doc)
        return bisect_left(starts, start), bisect_left(starts, end)

    def within(self, doc: str, spans: Iterable[tuple[int, int]]) -> Places:
        return frozenset(chain.from_iterable(range(*self.stretch(doc, *span)) for span in spans))


def _outlet_and_owner(document: Document, outlets: Sequence[Outlet]) -> tuple[str, str]:
    """The outlet's name and its owner as the user says; empty where unknown."""
    outlet = outlet_of(document.outlet, document.location, outlets)
    if outlet is None:
        return document.outlet, ""
    return outlet.name, "" if outlet.owner == "unknown" else outlet.owner


def _credits(document: Document, headers: Sequence[Header]) -> tuple[str, ...]:
    """Sources credited for the text; a line that credits only a picture says nothing of the words."""
    seen: dict[str, list[str]] = defaultdict(list)
    for header in headers:
        if header.field == "credits" and header.value:
            seen[header.value].append(header.text)
    return tuple(
        c for c in document.credits if c not in seen or not all(_PICTURE.search(text) for text in seen[c])
    )


def _edges(passages: Iterable[Passage], context: _Context, spots: _Spots) -> list[_Edge]:
    """Pairs that share copied words enough to speak of one text; their common quotations count along."""
    pairs: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.kind != "formula":
            pairs[passage.left.doc, passage.right.doc].append(passage)
    edges = []
    for docs, found in pairs.items():
        if all(p.kind == "quotation" for p in found):
            continue
        places = {
            docs[0]: spots.within(docs[0], [(p.left.start, p.left.end) for p in found]),
            docs[1]: spots.within(docs[1], [(p.right.start, p.right.end) for p in found]),
        }
        if any(len(places[doc]) >= PART * context.sizes[doc] for doc in docs):
            edges.append(_Edge(docs, places, tuple(found)))
    return edges


def _components(edges: Sequence[_Edge]) -> list[list[_Edge]]:
    """Join pairs that share the same words of a document."""
    root = list(range(len(edges)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    at: dict[str, list[int]] = defaultdict(list)
    for k, edge in enumerate(edges):
        for doc in edge.docs:
            for other in at[doc]:
                mine, theirs = edge.places[doc], edges[other].places[doc]
                if find(other) != find(k) and len(mine & theirs) >= _OVERLAP * min(len(mine), len(theirs)):
                    root[max(find(other), find(k))] = min(find(other), find(k))
            at[doc].append(k)
    groups: dict[int, list[_Edge]] = defaultdict(list)
    for k, edge in enumerate(edges):
        groups[find(k)].append(edge)
    return list(groups.values())


def _origins(edges: Sequence[_Edge], context: _Context, taken: dict[str, set[int]]) -> list[Origin]:
    """Every origin; `taken` are words that are nobody's account, and grows by those that are counted."""
    components = sorted(_components(edges), key=lambda es: (-sum(_weight(e) for e in es), es[0].docs))
    # One after another: each takes words that the next may no longer count.
    found = [_copied(component, context, taken) for component in components]
    for doc in sorted(context.documents):
        found += _own(doc, context, taken.get(doc))
    return [o for o in found if o is not None]


def _weight(edge: _Edge) -> int:
    return sum(map(len, edge.places.values()))


def _copied(component: Sequence[_Edge], context: _Context, taken: dict[str, set[int]]) -> Origin | None:
    """The origin of one copied text; marks its words as taken, so that shares of a document add to 1 at most."""
    places: dict[str, set[int]] = defaultdict(set)
    for edge in component:
        for doc in edge.docs:
            places[doc] |= edge.places[doc] - taken.get(doc, set())
    docs = sorted(doc for doc in places if places[doc])
    if len(docs) < 2:
        return None
    mostly = any(len(places[doc]) >= MOSTLY * context.sizes[doc] for doc in docs)
    kind, name, evidence, source = _kind(docs, component, context)
    for doc in docs:
        if mostly and (kind == "own_revision" or doc == source):
            places[doc] = set(range(context.sizes[doc])) - taken.get(doc, set())
        taken[doc] |= places[doc]
    return Origin(
        kind=kind,
        name=name,
        documents=tuple(docs),
        shares=tuple(round(len(places[doc]) / context.sizes[doc], 4) for doc in docs),
        evidence=(*_shared_words(component, context), *evidence, *_unknown_outlets(docs, context)),
    )


def _shared_words(component: Sequence[_Edge], context: _Context) -> list[str]:
    lines = []
    for edge in sorted(component, key=attrgetter("docs")):
        left, right = edge.docs
        parts = " and ".join(f"{len(edge.places[d]) / context.sizes[d]:.0%}" for d in edge.docs)
        count = min(len(edge.places[left]), len(edge.places[right]))
        lines.append(
            f"{context.label(left)} and {context.label(right)} share {count} words ({parts} of their text)"
        )
    return lines


def _unknown_outlets(docs: Sequence[str], context: _Context) -> list[str]:
    unknown = [doc for doc in docs if not context.family(doc)]
    return [f"outlet unknown: independence not shown ({context.label(doc)})" for doc in unknown]


def _source(docs: Sequence[str], component: Sequence[_Edge]) -> tuple[str, str]:
    """The one document that no other stood before and that stood before some, with the evidence; empty if none is."""
    first: set[str] = set()
    later: set[str] = set()
    why = ""
    for edge in component:
        says = {p.first for p in edge.passages if p.kind != "quotation"}
        if says in ({"left"}, {"right"}):
            side = 0 if says == {"left"} else 1
            first.add(edge.docs[side])
            later.add(edge.docs[1 - side])
            why = why or next(p.why for p in edge.passages if p.kind != "quotation")
    leading = sorted(first - later)
    unplaced = set(docs) - first - later
    return (leading[0], why) if len(leading) == 1 and not unplaced else ("", "")


def _kind(
    docs: Sequence[str], component: Sequence[_Edge], context: _Context
) -> tuple[OriginKind, str, list[str], str]:
    """Kind, name, evidence, and the document that is the source, if one is known."""
    source, why = _source(docs, component)
    names = [context.owners[doc][0] for doc in docs]
    outlet = _one_name(names)
    if outlet:
        return "own_revision", outlet, ["all pages are one outlet's"], source
    address = _one_address(docs, context)
    if address:
        name = _most_written(names) or address
        return "own_revision", name, [f"all pages are captures of {address}"], source
    credit, by_whom = _main_credit(docs, context)
    if credit and _RELEASE.search(credit):
        return "press_release", credit, [f"credited to {credit} by {by_whom}"], source
    if credit:
        inside = any(fold(context.owners[doc][0]) == fold(credit) for doc in docs)
        return "syndication" if inside else "wire", credit, [f"credited to {credit} by {by_whom}"], source
    owner = _one_name([context.family(doc) for doc in docs])
    if owner:
        return "syndication", owner, [f"the outlets belong to one owner, {owner}, as the user says"], source
    if source and _OFFICIAL_HOST.search(host_of(context.documents[source].location)):
        return "official_text", context.label(source), [f"stood first on an official site: {why}"], source
    if source:
        return "reprint", context.label(source), [why], source
    return (
        "reprint",
        " / ".join(sorted({context.label(d) for d in docs})),
        ["which stood first is unknown"],
        "",
    )


def _one_name(names: Sequence[str]) -> str:
    """The one name that all of these are, however it is written; empty if they are several or one is unknown."""
    return _most_written(names) if len({fold(name) for name in names}) == 1 else ""


def _most_written(names: Iterable[str]) -> str:
    """The name as most write it, the first in order where as many write it otherwise; empty if none is told."""
    counts = Counter(name for name in names if name)
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _one_address(docs: Sequence[str], context: _Context) -> str:
    """The address that all documents were captured at; empty if they are of several or of none."""
    addresses = {address_of(context.documents[doc].location) for doc in docs}
    return addresses.pop() if len(addresses) == 1 else ""


def _main_credit(docs: Sequence[str], context: _Context) -> tuple[str, str]:
    """The source that most of the pages credit, other than their own outlet, and who credits it."""
    counts: Counter[str] = Counter()
    by_whom: dict[str, str] = {}
    for doc in docs:
        for credit in dict.fromkeys(context.credits[doc]):
            if not names_outlet(credit, context.owners[doc][0]):
                counts[credit] += 1
                by_whom.setdefault(credit, context.label(doc))
    best = min(counts, key=lambda c: (-counts[c], c), default="")
    return best, by_whom.get(best, "")


def _own(doc: str, context: _Context, taken: set[int] | None) -> list[Origin | None]:
    """The origin of the words that a document shares with no other, if they are an account of their own."""
    if taken is None:
        share, evidence = 1.0, ["no shared passages found"]
    else:
        size = context.sizes[doc]
        left = size - len(taken)
        share = round(left / size, 4)
        if left < OWN_WORDS and share < MOSTLY:
            return []
        evidence = [f"{left} of {size} words stand in no other page"]
    owner = context.owners[doc][1]
    if owner:
        evidence.append(f"one family with other outlets of {owner}, as the user says")
    return [
        Origin(
            kind="own",
            name=context.label(doc),
            documents=(doc,),
            shares=(share,),
            evidence=(*evidence, *_unknown_outlets([doc], context)),
        )
    ]


ORIGINS = Stage(
    name="origins",
    version=5,
    needs=("passages", "documents", "headers"),
    makes=("origins",),
    split_by="all",
    broadcast=("outlets",),
    run=_run_origins,
)
