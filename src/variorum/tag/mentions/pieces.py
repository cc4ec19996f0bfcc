"""Names: what the reader marked, told of what kind over the whole page, each at all the places where the page has it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.mentions import known
from variorum.tag.mentions.known import Listed, related
from variorum.tag.mentions.page import POSSESSIVE
from variorum.tag.mentions.signs import shown
from variorum.text import lexicon
from variorum.text.lexicon import word_classes
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from variorum.tag.mentions.page import Marked, Page
    from variorum.tag.mentions.titles import TitleHit

_STATE = frozenset({"country", "capital", "adjective", "body", "seat", "people", "one"})
KINDS = ("person", "organisation", "place", "group", "work", "event")
# Relations of a name's words among each other.
_PARTS = frozenset({"compound", "flat", "amod"})
_EDGES = frozenset("\"“”„«»‘’'()[],.;:!?—–-")
_ARTICLES = frozenset({"the", "a", "an"})
_CALENDAR = frozenset({*lexicon.WEEKDAYS, *lexicon.MONTH_NUMBERS} - {"May", "March"})
_JOINS = frozenset("of for in on to the and".split())
_GLUE = frozenset("@./_")


class Piece(msgspec.Struct):
    """One name at tokens [first, stop).

    Attributes:
        label: What the word lists know of the whole of it, else empty.
        kind: person, organisation, place, group, work, event.
        common: Whether its head is a common noun in lower case (`Kosten police`).
        owner: Index of the piece that it belongs to (the state of a ministry), -1 if none.
        gender: `m` or `f` where the title before it tells.
        head: Its head token where it is a common noun; -1 elsewhere.
    """

    first: int
    stop: int
    label: Listed = ""
    kind: str = ""
    common: bool = False
    owner: int = -1
    gender: str = ""
    head: int = -1


def _proper(page: Page, taken: Sequence[bool]) -> Iterator[Marked]:
    """Proper nouns that head a mention of a kind of ours, though no name is marked there: Redhall in "Redhall spokesman"."""
    covered = {k for name in page.names for k in range(name.first, name.stop)}
    for m in page.mentions:
        free = m.head not in covered and not taken[m.head] and m.kind in KINDS
        if free and page.upos[m.head] == "PROPN" and page.shape[m.head] in "CU":
            covered.add(m.head)
            yield msgspec.structs.replace(m, first=m.head, stop=m.head + 1)


def _parts(page: Page, name: Marked) -> Iterator[Marked]:
    """A name cut where a sentence ends (a byline and the dateline under it are two) and behind a listed name that "and" joins."""
    first = name.first
    for k in range(name.first + 1, name.stop + 1):
        if k == name.stop or not page.same_sentence(first, k):
            yield msgspec.structs.replace(name, first=first, stop=k, head=first)
            first = k
        elif page.low[k] == "and" and k > first and known.labels().get(page.slice(first, k)) in _STATE:
            # "The United Nations and European Union" are two.
            yield msgspec.structs.replace(name, first=first, stop=k, head=first)
            first = k + 1


def _trimmed(page: Page, name: Marked, taken: Sequence[bool]) -> tuple[int, int]:
    """A name without marks, article, possessive and titles at its ends."""
    first, stop = name.first, name.stop
    while first < stop and (
        page.word[first] in _EDGES or page.low[first] in _ARTICLES or (taken[first] and stop - first > 1)
    ):
        first += 1
    while first < stop and (page.word[stop - 1] in _EDGES or page.low[stop - 1] in POSSESSIVE):
        stop -= 1
    named = any(page.shape[k] in "CU" for k in range(first, stop))
    return _grown(page, first, stop, taken) if named else (first, stop)


def _grown(page: Page, first: int, stop: int, taken: Sequence[bool]) -> tuple[int, int]:
    """A name with the capitals beside it that the syntax makes part of it: (Norgast) Foreign Ministry, Brod (Sarn)."""

    def joins(at: int) -> bool:
        inside = page.shape[at] in "CU" and page.upos[at] in {"PROPN", "ADJ"} and not taken[at]
        down = first <= page.governor[at] < stop and page.deprel[at] in _PARTS
        up = any(page.governor[k] == at and page.deprel[k] in _PARTS for k in range(first, stop))
        return inside and (down or up) and page.same_sentence(at, first)

    while first > 0 and joins(first - 1):
        first -= 1
    while stop < len(page) and joins(stop):
        stop += 1
    return first, stop


def _whole(page: Page, spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Names that are names: with a capital, no dates, no parts of addresses; one that breaks off goes on with the next.

    "Force for" and "Velmark" behind it are one, as are "Cooperation in" and "Europe".
    """
    found: list[tuple[int, int, str]] = []
    for first, stop, kind in spans:
        if first >= stop or not _is_name(page, first, stop):
            continue
        if (
            found
            and found[-1][1] == first
            and page.low[first - 1] in _JOINS
            and page.same_sentence(first - 1, first)
        ):
            found[-1] = (found[-1][0], stop, found[-1][2])
        else:
            found.append((first, stop, kind))
    return [(first, _ends(page, first, stop), kind) for first, stop, kind in found]


def _ends(page: Page, first: int, stop: int) -> int:
    """Where a name ends without the function words that it broke off at."""
    while stop - 1 > first and page.low[stop - 1] in _JOINS:
        stop -= 1
    return stop


def _is_name(page: Page, first: int, stop: int) -> bool:
    capital = any(page.shape[k] in "CUI" for k in range(first, stop))
    if stop - first > 1:
        return capital
    start, end = page.start[first], page.end[first]
    before, after = page.text[max(0, start - 2) : start], page.text[end : end + 2]
    # Within pic.net.example/Kq8 or a@net.example.
    address = (before[-1:] in _GLUE and before[:1].isalnum()) or (after[:1] in _GLUE and after[1:].isalnum())
    adjective = page.upos[first] == "ADJ" and known.labels().get(page.word[first], "") not in {
        "",
        "country",
        "people",
        "body",
    }
    return (
        capital
        and page.upos[first] != "NUM"
        and page.word[first] not in _CALENDAR
        and not address
        and not adjective
    )


def _kinds(page: Page, spans: Sequence[tuple[int, int, str]], titles: Sequence[TitleHit]) -> dict[str, str]:
    """One kind for each name of a page (Gale, Church and Yarowsky 1992: one sense a discourse); a surname is its bearer's."""
    votes = shown(page, spans, titles)
    for first, stop, kind in spans:
        votes[fold(page.slice(first, stop))][kind] += 1
    kinds = {
        name: max(KINDS, key=lambda kind, told=told: (told[kind], -KINDS.index(kind)))  # type: ignore[misc]
        for name, told in votes.items()
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


def _demonyms(page: Page, spans: Sequence[tuple[int, int, str]]) -> set[str]:
    """Single words that are marked as names and are adjectives: of the lists, or of a state of the page (Marovian of Marovia)."""
    alone = {page.word[first] for first, stop, _ in spans if stop - first == 1}
    listed = {w for w in alone if known.labels().get(w, "") in {"adjective", "one"}}
    return listed | {w for w in related(alone | owners(page, spans))[0] if not w.endswith("s")}


def owners(page: Page, spans: Sequence[tuple[int, int, str]]) -> set[str]:
    """Last words of names behind "of": Tessara of Republic of Tessara."""
    return {
        page.word[stop - 1] for first, stop, _ in spans if stop - first > 2 and page.low[stop - 2] == "of"
    }


def _adjectives(page: Page, pieces: Sequence[Piece]) -> list[Piece]:
    """Words that own a body or a title without being a name of anything: Marovian, from the lists or from the page's own states."""
    covered = {k for p in pieces for k in range(p.first, p.stop)}
    loose = {
        page.word[k]
        for k in range(len(page))
        if k not in covered and page.shape[k] == "C" and page.upos[k] in {"ADJ", "PROPN", "NOUN"}
    }
    names = {page.word[p.first] for p in pieces if p.stop - p.first == 1} | loose
    names |= owners(page, [(p.first, p.stop, p.kind) for p in pieces])
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
    named = [*page.names, *_proper(page, taken)]
    within = (part for name in named if name.kind in KINDS for part in _parts(page, name))
    marked = _whole(page, [(*_trimmed(page, part, taken), part.kind) for part in within])
    kinds = _kinds(page, marked, titles)
    spans = _apart((a, b, kinds[fold(page.slice(a, b))]) for a, b, _ in marked)
    spans = sorted(spans + _again(page, spans, taken))
    told = _demonyms(page, spans)
    found = []
    for first, stop, kind in spans:
        if stop - first == 1 and page.word[first] in told:
            continue
        label = known.labels().get(page.slice(first, stop), "")
        titled = first in ends and page.same_sentence(first - 1, first)
        found.append(Piece(first, stop, label, kind, gender=ends[first] if titled else ""))
    return sorted(found + _adjectives(page, found), key=lambda p: p.first)


def affiliates(label: Listed) -> bool:
    """Whether a name of that sort can own a body or a title."""
    return label in _STATE
