"""Every booking as it was when it was made: what was asked for, at which rate, on which terms, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import LOST
from hotelml_app.ml.property.booking_curves import nightly_rate
from hotelml_app.ml.property.history import History
from hotelml_app.modules.pricing.history.leads import Floats, Integers
from hotelml_app.modules.pricing.history.rates import highest_believable, places_of

PLAN_WORDS = ("segment", "customer_type", "rate_code", "meal", "deposit_type")
UNIT_WORDS = ("segment", "customer_type")
PARTY_WORDS = ("agent", "company", "segment", "rate_code")

GROUP_ROOMS = 4
GROUP_LEAD_DAYS = 7
"""So many rooms booked on one day for the same dates by the same hand, this early, are a group."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Booked:
    """Parallel arrays, one row per booking; ``booking`` is its number in the history, days count from 1970-01-01.

    ``room_type`` is the position in the ``types`` asked about, ``plan`` and ``unit`` those in the words on the terms of
    sale and on who booked. ``rate`` is NaN where nothing believable was charged. ``tells`` is how much a row tells of the rate
    of the day: its rooms, those of a group one together, for they agreed one rate. ``lost_on`` is the day it was lost.
    """

    booking: Integers
    booked_on: Integers
    arrival: Integers
    nights: Integers
    rooms: Floats
    room_type: Integers
    rate: Floats
    plan: Integers
    unit: Integers
    group: Flags
    tells: Floats
    lost: Flags
    lost_on: Integers
    types: tuple[str, ...]
    plans: tuple[str, ...]
    units: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.arrival)

    @property
    def lead(self) -> Integers:
        """Days from booking to arrival."""
        return np.maximum(self.arrival - self.booked_on, 0)

    @property
    def priced(self) -> Flags:
        """True where a believable rate was charged."""
        return ~np.isnan(self.rate)

    def take(self, rows: Flags) -> Booked:
        """Return some of the bookings."""
        words, places = ("types", "plans", "units"), np.flatnonzero(rows)
        return Booked(
            **{
                one.name: getattr(self, one.name) if one.name in words else getattr(self, one.name)[places]
                for one in fields(self)
            }
        )


def booked_rooms(history: History, types: Sequence[str]) -> Booked:
    """Return the bookings of some room types as they were first made; day uses are left out."""
    first = np.ones(len(history), dtype=bool)
    first[1:] = history.booking[1:] != history.booking[:-1]
    begin, end = np.flatnonzero(first), np.flatnonzero(np.r_[first[1:], True])
    place = places_of(history, types, -1)
    wanted = (place[begin] >= 0) & (history.nights[begin] > 0) & (history.rooms[begin] > 0)
    begin, end = begin[wanted], end[wanted]
    rate = nightly_rate(history)[begin]
    rate = np.where((rate > 0) & (rate <= highest_believable(rate)), rate, np.nan)
    plan, plans = _worded(history, begin, PLAN_WORDS)
    unit, units = _worded(history, begin, UNIT_WORDS)
    rooms, together = history.rooms[begin], _together(history, begin)
    group = (together >= GROUP_ROOMS) & (history.arrival[begin] - history.booked_on[history.booking[begin]] >= GROUP_LEAD_DAYS)
    return Booked(
        booking=history.booking[begin].astype(np.int64),
        booked_on=history.booked_on[history.booking[begin]].astype(np.int64),
        arrival=history.arrival[begin].astype(np.int64),
        nights=history.nights[begin].astype(np.int64),
        rooms=rooms,
        room_type=place[begin],
        rate=rate,
        plan=plan,
        unit=unit,
        group=group,
        tells=np.where(group, rooms / together, rooms),
        lost=np.isin(history.status[end], np.array(LOST, dtype=np.int8)),
        lost_on=history.known_from[end].astype(np.int64),
        types=tuple(types),
        plans=plans,
        units=units,
    )


def _worded(history: History, rows: NDArray[np.intp], names: Sequence[str]) -> tuple[Integers, tuple[str, ...]]:
    """Return each row's combination of words as a number, and the combinations joined by "|"."""
    key = np.zeros(len(rows), dtype=np.int64)
    for name in names:
        column = history.categories[name]
        key = key * len(column.labels) + column.codes[rows]
    _, one_of_each, number = np.unique(key, return_index=True, return_inverse=True)
    words = [history.categories[name].words()[rows[one_of_each]] for name in names]
    return number.astype(np.int64), tuple("|".join(parts) for parts in zip(*words, strict=True))


def _together(history: History, rows: NDArray[np.intp]) -> Floats:
    """Return how many rooms were booked together with each row: on one day, for the same dates, by the same hand."""
    booked_on = history.booked_on[history.booking[rows]].astype(np.int64)
    arrival, nights = history.arrival[rows].astype(np.int64), history.nights[rows].astype(np.int64)
    key = (booked_on - booked_on.min(initial=0)) * 4096 + np.clip(arrival - booked_on, 0, 4095)
    _, key = np.unique(key * 512 + np.clip(nights, 0, 511), return_inverse=True)
    for name in PARTY_WORDS:
        column = history.categories[name]
        key = key.astype(np.int64) * len(column.labels) + column.codes[rows]
        _, key = np.unique(key, return_inverse=True)
    found: Floats = np.bincount(key, history.rooms[rows])[key] if len(rows) else np.zeros(0)
    return found
