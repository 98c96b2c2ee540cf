"""From which day on a history tells who was lost.

Many exports list no cancelled bookings. What such a history shows of its past are the bookings that came: on the books of a
past day nothing seems to fall away, and whoever learns from that takes all of tonight's books for certain. Losses are known
only from the exports on that showed a booking and, later, no longer.
"""

from __future__ import annotations

import numpy as np

from hotelml_app.core.bookings import ENOUGH_TO_LOSE_SOME, FEWEST_LOST_SHARE, LOST
from hotelml_app.ml.property.history import History


def losses_told_from(history: History) -> int:
    """Return the day number from which losses are told: the day of the first booking where they always were.

    That is the day by which at least FEWEST_LOST_SHARE of the bookings that were to have arrived had been lost, asked from
    ENOUGH_TO_LOSE_SOME arrivals on; the business date where it has not come yet.
    """
    start = int(history.booked_on.min(initial=history.today))
    last = np.ones(len(history), dtype=bool)
    last[:-1] = history.booking[1:] != history.booking[:-1]
    arrivals = np.sort(history.arrival[last])
    arrivals = arrivals[arrivals <= history.today]
    if len(arrivals) < ENOUGH_TO_LOSE_SOME:
        return start
    lost = np.sort(history.known_from[last & np.isin(history.status, np.array(LOST, dtype=np.int8))])
    asked = np.unique(np.concatenate([arrivals[ENOUGH_TO_LOSE_SOME - 1 :], lost[lost >= arrivals[ENOUGH_TO_LOSE_SOME - 1]]]))
    came, fell_away = np.searchsorted(arrivals, asked, side="right"), np.searchsorted(lost, asked, side="right")
    told = np.flatnonzero(fell_away >= FEWEST_LOST_SHARE * came)
    if not len(told):
        return history.today
    return start if told[0] == 0 else int(asked[told[0]])
