"""How good probabilities of loss were, beside the base rate, on the same bookings."""

from __future__ import annotations

import numpy as np

from hotelml_app.ml.metrics import auc, brier
from hotelml_app.ml.onnx.trained import Measure
from hotelml_app.modules.noshow.books import Floats, Integers
from hotelml_app.modules.noshow.snapshots import Examples, as_numbers

BUCKETS = ((2, 28), (2, 7), (8, 14), (15, 28))
BASELINE = "base rate by days to arrival"


def measures(asked: Examples, p_lost: Floats, base: Floats) -> tuple[Measure, ...]:
    """Return Brier score, AUC, bias and error of lost rooms per arrival day, for all days ahead and in stretches."""
    found: list[Measure] = []
    for low, high in BUCKETS:
        rows = (asked.days_ahead >= low) & (asked.days_ahead <= high)
        if rows.any():
            found += _of_bucket(asked.take(rows), p_lost[rows], base[rows], f"{low}-{high} days ahead")
    order = {"brier": 0, "auc": 1, "bias": 2, "lost rooms error": 3}
    return tuple(sorted(found, key=lambda one: order[one.name]))


def _of_bucket(asked: Examples, p_lost: Floats, base: Floats, bucket: str) -> list[Measure]:
    lost = as_numbers(asked.lost)
    per_day = asked.arrival * 1000 + asked.days_ahead
    return [
        _beside("brier", brier(p_lost, lost), brier(base, lost), bucket, lower=True),
        _beside("auc", auc(p_lost, asked.lost), auc(base, asked.lost), bucket, lower=False),
        _beside("bias", abs(float(p_lost.mean() - lost.mean())), abs(float(base.mean() - lost.mean())), bucket, lower=True),
        _beside("lost rooms error", rooms_error(p_lost, lost, per_day), rooms_error(base, lost, per_day), bucket, lower=True),
    ]


def _beside(name: str, value: float, base: float, bucket: str, *, lower: bool) -> Measure:
    unit = "rooms" if name == "lost rooms error" else ""
    return Measure(name, value, unit, bucket, BASELINE, base, lower_is_better=lower)


def rooms_error(p_lost: Floats, lost: Floats, group: Integers) -> float:
    """Return the mean absolute error of the number lost per arrival day and days ahead."""
    _, inverse = np.unique(group, return_inverse=True)
    return float(np.abs(np.bincount(inverse, p_lost) - np.bincount(inverse, lost)).mean())
