"""Word lists of flat cleaning: furniture of web pages by kind, and function words by language."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDER = resources.files("variorum.clean") / "data"


_WORD = re.compile(r"\w+")


@cache
def packaged(name: str) -> str:
    """A data file of this room as text."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def _rows(name: str) -> list[list[str]]:
    lines = packaged(name).splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _phrases() -> dict[str, str]:
    return {phrase: kind for kind, row in _rows("flat_chrome.tsv") for phrase in row.split("|")}


_PHRASES = _phrases()
# Whole lines that are furniture, by kind; the sign `=` marks those that are nothing but that.
WHOLE_LINES: dict[str, str] = {phrase.removeprefix("="): kind for phrase, kind in _PHRASES.items()}
# Single words, by kind.
CHROME_WORDS: dict[str, str] = {
    phrase: kind for phrase, kind in _PHRASES.items() if not phrase.startswith("=") and " " not in phrase
}
# Phrases of several words, by kind.
PHRASES: dict[str, str] = {
    phrase: kind for phrase, kind in _PHRASES.items() if not phrase.startswith("=") and " " in phrase
}
# The same by their first word, so that a line costs one look-up a word.
_PHRASES_FROM: dict[str, list[str]] = {}
for _phrase in sorted(PHRASES):
    _PHRASES_FROM.setdefault(_WORD.findall(_phrase)[0], []).append(_phrase)
STOPWORDS_OF: dict[str, frozenset[str]] = {
    row[0]: frozenset(row[1].split()) for row in _rows("flat_stopwords.tsv")
}
LANGUAGES_OF: dict[str, tuple[str, ...]] = {
    word: tuple(sorted(k for k, words in STOPWORDS_OF.items() if word in words))
    for word in sorted(frozenset().union(*STOPWORDS_OF.values()))
}
STOPWORDS: frozenset[str] = frozenset().union(*STOPWORDS_OF.values())


def phrases(text: str, words: Sequence[str]) -> list[str]:
    """Furniture phrases that stand in a line.

    Args:
        text: The line in lower case, white space single.
        words: Its words in order.
    """
    firsts = [w for w in words if w in _PHRASES_FROM]
    return [p for w in dict.fromkeys(firsts) for p in _PHRASES_FROM[w] if p in text and _whole(p, text)]


def _whole(phrase: str, text: str) -> bool:
    start = text.index(phrase)
    end = start + len(phrase)
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
