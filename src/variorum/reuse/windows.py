"""Hashes of windows of words, by a rolling sum over hashes of words."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

# Odd multiplier of the rolling sum (the 64-bit golden ratio), and the finaliser's of SplitMix64.
_BASE = 0x9E3779B97F4A7C15
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


@functools.lru_cache(maxsize=65_536)
def _word_hash(word: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


def window_hashes(folded: Sequence[str], size: int) -> npt.NDArray[np.uint64]:
    """Hash of every window of `size` words, in order; empty if there are fewer words."""
    count = len(folded) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    each = np.array([_word_hash(word) for word in folded], dtype=np.uint64)
    total = np.zeros(count, dtype=np.uint64)
    for place in range(size):  # unsigned numbers wrap around, which is what a hash wants
        total = total * np.uint64(_BASE) + each[place : place + count]
    total = (total ^ (total >> np.uint64(30))) * np.uint64(_MIX[0])
    total = (total ^ (total >> np.uint64(27))) * np.uint64(_MIX[1])
    return total ^ (total >> np.uint64(31))
