"""Intervals that hold as often as they say, from how far off earlier predictions were; NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]


def conformal_levels(levels: ArrayLike, count: float) -> Values:
    """Widen quantile levels for a finite number of residuals so that coverage holds (Vovk et al. 2005; Lei et al. 2018)."""
    level = np.asarray(levels, dtype=np.float64)
    if count <= 0:
        return np.where(level < 0.5, 0.0, np.where(level > 0.5, 1.0, 0.5))
    widened = 0.5 + (level - 0.5) * (1 + 1 / count)
    return np.clip(widened, 0.0, 1.0)
