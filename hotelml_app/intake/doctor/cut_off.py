"""Exports that held all bookings to come, and one that holds half of them at most: it was cut off, or filtered."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.doctor.summary import ExportSummary
from hotelml_app.intake.missing_bookings import FEWEST_SEEN
from hotelml_app.store.corrected import missing
from hotelml_app.store.corrected.missing import Span

HABIT, ALL = 2, 0.9
"""So many of the last exports held so much of what was to come: the report is of all bookings, not of changes."""
FEW = 0.5
"""Where more are missing; what is said where fewer are is another matter."""


def cut_off(
    connection: sqlite3.Connection, property_id: int, new: ExportSummary, earlier: Sequence[ExportSummary]
) -> list[Finding]:
    """Return what to say where far fewer bookings to come are in an export than in each of the last ones."""
    shares = [one.share_seen for one in earlier[:HABIT] if one.share_seen is not None]
    before = max((one.business_date for one in earlier), default=new.business_date)
    if len(shares) < HABIT or min(shares) < ALL or before >= new.business_date:
        return []
    gone, seen = missing.count(connection, property_id, before, new.business_date, Span(new.business_date, date.max))
    if gone + seen < FEWEST_SEEN or seen >= FEW * (gone + seen):
        return []
    held = "none" if not seen else f"only {seen:,}"
    return [
        Finding(
            FindingKind.FEWER_ROWS,
            f"The export holds {held} of the {gone + seen:,} bookings to come that the last one held. The others still count as "
            "they were then.",
            "Check in the PMS whether the report was cut off or filtered, and export it again.",
            wants_person=True,
            was=f"{gone + seen:,} bookings to come",
            now=f"{seen:,} of them",
        )
    ]
