"""Prices that all changed by one factor from one export to the next: with taxes now or without them, per guest or per room."""

from __future__ import annotations

import sqlite3

import numpy as np

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.store import imports, known_stays

FEWEST_BOOKINGS = 30
MOST_OF_ALL, NEARLY_ALL = 0.5, 0.8
"""So many of an export's bookings have another price than before, and so many of these by the same factor."""

SAME, LEAST = 0.01, 0.01
"""Factors so near each other are one: amounts are rounded, and breakfast may come on top."""


def repriced(connection: sqlite3.Connection, property_id: int, import_id: int) -> list[Finding]:
    """Return what to say where an export tells another price of most bookings than the last one did, by one factor."""
    row = imports.get(connection, import_id)
    if row is None or row.changed < max(FEWEST_BOOKINGS, MOST_OF_ALL * row.accepted):
        return []
    factors = np.array(list(known_stays.price_factors(connection, property_id, import_id)), dtype=np.float64)
    factors = factors[np.abs(factors - 1) > SAME / 10]
    if len(factors) < max(FEWEST_BOOKINGS, MOST_OF_ALL * row.changed):
        return []
    usual = float(np.median(factors))
    alike = np.abs(factors / usual - 1) <= SAME
    if abs(usual - 1) < LEAST or alike.mean() < NEARLY_ALL:
        return []
    return [
        Finding(
            FindingKind.REPRICED,
            f"The prices of {int(alike.sum()):,} known bookings are {usual:.2f} times what earlier exports told of the "
            "same stays. Rates and revenue before and after do not compare.",
            "Check in the PMS whether the report now tells prices with taxes, or without, and change it back.",
            wants_person=True,
            now=f"{usual:.2f} times as much",
        )
    ]
