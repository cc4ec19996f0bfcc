"""Names that the word lists know, found by their tokens; and what a single word is known to be."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal

from variorum.text import lexicon, segment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from variorum.tag.mentions.page import Page

Listed = Literal["country", "capital", "adjective", "one", "people", "body", "seat", "given", ""]
_ARTICLE = "the "


@functools.cache
def labels() -> Mapping[str, Listed]:
    """Every name of the lists to what it is; where two lists have one, the later line below holds."""
    found: dict[str, Listed] = dict.fromkeys(lexicon.given_names(), "given")
    found |= {name: "people" if many else "adjective" for name, many in lexicon.groups().items()}
    found |= {name: "people" if many else "one" for name, (_, many) in lexicon.peoples().items()}
    found |= dict.fromkeys(lexicon.adjectives(), "adjective")
    found |= {name: "seat" if body.kind == "seat" else "body" for name, body in lexicon.body_names().items()}
    found |= dict.fromkeys(lexicon.capitals(), "capital")
    found |= dict.fromkeys(lexicon.country_names(), "country")
    return found


@functools.cache
def _by_first() -> Mapping[str, tuple[tuple[tuple[str, ...], Listed], ...]]:
    """Names of several tokens by their first token, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Listed]]] = {}
    for name, label in labels().items():
        words = tuple(name[p.start : p.end] for p in segment.tokens(name.removeprefix(_ARTICLE)))
        if len(words) > 1 or name.startswith(_ARTICLE):
            found.setdefault(words[0], []).append((words, label))
    return {first: tuple(sorted(names, key=lambda n: (-len(n[0]), n))) for first, names in found.items()}


def name_at(page: Page, at: int, stop: int) -> tuple[int, Listed]:
    """The longest known name of several tokens that starts at a token.

    Returns:
        One past its last token, and what it is; `at` and "" if there is none.
    """
    for words, label in _by_first().get(page.word[at], ()):
        end = at + len(words)
        if end <= stop and tuple(page.word[at:end]) == words:
            return end, label
    return at, ""


TitleForm = tuple[tuple[str, ...], lexicon.Title, bool]
_IRREGULAR_PLURALS = frozenset({"spokesmen", "spokespeople"})


@functools.cache
def titles_by_first() -> Mapping[str, tuple[TitleForm, ...]]:
    """Titles as (tokens in lower case, title, whether in the plural) by their first token, longest first."""
    found: dict[str, list[TitleForm]] = {}
    for text, title in lexicon.titles().items():
        # In capitals, since the tokenizer knows abbreviations as they are written before a name.
        shown = text.title()
        words = tuple(shown[p.start : p.end].lower() for p in segment.tokens(shown))
        found.setdefault(words[0], []).append((words, title, text in _IRREGULAR_PLURALS))
        if not title.address and not words[-1].endswith("."):
            many = (*words[:-1], words[-1] + "s")
            found.setdefault(many[0], []).append((many, title, True))
    return {first: tuple(sorted(forms, key=lambda f: (-len(f[0]), f[0]))) for first, forms in found.items()}


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
    # A stem has four letters at least: names that begin otherwise need not be compared.
    begins: dict[str, list[str]] = {}
    for name in names:
        begins.setdefault(name[:4], []).append(name)
    for name in names:
        if len(name) < 6 or not _adjective_endings().search(name):
            continue
        for other in begins[name[:4]]:
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
