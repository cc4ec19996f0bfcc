"""Which power a name stands for: a state or territory, named itself, by its people, its capital, its seat or an organ.

`Karsholt`, `the Marble House`, `Velmarian` and `Velmark's Defence Ministry` all stand for Velmark, as far as the packaged
lists or the user's gazetteer (`seat_of`) say so. Whose a body is, is read from its name and roles, not guessed from what
it says; a mission or alliance that has a state's name in its own is not that state's.
"""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.compare.content import content_stem, gist, sections
from variorum.text import lexicon
from variorum.text.outlets import outlet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.compare.view import StoryView
    from variorum.records import Actor, GazetteerEntry

# Kinds of a user's places that act as powers.
_POWERS = frozenset(
    ("country", "state", "republic", "territory", "region", "province", "federation", "kingdom")
)
_WORD = r"\p{Lu}[\p{L}\p{M}.-]*"
_NAME = regex.compile(rf"{_WORD}(?:\s(?:of\s(?:the\s)?)?{_WORD}){{0,3}}")
_PEOPLE = regex.compile(r"^(?P<root>\p{Lu}\p{L}{3,}?)(?:ian|ean|an|ese|ish|ic|ar|er|i)s?$")
# Forms of state before a power's name.
_FORM = regex.compile(
    r"^(?:Commonwealth|Emirate|Federation|Kingdom|People’s Republic|Principality|Republic|State|Sultanate|Union) of (?:the )?(?=\p{Lu})"
)
# What a people's name may lose of its land's: Velmar-k, Tessar-a, Kestr-ia.
_LOST = 3
# Code points between a ministry and its minister: two sentences.
_BESIDE = 250


def _plain(name: str) -> str:
    name = name.strip(" .,“”\"'’").removesuffix("'s").removesuffix("’s")
    return name.removeprefix("the ").removeprefix("The ")


@functools.lru_cache(maxsize=65_536)
def _listed(name: str) -> str:
    """The power that the packaged lists know under a name; empty for none."""
    for states in (lexicon.country_names(), lexicon.capitals(), lexicon.adjectives()):
        if name in states:
            return states[name].name
    if name in lexicon.peoples():
        return lexicon.peoples()[name][0].name
    body = lexicon.body_names().get(name)
    return "" if body is None else _listed(body.whose) or body.name if body.whose else body.name


@functools.cache
def _organs() -> frozenset[str]:
    return frozenset((*sections("naming.txt")["power"], *sections("naming.txt")["organ"], *lexicon.titles()))


class Powers(msgspec.Struct, frozen=True):
    """The powers that a user's gazetteer adds to the packaged ones.

    Attributes:
        names: Names, seats among them, to the power.
        kinds: Names of other places to the stem of what they are: Sarn to river.
    """

    names: dict[str, str]
    kinds: dict[str, str]

    def of_name(self, name: str) -> str:
        """The power that a name (of a state, people, capital or seat) stands for; empty if it stands for none."""
        plain = _plain(name)
        short = _FORM.sub("", plain)
        return (
            self.names.get(plain)
            or _listed(plain)
            or self.names.get(short)
            or _listed(short)
            or self._people(plain)
        )

    def _people(self, name: str) -> str:
        """The one power of the gazetteer whose people an adjective or name in -an, -ese ... may be."""
        match = _PEOPLE.match(name)
        if match is None:
            return ""
        root = match["root"]
        found = {p for n, p in self.names.items() if n.startswith(root) and len(n) - len(root) <= _LOST}
        return next(iter(found)) if len(found) == 1 else ""

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where names of powers stand in a text: (start, end, power), in order."""
        for match in _NAME.finditer(text):
            words = [
                (w.start() + match.start(), w.end() + match.start()) for w in regex.finditer(r"\S+", match[0])
            ]
            i = 0
            while i < len(words):
                size = next(
                    (
                        n
                        for n in range(len(words) - i, 0, -1)
                        if self.of_name(text[words[i][0] : words[i + n - 1][1]])
                    ),
                    0,
                )
                if size:
                    start, end = words[i][0], words[i + size - 1][1]
                    yield start, end, self.of_name(text[start:end])
                i += size or 1

    def read(self, text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """What a text says, names of powers apart.

        Returns:
            (content stems without such names, the powers named, the kinds of other places named).
        """
        spans = list(self.spans(text))
        rest, at = [], 0
        for start, end, _ in spans:
            rest.append(text[at:start])
            at = end
        words = gist(" ".join((*rest, text[at:]))).bag
        kinds = frozenset(kind for name, kind in self.kinds.items() if name in text)
        return words, frozenset(p for *_, p in spans), kinds


def known(gazetteer: Iterable[GazetteerEntry]) -> Powers:
    """Read the powers of a user's gazetteer.

    Args:
        gazetteer: Its entries; those of a power's kind, or that another names as `seat_of`, are powers.
    """
    entries = sorted(gazetteer, key=lambda e: e.id)
    seated = {e.seat_of for e in entries if e.seat_of}
    names: dict[str, str] = {}
    for entry in entries:
        if entry.kind.lower() in _POWERS or seated & {entry.id, entry.name}:
            power = _listed(entry.name) or entry.name
            names |= dict.fromkeys((entry.id, entry.name, *map(_plain, entry.aliases)), power)
    seats = {e.id: names.get(e.seat_of) or _listed(e.seat_of) or e.seat_of for e in entries if e.seat_of}
    for entry in entries:
        if entry.id in seats:
            names |= dict.fromkeys((entry.name, *map(_plain, entry.aliases)), seats[entry.id])
    others = [e for e in entries if e.name not in names and e.kind]
    kinds = {n: content_stem(e.kind.lower().split()[-1]) for e in others for n in (e.name, *e.aliases)}
    return Powers(names, {name: kind for name, kind in kinds.items() if kind})


def powers(view: StoryView) -> Powers:
    """The powers that a story's pages may name."""
    cache: dict[str, Powers] = view.cache("powers")
    if "" not in cache:
        cache[""] = known(view.gazetteer)
    return cache[""]


def acts_for(view: StoryView, actor: Actor) -> str:
    """The power that an actor's own name makes it: a state, its capital or its seat; empty for others, peoples among them."""
    read, plain = powers(view), _plain(actor.name)
    listed = plain in lexicon.country_names() or plain in lexicon.capitals() or plain in lexicon.body_names()
    return read.of_name(plain) if actor.kind != "group" and (plain in read.names or listed) else ""


def power_of(view: StoryView, actor: Actor | None) -> str:
    """The power that an actor is or speaks for: by name, role, the body it speaks for, or its minister's ministry.

    Returns:
        The power's name; empty where it is not told, or more than one is.
    """
    if actor is None:
        return ""
    cache: dict[str, str] = view.cache("power of")
    if actor.id not in cache:
        cache[actor.id] = ""
        cache[actor.id] = _power(view, actor)
    return cache[actor.id]


def _power(view: StoryView, actor: Actor) -> str:
    read = powers(view)
    if actor.kind == "group":
        # A people is no state, wherever it lives.
        return _owner(read, actor.name)
    for name in sorted({actor.name, *actor.aliases}):
        if power := read.of_name(name):
            return power
    owned = Counter(p for n in (actor.name, *actor.aliases, *actor.roles) if (p := _owner(read, n)))
    if len(owned) == 1:
        return next(iter(owned))
    body = view.actors.get(actor.speaks_for)
    return power_of(view, body) if body else _beside(view, actor) or _office(view, actor)


def _owner(read: Powers, name: str) -> str:
    """The one power in the name of a state's organ or in a role: `Velmark's Defence Ministry`, `Amber Hall spokesman`."""
    found = {p for *_, p in read.spans(name)}
    organ = any(
        w.lower().strip("'’s") in _organs() or w.lower() in _organs() for w in name.replace("-", " ").split()
    )
    return next(iter(found)) if len(found) == 1 and organ else ""


def _beside(view: StoryView, actor: Actor) -> str:
    """The power in the words right beside an actor's name: `Velmark's President Rehlig`, `Rehlig of Velmark`."""
    if actor.kind != "person":
        return ""
    read, found = powers(view), Counter[str]()
    for mention in view.mentions_of.get(actor.id, ()):
        text = view.documents[mention.doc].text
        head = regex.search(r"[^.,;:!?()“”\"\n]*$", text[max(mention.start - 60, 0) : mention.start])
        near = list(read.spans(head[0] if head else ""))[-1:]
        words = (head[0] if head else "")[near[0][1] :].split() if near else []
        if (
            near
            and words
            and all(w.lower() in _organs() or w[0].isupper() or w in {"'s", "’s", "of"} for w in words)
        ):
            found[near[0][2]] += 1
        tail = regex.match(rf"\s+of\s+({_WORD})", text[mention.end : mention.end + 40])
        if tail and (power := read.of_name(tail[1])):
            found[power] += 1
    return next(iter(found)) if len(found) == 1 else ""


def _office(view: StoryView, actor: Actor) -> str:
    """The power whose ministry is named right before its minister: `Velmark's Interior Ministry said ... the Interior Minister`."""
    offices = tuple(
        r.lower().replace("minister", "ministry") for r in actor.roles if r.lower().endswith(" minister")
    )
    found = set()
    for body in sorted(view.actors.values(), key=lambda a: a.id) if offices else ():
        named = any(n.lower().endswith(offices) for n in (body.name, *body.aliases))
        if body.kind == "organisation" and named and _precedes(view, body, actor):
            found.add(power_of(view, body))
    found.discard("")
    return next(iter(found)) if len(found) == 1 else ""


def _precedes(view: StoryView, body: Actor, actor: Actor) -> bool:
    return any(
        b.doc == a.doc and 0 <= a.start - b.end <= _BESIDE
        for b in view.mentions_of.get(body.id, ())
        for a in view.mentions_of.get(actor.id, ())
    )


def power_of_outlet(view: StoryView, doc: str) -> str:
    """The power in which the outlet of a document has its seat, as the user says; empty if unknown."""
    document = view.documents[doc]
    outlet = outlet_of(document.outlet, document.location, view.outlets)
    if outlet is None or outlet.country == "unknown":
        return ""
    return powers(view).of_name(outlet.country) or outlet.country
