"""Where place names stand in a page: mentions of places, and names of the gazetteer that no mention covers."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from variorum.records import Mention
from variorum.text import lexicon
from variorum.text.gazetteer import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from variorum.records import Document, Sentence
    from variorum.text.gazetteer import Gazetteer

# A word of a name: letters, with points, apostrophes and hyphens inside it ("St.", "N'Djamena", "Guinea-Bissau").
_WORD = re.compile(r"[^\W\d_]\w*(?:[’'.\-–][^\W\d_]\w*)*\.?")
_TO_CONTAINER = re.compile(r",? ?\(?(?:,? (?:in|of) (?:the )?(?:[a-z]+ )?)?")
# Names of the gazetteer have up to eight words; news hardly uses more than five.
_MOST_WORDS = 5
_DIRECTIONS = frozenset(
    "northern southern eastern western central north south east west northeastern northwestern southeastern"
    " southwestern north-eastern north-western south-eastern south-western northeast northwest southeast southwest"
    " upper lower inner outer greater mainland coastal downtown rural".split()
)
_NEAR = frozenset("near outside around off beyond towards toward vicinity outskirts surrounding".split())
_LOCATIVE = frozenset(
    "in at from near to into outside around off inside towards toward across throughout within between over via"
    " through for visit visiting visited reach reached leave left enter entered".split()
)
# Below this many inhabitants a town's bare name needs a preposition before it, being a person's or a word's more often;
# swept 0 to 500,000 on the train parts of geowebnews and geovirus: span F1 rises up to 100,000 and is flat from there.
_KNOWN_TOWN = 100_000
_GREAT = frozenset({"country", "continent", "capital", "region", "sea"})
_COVERING = frozenset({"person", "organisation", "work", "event", "group"})


class Name(msgspec.Struct, frozen=True):
    """A place name in the text.

    Attributes:
        start, end: Where the name stands; code points of the document's text.
        text: The name as looked up: without "the", possessive, direction.
        entries: What it may mean; empty if the gazetteer does not have it.
        part: Whether a direction or "near" before it makes it a part or the surroundings of the place.
        after: The name told as its container: "Velm, Ostland", "Velm in Ostland", "Velm (Ostland)".
        before: The name that it is told to contain.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...] = ()
    part: bool = False
    after: str = ""
    before: str = ""


class _Word(msgspec.Struct, frozen=True):
    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class Page(msgspec.Struct):
    """A document's words by sentence, its lower-case words, and what mentions cover."""

    text: str
    sentences: list[list[_Word]]
    lower: frozenset[str]
    mentions: tuple[Mention, ...]


def page_of(doc: Document, sentences: Iterable[Sentence], mentions: Iterable[Mention]) -> Page:
    """The words of a document, sentence by sentence in text order."""
    words = [
        [_Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(doc.text, s.start, s.end)]
        for s in sorted(sentences, key=lambda s: (s.start, s.end))
    ]
    lower = frozenset(w.text for sentence in words for w in sentence if not w.capital)
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.kind)))
    return Page(doc.text, words, lower, ordered)


def names(page: Page, gazetteer: Gazetteer) -> list[Name]:
    """Every place name of a page, in text order, none inside another.

    Args:
        page: The page's words and mentions.
        gazetteer: The user's places before the built-in ones.
    """
    found = [n for m in page.mentions if m.kind == "place" and (n := _mentioned(page, m, gazetteer))]
    taken = [(n.start, n.end) for n in found]
    for words in page.sentences:
        found += _listed(page, words, gazetteer, taken)
    found.sort(key=lambda n: (n.start, -n.end))
    return _with_neighbours(page.text, found)


def _mentioned(page: Page, mention: Mention, gazetteer: Gazetteer) -> Name | None:
    """The name inside a mention of a place; None for a description without a name ("the city")."""
    words = [_Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(page.text, mention.start, mention.end)]
    if longer := _with_head(page, words, gazetteer):
        return longer
    while words and not words[0].capital:
        words = words[1:]
    if words and words[0].text == "The":
        words = words[1:]
    while words and not words[-1].capital and not _is_head(words[-1].text):
        words = words[:-1]
    if not words:
        return None
    for first in range(min(len(words), 3)):
        if first and words[first - 1].text.lower() not in _DIRECTIONS and not _is_head(words[first - 1].text):
            break
        for last in (
            len(words),
            *([len(words) - 1] if len(words) - first > 1 and _is_head(words[-1].text) else []),
        ):
            text = _plain(page.text, words[first:last])
            entries = _lookup(gazetteer, text)
            if entries:
                end = words[last - 1].start + _bare_length(words[last - 1].text)
                part = bool(first and words[first - 1].text.lower() in _DIRECTIONS) or _part_before(
                    page, words[first].start
                )
                return Name(words[first].start, end, text, entries, part)
    if len(words) == 1 and lexicon.word_classes(words[0].text):
        return None
    end = words[-1].start + _bare_length(words[-1].text)
    return Name(words[0].start, end, _plain(page.text, words), (), _part_before(page, words[0].start))


def _with_head(page: Page, words: Sequence[_Word], gazetteer: Gazetteer) -> Name | None:
    """The longer name that a gazetteer has with the common noun behind a mention: "Sarn dam" where "Sarn" is a lake."""
    after = _WORD.match(page.text, words[-1].end + 1) if words else None
    if after is None or after[0][0].isupper() or not _is_head(after[0].rstrip(".")):
        return None
    head = _Word(after.start(), after.end(), after[0])
    names = [w for w in words if w.capital]
    entries = _lookup(gazetteer, _plain(page.text, [*names, head])) if names else ()
    if not entries or not _joined(page.text, words[-1], head):
        return None
    end = head.start + _bare_length(head.text)
    return Name(
        names[0].start, end, page.text[names[0].start : end], entries, _part_before(page, names[0].start)
    )


def _listed(
    page: Page, words: Sequence[_Word], gazetteer: Gazetteer, taken: Sequence[tuple[int, int]]
) -> Iterator[Name]:
    """Names of the gazetteer in one sentence, the longest first, that no mention speaks against."""
    place = 0
    while place < len(words):
        name, used = _longest(page, words, place, gazetteer) if words[place].capital else (None, 1)
        free = name and not any(start < name.end and name.start < end for start, end in taken)
        if name and free and _plausible(page, words, place, used, name):
            yield name
            place += used
        else:
            place += 1


def _longest(page: Page, words: Sequence[_Word], place: int, gazetteer: Gazetteer) -> tuple[Name | None, int]:
    stop = place + 1
    while (
        stop < len(words) and stop - place < _MOST_WORDS and _joined(page.text, words[stop - 1], words[stop])
    ):
        stop += 1
    for end in range(stop, place, -1):
        last = words[end - 1]
        if not (last.capital or _is_head(last.text)):
            continue
        text = _plain(page.text, words[place:end])
        entries = _lookup(gazetteer, text)
        if entries:
            until = last.start + _bare_length(last.text)
            return Name(
                words[place].start, until, text, entries, _part_before(page, words[place].start)
            ), end - place
    return None, 1


def _joined(text: str, left: _Word, right: _Word) -> bool:
    return text[left.end : right.start].isspace() and "\n" not in text[left.end : right.start]


def _plain(text: str, words: Sequence[_Word]) -> str:
    """The words as a gazetteer writes them: one blank between, no possessive, plain apostrophes."""
    last = words[-1]
    joined = text[words[0].start : last.start + _bare_length(last.text)]
    return " ".join(joined.replace("’", "'").split())


def _bare_length(word: str) -> int:
    """Length of a word without the possessive or the full stop of its sentence."""
    for end in ("'s", "’s", "'S", "’S"):
        if word.endswith(end) and len(word) > 3:
            return len(word) - 2
    return len(word) - 1 if word.endswith(".") and "." not in word[:-1] else len(word)


def _lookup(gazetteer: Gazetteer, text: str) -> tuple[Entry, ...]:
    """Entries of a name, also where it is set in capitals or hyphens differ."""
    found = gazetteer.lookup(text) or (gazetteer.lookup(text[:-1]) if text.endswith(".") else ())
    if not found and text.isupper() and len(text) > 3:
        found = gazetteer.lookup(text.title())
    return found or (gazetteer.lookup(text.replace("–", "-")) if "–" in text else ())


def _is_head(word: str) -> bool:
    after, before = lexicon.place_heads()
    return word.lower() in after or word.lower() in before


def _part_before(page: Page, start: int) -> bool:
    """Whether the words right before say that a part or the surroundings are meant."""
    before = page.text[max(0, start - 40) : start].replace("\n", ". ").split()
    if before and before[-1].lower() == "the":
        before = before[:-1]
    if not before:
        return False
    word = before[-1].lower()
    if word == "of" and len(before) > 1:
        return before[-2].lower() in _DIRECTIONS | _NEAR
    return word in _DIRECTIONS | _NEAR


def _plausible(page: Page, words: Sequence[_Word], place: int, used: int, name: Name) -> bool:
    """Whether a name that no mention of a place covers is a place all the same."""
    if any(e.own for e in name.entries):
        # A name of several words that the user gives is the place, also where it reads like a person's (`Amber Hall spokesman
        # Karel Mohr`), unless more of a name stands beside it (`Ms Amber Hall`).
        whole = used > 1 and not _runs_on(page.text, words, place, used)
        return whole or not _covered(page, name, frozenset({"person"}))
    if _covered(page, name, _COVERING) or _runs_on(page.text, words, place, used):
        return False
    first = words[place]
    alone = used == 1
    low = first.text.lower()
    if alone and (first.text in _NEVER or low in page.lower):
        return False
    doubtful = bool(lexicon.word_classes(low)) or first.text in lexicon.given_names()
    if alone and doubtful and not _after_locative(words, place):
        return False
    if any(e.kind in _GREAT or e.population >= _KNOWN_TOWN for e in name.entries):
        return True
    return _after_locative(words, place) or page.text.startswith(", ", name.end)


_NEVER = frozenset((*lexicon.MONTHS, *lexicon.WEEKDAYS, "I", "Mr", "Mrs", "Ms", "Dr", "The", "A", "An"))


def _covered(page: Page, name: Name, kinds: frozenset[str]) -> bool:
    """Whether the name lies in a mention of another kind; "the ministry of Ostland" leaves Ostland free."""
    place = bisect_right(page.mentions, (name.start, 0), key=lambda m: (m.start, 0))
    for mention in reversed(page.mentions[:place]):
        if mention.end > name.start and mention.kind in kinds:
            if _named_alike(page, mention, name):
                continue
            inner = mention.kind == "organisation" and mention.start < name.start
            if not (inner and page.text[: name.start].rstrip().endswith((" of", " for", " in", " the"))):
                return True
        if mention.start < name.start - 200:
            break
    return False


def _named_alike(page: Page, mention: Mention, name: Name) -> bool:
    """Whether a mention is just the name of a state, a large town or a place of the user's, which acts like a body or a person.

    A person's surname stays one where the page has the full name.
    """
    known = any(e.own or e.kind in _GREAT or e.population >= _KNOWN_TOWN for e in name.entries)
    if not known or (mention.start, mention.end) != (name.start, name.end):
        return False
    longer = (m for m in page.mentions if m.kind == "person" and m.head.end - m.head.start > len(name.text))
    return mention.kind != "person" or not any(
        name.text in page.text[m.head.start : m.head.end].split() for m in longer
    )


def _runs_on(text: str, words: Sequence[_Word], place: int, used: int) -> bool:
    """Whether the name is part of a longer run of capitals, such as a person's or a body's name."""
    stop = place + used
    after = stop < len(words) and words[stop].capital and _joined(text, words[stop - 1], words[stop])
    before = place > 1 and words[place - 1].capital and _joined(text, words[place - 1], words[place])
    return after or before


def _after_locative(words: Sequence[_Word], place: int) -> bool:
    before = [w.text.lower() for w in words[max(0, place - 2) : place]]
    if before and before[-1] == "the":
        before.pop()
    return bool(before) and (before[-1] in _LOCATIVE or before[-1] in _DIRECTIONS)


def _with_neighbours(text: str, found: Sequence[Name]) -> list[Name]:
    """Write into each name the one that is told to contain it, and the one that it is told to contain."""
    made = list(found)
    for place in range(len(made) - 1):
        inner, outer = made[place], made[place + 1]
        between = text[inner.end : outer.start]
        if between.strip() and _TO_CONTAINER.fullmatch(between):
            made[place] = msgspec.structs.replace(inner, after=outer.text)
            made[place + 1] = msgspec.structs.replace(outer, before=inner.text)
    return made
