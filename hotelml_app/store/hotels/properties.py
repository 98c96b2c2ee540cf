"""Properties and their room types."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hotelml_app.core.property_names import folded
from hotelml_app.store.decided import room_type_names
from hotelml_app.store.errors import StoreError
from hotelml_app.store.values import day_or_none, moment_or_none, moment_text


class UnknownPropertyError(StoreError):
    """No property of that name is known in this home."""

    title = "There is no such property"


class PropertyNameTakenError(StoreError):
    """Another property of this home has that name."""

    title = "There is already a property of that name"


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """One property. ``rooms`` is what the user said, or None; ``business_date`` is the newest any export brought."""

    id: int
    name: str
    country: str
    currency: str
    rooms: int | None
    business_date: date | None
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoomTypeRow:
    """One room type. ``rooms`` is what the user said, or None."""

    code: str
    name: str
    rooms: int | None


_COLUMNS = "id, name, country, currency, rooms, business_date, created_at"


def ensure(connection: sqlite3.Connection, name: str, now: datetime) -> int:
    """Return the id of the property ``name`` (upper and lower case are one), which is made where it is new."""
    known = find(connection, name)
    if known is not None:
        return known.id
    cursor = connection.execute("INSERT INTO properties (name, created_at) VALUES (?, ?)", (name.strip(), moment_text(now)))
    return int(cursor.lastrowid or 0)


def all(connection: sqlite3.Connection) -> list[PropertyRow]:
    """Return every property in the order they came."""
    return [_row(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM properties ORDER BY id")]


def get(connection: sqlite3.Connection, property_id: int) -> PropertyRow:
    """Return one property. Raises UnknownPropertyError."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM properties WHERE id = ?", (property_id,)).fetchone()
    if row is None:
        raise UnknownPropertyError(f"There is no property number {property_id}.")
    return _row(row)


def find(connection: sqlite3.Connection, name: str) -> PropertyRow | None:
    """Return the property ``name`` (upper and lower case are one), or None."""
    # SQLite folds the case of ASCII alone; "HÔTEL" and "Hôtel" are one house, too.
    wanted = folded(name)
    return next((row for row in all(connection) if folded(row.name) == wanted), None)


def by_name(connection: sqlite3.Connection, name: str) -> PropertyRow:
    """Return the property ``name``. Raises UnknownPropertyError naming those that exist."""
    found = find(connection, name)
    if found is None:
        known = ", ".join(row.name for row in all(connection)) or "none yet"
        raise UnknownPropertyError(f"There is no property called {name!r}.", remedy=f"Properties in this home: {known}.")
    return found


def set_business_date(connection: sqlite3.Connection, property_id: int, day: date) -> date:
    """Move the property's business date to ``day`` unless it is already later, and return the one that holds."""
    connection.execute(
        "UPDATE properties SET business_date = max(coalesce(business_date, ''), ?) WHERE id = ?", (day.isoformat(), property_id)
    )
    held = get(connection, property_id).business_date
    return held or day


def begin_at(connection: sqlite3.Connection, property_id: int, day: date) -> None:
    """Set the property's business date to ``day``, be it earlier than the one before."""
    connection.execute("UPDATE properties SET business_date = ? WHERE id = ?", (day.isoformat(), property_id))


def update(
    connection: sqlite3.Connection,
    property_id: int,
    *,
    name: str | None = None,
    country: str | None = None,
    currency: str | None = None,
    rooms: int | None = None,
    clear_rooms: bool = False,
) -> None:
    """Change what the user says of a property; None leaves as it is, ``clear_rooms`` forgets the number of rooms.

    Raises PropertyNameTakenError.
    """
    namesake = find(connection, name) if name is not None else None
    if namesake is not None and namesake.id != property_id:
        raise PropertyNameTakenError(f"There is already a property called {namesake.name}.", remedy="Choose another name.")
    changes: Mapping[str, object] = {"name": name, "country": country, "currency": currency, "rooms": rooms}
    given = {column: value for column, value in changes.items() if value is not None}
    if clear_rooms:
        given["rooms"] = None
    if given:
        assignments = ", ".join(f"{column} = ?" for column in given)
        connection.execute(f"UPDATE properties SET {assignments} WHERE id = ?", (*given.values(), property_id))


def ensure_room_types(connection: sqlite3.Connection, property_id: int, codes: Iterable[str]) -> None:
    """Add the room types that an export speaks of and nobody knew yet."""
    connection.executemany(
        "INSERT INTO room_types (property_id, code) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(property_id, code) for code in codes if code],
    )


def set_room_type(
    connection: sqlite3.Connection, property_id: int, code: str, *, name: str = "", rooms: int | None = None
) -> None:
    """Keep what the user says of a room type."""
    connection.execute(
        "INSERT INTO room_types (property_id, code, name, rooms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (property_id, code) DO UPDATE SET name = excluded.name, rooms = excluded.rooms",
        (property_id, code, name, rooms),
    )


def room_types(connection: sqlite3.Connection, property_id: int) -> list[RoomTypeRow]:
    """Return the room types of a property, by code; those that have another name by now are left out."""
    query = "SELECT code, name, rooms FROM room_types WHERE property_id = ? ORDER BY code"
    former = room_type_names.renamed(connection, property_id)
    return [RoomTypeRow(*row) for row in connection.execute(query, (property_id,)) if row[0] not in former]


def _row(row: tuple[int, str, str, str, int | None, str | None, str]) -> PropertyRow:
    return PropertyRow(*row[:5], day_or_none(row[5]), moment_or_none(row[6]))
