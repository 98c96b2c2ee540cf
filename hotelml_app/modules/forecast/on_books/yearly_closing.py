"""A house that closes at the same time every year: what nobody has booked there will stay empty, as it did a year ago."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

YEAR_BACK = 364
MARGIN = 7
"""A season begins and ends some days earlier or later each year."""


def closes_again(
    rooms: NDArray[np.float64], runs: Iterable[tuple[int, int]], today: int, ahead: int
) -> dict[int, NDArray[np.bool_]]:
    """Return, by the rows of nights on which it was known, of which of the next ``ahead`` nights the house is to be closed.

    ``rooms`` are the rooms on the books by night and lead, ``runs`` the nights on which the house was closed. It closes again
    where nobody has booked any of the nights a year after those; one booking among them, and nothing is known.
    """
    found: dict[int, NDArray[np.bool_]] = {}
    for begin, end in runs:
        first, last = begin + YEAR_BACK, end + YEAR_BACK
        for now in range(max(first - ahead, end), min(last, today + 1)):
            night = np.arange(max(first + MARGIN, now + 1), min(last - MARGIN, now + rooms.shape[1], len(rooms)))
            if len(night) <= MARGIN or np.nan_to_num(rooms[night, night - now]).any():
                continue
            closed = found.setdefault(now, np.zeros(ahead + 1, dtype=bool))
            closed[(night - now)[night - now <= ahead]] = True
    return found
