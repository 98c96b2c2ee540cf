"""How many rooms can be sold on the coming nights: those of the house, or of a room type, less those out of order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hotelml_app.ml.property.out_of_order import out_of_order
from hotelml_app.services.asking.words import without_out_of_order
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_seen import Rooms, count_rooms


@dataclass(frozen=True)
class RoomsToSell:
    """The ``rooms`` there are, and how many of them are ``out_of_order`` on each night after the business date."""

    rooms: Rooms
    out_of_order: tuple[int, ...]

    def on(self, at: int) -> int | None:
        """Return how many can be sold, 0 being the first night; None where nobody knows how many there are."""
        return None if self.rooms.count is None else self.rooms.count - self.out_of_order[at]

    def in_words(self, at: int) -> str:
        """Say how many can be sold on a night, and what is missing."""
        return f"{replace(self.rooms, count=self.on(at)).in_words}{without_out_of_order(self.out_of_order[at])}"


def rooms_to_sell(ground: Ground, nights: int, room_type: str = "") -> RoomsToSell:
    """Return the rooms of the house, or of one room type, for the ``nights`` nights after the business date."""
    rooms = count_rooms(ground.parts, ground.row, room_type)
    closed = out_of_order(ground.data.history, ground.data.facts, nights).of(room_type).round().astype(int).tolist()
    return RoomsToSell(rooms, tuple(closed) if rooms.count is None else tuple(min(one, rooms.count) for one in closed))
