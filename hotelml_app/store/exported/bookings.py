"""Bookings and the history of their states: every export adds what it changed, in bulk, and nothing twice.

A state is stored under the business date of the export that first showed it. The newest state of a booking was last seen on
``bookings.latest_as_of``; each earlier one carries ``last_as_of`` of its own. Exports may come in any order and any number of
times: the newest business date decides how a booking stands, an older export only adds to the history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from hotelml_app.core.bookings import OCCUPYING, SHARED_WORDS, STATE_COLUMNS
from hotelml_app.store.exported.rewriting import INSERT_STATE, Late, rewrite
from hotelml_app.store.values import json_text

Record = tuple[Any, ...]
"""(reservation_id, booked_on ISO text, fingerprint bytes, *values of STATE_COLUMNS)."""

STATE_ROW_COLUMNS = ("booking_id", "reservation_id", "booked_on", "as_of", *STATE_COLUMNS)
"""What ``iterate_states`` gives, in this order."""

PACKED_COLUMNS = tuple(name for name in STATE_COLUMNS if name not in (*SHARED_WORDS, "guest_key"))
"""What ``iterate_packed_states`` gives one by one."""

CHUNK = 10_000
READ_CHUNK = 1_000
"""Rows of ten thousand leave, when they are gone, 25 MB of holes behind between what is kept of them."""


@dataclass(frozen=True, slots=True)
class UpsertCounts:
    """What an export did to the bookings; ``older`` are rows of bookings that a newer export already spoke of."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0

    @property
    def accepted(self) -> int:
        """All rows that were taken in."""
        return self.created + self.changed + self.unchanged + self.older

    def __add__(self, other: UpsertCounts) -> UpsertCounts:
        return UpsertCounts(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.older + other.older,
        )


class _Known(NamedTuple):
    """A booking of the database. A tuple: one is made for every row of an export."""

    reservation_id: str
    id: int
    latest_as_of: str
    fingerprint: bytes


@dataclass(slots=True)
class _Plan:
    """What one chunk of rows asks for."""

    created: list[tuple[int, Record]] = field(default_factory=list)
    changed: list[tuple[_Known, Record]] = field(default_factory=list)
    seen_again: list[int] = field(default_factory=list)
    rewritten: list[tuple[_Known, Record]] = field(default_factory=list)


def apply(
    connection: sqlite3.Connection,
    property_id: int,
    import_id: int,
    as_of: date,
    records: Iterable[Record],
    chunk: int = CHUNK,
) -> UpsertCounts:
    """Take in the rows of one export of one property, inside the caller's transaction, and return what they did.

    A row with the export's own business date replaces what an earlier export of that date said. Of two rows of one
    reservation in the same export the later one counts. Memory is bounded by ``chunk`` rows.
    """
    day, counts, rows = as_of.isoformat(), UpsertCounts(), iter(records)
    while batch := list(islice(rows, chunk)):
        counts += _apply_chunk(connection, property_id, import_id, day, batch)
    return counts


def _apply_chunk(
    connection: sqlite3.Connection, property_id: int, import_id: int, day: str, batch: Sequence[Record]
) -> UpsertCounts:
    latest: dict[object, Record] = {row[0]: row for row in batch}
    known = _known(connection, property_id, list(latest))
    next_id = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM bookings").fetchone()[0])
    plan, older, unchanged = _Plan(), 0, 0
    for reservation, row in latest.items():
        booking = known.get(reservation)
        if booking is None:
            plan.created.append((next_id + len(plan.created), row))
        elif day < booking.latest_as_of:
            older += 1
            plan.rewritten.append((booking, row))
        elif row[2] == booking.fingerprint:
            unchanged += 1
            if booking.latest_as_of < day:
                plan.seen_again.append(booking.id)
        elif day == booking.latest_as_of:
            plan.rewritten.append((booking, row))
        else:
            plan.changed.append((booking, row))
    counts = UpsertCounts(
        created=len(plan.created),
        changed=len(plan.changed) + len(plan.rewritten) - older,
        unchanged=unchanged,
        older=older,
    )
    _write(connection, property_id, import_id, day, plan)
    return counts + _repeated(batch, latest, known, day)


def _repeated(batch: Sequence[Record], latest: dict[object, Record], known: dict[object, _Known], day: str) -> UpsertCounts:
    """Count the rows that a later row of the same reservation in the same chunk replaced."""
    if len(latest) == len(batch):
        return UpsertCounts()
    changed = unchanged = older = 0
    for row in batch:
        final = latest[row[0]]
        if row is final:
            continue
        booking = known.get(row[0])
        if booking is not None and day < booking.latest_as_of:
            older += 1
        elif row[2] == final[2]:
            unchanged += 1
        else:
            changed += 1
    return UpsertCounts(changed=changed, unchanged=unchanged, older=older)


def _known(connection: sqlite3.Connection, property_id: int, reservations: list[object]) -> dict[object, _Known]:
    rows = connection.execute(
        "SELECT b.reservation_id, b.id, b.latest_as_of, b.fingerprint FROM json_each(?) wanted"
        " CROSS JOIN bookings b ON b.property_id = ? AND b.reservation_id = wanted.value",
        (json_text(reservations), property_id),
    )
    return {row[0]: _Known._make(row) for row in rows}


def _write(connection: sqlite3.Connection, property_id: int, import_id: int, day: str, plan: _Plan) -> None:
    if plan.created:
        connection.executemany(
            "INSERT INTO bookings (id, property_id, reservation_id, booked_on, latest_as_of, fingerprint)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(number, property_id, row[0], row[1], day, row[2]) for number, row in plan.created],
        )
        connection.executemany(INSERT_STATE, [(number, import_id, day, day, *row[2:]) for number, row in plan.created])
    if plan.changed:
        connection.executemany(
            "UPDATE booking_states SET last_as_of = ? WHERE booking_id = ?"
            " AND as_of = (SELECT max(as_of) FROM booking_states WHERE booking_id = ?)",
            [(booking.latest_as_of, booking.id, booking.id) for booking, _ in plan.changed],
        )
        connection.executemany(INSERT_STATE, [(b.id, import_id, day, day, *row[2:]) for b, row in plan.changed])
        _update_newest(connection, day, plan.changed)
    if plan.seen_again:
        connection.executemany("UPDATE bookings SET latest_as_of = ? WHERE id = ?", [(day, number) for number in plan.seen_again])
    if plan.rewritten:
        rewrite(connection, import_id, day, [Late(b.id, b.latest_as_of, row) for b, row in plan.rewritten])
        _update_newest(connection, day, [(b, row) for b, row in plan.rewritten if b.latest_as_of == day])
        # Made later than it was on the books it cannot be: what is newer told no day of booking.
        connection.executemany(
            "UPDATE bookings SET booked_on = ? WHERE id = ? AND booked_on > ?",
            [(row[1], b.id, max(row[1], day)) for b, row in plan.rewritten if b.latest_as_of > day],
        )


def _update_newest(connection: sqlite3.Connection, day: str, rows: Iterable[tuple[_Known, Record]]) -> None:
    # Made later than an export showed it a booking cannot be: check-in, or a new PMS, writes its own day over that of booking.
    shown = "(SELECT min(s.as_of) FROM booking_states s WHERE s.booking_id = bookings.id)"
    connection.executemany(
        f"UPDATE bookings SET booked_on = CASE WHEN ?1 > {shown} THEN min(?1, booked_on) ELSE ?1 END,"
        " latest_as_of = ?2, fingerprint = ?3 WHERE id = ?4",
        [(row[1], day, row[2], booking.id) for booking, row in rows],
    )


def iterate_states(
    connection: sqlite3.Connection, property_id: int, chunk: int = READ_CHUNK
) -> Iterator[list[tuple[object, ...]]]:
    """Yield all states of a property in lists of up to ``chunk``, by booking and as-of; columns as STATE_ROW_COLUMNS."""
    return _iterate(connection, property_id, chunk, _listed(STATE_COLUMNS))


def iterate_packed_states(
    connection: sqlite3.Connection, property_id: int, chunk: int = READ_CHUNK
) -> Iterator[list[tuple[object, ...]]]:
    """Yield the same with SHARED_WORDS as one JSON text, then PACKED_COLUMNS.

    Three years of a house of 600 rooms are read in three quarters of the time: one text costs as much as one word.
    """
    return _iterate(connection, property_id, chunk, f"json_array({_listed(SHARED_WORDS)}), {_listed(PACKED_COLUMNS)}")


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f"s.{name}" for name in columns)


def _iterate(connection: sqlite3.Connection, property_id: int, chunk: int, columns: str) -> Iterator[list[tuple[object, ...]]]:
    cursor = connection.execute(
        f"SELECT b.id, b.reservation_id, b.booked_on, s.as_of, {columns}"
        " FROM bookings b CROSS JOIN booking_states s ON s.booking_id = b.id"
        # The unary plus keeps SQLite from the index of reservations, whose order would ask for a sort.
        " WHERE +b.property_id = ? ORDER BY b.id, s.as_of",
        (property_id,),
    )
    while rows := cursor.fetchmany(chunk):
        yield rows


def ids(connection: sqlite3.Connection, property_id: int) -> dict[str, int]:
    """Return the ids of a property's bookings by their numbers."""
    return dict(connection.execute("SELECT reservation_id, id FROM bookings WHERE property_id = ?", (property_id,)))


def renumber(connection: sqlite3.Connection, numbers: Mapping[int, str]) -> None:
    """Give bookings other numbers, by their ids; no other booking of their property may have them afterwards."""
    update = "UPDATE bookings SET reservation_id = ? WHERE id = ?"
    # One may get the number that another of them had.
    connection.executemany(update, [(f"\0{number}", number) for number in numbers])
    connection.executemany(update, [(new, number) for number, new in numbers.items()])


def count(connection: sqlite3.Connection, property_id: int) -> int:
    """Return how many bookings of a property are known."""
    return int(connection.execute("SELECT count(*) FROM bookings WHERE property_id = ?", (property_id,)).fetchone()[0])


def arrivals_by_day(connection: sqlite3.Connection, property_id: int) -> list[tuple[date, int]]:
    """Return each day with how many bookings that hold or held a room arrive on it, as now known."""
    statuses = ", ".join(str(int(status)) for status in OCCUPYING)
    query = (
        "SELECT s.arrival, count(*) FROM bookings b JOIN booking_states s ON s.booking_id = b.id"
        f" WHERE b.property_id = ? AND s.status IN ({statuses})"
        " AND s.as_of = (SELECT max(n.as_of) FROM booking_states n WHERE n.booking_id = b.id) GROUP BY 1 ORDER BY 1"
    )
    rows = connection.execute(query, (property_id,))
    return [(date.fromisoformat(day), int(bookings)) for day, bookings in rows]
