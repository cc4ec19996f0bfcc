"""Parts of the training texts that a run leaves out and evaluation then measures on: cross-validation by document.

For what has no development part of its own or too little in it: WikiGold's names, the speakers behind pronouns and titles in GUM.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.data.form import Text

FOLDS = 5
# Sentences of WikiGold.
WIKIGOLD = 1696
CORPORA: frozenset[str] = frozenset({"gum", "wikigold"})


def left_out(text: Text, fold: int) -> bool:
    """Whether a training text belongs to the part with this number (0 to `FOLDS` - 1); none does where the number is below 0."""
    return fold >= 0 and text.corpus in CORPORA and _part(text) == fold


def _part(text: Text) -> int:
    """The number of a text's part: sentences of one article have the same names."""
    number = text.id.rpartition("-")[2]
    if text.corpus == "wikigold":
        # Its sentences stand in the order of the articles, whose borders nobody tells: fifths, so that four articles are cut at most.
        return min((int(number) - 1) * FOLDS // WIKIGOLD, FOLDS - 1)
    return zlib.crc32(text.id.encode()) % FOLDS
