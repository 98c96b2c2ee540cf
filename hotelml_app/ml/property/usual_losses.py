"""What hotels usually lose of their books, by days before arrival: a stated belief, for where no export has told it yet.

The share of the rooms on the books so many days before a night that did not stay it: the mean of a city and a resort hotel over
the year up to August 2016 (Antonio, Almeida, Nunes, Hotel booking demand datasets, Data in Brief 22, 2019). The city hotel lost
about twice as many as the other, so this is where to begin, not where to end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DAYS_AHEAD = np.array([0, 1, 3, 7, 14, 28, 60, 90])
SHARE_LOST = np.array([0.0, 0.008, 0.02, 0.052, 0.085, 0.133, 0.207, 0.258])

UNSURE = 0.45
"""How far a hotel's share lies from this one, as a share of it (standard deviation)."""


def usual_share_lost(days_ahead: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return the share of the rooms on the books so many days before a night that is lost in the end; beyond 90 days as there."""
    return np.interp(days_ahead, DAYS_AHEAD, SHARE_LOST)
