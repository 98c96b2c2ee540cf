"""Nightly figures from exports that carry no bookings: rooms sold, capacity, rates, as seen on a business date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hotelml_app.store.decided import room_type_names


@dataclass(frozen=True, slots=True)
class NightlyRow:
    """One night of the house (``room_type`` "") or of a room type; None where the export did not say."""

    stay_date: date
    as_of: date
    room_type: str = ""
    rooms_sold: float | None = None
    capacity: float | None = None
    out_of_order: float | None = None
    adr: float | None = None
    revenue: float | None = None
    arrivals: float | None = None


STATED_NIGHTS = 60
"""So many of the latest nights tell together how many rooms there are."""

_NUMBERS = ("rooms_sold", "capacity", "out_of_order", "adr", "revenue", "arrivals")


def apply(connection: sqlite3.Connection, property_id: int, import_id: int, rows: Iterable[NightlyRow]) -> int:
    """Add nightly figures; the same night as of the same day is replaced. Return how many rows came."""
    values = [
        (property_id, row.stay_date.isoformat(), row.room_type, row.as_of.isoformat(), import_id, *_numbers(row)) for row in rows
    ]
    connection.executemany(
        f"INSERT OR REPLACE INTO nightly_statistics (property_id, stay_date, room_type, as_of, import_id, {', '.join(_NUMBERS)})"
        f" VALUES ({', '.join('?' * (5 + len(_NUMBERS)))})",
        values,
    )
    return len(values)


def all(connection: sqlite3.Connection, property_id: int, told_on: date | None = None) -> list[NightlyRow]:
    """Return every row, or those that exports of one business date told, by night, room type and as-of."""
    rows = connection.execute(
        f"SELECT stay_date, as_of, room_type, {', '.join(_NUMBERS)} FROM nightly_statistics"
        " WHERE property_id = :id AND (:day IS NULL OR as_of = :day) ORDER BY stay_date, room_type, as_of",
        {"id": property_id, "day": told_on.isoformat() if told_on is not None else None},
    )
    return [_row(row) for row in rows]


def latest(connection: sqlite3.Connection, property_id: int, first: date, last: date) -> list[NightlyRow]:
    """Return what was told last of each night from ``first`` to ``last`` and each room type, by its present name, in that order.

    Only what was told once the night was over counts: before, it was but on the books.
    """
    # Beside max() SQLite gives the other columns of the row that holds it.
    rows = connection.execute(
        f"SELECT stay_date, max(as_of), room_type, {', '.join(_NUMBERS)} FROM nightly_statistics"
        " WHERE property_id = ? AND stay_date BETWEEN ? AND ? AND as_of >= stay_date"
        " GROUP BY stay_date, room_type ORDER BY stay_date, room_type",
        (property_id, first.isoformat(), last.isoformat()),
    )
    names, found = room_type_names.renamed(connection, property_id), dict[tuple[date, str], NightlyRow]()
    for row in sorted(map(_row, rows), key=lambda row: row.as_of):
        kind = names.get(row.room_type, row.room_type)
        found[row.stay_date, kind] = replace(row, room_type=kind)
    return [found[cell] for cell in sorted(found)]


def out_of_order_ahead(connection: sqlite3.Connection, property_id: int, first: date) -> list[tuple[date, str, float]]:
    """Return (night, room type, rooms out of order) from the night ``first`` on, as the newest export says that looks ahead.

    Rooms come back into service: what an older export said and the newest leaves out does not count any more.
    """
    told = "property_id = :id AND out_of_order IS NOT NULL AND stay_date >= :first"
    newest = f"SELECT max(as_of) FROM nightly_statistics WHERE {told} AND stay_date > as_of"
    # Beside max() SQLite gives the other columns of the row that holds it.
    rows = connection.execute(
        f"SELECT stay_date, room_type, out_of_order, max(as_of) FROM nightly_statistics WHERE {told}"
        f" AND as_of >= coalesce(({newest}), '') GROUP BY stay_date, room_type ORDER BY stay_date, room_type",
        {"id": property_id, "first": first.isoformat()},
    )
    names = room_type_names.renamed(connection, property_id)
    return [(date.fromisoformat(night), names.get(kind, kind), float(rooms)) for night, kind, rooms, _ in rows if rooms > 0]


def rooms_stated(connection: sqlite3.Connection, property_id: int) -> dict[str, int]:
    """Return how many rooms exports say there are, by room type with the house under ""; empty where none says.

    Those out of order count among them. It is the most of the latest nights that are told with it: not every export says how
    many are out of order now and then, and these come back. What a single night says may be mistyped, and counts only where no
    two agree.
    """
    told, there_are = "property_id = :id AND capacity >= 1", "capacity + coalesce(out_of_order, 0)"
    rows = connection.execute(
        "SELECT room_type, coalesce(max(CASE WHEN nights > 1 THEN rooms END), max(rooms)) FROM ("
        f"SELECT room_type, {there_are} rooms, count(DISTINCT stay_date) nights FROM nightly_statistics WHERE {told}"
        f" AND stay_date > (SELECT date(max(stay_date), :back) FROM nightly_statistics WHERE {told})"
        f" GROUP BY room_type, {there_are}) GROUP BY room_type",
        {"id": property_id, "back": f"-{STATED_NIGHTS} days"},
    )
    told_of = {str(kind): int(most) for kind, most in rows}
    names = room_type_names.renamed(connection, property_id)
    # The latest nights may tell of the same rooms under both names.
    stated = {names[kind]: most for kind, most in told_of.items() if kind in names}
    stated |= {kind: most for kind, most in told_of.items() if kind not in names}
    return stated if "" in stated or not stated else {"": sum(stated.values()), **stated}


def count(connection: sqlite3.Connection, property_id: int) -> int:
    """Return how many nightly rows of a property are known."""
    query = "SELECT count(*) FROM nightly_statistics WHERE property_id = ?"
    return int(connection.execute(query, (property_id,)).fetchone()[0])


def count_nights(connection: sqlite3.Connection, property_id: int) -> int:
    """Return of how many nights of a property figures are known."""
    query = "SELECT count(DISTINCT stay_date) FROM nightly_statistics WHERE property_id = ?"
    return int(connection.execute(query, (property_id,)).fetchone()[0])


def _numbers(row: NightlyRow) -> tuple[float | None, ...]:
    return tuple(getattr(row, name) for name in _NUMBERS)


def _row(row: tuple[Any, ...]) -> NightlyRow:
    return NightlyRow(date.fromisoformat(row[0]), date.fromisoformat(row[1]), *row[2:])
