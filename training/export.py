"""Export: `python -m training.export WEIGHTS OUT`. Trained modules to ONNX graphs, then to int8.

`table.onnx` (pieces to rows of the table of embeddings) serves two: `reader.onnx` (windows to classes, tags, pointers, states) and
`vectors.onnx` (sentence vectors of the untouched start). What is scored in pairs is chosen after reading: `relations.onnx` (labels of
chosen arcs), `pairs.onnx` (antecedents). `float/` keeps the same graphs unquantized, to measure against.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from torch import nn

from training.data.corpora import training
from training.encoder import WIDTH, load_start, start_weights
from training.model import LABEL_WIDTH, OUTPUTS, STATE_WIDTH
from training.quantize import observe, quantized, table
from training.run import load
from variorum.models.pairs import FEATURES
from variorum.models.pieces import Pieces
from variorum.models.sessions import Sessions, write_sums
from variorum.models.windows import WINDOW, Words, cut, inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor

    from training.coreference import Scorer
    from training.data.form import Text
    from training.encoder import Encoder
    from training.model import Reader

# The old exporter's graph is 15 % faster in the runtime than that of the new one (notes on feasibility).
OPSET = 17
GRAPHS: tuple[str, ...] = ("table", "reader", "vectors", "relations", "pairs")
# Texts of a corpus that int8 is fitted on, and windows of each: some 15,000 pieces in all.
SAMPLES, SAMPLED_WINDOWS = 12, 2
# Pieces of a window about as long as the sentences that vectors are made of.
SENTENCE = 40
INPUTS: dict[str, tuple[str, ...]] = {
    "table": ("ids",),
    "reader": ("embedded", "shapes", "mask", "first"),
    "vectors": ("embedded", "mask"),
    "relations": ("dependent", "governor"),
    "pairs": ("states", "left", "right", "rows"),
}


class _Ordered(nn.Module):
    """The reader with its outputs as a tuple in the order of `OUTPUTS`."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, rows: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        out = self.reader.from_rows(rows, shapes, mask, first)
        return tuple(out[name] for name in OUTPUTS)


class _Vectors(nn.Module):
    """Sentence vectors as the start gives them: the mean of its states, of length 1."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, rows: Tensor, mask: Tensor) -> Tensor:
        states = self.encoder.states(rows, torch.zeros_like(mask), mask)
        held = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * held).sum(1) / held.sum(1).clamp_min(1.0)
        return mean / mean.norm(dim=-1, keepdim=True).clamp_min(1e-9)  # type: ignore[no-any-return]


def _reader_axes() -> dict[str, dict[int, str]]:
    axes = {name: {0: "batch", 1: "pieces"} for name in ("embedded", "shapes", "mask")}
    axes |= {name: {0: "batch", 1: "words"} for name in ("first", *OUTPUTS)}
    axes["governor"] = {0: "batch", 1: "words_and_root"}
    for name in ("arc", "first", "last", "cue", "source"):
        axes[f"{name}_scores"] = {0: "batch", 1: "words", 2: "words_and_root"}
    return axes


def output_name(name: str) -> str:
    """The name of an output in the graph: `first` is an input's name already, so pointers are called scores."""
    return f"{name}_scores" if name in {"arc", "first", "last", "cue", "source"} else name


def export_float(weights: Path, out: Path) -> None:
    """Write the graphs unquantized; `vectors.onnx` only if the table is still the start's (`--frozen` 0 or more)."""
    reader, scorer, _ = load(weights)
    out.mkdir(parents=True, exist_ok=True)
    # Lengths that differ from each other and from 1: the exporter takes equal ones for one axis, and 1 for a constant.
    ids, first = torch.zeros(2, 11, dtype=torch.long), torch.arange(1, 8).repeat(2, 1)
    rows, mask, table = (
        torch.zeros(2, 11, WIDTH),
        torch.ones_like(ids),
        reader.encoder.embeddings.word_embeddings,
    )
    pieces = {0: "batch", 1: "pieces"}
    _write(table, (ids,), out / "table.onnx", outputs=["embedded"], axes={"ids": pieces, "embedded": pieces})
    names = [output_name(n) for n in OUTPUTS]
    _write(
        _Ordered(reader).eval(),
        (rows, ids, mask, first),
        out / "reader.onnx",
        outputs=names,
        axes=_reader_axes(),
    )
    start = load_start(start_weights()).eval()
    if torch.equal(start.embeddings.word_embeddings.weight, table.weight):
        axes = {"embedded": pieces, "mask": pieces, "vectors": {0: "batch"}}
        _write(_Vectors(start).eval(), (rows, mask), out / "vectors.onnx", outputs=["vectors"], axes=axes)
    ends = torch.zeros(5, LABEL_WIDTH)
    axes = {name: {0: "arcs"} for name in ("dependent", "governor", "labels")}
    _write(reader.relations.eval(), (ends, ends), out / "relations.onnx", outputs=["labels"], axes=axes)
    _write_pairs(scorer, out / "pairs.onnx")


def _write_pairs(scorer: Scorer, path: Path) -> None:
    places = torch.zeros(4, dtype=torch.long)
    rows = torch.zeros(4, len(FEATURES), dtype=torch.long)
    axes = {name: {0: "pairs"} for name in ("left", "right", "rows", "scores")} | {"states": {0: "mentions"}}
    _write(
        scorer.eval(),
        (torch.zeros(3, 3 * STATE_WIDTH), places, places, rows),
        path,
        outputs=["scores"],
        axes=axes,
    )


def _write(
    module: nn.Module,
    given: tuple[Tensor, ...],
    path: Path,
    *,
    outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            given,
            str(path),
            input_names=list(INPUTS[path.stem]),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    onnx.checker.check_model(str(path))


def samples(texts: Iterable[Text]) -> list[Words]:
    """Documents that the scales and roundings of int8 are fitted on: some of every corpus, always the same."""
    held: dict[str, list[Text]] = {}
    for text in texts:
        held.setdefault(text.corpus, []).append(text)
    chosen = (t for group in held.values() for t in sorted(group, key=_shuffled)[:SAMPLES])
    return [
        Words(
            words=[text.text[t.start : t.end] for t in text.tokens()],
            sentence=np.repeat(np.arange(len(text.sentences)), [len(s.tokens) for s in text.sentences]),
        )
        for text in chosen
    ]


def _shuffled(text: Text) -> int:
    return zlib.crc32(text.id.encode())


def quantize(held: Path, out: Path, read: list[Words]) -> None:
    """Write the graphs in int8 (`training.quantize`).

    Args:
        held: The folder of the unquantized graphs.
        out: Where to.
        read: What the scales and roundings are fitted on; never what is measured on.
    """
    # Relations and pairs are small, and what they choose hangs on small differences: they stay as they are.
    for name in ("relations", "pairs"):
        shutil.copyfile(held / f"{name}.onnx", out / f"{name}.onnx")
    onnx.save(table(onnx.load(str(held / "table.onnx"))), str(out / "table.onnx"))
    whole, pieces = Sessions(held), Pieces(start_weights() / "tokenizer.json")
    # The reader sees windows; vectors are made of sentences.
    for name, limit in (("reader", WINDOW), ("vectors", SENTENCE)):
        if (held / f"{name}.onnx").is_file():
            model = onnx.load(str(held / f"{name}.onnx"))
            windows = (w for document in read for w in cut(document, pieces, limit)[:SAMPLED_WINDOWS])
            given = (inputs([w], pieces) for w in windows)
            rows = (x | {"embedded": whole.rows(x["ids"])} for x in given)
            seen = observe(model, ({key: x[key] for key in INPUTS[name]} for x in rows))
            onnx.save(quantized(model, seen), str(out / f"{name}.onnx"))


def export(weights: Path, out: Path, texts: Iterable[Text]) -> dict[str, int]:
    """Export trained weights.

    Args:
        weights: The folder that training wrote.
        out: Where to.
        texts: Training texts, out of which those are chosen that int8 is fitted on.

    Returns:
        The files of the model and their sizes in bytes.
    """
    export_float(weights, out / "float")
    quantize(out / "float", out, samples(texts))
    for name in ("labels.json", "made.json"):
        if (weights / name).is_file():
            shutil.copyfile(weights / name, out / name)
    shutil.copyfile(start_weights() / "tokenizer.json", out / "tokenizer.json")
    write_sums(out)
    names = [*(f"{g}.onnx" for g in GRAPHS), "labels.json", "tokenizer.json"]
    return {name: (out / name).stat().st_size for name in names if (out / name).is_file()}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("weights", type=Path, help="the folder that training wrote")
    parser.add_argument("out", type=Path, help="the folder for the graphs")
    given = parser.parse_args()
    for name, size in export(given.weights, given.out, training()).items():
        sys.stdout.write(f"{name}: {size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
