"""General word lists: words and verbs, titles, states and bodies, heads of names, given names, calendar.

The lists lie in `text/data`, each with a header that says where it is from. They are general: every state is
treated alike, no outlet and no quarrel has an entry of its own. Look-ups are by exact case unless said otherwise.
"""

from __future__ import annotations

import functools
import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Gender = Literal["m", "f", "b", ""]
BodyKind = Literal["body", "seat", "parliament", "service"]

WEEKDAYS: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: tuple[str, ...] = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# Short forms, with and without a point, to the month's number (1 to 12).
MONTH_NUMBERS: Mapping[str, int] = {
    form: i
    for i, month in enumerate(MONTHS, 1)
    for form in (month, month[:3], month[:3] + ".", *(("Sept", "Sept.") if i == 9 else ()))
}
_FILES = (
    "bodies.tsv",
    "countries.tsv",
    "given_names.tsv",
    "groups.txt",
    "names.txt",
    "organisations.txt",
    "places.txt",
    "titles.tsv",
    "verbs.txt",
    "words.tsv",
)


class Country(msgspec.Struct, frozen=True):
    """A state or territory.

    Attributes:
        code: ISO 3166-1 alpha-2, or XK; empty for a former state.
        name, aliases: What it is called.
        capitals: Capitals and seats of government, by which it is often meant.
        adjectives: Such as Danish.
        peoples: (one, many) pairs, such as (Dane, Danes).
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    capitals: tuple[str, ...]
    adjectives: tuple[str, ...]
    peoples: tuple[tuple[str, str], ...]


class Body(msgspec.Struct, frozen=True):
    """A body that news calls by its own name, and whose it is (name of a country or body; empty: its own)."""

    name: str
    aliases: tuple[str, ...]
    kind: BodyKind
    whose: str


class Title(msgspec.Struct, frozen=True):
    """A title or role of a person.

    Attributes:
        text: In lower case.
        gender: `m`, `f`, or empty if it tells none.
        speaks: Whether it speaks for a body (spokeswoman, press secretary).
        address: Whether it is a form of address only (Mr, Dr).
        leads: Whether it leads the body or state named with it.
        before_only: Whether it stands only before a name.
    """

    text: str
    gender: Gender
    speaks: bool
    address: bool
    leads: bool
    before_only: bool


def _lines(name: str) -> Iterator[str]:
    text = resources.files("variorum.text").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _parts(name: str) -> dict[str, list[str]]:
    """The words of a file in parts, each opened by its name in square brackets."""
    found: dict[str, list[str]] = {}
    part: list[str] = []
    for line in _lines(name):
        if line.startswith("["):
            part = found.setdefault(line.strip("[]"), [])
        else:
            part += line.split()
    return found


def _cells(line: str, width: int) -> list[str]:
    cells = line.split("\t")
    return [c.strip() for c in cells] + [""] * (width - len(cells))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(c for c in cell.split("|") if c)


@functools.cache
def digests() -> tuple[tuple[str, str], ...]:
    """(file name, SHA-256) of every list; goes into the ledger key of the stages that read them."""
    folder = resources.files("variorum.text").joinpath("data")
    return tuple((n, hashlib.sha256(folder.joinpath(n).read_bytes()).hexdigest()) for n in _FILES)


@functools.cache
def countries() -> tuple[Country, ...]:
    """All states and territories, in alphabetical order of their names."""
    found = []
    for line in _lines("countries.tsv"):
        code, name, aliases, capitals, adjectives, peoples = _cells(line, 6)
        pairs = tuple((one, many) for one, _, many in (p.partition("/") for p in _listed(peoples)))
        found.append(
            Country(code, name, _listed(aliases), _listed(capitals), _listed(adjectives), pairs),
        )
    return tuple(found)


@functools.cache
def bodies() -> tuple[Body, ...]:
    """All bodies between states, seats of government, parliaments and services that have names of their own."""
    found = []
    for line in _lines("bodies.tsv"):
        name, aliases, kind, whose, _ = _cells(line, 5)
        found.append(Body(name, _listed(aliases), msgspec.convert(kind, BodyKind), whose))
    return tuple(found)


@functools.cache
def country_names() -> Mapping[str, Country]:
    """Names and other names of states to the state."""
    return {name: c for c in reversed(countries()) for name in (c.name, *c.aliases)}


@functools.cache
def capitals() -> Mapping[str, Country]:
    """Names of capitals and seats to the state; where two states have one of a name, the state first in the alphabet."""
    return {name: c for c in reversed(countries()) for name in c.capitals}


@functools.cache
def adjectives() -> Mapping[str, Country]:
    """Nationality adjectives to the state; where two states share one, the state first in the alphabet."""
    return {name: c for c in reversed(countries()) for name in c.adjectives}


@functools.cache
def peoples() -> Mapping[str, tuple[Country, bool]]:
    """Words for a state's people to the state and whether the word is plural."""
    found: dict[str, tuple[Country, bool]] = {}
    for country in reversed(countries()):
        for one, many in country.peoples:
            found[one] = (country, False)
            found[many] = (country, True)
    return found


@functools.cache
def body_names() -> Mapping[str, Body]:
    """Names and other names of bodies and seats to the body."""
    return {name: b for b in reversed(bodies()) for name in (b.name, *b.aliases)}


@functools.cache
def groups() -> Mapping[str, bool]:
    """Words for peoples, faiths and camps that are no state's citizens as such, to whether the word is plural."""
    found: dict[str, bool] = {}
    for line in _lines("groups.txt"):
        one, many = _cells(line, 2)
        found[many or f"{one}s"] = True
        found.setdefault(one, False)
    return found


@functools.cache
def titles() -> Mapping[str, Title]:
    """Titles and roles by their lower-case text."""
    found = {}
    for line in _lines("titles.tsv"):
        text, gender, flags = _cells(line, 3)
        found[text] = Title(
            text=text,
            gender=msgspec.convert(gender.strip("-"), Gender),
            speaks="s" in flags,
            address="h" in flags,
            leads="l" in flags,
            before_only="c" in flags,
        )
    return found


@functools.cache
def given_names() -> Mapping[str, Gender]:
    """Given names to `m`, `f` or `b` (both)."""
    return {
        name: msgspec.convert(gender, Gender)
        for gender, names in _parts("given_names.tsv").items()
        for name in names
    }


@functools.cache
def organisation_heads() -> frozenset[str]:
    """Lower-case head nouns of bodies: ministry, army, council."""
    return frozenset(_parts("organisations.txt")["heads"])


@functools.cache
def acting_heads() -> frozenset[str]:
    """Lower-case nouns that name a body without a capital: army, ministry."""
    return frozenset(_parts("organisations.txt")["acting"])


@functools.cache
def name_words(part: str) -> frozenset[str]:
    """A small list about words beside names, by its name in `data/names.txt` (wavering, needs-of, nouns, former)."""
    return frozenset(_parts("names.txt")[part])


@functools.cache
def place_heads() -> tuple[frozenset[str], frozenset[str]]:
    """Lower-case words that make a place of the name (before them, after them)."""
    parts = _parts("places.txt")
    return frozenset(parts["after"]), frozenset(parts["before"])


@functools.cache
def _counted() -> Mapping[str, tuple[str, str]]:
    found = {}
    for line in _lines("words.tsv"):
        form, classes, lemma = _cells(line, 3)
        found[form] = (classes, lemma)
    # Heads of names are ordinary nouns, though the corpora write most of them with a capital (republic, ministry).
    nouns = organisation_heads() | place_heads()[0] | place_heads()[1] | titles().keys()
    return dict.fromkeys((n for n in nouns if n.isalpha()), ("n", "")) | found


def word_classes(word: str) -> str:
    """Word classes of an ordinary English word.

    Args:
        word: In any case.

    Returns:
        Letters out of `n` noun, `v` verb, `a` adjective, `r` adverb, `p` preposition, `d` determiner or pronoun,
        `c` conjunction; empty if the word is none that is known, as most names are.
    """
    low = word.lower()
    if low in _counted():
        return _counted()[low][0]
    return "v" if low in verb_forms() else ""


def _regular(base: str) -> Iterator[str]:
    """Forms of a regular verb: third person, past, -ing."""
    sibilant = base.endswith(("s", "x", "z", "ch", "sh", "o"))
    if base.endswith("y") and base[-2] not in "aeiou":
        yield from (base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    elif base.endswith("e"):
        yield from (base + "s", base + "d", (base[:-1] if base[-2] not in "eo" else base) + "ing")
    else:
        yield from (base + ("es" if sibilant else "s"), base + "ed", base + "ing")
        if len(base) > 2 and base[-1] not in "aeiouwxy" and base[-2] in "aeiou" and base[-3] not in "aeiou":
            yield from (base + base[-1] + "ed", base + base[-1] + "ing")


@functools.cache
def verb_forms() -> Mapping[str, str]:
    """Lower-case forms of verbs to their lemma."""
    found = {form: lemma or form for form, (classes, lemma) in _counted().items() if "v" in classes}
    parts = _parts("verbs.txt")
    found |= {form: base for base in parts["regular"] for form in (base, *_regular(base))}
    triples = zip(*[iter(parts["irregular"])] * 3, strict=True)
    for base, past, participle in triples:
        found |= {form: base for form in _regular(base) if not form.endswith("ed")}
        found |= dict.fromkeys((base, past, participle), base)
    return found | _IRREGULAR


# Forms that no rule gives.
_IRREGULAR: dict[str, str] = {
    **dict.fromkeys(
        ("am", "is", "are", "was", "were", "be", "been", "being", "'m", "'re", "’m", "’re"), "be"
    ),
    **dict.fromkeys(("has", "have", "had", "having", "'ve", "’ve"), "have"),
    **dict.fromkeys(("does", "did", "done", "doing", "do"), "do"),
    **dict.fromkeys(("lying", "lies", "lied"), "lie"),
    **dict.fromkeys(("'ll", "’ll", "wo"), "will"),
}


def verb_lemma(word: str) -> str:
    """The lemma of a form that is, or may be, a verb's.

    Args:
        word: In any case.

    Returns:
        The base form (said: say; denies: deny), empty for words that are no known form of a verb.
    """
    return verb_forms().get(word.lower(), "")
