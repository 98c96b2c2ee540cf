"""Guest reviews, each once, whatever number of exports brings it.

Files may come in any order: the newest business date decides what a review says. It is kept apart from the texts, in
``review_sightings``, for it moves with every file that holds the review.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hotelml_app.store.values import day_or_none, day_text, json_text


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review. ``key`` is the site's own id, else a hash of the content; ``score`` lies in [0, 1] or is None."""

    key: str
    reviewed_on: date | None = None
    source: str = ""
    language: str = ""
    score: float | None = None
    title: str = ""
    positive: str = ""
    negative: str = ""
    body: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """What an export did to the reviews; ``older`` are rows of reviews that a newer file already held."""

    created: int
    changed: int
    unchanged: int
    older: int = 0


_CONTENT = ("reviewed_on", "source", "language", "score", "title", "positive", "negative", "body")
_SELECT = f"SELECT review_key, {', '.join(_CONTENT)}, id FROM reviews"


def apply(
    connection: sqlite3.Connection, property_id: int, import_id: int | None, as_of: date, reviews: Iterable[ReviewRow]
) -> ReviewCounts:
    """Add reviews, or replace those whose content changed, unless a file of a later day than ``as_of`` held them.

    Of two with one key in the same file, and of two files of one day, the later counts.
    """
    newer = _seen_after(connection, property_id, as_of)
    rows = list(reviews)
    taken = [row for row in rows if row.key not in newer] if newer else rows
    # One statement cannot tell an insert from an update; the number of rows before and after can.
    before = count(connection, property_id)
    differs = " OR ".join(f"reviews.{name} IS NOT excluded.{name}" for name in _CONTENT)
    assignments = ", ".join(f"{name} = excluded.{name}" for name in ("import_id", *_CONTENT))
    touched = connection.executemany(
        f"INSERT INTO reviews (property_id, import_id, review_key, {', '.join(_CONTENT)})"
        f" VALUES ({', '.join('?' * (3 + len(_CONTENT)))})"
        f" ON CONFLICT (property_id, review_key) DO UPDATE SET {assignments} WHERE {differs}",
        [(property_id, import_id, row.key, *_values(row)) for row in taken],
    ).rowcount
    created = count(connection, property_id) - before
    changed = max(touched, 0) - created
    _note_seen(connection, property_id, as_of, [row.key for row in taken])
    return ReviewCounts(created, changed, len(taken) - created - changed, len(rows) - len(taken))


def all(connection: sqlite3.Connection, property_id: int) -> list[ReviewRow]:
    """Return every review of a property, oldest first; those without a date come first."""
    query = f"{_SELECT} WHERE property_id = ? ORDER BY coalesce(reviewed_on, ''), id"
    return [_row(row) for row in connection.execute(query, (property_id,))]


def count(connection: sqlite3.Connection, property_id: int) -> int:
    """Return how many reviews of a property are known."""
    return int(connection.execute("SELECT count(*) FROM reviews WHERE property_id = ?", (property_id,)).fetchone()[0])


def newest_day(connection: sqlite3.Connection, property_id: int) -> date | None:
    """Return the day of a property's newest review, None where none has a day."""
    found = connection.execute("SELECT max(reviewed_on) FROM reviews WHERE property_id = ?", (property_id,)).fetchone()[0]
    return date.fromisoformat(found) if found else None


def stand(connection: sqlite3.Connection, property_id: int) -> tuple[int, int]:
    """Return what changes when the reviews of a property do: how many there are, and the last import that touched one."""
    query = "SELECT count(*), coalesce(max(import_id), 0) FROM reviews WHERE property_id = ?"
    number, last = connection.execute(query, (property_id,)).fetchone()
    return int(number), int(last)


def _seen_after(connection: sqlite3.Connection, property_id: int, day: date) -> set[str]:
    """Return the keys of the reviews that a file of a later day held."""
    rows = connection.execute(
        "SELECT r.review_key FROM review_sightings s JOIN reviews r ON r.id = s.review_id"
        " WHERE s.latest_as_of > ? AND r.property_id = ?",
        (day.isoformat(), property_id),
    )
    return {key for (key,) in rows}


def _note_seen(connection: sqlite3.Connection, property_id: int, day: date, keys: list[str]) -> None:
    connection.execute(
        "INSERT INTO review_sightings (review_id, latest_as_of) SELECT r.id, ?1 FROM json_each(?2) seen"
        " CROSS JOIN reviews r ON r.property_id = ?3 AND r.review_key = seen.value WHERE true"
        " ON CONFLICT (review_id) DO UPDATE SET latest_as_of = excluded.latest_as_of WHERE latest_as_of < excluded.latest_as_of",
        (day.isoformat(), json_text(keys), property_id),
    )


def _values(row: ReviewRow) -> tuple[object, ...]:
    return tuple(day_text(row.reviewed_on) if name == "reviewed_on" else getattr(row, name) for name in _CONTENT)


def _row(row: tuple[str, str | None, str, str, float | None, str, str, str, str, int]) -> ReviewRow:
    return ReviewRow(row[0], day_or_none(row[1]), *row[2:9], id=row[9])
