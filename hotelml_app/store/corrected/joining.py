"""Two properties that turned out to be one hotel: what is stored of the one becomes that of the other.

All of it happens inside the caller's transaction. Of what both have, the later import counts where it is data, and what staff
said of the one that stays where it is a setting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from hotelml_app.store.corrected.united_bookings import unite_bookings
from hotelml_app.store.decided import room_type_names, staff_decisions
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.exported.imports import ImportRow
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import VersionState
from hotelml_app.store.values import day_text, json_text

LONGEST_STAY_DAYS = 400
"""Of a longer stay only so many nights are looked at."""

PART_OF = "learned_as_part"
"""Name, in a model card, of the property that a version learned from before that became part of another."""

_IMPORTED = "coalesce({0}.import_id, 0)"
_SEEN = "coalesce((SELECT latest_as_of FROM review_sightings WHERE review_id = {0}.id), '')"
"""By which of two rows with one key the later one is told; the name of the table goes in."""

_STATES = {
    VersionState.CHAMPION: VersionState.RETIRED,
    VersionState.CHALLENGER: VersionState.RETIRED,
    VersionState.CANDIDATE: VersionState.REJECTED,
}


def join(connection: sqlite3.Connection, gone: int, stays: int, pairs: Mapping[int, int], now: datetime) -> int:
    """Make all that is stored of the property ``gone`` that of ``stays``, remove it, and return the id under which that is noted.

    ``pairs`` are the ids of bookings known in both. What ``gone`` predicted, and what was live of it, is dropped: it knew but a
    part of the hotel. What ``stays`` predicted of the nights that gain bookings is judged once more.
    """
    theirs, ours = properties.get(connection, gone), properties.get(connection, stays)
    gained = _nights_told(connection, gone, pairs)
    day = _business_date(connection, theirs, ours)
    brought = bookings.count(connection, gone)
    unite_bookings(connection, gone, stays, pairs)
    connection.execute("UPDATE bookings SET property_id = ? WHERE property_id = ?", (stays, gone))
    _join_data(connection, gone, stays)
    _join_versions(connection, theirs, stays)
    _judge_again(connection, ours, gained, day)
    _drop_predictions(connection, theirs)
    _join_facts(connection, theirs, ours, day)
    room_type_names.join(connection, gone, stays)
    for table in ("jobs", "deployments", "model_versions", "room_types", "data_settings"):
        connection.execute(f"DELETE FROM {table} WHERE property_id = ?", (gone,))
    connection.execute("DELETE FROM properties WHERE id = ?", (gone,))
    return _noted(connection, theirs.name, ours, day, brought, now)


def _noted(
    connection: sqlite3.Connection, name: str, ours: properties.PropertyRow, day: date | None, brought: int, now: datetime
) -> int:
    message = f"{name} became part of {ours.name}."
    row = ImportRow(name, "", 0, imports.JOINED, now, business_date=day, accepted=brought, message=message, finished_at=now)
    number = imports.record(connection, row)
    imports.add_property(connection, number, ours.id, day or now.date(), brought)
    return number


def _join_data(connection: sqlite3.Connection, gone: int, stays: int) -> None:
    """Join what exports brought and what staff decided about rates, apart from bookings."""
    ids = {"gone": gone, "stays": stays}
    _join_keyed(connection, "reviews", ("review_key",), ids, f"({_SEEN}, {_IMPORTED})")
    _join_keyed(connection, "nightly_statistics", ("stay_date", "room_type", "as_of"), ids)
    connection.execute(
        "UPDATE import_properties SET accepted = import_properties.accepted + other.accepted,"
        " business_date = max(import_properties.business_date, other.business_date) FROM import_properties other"
        " WHERE import_properties.property_id = :stays AND other.property_id = :gone"
        " AND other.import_id = import_properties.import_id",
        ids,
    )
    connection.execute("UPDATE OR IGNORE import_properties SET property_id = :stays WHERE property_id = :gone", ids)
    connection.execute("DELETE FROM import_properties WHERE property_id = :gone", ids)
    connection.execute(
        "DELETE FROM rate_decisions WHERE property_id = :gone AND EXISTS (SELECT 1 FROM rate_decisions kept"
        " WHERE kept.property_id = :stays AND kept.night = rate_decisions.night AND kept.room_type = rate_decisions.room_type)",
        ids,
    )
    connection.execute("UPDATE rate_decisions SET property_id = :stays WHERE property_id = :gone", ids)
    staff_decisions.join(connection, gone, stays)
    connection.execute("UPDATE OR IGNORE data_settings SET property_id = :stays WHERE property_id = :gone", ids)


def _join_keyed(
    connection: sqlite3.Connection, table: str, key: tuple[str, ...], ids: Mapping[str, int], order: str = _IMPORTED
) -> None:
    """Move the rows of a table; of two with one key the later one by ``order`` stays, of two alike that of the other property."""
    same = " AND ".join(f"other.{name} = {table}.{name}" for name in key)
    other = f"SELECT 1 FROM {table} other WHERE other.property_id = {{}} AND {same}"
    later = f"{other.format(':stays')} AND {order.format('other')} >= {order.format(table)}"
    connection.execute(f"DELETE FROM {table} WHERE property_id = :gone AND EXISTS ({later})", ids)
    connection.execute(f"DELETE FROM {table} WHERE property_id = :stays AND EXISTS ({other.format(':gone')})", ids)
    connection.execute(f"UPDATE {table} SET property_id = :stays WHERE property_id = :gone", ids)


def _join_versions(connection: sqlite3.Connection, theirs: properties.PropertyRow, stays: int) -> None:
    """Keep the model versions as retired ones; one whose name is taken goes: the files of two cannot answer to one name."""
    for row in models.versions(connection, theirs.id):
        if models.version(connection, stays, row.module, row.version) is None:
            connection.execute(
                "UPDATE model_versions SET property_id = ?, state = ?, card = ?"
                " WHERE property_id = ? AND module = ? AND version = ?",
                (
                    stays,
                    str(_STATES.get(row.state, row.state)),
                    json_text({**row.card, PART_OF: theirs.name}),
                    theirs.id,
                    row.module,
                    row.version,
                ),
            )


def _nights_told(connection: sqlite3.Connection, gone: int, pairs: Mapping[int, int]) -> set[str]:
    """Return the nights of which ``gone`` knows bookings or figures that the other property lacks, as ISO text."""
    rows = connection.execute(
        "SELECT DISTINCT s.arrival, s.departure FROM bookings b CROSS JOIN booking_states s ON s.booking_id = b.id"
        " WHERE +b.property_id = ? AND b.id NOT IN (SELECT value FROM json_each(?))",
        (gone, json_text(list(pairs))),
    )
    nights = {night for (night,) in connection.execute("SELECT stay_date FROM nightly_statistics WHERE property_id = ?", (gone,))}
    for arrival, departure in rows:
        first = date.fromisoformat(arrival)
        stay = min(max((date.fromisoformat(departure) - first).days, 1), LONGEST_STAY_DAYS)
        nights.update((first + timedelta(days=number)).isoformat() for number in range(stay))
    return nights


def _judge_again(connection: sqlite3.Connection, ours: properties.PropertyRow, gained: Iterable[str], day: date | None) -> None:
    """Forget what came of predictions for nights that gained bookings, and the newest predictions, which did not know those."""
    nights = json_text(sorted(gained))
    connection.execute(
        "DELETE FROM outcomes WHERE prediction_id IN (SELECT id FROM predictions"
        " WHERE property_id = ? AND target_date IN (SELECT value FROM json_each(?)))",
        (ours.id, nights),
    )
    connection.execute(
        "DELETE FROM training_data_points WHERE property_name = ?"
        " AND json_extract(input, '$.target_date') IN (SELECT value FROM json_each(?))",
        (ours.name, nights),
    )
    connection.execute(
        "DELETE FROM predictions WHERE property_id = ? AND as_of >= ?"
        " AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.prediction_id = predictions.id)",
        (ours.id, day_text(day) or ""),
    )


def _drop_predictions(connection: sqlite3.Connection, theirs: properties.PropertyRow) -> None:
    connection.execute("DELETE FROM predictions WHERE property_id = ?", (theirs.id,))
    connection.execute("DELETE FROM training_data_points WHERE property_name = ?", (theirs.name,))


def _join_facts(
    connection: sqlite3.Connection, theirs: properties.PropertyRow, ours: properties.PropertyRow, day: date | None
) -> None:
    """Take what was said of the house where nothing was said of the one that stays, and the business date of both."""
    connection.execute(
        "INSERT INTO room_types (property_id, code, name, rooms)"
        " SELECT ?, code, name, rooms FROM room_types WHERE property_id = ?"
        " ON CONFLICT (property_id, code) DO UPDATE SET rooms = coalesce(rooms, excluded.rooms),"
        " name = CASE name WHEN '' THEN excluded.name ELSE name END",
        (ours.id, theirs.id),
    )
    properties.update(
        connection,
        ours.id,
        country=ours.country or theirs.country,
        currency=ours.currency or theirs.currency,
        rooms=ours.rooms or theirs.rooms,
    )
    if day is not None:
        properties.begin_at(connection, ours.id, day)


def _business_date(connection: sqlite3.Connection, theirs: properties.PropertyRow, ours: properties.PropertyRow) -> date | None:
    """Return the later business date; of one that knows no bookings it counts only where the other knows none either."""
    dated = [one for one in (theirs, ours) if one.business_date is not None]
    telling = [one for one in dated if bookings.count(connection, one.id)] or dated
    return max((one.business_date for one in telling if one.business_date is not None), default=None)
