"""Which rooms the house has: as the user lists them, as the bookings show them, or counted from what was sold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.ml.property.booking_curves import on_books_at, on_books_matrix
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.ml.property.room_numbers import LOOK_BACK_DAYS, STAND_IN, rooms_seen, type_given
from hotelml_app.modules.allocation.errors import AllocationOptionError
from hotelml_app.modules.allocation.house.room_features import features_of

LOOK_AHEAD_DAYS = 365
"""How far bookings to come tell of rooms, while no night was slept yet."""


@dataclass(frozen=True)
class Room:
    """A room; ``named`` is False where its number is not known and ``number`` only counts."""

    number: str
    room_type: str
    named: bool = True
    features: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Inventory:
    """All rooms in the order they are given out, and the room types with a known rate from the simplest to the best."""

    rooms: tuple[Room, ...]
    ladder: tuple[str, ...]

    def of_type(self, room_type: str) -> list[int]:
        """Return the positions of a type's rooms."""
        return [index for index, room in enumerate(self.rooms) if room.room_type == room_type]

    @property
    def types(self) -> tuple[str, ...]:
        """All room types, those on the ladder first and in its order."""
        rest = sorted({room.room_type for room in self.rooms} - set(self.ladder))
        return (*(one for one in self.ladder if self.of_type(one)), *rest)

    def better_than(self, room_type: str) -> tuple[str, ...]:
        """Return the types above one, the nearest first; none where it is not known what a type costs."""
        return self.ladder[self.ladder.index(room_type) + 1 :] if room_type in self.ladder else ()

    def simpler_than(self, room_type: str) -> tuple[str, ...]:
        """Return the types below one, the nearest first."""
        return self.ladder[: self.ladder.index(room_type)][::-1] if room_type in self.ladder else ()


def inventory(history: History, facts: PropertyFacts, options: Mapping[str, object]) -> Inventory:
    """Return the rooms of the house as known at the history's business date.

    The numbers seen in bookings count, and those that ``options["rooms"]`` maps to their types: what staff say of a room
    outweighs the bookings, and "" says that a number is no room of the house. Where staff listed
    rooms that no booking shows, or all, there are no others. Else, where fewer were seen than the user says exist or were
    once sold in a night, the rest stand in unnamed; where no booking says that it was slept, what was and is booked counts.
    ``options["room_features"]`` maps room numbers to what they have: "quiet", "near lift", whatever guests wish for.
    """
    listed = options.get("rooms")
    by_hand = {str(number) for number in listed} if isinstance(listed, Mapping) else set()
    seen = [Room(one.number, one.room_type) for one in rooms_seen(history, by_hand)]
    rooms = seen if listed is None else _as_listed(seen, listed)
    others = {room.number for room in rooms} - by_hand
    unseen = {room.number for room in rooms} - {room.number for room in seen}
    if (others and not unseen) or not rooms:
        left_out = Counter(room.room_type for room in set(seen) - set(rooms) if room.number in by_hand)
        rooms = _filled_up(rooms, _rooms_needed(history, facts, left_out))
    rooms.sort(key=lambda room: (room.room_type, not room.named, natural(room.number)))
    told = options.get("room_features") or {}
    if not isinstance(told, Mapping):
        raise AllocationOptionError("The features must map a room to a list.", remedy='For example {"101": ["quiet"]}.')
    features = features_of([room.number for room in rooms if room.named], told)
    return Inventory(tuple(replace(room, features=features.get(room.number, frozenset())) for room in rooms), ladder(history))


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Return a key under which room 9 comes before room 10, and both before room A1."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple((False, int(part), "") if part.isdigit() else (True, 0, part) for part in parts)


def count_points(data: PropertyData) -> int:
    """Return how many stays show which room, or at least which room type, the guest was finally given."""
    history = data.history
    given = (history.categories["room"].codes > 0) | (history.categories["assigned_room_type"].codes > 0)
    return len(np.unique(history.booking[given & _slept(history)]))


def _slept(history: History) -> NDArray[np.bool_]:
    return np.isin(history.status, (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)) & (history.departure > history.arrival)


def _as_listed(seen: Sequence[Room], listed: object) -> list[Room]:
    """Return the rooms that staff list and the other ones seen."""
    if not isinstance(listed, Mapping) or not listed:
        raise AllocationOptionError("The list of rooms must name each room and its type.", remedy='For example {"101": "DBL"}.')
    told = {str(number): str(room_type) for number, room_type in listed.items()}
    others = [room for room in seen if room.number not in told]
    return [*(Room(number, room_type) for number, room_type in told.items() if room_type), *others]


def _rooms_needed(history: History, facts: PropertyFacts, left_out: Mapping[str, int]) -> dict[str, int]:
    """Return rooms per type: as the user said, else the most that were slept in on one night.

    ``left_out`` are the numbers, per type they were given as, that are no such rooms: their guests made those nights larger.
    """
    needed = {one.code: one.rooms for one in facts.room_types if one.rooms is not None}
    if not {*_words_of(history, "room_type"), *_words_of(history, "assigned_room_type")} - needed.keys():
        return needed
    slept = _slept(history)
    # Exports that never say who came and went show the rooms only by what was and is on the books.
    used = slept if slept.any() else history.occupying
    held, types = history.take(used), type_given(history, used)
    for room_type in sorted(set(types.tolist()) - needed.keys() - {""}):
        of_type = held.take(types == room_type)
        most = _most_sold(of_type) if slept.any() else max(_most_sold(of_type), _most_to_come(of_type))
        needed[room_type] = most - left_out.get(room_type, 0)
    return needed


def _words_of(history: History, column: str) -> set[str]:
    return {word for word in history.categories[column].labels if word}


def _most_sold(history: History) -> int:
    sold = on_books_matrix(history, history.today - LOOK_BACK_DAYS + 1, LOOK_BACK_DAYS, 0)[:, 0]
    return round(float(sold.max())) if len(sold) else 0


def _most_to_come(history: History) -> int:
    booked = on_books_at(history, history.today, history.today + 1, LOOK_AHEAD_DAYS)
    return round(float(booked.max()))


def _filled_up(rooms: list[Room], needed: Mapping[str, int]) -> list[Room]:
    seen = Counter(room.room_type for room in rooms)
    stand_ins = [
        Room(STAND_IN.format(room_type=room_type, number=number), room_type, named=False)
        for room_type, count in needed.items()
        for number in range(seen[room_type] + 1, count + 1)
    ]
    return rooms + stand_ins


def ladder(history: History) -> tuple[str, ...]:
    """Return the types by what guests paid for them on average, the cheapest first."""
    lately = history.occupying & (history.numbers["adr"] > 0) & (history.departure >= history.today - LOOK_BACK_DAYS)
    booked, adr = history.categories["room_type"].take(lately).words(), history.numbers["adr"][lately]
    means = {word: float(np.mean(adr[booked == word])) for word in np.unique(booked).tolist() if word}
    return tuple(sorted(means, key=lambda word: (means[word], word)))
