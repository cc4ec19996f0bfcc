"""The words that mark an attribution: verbs and nouns of saying with what they govern, and small closed classes.

The verbs and nouns lie in `tag/data/verbs.tsv` and `tag/data/cue_nouns.tsv`, written by us after the frames of
English reporting verbs in the grammars; each header says what its columns mean.
"""

from __future__ import annotations

import functools
import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Literal

import msgspec

from variorum.records.spans import Act
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Tense = Literal["base", "s", "past", "participle", "ing"]
_FILES = ("verbs.tsv", "cue_nouns.tsv", "statement_words.txt")
_VOWELS = frozenset("aeiou")


class Verb(msgspec.Struct, frozen=True):
    """A verb of saying.

    Attributes:
        lemma: Its base form.
        particles: Words that must follow it (`out` of point out).
        act: What is done by saying it.
        frames: What it governs: letters as the header of `verbs.tsv` explains.
        prepositions: For the frames `p` and `f`.
    """

    lemma: str
    particles: tuple[str, ...]
    act: Act
    frames: frozenset[str]
    prepositions: frozenset[str]


class Noun(msgspec.Struct, frozen=True):
    """A noun of saying: `frames` holds c (the claim that), i (the threat to), p (thing of a verb of voicing)."""

    lemma: str
    act: Act
    frames: frozenset[str]


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("variorum.tag").joinpath("data", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    text = resources.files("variorum.tag").joinpath("data", "statement_words.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in text.splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


def words(name: str) -> frozenset[str]:
    """A list of `statement_words.txt` by its name."""
    return _lists()[name]


@functools.cache
def digests() -> tuple[tuple[str, str], ...]:
    """(file name, SHA-256) of every list that statements read, those of `variorum.text` among them."""
    folder = resources.files("variorum.tag").joinpath("data")
    own = tuple((n, hashlib.sha256(folder.joinpath(n).read_bytes()).hexdigest()) for n in _FILES)
    return own + lexicon.digests()


def _stem(word: str) -> str:
    """The word as -ed and -ing take it: without mute e; y stays."""
    return word[:-1] if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) else word


def _doubled(word: str, irregular: str) -> str:
    """The stem before -ing, its last consonant doubled where the past form given shows it (admit: admitted)."""
    return word + word[-1] if irregular == f"{word}{word[-1]}ed" else _stem(word)


def _inflected(word: str, irregular: str) -> Iterator[tuple[str, Tense]]:
    """Every form of a verb with its tense; a form that is past and participle comes as both."""
    past, _, participle = irregular.partition("|")
    y = word.endswith("y") and word[-2] not in _VOWELS
    yield word, "base"
    third = (
        word[:-1] + "ies" if y else word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    )
    yield third, "s"
    regular = word[:-1] + "ied" if y else _stem(word) + "ed"
    yield past or regular, "past"
    yield participle or past or regular, "participle"
    yield _doubled(word, past) + "ing", "ing"
    if past == word + word[-1] + "ed" and word.endswith("l"):
        yield from ((word + "ed", "past"), (word + "ed", "participle"), (word + "ing", "ing"))


@functools.cache
def verbs() -> Mapping[str, tuple[tuple[Verb, frozenset[Tense]], ...]]:
    """Lower-case forms of the first word of each verb, to the verbs and tenses it may be; longest verb first."""
    forms: dict[str, dict[Verb, set[Tense]]] = {}
    for lemma, act, frames, irregular, prepositions in _rows("verbs.tsv"):
        word, *particles = lemma.split(" ")
        verb = Verb(
            lemma=lemma,
            particles=tuple(particles),
            act=msgspec.convert(act, Act),
            frames=frozenset(frames) - {"-"},
            prepositions=frozenset(p for p in prepositions.split(",") if p),
        )
        for form, tense in _inflected(word, irregular):
            forms.setdefault(form, {}).setdefault(verb, set()).add(tense)
    return {
        form: tuple(
            (v, frozenset(t))
            for v, t in sorted(found.items(), key=lambda vt: (-len(vt[0].particles), vt[0].lemma))
        )
        for form, found in forms.items()
    }


@functools.cache
def nouns() -> Mapping[str, Noun]:
    """Lower-case singular and plural forms of the nouns of saying."""
    found: dict[str, Noun] = {}
    for lemma, act, frames in _rows("cue_nouns.tsv"):
        noun = Noun(lemma=lemma, act=msgspec.convert(act, Act), frames=frozenset(frames) - {"-"})
        plural = lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in _VOWELS else lemma + "s"
        found |= dict.fromkeys((lemma, plural), noun)
    return found


@functools.cache
def speakers() -> frozenset[str]:
    """Lower-case last words of nouns that can speak: roles, bodies, and words for people who tell things."""
    roles = {title.rsplit(" ", 1)[-1] for title in lexicon.titles()}
    bodies = set(lexicon.organisation_heads())
    return frozenset(roles | {f"{r}s" for r in roles} | bodies | {f"{b}s" for b in bodies} | words("tellers"))


@functools.cache
def word_classes(low: str) -> str:
    """Word classes by the project's list; see `variorum.text.lexicon.word_classes`."""
    return lexicon.word_classes(low)


def is_plain_verb(low: str) -> bool:
    """Whether a word can hardly be anything but a verb (went, became, remains)."""
    classes = word_classes(low)
    return (
        low not in words("noun_too")
        and "v" in classes
        and not set(classes) & set("nar")
        and not low.endswith("ing")
    )


def is_seat(name: str) -> bool:
    """Whether a name is a state's, its capital's or its seat of government's, which speak for those who rule there."""
    bare = name.removeprefix("the ").removeprefix("The ")
    body = lexicon.body_names().get(bare)
    seat = body is not None and body.kind == "seat"
    return seat or bare in lexicon.capitals() or bare in lexicon.country_names()


def is_base(low: str) -> bool:
    """Whether a word may be an infinitive."""
    return low == "be" or lexicon.verb_lemma(low) == low or any("base" in t for _, t in verbs().get(low, ()))


@functools.cache
def is_past(low: str) -> bool:
    """Whether a word is the past form of a verb of saying (said, estimated), and no other form but its participle."""
    found = verbs().get(low, ())
    return bool(found) and all("past" in tenses and "base" not in tenses for _, tenses in found)


BE = words("be")
HAVE = words("have")
DO = words("do")
UNREAL = words("unreal")
MODAL = UNREAL | words("modal")
CLITIC = words("clitic")
AUXILIARY = BE | HAVE | DO | MODAL | (CLITIC - {"'s", "’s"})
NEGATION = words("negation")
PRONOUN = words("pronoun")
OBJECT = words("object")
POSSESSIVE = words("possessive")
DETERMINER = words("determiner")
PREPOSITION = words("preposition")
SUBORDINATOR = words("subordinator")
COORDINATOR = words("coordinator")
WH = words("wh")
TEMPORAL = words("temporal")
UNIT_OF_TIME = words("unit_of_time")
# "may" and "march" are verbs far oftener in lower case.
MONTH = frozenset(m.lower() for m in lexicon.MONTHS) - {"may", "march"}
ADVERB = words("adverb")
NOT_ADVERB = words("not_adverb")
MEDIUM = words("medium")
FALSE = words("false")
JUDGEMENT = FALSE | words("judgement")
