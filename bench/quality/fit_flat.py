"""Fit the block model of flat cleaning on flattened HTML pages, and write its weights.

Ground: scrapinghub dev (body known, labels by shared 4-word shingles) and trafilatura dev (labels by trafilatura's
own extraction, then by the strings a person marked as wanted and unwanted). No site is in both. The weights see
layout, punctuation and shares of word classes, never words.

    python bench/quality/fit_flat.py --check   # fitted on trafilatura dev alone, scored on scrapinghub dev
    python bench/quality/fit_flat.py           # fitted on both, weights written
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import trafilatura
from flatten import SHARED, WAYS, flatten, read, scrapinghub
from scipy.optimize import minimize

from variorum.clean.flat.features import SIZES, features, look
from variorum.clean.flat.model import AFTER, BEFORE, BODY, GAP
from variorum.clean.flat.pieces import Piece, cut
from variorum.clean.flat.seams import part
from variorum.measure import shingle_prf, shingles

WEIGHTS = Path(__file__).parents[2] / "src/variorum/clean/data/flat_weights.json"
SCALE = 32
OFFSETS = np.concatenate([[0], np.cumsum(SIZES)])[:-1]
BUCKETS = sum(SIZES)
ALLOWED = {
    (BEFORE, BEFORE),
    (BEFORE, BODY),
    (BODY, BODY),
    (BODY, GAP),
    (GAP, GAP),
    (GAP, BODY),
    (BODY, AFTER),
    (AFTER, AFTER),
}
CLOSED = np.array([[0.0 if (a, b) in ALLOWED else -1e9 for b in range(4)] for a in range(4)])
START = np.array([0.0, 0.0, -1e9, -1e9])
# Pages of more pieces say nothing new of layout and cost most of the time.
LONGEST = 700
# Swept 0..1 by .2 with regularisation 1..8 (--check): precision and recall of pieces are not worth the same to F1.
BIAS = 0.4
STRENGTH = 4.0


class Example(NamedTuple):
    """One flattened page with its features and the states wanted."""

    gold: str
    way: str
    raw: str
    pieces: list[Piece]
    rows: np.ndarray
    states: np.ndarray


def labels(raw: str, pieces: list[Piece], gold: str, wanted: list[str], unwanted: list[str]) -> list[bool]:
    """Whether each piece is the body's: half of its 4-word shingles are in it, or it is a whole line of it."""
    grams, lines = shingles(gold), {line.strip() for line in gold.split("\n")}
    found = []
    for piece in pieces:
        text = raw[piece.start : piece.end]
        words = re.findall(r"\w+", text)
        own = shingles(text)
        inside = (
            (own & grams).total() >= 0.5 * own.total() if len(words) >= 4 else bool(words) and text in lines
        )
        inside = inside or any(w in text for w in wanted)
        found.append(inside and not any(w in text for w in unwanted))
    return found


def states_of(inside: list[bool]) -> np.ndarray:
    """The four states from what is inside: before, body, gap, after."""
    states = np.zeros(len(inside), dtype=np.int8)
    marked = [i for i, value in enumerate(inside) if value]
    if marked:
        states[marked[-1] + 1 :] = AFTER
        states[marked[0] : marked[-1] + 1] = GAP
        states[marked] = BODY
    return states


def example(source: str, way: str, gold: str, wanted: list[str], unwanted: list[str]) -> Example | None:
    raw = flatten(source, way)
    pieces = [p.piece for p in part(raw, cut(raw))]
    if not pieces or len(pieces) > LONGEST:
        return None
    looks = [look(raw[p.start : p.end]) for p in pieces]
    inside = labels(raw, pieces, gold, wanted, unwanted)
    return Example(
        gold, way, raw, pieces, np.array(features(pieces, raw, looks)) + OFFSETS, states_of(inside)
    )


def known() -> list[Example]:
    found = [example(row["source"], way, row["text"], [], []) for row in scrapinghub() for way in WAYS]
    return [e for e in found if e]


def silver() -> list[Example]:
    folder = SHARED / "data" / "html" / "trafilatura"
    found = []
    with gzip.open(folder / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            source = read(folder, row["html"])
            gold = trafilatura.extract(source, include_comments=False, include_tables=True) or ""
            wanted = [w for w in row["with"] if len(w) > 8]
            unwanted = [w for w in row["without"] if len(w) > 8]
            if len(gold) > 200:
                try:
                    found.extend(example(source, way, gold, wanted, unwanted) for way in WAYS)
                except (ValueError, AssertionError):
                    continue
    return [e for e in found if e]


def _batches(examples: list[Example], size: int = 64) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    ordered = sorted(examples, key=lambda e: len(e.pieces))
    made = []
    for start in range(0, len(ordered), size):
        group = ordered[start : start + size]
        longest = max(len(e.pieces) for e in group)
        rows = np.full((longest, len(group), len(SIZES)), BUCKETS, dtype=np.int32)
        gold = np.zeros((longest, len(group)), dtype=np.int64)
        real = np.zeros((longest, len(group)), dtype=bool)
        for column, e in enumerate(group):
            rows[: len(e.pieces), column] = e.rows
            gold[: len(e.pieces), column] = e.states
            real[: len(e.pieces), column] = True
        made.append((rows, gold, real))
    return made


def _lse(values: np.ndarray, axis: int) -> np.ndarray:
    top = values.max(axis, keepdims=True)
    return (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)


def _batch(
    table: np.ndarray, moves: np.ndarray, batch: Any, slope: np.ndarray, slope_moves: np.ndarray
) -> float:
    """Log-likelihood of a batch; its gradient is added to the slopes."""
    rows, gold, real = batch
    seen = table[rows].sum(2)
    forward = np.zeros_like(seen)
    forward[0] = START + seen[0]
    for t in range(1, len(rows)):
        step = _lse(forward[t - 1][:, :, None] + moves, 1) + seen[t]
        forward[t] = np.where(real[t][:, None], step, forward[t - 1])
    total = _lse(forward[-1], 1)
    backward = np.zeros_like(seen)
    for t in range(len(rows) - 2, -1, -1):
        step = _lse(moves + (seen[t + 1] + backward[t + 1])[:, None, :], 2)
        backward[t] = np.where(real[t + 1][:, None], step, 0)
    chance = np.exp(forward + backward - total[None, :, None]) * real[:, :, None]
    pairs = (
        forward[:-1][:, :, :, None]
        + moves
        + (seen[1:] + backward[1:])[:, :, None, :]
        - total[None, :, None, None]
    )
    wanted = np.eye(4)[gold] * real[:, :, None]
    counts = np.zeros((4, 4))
    np.add.at(counts, (gold[:-1][real[1:]], gold[1:][real[1:]]), 1)
    slope_moves += (counts - (np.exp(pairs) * real[1:][:, :, None, None]).sum((0, 1))) * (CLOSED == 0)
    rest = wanted - chance
    for feature in range(len(SIZES)):
        flat = rows[:, :, feature].ravel()
        for state in range(4):
            slope[:, state] += np.bincount(flat, weights=rest[:, :, state].ravel(), minlength=BUCKETS + 1)
    return float((seen * wanted).sum() + (moves * (counts > 0) * counts).sum() - total.sum())


def fit(
    examples: list[Example], *, strength: float = STRENGTH, rounds: int = 50
) -> tuple[np.ndarray, np.ndarray]:
    """Weights by maximum likelihood with a Gaussian prior: (emission, transition)."""
    batches = _batches(examples)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        table = np.vstack([theta[: BUCKETS * 4].reshape(BUCKETS, 4), np.zeros((1, 4))])
        moves = theta[BUCKETS * 4 :].reshape(4, 4) + CLOSED
        slope, slope_moves = np.zeros((BUCKETS + 1, 4)), np.zeros((4, 4))
        likelihood = sum(_batch(table, moves, b, slope, slope_moves) for b in batches)
        gradient = np.concatenate([slope[:BUCKETS].ravel(), slope_moves.ravel()])
        return -likelihood + strength / 2 * float(theta @ theta), -gradient + strength * theta

    best = minimize(
        loss, np.zeros(BUCKETS * 4 + 16), jac=True, method="L-BFGS-B", options={"maxiter": rounds}
    )
    return best.x[: BUCKETS * 4].reshape(BUCKETS, 4), best.x[BUCKETS * 4 :].reshape(4, 4)


def decode(emission: np.ndarray, moves: np.ndarray, rows: np.ndarray, bias: float) -> list[int]:
    seen = emission[rows].sum(1)
    seen[:, BODY] += bias
    value, back = START + seen[0], []
    for step in seen[1:]:
        options = value[:, None] + moves + CLOSED
        back.append(options.argmax(0))
        value = options.max(0) + step
    state = int(value.argmax())
    states = [state]
    for sources in reversed(back):
        state = int(sources[state])
        states.append(state)
    return states[::-1]


def report(emission: np.ndarray, moves: np.ndarray, examples: list[Example], bias: float) -> None:
    scores: dict[str, list[float]] = {way: [] for way in WAYS}
    for e in examples:
        states = decode(emission, moves, e.rows, bias)
        kept = "\n".join(e.raw[p.start : p.end] for p, s in zip(e.pieces, states, strict=True) if s == BODY)
        scores[e.way].append(shingle_prf(e.gold, kept)[2])
    line = "  ".join(f"{way} {np.mean(values):.4f}" for way, values in scores.items())
    print(f"bias {bias:.1f}  {line}  all {np.mean([v for s in scores.values() for v in s]):.4f}", flush=True)


def write(emission: np.ndarray, moves: np.ndarray) -> None:
    """Write the weights as whole numbers; the bias goes into the first feature, of which every piece has one bucket."""
    table = np.round(emission * SCALE).astype(int)
    table[: SIZES[0], BODY] += round(BIAS * SCALE)
    steps = [
        [round(float(moves[a, b]) * SCALE) if CLOSED[a, b] == 0 else None for b in range(4)] for a in range(4)
    ]
    rows = ",\n".join(json.dumps(row) for row in table.tolist())
    head = f'{{"states": ["before", "body", "gap", "after"],\n"transition": {json.dumps(steps)},\n"emission": [\n'
    WEIGHTS.write_text(f"{head}{rows}\n]}}\n", encoding="utf-8")


def main() -> None:
    own = known()
    others = silver()
    print(f"{len(own)} examples of known body, {len(others)} silver", flush=True)
    if "--check" in sys.argv:
        emission, moves = fit(others)
        for bias in (0.0, 0.2, 0.4, 0.6, 0.8):
            report(emission, moves, own, bias)
    else:
        write(*fit(own + others))


if __name__ == "__main__":
    main()
