"""The bookings of a synthetic hotel with every state they went through, and what was known of them on any day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.requests import NEVER

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]

UNKNOWN = -1
MONEY_DIGITS = 2


@dataclass(frozen=True)
class Bookings:
    """Parallel arrays, one row per booked room, in order of booking; days count from the opening.

    Pairs like ``arrival`` and ``arrival_after`` are a value and what it became on the day named beside them (NEVER where
    it stayed). ``lost_on`` is the day of the cancellation, no-show or walk. ``room`` and ``assigned`` are UNKNOWN where
    the guest never arrived. ``words`` holds the columns that never change.
    """

    request: Ints
    reservation_id: Words
    booked_on: Ints
    segment: Ints
    room_type: Ints
    arrival: Ints
    departure: Ints
    shifted_on: Ints
    arrival_after: Ints
    departure_after: Ints
    restay_on: Ints
    final_departure: Ints
    rate_code: Words
    rate_code_after: Words
    adr: Floats
    adr_after: Floats
    recoded_on: Ints
    lost_on: Ints
    lost_as: Ints
    walked: Flags
    assigned: Ints
    room: Ints
    room_after: Ints
    moved_on: Ints
    why: Ints
    person: Ints
    adults: Ints
    children: Ints
    wishes: Ints
    previous_stays: Ints
    previous_cancellations: Ints
    regular: Flags
    hazard: Floats
    miss: Floats
    words: Mapping[str, Words]
    party: Ints

    def __len__(self) -> int:
        return len(self.request)

    @property
    def final_arrival(self) -> Ints:
        """The arrival day after all changes."""
        return np.where(self.shifted_on < NEVER, self.arrival_after, self.arrival)

    @property
    def stayed(self) -> Flags:
        """True where the booking was not lost (it may still lie ahead)."""
        return self.lost_on == NEVER


@dataclass(frozen=True)
class State:
    """What the PMS shows of the bookings known at the end of a day; ``rows`` are positions in Bookings.

    ``assigned`` and ``room`` are UNKNOWN before arrival. ``status`` holds core BookingStatus numbers.
    """

    day: int
    rows: NDArray[np.intp]
    status: Ints
    status_on: Ints
    arrival: Ints
    departure: Ints
    rate_code: Words
    adr: Floats
    assigned: Ints
    room: Ints

    @property
    def nights(self) -> Ints:
        """Nights of each stay as it is planned or was."""
        return self.departure - self.arrival

    @property
    def total(self) -> Floats:
        """Room revenue of the whole stay."""
        return np.round(self.adr * self.nights, MONEY_DIGITS)

    @property
    def holds_room(self) -> Flags:
        """True where the booking occupies a room on its nights."""
        return self.status <= BookingStatus.CHECKED_OUT

    @property
    def arrived(self) -> Flags:
        """True where the guest is or was in the house."""
        return (self.status == BookingStatus.IN_HOUSE) | (self.status == BookingStatus.CHECKED_OUT)

    def take(self, keep: Flags) -> State:
        """Return some of the bookings."""
        return State(self.day, **{item.name: getattr(self, item.name)[keep] for item in fields(self) if item.name != "day"})


def state_at(bookings: Bookings, day: int) -> State:
    """Return what was known at the end of ``day``; the future of no booking shows."""
    b = bookings
    rows = np.flatnonzero(b.booked_on <= day)
    shifted = b.shifted_on[rows] <= day
    arrival = np.where(shifted, b.arrival_after[rows], b.arrival[rows])
    departure = np.where(shifted, b.departure_after[rows], b.departure[rows])
    departure = np.where(b.restay_on[rows] <= day, b.final_departure[rows], departure)
    lost = b.lost_on[rows] <= day
    here = ~lost & (arrival <= day)
    gone = here & (departure <= day)
    status = np.select(
        [lost, gone, here], [b.lost_as[rows], BookingStatus.CHECKED_OUT, BookingStatus.IN_HOUSE], BookingStatus.RESERVED
    )
    status_on = np.select([lost, gone, here], [b.lost_on[rows], departure, arrival], b.booked_on[rows])
    recoded = b.recoded_on[rows] <= day
    moved = b.moved_on[rows] <= day
    return State(
        day=day,
        rows=rows,
        status=status,
        status_on=status_on,
        arrival=arrival,
        departure=departure,
        rate_code=np.where(recoded, b.rate_code_after[rows], b.rate_code[rows]),
        adr=np.where(recoded, b.adr_after[rows], b.adr[rows]),
        assigned=np.where(here, b.assigned[rows], UNKNOWN),
        room=np.where(here, np.where(moved, b.room_after[rows], b.room[rows]), UNKNOWN),
    )


def changed_between(bookings: Bookings, earlier: int, later: int) -> State:
    """Return the bookings whose state at the end of ``later`` differs from that at the end of ``earlier``."""
    now, then = state_at(bookings, later), state_at(bookings, earlier)
    # Bookings are in order of booking, so those known earlier are the first ones known later.
    known = len(then.rows)
    shown = [item.name for item in fields(State) if item.name not in ("day", "rows")]
    changed = np.ones(len(now.rows), dtype=bool)
    changed[:known] = np.logical_or.reduce([getattr(now, name)[:known] != getattr(then, name) for name in shown])
    return now.take(changed)
