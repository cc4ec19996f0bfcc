"""Cut a flattened page into pieces to be judged: its lines, and runs within lines that hold many.

A piece is a stretch of the page without white space at its ends. Pieces come in page order, do not overlap, and
hold every character of the page that is not white.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.flat.words import CHROME_WORDS, STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A line longer than this is taken to hold several blocks. Swept 600..3000 on the four ways of flattening
# scrapinghub dev (bench/quality/clean_flat.py): flat between 900 and 1500; below, paragraphs are cut for nothing.
LONG_LINE = 1200
# A line that holds most of the page has lost its breaks even if it is shorter, as long as it is no mere paragraph.
_MOST, _SHORT_LINE = 0.8, 400
# Sentences of a long line that are longer than this may begin with a run of labels (the menu, the headline).
_RUN_WORDS = 8
# A run of labels must weigh this much more than prose before it is cut off.
_RUN_WEIGHT = 3.0

# White space, and what stands for nothing that can be read: controls, zero-width space, byte-order mark, soft hyphen.
_BLANK_SET = frozenset(
    c for c in map(chr, range(0x10000)) if c.isspace() or unicodedata.category(c) == "Cc"
) | set("\u200b\ufeff\u00ad")
# The same, for a character class of a pattern.
BLANKS = "".join(f"\\u{ord(c):04x}" for c in sorted(_BLANK_SET))
_INK = re.compile(f"[^{BLANKS}]")

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’»)\]])|(?<=[。！？]))(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|No|vs)\.)(?<!\bMrs\.)(?<!\bProf\.)"
    r"\s+(?=[\"'“‘«„(\[]?[^\W\d_a-zà-ÿа-я]|[\"“«„]|\d)|(?<=[。！？])(?=\S)"
)
_WORD = re.compile(r"\S+")


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the page: half-open code points, and the number of the line that it is a part of."""

    start: int
    end: int
    line: int


def cut(raw: str) -> list[Piece]:
    """Cut a flattened page into pieces."""
    pieces: list[Piece] = []
    for number, match in enumerate(_LINE.finditer(raw)):
        for start, end in _stretches(raw, match.start(), match.end()):
            trimmed = trim(raw, start, end)
            if trimmed[0] < trimmed[1]:
                pieces.append(Piece(trimmed[0], trimmed[1], number))
    return pieces


def broken(pieces: Sequence[Piece]) -> bool:
    """Whether the page has lost its line breaks: most pieces stand in one line with others."""
    held = Counter(p.line for p in pieces)
    return 2 * sum(held[p.line] > 1 for p in pieces) > len(pieces)


def trim(raw: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks at its ends."""
    first = _INK.search(raw, start, end)
    if first is None:
        return end, end
    while raw[end - 1] in _BLANK_SET:
        end -= 1
    return first.start(), end


def _stretches(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    length = end - start
    if length <= _SHORT_LINE or (length <= LONG_LINE and length < _MOST * len(raw)):
        yield start, end
        return
    for low, high in _sentences(raw, start, end):
        yield from _label_runs(raw, low, high)


def _sentences(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    low = start
    for match in _SENTENCE_END.finditer(raw, start, end):
        yield low, match.start()
        low = match.end()
    yield low, end


def _label_runs(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of labels off the front of a sentence: where prose, seen from the end, weighs most."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(raw, start, end)]
    if len(words) < _RUN_WORDS:
        yield start, end
        return
    first = _prose_from(raw, words)
    if first:
        yield start, words[first - 1][1]
        yield words[first][0], end
    else:
        yield start, end


def _prose_from(raw: str, words: Sequence[tuple[int, int]]) -> int:
    """Index of the word with which prose begins; 0 if the sentence is to stay whole."""
    weights = [_prose_weight(raw[low:high]) for low, high in words]
    total, best, first = 0.0, 0.0, 0
    for index in range(len(words) - 1, -1, -1):
        total += weights[index]
        if total >= best - 0.01 and not raw[words[index][0]].islower():
            best, first = max(total, best), index
    before = sum(weights[:first])
    return first if before <= -_RUN_WEIGHT else 0


def _prose_weight(word: str) -> float:
    bare = word.strip("\"'“”‘’«»„()[].,;:!?…").lower()
    if bare in STOPWORDS:
        return 1.0
    if bare in CHROME_WORDS or not any(c.isalpha() for c in bare):
        return -1.0
    return 0.5 if word[0].islower() else -0.7
