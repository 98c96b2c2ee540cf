"""Bookings that get other numbers: what is kept by the number of a booking follows; all else is kept by its id."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from hotelml_app.store.decided import staff_decisions
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import data_points


def renumber(connection: sqlite3.Connection, property_id: int, numbers: Mapping[int, str]) -> None:
    """Give bookings of a property other numbers, by their ids; no other booking of it may have them afterwards."""
    former = {number: reservation for reservation, number in bookings.ids(connection, property_id).items()}
    bookings.renumber(connection, numbers)
    follow(connection, property_id, {former[one]: new for one, new in numbers.items()})


def follow(connection: sqlite3.Connection, property_id: int, numbers: Mapping[str, str]) -> None:
    """Have what staff decided of bookings, and what was predicted of them, go on under other numbers, by the former ones."""
    changed = {former: new for former, new in numbers.items() if former != new}
    if changed:
        staff_decisions.renumber(connection, property_id, changed)
        _renumber_predictions(connection, property_id, changed)
        data_points.renumber(connection, properties.get(connection, property_id).name, changed)


def _renumber_predictions(connection: sqlite3.Connection, property_id: int, numbers: Mapping[str, str]) -> None:
    """Have predictions about bookings, whose numbers are their keys, find what came of them."""
    found = connection.execute(
        "SELECT id, key FROM predictions WHERE property_id = ? AND json_extract(payload, '$.reservation_id') = key",
        (property_id,),
    ).fetchall()
    new = set(numbers.values())
    # Whoever had one of the new numbers has another now, or is known no more.
    gone = [(number,) for number, key in found if key in new and key not in numbers]
    connection.executemany("DELETE FROM predictions WHERE id = ?", gone)
    moved = [(numbers[key], number) for number, key in found if key in numbers]
    # One may get the number that another of them had.
    connection.executemany("UPDATE predictions SET key = ? WHERE id = ?", [(f"\0{key}", number) for key, number in moved])
    connection.executemany(
        "UPDATE predictions SET key = ?1, payload = json_set(payload, '$.reservation_id', ?1) WHERE id = ?2", moved
    )
