"""Word lists of flat cleaning: furniture of web pages by kind, and function words by language."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from variorum.records import digest

_FOLDER = resources.files("variorum.clean") / "data"
_FILES = ("flat_chrome.tsv", "flat_stopwords.tsv", "flat_weights.json")


@cache
def packaged(name: str) -> str:
    """A data file of this room as text."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def digests() -> tuple[tuple[str, str], ...]:
    """Names and digests of the data files that flat cleaning reads."""
    return tuple((name, digest(packaged(name))) for name in _FILES)


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
PHRASE = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(p) for p in sorted(PHRASES, key=len, reverse=True)) + r")(?!\w)"
)
STOPWORDS_OF: dict[str, frozenset[str]] = {
    row[0]: frozenset(row[1].split()) for row in _rows("flat_stopwords.tsv")
}
LANGUAGES_OF: dict[str, tuple[str, ...]] = {
    word: tuple(sorted(k for k, words in STOPWORDS_OF.items() if word in words))
    for word in sorted(frozenset().union(*STOPWORDS_OF.values()))
}
STOPWORDS: frozenset[str] = frozenset().union(*STOPWORDS_OF.values())
