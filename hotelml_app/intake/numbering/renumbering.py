"""The numbers under which the rows of a file are stored, beside what is known of the property."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.figures import counted
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.numbering.another_hotel import refuse_another_hotel
from hotelml_app.intake.numbering.doubled import refuse_doubled, unknown
from hotelml_app.intake.numbering.given_again import tell_apart
from hotelml_app.intake.numbering.new_numbers import Export, take_over
from hotelml_app.intake.numbering.spelled_otherwise import as_known
from hotelml_app.intake.numbering.strangers import refuse_strangers, strangers
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.grains import number_rooms
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import known_stays

GIVEN_AGAIN = "numbers given again"
"""Name, among a property's data settings, of the numbers that mean several stays."""


def renumbered(
    connection: sqlite3.Connection,
    content: FileContent,
    rows: BookingRows,
    wanted: NDArray[np.intp],
    property_id: int,
    as_of: date,
) -> BookingRows:
    """Return the rows under the numbers by which their bookings are known; those of a new PMS are known by its numbers then.

    Raises OtherNumbersError, NewNumbersError, OtherBookingsError and AnotherHotelError where most seem to be known under numbers
    that cannot be matched, or to be others than those known, unless the layout was named by hand.
    """
    known = known_stays.numbers(connection, property_id)
    rows = _spelled_as_known(content, rows, wanted, known)
    given, strange = numbers_given(connection, property_id), np.zeros(0, dtype=np.intp)
    if not content.named_by_hand:
        strange = strangers(connection, property_id, rows, wanted, known, given)
    if len(strange):
        others = {*known} - _named(rows, strange)
        if not _take_over(connection, content, rows, wanted, property_id, as_of, others):
            refuse_strangers(connection, property_id, rows, strange)
        known, given = known_stays.numbers(connection, property_id), numbers_given(connection, property_id)
    apart = tell_apart(rows, wanted, known, given, lambda numbers: known_stays.stays(connection, property_id, numbers))
    if apart.rows:
        again = counted(apart.rows, "booking number was given before", "booking numbers were given before")
        content.notes.append(f"{again} to other stays, which have ended; both are kept.")
    if apart.given != given:
        data_settings.put(connection, GIVEN_AGAIN, apart.given, property_id)
    rows = replace(rows, ids=apart.ids)
    if known and not content.named_by_hand and not len(strange):
        taken = _take_over(connection, content, rows, wanted, property_id, as_of, known)
        if not taken:
            refuse_doubled(connection, property_id, rows, wanted, known)
        if not taken and not content.owner_said:
            refuse_another_hotel(connection, property_id, rows, wanted, known, as_of)
    return rows


def _spelled_as_known(content: FileContent, rows: BookingRows, wanted: NDArray[np.intp], known: Collection[str]) -> BookingRows:
    """Return the rows with the numbers that are known but for their spelling, and a number for each known room of a booking."""
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
    return rows


def _take_over(
    connection: sqlite3.Connection,
    content: FileContent,
    rows: BookingRows,
    wanted: NDArray[np.intp],
    property_id: int,
    as_of: date,
    known: Collection[str],
) -> bool:
    """Return whether known bookings go on under the numbers of the file, those that are not among the ``known`` ones."""
    new = unknown(rows, wanted, known)
    export = Export(rows, new, _named(rows, wanted) - _named(rows, new), as_of, said=content.new_numbers_said)
    taken = take_over(connection, property_id, export)
    if taken is None:
        return False
    content.new_numbers.append(taken)
    if taken.displaced:
        given = numbers_given(connection, property_id)
        for number, own in taken.displaced.items():
            given.setdefault(number, []).append(own)
        data_settings.put(connection, GIVEN_AGAIN, given, property_id)
    return True


def _named(rows: BookingRows, chosen: NDArray[np.intp]) -> set[str]:
    return {rows.ids.labels[code] for code in np.unique(rows.ids.codes[chosen]).tolist()}


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
