"""Training data points, each under its id; the same id again is the later knowledge and replaces the earlier."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.store.values import json_text, moment_text

_COLUMNS = "id, timestamp, module, property_name, input, output, accuracy, source"


def put(connection: sqlite3.Connection, points: Iterable[TrainingDataPoint]) -> None:
    """Keep data points; where an id is known the new one takes its place."""
    connection.executemany(
        f"INSERT OR REPLACE INTO training_data_points ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                point.id,
                moment_text(point.timestamp),
                point.module,
                point.property_name,
                json_text(dict(point.input)),
                json_text(dict(point.output)),
                point.accuracy,
                str(point.source),
            )
            for point in points
        ],
    )


def counts(connection: sqlite3.Connection, property_name: str | None = None) -> dict[str, int]:
    """Return how many points each module has, of all properties or of one."""
    where, values = ("WHERE property_name = ?", (property_name,)) if property_name is not None else ("", ())
    rows = connection.execute(f"SELECT module, count(*) FROM training_data_points {where} GROUP BY module", values)
    return dict(rows.fetchall())


def forget(connection: sqlite3.Connection, module: str, property_name: str, source: Source, before: datetime) -> int:
    """Remove a module's points of one source from before a moment, and return how many that were."""
    found = connection.execute(
        "DELETE FROM training_data_points WHERE module = ? AND property_name = ? AND source = ? AND timestamp < ?",
        (module, property_name, str(source), moment_text(before)),
    )
    return found.rowcount


def rename(connection: sqlite3.Connection, before: str, name: str) -> int:
    """Make the points of the property ``before`` those of ``name``, their ids with them, and return how many that were.

    An id says of which property it is, so that the same prediction judged again stays one point.
    """
    found = connection.execute(
        "UPDATE OR REPLACE training_data_points SET property_name = :name, id = CASE"
        " WHEN substr(id, 1, length(module) + length(:before) + 2) = module || ':' || :before || ':'"
        " THEN module || ':' || :name || substr(id, length(module) + length(:before) + 2) ELSE id END"
        " WHERE property_name = :before",
        {"before": before, "name": name},
    )
    return found.rowcount


def renumber(connection: sqlite3.Connection, property_name: str, numbers: Mapping[str, str]) -> None:
    """Make the points about bookings those of other numbers, by the former ones, their ids with them.

    An id ends with what it is about, so that the same prediction judged again stays one point.
    """
    found = connection.execute(
        "SELECT id, json_extract(input, '$.key') FROM training_data_points"
        " WHERE property_name = ? AND json_extract(input, '$.key') = json_extract(input, '$.reservation_id')",
        (property_name,),
    ).fetchall()
    moved = [(number.removesuffix(key) + numbers[key], numbers[key], number) for number, key in found if key in numbers]
    # One may get the number that another of them had.
    connection.executemany(
        "UPDATE training_data_points SET id = ?1, input = json_set(input, '$.key', ?2, '$.reservation_id', ?2) WHERE id = ?3",
        [(f"\0{new}", key, former) for new, key, former in moved],
    )
    connection.executemany(
        "UPDATE OR REPLACE training_data_points SET id = ?1 WHERE id = ?2", [(new, f"\0{new}") for new, *_ in moved]
    )


def owners(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return (module, property name) of each of ``ids`` that is stored."""
    query = (
        "SELECT p.id, p.module, p.property_name FROM json_each(?) wanted CROSS JOIN training_data_points p ON p.id = wanted.value"
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query, (json_text(list(ids)),))}
