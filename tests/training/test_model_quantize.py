"""int8 row by row: near the unquantized graph whatever the rows hold, and the same on every processor. Only where onnx is installed."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("onnx", reason="training's requirements alone bring it")

import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

from training import quantize

WIDE, NARROW = quantize.LEAST_ROWS, quantize.LEAST_COLUMNS


def _product(weights):
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"], name="product")],
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", weights.shape[0]])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", weights.shape[1]])],
        [numpy_helper.from_array(weights.astype(np.float32), "w")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _run(model, values):
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: values})[0]


def _made(weights, rows):
    model = _product(weights)
    return quantize.quantized(model, quantize.observe(model, [{"x": rows}]))


@pytest.fixture
def rng():
    """The same numbers in every run."""
    return np.random.default_rng(5)


@pytest.fixture
def rows(rng):
    """States as encoders have them: one channel and one row thirty times the others."""
    rows = rng.normal(size=(300, WIDE)).astype(np.float32)
    rows[:, 7] *= 30
    rows[11] *= 30
    return rows


def test_outliers_spoil_nothing(rng, rows):
    """With an outlying channel and an outlying row every row's products are within a twentieth of its own size (with one scale for all: nothing is left of most)."""
    weights = rng.normal(size=(WIDE, NARROW))
    wanted, found = rows @ weights, _run(_made(weights, rows), rows)
    assert (np.abs(found - wanted).mean(axis=1) < 0.05 * np.abs(wanted).mean(axis=1)).all()


def test_no_row_depends_on_another(rng, rows):
    """A row alone and among others has the same products, bit by bit."""
    model = _made(rng.normal(size=(WIDE, NARROW)), rows)
    assert (_run(model, rows)[20:23] == _run(model, rows[20:23])).all()


def test_what_gelu_gives_keeps_its_small_values(rng):
    """Of tensors that have no large negative values more than the 128 upper steps are used; rows of nothing give nothing."""
    values = rng.normal(size=(300, WIDE)) * 2
    values = np.maximum(values, -0.16).astype(np.float32)
    values[5] = 0
    weights = rng.normal(size=(WIDE, NARROW))
    found = _run(_made(weights, values), values)
    assert not found[5].any()
    wanted = values @ weights
    assert np.abs(found - wanted).mean() < 0.01 * np.abs(wanted).mean()


def test_a_row_of_nothing_gives_nothing(rng, rows):
    """Rows of zeros are not divided by zero."""
    found = _run(_made(rng.normal(size=(WIDE, NARROW)), rows), np.zeros((2, WIDE), np.float32))
    assert found.tolist() == np.zeros((2, NARROW)).tolist()


@pytest.mark.parametrize("scale", [0.0, 1e-3, 50.0])
def test_no_two_products_leave_16_bits(rng, scale):
    """Neighbouring channels times the largest activation fit in 16 bits: AVX2 adds them there. Zero columns stay zero."""
    weights = rng.normal(size=(WIDE, NARROW)) * scale
    weights[4:6, 3] = 9 * scale
    values, _ = quantize.rounded(weights, np.eye(WIDE))
    wide = values.astype(np.int64)
    pairs = 255 * wide[0::2] + 255 * wide[1::2]
    assert pairs.max() <= 32767
    assert pairs.min() >= -32768
    assert bool(wide.any()) == (scale > 0)


def test_rounding_in_view_of_texts_beats_the_nearest(rng):
    """Where channels go together, the products differ less than with each weight rounded to the nearest."""
    rows = rng.normal(size=(900, 40)) @ rng.normal(size=(40, WIDE)) + 0.1 * rng.normal(size=(900, WIDE))
    weights = rng.normal(size=(WIDE, NARROW))
    values, scale = quantize.rounded(weights, rows.T @ rows)
    nearest = np.rint(weights / quantize.scales(weights)) * quantize.scales(weights)
    ours, theirs = (np.abs(rows @ w - rows @ weights).mean() for w in (values * scale, nearest))
    assert ours < 0.5 * theirs


def test_small_matrices_stay_as_they_are(rng):
    """What would gain no time is not touched."""
    model = _product(rng.normal(size=(WIDE, NARROW - 1)))
    assert not quantize.matrices(model)
    assert [n.op_type for n in quantize.quantized(model, {}).graph.node] == ["MatMul"]


def test_the_table_has_a_scale_for_each_row(rng):
    """Rows of very different sizes come back within half a step of their own; padding's row of zeros as zeros."""
    values = (rng.normal(size=(9, 16)) * np.geomspace(1e-3, 1e3, 9)[:, None]).astype(np.float32)
    values[0] = 0
    graph = helper.make_graph(
        [helper.make_node("Gather", ["w", "ids"], ["embedded"])],
        "g",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n"])],
        [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["n", 16])],
        [numpy_helper.from_array(values, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    found = _run(quantize.table(model), np.arange(9))
    assert (np.abs(found - values) <= np.abs(values).max(axis=1, keepdims=True) / 253).all()
