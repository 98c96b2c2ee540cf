"""Which rooms bookings show by number, and of which type each is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.history import History

LOOK_BACK_DAYS = 730
"""Rooms and sales older than this say nothing about today's house."""

STAND_IN = "{room_type} room {number}"
"""How a room is called whose number no export has shown."""


@dataclass(frozen=True)
class SeenRoom:
    """A room number in the bookings, the type it was mostly given as, and its last departure, a day number."""

    number: str
    room_type: str
    last: int


def type_given(history: History, rows: NDArray[np.bool_] | NDArray[np.intp] | None = None) -> NDArray[np.str_]:
    """Return the room type each spell, or each of some, uses: the assigned one where it is known, else the booked one."""
    columns = (history.categories[name] for name in ("assigned_room_type", "room_type"))
    assigned, booked = (column.words() if rows is None else column.take(rows).words() for column in columns)
    return np.where(assigned == "", booked, assigned)


def rooms_seen(history: History, listed: Collection[str] = ()) -> list[SeenRoom]:
    """Return every room number that lately was slept in or is promised, with the type it was mostly given as.

    "101, 102" is no room but two, where both are seen by themselves or ``listed``.
    """
    rows = (history.categories["room"].codes > 0) & history.occupying & (history.departure >= history.today - LOOK_BACK_DAYS)
    numbers, at = np.unique(history.categories["room"].take(rows).words(), return_inverse=True)
    types, kind = np.unique(type_given(history, rows), return_inverse=True)
    if not len(numbers):
        return []
    times = np.zeros((len(numbers), len(types)), dtype=np.int64)
    np.add.at(times, (at, kind), 1)
    last = np.zeros(len(numbers), dtype=np.int64)
    np.maximum.at(last, at, history.departure[rows])
    # Types come in order of their names, so that of those given equally often the first is taken.
    mostly = types[times.argmax(axis=1)]
    found = [SeenRoom(*one) for one in zip(numbers.tolist(), mostly.tolist(), last.tolist(), strict=True)]
    known = {*listed, *numbers.tolist()}
    return [one for one in found if "," not in one.number or not known >= {part.strip() for part in one.number.split(",")}]


def types_named(history: History) -> set[str]:
    """Return every room type that a booking names, as booked or as given."""
    return {label for name in ("room_type", "assigned_room_type") for label in history.categories[name].labels if label}


def types_of_rooms(history: History, rooms: Iterable[str]) -> dict[str, str]:
    """Return the type of every room of which it is known, by number or by the name of a stand-in."""
    wanted = set(rooms)
    if not wanted:
        return {}
    found = {one.number: one.room_type for one in rooms_seen(history) if one.number in wanted and one.room_type}
    for kind in types_named(history):
        begin = STAND_IN.format(room_type=kind, number="")
        found |= {room: kind for room in wanted - found.keys() if room.startswith(begin) and room[len(begin) :].isdigit()}
    return found
