"""Exports that end some days ahead: a list of the next arrivals, or of guests who left, holds nothing of the nights after."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.written_days import said_day
from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.doctor.summary import ExportSummary
from hotelml_app.intake.file_content import FileContent
from hotelml_app.store.corrected import missing

FEWEST_BOOKINGS = 30
"""Whose day of booking is told: of fewer nothing is usual."""

SHORT_DAYS, MADE_EARLIER, FEWEST_DAYS = 30, 0.25, 3
"""One export is enough to see that it ends so soon, where so many of its bookings, of so many arrivals, were made earlier."""

ALIKE, WITHIN_DAYS, FEW_MADE_EARLIER = 3, 1, 0.05
"""So many exports of different days that all end as many days ahead are cut off there, not where bookings end."""

LATELY = timedelta(days=14)
FEWEST_BEYOND = 5
"""Bookings beyond that another export brought lately: then nothing is missing."""

REMEDY = "Let the report reach as far ahead as bookings are taken, a year or more."


def short_reach(
    connection: sqlite3.Connection,
    content: FileContent,
    owner: str,
    property_id: int,
    new: ExportSummary,
    earlier: Sequence[ExportSummary],
) -> list[Finding]:
    """Return what to say of an export of bookings that ends sooner than bookings are made."""
    leads, days = _leads(content, owner)
    if new.reach is None or len(leads) < FEWEST_BOOKINGS:
        return []
    share = float((leads > max(new.reach, 0)).mean())
    soon = new.reach < SHORT_DAYS and days >= FEWEST_DAYS and share >= MADE_EARLIER and _moves_on(new, earlier)
    last = new.business_date + timedelta(days=new.reach)
    if not soon and not (share >= FEW_MADE_EARLIER and _is_habit(new, earlier)):
        return []
    if missing.seen_beyond(connection, property_id, last, new.business_date - LATELY) >= FEWEST_BEYOND:
        return []
    if new.reach <= 0:
        sentence = f"The export holds no booking to come, though {share:.0%} of its bookings were made days before arrival."
    else:
        ahead = "a day" if new.reach == 1 else f"{new.reach} days"
        sentence = (
            f"No booking of the export arrives after {said_day(last)}, {ahead} ahead, though {share:.0%} of its bookings were "
            "made longer before arrival."
        )
    told = f"{sentence} If it leaves out later arrivals, the forecasts of those nights are far too low."
    return [Finding(FindingKind.SHORT_REACH, told, REMEDY, wants_person=True, now=f"arrivals until {last}")]


def _leads(content: FileContent, owner: str) -> tuple[NDArray[np.int32], int]:
    """Return the days from booking to arrival of the bookings that tell them, and on how many days these arrive."""
    found, arrivals = [np.zeros(0, dtype=np.int32)], set[int]()
    for part in content.parts:
        if part.bookings is not None:
            rows = part.rows_of(owner)
            rows = rows[part.bookings.booked_said[rows]]
            found.append(part.bookings.arrival[rows] - part.bookings.booked_on[rows])
            arrivals.update(np.unique(part.bookings.arrival[rows]).tolist())
    return np.concatenate(found), len(arrivals)


def _moves_on(new: ExportSummary, earlier: Sequence[ExportSummary]) -> bool:
    """Return whether the end moves with the days, as that of a list does; a house that closes for winter has one that stands."""
    before = next((one for one in earlier if one.reach is not None and one.business_date < new.business_date), None)
    if before is None:
        return True
    passed = (new.business_date - before.business_date).days
    return (new.reach or 0) + passed - (before.reach or 0) > passed / 2


def _is_habit(new: ExportSummary, earlier: Sequence[ExportSummary]) -> bool:
    reaches: dict[object, int] = {}
    for one in (new, *earlier):
        if one.reach is not None:
            reaches.setdefault(one.business_date, one.reach)
    last = list(reaches.values())[:ALIKE]
    return len(last) == ALIKE and max(last) - min(last) <= WITHIN_DAYS
