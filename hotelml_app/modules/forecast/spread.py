"""How uncertain one night is beside another: by how much is still to move, and how much room there is to move in.

A night's error grows with the bookings still expected to come and go, and shrinks as the house fills. How strongly each counts
differs between hotels and seasons, so both powers are read from the errors of the replay, held near the root of either.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.usual_losses import UNSURE
from hotelml_app.modules.forecast.candidates.features import FeatureRows
from hotelml_app.modules.forecast.on_books.books import YOUNG_NIGHTS

USUAL_POWERS = np.array([0.5, 0.5])
"""Powers of what is to move and of the share left, where errors say nothing else."""

POWER_LIMITS = (0.2, 1.2)

PRIOR_NIGHTS = 5.0
"""How many nights of errors the usual powers count as."""

HALF_LIFE_DAYS = 120.0

ALWAYS_OPEN = 0.02
"""Share of the peak that counts as open even on a full night: guests still leave early and rooms are sold twice."""

BORROWED = UNSURE / 2
"""Scale of the error per room that is expected to be lost for no better reason than that other hotels lose so many."""

SETTLED_AFTER_NIGHTS = 56
"""With fewer passed nights behind it a prediction says how young the history is, and is wide."""

Values = NDArray[np.float64]


def rooms_spread(rows: FeatureRows, rooms: Values, error: Values, age: NDArray[np.int64]) -> Values:
    """Return the scale of the error of ``rooms`` (the median of rooms sold), one per row.

    ``error`` is what came less what was said, NaN where it is not known yet; ``age`` how many days ago the night was.
    """
    moving = np.log(np.maximum(rows.new, 0.0) + np.maximum(rows.on_books - rows.kept, 0.0) + 1.0)
    empty = np.maximum(rows.peak - rooms, 0.0)
    left = np.log(empty / rows.peak + ALWAYS_OPEN)
    powers = _fitted_powers(np.stack([moving, left], axis=1), error, age)
    spread: Values = np.exp(powers[0] * moving + powers[1] * left)
    return spread + _inexperience(rows, empty)


def _fitted_powers(logs: Values, error: Values, age: NDArray[np.int64]) -> Values:
    """Return the powers by ridge regression of log errors, centred on the usual ones (Hoerl and Kennard 1970)."""
    known = ~np.isnan(error)
    if not known.any():
        return USUAL_POWERS
    weight = 0.5 ** (np.maximum(age[known], 0) / HALF_LIFE_DAYS)
    # Predictions of one night fail together: nights count, not rows.
    weight *= len(np.unique(age[known])) / weight.sum()
    design = np.column_stack([np.ones(len(weight)), logs[known]])
    usual = np.array([0.0, *USUAL_POWERS])
    target = np.log(np.abs(error[known]) + 0.5) - design @ usual
    weighted = design * weight[:, None]
    change = np.linalg.solve(weighted.T @ design + np.diag([1e-6, PRIOR_NIGHTS, PRIOR_NIGHTS]), weighted.T @ target)
    return np.clip(USUAL_POWERS + change[1:], *POWER_LIMITS)


def _inexperience(rows: FeatureRows, empty: Values) -> Values:
    """Return what a house without a past of its own may be off by: part of its books and of what is still empty.

    Its age is that of the newest day asked from: errors of earlier days are measured by the same yardstick as the answer.
    A house that is known but for its losses may be off by part of those.
    """
    age = int(rows.now.max(initial=0))
    young = YOUNG_NIGHTS / (YOUNG_NIGHTS + age) if age < SETTLED_AFTER_NIGHTS else 0.0
    unknown = 0.1 * rows.on_books + 0.15 * empty * np.minimum(rows.horizon / 30, 1.0)
    result: Values = young * unknown + BORROWED * rows.borrowed_losses
    return result
