"""What staff want of the allocation: locks, closed rooms, guests' wishes, rooms with doors, overbooking, limits."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hotelml_app.core.clock import day_number
from hotelml_app.modules.allocation.errors import AllocationOptionError
from hotelml_app.modules.allocation.house.inventory import Inventory

LONGEST_TIME_LIMIT_S = 600.0


@dataclass(frozen=True)
class ClosedRoom:
    """A room that cannot be given from the night of ``first`` up to, not including, ``end``; day numbers."""

    room: str
    first: int
    end: int


@dataclass(frozen=True)
class WishedPair:
    """Two reservations that want rooms with a door between them."""

    one: str
    other: str
    weight: float = 1.0


@dataclass(frozen=True)
class Wishes:
    """Everything staff said. Reservations map to rooms: ``locks`` hold, ``previous`` is what was suggested the last time.

    ``liked`` maps reservations to features of rooms and how much they matter (1 is usual), ``doors`` are pairs of rooms,
    ``overbooking`` is how many bookings of a type may wait for a room, ``move_guests`` allows moving who is in the house.
    """

    locks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    closed: tuple[ClosedRoom, ...] = ()
    liked: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    together: tuple[WishedPair, ...] = ()
    doors: tuple[tuple[str, str], ...] = ()
    overbooking: Mapping[str, int] = field(default_factory=dict)
    previous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    move_guests: bool = False
    time_limit_s: float | None = None


def wishes_in(options: Mapping[str, object], house: Inventory) -> Wishes:
    """Read wishes from a request's options. Raises AllocationOptionError for rooms or days that make no sense."""
    known = {room.number for room in house.rooms}
    locks = _mapped(options, "locks", 'The locks must map a reservation to a room, for example {"R100": "204"}.')
    for numbers in locks.values():
        for number in rooms_named(numbers, known):
            _known_room(number, known)
    previous = _mapped(options, "previous", "The earlier suggestions must map a reservation to a room.")
    liked = _mapped(options, "wishes", 'The wishes must map a reservation to features, for example {"R100": ["quiet"]}.')
    overbooking = _mapped(options, "overbooking", 'Overbooking must map a type to a number of rooms, for example {"DBL": 2}.')
    return Wishes(
        locks={name: rooms_named(numbers, known) for name, numbers in locks.items()},
        closed=tuple(_closed(entry, known) for entry in _listed(options, "out_of_order", "Give room, from and to for each.")),
        liked={name: _weights(name, features) for name, features in liked.items()},
        together=tuple(_pair(entry) for entry in _listed(options, "together", 'For example [["R100", "R101"]].')),
        doors=tuple(_door(entry, known) for entry in _listed(options, "connecting", 'For example [["101", "102"]].')),
        overbooking={name: _count(name, number) for name, number in overbooking.items()},
        previous={name: rooms_named(numbers, known) for name, numbers in previous.items()},
        move_guests=_yes_or_no(options.get("move_guests", False)),
        time_limit_s=_limit(options.get("time_limit_s")),
    )


def rooms_named(told: object, known: Container[str]) -> tuple[str, ...]:
    """Return the room numbers in a word or a list: "101", "101, 102" or ["101", "102"]."""
    if isinstance(told, Sequence) and not isinstance(told, str):
        return tuple(str(number).strip() for number in told)
    text = str(told).strip()
    parts = (text,) if text in known else tuple(part.strip() for part in text.split(","))
    return tuple(part for part in parts if part)


def _mapped(options: Mapping[str, object], name: str, wanted: str) -> dict[str, object]:
    told = options.get(name) or {}
    if not isinstance(told, Mapping):
        raise AllocationOptionError(f"{name} cannot be {told!r}.", remedy=wanted)
    return {str(key): value for key, value in told.items()}


def _listed(options: Mapping[str, object], name: str, wanted: str) -> Sequence[object]:
    told = options.get(name) or ()
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise AllocationOptionError(f"{name} must be a list.", remedy=wanted)
    return told


def _weights(reservation: str, told: object) -> dict[str, float]:
    if isinstance(told, str):
        return {told: 1.0}
    if isinstance(told, Mapping):
        return {str(name): _positive(weight, f"The weight of {name!r} for {reservation}") for name, weight in told.items()}
    if isinstance(told, Sequence):
        return {str(name): 1.0 for name in told}
    raise AllocationOptionError(f"{told!r} is no wish.", remedy='Name features of rooms, for example ["quiet"].')


def _pair(entry: object) -> WishedPair:
    parts = list(entry) if isinstance(entry, Sequence) and not isinstance(entry, str) else []
    if len(parts) not in (2, 3) or str(parts[0]) == str(parts[1]):
        raise AllocationOptionError(f"{entry!r} are not two reservations.", remedy='For example ["R100", "R101"].')
    weight = _positive(parts[2], "The weight of two rooms together") if len(parts) == 3 else 1.0
    return WishedPair(str(parts[0]), str(parts[1]), weight)


def _door(entry: object, known: set[str]) -> tuple[str, str]:
    parts = [str(part) for part in entry] if isinstance(entry, Sequence) and not isinstance(entry, str) else []
    if len(parts) != 2 or parts[0] == parts[1]:
        raise AllocationOptionError(f"{entry!r} are not two rooms.", remedy='For example ["101", "102"].')
    for number in parts:
        _known_room(number, known)
    return parts[0], parts[1]


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


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise AllocationOptionError(f"move_guests cannot be {value!r}.", remedy="Write true or false, without quotes.")
    return value


def _number(value: object, what: str, right: Callable[[float], bool], remedy: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not right(float(value)):
        raise AllocationOptionError(f"{what} cannot be {value!r}.", remedy=remedy)
    return float(value)


def _positive(value: object, what: str) -> float:
    return _number(value, what, lambda number: 0 < number <= 100, "Give a number above 0 and up to 100; 1 is usual.")


def _count(room_type: str, value: object) -> int:
    whole = _number(
        value, f"Overbooking of {room_type}", lambda number: number >= 0 and number.is_integer(), "Give a whole number."
    )
    return int(whole)


def _limit(value: object) -> float | None:
    if value is None:
        return None
    return _number(value, "The time limit", lambda number: 0 < number <= LONGEST_TIME_LIMIT_S, "Give seconds, up to 600.")
