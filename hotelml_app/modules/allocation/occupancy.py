"""Which room is taken on which night: the one place that can promise no double occupancy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


class RoomPlan:
    """Rooms by nights. Nights are day numbers; a stay from ``arrival`` takes the nights before ``departure``."""

    def __init__(self, rooms: int, first_night: int, nights: int) -> None:
        self._first = first_night
        self._taken = np.zeros((rooms, nights), dtype=bool)

    def free(self, room: int, arrival: int, departure: int) -> bool:
        """Tell whether a room is free on every night of a stay."""
        return not self._taken[room, self._nights(arrival, departure)].any()

    def first_free(self, rooms: Sequence[int], arrival: int, departure: int) -> int | None:
        """Return the first of ``rooms`` that is free on every night of a stay, or None."""
        if not rooms:
            return None
        free = ~self._taken[rooms, self._nights(arrival, departure)].any(axis=1)
        return rooms[int(np.argmax(free))] if free.any() else None

    def take(self, room: int, arrival: int, departure: int) -> None:
        """Mark the nights of a stay as taken. Raises ValueError where one already is."""
        nights = self._nights(arrival, departure)
        if self._taken[room, nights].any():
            raise ValueError(f"room {room} would be given twice")
        self._taken[room, nights] = True

    def block(self, room: int, arrival: int, departure: int) -> None:
        """Mark nights as taken, whoever has them: guests in the house, rooms out of order."""
        self._taken[room, self._nights(arrival, departure)] = True

    def first_full_night(self, rooms: Sequence[int], arrival: int, departure: int) -> int | None:
        """Return the first night of a stay on which none of ``rooms`` is free; None where each night has one."""
        full = self._taken[rooms, self._nights(arrival, departure)].all(axis=0)
        return arrival + int(np.argmax(full)) if full.any() else None

    def _nights(self, arrival: int, departure: int) -> slice:
        last = self._taken.shape[1]
        return slice(min(max(arrival - self._first, 0), last), min(max(departure - self._first, 0), last))
