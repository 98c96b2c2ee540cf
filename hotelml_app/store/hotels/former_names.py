"""What a property was called before, as it was written, and until when: files that lie outside still bear such a name."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from hotelml_app.store.decided import data_settings
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.values import moment_text

_NAME = "former names as written"
_MERGED = "names of hotels that became part of it"


def keep(connection: sqlite3.Connection, row: PropertyRow, now: datetime) -> None:
    """Keep that a property was called by its present name until ``now``."""
    told = [[name, moment_text(until)] for name, until in of(connection, row.id)]
    data_settings.put(connection, _NAME, [*told, [row.name, moment_text(now)]], row.id)


def of(connection: sqlite3.Connection, property_id: int) -> tuple[tuple[str, datetime], ...]:
    """Return the former names, each with the moment it was given up, oldest first."""
    return _told(connection, _NAME, property_id)


def keep_merged(connection: sqlite3.Connection, gone: PropertyRow, stays: int, now: datetime) -> None:
    """Keep that the property ``gone`` becomes part of another at ``now``; call it before it does."""
    names = (*merged(connection, stays), *merged(connection, gone.id), *of(connection, gone.id), (gone.name, now))
    data_settings.put(connection, _MERGED, [[name, moment_text(until)] for name, until in names], stays)


def merged(connection: sqlite3.Connection, property_id: int) -> tuple[tuple[str, datetime], ...]:
    """Return the names of properties that became part of this one, each with the moment from which it was nobody's."""
    return _told(connection, _MERGED, property_id)


def _told(connection: sqlite3.Connection, key: str, property_id: int) -> tuple[tuple[str, datetime], ...]:
    told = data_settings.get(connection, key, [], property_id)
    return tuple((str(name), datetime.fromisoformat(str(until))) for name, until in (told if isinstance(told, list) else []))
