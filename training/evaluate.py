"""Evaluation of the exported model by onnxruntime alone: `python -m training.evaluate MODEL`. Nothing here needs torch.

Prints and writes `MODEL/figures.json`: figures by corpus on the development texts (int8 and unquantized), how many labels differ
between the two, and the time that reading took. Corpora with syntax are read in their own sentences and words, as dependencies are
measured everywhere, and once more in those that `variorum.text.segment` finds (`int8, own words`), as the product reads pages.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from training.data.corpora import texts, training
from training.data.licence import why_not
from training.data.plain import as_found
from training.documents import documents
from training.folds import left_out
from training.scores import scores
from training.speakers import speakers
from variorum.models.decode import Decoded, read
from variorum.models.sessions import Sessions, open_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.documents import Document
    from variorum.models.labels import Labels

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]


class Timed(Sessions):
    """The graphs of a folder, and the seconds that encoder and heads took."""

    seconds = 0.0

    def read(self, inputs: dict[str, Ints]) -> dict[str, Floats]:
        """See `variorum.models.decode.Runner`."""
        began = time.perf_counter()
        found = super().read(inputs)
        self.seconds += time.perf_counter() - began
        return found


def _inside(spans: list[tuple[int, int]], size: int) -> Ints:
    row = np.zeros(size, dtype=np.int64)
    for a, b in spans:
        row[a], row[a + 1 : b + 1] = 1, 2
    return row


def flips(pairs: list[tuple[Decoded, Decoded]], labels: Labels) -> dict[str, float]:
    """The share of words whose label differs between two readings of the same words, by layer; `tags` is a mean over tags."""
    differ: dict[str, list[int]] = {}
    words = 0
    for one, other in pairs:
        size = len(one.upos)
        words += size
        rows = {name: getattr(one, name) != getattr(other, name) for name in ("upos", "arc", "deprel")}
        rows["lemma"] = np.array([a != b for a, b in zip(one.lemmas, other.lemmas, strict=True)])
        tags = [
            _inside(one.spans.get(t, []), size) != _inside(other.spans.get(t, []), size) for t in labels.tags
        ]
        rows["names"] = np.any(
            [t for n, t in zip(labels.tags, tags, strict=True) if n.startswith("name:")], axis=0
        )
        rows["roles"] = np.any(
            [t for n, t in zip(labels.tags, tags, strict=True) if not n.startswith("name:")], axis=0
        )
        heads = [np.isin(np.arange(size), r.mentions[:, 0]) for r in (one, other)]
        rows["mentions"] = heads[0] != heads[1]
        for name, row in rows.items():
            differ.setdefault(name, []).append(int(row.sum()))
    return {name: round(sum(held) / max(1, words), 5) for name, held in sorted(differ.items())}


def measured(corpora: list[str], few: int, fold: int = -1) -> list[tuple[str, object]]:
    """Development texts by corpus without those whose licence binds to non-commercial use; of a fold, what training left out."""
    count: dict[str, int] = {}
    found: list[tuple[str, object]] = []
    for text in texts("dev") if fold < 0 else (t for t in training() if left_out(t, fold)):
        if why_not(text.licence) or (corpora and text.corpus not in corpora):
            continue
        count[text.corpus] = count.get(text.corpus, 0) + 1
        if not few or count[text.corpus] <= few:
            found.append((text.corpus, text))
    return found


def figures(held: list[tuple[Document, Decoded]], labels: Labels) -> dict[str, dict[str, float]]:
    """Figures by corpus; `speakers` where a corpus tells who spoke."""
    groups: dict[str, list[tuple[Document, Decoded]]] = {}
    for document, reading in held:
        groups.setdefault(document.text.corpus, []).append((document, reading))
    found: dict[str, dict[str, float]] = {}
    for corpus, group in groups.items():
        found[corpus] = scores(group, labels)
        who = speakers(group)
        if who["asked"]:
            found[corpus] |= {f"speakers {name}": value for name, value in who.items()}
    return found


def evaluate(
    model: Path, *, corpora: list[str], few: int = 0, threads: int = 2, fold: int = -1
) -> dict[str, object]:
    """Figures of an exported model.

    Args:
        model: Its folder.
        corpora: Which corpora; all if empty.
        few: At most so many documents of a corpus; 0 for all.
        threads: Threads of the runtime.
        fold: The part that training left out, to measure on it alone; -1 for the development texts.
    """
    opened = open_model(model, threads)
    runner, pieces, labels = Timed(model, threads), opened.pieces, opened.labels
    held = documents([t for _, t in measured(corpora, few, fold)], labels)  # type: ignore[misc]
    began = time.perf_counter()
    small = [(d, read(d, runner, pieces, labels)) for d in held]
    seconds, inside = time.perf_counter() - began, runner.seconds
    sentences, words = sum(int(d.sentence[-1]) + 1 for d in held), sum(len(d.words) for d in held)
    own = documents([as_found(d.text) for d in held if "syntax" in d.text.layers], labels)
    found: dict[str, object] = {
        "int8": figures(small, labels),
        "int8, own words": figures([(d, read(d, runner, pieces, labels)) for d in own], labels),
        "size": {p.name: p.stat().st_size for p in sorted(model.glob("*.onnx"))},
        "time": {
            "sentences": sentences,
            "words": words,
            "seconds": round(seconds, 2),
            "encoder and heads": round(inside, 2),
            "sentences a second": round(sentences / seconds, 1),
        },
    }
    if (model / "float").is_dir():
        whole = Sessions(model / "float", threads)
        large = [(d, read(d, whole, pieces, labels)) for d in held]
        found["float"] = figures(large, labels)
        found["flips"] = flips([(a, b) for (_, a), (_, b) in zip(small, large, strict=True)], labels)
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("model", type=Path, help="the folder that `training.export` wrote")
    parser.add_argument("--corpora", nargs="*", default=[], help="which; all if none is given")
    parser.add_argument("--few", type=int, default=0, help="at most so many documents of a corpus")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--fold", type=int, default=-1, help="measure on the part that training left out")
    given = parser.parse_args()
    found = evaluate(
        given.model, corpora=given.corpora, few=given.few, threads=given.threads, fold=given.fold
    )
    text = msgspec.json.format(msgspec.json.encode(found), indent=1)
    (given.model / "figures.json").write_bytes(text)
    sys.stdout.write(text.decode() + "\n")


if __name__ == "__main__":
    main()
