"""What a property was called before, as it was written, and until when: files that lie outside still bear such a name."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from hotelml_app.store import data_settings
from hotelml_app.store.properties import PropertyRow
from hotelml_app.store.values import moment_text

_NAME = "former names as written"


def keep(connection: sqlite3.Connection, row: PropertyRow, now: datetime) -> None:
    """Keep that a property was called by its present name until ``now``."""
    told = [[name, moment_text(until)] for name, until in of(connection, row.id)]
    data_settings.put(connection, _NAME, [*told, [row.name, moment_text(now)]], row.id)


def of(connection: sqlite3.Connection, property_id: int) -> tuple[tuple[str, datetime], ...]:
    """Return the former names, each with the moment it was given up, oldest first."""
    told = data_settings.get(connection, _NAME, [], property_id)
    return tuple((str(name), datetime.fromisoformat(str(until))) for name, until in (told if isinstance(told, list) else []))
