"""Fingerprints of documents, and the windows of words that two documents share.

Winnowing (Schleimer, Wilkerson, Aiken 2003: Winnowing: local algorithms for document fingerprinting): every
window of `WINDOW` words is hashed; of each `CHOICE` neighbouring windows one is kept. Any `CHOICE` neighbours lie
in `GUARANTEE` words, and the choice depends on those words alone, so two documents that share a run of
`GUARANTEE` words keep at least one window in common.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from variorum.records import Anchor, Document, Fingerprint, Seed, Tables, digest, from_table, to_table
from variorum.reuse.windows import window_hashes
from variorum.stage import Stage
from variorum.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.settings import Settings

# The issue asks for every shared run of 8 words. A window of 5 with a choice of 4 finds those for certain and, of
# copies in which every sixth word was changed, still most; a window of 8 would find none of these.
WINDOW = 5
CHOICE = 4
GUARANTEE = WINDOW + CHOICE - 1

# A window that very many documents share is boilerplate or a much reprinted wire. Documents are ranked by id and
# each is paired with the next few only, so pairs stay linear and a chain still joins all of them. A story of
# up to 21 pages keeps every pair; stories of news collections have about 10 (bench/speed).
REACH = 20
# A window makes at most about this many pairs, but pairs each document with the next `LEAST` at least. Where each of 400
# pages ended with the same three lines, seeds, passages and origins took 37 ms a page with 20 neighbours each and 20 ms
# so, a window 8,000 pairs and 800 (bench/speed/corpus.py, `boilerplate`). 420 pair all of 21 documents; two neighbours
# keep the chain whole where one page's copy was cut.
PAIRS = 420
LEAST = 2


def reach(documents: int) -> int:
    """With how many of its followers a document is paired, of so many that hold one window."""
    return max(LEAST, min(REACH, PAIRS // documents))


def chosen_windows(folded: Sequence[str]) -> list[tuple[int, int]]:
    """The windows that are kept.

    Of each `CHOICE` neighbours the one with most letters is kept, ties by hash: long words are rare words, so
    windows such as "at the end of the", which strangers share, are kept only where nothing better stands near.

    Args:
        folded: Folded words of a document.

    Returns:
        (index of the first word, signed 64-bit hash), by index.
    """
    if len(folded) < GUARANTEE:
        return []
    hashes = window_hashes(folded, WINDOW)
    letters = np.cumsum([0, *map(len, folded)], dtype=np.int64)
    lengths = np.minimum(letters[WINDOW:] - letters[:-WINDOW], 1023).astype(np.uint64)
    order = ((np.uint64(1023) - lengths) << np.uint64(54)) | (hashes >> np.uint64(10))
    neighbours = np.lib.stride_tricks.sliding_window_view(order, CHOICE)
    kept = np.unique(neighbours.argmin(axis=1) + np.arange(len(neighbours)))
    return list(zip(kept.tolist(), hashes.view(np.int64)[kept].tolist(), strict=True))


def fingerprints(doc: str, text: str) -> list[Fingerprint]:
    """Fingerprints of one text, in text order."""
    found = words(text)
    return [
        Fingerprint(doc=doc, start=found[i].start, end=found[i + WINDOW - 1].end, hash=value)
        for i, value in chosen_windows([w.text for w in found])
    ]


def _run_fingerprints(tables: Tables, _settings: Settings) -> Tables:
    rows = [f for d in from_table(Document, tables["documents"]) for f in fingerprints(d.id, d.text)]
    return {"fingerprints": to_table(Fingerprint, rows, made_by=FINGERPRINTS.made_by)}


def _shared_rows(table: pa.Table) -> list[Fingerprint]:
    """Rows whose hash stands on more than one row; nine in ten stand alone and never become records."""
    hashes = table.column("hash").to_numpy()
    _, place, count = np.unique(hashes, return_inverse=True, return_counts=True)
    return from_table(Fingerprint, table.filter(pa.array(count[place] > 1)))


def pair_id(left: str, right: str) -> str:
    """The digest of a pair of documents, `left` < `right`, under which the engine brings their rows together."""
    return digest("pair", left, right)


def _pairs(rows: Sequence[Fingerprint]) -> Iterator[Seed]:
    """Seeds of one hash: each document's first window with that of the documents that follow it."""
    firsts = {f.doc: f for f in reversed(rows)}
    ranked = [firsts[doc] for doc in sorted(firsts)]
    ahead = reach(len(ranked))
    for i, left in enumerate(ranked):
        for right in ranked[i + 1 : i + 1 + ahead]:
            yield Seed(
                pair=pair_id(left.doc, right.doc),
                left=Anchor(left.doc, left.start, left.end),
                right=Anchor(right.doc, right.start, right.end),
            )


def _run_seeds(tables: Tables, _settings: Settings) -> Tables:
    rows = sorted(_shared_rows(tables["fingerprints"]), key=attrgetter("hash", "doc", "start"))
    seeds = [seed for _, group in groupby(rows, key=attrgetter("hash")) for seed in _pairs(list(group))]
    seeds.sort(key=attrgetter("left", "right"))
    return {"seeds": to_table(Seed, seeds, made_by=SEEDS.made_by)}


FINGERPRINTS = Stage(
    name="fingerprints",
    version=1,
    needs=("documents",),
    makes=("fingerprints",),
    split_by="document",
    run=_run_fingerprints,
)

SEEDS = Stage(
    name="seeds",
    version=2,
    needs=("fingerprints",),
    makes=("seeds",),
    split_by="hash",
    run=_run_seeds,
)
