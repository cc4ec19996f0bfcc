"""A reader without weights: pieces of single letters, and scores thrown by dice that know the words alone."""

from __future__ import annotations

import zlib

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from variorum.models.decode import POINTERS
from variorum.models.labels import Labels
from variorum.models.pieces import Pieces

LABELS = Labels(deprels=("dep", "nsubj", "root"), scripts=("0|", "^0|", "3|y", "=be", "40|"))
WIDTHS = {"dependent": 5, "governor": 5, "state": 6}


def letters(folder):
    """Pieces of single letters, which begin as those of the encoder do: `Pieces` of a tokenizer written to a folder."""
    known = "abcdefghijklmnopqrstuvwxyz“”,."
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *known, *(f"##{c}" for c in known)]
    made = Tokenizer(models.WordPiece({v: n for n, v in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.save(str(folder / "tokenizer.json"))
    return Pieces(folder / "tokenizer.json")


class Dice:
    """Runs no model: scores of a batch are drawn by its ids, so they are equal for equal input and for nothing else."""

    def __init__(self):
        self.batches = []

    def read(self, inputs):
        """See `variorum.models.decode.Runner`."""
        self.batches.append(inputs["ids"].shape)
        random = np.random.default_rng(zlib.crc32(inputs["ids"].tobytes()))
        count, size = inputs["first"].shape
        classes = {
            "upos": len(LABELS.upos),
            "lemma": len(LABELS.scripts),
            "mention": len(LABELS.mentions),
            "manner": 2,
        }
        shapes = {name: (count, size, wide) for name, wide in {**classes, **WIDTHS}.items()}
        shapes |= dict.fromkeys(POINTERS, (count, size, size + 1))
        shapes |= {
            "tags": (count, size, len(LABELS.tags), 3),
            "governor": (count, size + 1, WIDTHS["governor"]),
        }
        return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}

    def relations(self, dependent, governor):
        """See `variorum.models.decode.Runner`."""
        return (dependent * governor)[:, : len(LABELS.deprels)]

    def pairs(self, states, left, right, rows):
        """See `variorum.models.decode.Runner`."""
        return (states[left] * states[right]).sum(axis=1) + rows.sum(axis=1) % 3 - 1
