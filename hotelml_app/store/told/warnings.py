"""What wants a person's eye; the same warning again is one warning, seen more often."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from hotelml_app.store.told import outbox
from hotelml_app.store.values import moment_or_none, moment_text


@dataclass(frozen=True, slots=True)
class WarningRow:
    """One warning and how often it came; ``cleared_at`` None means it still stands."""

    key: str
    title: str
    message: str
    remedy: str
    first_at: datetime | None
    last_at: datetime | None
    times: int
    cleared_at: datetime | None


_SELECT = "SELECT key, title, message, remedy, first_at, last_at, times, cleared_at FROM warnings"


def put(connection: sqlite3.Connection, key: str, title: str, message: str, remedy: str, now: datetime) -> None:
    """Keep a warning; one that was cleared and comes again stands again."""
    moment = moment_text(now)
    connection.execute(
        "INSERT INTO warnings (key, title, message, remedy, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET title = excluded.title, message = excluded.message, remedy = excluded.remedy,"
        " last_at = excluded.last_at, times = times + 1, cleared_at = NULL",
        (key, title, message, remedy, moment, moment),
    )


def rename(connection: sqlite3.Connection, key: str, new_key: str, message: str) -> None:
    """Keep a warning under another key, with another message."""
    connection.execute("UPDATE OR REPLACE warnings SET key = ?, message = ? WHERE key = ?", (new_key, message, key))


def clear(connection: sqlite3.Connection, key: str, now: datetime, *, for_good: bool = True) -> bool:
    """Take a warning away and return whether it stood; gone ``for_good``, the channels are told again where it comes again."""
    if for_good:
        outbox.forget(connection, key)
    cursor = connection.execute(
        "UPDATE warnings SET cleared_at = ? WHERE key = ? AND cleared_at IS NULL", (moment_text(now), key)
    )
    return cursor.rowcount > 0


def clear_all_of(connection: sqlite3.Connection, property_id: int, name: str, now: datetime) -> None:
    """Take away what was warned of a property that is no more."""
    for one in standing(connection):
        if name in one.key.split(":") or one.key.startswith(f"export:{property_id}:"):
            clear(connection, one.key, now)


def stands(connection: sqlite3.Connection, key: str) -> bool:
    """Return whether a warning stands."""
    return connection.execute("SELECT 1 FROM warnings WHERE key = ? AND cleared_at IS NULL", (key,)).fetchone() is not None


def standing(connection: sqlite3.Connection) -> list[WarningRow]:
    """Return the warnings that still stand, newest first."""
    rows = connection.execute(f"{_SELECT} WHERE cleared_at IS NULL ORDER BY last_at DESC, key")
    return [_row(row) for row in rows]


def _row(row: tuple[str, str, str, str, str, str, int, str | None]) -> WarningRow:
    moments = moment_or_none(row[4]), moment_or_none(row[5])
    return WarningRow(row[0], row[1], row[2], row[3], *moments, row[6], moment_or_none(row[7]))
