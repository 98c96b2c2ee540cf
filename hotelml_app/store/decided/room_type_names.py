"""Room types that exports call otherwise since some day: what was told under the former name counts under the present one.

What exports told, and what was predicted or noted, is kept as it was and read under the present names; what staff decided of
nights to come is rewritten.
"""

from __future__ import annotations

import sqlite3

from hotelml_app.store.decided import data_settings, decisions_by_type

_NAME = "renamed room types"


def renamed(connection: sqlite3.Connection, property_id: int) -> dict[str, str]:
    """Return the present names of room types by their former ones."""
    kept = data_settings.get(connection, _NAME, {}, property_id)
    return {str(former): str(present) for former, present in kept.items()} if isinstance(kept, dict) else {}


def rename(connection: sqlite3.Connection, property_id: int, former: str, present: str) -> None:
    """Count a room type under another name from now on, with what staff decided of it; under its own, as it was before.

    Nothing that exports told is changed.
    """
    names = renamed(connection, property_id)
    if names.get(former) == present:
        return
    names.pop(former, None)
    names.pop(present, None)
    if former != present:
        names = {one: present if other == former else other for one, other in names.items()} | {former: present}
        decisions_by_type.rename(connection, property_id, former, present)
        connection.execute(
            "INSERT INTO room_types (property_id, code, name, rooms) SELECT property_id, ?, name, rooms FROM room_types"
            " WHERE property_id = ? AND code = ?"
            " ON CONFLICT (property_id, code) DO UPDATE SET rooms = coalesce(rooms, excluded.rooms)",
            (present, property_id, former),
        )
    else:
        decisions_by_type.take_back(connection, property_id, former)
    data_settings.put(connection, _NAME, names, property_id)


def join(connection: sqlite3.Connection, gone: int, stays: int) -> None:
    """Count room types under the names that either of two properties has for them, which are one hotel.

    Where they contradict each other, the one that stays is right.
    """
    theirs, ours = renamed(connection, gone), renamed(connection, stays)
    names = {one: ours.get(present, present) for one, present in theirs.items() if one not in ours}
    names = {one: present for one, present in names.items() if present != one}
    names |= {one: names.get(present, present) for one, present in ours.items()}
    if names:
        data_settings.put(connection, _NAME, names, stays)
        decisions_by_type.follow(connection, stays, names)
