"""Fits the weights of the signs that tell a name's kind: src/variorum/tag/mentions/data/kinds.tsv.

Run: `python -m bench.quality.fit_kinds`. Softmax regression over the signs of tag/mentions/evidence.py on the training parts
of UNER English EWT, WikiGold, CrossNER politics and re3d; names whose borders differ from the gold ones are left out.
Deterministic: full batch, no shuffling; weights rounded to one decimal.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from bench.quality.mentions import KINDS, blocks_of, rows
from variorum.records import Document
from variorum.tag.mentions.kinds import signs
from variorum.tag.mentions.page import Page
from variorum.tag.mentions.pieces import Piece, pieces
from variorum.tag.mentions.titles import titles
from variorum.tag.tokens import sentences_of, tokens_of

OUT = Path(__file__).resolve().parents[2] / "src/variorum/tag/mentions/data/kinds.tsv"
LABELS = ["person", "organisation", "place", "group", "work", "event", "none"]
OTHERS = {
    "wikigold": {"MISC": "misc"},
    "uner-en": {"OTH": "misc"},
    "crossner-politics": {"misc": "misc", "event": "event", "election": "event"},
    "re3d": {"Nationality": "group"},
}
PEOPLES = frozenset({"adjective", "people", "one", "group"})
# A sign seen less often than this has no weight; a weight below this is left out.
RARE, SMALL = 8, 0.15
L2, STEPS, RATE = 0.0003, 600, 0.05
HEAD = """\
# Weights of the signs in evidence.py for each kind of name: sign TAB kind weight, kind weight ... (`none`: no name at all).
# Fitted by us (bench/quality/fit_kinds.py: softmax regression, L2 0.0003) on the training parts of UNER English EWT (CC BY-SA 4.0), WikiGold (CC BY 4.0),
# CrossNER politics (MIT) and re3d (OGL, by source); rounded to one decimal. They hold no word of those texts; each sign can be read and checked.
"""


def page_of(row: dict) -> Page:
    doc = Document(page=row["id"], text=row["text"], language="en")
    blocks = blocks_of(doc, row.get("sentences"))
    sentences = sentences_of(doc, blocks)
    return Page(doc, sentences, tokens_of(doc, sentences), blocks)


def label(page: Page, piece: Piece, gold: list[tuple[int, int, str]], corpus: str) -> str:
    """The gold kind of a name; empty where its borders differ or the corpus does not tell."""
    a, b = page.start[piece.first], page.end[piece.stop - 1]
    overlapping = [g for g in gold if g[0] < b and a < g[1]]
    # An article more or less is no difference of borders.
    kind = next((k for s, e, k in overlapping if e == b and abs(s - a) <= 4), "" if overlapping else "none")
    if kind in {"misc", "none"} and piece.label in PEOPLES:
        return "group"
    if kind == "none" and corpus == "re3d":
        return ""
    return "work" if kind == "misc" else kind


def examples() -> tuple[list[list[str]], list[int]]:
    seen, kinds = [], []
    for corpus in ("uner-en", "wikigold", "crossner-politics", "re3d"):
        types = KINDS[corpus] | OTHERS[corpus]
        for row in rows(corpus, "train"):
            # The BBC documents of re3d forbid commercial use of what is made from them.
            if "NC" in str(row["meta"].get("licence", "")):
                continue
            gold = [(s["start"], s["end"], types[s["type"]]) for s in row["spans"] if s["type"] in types]
            page = page_of(row)
            names = pieces(page, titles(page))
            for piece, told in zip(names, signs(page, names), strict=True):
                kind = label(page, piece, gold, corpus)
                if kind:
                    seen.append(told)
                    kinds.append(LABELS.index(kind))
    return seen, kinds


def fit(seen: list[list[str]], kinds: list[int]) -> dict[str, np.ndarray]:
    """Weights by sign: Adam on the whole batch."""
    often = Counter(sign for told in seen for sign in told)
    names = sorted(s for s, n in often.items() if n >= RARE)
    column = {s: i for i, s in enumerate(names)}
    x = np.zeros((len(seen), len(names)), dtype=np.float64)
    for i, told in enumerate(seen):
        x[i, [column[s] for s in told if s in column]] = 1
    y = np.eye(len(LABELS))[kinds]
    w, m, v = (np.zeros((len(names), len(LABELS))) for _ in range(3))
    for step in range(1, STEPS + 1):
        z = np.exp(x @ w - (x @ w).max(1, keepdims=True))
        gradient = x.T @ (z / z.sum(1, keepdims=True) - y) / len(seen) + L2 * w
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w -= RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    print(f"{len(seen)} names, {len(names)} signs, right on them {((x @ w).argmax(1) == kinds).mean():.3f}")
    return {s: w[i] for s, i in column.items()}


def main() -> None:
    lines = []
    for sign, row in sorted(fit(*examples()).items()):
        told = [f"{k} {w:.1f}" for k, w in zip(LABELS, row, strict=True) if abs(w) >= SMALL]
        if told:
            lines.append(f"{sign}\t{', '.join(told)}\n")
    OUT.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
