"""Fitting late observations into the history: an older export, or a second one of the same business date."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hotelml_app.core.bookings import STATE_COLUMNS
from hotelml_app.store.timeline import Sighting, observe
from hotelml_app.store.values import json_text

STORED_COLUMNS = ("booking_id", "import_id", "as_of", "last_as_of", "fingerprint", *STATE_COLUMNS)
INSERT_STATE = f"INSERT INTO booking_states ({', '.join(STORED_COLUMNS)}) VALUES ({', '.join('?' * len(STORED_COLUMNS))})"
_COPY = (
    f"INSERT INTO booking_states ({', '.join(STORED_COLUMNS)}) SELECT booking_id, ?, ?, ?, fingerprint,"
    f" {', '.join(STATE_COLUMNS)} FROM booking_states WHERE booking_id = ? AND as_of = ?"
)
_MOVE = "UPDATE booking_states SET import_id = ?, as_of = ?, last_as_of = ? WHERE booking_id = ? AND as_of = ?"
_DROP = "DELETE FROM booking_states WHERE booking_id = ? AND as_of = ?"


@dataclass(frozen=True, slots=True)
class Late:
    """One observation of a booking that is known as of ``latest_as_of``; ``values`` in the order of STATE_COLUMNS."""

    booking_id: int
    latest_as_of: str
    fingerprint: bytes
    values: tuple[object, ...]


@dataclass(slots=True)
class _Edits:
    copied: list[tuple[object, ...]] = field(default_factory=list)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    moved: list[tuple[object, ...]] = field(default_factory=list)
    added: list[tuple[object, ...]] = field(default_factory=list)


def rewrite(connection: sqlite3.Connection, import_id: int, day: str, observations: Sequence[Late]) -> None:
    """Fit what an export as of ``day`` showed into the timelines of bookings that are known as of that day or later."""
    timelines = _timelines(connection, {late.booking_id: late.latest_as_of for late in observations})
    edits = _Edits()
    for late in observations:
        before = timelines[late.booking_id]
        after = observe(before, Sighting(day, day, late.fingerprint, import_id))
        if after != before:
            _compare(edits, late, before, after)
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
            edits.added.append((late.booking_id, state.import_id, state.first, state.last, late.fingerprint, *late.values))
        elif state.origin in used:
            edits.copied.append((state.import_id, state.first, state.last, late.booking_id, state.origin))
        else:
            used.add(state.origin)
            if state != stored[state.origin]:
                edits.moved.append((state.import_id, state.first, state.last, late.booking_id, state.origin))
    edits.dropped += [(late.booking_id, origin) for origin in stored if origin is not None and origin not in used]


def _timelines(connection: sqlite3.Connection, latest_as_of: Mapping[int, str]) -> dict[int, list[Sighting]]:
    rows = connection.execute(
        "SELECT s.booking_id, s.as_of, s.last_as_of, s.fingerprint, s.import_id FROM json_each(?) wanted"
        " CROSS JOIN booking_states s ON s.booking_id = wanted.value ORDER BY s.booking_id, s.as_of",
        (json_text(sorted(latest_as_of)),),
    )
    timelines = {}
    for number, group in groupby(rows, key=lambda row: row[0]):
        states = [Sighting(first, last, fingerprint, made_by, first) for _, first, last, fingerprint, made_by in group]
        newest = states[-1]
        states[-1] = Sighting(newest.first, latest_as_of[number], newest.fingerprint, newest.import_id, newest.origin)
        timelines[number] = states
    return timelines
