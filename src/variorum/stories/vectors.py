"""A document as weighted terms, so that the product of two documents' terms says how alike they are, 0 to 1.

Names (word by word) and other words (by their stem) are weighted apart: sublinear term frequency times inverse document
frequency over a background that ships with the version, so a document's terms depend on nothing but the document. Then
they share the document's length, most of it going to the names if there are enough telling ones.

Constants were swept together on the training part of stories/ecbplus for B-cubed F1 after clustering and parting, and
checked on its dev part (bench/quality/stories.py prints both). Names of months and weekdays are left out: dates part
episodes, not stories.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from variorum.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

NAME, WORD = "n:", "w:"

# Share of a document's squared length that goes to its names (single words) at most, and the weight at which half of
# that is reached: a page whose only names are an often named head of state is not told apart by them.
_NAME_SHARE = 0.8
_NAME_WEIGHT = 3.0
# How much a word counts in the title, and among the first words of the text.
_TITLE, _LEAD, _LEAD_WORDS = 2.0, 1.5, 60
# Words in more of the background's documents than this share say nothing of a story.
_COMMON = 0.1
_IDF_POWER = 1.3
# Terms kept of a document, by weight.
KEPT = 120
# Weights are rounded to a millionth; what is below is nothing.
_LEAST = 1e-6

_FILE = "background.txt.gz"
_CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
_SENTENCE_END = frozenset(".!?\n:")
_SKIPPED = frozenset(" \"“'‘(«„")


class Background(msgspec.Struct, frozen=True):
    """Document frequencies of words in open news text, and of their stems (the most frequent word's)."""

    documents: int
    words: Mapping[str, int]
    stems: Mapping[str, int]

    def idf(self, count: int) -> float:
        """Inverse document frequency, 0 for a word that stands everywhere."""
        return math.log((self.documents + 1) / (count + 1))


def _bytes() -> bytes:
    return (resources.files("variorum.stories") / "data" / _FILE).read_bytes()


def background_digest() -> tuple[tuple[str, str], ...]:
    """Name and digest of the packaged list, for the ledger."""
    return ((f"stories/data/{_FILE}", hashlib.blake2b(_bytes(), digest_size=10).hexdigest()),)


@functools.lru_cache(maxsize=1)
def background() -> Background:
    """The packaged list."""
    documents, counts = 0, {}
    for line in gzip.decompress(_bytes()).decode().splitlines():
        word, _, number = line.partition(" ")
        if word == "documents":
            documents = documents or int(number)
        elif word != "#":
            counts[word] = int(number)
    stems: dict[str, int] = {}
    for word, count in counts.items():
        stems[stem(word)] = max(count, stems.get(stem(word), 0))
    return Background(documents, counts, stems)


def stem(word: str) -> str:
    """A word without its commonest endings, if four letters stay."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


class _Place(msgspec.Struct, frozen=True, gc=False):
    """A word as it stands: folded, its first letter's shape, whether it opens a sentence or title, its weight."""

    word: str
    capital: bool
    digit: bool
    opens: bool
    weight: float


def _places(text: str, titles: Collection[tuple[int, int]]) -> list[_Place]:
    found = []
    for k, word in enumerate(words(text)):
        first = text[word.start]
        in_title = any(start <= word.start < end for start, end in titles)
        found.append(
            _Place(
                word=word.text,
                capital=first.isupper(),
                digit=first.isdigit(),
                opens=in_title or _opens(text, word.start),
                weight=_TITLE if in_title else (_LEAD if k < _LEAD_WORDS else 1.0),
            )
        )
    return found


def _opens(text: str, at: int) -> bool:
    """Whether a word at this place opens a sentence, so that its capital says nothing."""
    before = at - 1
    while before >= 0 and text[before] in _SKIPPED:
        before -= 1
    return before < 0 or text[before] in _SENTENCE_END


def _counts(places: Sequence[_Place]) -> tuple[dict[str, float], dict[str, float]]:
    """Weighted counts of names and of other words.

    A word is (part of) a name where it has a capital and either has one amid a sentence too, or never stands in small
    letters in this text.
    """
    common = background()
    small = {p.word for p in places if not p.capital}
    amid = {p.word for p in places if p.capital and not p.opens}
    names: dict[str, float] = defaultdict(float)
    others: dict[str, float] = defaultdict(float)
    for place in places:
        word = place.word
        frequent = common.words.get(word, 0) >= 2 * _COMMON * common.documents
        if place.capital and (word in amid or word not in small) and not frequent and word not in _CALENDAR:
            names[word] += place.weight
        elif len(word) > 1 and not place.digit and word not in _CALENDAR:
            others[stem(word)] += place.weight
    return names, others


def _weights(counts: Mapping[str, float], known: Mapping[str, int]) -> dict[str, float]:
    """Sublinear frequency times powered idf, 0 for common words left out; 1 is a word met once that the background lacks."""
    common = background()
    rarest = common.idf(0)
    return {
        term: (1 + math.log(count)) * (common.idf(known.get(term, 0)) / rarest) ** _IDF_POWER
        for term, count in counts.items()
        if known.get(term, 0) <= _COMMON * common.documents
    }


def _of_length(weights: Mapping[str, float], square: float, prefix: str = "") -> dict[str, float]:
    """The same weights, their squares adding to `square`."""
    length = math.sqrt(sum(x * x for x in weights.values()))
    return {prefix + term: x * math.sqrt(square) / length for term, x in weights.items()} if length else {}


def terms(text: str, titles: Collection[tuple[int, int]]) -> dict[str, float]:
    """The weighted terms of a text.

    Args:
        text: Any text.
        titles: Where its titles stand, half-open code points.

    Returns:
        Term (with the prefix of its group) to weight; squares sum to 1, or nothing for a text without terms. At most
        `KEPT` terms, heaviest first.
    """
    names, others = _counts(_places(text, titles))
    name_weights = _weights(names, background().words)
    square = sum(x * x for x in name_weights.values())
    share = _NAME_SHARE * square / (square + _NAME_WEIGHT**2)
    found = {
        **_of_length(name_weights, share, NAME),
        **_of_length(_weights(others, background().stems), 1 - share, WORD),
    }
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    return {term: round(x, 6) for term, x in _of_length(dict(best), 1.0).items() if x >= _LEAST}
