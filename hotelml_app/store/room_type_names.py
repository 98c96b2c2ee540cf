"""Room types that exports call otherwise since some day: what was told under the former name counts under the present one."""

from __future__ import annotations

import sqlite3

from hotelml_app.store import data_settings

_NAME = "renamed room types"


def renamed(connection: sqlite3.Connection, property_id: int) -> dict[str, str]:
    """Return the present names of room types by their former ones."""
    kept = data_settings.get(connection, _NAME, {}, property_id)
    return {str(former): str(present) for former, present in kept.items()} if isinstance(kept, dict) else {}


def rename(connection: sqlite3.Connection, property_id: int, former: str, present: str) -> None:
    """Count a room type under another name from now on, with the rooms staff told of it; under its own, as it was before.

    Nothing that exports told is changed.
    """
    names = renamed(connection, property_id)
    names.pop(former, None)
    names.pop(present, None)
    if former != present:
        names = {one: present if other == former else other for one, other in names.items()} | {former: present}
        connection.execute(
            "INSERT INTO room_types (property_id, code, name, rooms) SELECT property_id, ?, name, rooms FROM room_types"
            " WHERE property_id = ? AND code = ?"
            " ON CONFLICT (property_id, code) DO UPDATE SET rooms = coalesce(rooms, excluded.rooms)",
            (present, property_id, former),
        )
    data_settings.put(connection, _NAME, names, property_id)
