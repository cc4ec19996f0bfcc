"""Which of the places of a name is meant: what the page tells, then what the page is about, then prominence.

The order of evidence is that of the first geoparsers (Leidner 2007, "Toponym Resolution in Text"): a name told with
its container, one referent for a name in a page, near or in the same country as the page's other places, the most
prominent.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from variorum.text import gazetteer
from variorum.text.gazetteer import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from variorum.tag.places.find import Name
    from variorum.text.gazetteer import Gazetteer

# Prominence of a kind; towns have 20 and 10 for each power of ten of inhabitants, so that a city of over 600,000 comes
# before a province of its name; a capital has 15 more than another town of its size.
_KIND = {
    "country": 100.0, "continent": 95.0, "sea": 85.0, "region": 80.0, "division": 78.0, "river": 65.0,
    "lake": 65.0, "mountains": 65.0, "island": 65.0, "coast": 55.0,
}  # fmt: skip
_TOWN, _TOWN_POWER, _UNKNOWN_TOWN, _CAPITAL = 20.0, 10.0, 30.0, 15.0
_OWN_NAME = 6.0
# Told beside the name ("Velm, Ostland"): outweighs any prominence.
_TOLD = 200.0
# Weight of the share of the page's places that lie in the candidate's country; swept 0 to 60 on geowebnews and
# geovirus train, flat from 30 to 45.
_COUNTRY = 35.0
# A division's container is told by its point: its towns lie within this many kilometres.
_WITHIN = 400.0
_EARTH = 6371.0
_AREAS = frozenset(
    {"country", "division", "region", "continent", "sea", "river", "coast", "state", "province", "district"}
)
_WIDE = frozenset({"lake", "mountains", "island"})


class Meant(msgspec.Struct, frozen=True):
    """The entry that is meant, and why it and no other."""

    entry: Entry
    reason: str


def resolve(names: Sequence[Name], known: Gazetteer, demonyms: Iterable[str]) -> list[Meant | None]:
    """Decide for each name of a page what it means.

    Args:
        names: The page's place names; those without entries stay undecided.
        known: For the containers that are told.
        demonyms: Words of the page that are nationality words ("Ostlander"), as often as they occur.

    Returns:
        For each name the place and the reason, or None. One name means one place throughout a page unless its
        container is told.
    """
    shares = _countries(names, demonyms)
    told = {n.text: n.after for n in reversed(names) if n.after and _container(n, known)}
    return [_decide(name, known, shares, told.get(name.text, "")) if name.entries else None for name in names]


def _decide(name: Name, known: Gazetteer, shares: Mapping[str, float], told: str) -> Meant:
    if len(name.entries) == 1:
        return Meant(
            name.entries[0],
            "in the user's gazetteer" if name.entries[0].own else "the only place of this name",
        )
    containers = known.lookup(told) if told else ()
    inside = {e.id for e in _below(name.entries) if any(_lies_in(e, c) for c in containers)}
    ranked = sorted(
        name.entries,
        key=lambda e: (
            -(prominence(e, name.text) + _COUNTRY * shares.get(e.country, 0.0) + _TOLD * (e.id in inside)),
            e.id,
        ),
    )
    best = ranked[0]
    if best.id in inside:
        return Meant(best, f"told with {told}")
    if best is min(name.entries, key=lambda e: (-prominence(e, name.text), e.id)):
        return Meant(best, f"the most prominent of {len(name.entries)} of this name")
    return Meant(
        best, f"most of the page's places lie in {best.country}, of {len(name.entries)} of this name"
    )


def prominence(entry: Entry, name: str) -> float:
    """How likely a place is meant by a name, all else unknown; a town of 1,000,000 has 80, a state 100."""
    base = _KIND.get(entry.kind)
    if base is None:
        base = _TOWN + _TOWN_POWER * math.log10(entry.population) if entry.population else _UNKNOWN_TOWN
        base += _CAPITAL * (entry.kind == "capital")
    return base + (_OWN_NAME if entry.name == name else 0.0)


def precision(entry: Entry, *, part: bool) -> int:
    """1 the place itself, 2 near it or part of an area, 3 a region or country (as ACLED codes it)."""
    if part or entry.kind in _WIDE:
        return 2
    return 3 if entry.kind in _AREAS else 1


def _countries(names: Sequence[Name], demonyms: Iterable[str]) -> dict[str, float]:
    """Share of each country among the places and nationality words of a page that are beyond doubt."""
    weight: dict[str, float] = defaultdict(float)
    for name in names:
        sure = _sure(name)
        if sure:
            weight[sure.country] += 1.0
    for word in demonyms:
        for code in demonym_countries().get(word, ()):
            weight[code] += 0.5
    total = sum(weight.values()) or 1.0
    return {code: value / total for code, value in sorted(weight.items())}


def _sure(name: Name) -> Entry | None:
    """The entry of a name that means one place, or one that dwarfs all others of the name."""
    if not name.entries:
        return None
    ranked = sorted(name.entries, key=lambda e: (-prominence(e, name.text), e.id))
    if len(ranked) == 1 or ranked[0].country == ranked[1].country:
        return ranked[0]
    return (
        ranked[0]
        if prominence(ranked[0], name.text) - prominence(ranked[1], name.text) > _COUNTRY / 2
        else None
    )


@functools.lru_cache(maxsize=1)
def demonym_countries() -> Mapping[str, tuple[str, ...]]:
    """Nationality words to the codes of the countries whose they are."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in gazetteer.load().countries():
        for word in entry.demonyms:
            found[word].append(entry.country)
    return {word: tuple(codes) for word, codes in sorted(found.items())}


def _below(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What may be told with a container; beside a state, only its namesakes among divisions ("Chad, Mali" is a list)."""
    if any(e.kind == "country" for e in entries):
        return [e for e in entries if e.kind == "division"]
    return entries


def _container(name: Name, known: Gazetteer) -> bool:
    return any(_lies_in(e, c) for c in known.lookup(name.after) for e in _below(name.entries))


def _lies_in(inner: Entry, outer: Entry) -> bool:
    if inner.id == outer.id or inner.kind == "country":
        return False
    if outer.kind in {"country", "state"}:
        return bool(outer.country) and inner.country == outer.country
    if outer.kind not in {"division", "region"}:
        return False
    if outer.division and inner.division and inner.kind != "division":
        return inner.division == outer.division
    return (
        inner.country == outer.country
        and inner.kind in {"city", "capital"}
        and distance(inner, outer) < _WITHIN
    )


def distance(a: Entry, b: Entry) -> float:
    """Kilometres between two places on a sphere; infinite where a point is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(min(math.sqrt(h), 1.0))
