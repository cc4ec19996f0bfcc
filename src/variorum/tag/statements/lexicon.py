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
_FILES = ("verbs.tsv", "cue_nouns.tsv")
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
    return frozenset(roles | {f"{r}s" for r in roles} | bodies | {f"{b}s" for b in bodies} | _TELLERS)


@functools.cache
def word_classes(low: str) -> str:
    """Word classes by the project's list; see `variorum.text.lexicon.word_classes`."""
    return lexicon.word_classes(low)


def is_plain_verb(low: str) -> bool:
    """Whether a word can hardly be anything but a verb (went, became, remains)."""
    classes = word_classes(low)
    return "v" in classes and not set(classes) & set("nar") and not low.endswith("ing")


@functools.cache
def is_past(low: str) -> bool:
    """Whether a word is the past form of a verb of saying (said, estimated), and no other form but its participle."""
    found = verbs().get(low, ())
    return bool(found) and all("past" in tenses and "base" not in tenses for _, tenses in found)


BE = frozenset(
    ["am", "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't", "ain't"]
)
HAVE = frozenset(["has", "have", "had", "having", "hasn't", "haven't", "hadn't"])
DO = frozenset(["do", "does", "did", "don't", "doesn't", "didn't"])
# Of these a statement does not follow: nobody said it yet. "would" and "can" mostly report a habit or a manner.
UNREAL = frozenset(
    [
        "will",
        "shall",
        "may",
        "might",
        "must",
        "should",
        "could",
        "won't",
        "shan't",
        "mightn't",
        "mustn't",
        "shouldn't",
        "couldn't",
    ]
)
MODAL = UNREAL | frozenset(["would", "can", "cannot", "can't", "wouldn't", "'d", "’d", "'ll", "’ll"])
CLITIC = frozenset(["'s", "’s", "'ve", "’ve", "'re", "’re", "'m", "’m", "'d", "’d", "'ll", "’ll"])
AUXILIARY = BE | HAVE | DO | MODAL | (CLITIC - {"'s", "’s"})
NEGATION = frozenset(["not", "never", "n't", "cannot", "nor"])
PRONOUN = frozenset(["he", "she", "it", "they", "we", "i", "you", "who"])
OBJECT = frozenset(
    ["him", "her", "it", "them", "us", "me", "you", "himself", "herself", "itself", "themselves"]
)
DETERMINER = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "some",
        "any",
        "no",
        "every",
        "each",
        "all",
        "both",
        "another",
        "several",
        "many",
        "other",
        "such",
        "most",
        "few",
        "more",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)
PREPOSITION = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "of",
        "to",
        "into",
        "onto",
        "over",
        "under",
        "about",
        "against",
        "between",
        "among",
        "during",
        "after",
        "before",
        "since",
        "until",
        "through",
        "via",
        "towards",
        "toward",
        "upon",
        "within",
        "without",
        "across",
        "near",
        "amid",
        "despite",
        "following",
        "outside",
        "inside",
        "along",
        "behind",
        "beyond",
        "per",
        "around",
        "beside",
        "besides",
        "because",
        "like",
        "unlike",
        "throughout",
        "amidst",
        "alongside",
    ]
)
SUBORDINATOR = frozenset(
    [
        "that",
        "because",
        "but",
        "while",
        "when",
        "after",
        "before",
        "although",
        "though",
        "if",
        "whether",
        "as",
        "since",
        "until",
        "unless",
        "which",
        "who",
        "whom",
        "whose",
        "what",
        "how",
        "why",
        "where",
        "so",
        "than",
        "whereas",
        "once",
        "lest",
        "whenever",
        "wherever",
        "whoever",
        "yet",
    ]
)
COORDINATOR = frozenset(["and", "or", "but"])
WH = frozenset(["whether", "if", "why", "how", "what", "who", "when", "where", "which", "whom"])
TEMPORAL = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "earlier",
        "later",
        "recently",
        "now",
        "overnight",
    ]
)
UNIT_OF_TIME = frozenset(
    [
        "day",
        "night",
        "week",
        "weekend",
        "month",
        "year",
        "morning",
        "evening",
        "afternoon",
        "time",
        "moment",
        "hour",
        "minute",
    ]
)
MONTH = frozenset(m.lower() for m in lexicon.MONTHS) - {"may", "march"}
ADVERB = frozenset(
    [
        "also",
        "later",
        "earlier",
        "then",
        "again",
        "now",
        "still",
        "just",
        "only",
        "even",
        "both",
        "once",
        "often",
        "always",
        "previously",
        "further",
        "meanwhile",
        "however",
        "therefore",
        "thus",
        "instead",
        "too",
        "already",
        "soon",
        "ever",
        "simply",
        "first",
        "second",
        "moreover",
        "furthermore",
        "nevertheless",
        "nonetheless",
        "likewise",
        "rather",
        "quite",
        "yesterday",
        "today",
        "together",
        "all",
        "themselves",
        "himself",
        "herself",
        "itself",
    ]
)
NOT_ADVERB = frozenset(
    [
        "family",
        "italy",
        "july",
        "ally",
        "reply",
        "supply",
        "assembly",
        "anomaly",
        "monopoly",
        "butterfly",
        "rally",
        "bully",
        "only",
        "fly",
    ]
)
# Nouns in which things are said: "in a statement", "at a briefing". Written by us, widened on statements/gum train.
MEDIUM = frozenset(
    [
        "statement",
        "interview",
        "speech",
        "address",
        "conference",
        "briefing",
        "post",
        "tweet",
        "letter",
        "report",
        "release",
        "video",
        "rally",
        "meeting",
        "hearing",
        "parliament",
        "communique",
        "communiqué",
        "message",
        "note",
        "remarks",
        "comments",
        "article",
        "editorial",
        "column",
        "broadcast",
        "programme",
        "program",
        "podcast",
        "session",
        "debate",
        "summit",
        "call",
        "email",
        "e-mail",
        "book",
        "paper",
        "memo",
        "documentary",
        "announcement",
        "testimony",
        "filing",
        "lawsuit",
        "complaint",
        "ruling",
        "verdict",
        "press",
        "telephone",
        "phone",
        "message",
        "response",
        "reply",
        "answer",
        "turn",
        "twitter",
        "facebook",
        "telegram",
        "television",
        "radio",
        "tv",
        "channel",
        "newspaper",
        "page",
        "account",
        "blog",
        "website",
        "conversation",
        "talks",
        "visit",
        "event",
        "ceremony",
        "forum",
        "reporters",
        "journalists",
    ]
)
# Judgements of a thing by which it is called: "calls the claim false".
FALSE = frozenset(
    [
        "false",
        "untrue",
        "wrong",
        "baseless",
        "unfounded",
        "groundless",
        "fabricated",
        "fake",
        "absurd",
        "ridiculous",
        "nonsense",
        "lies",
        "lie",
        "fiction",
        "misleading",
        "incorrect",
        "inaccurate",
        "unsubstantiated",
        "slander",
        "slanderous",
        "defamatory",
        "libellous",
        "bogus",
        "fabrication",
        "fabrications",
        "hoax",
        "disinformation",
        "misinformation",
        "propaganda",
        "rumours",
        "rumors",
        "speculation",
        "ludicrous",
        "invented",
    ]
)
JUDGEMENT = FALSE | frozenset(
    [
        "illegal",
        "unlawful",
        "unconstitutional",
        "illegitimate",
        "unacceptable",
        "unreasonable",
        "unjustified",
        "unfair",
        "unjust",
        "irresponsible",
        "reckless",
        "dangerous",
        "provocative",
        "disgraceful",
        "shameful",
        "outrageous",
        "barbaric",
        "criminal",
        "inhumane",
        "cruel",
        "brutal",
        "cowardly",
        "important",
        "historic",
        "necessary",
        "vital",
        "crucial",
        "essential",
        "legitimate",
        "legal",
        "lawful",
        "constructive",
        "positive",
        "successful",
        "disappointing",
        "regrettable",
        "tragic",
        "serious",
        "inadmissible",
        "intolerable",
        "inappropriate",
        "premature",
        "hypocritical",
        "cynical",
        "hostile",
        "aggressive",
        "excessive",
        "disproportionate",
        "void",
        "invalid",
        "impossible",
        "inevitable",
        "insufficient",
        "welcome",
        "terrible",
        "horrific",
        "appalling",
        "unprecedented",
    ]
)
# Words for people and things that tell something, beside titles and bodies.
_TELLERS = frozenset(
    [
        "officials",
        "official",
        "authorities",
        "authority",
        "people",
        "residents",
        "locals",
        "villagers",
        "witnesses",
        "witness",
        "experts",
        "expert",
        "analysts",
        "analyst",
        "observers",
        "critics",
        "opponents",
        "supporters",
        "activists",
        "campaigners",
        "protesters",
        "demonstrators",
        "leaders",
        "leader",
        "lawyers",
        "lawyer",
        "relatives",
        "families",
        "family",
        "neighbours",
        "neighbors",
        "doctors",
        "medics",
        "rescuers",
        "survivors",
        "victims",
        "workers",
        "soldiers",
        "troops",
        "rebels",
        "insurgents",
        "militants",
        "separatists",
        "fighters",
        "politicians",
        "lawmakers",
        "legislators",
        "mps",
        "deputies",
        "diplomats",
        "diplomat",
        "envoys",
        "envoy",
        "sources",
        "source",
        "media",
        "outlets",
        "outlet",
        "newspapers",
        "newspaper",
        "agencies",
        "agency",
        "broadcaster",
        "journalists",
        "journalist",
        "reporters",
        "reporter",
        "commentators",
        "commentator",
        "columnist",
        "historians",
        "historian",
        "researchers",
        "researcher",
        "scientists",
        "scientist",
        "scholars",
        "economists",
        "economist",
        "investigators",
        "prosecutors",
        "prosecution",
        "police",
        "government",
        "governments",
        "ministers",
        "ministry",
        "opposition",
        "coalition",
        "parties",
        "party",
        "groups",
        "group",
        "organisations",
        "organizations",
        "organisation",
        "organization",
        "report",
        "study",
        "survey",
        "statement",
        "document",
        "letter",
        "article",
        "committee",
        "commission",
        "council",
        "court",
        "judge",
        "judges",
        "jury",
        "congress",
        "parliament",
        "senate",
        "kremlin",
        "army",
        "navy",
        "military",
        "side",
        "sides",
        "states",
        "countries",
        "country",
        "nation",
        "nations",
        "man",
        "woman",
        "men",
        "women",
        "father",
        "mother",
        "brother",
        "sister",
        "son",
        "daughter",
        "wife",
        "husband",
        "friend",
        "friends",
        "colleague",
        "colleagues",
        "student",
        "students",
        "teacher",
        "teachers",
        "author",
        "authors",
        "writer",
        "editor",
        "company",
        "firm",
        "spokespeople",
        "spokespersons",
        "aides",
        "aide",
        "adviser",
        "advisers",
        "advisor",
        "advisors",
        "allies",
        "ally",
        "rivals",
        "rival",
        "candidates",
        "candidate",
        "voters",
        "farmers",
        "migrants",
        "refugees",
        "citizens",
        "bishops",
        "clerics",
        "priests",
        "monks",
        "mayor",
        "mayors",
        "villager",
        "resident",
        "eyewitnesses",
        "bystanders",
        "passengers",
        "estimates",
        "estimate",
        "figures",
        "data",
        "results",
        "findings",
        "poll",
        "polls",
        "research",
        "studies",
        "reports",
        "surveys",
        "somebody",
        "someone",
        "many",
        "some",
        "others",
        "several",
        "few",
        "one",
        "everyone",
        "nobody",
    ]
)
