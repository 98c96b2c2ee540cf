"""An export that is of another hotel, as far as its bookings tell: it has many to come, and none of those that are known."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import OCCUPYING
from hotelml_app.core.clock import day_number
from hotelml_app.intake.errors import AnotherHotelError
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.store.exported import known_stays
from hotelml_app.store.hotels import properties

FEWEST = 50
"""Bookings to come, of the export and of those known, below which nothing is told."""
MOST_KNOWN = 0.02
"""Of as many as are new, so few that were to come are in it, also as cancelled: an export of changes tells of some."""
FULL_SHARE = 0.7
"""Where the last export held so much of all bookings to come, this one would hold them too."""
MANY, MANY_OF_ALL = 0.1, 0.5
"""New bookings beside those known that are too many for one export, where exports hold all bookings and where they do not."""


def refuse_another_hotel(
    connection: sqlite3.Connection,
    property_id: int,
    rows: BookingRows,
    wanted: NDArray[np.intp],
    known: Collection[str],
    as_of: date,
) -> None:
    """Raise AnotherHotelError where an export would make the hotel far fuller at once, and knows nothing of it."""
    standing = wanted[np.isin(rows.status[wanted], OCCUPYING) & (rows.arrival[wanted] > day_number(as_of))]
    is_known = np.array([label in known for label in rows.ids.labels], dtype=bool)[rows.ids.codes[standing]]
    new = int((~is_known).sum())
    if new < FEWEST:
        return
    to_come, held = known_stays.to_come(connection, property_id, as_of), properties.get(connection, property_id).business_date
    told = {rows.ids.labels[code] for code in np.unique(rows.ids.codes[wanted]).tolist()}
    if len(to_come) < FEWEST or held is None or as_of < held or len(to_come.keys() & told) > MOST_KNOWN * new:
        return
    if new >= (MANY if _are_told_daily(to_come, held) else MANY_OF_ALL) * len(to_come):
        raise AnotherHotelError(new, len(to_come), properties.get(connection, property_id).name)


def _are_told_daily(to_come: Mapping[str, tuple[date, date]], held: date) -> bool:
    """Return whether the last export held nearly all bookings that earlier ones had told, changed or not."""
    seen = [last >= held for first, last in to_come.values() if first < held]
    return len(seen) >= FEWEST and sum(seen) >= FULL_SHARE * len(seen)
