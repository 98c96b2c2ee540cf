"""When bookings were made, where the exports do not tell: spread over the time before arrival so that today's books fit.

An export without booking days shows each booking from the day it was first seen. Of those that the first export brought, and
of the past that later ones bring, nothing is then known of how they came in: taken as booked on the day of arrival, every past
night would have been empty until its evening, and whoever learns from that adds a whole house to what is on the books. But the
books of today show how far the coming nights have filled, and the past nights how full they get.
"""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import LOST, OCCUPYING
from hotelml_app.ml.property.spells import EARLY, UNKNOWN_DAY, StateColumns
from hotelml_app.ml.property.untold.even_chance import even_chance

FEWEST_BOOKINGS = 30
"""In one export: of fewer nothing can be said."""

NEARLY_ALL = 0.95
PAST_DAYS, PAST_SHARE = 7, 0.2
"""An export that brings so large a part of bookings that arrived so long before is one of the past."""

FEWEST_AHEAD, DAYS_AHEAD = 20, 3
"""Bookings seen before their arrival, and how long before in the middle: a house of walk-ins has none, and its days are true."""

SHAPE = 0.9
"""Of the share exp(-(days / scale) ** SHAPE) of rooms that are booked so many days before: 0.90 and 0.95 fit two hotels (Antonio,
de Almeida and Nunes 2019, Data in Brief 22) best, within 0.05 anywhere; scales of 100 and 136 days, which differ from house to
house."""

USUAL_SCALE, SCALES = 90.0, np.geomspace(1.0, 250.0, 200)
"""Days. What the books say and what is usual count alike (the mean of their logarithms): a season that comes tilts the books."""

NIGHTS_BACK, NIGHTS_AHEAD, YEAR = 56, 90, 364
TOLD_SHARE, GROWTH = 0.5, (0.67, 1.5)
"""Of the nights of last year so many must have had guests before they tell how full the coming ones get, and by how much this
year may differ."""

LONGEST_LEAD, MOST_LOST = 540, 0.8

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def with_likely_booking_days(states: StateColumns) -> StateColumns:
    """Return the states with likely booking days for bookings whose exports do not tell them; others are left as they are."""
    if not len(states.booking):
        return states
    first = np.append(True, states.booking[1:] != states.booking[:-1])
    seen, arrival = states.as_of[first], states.arrival[first]
    untold = _untold(states, first)
    if not untold.any():
        return states
    share = even_chance(arrival, _prints(states.reservation_ids))
    scale = _scale(states, first, int(seen[untold].max()))
    # Who walks in after midnight is often written down as booked on the day after the arrival.
    sure = np.maximum(arrival - states.booked_on, 0).astype(np.float64)
    lead = scale * ((sure / scale) ** SHAPE - np.log1p(-share)) ** (1 / SHAPE)
    likely = arrival - np.floor(np.minimum(lead, np.maximum(sure, LONGEST_LEAD))).astype(np.int32)
    return replace(states, booked_on=np.where(untold, likely, states.booked_on).astype(np.int32))


def _untold(states: StateColumns, first: Flags) -> Flags:
    """Tell, per booking, whether it came with an export of the past that does not tell when bookings were made."""
    seen, arrival, status_on = (column[first] for column in (states.as_of, states.arrival, states.status_on))
    last_possible = np.minimum(np.minimum(arrival, seen), np.where(status_on == UNKNOWN_DAY, seen, status_on))
    _, export = np.unique(seen, return_inverse=True)
    bookings = np.bincount(export)
    silent = np.bincount(export, states.booked_on == last_possible) >= NEARLY_ALL * bookings
    past = np.bincount(export, arrival < seen - PAST_DAYS) >= PAST_SHARE * bookings
    past[:1] = True
    found: Flags = (silent & past & (bookings >= FEWEST_BOOKINGS))[export]
    ahead = (arrival - seen)[arrival > seen]
    if not found.any() or len(ahead) < FEWEST_AHEAD or np.median(ahead) < DAYS_AHEAD:
        return np.zeros(len(seen), dtype=bool)
    return found


def _scale(states: StateColumns, first: Flags, today: int) -> float:
    """Return the scale of leads, in days: between the usual one and that with which the coming nights are as full as they are."""
    held = first & (states.as_of <= today) & np.isin(states.status, OCCUPYING)
    before = YEAR + NIGHTS_BACK
    sold = _rooms(states, held, today - before, before + NIGHTS_AHEAD + 1)
    past, coming = sold[YEAR:before], sold[before + 1 :]
    year_before, full = sold[:NIGHTS_BACK], sold[NIGHTS_BACK + 1 : NIGHTS_BACK + 1 + NIGHTS_AHEAD]
    if (past > 0).sum() < NIGHTS_BACK // 2 or not coming.any():
        return USUAL_SCALE
    if min((year_before > 0).sum() / NIGHTS_BACK, (full > 0).sum() / NIGHTS_AHEAD) < TOLD_SHARE:
        full = np.full(NIGHTS_AHEAD, past.mean())
    else:
        full = full * np.clip(past.sum() / year_before.sum(), *GROWTH)
    ended = first & (states.as_of <= today) & (states.arrival <= today)
    lost = float(np.isin(states.status[ended], LOST).mean())
    booked = _on_books(lost) @ (full / (1 - min(lost, MOST_LOST)))
    fitting = float(np.interp(coming.sum(), booked, SCALES))
    return float(np.sqrt(fitting * USUAL_SCALE))


def _on_books(lost: float) -> Floats:
    """Return which part of all bookings of a night are held so many days before it, shape (SCALES, NIGHTS_AHEAD).

    ``lost`` of them never come; a booking is cancelled early (see ``spells.EARLY``), and not on the books any more from then on.
    """
    leads, days = np.arange(LONGEST_LEAD + 1), np.arange(1, NIGHTS_AHEAD + 1)[:, None]
    survival = np.exp(-((np.arange(LONGEST_LEAD + 2) / SCALES[:, None]) ** SHAPE))
    cancelled = (np.maximum(leads - days, 0) / np.maximum(leads, 1)) ** (1 / EARLY)
    held = np.where(leads >= days, 1 - lost * cancelled, 0.0)
    found: Floats = -np.diff(survival, axis=1) @ held.T
    return found


def _rooms(states: StateColumns, held: Flags, begin: int, nights: int) -> Floats:
    """Return rooms per night from ``begin`` on, shape (nights,)."""
    rooms = states.numbers["rooms"][held]
    rooms = np.where(np.isnan(rooms), 1.0, rooms)
    come, go = (np.clip(column[held] - begin, 0, nights) for column in (states.arrival, states.departure))
    steps = np.bincount(come, rooms, nights + 1) - np.bincount(go, rooms, nights + 1)
    found: Floats = np.cumsum(steps)[:nights]
    return found


def _prints(reservation_ids: NDArray[np.object_]) -> NDArray[np.int64]:
    return np.fromiter((zlib.crc32(str(one).encode()) for one in reservation_ids), np.int64, len(reservation_ids))
