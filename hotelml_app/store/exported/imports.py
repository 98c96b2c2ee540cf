"""Files that came in, what was made of them, and the rows that could not be used."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hotelml_app.store.values import day_or_none, day_text, json_text, moment_or_none, moment_text

DONE, FAILED, DUPLICATE = "done", "failed", "duplicate"
JOINED = "joined"
"""No file came in: what was known of one property became part of another. Like an import it changes what is known of it."""

TAKEN_BACK = "taken back"
"""A file that had come in, and of which nothing is known any more."""
UNDONE = "undone"
"""No file came in: imports were taken back. Like one it changes what is known of a property."""

CHANGING = (DONE, JOINED, UNDONE)
"""After these something else is known of a property than before."""

REVIEWS_ENDING = "_reviews"
"""How the names of layouts of reviews end, and of no others: reviews say nothing about the books."""

_FOR_THEIR_PROPERTY = f"('{DONE}', '{TAKEN_BACK}')"
_WITHOUT_FILE = f"('{JOINED}', '{UNDONE}')"
_TELLS_BOOKS = f"i.status = '{DONE}' AND i.profile NOT GLOB '*{REVIEWS_ENDING}'"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file that came in. ``accepted`` is created + changed + unchanged + older; ``business_date_from`` says where
    the date was found: column, header, file name or latest event.
    """

    file_name: str
    sha256: str
    size_bytes: int
    status: str
    received_at: datetime
    profile: str = ""
    business_date: date | None = None
    business_date_from: str = ""
    rows_read: int = 0
    accepted: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    rejected: int = 0
    ignored: int = 0
    message: str = ""
    notes: tuple[str, ...] = ()
    finished_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be used. ``line`` counts from 1, the file's first line; ``columns`` holds no guest details."""

    import_id: int
    line: int
    reason: str
    columns: Mapping[str, str]
    file_name: str = ""


_COLUMNS = (
    "file_name",
    "sha256",
    "size_bytes",
    "status",
    "received_at",
    "profile",
    "business_date",
    "business_date_from",
    "rows_read",
    "accepted",
    "created",
    "changed",
    "unchanged",
    "older",
    "rejected",
    "ignored",
    "message",
    "notes",
    "finished_at",
)
_SELECT = f"SELECT {', '.join('i.' + name for name in _COLUMNS)}, i.id FROM imports i"


_ABOUT = (
    f"((i.status NOT IN {_FOR_THEIR_PROPERTY} AND i.status NOT IN {_WITHOUT_FILE}) OR (i.status IN {_FOR_THEIR_PROPERTY}"
    " AND EXISTS (SELECT 1 FROM import_properties p WHERE p.import_id = i.id AND p.property_id = ?)))"
)
"""Imports that speak or spoke of a property, and those that failed; takes its id."""


def record(connection: sqlite3.Connection, row: ImportRow) -> int:
    """Keep a file that came in and return its id; the row's own ``id`` is not looked at."""
    marks = ", ".join("?" * len(_COLUMNS))
    cursor = connection.execute(f"INSERT INTO imports ({', '.join(_COLUMNS)}) VALUES ({marks})", _values(row))
    return int(cursor.lastrowid or 0)


def rewrite(connection: sqlite3.Connection, import_id: int, row: ImportRow) -> None:
    """Replace what is known of an import, usually in the same transaction that recorded it."""
    assignments = ", ".join(f"{name} = ?" for name in _COLUMNS)
    connection.execute(f"UPDATE imports SET {assignments} WHERE id = ?", (*_values(row), import_id))


def mark_taken_back(connection: sqlite3.Connection, import_id: int, message: str) -> None:
    """Note that nothing an import brought is known any more; ``message`` says since when and what it was."""
    nothing = ", ".join(f"{name} = 0" for name in ("accepted", "created", "changed", "unchanged", "older", "rejected"))
    query = f"UPDATE imports SET status = ?, message = ?, notes = '[]', {nothing} WHERE id = ?"
    connection.execute(query, (TAKEN_BACK, message, import_id))


def add_property(connection: sqlite3.Connection, import_id: int, property_id: int, business_date: date, accepted: int) -> None:
    """Note that an import spoke of a property."""
    connection.execute(
        "INSERT OR REPLACE INTO import_properties (import_id, property_id, business_date, accepted) VALUES (?, ?, ?, ?)",
        (import_id, property_id, business_date.isoformat(), accepted),
    )


def find_by_sha(connection: sqlite3.Connection, sha256: str) -> ImportRow | None:
    """Return the import that already took in the same bytes with success, or None."""
    query = f"{_SELECT} WHERE i.sha256 = ? AND i.status = '{DONE}' ORDER BY i.id LIMIT 1"
    row = connection.execute(query, (sha256,)).fetchone()
    return _row(row) if row is not None else None


def spoke_of(connection: sqlite3.Connection, sha256: str) -> set[int]:
    """Return the ids of the properties that imports of these bytes spoke of."""
    rows = connection.execute(
        "SELECT p.property_id FROM imports i JOIN import_properties p ON p.import_id = i.id"
        f" WHERE i.sha256 = ? AND i.status = '{DONE}'",
        (sha256,),
    )
    return {number for (number,) in rows}


def get(connection: sqlite3.Connection, import_id: int) -> ImportRow | None:
    """Return one import, or None."""
    row = connection.execute(f"{_SELECT} WHERE i.id = ?", (import_id,)).fetchone()
    return _row(row) if row is not None else None


def recent(connection: sqlite3.Connection, limit: int = 50, property_id: int | None = None) -> list[ImportRow]:
    """Return the latest imports, newest first; with ``property_id`` those that spoke of it, and those that failed."""
    if property_id is None:
        rows = connection.execute(f"{_SELECT} WHERE i.status NOT IN {_WITHOUT_FILE} ORDER BY i.id DESC LIMIT ?", (limit,))
    else:
        rows = connection.execute(
            f"{_SELECT} WHERE {_ABOUT} ORDER BY i.id DESC LIMIT ?",
            (property_id, limit),
        )
    return [_row(row) for row in rows]


def count(connection: sqlite3.Connection, property_id: int) -> int:
    """Return how many imports spoke of a property or failed: those that ``recent`` tells, older ones included."""
    (number,) = connection.execute(f"SELECT count(*) FROM imports i WHERE {_ABOUT}", (property_id,)).fetchone()
    return int(number)


def latest_done(connection: sqlite3.Connection, property_id: int) -> ImportRow | None:
    """Return the import that brought the property's newest business date (the later one of equals), or None.

    Reviews bring none, and layouts of nightly figures only where there is no other. What is computed from the bookings follows
    `last_done` instead: an older export changes them as well.
    """
    row = connection.execute(
        f"{_SELECT} JOIN import_properties p ON p.import_id = i.id WHERE p.property_id = ?1 AND {_TELLS_BOOKS}"
        " ORDER BY i.profile IN (SELECT f.profile FROM imports f WHERE f.id IN"
        " (SELECT n.import_id FROM nightly_statistics n WHERE n.property_id = ?1)), p.business_date DESC, i.id DESC LIMIT 1",
        (property_id,),
    ).fetchone()
    return _row(row) if row is not None else None


def business_date_before(connection: sqlite3.Connection, property_id: int, day: date) -> date | None:
    """Return the newest business date before ``day`` that an export of the property's bookings or nights told, or None."""
    row = connection.execute(
        "SELECT max(p.business_date) FROM import_properties p JOIN imports i ON p.import_id = i.id"
        f" WHERE p.property_id = ? AND {_TELLS_BOOKS} AND p.business_date < ?",
        (property_id, day.isoformat()),
    ).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def oldest_day_among(connection: sqlite3.Connection, property_id: int, after: int, until: int) -> date | None:
    """Return the oldest business date of the exports of a property's bookings or nights with ids in (after, until], or None.

    Those that were taken back in between count as well.
    """
    row = connection.execute(
        "SELECT min(p.business_date) FROM import_properties p JOIN imports i ON p.import_id = i.id"
        f" WHERE p.property_id = ? AND ({_TELLS_BOOKS} OR i.status = '{UNDONE}') AND i.id > ? AND i.id <= ?",
        (property_id, after, until),
    ).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def last_done(connection: sqlite3.Connection, property_id: int) -> int:
    """Return the id of the import that last changed what is known of a property, whatever its business date; 0 where none did.

    Another property that became part of it counts as one, and so does what was taken back.
    """
    row = connection.execute(
        "SELECT max(i.id) FROM imports i JOIN import_properties p ON p.import_id = i.id"
        f" WHERE p.property_id = ? AND i.status IN {CHANGING}",
        (property_id,),
    ).fetchone()
    return int(row[0] or 0)


def last_of_each_day(connection: sqlite3.Connection, property_id: int) -> dict[str, int]:
    """Return the id of the last import of each business date (ISO text) of a property."""
    query = (
        "SELECT p.business_date, max(p.import_id) FROM import_properties p JOIN imports i ON i.id = p.import_id"
        f" WHERE p.property_id = ? AND i.status IN ('{DONE}', '{JOINED}') GROUP BY p.business_date"
    )
    return dict(connection.execute(query, (property_id,)))


def changing(connection: sqlite3.Connection, property_ids: Iterable[int], since: int) -> list[int]:
    """Return the imports from id ``since`` on that changed what is known of any of some properties, and still count."""
    rows = connection.execute(
        "SELECT DISTINCT i.id FROM imports i JOIN import_properties p ON p.import_id = i.id"
        " WHERE p.property_id IN (SELECT value FROM json_each(?)) AND i.id >= ?"
        f" AND i.status IN ('{DONE}', '{JOINED}') ORDER BY i.id",
        (json_text(sorted(property_ids)), since),
    )
    return [number for (number,) in rows]


def add_rejected(connection: sqlite3.Connection, import_id: int, rows: Iterable[tuple[int, str, Mapping[str, str]]]) -> int:
    """Keep rows that could not be used, each (line, reason, columns), and return how many."""
    kept = ((import_id, line, reason, json_text(dict(columns))) for line, reason, columns in rows)
    return connection.executemany("INSERT INTO rejected_rows (import_id, line, reason, row) VALUES (?, ?, ?, ?)", kept).rowcount


def rejected(
    connection: sqlite3.Connection,
    *,
    import_id: int | None = None,
    among: Iterable[int] | None = None,
    limit: int = 200,
    offset: int = 0,
) -> list[RejectedRow]:
    """Return rejected rows, of the latest imports first, in line order within each.

    ``import_id`` chooses one import, ``among`` several by their ids.
    """
    rows = connection.execute(
        "SELECT r.import_id, r.line, r.reason, r.row, i.file_name FROM rejected_rows r JOIN imports i ON i.id = r.import_id"
        " WHERE (?1 IS NULL OR r.import_id = ?1) AND (?2 IS NULL OR r.import_id IN (SELECT value FROM json_each(?2)))"
        " ORDER BY r.import_id DESC, r.line, r.id LIMIT ?3 OFFSET ?4",
        (import_id, json_text(list(among)) if among is not None else None, limit, offset),
    )
    return [RejectedRow(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in rows]


def _values(row: ImportRow) -> tuple[object, ...]:
    texts: dict[str, object] = {
        "received_at": moment_text(row.received_at),
        "finished_at": moment_text(row.finished_at) if row.finished_at else None,
        "business_date": day_text(row.business_date),
        "notes": json_text(list(row.notes)),
    }
    return tuple(texts.get(name, getattr(row, name)) for name in _COLUMNS)


def _row(row: tuple[object, ...]) -> ImportRow:
    values = dict(zip((*_COLUMNS, "id"), row, strict=True))
    values["received_at"] = moment_or_none(str(values["received_at"]))
    values["finished_at"] = moment_or_none(str(values["finished_at"] or ""))
    values["business_date"] = day_or_none(str(values["business_date"] or ""))
    values["notes"] = tuple(json.loads(str(values["notes"])))
    return ImportRow(**values)  # type: ignore[arg-type]
