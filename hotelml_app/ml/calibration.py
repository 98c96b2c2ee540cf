"""Make probabilities honest after training, by a sigmoid (Platt); NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Probabilities = NDArray[np.float64]

CLIP = 1e-6
"""Probabilities are kept this far off 0 and 1 where their log-odds are taken."""

_NEWTON_STEPS = 50
_RIDGE = 1e-6
_LEVELLING_STEPS = 20


def logit(probability: ArrayLike) -> Probabilities:
    """Return log-odds; probabilities are kept off 0 and 1."""
    p = _between(probability, CLIP, 1 - CLIP)
    return np.log(p / (1 - p))


def _between(values: ArrayLike, low: float, high: float) -> Probabilities:
    # Twice as fast as np.clip for the one row that a question about one booking is.
    result: Probabilities = np.minimum(np.maximum(np.asarray(values, dtype=np.float64), low), high)
    return result


def sigmoid(score: ArrayLike) -> Probabilities:
    """Return the logistic function, safe for large scores."""
    # One bound is enough: beyond the other the exponential is a harmless 0.
    result: Probabilities = 1.0 / (1.0 + np.exp(-np.maximum(np.asarray(score, dtype=np.float64), -700.0)))
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


def calibration_from(parameters: Mapping[str, Any]) -> SigmoidCalibration:
    """Return the calibration that ``as_dict`` described. Raises ValueError for an unknown kind."""
    if parameters["kind"] == "sigmoid":
        return SigmoidCalibration(float(parameters["slope"]), float(parameters["intercept"]))
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
