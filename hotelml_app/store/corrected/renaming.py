"""A property that goes by a new name: what is kept under its name follows; all else is kept under its number."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection

from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import data_points
from hotelml_app.store.told import outbox, warnings


def rename(connection: sqlite3.Connection, row: PropertyRow, name: str) -> None:
    """Call a property ``name`` from now on, inside the caller's transaction. Raises PropertyNameTakenError."""
    properties.update(connection, row.id, name=name)
    data_points.rename(connection, row.name, name)
    _rename_warnings(connection, row, name)


def _rename_warnings(connection: sqlite3.Connection, row: PropertyRow, name: str) -> None:
    """Have what ends a warning find it under the new name, and the warning say that name."""
    longer = [one.name for one in properties.all(connection) if one.id != row.id and row.name in one.name]
    whole = re.compile(rf"(?<!\w){re.escape(row.name)}(?!\w)")
    for one in warnings.standing(connection):
        key = _key(one.key, row.name, name, longer)
        if key != one.key or one.key.startswith(f"export:{row.id}:"):
            warnings.rename(connection, one.key, key, whole.sub(lambda _: name, one.message))
    for told in outbox.told_keys(connection):
        outbox.rename_told(connection, told, _key(told, row.name, name, longer))


def _key(key: str, before: str, name: str, longer: Collection[str]) -> str:
    """Return a key under the new name where it names the property, as in "what:property:module".

    ``longer`` are names of others that hold this one: with a colon in it, one of them would look like it.
    """
    parts = f":{key}:"
    return key if any(f":{other}:" in parts for other in longer) else parts.replace(f":{before}:", f":{name}:")[1:-1]
