"""Whom staff have reached on the call list: kept until the day of arrival has passed, so that the next shift sees it."""

from __future__ import annotations

import sqlite3
from datetime import date

from hotelml_app.services.parts import Parts
from hotelml_app.store.decided import data_settings
from hotelml_app.store.decided.staff_decisions import CALLED
from hotelml_app.store.hotels.properties import PropertyRow


def reached(parts: Parts, row: PropertyRow) -> frozenset[str]:
    """Return the reservations that were ticked off."""
    with parts.store.read() as connection:
        return frozenset(_kept(connection, row))


def tick(parts: Parts, row: PropertyRow, reservation: str, arrival: date, *, called: bool) -> None:
    """Tick a reservation off, or take the tick back; those whose day has passed are forgotten."""
    with parts.store.write() as connection:
        kept = {name: day for name, day in _kept(connection, row).items() if name != reservation}
        if called:
            kept[reservation] = arrival.isoformat()
        today = row.business_date.isoformat() if row.business_date else ""
        data_settings.put(connection, CALLED, {name: day for name, day in kept.items() if day > today}, property_id=row.id)


def _kept(connection: sqlite3.Connection, row: PropertyRow) -> dict[str, str]:
    told = data_settings.get(connection, CALLED, {}, property_id=row.id)
    return {str(name): str(day) for name, day in told.items()} if isinstance(told, dict) else {}
