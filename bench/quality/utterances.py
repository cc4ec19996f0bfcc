"""How well `compare.utterances.render` tells paraphrases from near-misses, speakers left aside (MRPC, dev part).

MRPC pairs come without speakers, so recall is what words alone give; precision is a lower bound, for in a story only
statements of one voice are compared.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from variorum.compare.content import gist
from variorum.compare.utterances import render

PAIRS = Path(__file__).resolve().parents[3] / "shared" / "data" / "pairs" / "mrpc"


def measure(part: str) -> dict[str, float]:
    """Precision, recall, F1 of `same` and accuracy on one part."""
    with gzip.open(PAIRS / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = [(render(gist(r["a"]), gist(r["b"])) is not None, r["label"] == "same") for r in rows]
    hit = sum(a and b for a, b in found)
    precision = hit / max(sum(a for a, _ in found), 1)
    recall = hit / max(sum(b for _, b in found), 1)
    return {
        "pairs": len(rows),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        "accuracy": round(sum(a == b for a, b in found) / len(rows), 3),
    }


if __name__ == "__main__":
    for name in ("train", "dev"):
        print(name, measure(name))
