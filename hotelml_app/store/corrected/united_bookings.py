"""Bookings known in two properties that are one hotel: both histories become one."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from hotelml_app.store.exported import imports
from hotelml_app.store.exported.known_stays import MARK
from hotelml_app.store.exported.rewriting import INSERT_STATE, STORED_COLUMNS
from hotelml_app.store.exported.timeline import Sighting, unite
from hotelml_app.store.values import json_text

_AT_ONCE = 1_000
_TOLD_FROM = STORED_COLUMNS.index("fingerprint")
"""What follows the days in a stored row is what the state tells."""


@dataclass(slots=True)
class _Known:
    """A booking with its states."""

    booked_on: str
    latest_as_of: str
    timeline: list[Sighting] = field(default_factory=list)


def unite_bookings(connection: sqlite3.Connection, gone: int, stays: int, pairs: Mapping[int, int]) -> None:
    """Give bookings of the property ``stays`` the states of those of ``gone`` as well, which are removed.

    ``pairs`` leads from the id of the one in ``gone`` to that in ``stays``. The states follow one another by business date; of
    two of one day the later export counts. Booked is such a booking on the earlier day: an export that tells none may have
    brought the later one.
    """
    exports = [imports.last_of_each_day(connection, one) for one in (gone, stays)]
    left = iter(pairs.items())
    while chunk := list(islice(left, _AT_ONCE)):
        ids = json_text([number for pair in chunk for number in pair])
        known, told = _known(connection, ids)
        states, heads = [], []
        for theirs, ours in chunk:
            one, other = known[theirs], known[ours]
            together = unite(_surely_seen(one, other), _surely_seen(other, one), exports)
            states += [(ours, state.import_id, state.first, state.last, *told[str(state.origin)]) for state in together]
            heads.append((min(one.booked_on, other.booked_on), together[-1].last, together[-1].fingerprint, ours))
        connection.execute("DELETE FROM booking_states WHERE booking_id IN (SELECT value FROM json_each(?))", (ids,))
        connection.executemany(INSERT_STATE, states)
        connection.executemany("UPDATE bookings SET booked_on = ?, latest_as_of = ?, fingerprint = ? WHERE id = ?", heads)
        connection.executemany("DELETE FROM bookings WHERE id = ?", [(theirs,) for theirs, _ in chunk])


def _known(connection: sqlite3.Connection, ids: str) -> tuple[dict[int, _Known], dict[str, tuple[Any, ...]]]:
    """Return bookings by id, and what each of their states tells by its origin."""
    heads = connection.execute(
        "SELECT b.id, b.booked_on, b.latest_as_of FROM json_each(?) wanted CROSS JOIN bookings b ON b.id = wanted.value", (ids,)
    )
    known = {number: _Known(booked_on, latest) for number, booked_on, latest in heads}
    rows = connection.execute(
        f"SELECT {', '.join('s.' + name for name in STORED_COLUMNS)} FROM json_each(?) wanted"
        " CROSS JOIN booking_states s ON s.booking_id = wanted.value ORDER BY s.booking_id, s.as_of",
        (ids,),
    )
    told = {}
    for row in rows:
        number, import_id, first, last = row[:_TOLD_FROM]
        origin = f"{number} {first}"
        told[origin] = row[_TOLD_FROM:]
        known[number].timeline.append(Sighting(first, last, row[_TOLD_FROM], import_id, origin))
    for one in known.values():
        # When the newest state was seen last stands with the booking.
        one.timeline[-1] = replace(one.timeline[-1], last=one.latest_as_of)
    return known, told


def _surely_seen(one: _Known, other: _Known) -> Sequence[Sighting]:
    """Return the states that exports showed: a booking that was missing under one name stood all the while under the other."""
    shown = [state for state in other.timeline if not _is_assumed(state)]
    sure = [state for state in one.timeline if not _is_assumed(state) or not any(seen.holds(state.first) for seen in shown)]
    return sure or one.timeline


def _is_assumed(state: Sighting) -> bool:
    return state.fingerprint.startswith(MARK)
