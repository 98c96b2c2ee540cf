"""The layouts that a property's exports were read in before, kept with its data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from hotelml_app.intake.mapping.column_map import ColumnMap, from_dict
from hotelml_app.intake.owners import find_or_former
from hotelml_app.store.decided import data_settings
from hotelml_app.store.hotels import properties

LAYOUTS = "own layouts"
KEPT = 40
"""How many layouts a property keeps; the oldest gives way."""


def remember(connection: sqlite3.Connection, answer: ColumnMap, property_ids: Iterable[int]) -> None:
    """Keep a map for properties, in the place of what was known about the same columns.

    What people said is never replaced by what HotelML finds out itself.
    """
    for property_id in property_ids:
        known = _layouts(connection, property_id)
        if not answer.answered and any(one.answered and _same_columns(one, answer) for one in known):
            continue
        kept = [one for one in known if one.name != answer.name and not (answer.header and _same_columns(one, answer))]
        data_settings.put(connection, LAYOUTS, [one.as_dict() for one in [answer, *kept][:KEPT]], property_id)


def remembered(connection: sqlite3.Connection, property_name: str | None) -> list[ColumnMap]:
    """Return the layouts of a property, those that people answered first; of all properties where none is named."""
    known = [] if property_name is None else [find_or_former(connection, property_name)]
    ids = [row.id for row in known if row is not None] or [row.id for row in properties.all(connection)]
    found = [one for number in (*ids, data_settings.WHOLE_HOME) for one in _layouts(connection, number)]
    return sorted(found, key=lambda one: not one.answered)


def answered(connection: sqlite3.Connection, property_id: int) -> list[ColumnMap]:
    """Return the layouts that people answered for a property, the latest first."""
    return [one for one in _layouts(connection, property_id) if one.answered]


def forget(connection: sqlite3.Connection, name: str, property_id: int) -> bool:
    """Forget a layout and return whether it was known."""
    known = _layouts(connection, property_id)
    kept = [one for one in known if one.name != name]
    data_settings.put(connection, LAYOUTS, [one.as_dict() for one in kept], property_id)
    return len(kept) < len(known)


def join_layouts(connection: sqlite3.Connection, gone: int, stays: int) -> None:
    """Keep the layouts of one property for another as well, where that knows none with the same columns or name."""
    known = _layouts(connection, stays)
    names = {one.name for one in known}
    new = [
        one
        for one in _layouts(connection, gone)
        if one.name not in names and not (one.header and any(_same_columns(one, other) for other in known))
    ]
    if new:
        data_settings.put(connection, LAYOUTS, [one.as_dict() for one in [*known, *new][:KEPT]], stays)


def _same_columns(one: ColumnMap, other: ColumnMap) -> bool:
    return (one.layout, one.header) == (other.layout, other.header)


def _layouts(connection: sqlite3.Connection, property_id: int) -> list[ColumnMap]:
    kept = data_settings.get(connection, LAYOUTS, [], property_id)
    return [from_dict(one) for one in kept if isinstance(one, dict)] if isinstance(kept, list) else []
