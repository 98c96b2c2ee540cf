"""The rooms of the house as staff and exports tell them, and what staff can say about them: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MOST_ROOMS = 2000
"""Rooms a house may have here; a plan of more is not solved in a time anybody waits."""


@dataclass(frozen=True, slots=True)
class SeenRoomView:
    """A room number in the exports, the type it was mostly given as, and the day of its last departure there."""

    number: str
    room_type: str
    last: date


@dataclass(frozen=True, slots=True)
class RoomListView:
    """What is known of the rooms of a property.

    ``told`` maps the rooms that staff listed to their types; "" says that a number in the exports is no room of the house.
    ``features`` are what staff say a room has, ``doors`` pairs of rooms with a door between them. ``held`` says what staff
    decided about a room and would be lost with it. ``rooms_told`` and ``types_told`` are what Settings says there is.
    ``can_undo`` is True where there is a list from before the last one that was saved.
    """

    property_name: str
    seen: tuple[SeenRoomView, ...]
    told: Mapping[str, str]
    features: Mapping[str, tuple[str, ...]]
    doors: frozenset[tuple[str, str]]
    types: tuple[str, ...]
    held: Mapping[str, str] = field(default_factory=dict)
    rooms_told: int | None = None
    types_told: Mapping[str, int] = field(default_factory=dict)
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class ListedRoom:
    """One room as it stands in the list. ``seen`` is None where no export shows it; ``by_hand`` where staff listed it.

    ``left_out`` is True for a number in the exports that staff say is no room of the house.
    """

    number: str
    room_type: str
    features: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    seen: SeenRoomView | None = None
    by_hand: bool = True
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class ListRooms:
    """Keep this list of rooms in place of the one that is kept; the fields are those of `RoomListView`."""

    told: Mapping[str, str]
    features: Mapping[str, tuple[str, ...]]
    doors: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class UndoList:
    """Put the list back that was kept before the last one."""
