"""What staff want of the allocation: rooms locked to bookings, rooms that are out of order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hotelml_app.core.clock import day_number
from hotelml_app.modules.allocation.errors import AllocationOptionError
from hotelml_app.modules.allocation.inventory import Inventory


@dataclass(frozen=True)
class ClosedRoom:
    """A room that cannot be given from the night of ``first`` up to, not including, ``end``; day numbers."""

    room: str
    first: int
    end: int


@dataclass(frozen=True)
class Wishes:
    """``locks`` maps reservations to the room number staff chose."""

    locks: Mapping[str, str]
    closed: tuple[ClosedRoom, ...]


def wishes_in(options: Mapping[str, object], house: Inventory) -> Wishes:
    """Read wishes from a request's options. Raises AllocationOptionError for rooms or days that make no sense."""
    known = {room.number for room in house.rooms}
    locks = options.get("locks") or {}
    closed = options.get("out_of_order") or ()
    if not isinstance(locks, Mapping):
        raise AllocationOptionError("The locks must map a reservation to a room.", remedy='For example {"R100": "204"}.')
    if not isinstance(closed, Sequence) or isinstance(closed, str):
        raise AllocationOptionError("The rooms out of order must be a list.", remedy="Give room, from and to for each.")
    for number in locks.values():
        _known_room(str(number), known)
    wished = {str(reservation): str(number) for reservation, number in locks.items()}
    return Wishes(wished, tuple(_closed(entry, known) for entry in closed))


def _closed(entry: object, known: set[str]) -> ClosedRoom:
    if not isinstance(entry, Mapping) or not {"room", "from", "to"} <= set(entry):
        raise AllocationOptionError(f"{entry!r} does not say which room is closed when.", remedy="Give room, from and to.")
    number, first, end = str(entry["room"]), _day(entry["from"]), _day(entry["to"])
    _known_room(number, known)
    if end <= first:
        raise AllocationOptionError(
            f"Room {number} cannot open again before it closes.", remedy="Give a later day for its opening."
        )
    return ClosedRoom(number, first, end)


def _known_room(number: str, known: set[str]) -> None:
    if number not in known:
        raise AllocationOptionError(f"There is no room {number} in this house.", remedy="Check the room number.")


def _day(value: object) -> int:
    try:
        return day_number(value if isinstance(value, date) else date.fromisoformat(str(value)))
    except ValueError:
        raise AllocationOptionError(f"{value!r} is not a day.", remedy="Write it as year-month-day.") from None
