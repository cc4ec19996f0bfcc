"""Whether two names of two pages name one thing: a pairwise score and its reason, from the two chains alone."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

from variorum.compare.content import stem
from variorum.text import lexicon
from variorum.text.normalise import name_key, near_name, spell_out

if TYPE_CHECKING:
    from variorum.records import Chain

# American to British, in the words that names of bodies are made of.
_SPELLING = {"defense": "defence", "center": "centre", "labor": "labour", "organization": "organisation"}
_JOINING = frozenset(["the", "of", "for", "in", "on", "and", "to", "a", "an", "de", "la", "du", "von", "der"])
# Honorifics and particles that a fuller form of a name may carry before the surname.
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "ben",
        "abu",
    ]
)

# Scores of the rules below; an edge stands from LINK on. They order evidence, they are no probabilities: a merge is
# refused where first names contradict each other whatever the score (`actors.merge`).
SAME_NAME = 0.95
SPELLING = 0.85
ALIAS = 0.85
ROLE_AND_SURNAME = 0.8
OTHER_KIND = 0.75
ACRONYM = 0.7
ROLE_ALONE = 0.6
SURNAME_ALONE = 0.55
LINK = 0.5


class Person(msgspec.Struct, frozen=True, gc=False):
    """A personal name in parts, as spelling-blind keys; `given` is empty for a surname alone."""

    given: tuple[str, ...]
    surname: str


@functools.lru_cache(maxsize=65_536)
def person(name: str) -> Person:
    """Part a personal name; the last word is the surname, particles before it are left out."""
    parts = [p for p in (name_key(w) for w in name.split()) if p]
    if not parts:
        return Person((), "")
    return Person(tuple(p for p in parts[:-1] if p not in _PARTICLES), parts[-1])


def is_name(name: str) -> bool:
    """Whether the words are a name and no mere description: the last word begins with a capital or a digit."""
    last = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    return bool(last) and (last[0].isupper() or last[0].isdigit())


def is_proper(name: str) -> bool:
    """Whether any word begins with a capital: `Kestrian police` is proper, `the police` is not."""
    return any(w[0].isupper() for w in name.split() if w.lower() not in _JOINING)


@functools.lru_cache(maxsize=65_536)
def _name_word(word: str) -> str:
    folded = spell_out(word)
    for ending in ("'s", "’s", "'", "’"):
        folded = folded.removesuffix(ending)
    folded = _SPELLING.get(folded, folded)
    if state := lexicon.adjectives().get(word.strip("'’s") if word.endswith(("'s", "’s")) else word):
        return "".join(spell_out(w) for w in state.name.split())
    if len(folded) > 5 and folded.endswith(("ian", "ean")):  # Marovian ~ Marovia
        folded = folded[:-1]
    return stem(folded) if word.islower() else folded.removesuffix("s") if len(folded) > 3 else folded


@functools.lru_cache(maxsize=65_536)
def body_key(name: str) -> str:
    """A key of the name of a body, place or group, blind to word order and to how its state is told.

    `Velmaria's Defense Ministry`, `the Ministry of Defence of Velmaria` and `Velmarian Defence Ministry` meet: 's and of
    are left out, American spelling is made British, nationality adjectives become the state's name (those of invented
    states if they end in -ian or -ean). Other names of a state or body that the lists know are the one (`US`).
    """
    plain = name.removeprefix("the ").removeprefix("The ")
    known = lexicon.country_names().get(plain) or lexicon.body_names().get(plain)
    name = known.name if known else name
    parts = (_name_word(w.strip('.,"“”()')) for w in name.replace("-", " ").split())
    return " ".join(sorted({p for p in parts if p and p not in _JOINING}))


def initials(name: str) -> str:
    """First letters of the capitalised words, lower case; empty below three."""
    letters = "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper()).lower()
    return letters if len(letters) >= 3 else ""


def _acronym(name: str) -> str:
    word = name.replace(".", "")
    return word.lower() if word.isupper() and word.isalpha() and 3 <= len(word) <= 8 else ""


def names_of(chain: Chain) -> tuple[str, ...]:
    """The proper names of a chain: its name and aliases, descriptions left out."""
    test = is_name if chain.kind == "person" else is_proper
    return tuple(dict.fromkeys(n for n in (chain.name, *chain.aliases) if test(n)))


def is_common(name: str) -> bool:
    """Whether a body's name is made of ordinary words, so that many states have one: Defence Ministry, Supreme Court."""
    parts = [w for w in name.replace("-", " ").split() if w.lower() not in _JOINING]
    return name not in lexicon.body_names() and all(lexicon.word_classes(w) for w in parts)


def role_key(role: str) -> str:
    """A key of a role that names its body (`Kremlin spokesman`); empty for a bare one (`the minister`)."""
    return body_key(role) if is_proper(role) and len(body_key(role).split()) >= 2 else ""


def owned(chain: Chain) -> bool:
    """Whether a chain is a body known by a common name and by whose it is; it meets its like by both together."""
    return (
        chain.kind != "person" and bool(chain.speaks_for) and is_proper(chain.name) and is_common(chain.name)
    )


def owned_key(chain: Chain, owner: Chain) -> str:
    """The one key of a body with a common name: `Defence Ministry`, of Velmaria, and `Velmarian Defence Ministry` meet."""
    return "n:" + body_key(f"{chain.name} {owner.name}")


def keys(chain: Chain) -> tuple[str, ...]:
    """The keys under which a chain may meet its like on other pages, sorted.

    None for mere descriptions, and none for a body with a common name that is known to be somebody's: see `owned_key`.
    """
    found = set()
    for name in () if owned(chain) else names_of(chain):
        if chain.kind == "person":
            found.add("p:" + person(name).surname)
            continue
        found.add("n:" + body_key(name))
        if acronym := (_acronym(name) or initials(name)):
            found.add("a:" + acronym)
    if chain.kind == "person":
        roles = chain.roles if found else (chain.name, *chain.roles)
        found |= {"r:" + role_key(r) for r in roles if role_key(r)}
    return tuple(sorted(k for k in found if len(k) > 2))


def fullest(chain: Chain) -> Person | None:
    """The fullest personal name of a chain; None if it has none."""
    found = [person(n) for n in names_of(chain)]
    return max(found, key=lambda p: (len(p.given), p.given, p.surname)) if found else None


def given_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two sets of given names can be one person's: the first ones are equal, near, or one's initial."""
    if not left or not right:
        return True
    a, b = left[0], right[0]
    return near_name(a, b) or (min(len(a), len(b)) == 1 and a[0] == b[0])


def score(left: Chain, right: Chain) -> tuple[float, str]:
    """How surely two chains that share a key, in either order, are one thing.

    Returns:
        Score in 0..1 (below `LINK`: not) and the reason in words.
    """
    if (left.kind == "person") != (right.kind == "person"):
        return 0.0, ""
    return _persons(left, right) if left.kind == "person" else _bodies(left, right)


def _persons(left: Chain, right: Chain) -> tuple[float, str]:
    a, b = fullest(left), fullest(right)
    roles = {role_key(r) for r in (*left.roles, *_description(left))} & {
        role_key(r) for r in (*right.roles, *_description(right))
    } - {""}
    if a is None or b is None:
        return (ROLE_ALONE, f"same role: {min(roles)}") if roles else (0.0, "")
    if not near_name(a.surname, b.surname) or not given_agree(a.given, b.given):
        return 0.0, ""
    if a.given and b.given:
        return (SAME_NAME, "same name") if a == b else (SPELLING, "one name in two spellings")
    if roles:
        return ROLE_AND_SURNAME, f"same surname and role: {min(roles)}"
    nouns = [{_noun(r) for r in c.roles} for c in (left, right)]
    if all(nouns) and not nouns[0] & nouns[1]:
        return LINK - 0.1, "same surname, other roles"
    return SURNAME_ALONE, "same surname, and nobody else of that name"


def _description(chain: Chain) -> tuple[str, ...]:
    return () if is_name(chain.name) else (chain.name,)


def _noun(role: str) -> str:
    """The word of a role that says what somebody is, gender left aside."""
    words = role.split(" of ", maxsplit=1)[0].split(" for ", maxsplit=1)[0].split() or [""]
    return spell_out(words[-1]).replace("woman", "man").replace("person", "man")


def _bodies(left: Chain, right: Chain) -> tuple[float, str]:
    if "group" in {left.kind, right.kind} and left.kind != right.kind:
        return 0.0, ""
    if owned(left) or owned(right):
        return SAME_NAME, "same name of one owner"
    a, b = names_of(left), names_of(right)
    mine, theirs = {body_key(n) for n in a}, {body_key(n) for n in b}
    if a and b and body_key(a[0]) == body_key(b[0]):
        if left.kind == right.kind:
            return SAME_NAME, "same name"
        return (
            OTHER_KIND,
            f"same name, read as {min(left.kind, right.kind)} and as {max(left.kind, right.kind)}",
        )
    if common := mine & theirs:
        return ALIAS, f"shares the name {min(common)}"
    acronyms = [{_acronym(n) for n in names} - {""} for names in (a, b)]
    spelt = [{initials(n) for n in names} - {""} for names in (a, b)]
    if common := (acronyms[0] & spelt[1]) | (acronyms[1] & spelt[0]):
        return ACRONYM, f"one is the initials of the other: {min(common).upper()}"
    return 0.0, ""
