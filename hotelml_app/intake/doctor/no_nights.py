"""Bookings that end on the day they begin: of day rooms there are few, of stays whose last night is called departure many."""

from __future__ import annotations

import numpy as np

from hotelml_app.core.bookings import OCCUPYING
from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.file_content import FileContent

FEWEST_BOOKINGS, MOST_DAY_ROOMS = 50, 0.15


def without_night(content: FileContent, owner: str) -> list[Finding]:
    """Return what to say where so many bookings that stand have no night as no house lets rooms by day."""
    nights = [np.zeros(0, dtype=np.int64)]
    for part in content.parts:
        if part.bookings is not None:
            rows = part.rows_of(owner)
            rows = rows[np.isin(part.bookings.status[rows], OCCUPYING)]
            nights.append(part.bookings.departure[rows].astype(np.int64) - part.bookings.arrival[rows])
    found = np.concatenate(nights) == 0
    if len(found) < FEWEST_BOOKINGS or found.mean() <= MOST_DAY_ROOMS:
        return []
    return [
        Finding(
            FindingKind.NO_NIGHTS,
            f"{found.mean():.0%} of the bookings end on the day they begin, and hold no room for a night. If what the report "
            "calls departure is the last night, all stays count as a night too short, and forecasts are far too low.",
            "Let the report tell the day of departure, or the number of nights.",
            wants_person=True,
            now=f"{int(found.sum()):,} of {len(found):,} bookings",
        )
    ]
