"""Properties that take in small exports and are put together, for the tests of joining."""

from __future__ import annotations

import sqlite3

from hotel_rows import NOW, booking_row, day, new_import

from hotelml_app.store.corrected import joining
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.hotels import properties

Exports = dict[int, dict[str, str]]
"""What exports show: by business date, the room type of each booking they hold."""


def take_in(connection: sqlite3.Connection, property_id: int, shown: Exports) -> None:
    for number, rows in sorted(shown.items()):
        made = new_import(connection, f"{property_id} on {number}")
        bookings.apply(
            connection, property_id, made, day(number), [booking_row(name, room_type=kind) for name, kind in rows.items()]
        )
        imports.add_property(connection, made, property_id, day(number), len(rows))
        properties.set_business_date(connection, property_id, day(number))


def pairs(connection: sqlite3.Connection, gone: int, stays: int) -> dict[int, int]:
    ours = bookings.ids(connection, stays)
    return {number: ours[name] for name, number in bookings.ids(connection, gone).items() if name in ours}


def put_together(connection: sqlite3.Connection, gone: int, stays: int) -> int:
    return joining.join(connection, gone, stays, pairs(connection, gone, stays), NOW)


def history(connection: sqlite3.Connection, property_id: int) -> dict[str, list[tuple[str, str]]]:
    """The room types of each booking with the days they were first seen on, in that order."""
    found: dict[str, list[tuple[str, str]]] = {}
    kind = bookings.STATE_ROW_COLUMNS.index("room_type")
    for rows in bookings.iterate_states(connection, property_id):
        for row in rows:
            found.setdefault(str(row[1]), []).append((str(row[3]), str(row[kind])))
    return found
