"""Fit the trees that take a second look at a page's lines, and score them cross-validated by site.

    python -m bench.quality.fit_blocks          # fits on all pages, writes the trees that ship
    python -m bench.quality.fit_blocks --check  # only the cross-validated figures, over several divisions of the sites

Lines of scrapinghub dev are labelled by whether they stand in the body that a person marked, in its order; of trafilatura dev
only those lines count that hold a string marked as wanted or unwanted. No words go into the trees (`variorum.clean.html.blocks`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from pathlib import Path
from typing import NamedTuple
from unittest import mock
from urllib.parse import urlsplit

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.quality import clean_html as bench
from variorum.clean import html
from variorum.clean.decode import decode
from variorum.clean.html import blocks
from variorum.clean.html.keep import words_of
from variorum.clean.trees import UNIT, Forest, Trees
from variorum.errors import PageRefused
from variorum.settings import Limits

TREES = Path(__file__).parents[2] / "src/variorum/clean/data/html_blocks.json"
FOLDS = 6
# Swept: 60 to 200 trees, 4 to 12 leaves, rates .05 to .1; all within half a point of one another.
FIT = {
    "max_iter": 100, "max_leaf_nodes": 8, "learning_rate": 0.1, "min_samples_leaf": 20, "l2_regularization": 1.0, "max_features": 0.3,
    "random_state": 0, "early_stopping": False,
}  # fmt: skip


class Example(NamedTuple):
    """One line that is labelled: its page's site, its features, whether it is the body's, what it weighs."""

    site: str
    row: tuple[int, ...]
    wanted: bool
    weight: float


def site(url: str) -> str:
    """The part of a host that names its owner."""
    parts = (urlsplit(url).hostname or url).split(".")
    return ".".join(
        parts[-3:] if len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2 else parts[-2:]
    )


def fold(name: str, seed: int = 0) -> int:
    """Which part of the division a site falls into."""
    return int(hashlib.sha256(f"{seed} {name}".encode()).hexdigest(), 16) % FOLDS


def examples() -> list[Example]:
    """Labelled lines of both sets."""
    found: list[Example] = []
    for folder in ("scrapinghub", "trafilatura"):
        for row, raw in bench.read(folder, 0):
            found += _lines(row, raw)
    return found


def _lines(row: dict, raw: str) -> list[Example]:
    """The labelled lines of one page, as the second look gets them."""
    got: dict = {}

    def caught(elements, layout, lines, extracted, title) -> None:  # noqa: ANN001
        numbers, rows = blocks.features(elements, layout, lines, extracted, title, every=True)
        got.update(texts=[words_of(layout.page, line) for line in lines], numbers=numbers, rows=rows)
        got["aside"] = [line.any_kept and line.kind in blocks.ASIDE for line in lines]

    text, offsets = decode(raw.encode("utf-8", "replace"), "utf-8")
    try:
        with mock.patch.object(html, "second_look", caught):
            html.clean_html(text, offsets, url=row.get("url", ""), limits=Limits())
    except PageRefused:
        return []
    wanted = _in_body(row["text"], got["texts"]) if "text" in row else _marked(row, got["texts"])
    return [
        Example(site(row.get("url", "")), features, bool(wanted[n]), _weight(got["texts"][n]))
        for n, features in zip(got["numbers"], got["rows"], strict=True)
        if wanted[n] is not None and not got["aside"][n]
    ]


def _weight(text: str) -> float:
    """A line weighs as its words do in the scores, the longest not more than forty, the shortest not nothing."""
    return min(max(len(text.split()), 3), 40) / 20


def _marked(row: dict, texts: list[str]) -> list[bool | None]:
    """Lines that hold a wanted or an unwanted string; None for what nobody marked."""
    wanted, unwanted = ([" ".join(s.split()) for s in row[name]] for name in ("with", "without"))

    def holds(text: str, strings: list[str]) -> bool:
        return bool(text) and any(s in text or (len(text) > 25 and text in s) for s in strings)

    told = [(holds(t, wanted), holds(t, unwanted)) for t in texts]
    return [None if yes == no else yes for yes, no in told]


def _in_body(body: str, texts: list[str]) -> list[bool]:
    """Lines of the body: the heaviest chain of lines that stand in it in its order."""
    flat = f" {' '.join(bench.TOKEN.findall(body))} "
    places: list[tuple[int, int, int, int]] = []
    for number, text in enumerate(texts):
        tokens = bench.TOKEN.findall(text)
        parts = (
            [tokens] if f" {' '.join(tokens)} " in flat or len(tokens) <= 12 else [tokens[:10], tokens[-10:]]
        )
        for part in parts:
            words = f" {' '.join(part)} "
            at = flat.find(words) if part else -1
            for _ in range(12):
                if at < 0:
                    break
                places.append((number, at, at + len(words) - 1, len(part)))
                at = flat.find(words, at + 1)
    best: list[int] = []
    came: list[int] = []
    for number, start, _, weight in places:
        before = [
            (best[k], k)
            for k, (n, _, end, _) in enumerate(places[: len(best)])
            if n < number and end <= start
        ]
        total, source = max(before, default=(0, -1))
        best.append(total + weight)
        came.append(source)
    found = [False] * len(texts)
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    while at >= 0:
        found[places[at][0]] = True
        at = came[at]
    return found


def fit(lines: list[Example]) -> Trees:
    """Trees over whole numbers from labelled lines."""
    model = HistGradientBoostingClassifier(**FIT)
    model.fit(
        np.array([e.row for e in lines], dtype=float),
        np.array([e.wanted for e in lines]),
        sample_weight=np.array([e.weight for e in lines]),
    )
    parts: dict[str, list[list[int]]] = {name: [] for name in ("feature", "value", "left", "right")}
    for (tree,) in model._predictors:  # noqa: SLF001 - the library shows its trees nowhere else
        for name, rows in parts.items():
            rows.append([_part(node, name) for node in tree.nodes])
    return Trees(**parts, start=round(float(model._baseline_prediction[0, 0]) * UNIT))  # noqa: SLF001


def _part(node, name: str) -> int:  # noqa: ANN001
    """One node's feature, threshold (whole numbers below it go left) or leaf, and children."""
    if name == "feature":
        return -1 if node["is_leaf"] else int(node["feature_idx"])
    if name == "value":
        return round(node["value"] * UNIT) if node["is_leaf"] else int(np.floor(node["num_threshold"]))
    return int(node[name])


def encoded(trees: Trees) -> str:
    """Trees as they ship."""
    return json.dumps({n: getattr(trees, n) for n in trees.__struct_fields__}, separators=(",", ":")) + "\n"


class Folded:
    """Trees fitted without a page's site, for every site: what cross-validated figures are taken with."""

    def __init__(self, lines: list[Example], seed: int = 0) -> None:
        self.seed = seed
        self.forests = [
            Forest(fit([e for e in lines if fold(e.site, seed) != part])) for part in range(FOLDS)
        ]

    def ours(self, raw: str, url: str) -> str:
        """Body text by trees that never saw the page's site."""
        unseen = self.forests[fold(site(url), self.seed)]
        with mock.patch.object(blocks, "shipped", return_value=unseen):
            return bench.ours(raw, url)


def main() -> None:
    """Fit and write, or only check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    lines = examples()
    print(
        f"{len(lines)} labelled lines of {len({e.site for e in lines})} sites, {sum(e.wanted for e in lines)} of bodies"
    )
    if asked.check:
        bodies, strings = bench.read("scrapinghub", 0), bench.read("trafilatura", 0)
        for seed in range(3):
            folded = Folded(lines, seed)
            texts = [folded.ours(raw, row["url"]) for row, raw in bodies]
            f1, whole = bench.body_f1(bodies, texts), bench.exact(bodies, texts)
            print(
                f"division {seed}: body F1 {f1:.4f}, exact {whole:.3f}, strings F1 {bench.snippet_f1(strings, folded.ours):.4f}"
            )
        return
    TREES.write_text(encoded(fit(lines)), "utf-8")
    print(f"{TREES.stat().st_size} bytes")


if __name__ == "__main__":
    main()
