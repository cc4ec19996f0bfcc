"""How well flattened pages are cleaned: 4-word-shingle F1 of the body on scrapinghub dev, flattened in four ways.

Rivals in the same run: keep everything, keep long lines. The oracle keeps the very pieces that hold the body.

    python -m bench.quality.clean_flat [--worst N]
"""

from __future__ import annotations

import re
import sys
import time
from statistics import mean
from typing import TYPE_CHECKING

from bench.quality.flatten import SHARED, WAYS, flatten, scrapinghub
from bench.quality.measured import Measured
from variorum.clean.flat import clean_flat
from variorum.clean.flat.pieces import cut
from variorum.errors import PageRefused
from variorum.measure import shingle_prf, shingles
from variorum.text.offsets import byte_offsets

if TYPE_CHECKING:
    from collections.abc import Callable

# The gold body holds neither headline nor captions nor bylines; ours keeps them as blocks of their own kind.
_NOT_BODY = {"title", "caption", "byline", "dateline"}


def ours(raw: str) -> str:
    """Body blocks of our cleaning; empty for a page that is refused."""
    try:
        made = clean_flat(raw, byte_offsets(raw, "utf-8"), given={})
    except PageRefused:
        return ""
    return "\n".join(made.text[a:b] for a, b, kind in made.blocks if kind not in _NOT_BODY)


def long_lines(raw: str, least: int = 100) -> str:
    """The simple rival: lines of more than `least` characters."""
    return "\n".join(line for line in raw.split("\n") if len(line) > least)


def oracle(raw: str, gold: str) -> str:
    """The pieces half of whose shingles are in the gold."""
    grams = shingles(gold)
    kept = []
    for piece in cut(raw):
        text = raw[piece.start : piece.end]
        own = shingles(text)
        short = len(re.findall(r"\w+", text)) < 4
        if (text in gold) if short else (own & grams).total() >= 0.5 * own.total():
            kept.append(text)
    return "\n".join(kept)


RIVALS: dict[str, Callable[[str, str], str]] = {
    "long lines": lambda raw, _: long_lines(raw),
    "everything": lambda raw, _: raw,
    "oracle of pieces": oracle,
}


def gauge() -> Measured:
    """All ways of flattening, beside keeping long lines, keeping everything, and the best choice of pieces."""
    mine: dict[str, float] = {}
    theirs: dict[str, dict[str, float]] = {name: {} for name in RIVALS}
    for way in WAYS:
        pages = [(row["text"], flatten(row["source"], way)) for row in scrapinghub()]
        mine[f"{way} body F1"] = mean(shingle_prf(gold, ours(raw))[2] for gold, raw in pages)
        for name, rival in RIVALS.items():
            theirs[name][f"{way} body F1"] = mean(
                shingle_prf(gold, rival(raw, gold))[2] for gold, raw in pages
            )
    return Measured(
        about="Flattened pages: F1 of the body's 4-word shingles on scrapinghub's pages, flattened as a browser copies "
        "(`copied`), as a plain extractor writes (`extracted`), one line a block (`crawled`), all breaks gone (`lost`). "
        "The oracle chooses among our pieces with the gold in hand.",
        ours=mine,
        rivals=theirs,
        counts={"pages": len(scrapinghub())},
        data=(SHARED / "data/html/scrapinghub",),
    )


def main() -> None:
    worst: list[tuple[float, str, str]] = []
    print(f"{'way':<10} {'ours':>21} {'long':>7} {'all':>7} {'oracle':>7}   pages/s")
    for way in WAYS:
        pages = [(row, flatten(row["source"], way)) for row in scrapinghub()]
        start = time.process_time()
        found = [ours(raw) for _, raw in pages]
        speed = len(pages) / (time.process_time() - start)
        scores = [shingle_prf(row["text"], text) for (row, _), text in zip(pages, found, strict=True)]
        worst += [(s[2], way, row["url"]) for s, (row, _) in zip(scores, pages, strict=True)]
        p, r, f = (mean(s[i] for s in scores) for i in range(3))
        rivals = [mean(shingle_prf(row["text"], rival)[2] for row, rival in made) for made in (
            [(row, long_lines(raw)) for row, raw in pages],
            [(row, raw) for row, raw in pages],
            [(row, oracle(raw, row["text"])) for row, raw in pages],
        )]  # fmt: skip
        print(
            f"{way:<10} {p:.3f} {r:.3f} F1 {f:.4f} {rivals[0]:>8.4f} {rivals[1]:.4f} {rivals[2]:.4f} {speed:>8.0f}"
        )
    if "--worst" in sys.argv:
        for score, way, url in sorted(worst)[: int(sys.argv[-1])]:
            print(f"{score:.2f} {way:<10} {url}")


if __name__ == "__main__":
    main()
