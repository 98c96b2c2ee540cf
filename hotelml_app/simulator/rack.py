"""The room rack: which room is free, taken or out of order, and which room an arriving booking is given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from hotelml_app.simulator.plan import RoomType

FIRST_FLOOR = 1
ROOMS_PER_FLOOR = 24


class Why(IntEnum):
    """Why a booking has the room type it has."""

    NOT_ARRIVED = 0
    AS_BOOKED = 1
    TYPE_FULL_UPGRADED = 2
    REGULAR_UPGRADED = 3
    UPSOLD = 4
    FAMILY_NEEDED_SPACE = 5
    DOWNGRADED = 6
    WALKED = 7


REGULAR_CHANCE, UPSELL_CHANCE, FAMILY_CHANCE = 0.35, 0.025, 0.3


@dataclass(frozen=True)
class Arrival:
    """What the desk sees of an arriving booking. ``luck`` is uniform in [0, 1)."""

    room_type: int
    regular: bool
    children: int
    luck: float


class RoomRack:
    """All rooms of the house on one day, by type. Rooms are numbered by floor in the order of types."""

    def __init__(self, room_types: tuple[RoomType, ...]) -> None:
        self.numbers: list[str] = []
        self.type_of: list[int] = []
        for position, room_type in enumerate(room_types):
            for _ in range(room_type.rooms):
                index = len(self.numbers)
                self.numbers.append(f"{FIRST_FLOOR + index // ROOMS_PER_FLOOR}{index % ROOMS_PER_FLOOR + 1:02d}")
                self.type_of.append(position)
        self._family = [room_type.family for room_type in room_types]
        self._free: list[set[int]] = [set() for _ in room_types]
        for room, position in enumerate(self.type_of):
            self._free[position].add(room)

    def is_free(self, room: int) -> bool:
        """True where nobody has the room and it is in order."""
        return room in self._free[self.type_of[room]]

    def take(self, room: int) -> None:
        """Take a free room off the rack."""
        self._free[self.type_of[room]].remove(room)

    def give_back(self, room: int) -> None:
        """Put a room back on the rack."""
        self._free[self.type_of[room]].add(room)

    def another(self, room: int) -> int | None:
        """Return a free room of the same type, or None."""
        return min(self._free[self.type_of[room]], default=None)

    def assign(self, arrival: Arrival, waiting: list[int]) -> tuple[int | None, Why]:
        """Choose and take a room; ``waiting`` counts later arrivals of the day per booked type. No room left: (None, WALKED)."""
        booked = arrival.room_type
        wish = self._courtesy(arrival, waiting)
        chosen, why = wish if wish is not None else (booked, Why.AS_BOOKED)
        if wish is None and not self._free[booked]:
            chosen, why = self._instead(booked, waiting)
        if not self._free[chosen]:
            return None, Why.WALKED
        room = min(self._free[chosen])
        self.take(room)
        return room, why

    def _courtesy(self, arrival: Arrival, waiting: list[int]) -> tuple[int, Why] | None:
        """Return a better type given though the booked one may be free, or None."""
        types = len(self._free)
        if arrival.children and not self._family[arrival.room_type] and arrival.luck < FAMILY_CHANCE:
            for better in range(arrival.room_type + 1, types):
                if self._family[better] and len(self._free[better]) > waiting[better]:
                    return better, Why.FAMILY_NEEDED_SPACE
        better = arrival.room_type + 1
        chance = REGULAR_CHANCE if arrival.regular else UPSELL_CHANCE
        if better < types and arrival.luck > 1 - chance and len(self._free[better]) > waiting[better] + 1:
            return better, Why.REGULAR_UPGRADED if arrival.regular else Why.UPSOLD
        return None

    def _instead(self, booked: int, waiting: list[int]) -> tuple[int, Why]:
        """Return the type to give when the booked one is full: the next better one that can spare a room, else any."""
        better = range(booked + 1, len(self._free))
        for other in better:
            if len(self._free[other]) > waiting[other]:
                return other, Why.TYPE_FULL_UPGRADED
        for other in better:
            if self._free[other]:
                return other, Why.TYPE_FULL_UPGRADED
        for other in range(booked - 1, -1, -1):
            if self._free[other]:
                return other, Why.DOWNGRADED
        return booked, Why.WALKED
