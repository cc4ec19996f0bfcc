"""What speaks for a name's kind: its form, its words, and the words beside it, each as a named sign."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from variorum.tag.mentions.names import PARTICLES
from variorum.text import gazetteer, lexicon
from variorum.text.lexicon import word_classes
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from variorum.tag.mentions.page import Page
    from variorum.tag.mentions.pieces import Piece

_EVENT = lexicon.name_words("event")
_WORK = lexicon.name_words("work")
_SURNAME = re.compile(
    r"(?:ic|vich|ov|ova|ev|eva|sky|ski|ska|enko|chuk|yan|dze|shvili|son|sen|oglu|escu|opoulos|akis|idis|ez|stein|berg|mann|man|elli|"
    r"etti|ini|ard|aj|uk|ak|ec|wala|zadeh|pour|nen|ulis|llo)$"
)
_PLACE_ENDING = re.compile(
    r"(?:burg|burgh|ville|shire|stan|grad|abad|pur|ovo|holm|stadt|dorf|ington|ford|mouth|polis|land|ia|bourg|wick|ham|ton|sk)$"
)
_IN = frozenset(
    {
        "in",
        "near",
        "outside",
        "around",
        "across",
        "throughout",
        "within",
        "into",
        "towards",
        "toward",
        "inside",
    }
)
_FROM = frozenset({"from", "to", "at", "between", "via", "through", "over"})
_COMPASS = lexicon.name_words("compass")
_SPEAK = lexicon.name_words("saying")
# Signs that say more of a single word, which may be a state's or a place's name, than of a longer name.
_OF_STATES = frozenset(
    {
        "title follows",
        "body follows",
        "owns title",
        "owns body",
        "from from",
        "from to",
        "from at",
        "from between",
    }
)
# Before the names of ships: merchant and motor vessels, and the prefixes of navies.
_SHIP = frozenset(
    "MV MS MT MY SS RMS RV FV HMS HMCS HMAS HMNZS HNLMS HDMS HNoMS HSwMS USS USNS USCGC INS PNS BNS SLNS JS ROKS KRI KD RSS TCG ORP BAP ARA FS FGS ITS ESPS NRP BRP".split()
)
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})


@functools.cache
def _place_nouns() -> frozenset[str]:
    after = lexicon.place_heads()[0]
    return after | {w + "s" for w in after} | {w[:-1] + "ies" for w in after if w.endswith("y")}


@functools.lru_cache(maxsize=16_384)
def _listed(name: str) -> str:
    """What the built-in gazetteer has under a name: the largest sort of place, cities by inhabitants."""
    found = gazetteer.load().lookup(name)
    if not found:
        return ""
    kinds = {e.kind for e in found}
    for kind in ("country", "capital", "division", "region"):
        if kind in kinds:
            return kind
    people = max(e.population for e in found)
    if people:
        return "city of millions" if people >= 1_000_000 else "large city" if people >= 100_000 else "town"
    return "nature"


def _title_nouns() -> Collection[str]:
    return lexicon.titles()


def by_form(page: Page, piece: Piece) -> Iterator[str]:
    """Signs in the name itself."""
    words, low = page.word[piece.first : piece.stop], page.low[piece.first : piece.stop]
    many = "many" if len(words) > 1 else "one"
    last = fold(low[-1])
    if piece.label:
        yield f"known {piece.label}"
    else:
        listed = _listed(page.slice(piece.first, piece.stop))
        if listed:
            yield f"listed {listed} {many}"
    yield f"words {min(len(words), 5)}"
    if len(words) > 1 and words[0] in _SHIP:
        yield "ship"
    if words[0] in lexicon.given_names():
        yield f"given {many}"
    if any(page.shape[k] == "I" for k in range(piece.first, piece.stop)):
        yield "initial"
    if len(last) > 4 and not word_classes(last) and _SURNAME.search(last):
        yield f"surname {many}"
    if len(last) > 5 and _PLACE_ENDING.search(last):
        yield f"place ending {many}"
    if all(page.shape[k] != "l" and words[k - piece.first].isupper() for k in range(piece.first, piece.stop)):
        yield f"capitals {many} {'short' if len(words[0]) <= 5 else 'long'}"
    if any(w in PARTICLES for w in words[1:]):
        yield "particle"
    if "-" in words:
        yield "hyphen"
    if "&" in words:
        yield "and sign"
    if any(c.isdigit() for c in words[-1]):
        yield "digit"
    yield from _by_heads(low, many)
    yield from _by_words(low, many)


def _by_heads(low: list[str], many: str) -> Iterator[str]:
    heads, (after, before) = lexicon.organisation_heads(), lexicon.place_heads()
    joint = next((k for k in range(1, len(low)) if low[k] in {"of", "for"}), 0)
    for where, head in (("last", low[-1]), ("of", low[joint - 1] if joint else "")):
        if head in heads:
            yield f"{where} {'strong' if heads[head] else 'weak'} {many}"
        if head in after:
            yield f"{where} place {many}"
        if head in _EVENT:
            yield f"{where} event {many}"
        if head in _WORK:
            yield f"{where} work {many}"
    if many == "many" and low[0] in before:
        yield "first place"
    if many == "many" and low[0] in _COMPASS:
        yield "compass inside"
    if many == "many" and low[0] in heads and not joint:
        yield "first body"


def _by_words(low: list[str], many: str) -> Iterator[str]:
    ordinary = [bool(word_classes(w)) for w in low if w.isalpha()]
    if not ordinary:
        return
    if all(ordinary):
        yield f"all ordinary {many}"
    elif any(ordinary):
        yield "last ordinary" if ordinary[-1] else "some ordinary"
    else:
        yield f"none ordinary {min(len(ordinary), 3)}"


def by_context(page: Page, piece: Piece) -> Iterator[str]:
    """Signs in the words beside a name."""
    if piece.titled:
        yield "titled"
    if page.opens[piece.first]:
        yield "opens one" if piece.stop - piece.first == 1 else "opens many"
    if page.headline[page.sentence[piece.first]]:
        yield "headline"
    if _is_dateline(page, piece):
        yield "dateline"
    if page.quoted[piece.first]:
        yield "quoted"
    beside = [*_before(page, piece), *_after(page, piece)]
    yield from beside
    if piece.stop - piece.first == 1:
        yield from (f"{sign} one" for sign in beside if sign in _OF_STATES)


def _is_dateline(page: Page, piece: Piece) -> bool:
    """KOSTEN, Marovia (Agency) - or KOSTEN - at the start of a block."""
    first, stop = page.bounds[page.sentence[piece.first]]
    starts_block = (
        page.sentence[piece.first] == 0
        or page.block[page.sentence[piece.first] - 1] != page.block[page.sentence[piece.first]]
    )
    return (
        starts_block
        and piece.first == first
        and any(w in {"—", "–", "--", "-"} for w in page.word[piece.stop : min(piece.stop + 6, stop)])
        and page.word[piece.first].isupper()
    )


def _before(page: Page, piece: Piece) -> Iterator[str]:
    at = piece.first - 1
    if not page.same_sentence(at, piece.first):
        return
    word = page.low[at]
    if word in _IN:
        yield "in"
    elif word in _FROM:
        yield f"from {word}"
    elif word in _COMPASS:
        yield "compass"
    elif word in {
        "the",
        "of",
        "by",
        "and",
        ",",
        "(",
        "'s",
        "’s",
        "with",
        "for",
        "a",
        "that",
        "against",
        "on",
        "as",
        "-",
        "/",
    }:
        yield f"before {word.replace('’', chr(39))}"
        yield from _further(page, at, word)
    elif word in _QUOTES:
        yield "before mark"
    elif lexicon.verb_lemma(word):
        yield "before saying" if lexicon.verb_lemma(word) in _SPEAK else "before verb"
    elif page.shape[at] == "l" and "n" in word_classes(word):
        yield "before noun"


def _further(page: Page, at: int, word: str) -> Iterator[str]:
    two = page.next_low(at - 1)
    if word == "of" and two in lexicon.place_heads()[1]:
        yield "town of"
    elif word == "of" and two in _title_nouns():
        yield "head of"
    elif word == "of" and two in lexicon.acting_heads()[0]:
        yield "body of"
    elif word == "the" and two in _IN:
        yield "in the"
    elif word == "the" and two == "of":
        yield "of the"


def _after(page: Page, piece: Piece) -> Iterator[str]:
    at = piece.stop
    if not page.same_sentence(at - 1, at):
        yield "ends"
        return
    word, next_one = page.low[at], page.next_low(at + 1)
    if lexicon.verb_lemma(word) in _SPEAK:
        yield "says"
    elif word in {"who", "whose", "'s", "’s", "and", "-", "(", ")", ",", ".", "of", "in", "/", ":"}:
        yield f"after {word.replace('’', chr(39))}"
        yield from _beyond(page, at, word, next_one)
    elif word in _QUOTES:
        yield "after mark"
    elif page.shape[at] == "l" and word in _place_nouns():
        yield "place follows"
    elif word in _title_nouns():
        yield "title follows"
    elif page.shape[at] == "l" and word in lexicon.acting_heads()[0]:
        yield "body follows"
    elif lexicon.verb_lemma(word) and "n" not in word_classes(word):
        yield "verb follows"
    elif page.shape[at] == "l" and "n" in word_classes(word):
        yield "noun follows"
    elif page.shape[at] == "0":
        yield "number follows"


def _beyond(page: Page, at: int, word: str, next_one: str) -> Iterator[str]:
    if word == "and" and page.next_low(at + 2) in _place_nouns() and page.shape[at + 2] == "l":
        yield "place follows both"
    if word == "," and len(next_one) == 2 and next_one.isdigit() and page.next_low(at + 2) == ",":
        yield "age"
    elif word == "(" and page.next_low(at + 2) == ")" and page.shape[at + 1] == "U":
        yield "acronym follows"
    elif word == "," and page.same_sentence(at, at + 1) and page.word[at + 1] in lexicon.country_names():
        yield "state follows"
    elif word == "(" and next_one.isdigit() and len(next_one) == 4:
        yield "year follows"
    elif word in {"'s", "’s"} and next_one in _title_nouns():
        yield "owns title"
    elif word in {"'s", "’s"} and next_one in lexicon.acting_heads()[0]:
        yield "owns body"
    elif word == ")" and page.next_low(at - 2) == "(" and page.shape[at - 1] == "U":
        yield "acronym in brackets"
    elif word == "-" and next_one in {
        "led",
        "based",
        "backed",
        "controlled",
        "held",
        "born",
        "populated",
        "majority",
    }:
        yield f"-{next_one}"
    elif word == "," and (next_one in _title_nouns() or page.next_low(at + 2) in _title_nouns()):
        yield "role follows"


@functools.cache
def _adjective_endings() -> re.Pattern[str]:
    return re.compile(r"(?:ians?|ans?|ese|ish|is?|ers?|ics?|ars?|ites?|enes?)$")


def related(names: Collection[str]) -> tuple[set[str], set[str]]:
    """States that no list knows, and their adjectives and peoples, found as pairs of one stem on the page.

    Args:
        names: The single-word names of a page, as written.

    Returns:
        (adjectives and peoples, states): Marovian and Marovians for Marovia.
    """
    adjectives, states = set(), set()
    for name in names:
        if len(name) < 6 or not _adjective_endings().search(name):
            continue
        for other in names:
            if other != name and len(other) >= 5 and _stem(other, name):
                adjectives.add(name)
                if not _adjective_of_same(other, name):
                    states.add(other)
    return adjectives, states - adjectives


def _stem(state: str, adjective: str) -> bool:
    """Marovia, Marovian; Velmark, Velmarkian; Ostland, Ostlander: the adjective keeps all but two letters."""
    shared = next(
        (k for k, (a, b) in enumerate(zip(state, adjective, strict=False)) if a != b),
        min(len(state), len(adjective)),
    )
    return shared >= max(4, len(state) - 2) and len(adjective) > shared


def _adjective_of_same(left: str, right: str) -> bool:
    """Marovian and Marovians: number is all that parts them."""
    return left.rstrip("s") == right.rstrip("s")
