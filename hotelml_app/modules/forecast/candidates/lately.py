"""By how much predictions were off lately, per days ahead."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.forecast.candidates.blend import BUCKETS, WINDOW_DAYS
from hotelml_app.modules.forecast.on_books.panel import Panel

FEWEST_NIGHTS = 20
"""With fewer predictions of passed nights, nothing is said about a stretch of days ahead."""

Values = NDArray[np.float64]


def error_lately(panel: Panel, error: Values) -> Values:
    """Return the median error of the latest weeks' replay for each row's days ahead, passing over smoothly between stretches.

    ``error`` is what came less what was said, one per row, NaN where that is not known; so is the answer's unit.
    """
    known = panel.replayed & ~np.isnan(error) & (panel.age < WINDOW_DAYS)
    found = []
    for low, high in BUCKETS:
        rows = known & (panel.horizon >= low) & (panel.horizon <= high)
        found.append(float(np.median(error[rows])) if rows.sum() >= FEWEST_NIGHTS else 0.0)
    middles = np.log([np.sqrt(low * high) for low, high in BUCKETS])
    result: Values = np.interp(np.log(panel.horizon), middles, found)
    return result
