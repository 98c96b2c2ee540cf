"""The stays that need a room: guests in the house and arrivals of the coming days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_of
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.room_numbers import type_given
from hotelml_app.modules.allocation.house.inventory import natural


@dataclass(frozen=True)
class Stay:
    """A booking as the desk sees it. Days are day numbers; ``room`` is what the PMS promises, "" where nothing yet.

    ``given_type`` is the type the PMS shows as assigned, "" where it shows none; ``spell`` is the row of the history. ``due``
    where the guest was to have arrived and no export shows that he checked in.
    """

    reservation_id: str
    arrival: int
    departure: int
    room_type: str
    rooms: int
    room: str
    given_type: str = ""
    spell: int = -1
    due: bool = False

    @property
    def last_day(self) -> int:
        """The day up to which the room is needed; a day use needs it for its day."""
        return max(self.departure, self.arrival + 1)


def arriving(history: History, today: int, until: int) -> list[Stay]:
    """Return the bookings on the books that arrive after ``today`` and by ``until``: by day, the longest stay first."""
    rows = history.alive_at(day_of(today)) & history.occupying & (history.arrival > today) & (history.arrival <= until)
    spells = np.flatnonzero(rows)
    found = _stays(history, spells, history.categories["room_type"].take(spells).words())
    return sorted(found, key=lambda stay: (stay.arrival, -stay.departure, natural(stay.reservation_id)))


def in_house(history: History, today: int) -> list[Stay]:
    """Return the guests who are in the house at the end of ``today`` and stay at least one more night.

    Who was to have arrived counts until an export says otherwise: he comes late, or his PMS tells of check-ins late or never.
    """
    due = (history.status == BookingStatus.RESERVED) & (history.arrival <= today)
    here = due | (history.status == BookingStatus.IN_HOUSE)
    spells = np.flatnonzero(history.alive_at(day_of(today)) & here & (history.departure > today + 1))
    found = _stays(history, spells, type_given(history, spells))
    return sorted(found, key=lambda stay: natural(stay.reservation_id))


def _stays(history: History, spells: NDArray[np.intp], types: NDArray[np.str_]) -> list[Stay]:
    chosen = history.take(spells)
    numbers, rooms = chosen.categories["room"].words(), chosen.rooms
    given = chosen.categories["assigned_room_type"].words()
    return [
        Stay(
            reservation_id=str(chosen.reservation_ids[chosen.booking[row]]),
            arrival=int(chosen.arrival[row]),
            departure=int(chosen.departure[row]),
            room_type=str(types[row]),
            rooms=max(int(rooms[row]), 1),
            room=str(numbers[row]),
            given_type=str(given[row]),
            spell=int(spell),
            due=bool(chosen.status[row] == BookingStatus.RESERVED and chosen.arrival[row] <= chosen.today),
        )
        for row, spell in enumerate(spells)
    ]
