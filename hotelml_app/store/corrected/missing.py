"""Bookings to come that the last exports held and the newest one does not, and what is stored of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from hotelml_app.core.bookings import LOST, STATE_COLUMNS, BookingStatus
from hotelml_app.store.corrected import import_undo
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported.bookings import Record
from hotelml_app.store.exported.known_stays import MARK, NEWEST

SETTING = "missing bookings"
"""Name, among a property's data settings, of whether they may be taken as cancelled; nobody said otherwise: they may."""
_STANDING = (int(BookingStatus.RESERVED), int(BookingStatus.TENTATIVE))


class Span(NamedTuple):
    """Arrivals after a day and up to another."""

    after: date
    last: date

    @property
    def texts(self) -> tuple[str, str]:
        """Both days as the store writes them."""
        return self.after.isoformat(), self.last.isoformat()


def count(connection: sqlite3.Connection, property_id: int, before: date, as_of: date, arrivals: Span) -> tuple[int, int]:
    """Return how many standing bookings of a span of arrivals were last seen as of ``before``, and how many ``as_of`` saw.

    Bookings that ``as_of`` saw for the first time do not count.
    """
    query = (
        "SELECT coalesce(sum(b.latest_as_of = ? AND s.status IN (?, ?)), 0), coalesce(sum(b.latest_as_of = ?), 0)"
        f" FROM bookings b CROSS JOIN booking_states s ON {NEWEST}"
        " WHERE +b.property_id = ? AND b.latest_as_of IN (?, ?) AND s.arrival > ? AND s.arrival <= ?"
        " AND (SELECT min(f.as_of) FROM booking_states f WHERE f.booking_id = b.id) < ?"
    )
    day = as_of.isoformat()
    asked = (before.isoformat(), *_STANDING, day, property_id, before.isoformat(), day, *arrivals.texts, day)
    gone, seen = connection.execute(query, asked).fetchone()
    return int(gone), int(seen)


def standing(connection: sqlite3.Connection, property_id: int, as_of: date, arrivals: Span) -> int:
    """Return how many standing bookings of a span of arrivals were known before ``as_of``, whichever export saw them last."""
    query = (
        f"SELECT count(*) FROM bookings b CROSS JOIN booking_states s ON {NEWEST}"
        " WHERE +b.property_id = ? AND s.status IN (?, ?) AND s.arrival > ? AND s.arrival <= ?"
        " AND (SELECT min(f.as_of) FROM booking_states f WHERE f.booking_id = b.id) < ?"
    )
    return int(connection.execute(query, (property_id, *_STANDING, *arrivals.texts, as_of.isoformat())).fetchone()[0])


def seen_beyond(connection: sqlite3.Connection, property_id: int, last: date, since: date) -> int:
    """Return how many standing bookings that arrive after ``last`` an export of ``since`` or later saw."""
    query = (
        f"SELECT count(*) FROM bookings b CROSS JOIN booking_states s ON {NEWEST}"
        " WHERE +b.property_id = ? AND s.status IN (?, ?) AND s.arrival > ? AND b.latest_as_of >= ?"
    )
    asked = (property_id, *_STANDING, last.isoformat(), since.isoformat())
    return int(connection.execute(query, asked).fetchone()[0])


def seen_once_more(connection: sqlite3.Connection, property_id: int, as_of: date) -> tuple[int, int]:
    """Return how many of the standing bookings to come known before ``as_of`` were seen that day, and how many there are."""
    query = (
        f"SELECT coalesce(sum(b.latest_as_of >= ?1), 0), count(*) FROM bookings b CROSS JOIN booking_states s ON {NEWEST}"
        " WHERE b.property_id = ?2 AND s.status IN (?3, ?4) AND s.arrival > ?1"
        " AND (SELECT min(f.as_of) FROM booking_states f WHERE f.booking_id = b.id) < ?1"
    )
    seen, known = connection.execute(query, (as_of.isoformat(), property_id, *_STANDING)).fetchone()
    return int(seen), int(known)


def cancelled_records(
    connection: sqlite3.Connection, property_id: int, profile: str | None, since: date, as_of: date, arrivals: Span
) -> Iterator[Record]:
    """Yield missing bookings as records of the store, cancelled on ``as_of``: those that a layout, or any where none is named,
    brought and still held on ``since`` or later, that stand, arrive in a span, and that ``as_of`` did not see.
    """
    told = ", ".join(f"s.{name}" for name in STATE_COLUMNS)
    rows = connection.execute(
        f"SELECT b.reservation_id, b.booked_on, {told} FROM bookings b CROSS JOIN booking_states s ON {NEWEST}"
        " CROSS JOIN imports i ON i.id = s.import_id"
        " WHERE +b.property_id = ? AND i.profile = coalesce(?, i.profile) AND b.latest_as_of >= ? AND b.latest_as_of < ?"
        " AND s.status IN (?, ?) AND s.arrival > ? AND s.arrival <= ?",
        (property_id, profile, since.isoformat(), as_of.isoformat(), *_STANDING, *arrivals.texts),
    ).fetchall()
    for number, booked_on, *values in rows:
        state = dict(zip(STATE_COLUMNS, values, strict=True))
        state |= {"status": int(BookingStatus.CANCELLED), "status_on": as_of.isoformat()}
        print_ = MARK + blake2b(f"{number}\n{as_of}".encode("utf-8", "surrogatepass"), digest_size=16 - len(MARK)).digest()
        yield (number, booked_on, print_, *state.values())


def lost(connection: sqlite3.Connection, property_id: int, at_most: int) -> int:
    """Return how many states tell that a booking was cancelled or did not come; counted up to a number, for more is no news."""
    query = (
        "SELECT count(*) FROM (SELECT 1 FROM bookings b CROSS JOIN booking_states s ON s.booking_id = b.id"
        " WHERE +b.property_id = ? AND s.status IN (?, ?) LIMIT ?)"
    )
    return int(connection.execute(query, (property_id, *map(int, LOST), at_most)).fetchone()[0])


def ever_cancelled(connection: sqlite3.Connection, property_id: int, profile: str) -> bool:
    """Return whether an export of a layout ever showed a cancelled booking of a property."""
    query = (
        "SELECT 1 FROM booking_states s CROSS JOIN imports i ON i.id = s.import_id"
        " CROSS JOIN bookings b ON b.id = s.booking_id"
        " WHERE i.profile = ? AND s.status = ? AND b.property_id = ? AND substr(s.fingerprint, 1, ?) <> ? LIMIT 1"
    )
    asked = (profile, int(BookingStatus.CANCELLED), property_id, len(MARK), MARK)
    return connection.execute(query, asked).fetchone() is not None


def may_be_cancelled(connection: sqlite3.Connection, property_id: int) -> bool:
    """Return whether missing bookings of a property may be taken as cancelled."""
    return bool(data_settings.get(connection, SETTING, True, property_id))


def let(connection: sqlite3.Connection, property_id: int, *, be_cancelled: bool) -> int:
    """Keep whether missing bookings may be taken as cancelled; where they no longer may, those that were stand again.

    Returns how many states were taken back.
    """
    data_settings.put(connection, SETTING, be_cancelled, property_id)
    return 0 if be_cancelled else _take_back(connection, property_id)


def _take_back(connection: sqlite3.Connection, property_id: int) -> int:
    """Remove every state that no export showed; a booking whose newest state it was is as its last export showed it."""
    marked = "substr(s.fingerprint, 1, ?) = ?"
    own = "s.booking_id IN (SELECT id FROM bookings WHERE property_id = ?)"
    found = connection.execute(
        f"SELECT s.booking_id, s.as_of FROM booking_states s WHERE {own} AND {marked}", (property_id, len(MARK), MARK)
    ).fetchall()
    connection.executemany("DELETE FROM booking_states WHERE booking_id = ? AND as_of = ?", found)
    connection.executemany(
        "UPDATE bookings SET latest_as_of = s.last_as_of, fingerprint = s.fingerprint FROM booking_states s"
        " WHERE bookings.id = ? AND substr(bookings.fingerprint, 1, ?) = ? AND s.booking_id = bookings.id"
        " AND s.as_of = (SELECT max(n.as_of) FROM booking_states n WHERE n.booking_id = bookings.id)",
        [(number, len(MARK), MARK) for number, _ in found],
    )
    if found:
        import_undo.forget(connection, [property_id])
    return len(found)
