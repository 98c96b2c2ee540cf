"""Booking numbers for exports that have none: made of what does not change, counted where several bookings are alike.

Rooms of one group are genuine duplicates: three equal rows are three bookings. The same rows in the next export get the
same numbers, so a re-import adds nothing. Among equals the furthest advanced come last, so that when one of three is
cancelled, one of three changes.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from hotelml_app.intake.readers.tables.table import Column, column_of
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.fingerprints import fingerprints

LASTING_WORDS = ("room_type", "channel", "segment", "rate_code", "customer_type", "agent", "company")
"""What a booking keeps from the day it is made; dates of stay are added where the booking day is not told."""


def number_by_content(rows: BookingRows, used: Counter[tuple[str, bytes]]) -> Column:
    """Return made-up booking numbers, one per row; ``used`` counts what earlier sheets of the same file had."""
    words = {name: rows.words[name] for name in LASTING_WORDS}
    days = {"booked_on": rows.booked_on, "arrival": rows.arrival}
    numbers = {}
    if not rows.booked_said.any():
        days["departure"] = rows.departure
        numbers["adults"] = rows.numbers["adults"]
    keys = fingerprints(words, days, numbers)
    order = np.lexsort((np.nan_to_num(rows.numbers["adr"]), rows.status_on, rows.status)).tolist()
    owner = rows.typed.words.get("property")
    ids = [""] * len(keys)
    for row in order:
        place = (owner.text(row) if owner is not None else "", keys[row])
        used[place] += 1
        ids[row] = f"~{keys[row][:8].hex()}-{used[place]}"
    return column_of(ids)
