"""Known numbers that mean other bookings: the export is of another hotel, or of a new PMS that counts on like the former one."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.errors import OtherBookingsError
from hotelml_app.intake.numbering.given_again import Stay, are_two, stay_of
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.values.date_order import NO_DAY
from hotelml_app.store.exported import known_stays

FEWEST, SHARE = 20, 0.5
"""So many, and such a share of those looked at, must be others: a booking may be moved, half of all are not."""
MOST_LOOKED_AT = 2000
SAME_DAY_WITHIN = 1
"""Days between two booking days that are one: around midnight systems disagree."""


def strangers(
    connection: sqlite3.Connection,
    property_id: int,
    rows: BookingRows,
    wanted: NDArray[np.intp],
    known: Mapping[str, str],
    given: Mapping[str, Sequence[str]],
) -> NDArray[np.intp]:
    """Return the rows whose number is known and means another booking, where most known numbers do; else none.

    The latest arrivals are looked at. That numbers are given again once a stay is over is no sign of it.
    """
    if len(known) < FEWEST:
        return np.zeros(0, dtype=np.intp)
    is_known = np.array([label in known for label in rows.ids.labels], dtype=bool)[rows.ids.codes[wanted]]
    looked_at = _latest(rows, wanted[is_known], MOST_LOOKED_AT)
    odd, following = _odd(connection, property_id, rows, looked_at, given)
    if not are_most(len(odd), len(looked_at) - len(following)):
        return np.zeros(0, dtype=np.intp)
    odd, following = _odd(connection, property_id, rows, wanted[is_known], given)
    return np.array(odd + following, dtype=np.intp)


def are_most(odd: int, looked_at: int) -> bool:
    """Return whether so many numbers that mean other bookings are more than bookings that were moved."""
    return odd >= max(FEWEST, SHARE * looked_at)


def refuse_strangers(connection: sqlite3.Connection, property_id: int, rows: BookingRows, strange: NDArray[np.intp]) -> None:
    """Raise OtherBookingsError where there are any strangers."""
    if len(strange):
        row = int(strange[-1])
        number = rows.ids.text(row)
        stay = known_stays.stays(connection, property_id, [number])[number]
        told = np.datetime64(int(rows.arrival[row]), "D").item()
        raise OtherBookingsError(len(strange), number, stay.arrival, told)


def _latest(rows: BookingRows, chosen: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    return chosen[np.argsort(rows.arrival[chosen], kind="stable")[-most:]]


def _odd(
    connection: sqlite3.Connection,
    property_id: int,
    rows: BookingRows,
    chosen: NDArray[np.intp],
    given: Mapping[str, Sequence[str]],
) -> tuple[list[int], list[int]]:
    """Return the rows that mean other bookings than the known ones of their numbers, and those that follow one long over."""
    numbers = {row: rows.ids.text(row) for row in chosen.tolist()}
    wanted = {one for number in numbers.values() for one in (number, *given.get(number, ()))}
    stays = {number: stay_of(stay) for number, stay in known_stays.stays(connection, property_id, wanted).items()}
    odd: list[int] = []
    following: list[int] = []
    for row, number in numbers.items():
        booked = int(rows.booked_on[row]) if rows.booked_said[row] else int(NO_DAY)
        told = (booked, int(rows.arrival[row]), int(rows.departure[row]), int(rows.status[row]))
        candidates = [stays[one] for one in (number, *given.get(number, ())) if one in stays]
        if any(may_be_one(one, told) for one in candidates):
            continue
        (following if any(are_two(one, told) for one in candidates) else odd).append(row)
    return odd, following


def may_be_one(known: Stay, told: Stay) -> bool:
    """Return whether a known booking and a row have anything in common but their number."""
    same_day = told[0] != NO_DAY and abs(told[0] - known[0]) <= SAME_DAY_WITHIN
    return same_day or known[1] == told[1] or known[2] == told[2]
