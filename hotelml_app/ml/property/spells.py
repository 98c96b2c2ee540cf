"""From stored booking states to spells: when was which state known?

What an export shows is a state and the day it was seen. When the PMS itself gives the day a status was reached,
that day counts, because the hotel knew it then even where the export came a week later. So it did of the first night
that two states of a stay tell differently: by its end it was seen who slept there. Before its first showing a
booking is taken as reserved since the day it was booked, and as in house from arrival where it was later checked out.
One that is cancelled at its first showing, with no day given, was cancelled on some day before: on which is not known, but
how such days lie between booking and arrival is, and taken together they must lie like that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, FILLED_IN_AT_ARRIVAL, NUMBER_COLUMNS, OCCUPYING, BookingStatus
from hotelml_app.ml.property.history import FOREVER, Category, Days, History
from hotelml_app.ml.property.untold.even_chance import even_chance

UNKNOWN_DAY = np.int32(-(2**31))

EARLY = 1.5
"""Cancellations are early: the part of the time to arrival that has passed by then is spread as an even chance to this power.

Read off 36,635 cancellations of two hotels (Antonio, de Almeida and Nunes 2019, Data in Brief 22): of the bookings on the books
4, 11 and 21 days before arrival 3.0, 7.8 and 11.8 % were cancelled in the city hotel, 1.8, 4.0 and 7.8 % in the resort; the
power gives 3.2, 7.4, 12.0 and 2.1, 4.9, 7.5 %. Had all been cancelled on the day of arrival, it would be 42 to 46 and 29 to 32 %.
"""

SETTLED_DAYS, FEWEST_CLOSED, NEARLY_ALL, MORE_THAN_STAY_AWAY = 7, 30, 0.9, 0.1
"""Of bookings cancelled in two hotels (as above) 2 and 3 % were on the day of arrival or later; no-shows are 1 % of all."""


@dataclass(frozen=True)
class StateColumns:
    """Stored states as arrays, sorted by booking then ``as_of``; ``status_on`` is UNKNOWN_DAY where not said.

    ``filled_at_arrival`` are the columns of which nothing is known before.
    """

    reservation_ids: NDArray[np.object_]
    booked_on: Days
    booking: NDArray[np.int32]
    as_of: Days
    status: NDArray[np.int8]
    status_on: Days
    arrival: Days
    departure: Days
    categories: Mapping[str, Category]
    numbers: Mapping[str, NDArray[np.float64]]
    filled_at_arrival: tuple[str, ...] = FILLED_IN_AT_ARRIVAL


def known_since(states: StateColumns) -> Days:
    """Return, per state, the end of day from which the hotel knew it."""
    n = len(states.booking)
    first = np.ones(n, dtype=bool)
    first[1:] = states.booking[1:] != states.booking[:-1]
    booked = states.booked_on[states.booking]
    said = (states.status_on != UNKNOWN_DAY) & ~_dated_when_closed(states, first)
    reached = np.where(said, states.status_on, _day_implied_by_status(states, booked, first))
    previous_seen = np.where(first, UNKNOWN_DAY, np.roll(states.as_of, 1))
    status_changed = first | (states.status != np.roll(states.status, 1))
    dated = status_changed & (reached > previous_seen) & (reached <= states.as_of)
    since = np.where(dated, reached, _seen_by_night(states, first, states.as_of))
    since = np.where(first & (states.status == BookingStatus.RESERVED), booked, since)
    return np.maximum(since, booked).astype(np.int32)


def _seen_by_night(states: StateColumns, first: NDArray[np.bool_], latest: Days) -> Days:
    """Return the first night after the state before was seen that holds a room by only one of the two, no later than ``latest``.

    Where both hold a room on the same nights, or one holds none, it is ``latest``.
    """
    holds = np.isin(states.status, np.array(OCCUPYING, dtype=np.int8))
    both = holds & np.roll(holds, 1) & ~first
    arrival, departure = np.roll(states.arrival, 1), np.roll(states.departure, 1)
    moved, longer = states.arrival != arrival, states.departure != departure
    night = np.where(moved, np.minimum(states.arrival, arrival), np.minimum(states.departure, departure))
    night = np.where(both & (moved | longer), np.maximum(night, np.roll(states.as_of, 1) + 1), latest)
    return np.minimum(night, latest).astype(np.int32)


def _day_implied_by_status(states: StateColumns, booked: Days, first: NDArray[np.bool_]) -> Days:
    """Return the likely day a status was reached where the export does not say."""
    implied = states.as_of.copy()
    implied = np.where(states.status == BookingStatus.IN_HOUSE, states.arrival, implied)
    implied = np.where(states.status == BookingStatus.CHECKED_OUT, states.departure, implied)
    cancelled = states.status == BookingStatus.CANCELLED
    implied = np.where(cancelled | (states.status == BookingStatus.NO_SHOW), states.arrival, implied)
    implied = np.where(cancelled & first, _likely_cancelled(states, booked), implied)
    implied = np.where(np.isin(states.status, (BookingStatus.RESERVED, BookingStatus.TENTATIVE)), booked, implied)
    return np.minimum(implied, states.as_of).astype(np.int32)


def _dated_when_closed(states: StateColumns, first: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which cancelled states carry the day on which the PMS closed or last touched the booking, not that of cancelling.

    So it is where nearly all that were first seen after their arrival are dated then or later, and they are too many to have
    stayed away unannounced.
    """
    past = first & (states.arrival < states.as_of - SETTLED_DAYS)
    cancelled = states.status == BookingStatus.CANCELLED
    late = first & cancelled & (states.status_on != UNKNOWN_DAY) & (states.status_on >= states.arrival)
    ended = past & cancelled & (states.status_on != UNKNOWN_DAY)
    many = ended.sum() >= max(FEWEST_CLOSED, MORE_THAN_STAY_AWAY * past.sum())
    return late if many and late[ended].mean() >= NEARLY_ALL else np.zeros(len(first), dtype=bool)


def _likely_cancelled(states: StateColumns, booked: Days) -> Days:
    """Return a day between booking and arrival, no later than the export: the same one whenever and in whatever order asked."""
    latest = np.minimum(states.arrival, states.as_of)
    share = even_chance(booked, states.arrival, states.departure) ** EARLY
    return (booked + np.floor(share * (np.maximum(latest - booked, 0) + 1))).astype(np.int32)


def history_from_states(property_name: str, business_date: date, states: StateColumns) -> History:
    """Build the history of one property from its stored states."""
    n = len(states.booking)
    since = known_since(states)
    first = np.ones(n, dtype=bool)
    first[1:] = states.booking[1:] != states.booking[:-1]
    last = np.ones(n, dtype=bool)
    last[:-1] = first[1:]
    since = _never_backwards(since, first)
    until = np.where(last, FOREVER, np.roll(since, -1)).astype(np.int32)
    earlier = np.where(first, states.booked_on[states.booking], since).astype(np.int32)

    # A stay that went from reserved straight to checked out between two exports was in house from its arrival, and one that
    # stayed longer than was told before from the night on which it was to be gone.
    was_reserved = first | np.isin(np.roll(states.status, 1), (BookingStatus.RESERVED, BookingStatus.TENTATIVE))
    came = np.where(was_reserved, states.arrival, _seen_by_night(states, first, since))
    # Only within the stretch before this state: it replaces the tail of what came before.
    previous_since = np.where(first, states.booked_on[states.booking], np.roll(since, 1))
    checked_out = states.status == BookingStatus.CHECKED_OUT
    in_house_from = np.where(checked_out, np.clip(came, previous_since, since), since).astype(np.int32)
    checked_out &= in_house_from < since

    # The state before an in-house stretch ends where that stretch begins.
    next_in_house = np.where(last, FOREVER, np.roll(in_house_from, -1)).astype(np.int32)
    until = np.minimum(until, next_in_house)

    rows = np.arange(n)
    blocks = [
        _Block(rows, since, until, states.status, False),
        _Block(
            rows[checked_out],
            in_house_from[checked_out],
            since[checked_out],
            _filled(checked_out.sum(), BookingStatus.IN_HOUSE),
            True,
        ),
        _Block(rows[first], earlier[first], in_house_from[first], _filled(first.sum(), BookingStatus.RESERVED), True),
    ]
    return _assemble(property_name, business_date, states, blocks)


@dataclass(frozen=True)
class _Block:
    rows: NDArray[np.intp]
    start: Days
    stop: Days
    status: NDArray[np.int8]
    reconstructed: bool


def _filled(count: int, status: BookingStatus) -> NDArray[np.int8]:
    return np.full(count, int(status), dtype=np.int8)


def _never_backwards(since: Days, first: NDArray[np.bool_]) -> Days:
    """Make ``since`` non-decreasing within each booking."""
    group = np.cumsum(first).astype(np.int64)
    span = np.int64(2**33)
    lifted = np.maximum.accumulate(group * span + since) - group * span
    return lifted.astype(np.int32)


def _assemble(property_name: str, business_date: date, states: StateColumns, blocks: list[_Block]) -> History:
    rows = np.concatenate([b.rows for b in blocks])
    start = np.concatenate([b.start for b in blocks]).astype(np.int32)
    stop = np.concatenate([b.stop for b in blocks]).astype(np.int32)
    status = np.concatenate([b.status for b in blocks]).astype(np.int8)
    reconstructed = np.concatenate([np.full(len(b.rows), b.reconstructed) for b in blocks])
    kept = stop > start
    order = np.lexsort((start[kept], states.booking[rows[kept]]))
    rows, start, stop = rows[kept][order], start[kept][order], stop[kept][order]
    status, reconstructed = status[kept][order], reconstructed[kept][order]
    not_arrived = reconstructed & (status == BookingStatus.RESERVED)
    categories, numbers = {}, {}
    for name in CATEGORY_COLUMNS:
        column = states.categories[name].take(rows)
        if name in states.filled_at_arrival:
            column = Category(np.where(not_arrived, 0, column.codes).astype(np.int32), column.labels)
        categories[name] = column
    for name in NUMBER_COLUMNS:
        values = states.numbers[name][rows]
        numbers[name] = np.where(not_arrived, np.nan, values) if name in states.filled_at_arrival else values
    arrival, departure = states.arrival[rows], states.departure[rows]
    numbers["adr"] = _rate_per_night(numbers, departure.astype(np.int64) - arrival)
    return History(
        property_name=property_name,
        business_date=business_date,
        reservation_ids=states.reservation_ids,
        booked_on=states.booked_on,
        booking=states.booking[rows],
        known_from=start,
        known_to=stop,
        status=status,
        arrival=arrival,
        departure=departure,
        categories=categories,
        numbers=numbers,
        reconstructed=reconstructed,
    )


def _rate_per_night(numbers: Mapping[str, NDArray[np.float64]], nights: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the rate per room and night; many systems export only what a stay costs in total."""
    rate, total, rooms = numbers["adr"], numbers["total"], numbers["rooms"]
    room_nights = np.maximum(nights, 1) * np.maximum(np.nan_to_num(rooms, nan=1.0), 1.0)
    return np.where(np.isnan(rate), np.round(total / room_nights, 2), rate)
