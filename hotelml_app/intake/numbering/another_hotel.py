"""An export that is of another hotel, as far as its bookings tell: it has many to come, and none of those that are known."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import OCCUPYING
from hotelml_app.core.clock import day_number
from hotelml_app.intake.errors import AnotherHotelError
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.store import known_stays, properties

FEWEST = 50
"""Bookings to come, of the export and of those known, below which nothing is told."""
MOST_KNOWN = 0.02
"""Of as many as are new, so few are known: even an export of what was booked since last week has changes of earlier ones."""
FULL_SHARE = 0.7
"""Where the last exports held so much of all bookings to come, this one would hold them too."""
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
    if new < FEWEST or is_known.sum() > MOST_KNOWN * new:
        return
    to_come, held = known_stays.to_come(connection, property_id, as_of), properties.get(connection, property_id).business_date
    if len(to_come) < FEWEST or held is None or as_of < held:
        return
    seen = sum(day >= held for day in to_come.values())
    if new >= (MANY if seen >= FULL_SHARE * len(to_come) else MANY_OF_ALL) * len(to_come):
        raise AnotherHotelError(new, len(to_come), properties.get(connection, property_id).name)
