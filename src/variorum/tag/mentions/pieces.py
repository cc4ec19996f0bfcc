"""Names: what the reader marked, told of what kind over the whole page, each at all the places where the page has it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.mentions import known
from variorum.tag.mentions.known import Label, related
from variorum.text import lexicon
from variorum.text.lexicon import word_classes
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from variorum.tag.mentions.page import Marked, Page
    from variorum.tag.mentions.titles import TitleHit

_STATE = frozenset({"country", "capital", "adjective", "body", "seat", "people", "one", "group"})
KINDS = ("person", "organisation", "place", "group", "work", "event")
# What the lists say of a whole name counts as much as so many sightings by the reader: enough to break a tie, not to outvote the page.
_LISTED = 1.5
# What an adjective on the page says of its state: as much as two sightings.
_SHOWN = 2
# Words of a body's name that its owner may stand before: Velmark's Special Border Police.
_NAME = 4
_LISTED_KIND: Mapping[str, str] = {
    "country": "place", "capital": "place", "body": "organisation", "seat": "organisation", "people": "group", "one": "group",
    "given": "person",
}  # fmt: skip
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_EDGES = frozenset("\"“”„«»‘’'()[],.;:!?—–-")
_ARTICLES = frozenset({"the", "a", "an"})


class Piece(msgspec.Struct):
    """One name at tokens [first, stop).

    Attributes:
        label: What the word lists know of the whole of it, else empty.
        kind: person, organisation, place, group, work, event.
        titled: Whether a title stands right before it.
        common: Whether its head is a common noun in lower case (`Kosten police`).
        owner: Index of the piece that it belongs to (the state of a ministry), -1 if none.
        gender: `m` or `f` where the title before it tells.
        head: Its head token where it is a common noun; -1 elsewhere.
    """

    first: int
    stop: int
    label: Label = ""
    kind: str = ""
    titled: bool = False
    common: bool = False
    owner: int = -1
    gender: str = ""
    head: int = -1


def _trimmed(page: Page, name: Marked, taken: Sequence[bool]) -> tuple[int, int]:
    """A name without marks, article, possessive and titles at its ends."""
    first, stop = name.first, name.stop
    while first < stop and (
        page.word[first] in _EDGES or page.low[first] in _ARTICLES or (taken[first] and stop - first > 1)
    ):
        first += 1
    while first < stop and (page.word[stop - 1] in _EDGES or page.low[stop - 1] in _POSSESSIVE):
        stop -= 1
    return first, stop


def _votes(page: Page, spans: Sequence[tuple[int, int, str]]) -> dict[str, dict[str, float]]:
    """How often each name, case aside, was marked as what; with what the lists know of it."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for first, stop, kind in spans:
        name = page.slice(first, stop)
        if not votes[fold(name)]:
            listed = _LISTED_KIND.get(known.labels().get(name, ""), "")
            if listed:
                votes[fold(name)][listed] += _LISTED
        votes[fold(name)][kind] += 1
    for name, often in _states(page, spans).items():
        votes[name]["place"] += often
    return votes


def _states(page: Page, spans: Sequence[tuple[int, int, str]]) -> Counter[str]:
    """How often a single word is shown to be a state or its seat: it owns a body or a title, or the page has its adjective.

    "Velmark's army" and "Velmark police" are read as parts of bodies' names now and again, and the state with them.
    """
    alone = [
        (first, page.word[first])
        for first, stop, _ in spans
        if stop - first == 1 and page.shape[first] == "C"
    ]
    found = Counter(fold(word) for first, word in alone if _owns(page, first))
    loose = {w for w, s, p in zip(page.word, page.shape, page.upos, strict=True) if s == "C" and p == "ADJ"}
    told = related({word for _, word in alone} | loose)[1]
    return found + Counter({fold(word): _SHOWN for word in told})


def _owns(page: Page, at: int) -> bool:
    """Whether a noun of a body or a title follows a word, at once or behind 's."""
    possessive = page.next_low(at + 1) in _POSSESSIVE
    after = at + 2 if possessive else at + 1
    heads = lexicon.acting_heads()[0]
    for k in range(after, min(after + _NAME, len(page))):
        if not page.same_sentence(at, k):
            return False
        if page.low[k] in heads or (possessive and page.low[k] in lexicon.titles()):
            return True
        if not (possessive and page.shape[k] == "C"):
            return False
    return False


def _kinds(page: Page, spans: Sequence[tuple[int, int, str]]) -> dict[str, str]:
    """One kind for each name of a page (Gale, Church and Yarowsky 1992: one sense a discourse); a surname is its bearer's."""
    kinds = {
        name: max(KINDS, key=lambda kind, told=told: (told[kind], -KINDS.index(kind)))  # type: ignore[misc]
        for name, told in _votes(page, spans).items()
    }
    surnames = {
        fold(page.word[stop - 1])
        for first, stop, _ in spans
        if stop - first > 1 and kinds[fold(page.slice(first, stop))] == "person"
    }
    for name, kind in kinds.items():
        if name in surnames and kind != "place":
            kinds[name] = "person"
    return kinds


def _apart(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest of spans that overlap."""
    kept: list[tuple[int, int, str]] = []
    covered: set[int] = set()
    for first, stop, kind in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0], KINDS.index(s[2]))):
        if not covered.intersection(range(first, stop)):
            covered.update(range(first, stop))
            kept.append((first, stop, kind))
    return sorted(kept)


def _telling(page: Page, name: tuple[str, ...]) -> bool:
    """Whether words are a name wherever they stand with capitals: no lone ordinary word, no lone letter."""
    if len(name) > 1:
        return True
    word = name[0]
    ordinary = word.lower() in page.lower_seen or (
        bool(word_classes(word.lower())) and not known.labels().get(word)
    )
    return len(word) > 1 and word[0].isupper() and not ordinary


def _again(
    page: Page, spans: Sequence[tuple[int, int, str]], taken: Sequence[bool]
) -> list[tuple[int, int, str]]:
    """Places of marked names that the reader passed over; in headlines of capitals, whatever their case."""
    covered = {k for first, stop, _ in spans for k in range(first, stop)}
    named: dict[tuple[str, ...], str] = {}
    for first, stop, kind in spans:
        words = tuple(page.word[first:stop])
        if _telling(page, words):
            named.setdefault(words, kind)
            named.setdefault(tuple(w.upper() for w in words), kind)
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(named, key=len, reverse=True):
        by_first[words[0]].append(words)
    found = []
    at = 0
    while at < len(page):
        step = 1
        for words in by_first.get(page.word[at], ()):
            stop = at + len(words)
            free = not any(k in covered or taken[k] for k in range(at, stop)) if stop <= len(page) else False
            if free and tuple(page.word[at:stop]) == words and page.sentence[at] == page.sentence[stop - 1]:
                found.append((at, stop, named[words]))
                step = len(words)
                break
        at += step
    return found


def _adjectives(page: Page, pieces: Sequence[Piece]) -> list[Piece]:
    """Words that own a body or a title without being a name of anything: Marovian, from the lists or from the page's own states."""
    covered = {k for p in pieces for k in range(p.first, p.stop)}
    loose = {
        page.word[k]
        for k in range(len(page))
        if k not in covered and page.shape[k] == "C" and page.upos[k] in {"ADJ", "PROPN", "NOUN"}
    }
    names = {page.word[p.first] for p in pieces if p.stop - p.first == 1} | loose
    told = related(names)[0]
    found = []
    for k, word in enumerate(page.word):
        if k in covered or page.shape[k] not in "CU":
            continue
        label = known.labels().get(word, "")
        if label in {"adjective", "one", "people"} or (word in told and word in loose):
            found.append(Piece(k, k + 1, "adjective" if label != "people" else label, "group"))
    return found


def pieces(page: Page, titles: Sequence[TitleHit]) -> list[Piece]:
    """All names of a page, and adjectives of states, in text order; they do not overlap."""
    taken = [False] * len(page)
    ends: dict[int, str] = {}
    for hit in titles:
        taken[hit.first : hit.stop] = [True] * (hit.stop - hit.first)
        ends[hit.stop] = hit.title.gender
    trimmed = [(*_trimmed(page, n, taken), n.kind) for n in page.names if n.kind in KINDS]
    marked = [(a, b, kind) for a, b, kind in trimmed if a < b]
    kinds = _kinds(page, marked)
    spans = _apart((a, b, kinds[fold(page.slice(a, b))]) for a, b, _ in marked)
    spans = sorted(spans + _again(page, spans, taken))
    found = []
    for first, stop, kind in spans:
        label = known.labels().get(page.slice(first, stop), "")
        titled = first in ends and page.same_sentence(first - 1, first)
        found.append(Piece(first, stop, label, kind, titled=titled, gender=ends[first] if titled else ""))
    return sorted(found + _adjectives(page, found), key=lambda p: p.first)


def affiliates(label: Label) -> bool:
    """Whether a name of that sort can own a body or a title."""
    return label in _STATE
