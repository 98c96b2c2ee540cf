"""Bookings as an export would give them, for the tests of the store."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from hashlib import blake2b

from hotelml_app.core.bookings import NUMBER_COLUMNS, STATE_COLUMNS, BookingStatus
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties

NOW = datetime(2017, 2, 28, 6, 0, tzinfo=UTC)

_PLAIN: dict[str, object] = {
    "status": int(BookingStatus.RESERVED),
    "status_on": None,
    "arrival": "2017-03-10",
    "departure": "2017-03-12",
    **dict.fromkeys(NUMBER_COLUMNS),
}


def booking_row(reservation: str, booked_on: str = "2016-12-01", **state: object) -> tuple[object, ...]:
    """Return a record as ``bookings.apply`` takes it; ``state`` overrides single columns."""
    values = tuple({**_PLAIN, **state}.get(name, "") for name in STATE_COLUMNS)
    fingerprint = blake2b(repr((booked_on, values)).encode(), digest_size=16).digest()
    return (reservation, booked_on, fingerprint, *values)


def new_import(connection: sqlite3.Connection, name: str = "export.csv") -> int:
    return imports.record(connection, imports.ImportRow(name, f"sha of {name}", 100, imports.DONE, NOW))


def new_property(connection: sqlite3.Connection, name: str = "Grand Hotel") -> int:
    return properties.ensure(connection, name, NOW)


def day(number: int) -> date:
    """Return the business date ``number`` of February 2017."""
    return date(2017, 2, number)
