"""What is known of bookings by their numbers, for telling whether an export speaks of the same ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from hotelml_app.core.bookings import OCCUPYING, STATE_COLUMNS, BookingStatus
from hotelml_app.store.values import json_text

NEWEST = "s.booking_id = b.id AND s.as_of = (SELECT max(n.as_of) FROM booking_states n WHERE n.booking_id = b.id)"
"""Joins each booking ``b`` with the state ``s`` in which it now stands."""

MARK = b"missing:"
"""How the fingerprint of a state begins that no export showed: no export can show the same, so each one ends it."""


class KnownStay(NamedTuple):
    """A booking's stay as it now stands."""

    reservation_id: str
    booked_on: date
    arrival: date
    departure: date
    status: BookingStatus


class HeldRooms(NamedTuple):
    """A booking that holds or held a room, as it now stands, and for how many rooms; one where no export says."""

    reservation_id: str
    arrival: date
    departure: date
    rooms: float


class Content(NamedTuple):
    """What a booking is apart from its number; the price is that of a room for a night."""

    booked_on: str
    arrival: str
    departure: str
    room_type: str
    rate_code: str
    price: float | None
    status: int


class Known(NamedTuple):
    """A known booking by its number and its content, and the day of the export that saw it last."""

    id: int
    number: str
    latest_as_of: str
    content: Content


def numbers(connection: sqlite3.Connection, property_id: int) -> dict[str, str]:
    """Return every booking number of a property with the day it was booked on, as ISO text."""
    return dict(connection.execute("SELECT reservation_id, booked_on FROM bookings WHERE property_id = ?", (property_id,)))


def stays(connection: sqlite3.Connection, property_id: int, reservations: Iterable[str]) -> dict[str, KnownStay]:
    """Return the stays of some booking numbers; those nobody knows are left out."""
    rows = connection.execute(
        "SELECT b.reservation_id, b.booked_on, s.arrival, s.departure, s.status FROM json_each(?) wanted"
        " CROSS JOIN bookings b ON b.property_id = ? AND b.reservation_id = wanted.value"
        f" CROSS JOIN booking_states s ON {NEWEST}",
        (json_text(list(reservations)), property_id),
    )
    day = date.fromisoformat
    return {row[0]: KnownStay(row[0], day(row[1]), day(row[2]), day(row[3]), BookingStatus(row[4])) for row in rows}


def contents(
    connection: sqlite3.Connection, property_id: int, first_arrival: date, last_arrival: date, *, until: date = date.max
) -> Iterator[Known]:
    """Yield the bookings that arrive in a span of days, as exports up to a day told of them."""
    told = (
        "s.booking_id = b.id AND s.as_of = (SELECT max(n.as_of) FROM booking_states n WHERE n.booking_id = b.id AND n.as_of <= ?)"
    )
    a_night = "s.total / max(julianday(s.departure) - julianday(s.arrival), 1) / max(coalesce(s.rooms, 1), 1)"
    rows = connection.execute(
        "SELECT b.id, b.reservation_id, b.latest_as_of, b.booked_on, s.arrival, s.departure, s.room_type, s.rate_code,"
        f" coalesce(s.adr, {a_night}), s.status"
        f" FROM bookings b CROSS JOIN booking_states s ON {told}"
        " WHERE +b.property_id = ? AND s.arrival BETWEEN ? AND ?",
        (until.isoformat(), property_id, first_arrival.isoformat(), last_arrival.isoformat()),
    )
    for row in rows:
        yield Known(row[0], row[1], row[2], Content._make(row[3:]))


def first_seen(connection: sqlite3.Connection, property_id: int) -> dict[int, date]:
    """Return the day whose export saw each booking first, by id."""
    rows = connection.execute(
        "SELECT b.id, min(s.as_of) FROM bookings b CROSS JOIN booking_states s ON s.booking_id = b.id"
        " WHERE +b.property_id = ? GROUP BY b.id",
        (property_id,),
    )
    return {number: date.fromisoformat(day) for number, day in rows}


def to_come(connection: sqlite3.Connection, property_id: int, as_of: date) -> dict[str, tuple[date, date]]:
    """Return the bookings that stand and arrive after a day, known before it, by number with the days they were first and last
    seen.
    """
    rows = connection.execute(
        "SELECT b.reservation_id, (SELECT min(f.as_of) FROM booking_states f WHERE f.booking_id = b.id) AS first, b.latest_as_of"
        f" FROM bookings b CROSS JOIN booking_states s ON {NEWEST}"
        f" WHERE +b.property_id = ?1 AND s.arrival > ?2 AND s.status IN ({', '.join(str(int(one)) for one in OCCUPYING)})"
        " AND first < ?2",
        (property_id, as_of.isoformat()),
    )
    return {number: (date.fromisoformat(first), date.fromisoformat(last)) for number, first, last in rows}


def held_rooms(
    connection: sqlite3.Connection, property_id: int, *, beyond: float = 0.0, after: date = date.min
) -> Iterator[HeldRooms]:
    """Yield the bookings that hold or held a room: those for more rooms than ``beyond`` who leave later than ``after``."""
    statuses = ", ".join(str(int(status)) for status in OCCUPYING)
    rows = connection.execute(
        "SELECT b.reservation_id, s.arrival, s.departure, coalesce(s.rooms, 1.0)"
        # States first, the rarest things asked of each before what must be looked up.
        f" FROM booking_states s CROSS JOIN bookings b ON b.id = s.booking_id AND b.property_id = ? WHERE s.departure > ?"
        f" AND coalesce(s.rooms, 1.0) > ? AND s.status IN ({statuses})"
        " AND s.as_of = (SELECT max(n.as_of) FROM booking_states n WHERE n.booking_id = b.id)",
        (property_id, after.isoformat(), beyond),
    )
    for reservation, arrival, departure, rooms in rows:
        yield HeldRooms(reservation, date.fromisoformat(arrival), date.fromisoformat(departure), rooms)


def price_factors(connection: sqlite3.Connection, property_id: int, import_id: int) -> Iterator[tuple[float, float]]:
    """Yield, of bookings whose state an import changed but not their days, the new price over the one before, and the nights."""
    before = "SELECT max(o.as_of) FROM booking_states o WHERE o.booking_id = b.id AND o.as_of < s.as_of"
    rows = connection.execute(
        "SELECT coalesce(s.adr / p.adr, s.total / p.total), julianday(s.departure) - julianday(s.arrival)"
        f" FROM bookings b CROSS JOIN booking_states s ON {NEWEST}"
        f" CROSS JOIN booking_states p ON p.booking_id = b.id AND p.as_of = ({before})"
        " WHERE +b.property_id = ? AND s.import_id = ? AND s.arrival = p.arrival AND s.departure = p.departure"
        " AND coalesce(s.adr, s.total) > 0 AND coalesce(p.adr, p.total) > 0",
        (property_id, import_id),
    )
    yield from ((factor, nights) for factor, nights in rows if factor is not None)


def room_types_changed(connection: sqlite3.Connection, property_id: int, import_id: int) -> Iterator[tuple[str, str, int]]:
    """Yield former and present room type of the bookings whose state an import changed so, and how many bookings those are."""
    before = "SELECT max(o.as_of) FROM booking_states o WHERE o.booking_id = b.id AND o.as_of < s.as_of"
    yield from connection.execute(
        f"SELECT p.room_type, s.room_type, count(*) FROM bookings b CROSS JOIN booking_states s ON {NEWEST}"
        f" CROSS JOIN booking_states p ON p.booking_id = b.id AND p.as_of = ({before})"
        " WHERE +b.property_id = ? AND s.import_id = ? AND p.room_type <> s.room_type AND p.room_type <> '' AND s.room_type <> ''"
        " GROUP BY 1, 2",
        (property_id, import_id),
    )


def to_come_of_type(connection: sqlite3.Connection, property_id: int, as_of: date, room_type: str) -> int:
    """Return how many bookings of a room type stand and arrive after a day."""
    query = (
        f"SELECT count(*) FROM bookings b CROSS JOIN booking_states s ON {NEWEST} WHERE +b.property_id = ? AND s.arrival > ?"
        f" AND s.room_type = ? AND s.status IN ({', '.join(str(int(one)) for one in OCCUPYING)})"
    )
    return int(connection.execute(query, (property_id, as_of.isoformat(), room_type)).fetchone()[0])


def filled_columns(connection: sqlite3.Connection, property_id: int, columns: Sequence[str]) -> tuple[str, ...]:
    """Return which of these columns of STATE_COLUMNS any state of a property tells."""
    if not columns:
        return ()
    told = ", ".join(f"max(s.{name} IS NOT NULL AND s.{name} <> '')" for name in _columns(columns))
    query = f"SELECT {told} FROM bookings b CROSS JOIN booking_states s ON s.booking_id = b.id WHERE +b.property_id = ?"
    flags = connection.execute(query, (property_id,)).fetchone()
    return tuple(name for name, flag in zip(columns, flags, strict=True) if flag)


def values_at(
    connection: sqlite3.Connection, property_id: int, as_of: date, columns: Sequence[str], reservations: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield (reservation_id, fingerprint, booked_on, *values of the columns) of the known bookings among some numbers.

    The values are those of the state that exports showed until a day; of a booking that was first seen later, those of its
    first state. That it was missing once says nothing of a booking that is there again.
    """
    told = ", ".join(f"s.{name}" for name in _columns(columns))
    shown = "n.booking_id = b.id AND substr(n.fingerprint, 1, ?) <> ?"
    rows = connection.execute(
        f"SELECT b.reservation_id, s.fingerprint, b.booked_on, {told} FROM json_each(?) wanted"
        " CROSS JOIN bookings b ON b.property_id = ? AND b.reservation_id = wanted.value"
        " CROSS JOIN booking_states s ON s.booking_id = b.id AND s.as_of = coalesce("
        f"(SELECT max(n.as_of) FROM booking_states n WHERE {shown} AND n.as_of <= ?),"
        f" (SELECT min(n.as_of) FROM booking_states n WHERE {shown}))",
        (json_text(list(reservations)), property_id, len(MARK), MARK, as_of.isoformat(), len(MARK), MARK),
    )
    yield from rows


def _columns(names: Sequence[str]) -> Sequence[str]:
    unknown = set(names) - set(STATE_COLUMNS)
    if unknown:
        raise ValueError(f"no columns of a booking's state: {sorted(unknown)}")
    return names
