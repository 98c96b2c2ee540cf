"""Bookings that get other numbers: what is kept by the number of a booking follows; all else is kept by its id."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from hotelml_app.store import bookings, data_points, predictions, properties, staff_decisions


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
        predictions.renumber(connection, property_id, changed)
        data_points.renumber(connection, properties.get(connection, property_id).name, changed)
