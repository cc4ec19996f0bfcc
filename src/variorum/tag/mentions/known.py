"""Names that the word lists know, found by their tokens; and what a single word is known to be."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal

from variorum.text import lexicon, segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from variorum.tag.mentions.page import Page

Label = Literal["country", "capital", "adjective", "one", "people", "body", "seat", "given", "group", ""]
_ARTICLE = "the "


@functools.cache
def labels() -> Mapping[str, Label]:
    """Every name of the lists to what it is; where two lists have one, the later line below holds."""
    found: dict[str, Label] = dict.fromkeys(lexicon.given_names(), "given")
    found |= {name: "people" if many else "adjective" for name, many in lexicon.groups().items()}
    found |= {name: "people" if many else "one" for name, (_, many) in lexicon.peoples().items()}
    found |= dict.fromkeys(lexicon.adjectives(), "adjective")
    found |= {name: "seat" if body.kind == "seat" else "body" for name, body in lexicon.body_names().items()}
    found |= dict.fromkeys(lexicon.capitals(), "capital")
    found |= dict.fromkeys(lexicon.country_names(), "country")
    return found


@functools.cache
def _by_first() -> Mapping[str, tuple[tuple[tuple[str, ...], Label], ...]]:
    """Names of several tokens by their first token, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Label]]] = {}
    for name, label in labels().items():
        words = tuple(name[p.start : p.end] for p in segment.tokens(name.removeprefix(_ARTICLE)))
        if len(words) > 1 or name.startswith(_ARTICLE):
            found.setdefault(words[0], []).append((words, label))
    return {first: tuple(sorted(names, key=lambda n: (-len(n[0]), n))) for first, names in found.items()}


def name_at(page: Page, at: int, stop: int) -> tuple[int, Label]:
    """The longest known name of several tokens that starts at a token.

    Returns:
        One past its last token, and what it is; `at` and "" if there is none.
    """
    for words, label in _by_first().get(page.word[at], ()):
        end = at + len(words)
        if end <= stop and tuple(page.word[at:end]) == words:
            return end, label
    return at, ""


@functools.cache
def title_lengths() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Titles, as tokens in lower case, by their first token, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for text in lexicon.titles():
        # In capitals, since the tokenizer knows abbreviations as they are written before a name.
        shown = text.title()
        words = tuple(shown[p.start : p.end].lower() for p in segment.tokens(shown))
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(names, key=lambda n: (-len(n), n))) for first, names in found.items()}


def title_at(page: Page, at: int, stop: int) -> int:
    """One past the last token of the longest title that starts at a token; `at` if there is none."""
    for words in title_lengths().get(page.low[at], ()):
        end = at + len(words)
        if end <= stop and tuple(page.low[at:end]) == words:
            return end
    return at


@functools.cache
def title_of(text: str) -> lexicon.Title | None:
    """The title of a text in lower case, spaces around hyphens or not."""
    return lexicon.titles().get(text) or lexicon.titles().get(text.replace(" - ", "-"))
