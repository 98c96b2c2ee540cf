"""Measures of forecasts, probabilities and classes; NumPy alone. Empty input gives NaN, never an error."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def _pair(actual: ArrayLike, predicted: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    y, p = np.asarray(actual, dtype=np.float64).ravel(), np.asarray(predicted, dtype=np.float64).ravel()
    known = ~(np.isnan(y) | np.isnan(p))
    return y[known], p[known]


def wape(actual: ArrayLike, predicted: ArrayLike) -> float:
    """Return the sum of absolute errors as a percentage of the sum of what happened; pairs with NaN are left out."""
    y, p = _pair(actual, predicted)
    total = np.abs(y).sum()
    return float(100 * np.abs(y - p).sum() / total) if total else float("nan")


def bias(actual: ArrayLike, predicted: ArrayLike) -> float:
    """Return mean predicted minus mean actual: positive means too high."""
    y, p = _pair(actual, predicted)
    return float(p.mean() - y.mean()) if len(y) else float("nan")


def coverage(actual: ArrayLike, low: ArrayLike, high: ArrayLike) -> float:
    """Return the share of outcomes inside [low, high], bounds included."""
    y, lower = _pair(actual, low)
    _, upper = _pair(actual, high)
    return float(((lower <= y) & (y <= upper)).mean()) if len(y) else float("nan")


def auc(probability: ArrayLike, happened: ArrayLike) -> float:
    """Return the area under the ROC curve; ties count half (Mann-Whitney). NaN where all outcomes are alike."""
    p, y = np.asarray(probability, dtype=np.float64), np.asarray(happened, dtype=bool)
    positive = int(y.sum())
    negative = len(y) - positive
    if not positive or not negative:
        return float("nan")
    _, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[y].sum() - positive * (positive + 1) / 2) / (positive * negative))


def brier(probability: ArrayLike, happened: ArrayLike) -> float:
    """Return the mean squared distance of probability and outcome (Brier 1950)."""
    y, p = _pair(np.asarray(happened, dtype=np.float64), probability)
    return float(((p - y) ** 2).mean()) if len(y) else float("nan")


def calibration_error(probability: ArrayLike, happened: ArrayLike, bins: int = 10) -> float:
    """Return the expected calibration error over ``bins`` equally full bins."""
    y, p = _pair(np.asarray(happened, dtype=np.float64), probability)
    if not len(y):
        return float("nan")
    order = np.argsort(p, kind="stable")
    parts = np.array_split(order, min(bins, len(y)))
    return float(sum(abs(p[part].mean() - y[part].mean()) * len(part) for part in parts) / len(y))


def accuracy(actual: ArrayLike, predicted: ArrayLike) -> float:
    """Return the share of labels that are right."""
    a, p = np.asarray(actual), np.asarray(predicted)
    return float((a == p).mean()) if len(a) else float("nan")


def precision_recall_f1(actual: ArrayLike, predicted: ArrayLike, label: object) -> tuple[float, float, float]:
    """Return precision, recall and F1 of one label; 0 where nothing was predicted or nothing was there."""
    a, p = np.asarray(actual) == label, np.asarray(predicted) == label
    hits = float((a & p).sum())
    precision = hits / p.sum() if p.any() else 0.0
    recall = hits / a.sum() if a.any() else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return float(precision), float(recall), float(f1)


def macro_f1(actual: ArrayLike, predicted: ArrayLike) -> float:
    """Return the mean F1 over the labels that occur in ``actual``."""
    labels = np.unique(np.asarray(actual))
    return float(np.mean([precision_recall_f1(actual, predicted, label)[2] for label in labels])) if len(labels) else float("nan")
