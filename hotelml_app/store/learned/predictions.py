"""Predictions as they were given, and later what came of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from hotelml_app.store.decided import room_type_names
from hotelml_app.store.values import json_text, moment_or_none, moment_text


@dataclass(frozen=True, slots=True)
class PredictionRow:
    """One stored prediction; ``made_by`` is own:VERSION, bundled:VERSION or statistical."""

    as_of: date
    target_date: date
    key: str
    made_by: str
    payload: Mapping[str, object]
    made_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What came of a prediction; errors are 0 or more, of the kind that the module's manifest names."""

    prediction_id: int
    actual: float
    error: float
    known_on: date
    baseline_error: float | None = None


_COLUMNS = "p.as_of, p.target_date, p.key, p.made_by, p.payload, p.made_at, p.id"


def replace_run(
    connection: sqlite3.Connection,
    property_id: int,
    module: str,
    as_of: date,
    rows: Iterable[PredictionRow],
    now: datetime,
) -> int:
    """Keep the predictions a module gave as of one day and return how many.

    A second run as of the same day takes the place of the first, except where an outcome is already known: what was
    judged stays as it was given.
    """
    day, moment = as_of.isoformat(), moment_text(now)
    connection.execute(
        "DELETE FROM predictions WHERE property_id = ? AND module = ? AND as_of = ?"
        " AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.prediction_id = predictions.id)",
        (property_id, module, day),
    )
    values = [
        (property_id, module, day, row.target_date.isoformat(), row.key, row.made_by, json_text(dict(row.payload)), moment)
        for row in rows
    ]
    connection.executemany(
        "INSERT INTO predictions (property_id, module, as_of, target_date, key, made_by, payload, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        values,
    )
    return len(values)


def of_run(connection: sqlite3.Connection, property_id: int, module: str, as_of: date) -> list[PredictionRow]:
    """Return what a module predicted as of one day, by target date and key."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM predictions p WHERE p.property_id = ? AND p.module = ? AND p.as_of = ?"
        " ORDER BY p.target_date, p.key",
        (property_id, module, as_of.isoformat()),
    )
    return _under_present_names(connection, property_id, [_row(row) for row in rows])


def any_of_newest(connection: sqlite3.Connection, property_id: int, module: str) -> PredictionRow | None:
    """Return one of the predictions that a module gave as of its newest day, or None where it gave none."""
    query = f"SELECT {_COLUMNS} FROM predictions p WHERE p.property_id = ? AND p.module = ? ORDER BY p.as_of DESC LIMIT 1"
    row = connection.execute(query, (property_id, module)).fetchone()
    return _row(row) if row is not None else None


def latest_as_of(connection: sqlite3.Connection, property_id: int, module: str, before: date = date.max) -> date | None:
    """Return the newest day, earlier than ``before``, that a module has predictions as of, or None."""
    query = "SELECT max(as_of) FROM predictions WHERE property_id = ? AND module = ? AND as_of < ?"
    text = connection.execute(query, (property_id, module, before.isoformat())).fetchone()[0]
    return date.fromisoformat(text) if text else None


def makers(connection: sqlite3.Connection, property_id: int, module: str) -> set[str]:
    """Return what made the newest predictions of a module: own:VERSION, bundled:VERSION, statistical."""
    rows = connection.execute(
        "SELECT DISTINCT made_by FROM predictions WHERE property_id = ?1 AND module = ?2"
        " AND as_of = (SELECT max(as_of) FROM predictions WHERE property_id = ?1 AND module = ?2)",
        (property_id, module),
    )
    return {str(maker) for (maker,) in rows}


def runs(connection: sqlite3.Connection, property_id: int, module: str) -> list[tuple[date, int]]:
    """Return (as of, number of predictions) of every run of a module, oldest first."""
    rows = connection.execute(
        "SELECT as_of, count(*) FROM predictions WHERE property_id = ? AND module = ? GROUP BY as_of ORDER BY as_of",
        (property_id, module),
    )
    return [(date.fromisoformat(day), number) for day, number in rows]


def without_outcome(
    connection: sqlite3.Connection,
    property_id: int,
    module: str,
    until: date,
    limit: int = 100_000,
    since: date = date.min,
) -> list[PredictionRow]:
    """Return predictions for days in [``since``, ``until``] whose outcome is not known yet, newest day first.

    Beyond ``limit`` it is the oldest that are left out: they were looked at before, and what they wait for may never come.
    """
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM predictions p LEFT JOIN outcomes o ON o.prediction_id = p.id"
        " WHERE p.property_id = ? AND p.module = ? AND p.target_date BETWEEN ? AND ? AND o.prediction_id IS NULL"
        " ORDER BY p.target_date DESC, p.as_of, p.key LIMIT ?",
        (property_id, module, since.isoformat(), until.isoformat(), limit),
    )
    return _under_present_names(connection, property_id, [_row(row) for row in rows])


def judged_early(
    connection: sqlite3.Connection, property_id: int, module: str, until: date, since: date
) -> list[tuple[PredictionRow, OutcomeRow]]:
    """Return predictions for days in [``since``, ``until``) that were judged by an export of the very day they are for.

    So are those judged by another export of ``until`` itself: that of the evening may correct what the one of the morning told.
    """
    rows = connection.execute(
        f"SELECT {_COLUMNS}, o.actual, o.error, o.known_on, o.baseline_error FROM predictions p"
        " JOIN outcomes o ON o.prediction_id = p.id"
        " WHERE p.property_id = ? AND p.module = ? AND p.target_date >= ? AND p.target_date < ? AND p.as_of < p.target_date"
        " AND (o.known_on <= p.target_date OR o.known_on = ?) ORDER BY p.target_date, p.as_of, p.key",
        (property_id, module, since.isoformat(), until.isoformat(), until.isoformat()),
    )
    return _with_outcomes(connection, property_id, [_judged(row) for row in rows])


def put_outcomes(connection: sqlite3.Connection, outcomes: Iterable[OutcomeRow]) -> None:
    """Keep what came of predictions; later knowledge of the same prediction replaces the earlier."""
    connection.executemany(
        "INSERT OR REPLACE INTO outcomes (prediction_id, actual, error, baseline_error, known_on) VALUES (?, ?, ?, ?, ?)",
        [(row.prediction_id, row.actual, row.error, row.baseline_error, row.known_on.isoformat()) for row in outcomes],
    )


@dataclass(frozen=True, slots=True)
class Ages:
    """Predictions given before these days are thinned out: to one run a week, to what counts alone, to nothing."""

    weekly: date
    details: date
    everything: date


def thin_out(connection: sqlite3.Connection, property_id: int, module: str, before: Ages, kept: Mapping[str, object]) -> int:
    """Remove old predictions with their outcomes and return how many.

    What ``kept`` describes (values by name) stays until ``before.everything``. Of the rest, runs before ``before.weekly`` stay
    where they are the newest of their week, which begins on Monday, and none stays before ``before.details``. Where ``kept``
    is empty, there is only the rest, and ``before.details`` does not count.
    """
    values = [(f"$.{name}", value if value is not None else "") for name, value in kept.items()]
    rest = f"NOT ({' AND '.join(_HAS for _ in values)})" if values else "1"
    described = [part for pair in values for part in pair]
    old: list[tuple[str, list[object]]] = [("as_of < ?", [before.everything.isoformat()])]
    if values:
        old.append((f"as_of < ? AND {rest}", [before.details.isoformat(), *described]))
    newest = f"SELECT max(as_of) FROM predictions WHERE property_id = ? AND module = ? AND as_of < ? GROUP BY {_WEEK}"
    weekly = before.weekly.isoformat()
    old.append((f"as_of < ? AND as_of NOT IN ({newest}) AND {rest}", [weekly, property_id, module, weekly, *described]))
    removed = 0
    for which, told in old:
        found = connection.execute(
            f"DELETE FROM predictions WHERE property_id = ? AND module = ? AND {which}", (property_id, module, *told)
        )
        removed += found.rowcount
    return removed


_HAS = "coalesce(json_extract(payload, ?), '') = ?"
_WEEK = "CAST((julianday(as_of) + 0.5) / 7 AS INTEGER)"
"""Julian days begin at noon, and the first of them was a Monday."""


def judged(
    connection: sqlite3.Connection, property_id: int, module: str, since: date, until: date
) -> list[tuple[PredictionRow, OutcomeRow]]:
    """Return predictions for days in [since, until] with what came of them, by target date and as-of."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, o.actual, o.error, o.known_on, o.baseline_error FROM predictions p"
        " JOIN outcomes o ON o.prediction_id = p.id"
        " WHERE p.property_id = ? AND p.module = ? AND p.target_date BETWEEN ? AND ? ORDER BY p.target_date, p.as_of, p.key",
        (property_id, module, since.isoformat(), until.isoformat()),
    )
    return _with_outcomes(connection, property_id, [_judged(row) for row in rows])


def judged_on(
    connection: sqlite3.Connection,
    property_id: int,
    module: str,
    days: tuple[date, date],
    leads: tuple[int, int],
    values: Mapping[str, object],
) -> list[tuple[PredictionRow, OutcomeRow]]:
    """Return predictions for days between two with what came of them, likewise, but only those with these ``values`` that were
    asked so many days ahead, or of the past; without their payloads.

    Of a house of 600 rooms, a month has 100,000 that are no part of a track record.
    """
    described = " AND json_extract(p.payload, ?) IS ?" * len(values)
    rows = connection.execute(
        f"SELECT {_COLUMNS.replace('p.payload', _NO_PAYLOAD)}, o.actual, o.error, o.known_on, o.baseline_error"
        " FROM predictions p CROSS JOIN outcomes o ON o.prediction_id = p.id"
        " WHERE p.property_id = ? AND p.module = ? AND p.target_date BETWEEN ? AND ?"
        " AND (p.target_date <= p.as_of OR julianday(p.target_date) - julianday(p.as_of) BETWEEN ? AND ?)"
        f"{described} ORDER BY p.target_date, p.as_of, p.key",
        (
            *(property_id, module, *(day.isoformat() for day in days), *leads),
            *(part for name, value in values.items() for part in (f"$.{name}", value)),
        ),
    )
    return [_judged(row) for row in rows]


_NO_PAYLOAD = "'{}'"


def _under_present_names(connection: sqlite3.Connection, property_id: int, rows: Sequence[PredictionRow]) -> list[PredictionRow]:
    """Return predictions with the present names of room types.

    Where something was said of both names at once, what was said of the present one counts: the other was on its way out.
    """
    names = room_type_names.renamed(connection, property_id)
    if not names:
        return list(rows)
    said = {_cell(row, row.payload.get("room_type")) for row in rows}
    found = []
    for row in rows:
        present = names.get(str(row.payload.get("room_type")))
        if present is None:
            found.append(row)
        elif _cell(row, present) not in said or "reservation_id" in row.payload:
            found.append(replace(row, payload={**row.payload, "room_type": present}))
    return found


def _cell(row: PredictionRow, room_type: object) -> tuple[object, ...]:
    return row.as_of, row.target_date, row.payload.get("metric"), room_type


def _with_outcomes(
    connection: sqlite3.Connection, property_id: int, rows: Sequence[tuple[PredictionRow, OutcomeRow]]
) -> list[tuple[PredictionRow, OutcomeRow]]:
    outcomes = {row.id: outcome for row, outcome in rows}
    return [(row, outcomes[row.id]) for row in _under_present_names(connection, property_id, [row for row, _ in rows])]


def _judged(row: tuple[Any, ...]) -> tuple[PredictionRow, OutcomeRow]:
    return _row(row[:7]), OutcomeRow(row[6], row[7], row[8], date.fromisoformat(row[9]), row[10])


def _row(row: tuple[Any, ...]) -> PredictionRow:
    days = date.fromisoformat(row[0]), date.fromisoformat(row[1])
    return PredictionRow(*days, row[2], row[3], json.loads(row[4]), moment_or_none(row[5]), row[6])
