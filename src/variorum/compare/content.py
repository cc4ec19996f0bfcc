"""What a text says, apart from how it words it: content words, numbers, negation, and how alike two texts are.

Every comparison of this room goes through `gist` and `likeness`: words are folded, stemmed and gathered into sets
of synonyms, so that two translations of one sentence come near each other while two sentences on one matter stay
apart. A score depends on the two texts and on packaged word lists alone (law 6).
"""

from __future__ import annotations

import functools
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from variorum.text import lexicon
from variorum.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA = files("variorum.compare") / "data"
_FILES = ("irregular.txt", "naming.txt", "phrases.txt", "stop.txt", "synonyms.txt")


def resources() -> tuple[tuple[str, str], ...]:
    """Digests of the word lists that shape every score of this room, as (name, hex digest)."""
    own = ((name, hashlib.sha256((_DATA / name).read_bytes()).hexdigest()) for name in _FILES)
    return (*own, *lexicon.digests())


def _lines(name: str) -> list[list[str]]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The words of a packaged list by its sections, each opened by `[name]`."""
    found: dict[str, tuple[str, ...]] = {}
    title = ""
    for line in _lines(name):
        if line[0].startswith("["):
            title = line[0].strip("[]")
        else:
            found[title] = (*found.get(title, ()), *line)
    return found


@functools.cache
def _stop() -> frozenset[str]:
    return frozenset(word for line in _lines("stop.txt") for word in line)


@functools.cache
def _irregular() -> dict[str, str]:
    return {form: line[0] for line in _lines("irregular.txt") for form in line[1:]}


@functools.cache
def _synonyms() -> dict[str, str]:
    """Stem to the stem that names its set; the first line that lists a stem wins."""
    found: dict[str, str] = {}
    for line in _lines("synonyms.txt"):
        name = stem(line[0])
        for word in line:
            found.setdefault(stem(word), name)
    return found


@functools.cache
def _phrases() -> dict[tuple[str, str], str]:
    """Stems of two words that mean what one word does, to that word's content stem: set foot -> enter."""
    return {(stem(a), stem(b)): content_stem(name) for name, a, b in _lines("phrases.txt")}


# Longest first: only one is taken off. Inflection, then the commonest suffixes that make nouns, adverbs, adjectives.
_SUFFIXES = (
    ("ational", "at"), ("iveness", "iv"), ("fulness", "ful"),
    ("ations", "at"), ("ation", "at"), ("ating", "at"), ("ators", "at"), ("ator", "at"), ("ated", "at"), ("ates", "at"), ("ate", "at"),
    ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""),
    ("ities", ""), ("ity", ""), ("nesses", ""), ("ness", ""),
    ("ingly", ""), ("edly", ""), ("ously", "ous"), ("ively", "iv"), ("ally", "al"), ("ely", ""), ("ily", "i"), ("ly", ""),
    ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""), ("ies", "i"), ("ied", "i"), ("ives", "iv"), ("ive", "iv"),
    ("als", ""),
    ("al", ""),
    ("sses", "ss"), ("ed", ""), ("es", ""), ("s", ""), ("e", ""), ("y", "i"),
)  # fmt: skip
_LATIN = frozenset(("ion", "ions", "ation", "ations"))
_VOWELS = frozenset("aeiouy")


@functools.lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The part that the forms of a word share: violated, violates, violating -> violat.

    A light suffix stripper in the manner of Porter (1980), with a list of irregular forms; numbers stay whole.

    Args:
        word: A folded word (`variorum.text.normalise.words`).

    Returns:
        A stem of at least three letters, or the word itself where it is shorter or holds a digit.
    """
    word = _irregular().get(word, word)
    if len(word) <= 3 or not word.isalpha():
        return word
    for suffix, instead in _SUFFIXES:
        if not word.endswith(suffix) or (suffix == "s" and word.endswith(("ss", "us", "is"))):
            continue
        base = word[: -len(suffix)] + instead
        # "Mission" is no form of "miss", nor "station" of "state".
        if len(base) < (5 if suffix in _LATIN else 3) or not _VOWELS & set(base):
            continue
        if len(base) > 3 and suffix[0] in "ie" and base[-1] == base[-2] and base[-1] not in "lsz":
            base = base[:-1]
        return base
    return word


_NUMBERS = {
    w: str(n)
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
_NEGATIONS = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "cannot",
        "can't",
        "don't",
        "doesn't",
        "didn't",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "won't",
        "wouldn't",
        "couldn't",
        "shouldn't",
        "hasn't",
        "haven't",
        "hadn't",
    ]
)


class Gist(msgspec.Struct, frozen=True, gc=False):
    """What a text says.

    Attributes:
        raw: Its folded words in order.
        order: Its content stems in order, synonyms as the name of their set.
        bag: The same as a set.
        numbers: The numbers among them, words as digits.
        negated: Whether an odd number of negations stands in it.
    """

    raw: tuple[str, ...]
    order: tuple[str, ...]
    bag: frozenset[str]
    numbers: frozenset[str]
    negated: bool


def content_stem(word: str) -> str:
    """The stem of a folded word, as the name of its set of synonyms; empty for a function word."""
    if word in _stop():
        return ""
    if word in _NUMBERS:
        return _NUMBERS[word]
    found = stem(word)
    return _synonyms().get(found, found)


@functools.cache
def _openings() -> frozenset[str]:
    return frozenset(first for first, _ in _phrases())


def _phrase(raw: tuple[str, ...], i: int) -> tuple[str, int]:
    """The content stem of a phrase that opens at a word, and its length; ("", 0) if none does."""
    first = stem(raw[i])
    if first in _openings():
        # "Lost their lives" is a phrase about a function word.
        ends = (i + 1, i + 2) if raw[i + 1 : i + 2] and raw[i + 1] in _stop() else (i + 1,)
        for j in ends:
            if meant := _phrases().get((first, stem(raw[j]))) if j < len(raw) else "":
                return meant, j + 1 - i
    return "", 0


def _stems(raw: tuple[str, ...]) -> Iterator[str]:
    """Content stems in order, a phrase as the word that it stands for; `not one` counts nothing."""
    i = 0
    while i < len(raw):
        meant, size = _phrase(raw, i)
        found = meant or content_stem(raw[i])
        if found and not (found == "1" and i and raw[i - 1] == "not"):
            yield found
        i += size or 1


@functools.lru_cache(maxsize=16_384)
def gist(text: str) -> Gist:
    """Read what a text says.

    Args:
        text: A sentence, or the content of a statement.

    Returns:
        Its gist; all parts empty for a text without words.
    """
    raw = tuple(w.text for w in words(text))
    order = tuple(_stems(raw))
    numbers = frozenset(s.replace(",", "") for s in order if s[0].isdigit())
    # "Not only" negates nothing; nor does "without" deny what is done without something.
    negations = sum(
        w in _NEGATIONS and not (w == "not" and raw[i + 1 : i + 2] == ("only",)) for i, w in enumerate(raw)
    )
    return Gist(raw, order, frozenset(order), numbers, negations % 2 == 1)


class Likeness(msgspec.Struct, frozen=True, gc=False):
    """How alike two gists are; shares in 0..1.

    Attributes:
        shared: Content stems that both hold.
        dice: Twice the shared ones over all of both (Dice 1945).
        contained: The shared ones over those of the shorter.
        numbers: Whether neither holds a number that the other, holding numbers too, lacks.
        polarity: Whether both are negated or neither is.
    """

    shared: int
    dice: float
    contained: float
    numbers: bool
    polarity: bool

    @property
    def score(self) -> float:
        """Half Dice, half containment: a shortened rendering is not punished for what it leaves out."""
        return round((self.dice + self.contained) / 2, 6)


def likeness(left: Gist, right: Gist) -> Likeness:
    """Compare two gists; the same whichever comes first."""
    shared = len(left.bag & right.bag)
    if not shared:
        return Likeness(0, 0.0, 0.0, numbers=True, polarity=left.negated == right.negated)
    shorter = min(len(left.bag), len(right.bag))
    numbers = (
        not left.numbers
        or not right.numbers
        or left.numbers <= right.numbers
        or right.numbers <= left.numbers
    )
    return Likeness(
        shared,
        round(2 * shared / (len(left.bag) + len(right.bag)), 6),
        round(shared / shorter, 6),
        numbers=numbers,
        polarity=left.negated == right.negated,
    )


def in_order(left: Gist, right: Gist) -> float:
    """Share of the pairs of common content stems that stand in the same order in both, by first occurrence; 0..1.

    A translation swaps neighbours (`a country sovereign`, `a sovereign country`), which costs little here; a sentence of
    other matter has the words in quite another order.
    """
    place = {s: i for i, s in reversed(list(enumerate(right.order)))}
    common = [place[s] for s in dict.fromkeys(left.order) if s in place]
    pairs = len(common) * (len(common) - 1) // 2
    if not pairs:
        return float(len(common))
    kept = sum(a < b for i, a in enumerate(common) for b in common[i + 1 :])
    return round(kept / pairs, 6)
