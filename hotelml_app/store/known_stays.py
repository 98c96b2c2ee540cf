"""What is known of bookings by their numbers, for telling whether an export speaks of the same ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.store.values import json_text

_NEWEST = "s.booking_id = b.id AND s.as_of = (SELECT max(n.as_of) FROM booking_states n WHERE n.booking_id = b.id)"


class KnownStay(NamedTuple):
    """A booking's stay as it now stands."""

    reservation_id: str
    booked_on: date
    arrival: date
    departure: date
    status: BookingStatus


class Content(NamedTuple):
    """What a booking is apart from its number."""

    booked_on: str
    arrival: str
    departure: str
    room_type: str
    rate_code: str
    price: float | None


def numbers(connection: sqlite3.Connection, property_id: int) -> dict[str, str]:
    """Return every booking number of a property with the day it was booked on, as ISO text."""
    return dict(connection.execute("SELECT reservation_id, booked_on FROM bookings WHERE property_id = ?", (property_id,)))


def stays(connection: sqlite3.Connection, property_id: int, reservations: Iterable[str]) -> dict[str, KnownStay]:
    """Return the stays of some booking numbers; those nobody knows are left out."""
    rows = connection.execute(
        "SELECT b.reservation_id, b.booked_on, s.arrival, s.departure, s.status FROM json_each(?) wanted"
        " CROSS JOIN bookings b ON b.property_id = ? AND b.reservation_id = wanted.value"
        f" CROSS JOIN booking_states s ON {_NEWEST}",
        (json_text(list(reservations)), property_id),
    )
    day = date.fromisoformat
    return {row[0]: KnownStay(row[0], day(row[1]), day(row[2]), day(row[3]), BookingStatus(row[4])) for row in rows}


def contents(
    connection: sqlite3.Connection, property_id: int, first_arrival: date, last_arrival: date
) -> Iterator[tuple[str, Content]]:
    """Yield number and content of the bookings that arrive in a span of days."""
    rows = connection.execute(
        "SELECT b.reservation_id, b.booked_on, s.arrival, s.departure, s.room_type, s.rate_code, coalesce(s.total, s.adr)"
        f" FROM bookings b CROSS JOIN booking_states s ON {_NEWEST}"
        " WHERE +b.property_id = ? AND s.arrival BETWEEN ? AND ?",
        (property_id, first_arrival.isoformat(), last_arrival.isoformat()),
    )
    for row in rows:
        yield row[0], Content._make(row[1:])
