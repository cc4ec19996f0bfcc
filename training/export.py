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
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from training.encoder import WIDTH, load_start, start_weights
from training.model import LABEL_WIDTH, OUTPUTS, STATE_WIDTH
from training.run import load
from variorum.models.pairs import FEATURES

if TYPE_CHECKING:
    from torch import Tensor

    from training.coreference import Scorer
    from training.encoder import Encoder
    from training.model import Reader

# The old exporter's graph is 15 % faster in the runtime than that of the new one (notes on feasibility).
OPSET = 17
GRAPHS: tuple[str, ...] = ("table", "reader", "vectors", "relations", "pairs")
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


def quantize(held: Path, out: Path, *, table: bool = True, heads: bool = True) -> None:
    """Write the graphs in int8: matrices with constant weights per channel, activations by the whole tensor as they come.

    Args:
        held: The folder of the unquantized graphs.
        out: Where to.
        table: Whether the table of embeddings goes to int8 too (one scale for it: 12 MB instead of 47).
        heads: Whether the heads' matrices go to int8 too, or the encoder's alone.
    """
    for path in sorted(held.glob("*.onnx")):
        # Relations and pairs are small, and what they choose hangs on small differences: they stay as they are.
        kinds = {"table": ["Gather"] if table else [], "reader": ["MatMul"], "vectors": ["MatMul"]}.get(
            path.stem
        )
        if kinds:
            nodes = onnx.load(str(path)).graph.node
            apart = [n.name for n in nodes if n.op_type == "MatMul" and "layers." not in n.name and not heads]
            quantize_dynamic(
                str(path),
                str(out / path.name),
                op_types_to_quantize=kinds,
                per_channel=True,
                weight_type=QuantType.QInt8,
                nodes_to_exclude=apart,
            )
        else:
            shutil.copyfile(path, out / path.name)


def in_blocks(path: Path, out: Path, size: int) -> None:
    """Write a graph with 8-bit weights by blocks, activations scaled by word and block: no word changes another's scales.

    On 2,957 words of a half-trained reader 2 % of governors and 0.3 % of UPOS differed from the unquantized graph's (blocks of 128;
    1.8 % and 0.1 % with 32), against 9 % and 1 % with activations scaled by the whole tensor; reading took 1.4 times as long.

    Args:
        path: The unquantized graph.
        out: Where to.
        size: Weights in a block that share a scale: 16, 32, 64 or 128.
    """
    from onnxruntime.quantization.matmul_nbits_quantizer import (  # noqa: PLC0415
        MatMulNBitsQuantizer,
    )

    # Accuracy level 4: activations in int8 too.
    held = MatMulNBitsQuantizer(
        onnx.load(str(path)), block_size=size, is_symmetric=True, accuracy_level=4, bits=8
    )
    held.process()
    held.model.save_model_to_file(str(out))


def export(
    weights: Path, out: Path, *, table: bool = True, heads: bool = True, blocks: int = 0
) -> dict[str, int]:
    """Export trained weights; the files of the model and their sizes in bytes. `blocks`: see `in_blocks`, 0 for none."""
    export_float(weights, out / "float")
    quantize(out / "float", out, table=table, heads=heads)
    if blocks:
        in_blocks(out / "float" / "reader.onnx", out / "reader.onnx", blocks)
    for name in ("labels.json", "made.json"):
        if (weights / name).is_file():
            shutil.copyfile(weights / name, out / name)
    shutil.copyfile(start_weights() / "tokenizer.json", out / "tokenizer.json")
    names = [*(f"{g}.onnx" for g in GRAPHS), "labels.json", "tokenizer.json"]
    return {name: (out / name).stat().st_size for name in names if (out / name).is_file()}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("weights", type=Path, help="the folder that training wrote")
    parser.add_argument("out", type=Path, help="the folder for the graphs")
    parser.add_argument(
        "--float-table", action="store_true", help="leave the table of embeddings unquantized"
    )
    parser.add_argument("--float-heads", action="store_true", help="leave the heads unquantized")
    parser.add_argument(
        "--blocks", type=int, default=0, help="quantize the reader by blocks of so many weights"
    )
    given = parser.parse_args()
    found = export(
        given.weights,
        given.out,
        table=not given.float_table,
        heads=not given.float_heads,
        blocks=given.blocks,
    )
    for name, size in found.items():
        sys.stdout.write(f"{name}: {size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
