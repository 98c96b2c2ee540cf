"""How far off a prediction may be, from how far off its replay was: conformal, by days ahead, the latest weeks first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.conformal import weighted_quantile
from hotelml_app.modules.forecast.panel import Panel

LEVELS = (0.1, 0.25, 0.75, 0.9)

ANCHORS = np.array([1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 60, 90])
"""Days ahead for which quantiles are taken; between them they pass over smoothly."""

KERNEL_WIDTH = 0.35
"""How near in log days ahead a replayed prediction must be to speak for another."""

HALF_LIVES_DAYS = (40.0, 14.0)
"""A longer and a shorter memory; the wider answer counts, so that a calm summer does not vouch for the autumn."""

FEWEST_NIGHTS = 10
"""With fewer passed nights around an anchor the stated wide interval takes over."""

WIDE = np.array([-3.0, -1.5, 1.5, 3.0])
"""Quantiles in units of spread where nothing is known of earlier errors: about twice what is usual."""

Values = NDArray[np.float64]


def quantiles(panel: Panel, middle: Values, spread: Values, actual: Values, least: float = 0.0) -> Values:
    """Return the quantiles LEVELS of the nights asked for, shape (asked, len(LEVELS)), not below ``least``.

    ``middle`` is the median, ``spread`` the scale of its error, ``actual`` what came (NaN for nights to come); one per row.
    """
    factors = scaled_quantiles(panel, (actual - middle) / spread)
    at = np.log(panel.horizon[panel.asked])
    columns = [np.interp(at, np.log(ANCHORS), factors[:, level]) for level in range(len(LEVELS))]
    found = middle[panel.asked, None] + spread[panel.asked, None] * np.stack(columns, axis=1)
    return np.maximum(found, least)


def scaled_quantiles(panel: Panel, error: Values) -> Values:
    """Return quantiles of the replay's errors in units of spread, shape (len(ANCHORS), len(LEVELS)).

    Lower quantiles are not above zero, upper ones not below, so that the interval holds its own median.
    """
    known = panel.replayed & ~np.isnan(error)
    distance = np.log(panel.horizon[known])
    age, values = panel.age[known], error[known]
    low = np.asarray(LEVELS) < 0.5
    result = np.tile(WIDE, (len(ANCHORS), 1))
    for row, anchor in enumerate(ANCHORS):
        nearness = np.exp(-0.5 * ((distance - np.log(anchor)) / KERNEL_WIDTH) ** 2)
        near = nearness > 1e-2
        if len(np.unique(age[near])) >= FEWEST_NIGHTS:
            long, short = (
                weighted_quantile(values[near], LEVELS, nearness[near] * 0.5 ** (age[near] / half_life))
                for half_life in HALF_LIVES_DAYS
            )
            result[row] = np.where(low, np.minimum(long, short), np.maximum(long, short))
    return np.where(low, np.minimum(result, 0.0), np.maximum(result, 0.0))
