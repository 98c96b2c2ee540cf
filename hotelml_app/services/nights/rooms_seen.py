"""How many rooms there are: as staff or exports say, or else the most ever sold on one night, counted once per import."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from hotelml_app.services.asking.words import count
from hotelml_app.services.nights import on_books as nights
from hotelml_app.services.parts import Parts
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import imports, statistics
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow

_NAME = "rooms_seen"


@dataclass(frozen=True)
class Rooms:
    """How many rooms there are, and whether staff or an export said so or it is the most that was ever sold."""

    count: int | None
    told: bool

    @property
    def in_words(self) -> str:
        """Say how many rooms there are; where nobody told, a fuller night than any so far may come."""
        rooms = count(self.count or 0, "room")
        return rooms if self.told else f"the {'one room' if self.count == 1 else rooms} seen so far"


def count_rooms(parts: Parts, row: PropertyRow, room_type: str = "") -> Rooms:
    """Return the rooms of the house, or of one room type."""
    with parts.store.read() as connection:
        kinds = {kind.code: kind.rooms for kind in properties.room_types(connection, row.id)} if room_type else {"": row.rooms}
        stated = statistics.rooms_stated(connection, row.id)
    told = kinds.get(room_type) or stated.get(room_type)
    return Rooms(told, told=True) if told is not None else Rooms(counted(parts, row).get(room_type), told=False)


def remembered(parts: Parts, row: PropertyRow) -> dict[str, int]:
    """Return what was counted last, by room type with the house under ""; empty where nothing was counted yet."""
    with parts.store.read() as connection:
        kept = data_settings.get(connection, _NAME, property_id=row.id)
    return _rooms(kept)


def counted(parts: Parts, row: PropertyRow) -> dict[str, int]:
    """Return the same as of the newest import, counting again where one came since."""
    with parts.store.read() as connection:
        kept = data_settings.get(connection, _NAME, property_id=row.id)
        stand = imports.last_done(connection, row.id)
    if isinstance(kept, dict) and kept.get("import") == stand:
        return _rooms(kept)
    if row.business_date is None:
        return {}
    history = parts.property_data(row).history
    kinds = ("", *(label for label in history.categories["room_type"].labels if label))
    found = {kind: nights.most_sold(nights.of_room_type(history, kind)) for kind in kinds}
    rooms = {kind: count for kind, count in found.items() if count is not None}
    if parts.writes:
        with parts.store.write() as connection:
            data_settings.put(connection, _NAME, {"import": stand, "rooms": rooms}, property_id=row.id)
    return rooms


def forget(connection: sqlite3.Connection, property_id: int) -> None:
    """Count again when next asked."""
    data_settings.put(connection, _NAME, {}, property_id=property_id)


def _rooms(kept: object) -> dict[str, int]:
    rooms = kept.get("rooms") if isinstance(kept, dict) else None
    return {str(kind): int(count) for kind, count in rooms.items()} if isinstance(rooms, dict) else {}
