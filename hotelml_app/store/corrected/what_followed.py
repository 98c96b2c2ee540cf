"""What followed from imports that are taken back, apart from the data itself: predictions, how they were judged, warnings."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import jobs
from hotelml_app.store.told import warnings
from hotelml_app.store.values import day_text

_TOLD_OF = ("predictions", "jobs", "deployments", "model_versions", "room_types", "data_settings", "rate_decisions")


def forget(connection: sqlite3.Connection, row: PropertyRow, since: datetime, now: datetime) -> None:
    """Forget what was predicted and judged of a property as of days that are yet to come, and counted or odd since a moment.

    ``row`` is the property as it is once the imports were taken back: its business date is the last day known.
    """
    day = day_text(row.business_date) or ""
    connection.execute(
        "DELETE FROM outcomes WHERE prediction_id IN (SELECT id FROM predictions WHERE property_id = ? AND target_date > ?)",
        (row.id, day),
    )
    # Those of the day itself are made anew, but only for what is still known.
    connection.execute("DELETE FROM predictions WHERE property_id = ? AND as_of >= ?", (row.id, day))
    connection.execute(
        "DELETE FROM training_data_points WHERE property_name = ? AND source = 'real'"
        " AND (json_extract(input, '$.as_of') >= ? OR json_extract(input, '$.target_date') > ?)",
        (row.name, day, day),
    )
    jobs.forget_counted(connection, row.id, since)
    for one in warnings.standing(connection):
        if one.key.startswith(f"export:{row.id}:") and one.first_at is not None and one.first_at >= since:
            warnings.clear(connection, one.key, now)


def remove_property(connection: sqlite3.Connection, row: PropertyRow, now: datetime) -> None:
    """Forget a property that came with what was taken back, and all that followed from it."""
    connection.execute("DELETE FROM training_data_points WHERE property_name = ?", (row.name,))
    warnings.clear_all_of(connection, row.id, row.name, now)
    connection.execute("DELETE FROM import_properties WHERE property_id = ?", (row.id,))
    for table in _TOLD_OF:
        connection.execute(f"DELETE FROM {table} WHERE property_id = ?", (row.id,))
    connection.execute("DELETE FROM properties WHERE id = ?", (row.id,))
