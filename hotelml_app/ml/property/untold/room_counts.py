"""For how many rooms one booking may be: a number beyond belief is a slip of the pen, and tells nothing.

One booking for 900 rooms in a house of six would else be its fullest night for years: what is called full, what is sold beyond,
what is usual and what it costs all hang on that. The booking itself stays, with the rooms it was for before, or as one room.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import OCCUPYING
from hotelml_app.ml.property.history import Days
from hotelml_app.ml.property.spells import StateColumns

NEVER_DOUBTED = 10
"""Rooms in one booking that any house may have, whatever is known of it."""

SLIPS = 3
"""So many of the largest bookings may all be slips; of more that are alike each speaks for the others: the house takes groups."""

BEYOND_TOLD = 1.25
"""Beyond the rooms that somebody said there are, or that were sold otherwise: staff forget an annex, exports count beds."""

BEYOND_SEEN, FEWEST_NIGHTS = 3.0, 180
"""Where nobody said, rooms beyond the fullest night otherwise, of at least so many nights with a guest: fewer show no season."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class HeldStays:
    """Bookings that hold or held a room, as they stand now: arrival, departure (day numbers) and rooms of each."""

    arrival: Days
    departure: Days
    rooms: Numbers


def most_in_one_booking(stays: HeldStays, told: float | None) -> float:
    """Return the most rooms that one booking may be for; infinite where too little is known to doubt any.

    ``told`` is how many rooms the house has as staff or exports say, None where nobody does.
    """
    per_night = _without_the_largest(stays)
    fullest = float(per_night.max(initial=0.0))
    if told:
        return max(BEYOND_TOLD * max(told, fullest), NEVER_DOUBTED)
    if int((per_night > 0).sum()) < FEWEST_NIGHTS:
        return np.inf
    return max(BEYOND_SEEN * fullest, NEVER_DOUBTED)


def _without_the_largest(stays: HeldStays) -> Numbers:
    """Return the rooms held each night from the first arrival on, without the largest SLIPS bookings."""
    kept = np.argsort(stays.rooms, kind="stable")[: max(len(stays.rooms) - SLIPS, 0)]
    kept = kept[stays.departure[kept] > stays.arrival[kept]]
    if not len(kept):
        return np.zeros(0)
    first = int(stays.arrival[kept].min())
    nights = int(stays.departure[kept].max()) - first + 1
    steps = np.bincount(stays.arrival[kept] - first, stays.rooms[kept], nights)
    steps -= np.bincount(stays.departure[kept] - first, stays.rooms[kept], nights)
    found: Numbers = np.cumsum(steps)
    return found


def believed(states: StateColumns, told: float | None) -> StateColumns:
    """Return the states without numbers of rooms beyond belief: each is what it was before, or not said.

    What all states show by now decides, so that a slip is none on any day that is asked about.
    """
    rooms = states.numbers["rooms"]
    if not (rooms > NEVER_DOUBTED).any():
        return states
    newest = np.append(states.booking[1:] != states.booking[:-1], True) & np.isin(states.status, OCCUPYING)
    counted = np.where(np.isnan(rooms[newest]), 1.0, rooms[newest])
    most = most_in_one_booking(HeldStays(states.arrival[newest], states.departure[newest], counted), told)
    beyond = rooms > most
    if not beyond.any():
        return states
    rooms = rooms.copy()
    for row in np.flatnonzero(beyond).tolist():
        rooms[row] = rooms[row - 1] if row and states.booking[row] == states.booking[row - 1] else np.nan
    # The price of the stay is that of nobody knows how many rooms.
    total = np.where(beyond & np.isnan(states.numbers["adr"]), np.nan, states.numbers["total"])
    return replace(states, numbers={**states.numbers, "rooms": rooms, "total": total})
