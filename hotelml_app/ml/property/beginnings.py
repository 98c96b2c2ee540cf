"""Where a history begins: a booking or two of long before, mistyped or left over, are not its beginning."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EMPTY_DAYS = 366
"""No house that is open every year goes so long without an arrival."""

MOST_STRAY_DAYS = 3
"""Days of arrivals that may lie before such a gap and not count; with more of them the house was open, and then closed."""


def first_arrival(arrivals: NDArray[np.integer], today: int) -> int:
    """Return the first day of arrivals up to ``today``, those of up to MOST_STRAY_DAYS before a gap left out.

    Where nobody arrived by then, it is ``today``.
    """
    days = np.unique(arrivals)
    past = days[days <= today]
    if not len(past):
        return today
    strays = np.flatnonzero(np.diff(past) > EMPTY_DAYS) + 1
    strays = strays[strays <= MOST_STRAY_DAYS]
    return int(past[strays[-1]]) if len(strays) else int(past[0])
