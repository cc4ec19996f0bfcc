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
# A town with fewer inhabitants, in a country that nothing else on the page lies in, is not meant: villages that the
# gazetteer does not have bear names of towns abroad. Swept 0 to 300,000 on the same: towns within 161 km .819 and .855
# without, .852 and .881 at 50,000, .855 and .874 at 100,000, .871 and .870 at 300,000, where cities begin to be lost.
_SMALL_TOWN = 100_000
# Told beside the name ("Velm, Ostland"): outweighs any prominence.
_TOLD = 200.0
# Weight of the share of the page's places that lie in the candidate's country; swept 0, 15, 25 ... 60 on the train parts
# of geowebnews and geovirus: towns within 161 km .863 and .852 without it, .855 and .874 at 25, .823 and .863 at 60.
_COUNTRY = 25.0
# Kilometres from a division's point within which its towns lie, the widest (Sakha, Western Australia) included.
_WITHIN = 1500.0
# Kilometres from a division's point to the town that it is named after.
_CHIEF_TOWN = 150.0
_EARTH = 6371.0
_AREAS = frozenset(
    {"country", "division", "region", "continent", "sea", "river", "coast", "state", "province", "district"}
)
_WIDE = frozenset({"lake", "mountains", "island"})


class Meant(msgspec.Struct, frozen=True):
    """The entry that is meant, None if none can be told, and why it and no other."""

    entry: Entry | None
    reason: str


def resolve(names: Sequence[Name], known: Gazetteer, demonyms: Iterable[str]) -> list[Meant]:
    """Decide for each name of a page what it means.

    Args:
        names: The page's place names; those without entries stay undecided.
        known: For the containers that are told.
        demonyms: Words of the page that are nationality words ("Ostlander"), as often as they occur.

    Returns:
        For each name the place and the reason. One name means one place throughout a page; what is told beside it
        once holds for all.
    """
    shares = _countries(names, demonyms)
    told: dict[str, tuple[str, frozenset[str]]] = {}
    for name in names:
        inside = _told(name, known)
        if inside[1]:
            told.setdefault(name.text, inside)
    nothing = ("", frozenset[str]())
    return [_decide(n, shares, *told.get(n.text, nothing)) for n in names]


def _told(name: Name, known: Gazetteer) -> tuple[str, frozenset[str]]:
    """What is told beside a name, and the ids of its entries for which it is true."""
    for outer in known.lookup(name.after) if name.after else ():
        inside = [e for e in _below(name.entries) if lies_in(e, outer)]
        if inside and outer.kind in {"division", "region"}:
            inside = [min(inside, key=lambda e: (distance(e, outer), e.id))]
        if inside:
            return name.after, frozenset(e.id for e in inside)
    if name.before:
        inner = known.lookup(name.before)
        return name.before, frozenset(e.id for e in name.entries if any(lies_in(i, e) for i in inner))
    return "", frozenset()


def _without_shadows(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without divisions that bear the name of their own chief town: the bare name means the town."""
    towns = [e for e in entries if e.kind in {"city", "capital"}]
    return [e for e in entries if e.kind != "division" or all(distance(t, e) > _CHIEF_TOWN for t in towns)]


def _decide(name: Name, shares: Mapping[str, float], beside: str, inside: frozenset[str]) -> Meant:
    entries = _without_shadows(name.entries)
    if not entries:
        return Meant(None, "not in the gazetteer")

    def score(entry: Entry) -> float:
        context = _COUNTRY * shares.get(entry.country, 0.0) if entry.country else 0.0
        return prominence(entry, name.text) + context + _TOLD * (entry.id in inside)

    best = min(entries, key=lambda e: (-score(e), e.id))
    if best.id in inside:
        return Meant(best, f"told beside {beside}")
    if best.own:
        return Meant(best, "in the user's gazetteer")
    if shares and _small(best) and best.country not in shares:
        return Meant(None, f"the gazetteer has it in {best.country}, where nothing else on the page lies")
    if len(entries) == 1:
        return Meant(best, "the only place of this name")
    if best is min(entries, key=lambda e: (-prominence(e, name.text), e.id)):
        return Meant(best, f"the most prominent of {len(entries)} of this name")
    return Meant(best, f"most of the page's places lie in {best.country}, of {len(entries)} of this name")


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


def _small(entry: Entry) -> bool:
    """A built-in town that a page far from it hardly means."""
    return entry.kind == "city" and entry.population < _SMALL_TOWN and not entry.own


def _sure(name: Name) -> Entry | None:
    """The entry of a name that means one place, or one that dwarfs all others of the name; never a small town."""
    entries = [e for e in name.entries if not _small(e)]
    if not entries:
        return None
    ranked = sorted(entries, key=lambda e: (-prominence(e, name.text), e.id))
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


def lies_in(inner: Entry, outer: Entry) -> bool:
    """Whether one place may be told as lying in the other."""
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
