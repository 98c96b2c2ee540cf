"""Nightly figures from exports that carry no bookings: rooms sold, capacity, rates, as seen on a business date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


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


def all(connection: sqlite3.Connection, property_id: int, as_of: date | None = None) -> list[NightlyRow]:
    """Return what was known at the end of ``as_of`` (default: now), by night, room type and as-of."""
    rows = connection.execute(
        f"SELECT stay_date, as_of, room_type, {', '.join(_NUMBERS)} FROM nightly_statistics"
        " WHERE property_id = ? AND as_of <= ? ORDER BY stay_date, room_type, as_of",
        (property_id, (as_of or date.max).isoformat()),
    )
    return [NightlyRow(date.fromisoformat(row[0]), date.fromisoformat(row[1]), *row[2:]) for row in rows]


def count(connection: sqlite3.Connection, property_id: int) -> int:
    """Return how many nightly rows of a property are known."""
    query = "SELECT count(*) FROM nightly_statistics WHERE property_id = ?"
    return int(connection.execute(query, (property_id,)).fetchone()[0])


def _numbers(row: NightlyRow) -> tuple[float | None, ...]:
    return tuple(getattr(row, name) for name in _NUMBERS)
