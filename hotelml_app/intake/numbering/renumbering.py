"""The numbers under which the rows of a file are stored, beside what is known of the property."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.figures import counted
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.numbering.doubled import refuse_doubled
from hotelml_app.intake.numbering.given_again import tell_apart
from hotelml_app.intake.numbering.spelled_otherwise import as_known
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.grains import number_rooms
from hotelml_app.store import data_settings, known_stays

GIVEN_AGAIN = "numbers given again"
"""Name, among a property's data settings, of the numbers that mean several stays."""


def renumbered(
    connection: sqlite3.Connection, content: FileContent, rows: BookingRows, wanted: NDArray[np.intp], property_id: int
) -> BookingRows:
    """Return the rows under the numbers by which their bookings are known.

    Raises OtherNumbersError where most are known under numbers that cannot be matched, unless the layout was named by hand.
    """
    known = known_stays.numbers(connection, property_id)
    ids, otherwise = as_known(rows.ids, wanted, known)
    if otherwise:
        differ = counted(otherwise, "booking number differs from the known one", "booking numbers differ from the known ones")
        content.notes.append(
            f"{differ} only by the spelling (zeros before it, spaces, marks of an amount or capitals), as spreadsheets leave it; "
            "it means the same."
        )
    rows = replace(rows, ids=ids)
    if (rooms := _of_known_rooms(rows, wanted, known)).any():
        number_rooms(rows, rooms)
        shared = counted(int(rooms.sum()), "row that shares a number is a room", "rows that share a number are rooms")
        content.notes.append(f"{shared} known before; each of them is kept.")
    given = numbers_given(connection, property_id)
    apart = tell_apart(rows, wanted, known, given, lambda numbers: known_stays.stays(connection, property_id, numbers))
    if apart.rows:
        again = counted(apart.rows, "booking number was given before", "booking numbers were given before")
        content.notes.append(f"{again} to other stays, which have ended; both are kept.")
    if apart.given != given:
        data_settings.put(connection, GIVEN_AGAIN, apart.given, property_id)
    rows = replace(rows, ids=apart.ids)
    if not content.named_by_hand:
        refuse_doubled(connection, property_id, rows, wanted, known)
    return rows


def _of_known_rooms(rows: BookingRows, wanted: NDArray[np.intp], known: Collection[str]) -> NDArray[np.bool_]:
    """Return the rows that share a number of which as many rooms are known: one is cancelled, or comes, before the others."""
    times = np.bincount(rows.ids.codes[wanted], minlength=len(rows.ids.labels)).tolist()
    rooms = [count > 1 and f"{label}/{count}" in known for label, count in zip(rows.ids.labels, times, strict=True)]
    found = np.zeros(len(rows), dtype=bool)
    found[wanted] = np.array(rooms, dtype=bool)[rows.ids.codes[wanted]]
    return found


def numbers_given(connection: sqlite3.Connection, property_id: int) -> dict[str, list[str]]:
    """Return the further numbers of those that mean several stays of a property, the oldest first."""
    kept = data_settings.get(connection, GIVEN_AGAIN, {}, property_id)
    return {str(base): [str(one) for one in others] for base, others in kept.items()} if isinstance(kept, dict) else {}
