"""How well `compare.utterances.render` tells paraphrases from near-misses, speakers left aside (MRPC, dev part).

MRPC pairs come without speakers, so recall is what words alone give; precision is a lower bound, for in a story only
statements of one voice are compared.
"""

from __future__ import annotations

import gzip
import json

from bench.quality.measured import SHARED, Measured
from variorum.compare.content import gist
from variorum.compare.utterances import render

PAIRS = SHARED / "data/pairs/mrpc"


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


def gauge() -> Measured:
    """Paraphrases of the dev part."""
    found = measure("dev")
    return Measured(
        about="One utterance in several wordings: paraphrases told from near-misses by their words alone (MRPC; no speakers "
        "there, so precision is a lower bound). The rival calls every pair a paraphrase.",
        ours={f"MRPC {name}": found[name] for name in ("precision", "recall", "f1", "accuracy")},
        rivals={"all the same": {f"MRPC {name}": value for name, value in everything("dev").items()}},
        counts={"pairs": int(found["pairs"])},
        data=(PAIRS / "dev.jsonl.gz",),
    )


def everything(part: str) -> dict[str, float]:
    """What calling every pair the same gives."""
    with gzip.open(PAIRS / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        labels = [json.loads(line)["label"] == "same" for line in lines]
    share = sum(labels) / len(labels)
    return {"precision": share, "recall": 1.0, "f1": 2 * share / (1 + share), "accuracy": share}


if __name__ == "__main__":
    for name in ("train", "dev"):
        print(name, measure(name))
