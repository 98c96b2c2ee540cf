"""Prices that all changed by one factor from one export to the next: with taxes now or without them, per guest or per room."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.store.exported import imports, known_stays

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
    told = np.array(list(known_stays.price_factors(connection, property_id, import_id)), dtype=np.float64).reshape(-1, 2)
    told = told[np.abs(told[:, 0] - 1) > SAME / 10]
    if len(told) < max(FEWEST_BOOKINGS, MOST_OF_ALL * row.changed):
        return []
    factors, nights = told.T
    if _are_all(factors / nights) and not _are_all(factors):
        return [_of_whole_stays(len(told))]
    usual = float(np.median(factors))
    if abs(usual - 1) < LEAST or not _are_all(factors / usual):
        return []
    return [_by_one_factor(int((np.abs(factors / usual - 1) <= SAME).sum()), usual)]


def _are_all(factors: NDArray[np.float64]) -> bool:
    return bool((np.abs(factors - 1) <= SAME).mean() >= NEARLY_ALL)


def _by_one_factor(bookings: int, factor: float) -> Finding:
    return Finding(
        FindingKind.REPRICED,
        f"The prices of {bookings:,} known bookings are {factor:.2f} times what earlier exports told of the "
        "same stays. Rates and revenue before and after do not compare.",
        "Check in the PMS whether the report now tells prices with taxes, without, or in another currency, and change it back.",
        wants_person=True,
        now=f"{factor:.2f} times as much",
    )


def _of_whole_stays(bookings: int) -> Finding:
    return Finding(
        FindingKind.REPRICED,
        f"The column for the price per night now tells the price of the whole stay: it is the former price times the nights for "
        f"{bookings:,} known bookings. Rates and revenue are far too high.",
        "Let the report tell the price per night again, or name the column in a map as the total: hotelml import --propose FILE "
        "shows how. Then import the file again with that map.",
        wants_person=True,
        now="times the nights",
    )
