"""Bookings to come that the last exports held and the newest one does not, and what is stored of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

from hotelml_app.core.bookings import STATE_COLUMNS, BookingStatus
from hotelml_app.store.bookings import Record

MARK = b"missing:"
"""How the fingerprint of a state begins that no export showed: no export can show the same, so each one ends it."""

_NEWEST = "s.booking_id = b.id AND s.as_of = (SELECT max(n.as_of) FROM booking_states n WHERE n.booking_id = b.id)"
_STANDING = (int(BookingStatus.RESERVED), int(BookingStatus.TENTATIVE))


def count(connection: sqlite3.Connection, property_id: int, before: date, as_of: date, last_arrival: date) -> tuple[int, int]:
    """Return how many standing bookings to come were last seen as of ``before``, and how many are seen as of ``as_of``.

    Bookings that ``as_of`` saw for the first time do not count.
    """
    query = (
        "SELECT coalesce(sum(b.latest_as_of = ?), 0), coalesce(sum(b.latest_as_of = ?), 0)"
        f" FROM bookings b CROSS JOIN booking_states s ON {_NEWEST}"
        " WHERE b.property_id = ? AND s.status IN (?, ?) AND s.arrival > ? AND s.arrival <= ?"
        " AND (SELECT min(f.as_of) FROM booking_states f WHERE f.booking_id = b.id) < ?"
    )
    day = as_of.isoformat()
    gone, seen = connection.execute(
        query, (before.isoformat(), day, property_id, *_STANDING, day, last_arrival.isoformat(), day)
    ).fetchone()
    return int(gone), int(seen)


def cancelled_records(
    connection: sqlite3.Connection, property_id: int, profile: str, since: date, as_of: date, last_arrival: date
) -> Iterator[Record]:
    """Yield the missing bookings as records of the store, cancelled on ``as_of``: those that a layout brought and still held
    on ``since`` or later, that stand, arrive after ``as_of`` and by ``last_arrival``, and are not seen as of ``as_of``."""
    told = ", ".join(f"s.{name}" for name in STATE_COLUMNS)
    rows = connection.execute(
        f"SELECT b.reservation_id, b.booked_on, {told} FROM bookings b CROSS JOIN booking_states s ON {_NEWEST}"
        " CROSS JOIN imports i ON i.id = s.import_id"
        " WHERE +b.property_id = ? AND i.profile = ? AND b.latest_as_of >= ? AND b.latest_as_of < ?"
        " AND s.status IN (?, ?) AND s.arrival > ? AND s.arrival <= ?",
        (
            property_id,
            profile,
            since.isoformat(),
            as_of.isoformat(),
            *_STANDING,
            as_of.isoformat(),
            last_arrival.isoformat(),
        ),
    ).fetchall()
    for number, booked_on, *values in rows:
        state = dict(zip(STATE_COLUMNS, values, strict=True))
        state |= {"status": int(BookingStatus.CANCELLED), "status_on": as_of.isoformat()}
        print_ = MARK + blake2b(f"{number}\n{as_of}".encode("utf-8", "surrogatepass"), digest_size=16 - len(MARK)).digest()
        yield (number, booked_on, print_, *state.values())


def ever_cancelled(connection: sqlite3.Connection, property_id: int, profile: str) -> bool:
    """Return whether an export of a layout ever showed a cancelled booking of a property."""
    query = (
        "SELECT 1 FROM booking_states s CROSS JOIN imports i ON i.id = s.import_id"
        " CROSS JOIN bookings b ON b.id = s.booking_id"
        " WHERE i.profile = ? AND s.status = ? AND b.property_id = ? AND substr(s.fingerprint, 1, ?) <> ? LIMIT 1"
    )
    asked = (profile, int(BookingStatus.CANCELLED), property_id, len(MARK), MARK)
    return connection.execute(query, asked).fetchone() is not None
