"""Precision, recall and F1 from counts by unit, with bootstrap intervals over units (pages)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import numpy as np

# Enough that the ends of a 95 % interval move by less than half a point between seeds, and a score still takes
# milliseconds.
ROUNDS = 1000
_SEED = 20220731
_LOW, _HIGH = 2.5, 97.5

Statistic = Callable[[np.ndarray], np.ndarray]


class Counts(msgspec.Struct, frozen=True):
    """What one page holds: pairs found right, rows the system gave, rows the gold has."""

    right: float
    given: float
    wanted: float


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The quotient, 0 where there is nothing to divide by."""
    result: np.ndarray = np.zeros_like(above, dtype=float)
    np.divide(above, below, out=result, where=below > 0)
    return result


def interval(units: np.ndarray, statistic: Statistic, *, rounds: int = ROUNDS) -> tuple[float, float]:
    """The 95 % interval of a statistic of sums by the percentile bootstrap over units (Efron 1979).

    Args:
        units: One row of addends a unit.
        statistic: From rows of sums, one a resample, to one value each.
        rounds: Number of resamples; the seed is fixed, so the same input gives the same interval.

    Returns:
        Lower and upper end; the value itself twice for fewer than two units.
    """
    if len(units) < 2:
        value = float(statistic(units.sum(axis=0, keepdims=True))[0]) if len(units) else 0.0
        return value, value
    draw = np.random.default_rng(_SEED).integers(0, len(units), size=(rounds, len(units)))
    weights = np.zeros((rounds, len(units)))
    np.add.at(weights, (np.arange(rounds)[:, None], draw), 1)
    low, high = np.percentile(statistic(weights @ units), [_LOW, _HIGH])
    return float(low), float(high)


def _f1(sums: np.ndarray) -> np.ndarray:
    return ratio(2 * sums[:, 0], sums[:, 1] + sums[:, 2])


def prf(counts: Sequence[Counts]) -> dict[str, float]:
    """Micro-averaged precision, recall and F1 of counts by page, with the interval of F1.

    Returns:
        `precision`, `recall`, `f1`, `f1_low`, `f1_high`, each 0 to 1, and `right`, `given`, `wanted`. Where nothing is
        wanted and nothing given, all are 1: there was nothing to get wrong.
    """
    units = np.array([(c.right, c.given, c.wanted) for c in counts], dtype=float).reshape(-1, 3)
    right, given, wanted = units.sum(axis=0).tolist()
    if not given and not wanted:
        return dict.fromkeys(("precision", "recall", "f1", "f1_low", "f1_high"), 1.0) | dict.fromkeys(
            ("right", "given", "wanted"), 0.0
        )
    low, high = interval(units, _f1)
    return {
        "precision": right / given if given else 0.0,
        "recall": right / wanted if wanted else 0.0,
        "f1": 2 * right / (given + wanted),
        "f1_low": low,
        "f1_high": high,
        "right": float(right),
        "given": float(given),
        "wanted": float(wanted),
    }


def mean_of(values: Sequence[float]) -> dict[str, float]:
    """Mean of one value a page, with its interval: `mean`, `low`, `high`, `pages`."""
    if not values:
        return {"mean": 0.0, "low": 0.0, "high": 0.0, "pages": 0.0}
    units = np.array([(v, 1.0) for v in values])
    low, high = interval(units, lambda sums: ratio(sums[:, 0], sums[:, 1]))
    return {"mean": float(np.mean(values)), "low": low, "high": high, "pages": float(len(values))}
