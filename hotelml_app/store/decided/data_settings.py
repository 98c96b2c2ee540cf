"""Settings that belong to the data, not to the PC: what staff decided about a column, a key for guests, and the like."""

from __future__ import annotations

import json
import sqlite3

from hotelml_app.store.values import json_text

WHOLE_HOME = 0
"""The ``property_id`` of what holds for every property."""


def get(connection: sqlite3.Connection, name: str, default: object = None, property_id: int = WHOLE_HOME) -> object:
    """Return a value as it was put, or ``default``."""
    row = connection.execute("SELECT value FROM data_settings WHERE property_id = ? AND name = ?", (property_id, name)).fetchone()
    return json.loads(row[0]) if row is not None else default


def put(connection: sqlite3.Connection, name: str, value: object, property_id: int = WHOLE_HOME) -> None:
    """Keep a JSON-ready value under a name."""
    connection.execute(
        "INSERT OR REPLACE INTO data_settings (property_id, name, value) VALUES (?, ?, ?)", (property_id, name, json_text(value))
    )


def remove(connection: sqlite3.Connection, name: str, property_id: int = WHOLE_HOME) -> None:
    """Forget a value."""
    connection.execute("DELETE FROM data_settings WHERE property_id = ? AND name = ?", (property_id, name))


def all(connection: sqlite3.Connection, property_id: int = WHOLE_HOME) -> dict[str, object]:
    """Return every value of a property, or of the whole home, by name."""
    query = "SELECT name, value FROM data_settings WHERE property_id = ? ORDER BY name"
    return {name: json.loads(value) for name, value in connection.execute(query, (property_id,))}
