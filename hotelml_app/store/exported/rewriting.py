"""Fitting late observations into the history: an older export, or a second one of the same business date."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hotelml_app.core.bookings import STATE_COLUMNS
from hotelml_app.store.exported.timeline import Sighting, observe
from hotelml_app.store.values import json_text

STORED_COLUMNS = ("booking_id", "import_id", "as_of", "last_as_of", "fingerprint", *STATE_COLUMNS)
INSERT_STATE = f"INSERT INTO booking_states ({', '.join(STORED_COLUMNS)}) VALUES ({', '.join('?' * len(STORED_COLUMNS))})"
_COPY = (
    f"INSERT INTO booking_states ({', '.join(STORED_COLUMNS)}) SELECT booking_id, ?, ?, ?, fingerprint,"
    f" {', '.join(STATE_COLUMNS)} FROM booking_states WHERE booking_id = ? AND as_of = ?"
)
_MOVE = "UPDATE booking_states SET import_id = ?, as_of = ?, last_as_of = ? WHERE booking_id = ? AND as_of = ?"
_BEGIN_EARLIER = (
    "UPDATE booking_states SET import_id = ?, as_of = ? WHERE booking_id IN (SELECT wanted.value FROM json_each(?) wanted)"
)
_DROP = "DELETE FROM booking_states WHERE booking_id = ? AND as_of = ?"


class Late(NamedTuple):
    """One observation of a booking that is known as of ``latest_as_of``.

    ``record`` is (reservation_id, booked_on, fingerprint, *values in the order of STATE_COLUMNS).
    """

    booking_id: int
    latest_as_of: str
    record: tuple[Any, ...]


Stored = tuple[int, str, str, bytes, int]
"""(booking_id, as_of, last_as_of, fingerprint, import_id) of a state as it stands in the table."""


@dataclass(slots=True)
class _Edits:
    earlier: list[int] = field(default_factory=list)
    """Bookings of one state that the export shows the same, only earlier."""
    copied: list[tuple[object, ...]] = field(default_factory=list)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    moved: list[tuple[object, ...]] = field(default_factory=list)
    added: list[tuple[object, ...]] = field(default_factory=list)


def rewrite(connection: sqlite3.Connection, import_id: int, day: str, observations: Sequence[Late]) -> None:
    """Fit what an export as of ``day`` showed into the timelines of bookings that are known as of that day or later."""
    stored = _stored(connection, [late.booking_id for late in observations])
    edits = _Edits()
    for late in observations:
        number, latest_as_of, record = late
        states = stored[number]
        _, first, _, fingerprint, _ = states[-1]
        # Nearly every row of a full export says what is known already; only the others are worth a timeline.
        if fingerprint == record[2] and first <= day <= latest_as_of:
            continue
        if fingerprint == record[2] and day < first and len(states) == 1:
            edits.earlier.append(number)
            continue
        before = _timeline(states, latest_as_of)
        after = observe(before, Sighting(day, day, record[2], import_id))
        if after != before:
            _compare(edits, late, before, after)
    if edits.earlier:
        connection.execute(_BEGIN_EARLIER, (import_id, day, json_text(edits.earlier)))
    # A copy is made from the row as it was, and a row moves to a day that is free by then.
    connection.executemany(_COPY, edits.copied)
    connection.executemany(_DROP, edits.dropped)
    connection.executemany(_MOVE, edits.moved)
    connection.executemany(INSERT_STATE, edits.added)


def _compare(edits: _Edits, late: Late, before: Sequence[Sighting], after: Sequence[Sighting]) -> None:
    stored = {state.origin: state for state in before}
    used: set[str] = set()
    for state in after:
        if state.origin is None:
            edits.added.append((late.booking_id, state.import_id, state.first, state.last, *late.record[2:]))
        elif state.origin in used:
            edits.copied.append((state.import_id, state.first, state.last, late.booking_id, state.origin))
        else:
            used.add(state.origin)
            if state != stored[state.origin]:
                edits.moved.append((state.import_id, state.first, state.last, late.booking_id, state.origin))
    edits.dropped += [(late.booking_id, origin) for origin in stored if origin is not None and origin not in used]


def _stored(connection: sqlite3.Connection, booking_ids: Sequence[int]) -> dict[int, list[Stored]]:
    """Return the states of each booking as they are stored, the oldest first."""
    rows = connection.execute(
        "SELECT s.booking_id, s.as_of, s.last_as_of, s.fingerprint, s.import_id FROM json_each(?) wanted"
        " CROSS JOIN booking_states s ON s.booking_id = wanted.value ORDER BY s.booking_id, s.as_of",
        (json_text(sorted(booking_ids)),),
    )
    found: dict[int, list[Stored]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _timeline(states: Sequence[Stored], latest_as_of: str) -> list[Sighting]:
    """Return stored states as sightings; when the newest was last seen stands with the booking."""
    sightings = [Sighting(first, last, fingerprint, made_by, first) for _, first, last, fingerprint, made_by in states]
    newest = sightings[-1]
    sightings[-1] = Sighting(newest.first, latest_as_of, newest.fingerprint, newest.import_id, newest.origin)
    return sightings
