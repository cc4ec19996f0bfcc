"""Graphs to int8, each word by itself: activations scaled row by row, weights column by column, rounded with the texts in view.

Three things keep labels as they are in float32, where one scale for a whole tensor does not (figures in README.md):

- A row (one piece of a word) has its own scale, found as it is read. Few pieces ([SEP], marks) have values ten times the usual,
  and no longer set the scale of the others; no row depends on another, whatever stands in the batch.
- Channels that are large in every row are divided by a factor that their weights are multiplied by (SmoothQuant, Xiao et al. 2023).
- Weights are rounded one input channel after another, each error made good in those still to come (GPTQ, Frantar et al. 2023).

Processors with AVX2 but without VNNI add products of two neighbouring channels in 16 bits, and cut off what does not fit. Scales
are chosen so that it always fits: results are the same on all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np
import onnx
import onnxruntime as ort
from onnx import helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Ints = NDArray[np.int8]
    Node = onnx.NodeProto

# Smaller matrices gain no time in int8.
LEAST_ROWS, LEAST_COLUMNS = 384, 64
# How much of the difference between channels goes into the weights; .5 to .8 flip equally few labels, 1 more.
SMOOTH = 0.7
# GELU gives nothing below this: such tensors need hardly any of the 256 values for their negative side.
GELU_LEAST = -0.17
TOP = 127
# 255 times this is the most that two products may add up to in 16 bits.
PAIR = 128
# Of the mean of the Gram matrix's diagonal, added to it: usual for GPTQ.
_DAMP = 0.01
_BLOCK = 64


class Seen(msgspec.Struct):
    """What texts showed of a tensor: its Gram matrix [K, K], the largest absolute value of each channel [K], the least value."""

    gram: Array
    most: Array
    least: float = 0.0


def matrices(model: onnx.ModelProto) -> dict[str, list[Node]]:
    """The multiplications with a constant matrix worth quantizing, by the tensor that goes into them."""
    sizes = {i.name: tuple(i.dims) for i in model.graph.initializer}
    found: dict[str, list[Node]] = {}
    for node in model.graph.node:
        size = sizes.get(node.input[1], ()) if node.op_type == "MatMul" else ()
        if len(size) == 2 and size[0] >= LEAST_ROWS and size[1] >= LEAST_COLUMNS:
            found.setdefault(node.input[0], []).append(node)
    return found


def observe(model: onnx.ModelProto, inputs: Iterable[dict[str, NDArray[np.generic]]]) -> dict[str, Seen]:
    """Run a graph over texts; what was seen of each tensor that goes into a matrix.

    Args:
        model: The unquantized graph.
        inputs: What it reads; without padding, which is nothing that a text shows.
    """
    names = sorted(matrices(model))
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, None) for n in names)
    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(watched.SerializeToString(), options, providers=["CPUExecutionProvider"])
    found: dict[str, Seen] = {}
    for given in inputs:
        for name, values in zip(names, session.run(names, given), strict=True):
            rows = values.reshape(-1, values.shape[-1])
            seen = found.setdefault(name, Seen(np.zeros((rows.shape[1],) * 2), np.zeros(rows.shape[1])))
            seen.gram += rows.T @ rows
            seen.most = np.maximum(seen.most, np.abs(rows).max(axis=0))
            seen.least = min(seen.least, float(rows.min()))
    return found


def smoothing(seen: Seen, weights: Array) -> Array:
    """Factors [K] by which the channels are divided and the rows of their weights [K, N] multiplied."""
    if seen.least >= GELU_LEAST:
        return np.ones(len(weights))
    most, heavy = np.maximum(seen.most, 1e-5), np.maximum(np.abs(weights).max(axis=1), 1e-5)
    factors: Array = most**SMOOTH / heavy ** (1 - SMOOTH)
    factors /= np.exp(np.log(factors).mean())
    return factors


def scales(weights: Array) -> Array:
    """A scale for each column [K, N]: no weight above `TOP`, no two neighbours of one sign above `PAIR` together."""
    even, odd = weights[0::2], weights[1::2]
    pairs = np.where(even * odd > 0, np.abs(even + odd), 0.0).max(axis=0)
    # One below: rounding adds up to a half to each.
    most: Array = np.maximum(np.abs(weights).max(axis=0) / TOP, pairs / (PAIR - 1))
    return np.maximum(most, 1e-9)


def rounded(weights: Array, gram: Array) -> tuple[Ints, NDArray[np.float32]]:
    """Weights [K, N] as int8 and the scale of each column, rounded so that the products with what was seen change least."""
    scale = scales(weights)
    order = np.argsort(-np.diag(gram), kind="stable")
    damped = gram[order][:, order] + np.eye(len(gram)) * (_DAMP * np.mean(np.diag(gram)) + 1e-9)
    upper = np.linalg.cholesky(np.linalg.inv(damped)).T
    left, whole = weights[order].copy(), np.zeros_like(weights)
    for a in range(0, len(left), _BLOCK):
        b = min(a + _BLOCK, len(left))
        errors = np.zeros((b - a, left.shape[1]))
        for k in range(a, b):
            whole[order[k]] = np.clip(np.rint(left[k] / scale), -TOP, TOP)
            errors[k - a] = (left[k] - whole[order[k]] * scale) / upper[k, k]
            left[k:b] -= np.outer(upper[k, k:b], errors[k - a])
        left[b:] -= upper[a:b, b:].T @ errors
    return _within(whole).astype(np.int8), scale.astype(np.float32)


def _within(whole: Array) -> Array:
    """Neighbours whose sum rounding took above `PAIR`, made smaller."""
    even, odd = whole[0::2], whole[1::2]
    over = np.where(even * odd > 0, np.maximum(np.abs(even + odd) - PAIR, 0), 0)
    larger = np.abs(even) >= np.abs(odd)
    made = whole.copy()
    made[0::2] -= np.where(larger, np.sign(even) * over, 0)
    made[1::2] -= np.where(larger, 0, np.sign(odd) * over)
    return made


class _Maker:
    """Makes the nodes and constants of a quantized graph."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.constants = {i.name: i for i in model.graph.initializer}

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def rows(self, name: str, factors: Array, *, one_sided: bool) -> Iterator[Node]:
        """NAME.int8 and NAME.scale from NAME: rows divided by their largest value, in 256 steps."""
        given = sizes = name
        floor, step, zero = 1e-6, 1.0 / TOP, TOP + 1
        if one_sided:
            floor, step = 1.0, (1.0 - GELU_LEAST) / 255
            zero = round(-GELU_LEAST / step)
        else:
            inverse = self.constant(f"{name}.factors", (1 / factors).astype(np.float32))
            yield helper.make_node("Mul", [name, inverse], [f"{name}.even"])
            yield helper.make_node("Abs", [f"{name}.even"], [f"{name}.size"])
            given, sizes = f"{name}.even", f"{name}.size"
        yield helper.make_node("ReduceMax", [sizes], [f"{name}.most"], axes=[-1], keepdims=1)
        # Nothing is divided by nothing; and what is at most 1 needs no smaller step than GELU's least value leaves.
        least = self.constant(f"{name}.floor", np.array(floor, np.float32))
        yield helper.make_node("Max", [f"{name}.most", least], [f"{name}.scale"])
        yield helper.make_node("Div", [given, f"{name}.scale"], [f"{name}.part"])
        self.constant(f"{name}.step", np.array(step, np.float32))
        self.constant(f"{name}.zero", np.array(zero, np.uint8))
        parts = [f"{name}.part", f"{name}.step", f"{name}.zero"]
        yield helper.make_node("QuantizeLinear", parts, [f"{name}.int8"])

    def product(self, node: Node, weights: Ints, scale: NDArray[np.float32]) -> Iterator[Node]:
        name, out = node.input[0], node.output[0]
        held = [self.constant(f"{out}.weights", weights), f"{name}.step"]
        held += [self.constant(f"{out}.scales", scale), f"{name}.zero"]
        yield helper.make_node(
            "MatMulIntegerToFloat",
            [f"{name}.int8", *held],
            [f"{out}.part"],
            name=node.name,
            domain="com.microsoft",
        )
        yield helper.make_node("Mul", [f"{out}.part", f"{name}.scale"], [out])


def quantized(model: onnx.ModelProto, seen: dict[str, Seen]) -> onnx.ModelProto:
    """The graph with its matrices in int8.

    Args:
        model: The unquantized graph.
        seen: From `observe`.
    """
    groups, maker = matrices(model), _Maker(model)
    begun: set[str] = set()
    made: dict[str, tuple[Ints, NDArray[np.float32]]] = {}
    factors: dict[str, Array] = {}
    for name, nodes in groups.items():
        parts = [numpy_helper.to_array(maker.constants.pop(n.input[1])).astype(np.float64) for n in nodes]
        whole = np.concatenate(parts, axis=1)
        factors[name] = smoothing(seen[name], whole)
        gram = seen[name].gram / np.outer(factors[name], factors[name])
        values, scale = rounded(whole * factors[name][:, None], gram)
        borders = np.cumsum([p.shape[1] for p in parts])[:-1]
        columns = zip(np.split(values, borders, axis=1), np.split(scale, borders), strict=True)
        made |= {n.output[0]: held for n, held in zip(nodes, columns, strict=True)}
    changed: list[Node] = []
    for node in model.graph.node:
        if node.output[0] not in made:
            changed.append(node)
            continue
        name = node.input[0]
        if name not in begun:
            begun.add(name)
            changed += maker.rows(name, factors[name], one_sided=seen[name].least >= GELU_LEAST)
        changed += maker.product(node, *made[node.output[0]])
    return _with(model, changed, maker.constants)


def table(model: onnx.ModelProto) -> onnx.ModelProto:
    """The look-up of a table of embeddings with 8 bits a value and one scale a row."""
    (values,) = (numpy_helper.to_array(i) for i in model.graph.initializer if len(i.dims) == 2)
    scale = np.maximum(np.abs(values).max(axis=1, keepdims=True) / TOP, 1e-9).astype(np.float32)
    held = {"rows": np.rint(values / scale).astype(np.int8), "scales": scale}
    ids, out = model.graph.input[0].name, model.graph.output[0].name
    nodes = [
        helper.make_node("Gather", ["rows", ids], ["int8"]),
        helper.make_node("Cast", ["int8"], ["whole"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", ["scales", ids], ["scale"]),
        helper.make_node("Mul", ["whole", "scale"], [out]),
    ]
    return _with(model, nodes, {name: numpy_helper.from_array(v, name) for name, v in held.items()})


def _with(
    model: onnx.ModelProto, nodes: list[Node], constants: dict[str, onnx.TensorProto]
) -> onnx.ModelProto:
    """The graph's inputs and outputs with other nodes and constants."""
    graph = helper.make_graph(
        nodes, model.graph.name, model.graph.input, model.graph.output, list(constants.values())
    )
    made = helper.make_model(graph, producer_name="variorum", ir_version=model.ir_version)
    del made.opset_import[:]
    made.opset_import.extend([*model.opset_import, helper.make_opsetid("com.microsoft", 1)])
    return made
