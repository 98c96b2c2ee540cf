"""The ladder of room types: which are clearly dearer than which, as the house's own bookings show.

Compared are bookings that begin on the same night on the same terms; how far two types lie apart is then asked of weeks, for the
nights of one week mostly say the same. Types that no such weeks tell apart, or too few, are not tied.
"""

from __future__ import annotations

import numpy as np

from hotelml_app.modules.pricing.history.booked import Booked, Flags
from hotelml_app.modules.pricing.history.leads import Floats, Integers
from hotelml_app.modules.pricing.history.rates import LOOK_BACK_DAYS

AHEAD_DAYS = 120
"""Nights so far ahead already carry rates."""

WEEK_DAYS = 7
FEWEST_WEEKS = 8.0
"""Weeks in which both types were sold, counted as so many of equal weight."""

DEARER_SHARE = 0.8
"""In so many of the weeks, by weight, the dearer type was the dearer one."""

SMALLEST_STEP, SUREST_FROM = 0.02, 4.0
"""The mean difference, in logs, and how many of its standard errors it is at least."""


def learn_ladder(booked: Booked, follows: Flags, today: int) -> Flags:
    """Return a table [types, types] that tells whether the first is clearly cheaper than the second; an order, if a partial one.

    ``follows`` tells which bookings were made by guests who pay the rate of the day; groups do not count.
    """
    inside = (booked.arrival > today - LOOK_BACK_DAYS) & (booked.arrival <= today + AHEAD_DAYS)
    rows = booked.take(booked.priced & follows & ~booked.group & inside)
    found = np.zeros((len(booked.types), len(booked.types)), dtype=bool)
    if not len(rows):
        return found
    terms, cell = np.unique(rows.arrival * len(rows.plans) + rows.plan, return_inverse=True)
    size = (len(terms), len(rows.types))
    place = cell * size[1] + rows.room_type
    rooms = np.bincount(place, rows.tells, size[0] * size[1]).astype(np.float64).reshape(size)
    mean = np.bincount(place, rows.tells * np.log(rows.rate), rooms.size).reshape(size) / np.maximum(rooms, 1e-9)
    _, week = np.unique(terms // len(rows.plans) // WEEK_DAYS, return_inverse=True)
    for low in range(size[1]):
        for high in range(size[1]):
            weight = _weight(rooms[:, low], rooms[:, high])
            found[low, high] = low != high and _clearly(mean[:, high] - mean[:, low], weight, week)
    return _in_order(found)


def _weight(one: Floats, other: Floats) -> Floats:
    """Return how much a night tells of the difference of two means, by the rooms behind each."""
    found: Floats = one * other / np.maximum(one + other, 1e-9)
    return found


def _clearly(dearer: Floats, weight: Floats, week: Integers) -> bool:
    """Tell whether differences in logs lie clearly above zero."""
    told = np.bincount(week, weight)
    by_week = np.bincount(week, weight * dearer)[told > 0] / told[told > 0]
    told = told[told > 0]
    if not len(told) or (weeks := told.sum() ** 2 / (told**2).sum()) < FEWEST_WEEKS:
        return False
    middle = float(np.average(by_week, weights=told))
    doubt = float(np.average((by_week - middle) ** 2, weights=told) / (weeks - 1)) ** 0.5
    often = float(np.average(by_week > 0, weights=told))
    return middle >= SMALLEST_STEP and middle >= SUREST_FROM * doubt and often >= DEARER_SHARE


def _in_order(below: Flags) -> Flags:
    """Return the order with what follows from it: the cheapest is cheaper than the dearest. What goes in a circle is no order."""
    for _ in range(len(below)):
        below = below | (below.astype(int) @ below.astype(int) > 0)
    found: Flags = below & ~below.T
    return found
