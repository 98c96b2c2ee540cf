"""What exports empty when a booking is cancelled, or fill only once its guest has arrived.

Many systems set the price of a cancelled booking to nothing, or its nights, rooms or guests; others show what a stay costs when
it is posted. The past then tells apart who came and who did not by what nobody knew before: whoever learns from that is right
about every past booking, and takes all bookings to come, which have a price, for certain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, FILLED_IN_AT_ARRIVAL, LOST, NUMBER_COLUMNS, OCCUPYING, BookingStatus
from hotelml_app.ml.property.history import Category
from hotelml_app.ml.property.spells import StateColumns
from hotelml_app.ml.property.untold.even_chance import even_chance

FEWEST = 30
"""Bookings that came, that are to come, or that were lost: of fewer nothing can be said."""

EMPTY, FULL = 0.8, 0.25
"""A column that is empty or zero for so many of some bookings and for so few of the others was emptied, or not yet filled.

In two hotels (Antonio, de Almeida and Nunes 2019, Data in Brief 22) no column comes near both: special requests come nearest, of
which 49 % of those who came had none and 83 % of those who cancelled.
"""

NEIGHBOURS = 10
"""Lost bookings take what they lack from one of so many on either side that arrived about then."""

NIGHTS = "departure"
"""A stay without a night: its departure was set to its arrival."""

COLUMNS = (NIGHTS, *(name for name in (*CATEGORY_COLUMNS, *NUMBER_COLUMNS) if name not in FILLED_IN_AT_ARRIVAL))

Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Emptied:
    """Columns that tell nothing of lost bookings, by how these were lost, and columns that tell nothing before arrival."""

    at_loss: Mapping[BookingStatus, tuple[str, ...]] = field(default_factory=dict)
    until_arrival: tuple[str, ...] = ()


def find_emptied(status: NDArray[np.int8], ahead: Flags, blank: Callable[[str], Flags]) -> Emptied:
    """Return which columns are emptied of bookings: ``status`` and whether the arrival lies ``ahead``, one each per booking.

    ``blank`` tells for a column which bookings have nothing or zero in it.
    """
    held = np.isin(status, OCCUPYING)
    came, coming = held & ~ahead, held & ahead
    if came.sum() < FEWEST:
        return Emptied()
    lost = {one: found for one in LOST if (found := status == one).sum() >= FEWEST}
    at_loss: dict[BookingStatus, list[str]] = {one: [] for one in lost}
    until_arrival = []
    for name in COLUMNS if lost or coming.sum() >= FEWEST else ():
        empty = blank(name)
        if empty[came].mean() > FULL:
            continue
        if coming.sum() >= FEWEST and empty[coming].mean() > FULL:
            until_arrival += [name] if empty[coming].mean() >= EMPTY and name != NIGHTS else []
            continue
        for one, rows in lost.items():
            at_loss[one] += [name] if empty[rows].mean() >= EMPTY else []
    return Emptied({one: tuple(names) for one, names in at_loss.items() if names}, tuple(until_arrival))


def as_not_emptied(states: StateColumns) -> StateColumns:
    """Return the states with what was known of lost bookings before, or what such bookings usually have; others as they are.

    What nobody knows before arrival is left out of all states before it.
    """
    if not len(states.booking):
        return states
    newest = np.append(states.booking[1:] != states.booking[:-1], True)
    ahead = states.arrival[newest] > states.as_of.max()
    found = find_emptied(states.status[newest], ahead, lambda name: _blank(states, name)[newest])
    for one, names in found.at_loss.items():
        states = _filled(states, one, names, newest & np.isin(states.status, OCCUPYING))
    return _left_out(states, found.until_arrival) if found.until_arrival else states


def _blank(states: StateColumns, name: str) -> Flags:
    if name == NIGHTS:
        return np.asarray(states.departure <= states.arrival)
    if name in states.categories:
        return np.asarray(states.categories[name].codes == 0)
    return np.asarray(np.nan_to_num(states.numbers[name]) == 0)


def _filled(states: StateColumns, lost: BookingStatus, names: tuple[str, ...], alike: Flags) -> StateColumns:
    """Fill some columns of bookings lost in one way, from their own earlier state or else from bookings ``alike``."""
    for name in names:
        alike = alike & ~_blank(states, name)
    emptied = np.flatnonzero((states.status == lost) & np.logical_or.reduce([_blank(states, name) for name in names]))
    if not alike.any() or not len(emptied):
        return states
    source = _before(states)[emptied]
    own = source >= 0
    source[~own] = _like(states, emptied[~own], np.flatnonzero(alike), "room_type" not in names)
    nights = states.departure.astype(np.int64) - states.arrival
    if NIGHTS in names:
        short = nights[emptied] <= 0
        nights[emptied[short]] = nights[source[short]]
    rooms = np.maximum(np.nan_to_num(states.numbers["rooms"], nan=1.0), 1.0)
    categories, numbers = dict(states.categories), dict(states.numbers)
    for name in names:
        empty = _blank(states, name)[emptied]
        rows, given = emptied[empty], source[empty]
        if name in categories:
            codes = categories[name].codes.copy()
            codes[rows] = codes[given]
            categories[name] = Category(codes, categories[name].labels)
        elif name in numbers:
            values = numbers[name].copy()
            times = nights[rows] * rooms[rows] / np.maximum(nights[given] * rooms[given], 1) if name == "total" else 1.0
            values[rows] = values[given] * times
            numbers[name] = values
    departure = (states.arrival + nights).astype(np.int32)
    return replace(states, departure=departure, categories=categories, numbers=numbers)


def _before(states: StateColumns) -> Rows:
    """Return, per state, the row of the last one of the same booking that was not lost; -1 where there is none."""
    rows = np.arange(len(states.booking))
    held = np.maximum.accumulate(np.where(np.isin(states.status, LOST), -1, rows))
    return np.where((held >= 0) & (states.booking[held] == states.booking), held, -1)


def _like(states: StateColumns, rows: Rows, among: Rows, of_one_type: bool) -> Rows:
    """Return for each row another one of about the same arrival and, where that is told, of the same room type.

    Which one it is hangs on the booking's own days alone, so that it is the same whenever it is asked for.
    """
    kind = states.categories["room_type"].codes.astype(np.int64) if of_one_type else np.zeros(len(states.booking), np.int64)
    key = (kind << 32) + states.arrival
    among = among[np.argsort(key[among], kind="stable")]
    ordered = key[among]
    first, last = (np.searchsorted(kind[among], kind[rows], side=side) for side in ("left", "right"))
    none = first == last
    first, last = np.where(none, 0, first), np.where(none, len(among), last)
    chance = even_chance(states.arrival[rows], states.booked_on[states.booking[rows]])
    aside = np.floor((2 * chance - 1) * NEIGHBOURS).astype(np.int64)
    found: Rows = among[np.clip(np.searchsorted(ordered, key[rows]) + aside, first, last - 1)]
    return found


def _left_out(states: StateColumns, names: tuple[str, ...]) -> StateColumns:
    standing = np.isin(states.status, (BookingStatus.RESERVED, BookingStatus.TENTATIVE))
    not_arrived = np.isin(states.status, LOST) | (standing & (states.arrival > states.as_of))
    categories, numbers = dict(states.categories), dict(states.numbers)
    for name in names:
        if name in categories:
            codes = np.where(not_arrived, 0, categories[name].codes).astype(np.int32)
            categories[name] = Category(codes, categories[name].labels)
        else:
            numbers[name] = np.where(not_arrived, np.nan, numbers[name])
    filled = (*states.filled_at_arrival, *names)
    return replace(states, categories=categories, numbers=numbers, filled_at_arrival=filled)
