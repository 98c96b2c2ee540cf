"""From what a graph says to probabilities per segment; NumPy alone, the same in training and in prediction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.calibration import SigmoidCalibration, calibration_from, fit_sigmoid, logit, sigmoid

Floats = NDArray[np.float64]

INPUT, LABEL, SCORES = "features", "label", "scores"
SVM, LINEAR = "svm", "linear"


def class_scores(kind: str, raw: NDArray[Any], classes: int) -> Floats:
    """Return one score per segment, shape (bookings, classes), from a graph's raw scores.

    A support vector machine says a margin per pair of classes; here each is a vote no larger than one, so that a margin
    near zero cannot turn a whole vote, and the score is the lead in votes over the best other segment. A linear model's
    scores become log-odds. With two classes a graph says minus and plus the same number.
    """
    values = np.asarray(raw, dtype=np.float64)
    if kind == LINEAR:
        shifted = np.exp(values - values.max(axis=1, keepdims=True))
        return logit(shifted / shifted.sum(axis=1, keepdims=True))
    margins = values[:, :1] if classes == 2 else values
    scores = np.zeros((len(values), classes))
    for column, (first, second) in enumerate(combinations(range(classes), 2)):
        vote = np.clip(margins[:, column], -1.0, 1.0)
        scores[:, first] += vote
        scores[:, second] -= vote
    return scores - _best_rival(scores)


def _best_rival(scores: Floats) -> Floats:
    """Return, per booking and segment, the highest score among the other segments."""
    ordered = np.sort(scores, axis=1)
    leads = np.arange(scores.shape[1]) == scores.argmax(axis=1)[:, None]
    return np.where(leads, ordered[:, -2:-1], ordered[:, -1:])


@dataclass(frozen=True)
class Confidence:
    """One calibration per segment; their probabilities are brought to the sum of one."""

    calibrations: tuple[SigmoidCalibration, ...]

    def probabilities(self, scores: Floats) -> Floats:
        """Return probabilities, shape (bookings, classes)."""
        apart = np.stack([one.apply(sigmoid(scores[:, k])) for k, one in enumerate(self.calibrations)], axis=1)
        summed: Floats = apart / np.maximum(apart.sum(axis=1, keepdims=True), 1e-12)
        return summed

    def as_list(self) -> list[dict[str, Any]]:
        """Return JSON-ready parameters."""
        return [one.as_dict() for one in self.calibrations]


def confidence_from(parameters: list[Mapping[str, Any]]) -> Confidence:
    """Return what ``as_list`` described."""
    return Confidence(tuple(calibration_from(one) for one in parameters))


def fit_confidence(scores: Floats, segment: NDArray[np.str_], classes: tuple[str, ...]) -> Confidence:
    """Fit a sigmoid per segment (Platt 1999) on scores of bookings the scoring model had not seen."""
    return Confidence(tuple(fit_sigmoid(sigmoid(scores[:, k]), segment == name) for k, name in enumerate(classes)))
