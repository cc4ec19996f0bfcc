"""Fit the block model of flat cleaning on flattened HTML pages, and write its weights.

Fitted on trafilatura dev alone (labels by our own cleaning of the HTML, then by the strings that a person marked as
wanted and unwanted), so that scrapinghub dev stays unseen and its figures are honest; it chose the constants
below, no weights (the trees of the HTML cleaning, which makes the labels, have seen lines of both sets). No site is in both. The weights see layout, punctuation and shares of word classes, never words.

    python -m bench.quality.fit_flat           # fits, and writes the weights
    python -m bench.quality.fit_flat --check   # fits, and scores several biases on scrapinghub dev
    python -m bench.quality.fit_flat --same    # fits, and fails if that is not what ships: the labels follow the HTML cleaning
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.quality.clean_html import decode as decode_page
from bench.quality.clean_html import ours
from bench.quality.flatten import SHARED, WAYS, flatten, read, scrapinghub
from variorum.clean.flat.features import SIZES, features, look
from variorum.clean.flat.model import AFTER, BEFORE, BODY, GAP
from variorum.clean.flat.pieces import Piece, broken, cut
from variorum.clean.flat.seams import part
from variorum.measure import shingle_prf, shingles

WEIGHTS = Path(__file__).parents[2] / "src/variorum/clean/data/flat_weights.json"
# Whole numbers of this size lose nothing: at 32 a page or two tipped over (with lines .921 for .926).
SCALE = 1024
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
# Precision and recall of pieces are not worth the same to F1. Swept -.1..+.2 by .1 (mean with lines; lost): .914; .856, .940; .881,
# .939; .887, .929; .885.
BIAS = {False: 0.1, True: 0.1}
# Steps of the optimiser; ending early is a prior too. With lines 85 gave .917 for .926; without lines 50 gave .880 for .883.
ROUNDS = {False: 50, True: 120}
# Of the Gaussian prior. Swept 4, 15, 25, 40: without lines 15 best (.846; 4 .831, 40 .822), with lines 4 to 25 alike.
STRENGTH = 15.0


# Emission by feature bucket and state, and transition from state to state.
Model = tuple[np.ndarray, np.ndarray]


class Example(NamedTuple):
    """One flattened page with its features and the states wanted."""

    gold: str
    way: str
    raw: str
    pieces: list[Piece]
    rows: np.ndarray
    states: np.ndarray
    broken: bool


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
    rows = np.array(features(pieces, raw, looks)) + OFFSETS
    return Example(gold, way, raw, pieces, rows, states_of(inside), broken(pieces))


def known() -> list[Example]:
    found = [example(row["source"], way, row["text"], [], []) for row in scrapinghub() for way in WAYS]
    return [e for e in found if e]


def silver() -> list[Example]:
    folder = SHARED / "data" / "html" / "trafilatura"
    found = []
    with gzip.open(folder / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            source = read(folder, row["html"])
            gold = ours(decode_page(gzip.decompress((folder / row["html"]).read_bytes())), row["url"])
            wanted = [w for w in row["with"] if len(w) > 8]
            unwanted = [w for w in row["without"] if len(w) > 8]
            if len(gold) > 200:
                try:
                    found.extend(example(source, way, gold, wanted, unwanted) for way in WAYS)
                except (ValueError, AssertionError):
                    continue
    return [e for e in found if e]


class Batch(NamedTuple):
    """Pages of like length side by side: one-hot features of (place, page), states wanted, which places are real."""

    seen: csr_matrix
    gold: np.ndarray
    real: np.ndarray


def _batches(examples: list[Example], size: int = 64) -> list[Batch]:
    ordered = sorted(examples, key=lambda e: len(e.pieces))
    made = []
    for start in range(0, len(ordered), size):
        group = ordered[start : start + size]
        longest = max(len(e.pieces) for e in group)
        gold = np.zeros((longest, len(group)), dtype=np.int64)
        real = np.zeros((longest, len(group)), dtype=bool)
        rows: list[np.ndarray] = []
        columns: list[np.ndarray] = []
        for column, e in enumerate(group):
            count = len(e.pieces)
            gold[:count, column] = e.states
            real[:count, column] = True
            rows.append(np.repeat(np.arange(count) * len(group) + column, len(SIZES)))
            columns.append(e.rows.ravel())
        where = (np.concatenate(rows), np.concatenate(columns))
        shape = (longest * len(group), BUCKETS)
        made.append(Batch(csr_matrix((np.ones(len(where[0])), where), shape=shape), gold, real))
    return made


def _lse(values: np.ndarray, axis: int) -> np.ndarray:
    top = values.max(axis, keepdims=True)
    return (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)


def _batch(
    table: np.ndarray, moves: np.ndarray, batch: Batch, slope: np.ndarray, slope_moves: np.ndarray
) -> float:
    """Log-likelihood of a batch; its gradient is added to the slopes."""
    gold, real = batch.gold, batch.real
    seen = (batch.seen @ table).reshape(*gold.shape, 4)
    forward = np.zeros_like(seen)
    forward[0] = START + seen[0]
    for t in range(1, len(gold)):
        step = _lse(forward[t - 1][:, :, None] + moves, 1) + seen[t]
        forward[t] = np.where(real[t][:, None], step, forward[t - 1])
    total = _lse(forward[-1], 1)
    backward = np.zeros_like(seen)
    for t in range(len(gold) - 2, -1, -1):
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
    slope += batch.seen.T @ (wanted - chance).reshape(-1, 4)
    return float((seen * wanted).sum() + (moves * (counts > 0) * counts).sum() - total.sum())


def fit(examples: list[Example], *, strength: float = STRENGTH, rounds: int) -> Model:
    """Weights by maximum likelihood with a Gaussian prior: (emission, transition)."""
    batches = _batches(examples)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        table = theta[: BUCKETS * 4].reshape(BUCKETS, 4)
        moves = theta[BUCKETS * 4 :].reshape(4, 4) + CLOSED
        slope, slope_moves = np.zeros((BUCKETS, 4)), np.zeros((4, 4))
        likelihood = sum(_batch(table, moves, b, slope, slope_moves) for b in batches)
        gradient = np.concatenate([slope.ravel(), slope_moves.ravel()])
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


def report(models: dict[bool, Model], examples: list[Example], bias: float) -> None:
    scores: dict[str, list[float]] = {way: [] for way in WAYS}
    for e in examples:
        states = decode(*models[e.broken], e.rows, bias)
        kept = "\n".join(e.raw[p.start : p.end] for p, s in zip(e.pieces, states, strict=True) if s == BODY)
        scores[e.way].append(shingle_prf(e.gold, kept)[2])
    line = "  ".join(f"{way} {np.mean(values):.4f}" for way, values in scores.items())
    print(f"bias {bias:.1f}  {line}  all {np.mean([v for s in scores.values() for v in s]):.4f}", flush=True)


def both(examples: list[Example]) -> dict[bool, Model]:
    """One model for pages with lines (False), one for pages that have lost them (True)."""
    return {
        kind: fit([e for e in examples if e.broken == kind], rounds=ROUNDS[kind]) for kind in (False, True)
    }


def written(emission: np.ndarray, moves: np.ndarray, *, bias: float) -> str:
    """Weights as whole numbers; the bias goes into the first feature, of which every piece has one bucket."""
    table = np.round(emission * SCALE).astype(int)
    table[: SIZES[0], BODY] += round(bias * SCALE)
    steps = [
        [round(float(moves[a, b]) * SCALE) if CLOSED[a, b] == 0 else None for b in range(4)] for a in range(4)
    ]
    rows = ",\n".join(json.dumps(row) for row in table.tolist())
    return f'{{"transition": {json.dumps(steps)},\n"emission": [\n{rows}\n]}}'


def main() -> None:
    examples = silver()
    print(f"{len(examples)} flattened pages", flush=True)
    models = both(examples)
    if "--check" in sys.argv:
        for bias in (-0.1, 0.0, 0.1, 0.2):
            report(models, known(), bias)
    else:
        lines, lost = (written(*models[kind], bias=BIAS[kind]) for kind in (False, True))
        made = f'{{"lines": {lines},\n"broken": {lost}}}\n'
        if "--same" not in sys.argv:
            WEIGHTS.write_text(made, encoding="utf-8")
        elif made != WEIGHTS.read_text("utf-8"):
            sys.exit("the shipped weights are not what the fit gives now")


if __name__ == "__main__":
    main()
