"""Intervals that hold as often as they say, from how far off earlier predictions were; NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]


def weighted_quantile(values: ArrayLike, level: ArrayLike, weights: ArrayLike | None = None) -> Values:
    """Return quantiles of weighted values, interpolated between the middles of their weight steps.

    ``level`` may be a number or an array. Raises ValueError where there are no values or no weight.
    """
    v = np.asarray(values, dtype=np.float64).ravel()
    w = np.ones(len(v)) if weights is None else np.asarray(weights, dtype=np.float64).ravel()
    if not len(v) or w.sum() <= 0:
        raise ValueError("a quantile needs at least one value with weight")
    order = np.argsort(v, kind="stable")
    order = order[w[order] > 0]
    v, w = v[order], w[order]
    middle = (np.cumsum(w) - w / 2) / w.sum()
    return np.interp(np.asarray(level, dtype=np.float64), middle, v)


def effective_count(weights: ArrayLike) -> float:
    """Return how many equally weighted cases carry as much information (Kish 1965)."""
    w = np.asarray(weights, dtype=np.float64)
    square = float((w**2).sum())
    return float(w.sum() ** 2 / square) if square > 0 else 0.0


def conformal_levels(levels: ArrayLike, count: float) -> Values:
    """Widen quantile levels for a finite number of residuals so that coverage holds (Vovk et al. 2005; Lei et al. 2018)."""
    level = np.asarray(levels, dtype=np.float64)
    if count <= 0:
        return np.where(level < 0.5, 0.0, np.where(level > 0.5, 1.0, 0.5))
    widened = 0.5 + (level - 0.5) * (1 + 1 / count)
    return np.clip(widened, 0.0, 1.0)


def residual_quantiles(residuals: ArrayLike, levels: ArrayLike, weights: ArrayLike | None = None) -> Values:
    """Return quantiles of (scaled) residuals, actual minus predicted, widened for their finite number."""
    r = np.asarray(residuals, dtype=np.float64).ravel()
    w = np.ones(len(r)) if weights is None else np.asarray(weights, dtype=np.float64).ravel()
    return weighted_quantile(r, conformal_levels(levels, effective_count(w)), w)


def adapted_level(level: float, covered: ArrayLike, target: float, rate: float = 0.02) -> float:
    """Return the level of an interval after seeing whether the last ones held (Gibbs and Candès 2021).

    ``covered`` is one truth value per past case, oldest first; ``target`` the share that should hold.
    """
    for held in np.asarray(covered, dtype=bool):
        level += rate * (target - float(held))
    return float(np.clip(level, 0.0, 1.0))


def without_crossing(quantiles: Values) -> Values:
    """Return quantiles, levels ascending along the last axis, in ascending order (Chernozhukov et al. 2010)."""
    return np.sort(quantiles, axis=-1)
