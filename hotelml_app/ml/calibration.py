"""Make probabilities honest after training: sigmoid (Platt) and isotonic as a piecewise-linear table; NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Probabilities = NDArray[np.float64]

_CLIP = 1e-6
_NEWTON_STEPS = 50
_RIDGE = 1e-6
_LEVELLING_STEPS = 20


def logit(probability: ArrayLike) -> Probabilities:
    """Return log-odds; probabilities are kept off 0 and 1."""
    p = _between(probability, _CLIP, 1 - _CLIP)
    return np.log(p / (1 - p))


def _between(values: ArrayLike, low: float, high: float) -> Probabilities:
    # Twice as fast as np.clip for the one row that a question about one booking is.
    result: Probabilities = np.minimum(np.maximum(np.asarray(values, dtype=np.float64), low), high)
    return result


def sigmoid(score: ArrayLike) -> Probabilities:
    """Return the logistic function, safe for large scores."""
    s = _between(score, -700.0, 700.0)
    small = np.exp(-np.abs(s))
    result: Probabilities = np.where(s >= 0, 1.0, small) / (1.0 + small)
    return result


def at_level(log_odds: Probabilities, mean: float) -> Probabilities:
    """Return probabilities of these log-odds, all moved alike until their mean is right."""
    odds = log_odds
    for _ in range(_LEVELLING_STEPS):
        odds = odds - np.log(max(float(sigmoid(odds).mean()), 1e-9) / max(mean, 1e-9))
    return sigmoid(odds)


@dataclass(frozen=True, slots=True)
class SigmoidCalibration:
    """p' = sigmoid(slope * logit(p) + intercept) (Platt 1999, on log-odds)."""

    slope: float = 1.0
    intercept: float = 0.0

    def apply(self, probability: ArrayLike) -> Probabilities:
        """Return calibrated probabilities."""
        return sigmoid(self.slope * logit(probability) + self.intercept)

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready parameters."""
        return {"kind": "sigmoid", "slope": self.slope, "intercept": self.intercept}


@dataclass(frozen=True, slots=True)
class TableCalibration:
    """A non-decreasing piecewise-linear map given by its corners; flat beyond the first and the last."""

    inputs: tuple[float, ...]
    outputs: tuple[float, ...]

    def apply(self, probability: ArrayLike) -> Probabilities:
        """Return calibrated probabilities."""
        return np.interp(np.asarray(probability, dtype=np.float64), self.inputs, self.outputs)

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready parameters."""
        return {"kind": "table", "inputs": list(self.inputs), "outputs": list(self.outputs)}


Calibration = SigmoidCalibration | TableCalibration


def calibration_from(parameters: Mapping[str, Any]) -> Calibration:
    """Return the calibration that ``as_dict`` described. Raises ValueError for an unknown kind."""
    if parameters["kind"] == "sigmoid":
        return SigmoidCalibration(float(parameters["slope"]), float(parameters["intercept"]))
    if parameters["kind"] == "table":
        return TableCalibration(tuple(parameters["inputs"]), tuple(parameters["outputs"]))
    raise ValueError(f"no calibration is called {parameters['kind']!r}")


def fit_sigmoid(
    probability: ArrayLike, happened: ArrayLike, weight: ArrayLike | None = None, shrink: float = 1.0
) -> SigmoidCalibration:
    """Fit slope and intercept by penalised maximum likelihood.

    ``shrink`` is the weight, in cases, of the prior belief that nothing needs calibrating; the intercept is nearly free.
    """
    x, y = logit(probability), np.asarray(happened, dtype=np.float64)
    w = np.ones(len(x)) if weight is None else np.asarray(weight, dtype=np.float64)
    if not len(x) or w.sum() <= 0:
        return SigmoidCalibration()
    design = np.stack([x, np.ones(len(x))], axis=1)
    prior, penalty = np.array([1.0, 0.0]), np.diag([shrink, _RIDGE + 0.05 * shrink])
    beta = prior.copy()
    for _ in range(_NEWTON_STEPS):
        p = sigmoid(design @ beta)
        gradient = design.T @ (w * (y - p)) - penalty @ (beta - prior)
        curvature = (design * (w * p * (1 - p))[:, None]).T @ design + penalty + _RIDGE * np.eye(2)
        step = np.clip(np.linalg.solve(curvature, gradient), -2.0, 2.0)
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            break
    return SigmoidCalibration(float(beta[0]), float(beta[1]))


def fit_isotonic(
    probability: ArrayLike, happened: ArrayLike, weight: ArrayLike | None = None, corners: int = 20
) -> TableCalibration:
    """Fit a non-decreasing table by pooling adjacent violators (Ayer et al. 1955), on up to ``corners`` equally full bins."""
    p, y = np.asarray(probability, dtype=np.float64), np.asarray(happened, dtype=np.float64)
    w = np.ones(len(p)) if weight is None else np.asarray(weight, dtype=np.float64)
    if not len(p):
        return TableCalibration((0.0, 1.0), (0.0, 1.0))
    order = np.argsort(p, kind="stable")
    parts = [part for part in np.array_split(order, min(corners, len(p))) if w[part].sum() > 0]
    means = [(float(np.average(p[q], weights=w[q])), float(np.average(y[q], weights=w[q])), float(w[q].sum())) for q in parts]
    rising = _pooled([m[1] for m in means], [m[2] for m in means])
    return TableCalibration(tuple(m[0] for m in means), tuple(rising))


def _pooled(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the closest non-decreasing sequence in weighted squares."""
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        block = (value, weight, 1)
        while blocks and blocks[-1][0] >= block[0]:
            mean, mass, size = blocks.pop()
            total = mass + block[1]
            block = ((mean * mass + block[0] * block[1]) / total, total, size + block[2])
        blocks.append(block)
    return [mean for mean, _, size in blocks for _ in range(size)]
