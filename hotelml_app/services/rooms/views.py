"""What the Rooms page shows, and what can be changed on it: plain values, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.learning.views import MadeByView
from hotelml_app.services.rooms.list_views import ListRooms, UndoList


class Standing(StrEnum):
    """How one room of a booking stands; the last two are in no room."""

    GUEST = "in the house"
    KEPT = "in the PMS"
    LOCKED = "locked"
    PLANNED = "to be carried out"
    GIVEN = "suggested"
    MOVED = "suggested move"
    WAITING = "waits"
    REFUSED = "no room"

    @property
    def suggested(self) -> bool:
        """True where staff may still take it on."""
        return self in (Standing.GIVEN, Standing.MOVED)


@dataclass(frozen=True, slots=True)
class RoomView:
    """One room; ``named`` is False where no export showed its number."""

    number: str
    room_type: str
    named: bool


@dataclass(frozen=True, slots=True)
class StayView:
    """One room of a booking. ``room`` is where it will be, ``room_now`` what the PMS shows; "" is none.

    ``number`` counts the rooms of a booking from 0; ``locked`` where staff hold it in its room. Bookings of one ``party``
    share their room; "" shares with nobody.
    """

    reservation_id: str
    number: int
    arrival: date
    departure: date
    room_type: str
    room: str
    room_now: str
    standing: Standing
    locked: bool
    reason: str
    party: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other one."""
        return f"{self.reservation_id}#{self.number}"


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """What is suggested for one booking, all its rooms together; ``before`` and ``after`` are room numbers, "" is none."""

    reservation_id: str
    arrival: date
    departure: date
    room_type: str
    before: str
    after: str
    standing: Standing
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedView:
    """A change that staff took on and that is to be carried out in the PMS."""

    reservation_id: str
    arrival: date
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClosedRoomView:
    """A room that is out of order from the night of ``first`` up to, not including, ``until``."""

    room: str
    first: date
    until: date


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Two bookings in one room, or one in a room that is out of order, as the PMS has it now.

    ``settled_by`` is the booking whose suggested move ends it, "" where none does.
    """

    room: str
    night: date
    reservations: tuple[str, ...]
    sentence: str
    settled_by: str = ""


@dataclass(frozen=True, slots=True)
class RoomsView:
    """The Rooms page. ``free`` is per room type how many rooms are free on each of the nights from ``first`` on.

    ``undo`` says what the last change was, "" where there is none. ``limit_s`` is how long solving again may take.
    """

    property_name: str
    sentence: str
    freshness: Freshness
    made_by: MadeByView
    first: date
    nights: int
    arrivals: int
    rooms: tuple[RoomView, ...]
    stays: tuple[StayView, ...]
    suggestions: tuple[SuggestionView, ...]
    planned: tuple[PlannedView, ...]
    closed: tuple[ClosedRoomView, ...]
    conflicts: tuple[ConflictView, ...]
    free: Mapping[str, tuple[int, ...]]
    notes: tuple[str, ...]
    undo: str
    limit_s: float

    @property
    def rooms_known(self) -> bool:
        """True where at least one room has a number."""
        return any(room.named for room in self.rooms)


@dataclass(frozen=True, slots=True)
class TakeOn:
    """Take on what is suggested for these bookings: it is to be carried out in the PMS."""

    reservations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take a booking off the list of what is to be carried out."""

    reservation_id: str


@dataclass(frozen=True, slots=True)
class GiveRoom:
    """Give one room of a booking by hand."""

    reservation_id: str
    number: int
    room: str


@dataclass(frozen=True, slots=True)
class LockRoom:
    """Hold a booking in the rooms it has on the page, or let it go."""

    reservation_id: str
    locked: bool


@dataclass(frozen=True, slots=True)
class CloseRoom:
    """Take a room out of order."""

    room: str
    first: date
    until: date


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """Put a room back into service."""

    room: str
    first: date


@dataclass(frozen=True, slots=True)
class UndoRooms:
    """Take the last change back."""


StayChange = TakeOn | TakeBack | GiveRoom | LockRoom | CloseRoom | OpenRoom | UndoRooms
RoomsChange = StayChange | ListRooms | UndoList
