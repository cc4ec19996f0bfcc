"""Words and their pieces: what goes into the encoder, in training as at run time.

The encoder's vocabulary ignores case, so each word also gets a *shape*, which the model adds to the embedding of the
word's first piece. Words are cut into pieces one by one (never a sentence as a whole): a contraction such as "don't"
is two words in Universal Dependencies, and no piece may reach over their border.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import msgspec
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# 0 stands on pieces that begin no word.
SHAPES: tuple[str, ...] = (
    "none", "lower", "title", "upper", "capital", "mixed", "number", "alphanumeric", "mark", "quote", "other",
)  # fmt: skip
_ID = {name: number for number, name in enumerate(SHAPES)}
_QUOTES = frozenset("\"“”„‟«»‘’‚‹›'`")
# Longer words (web addresses, runs of emoji) keep their first pieces: what they are stands at their start.
PIECES_A_WORD = 12
# all-MiniLM has 512 positions, two of them for [CLS] and [SEP].
POSITIONS = 512
# Distinct words whose pieces are kept: a process that reads millions of pages must not grow with their words. A quarter of a million
# words of news have 20,000 distinct ones.
KEPT_WORDS = 50_000
# Code points of a word that is kept: longer ones come once.
KEPT_LENGTH = 64


def shape(word: str) -> int:
    """The shape of a word: the index in `SHAPES` (never 0)."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return _ID[_unlettered(word)]
    if any(c.isdigit() for c in word):
        return _ID["alphanumeric"]
    upper = sum(c.isupper() or c.istitle() for c in letters)
    if not upper:
        return _ID["lower"]
    if upper == len(letters):
        return _ID["upper" if len(letters) > 1 else "capital"]
    return _ID["title" if upper == 1 and letters[0].isupper() else "mixed"]


def _unlettered(word: str) -> str:
    if any(c.isdigit() for c in word):
        return "number"
    if word and all(c in _QUOTES for c in word):
        return "quote"
    if word and all(unicodedata.category(c).startswith("P") for c in word):
        return "mark"
    return "other"


class Encoded(msgspec.Struct, frozen=True):
    """A window ready for the encoder: piece ids with [CLS] and [SEP], shapes beside them, first piece of each word."""

    ids: list[int]
    shapes: list[int]
    first: list[int]


class Pieces:
    """Cuts words into the encoder's pieces; a word met before need not be cut again.

    Args:
        path: The `tokenizer.json` of the start weights.
    """

    def __init__(self, path: Path | str) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, list[int]] = {}
        self.cls = self._special("[CLS]")
        self.sep = self._special("[SEP]")
        self.unknown = self._special("[UNK]")

    def _special(self, name: str) -> int:
        number = self._tokenizer.token_to_id(name)
        if number is None:
            raise ValueError(f"the tokenizer has no {name}")
        return int(number)

    def of(self, word: str) -> list[int]:
        """The pieces of one word: at least one (a word of invisible characters is unknown), at most `PIECES_A_WORD`."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= KEPT_WORDS:
                self._known.clear()
            found = self._cut(word)[:PIECES_A_WORD] or [self.unknown]
            if len(word) <= KEPT_LENGTH:
                self._known[word] = found
        return found

    def _cut(self, text: str) -> list[int]:
        # A lone half of a surrogate pair is no character, and the tokenizer takes none: it goes as "?".
        safe = text.encode("utf-8", "replace").decode("utf-8")
        return list(self._tokenizer.encode(safe, add_special_tokens=False).ids)

    def running(self, text: str, limit: int) -> list[int]:
        """The pieces of running text with [CLS] and [SEP], as the start was trained on them.

        Args:
            text: Any text; what follows the limit is left out.
            limit: Most pieces, [CLS] and [SEP] included.
        """
        return [self.cls, *self._cut(text)[: limit - 2], self.sep]

    def encode(self, words: Sequence[str], shapes: Sequence[int] | None = None) -> Encoded:
        """Encode the words of one window.

        Args:
            words: The words' forms, in text order; together at most `POSITIONS` - 2 pieces.
            shapes: Their shapes, where they are not to be taken from the forms (augmentation).

        Returns:
            The window's pieces.
        """
        shapes = [shape(w) for w in words] if shapes is None else shapes
        ids, marks, first = [self.cls], [0], []
        for word, form in zip(words, shapes, strict=True):
            first.append(len(ids))
            pieces = self.of(word)
            ids += pieces
            marks += [form] + [0] * (len(pieces) - 1)
        return Encoded([*ids, self.sep], [*marks, 0], first)
