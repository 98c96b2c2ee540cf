"""Room types in which nobody sleeps: accounts for postings and groups stand in many lists as if they were rooms."""

from __future__ import annotations

import numpy as np

from hotelml_app.core.bookings import OCCUPYING
from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.file_content import FileContent, Part
from hotelml_app.intake.rows.records import Rows

FEWEST_BOOKINGS, NEARLY_ALL = 20, 0.95
USUALLY_TOLD = 0.8
"""Of the other bookings so many must tell a guest: else the report does not tell them."""


def pseudo_rooms(content: FileContent, owner: str) -> list[Finding]:
    """Return what to say of room types whose bookings that stand have neither a guest nor a price."""
    found: dict[str, int] = {}
    for part in content.parts:
        if part.bookings is not None:
            found |= _without_guests(part, part.rows_of(owner))
    if not found:
        return []
    named, rows = ", ".join(map(repr, found)), sum(found.values())
    return [
        Finding(
            FindingKind.PSEUDO_ROOMS,
            f"{rows:,} bookings of room type {named} have neither guests nor a price. If they are accounts for postings and no "
            "rooms, each of them counts as a room sold, and forecasts are too high.",
            "Let the report leave them out.",
            wants_person=True,
            details=tuple(found),
            now=f"{rows:,} bookings",
        )
    ]


def _without_guests(part: Part, rows: Rows) -> dict[str, int]:
    """Return the room types in which nobody sleeps, with the number of their bookings."""
    told = part.bookings
    if told is None:
        return {}
    rows = rows[np.isin(told.status[rows], OCCUPYING)]
    guests = told.numbers["adults"][rows] + np.nan_to_num(told.numbers["children"][rows])
    price = np.nan_to_num(told.numbers["adr"][rows]) + np.nan_to_num(told.numbers["total"][rows])
    nobody, kinds = (guests == 0) & (price == 0), told.words["room_type"]
    codes, kind_count = kinds.codes[rows], len(kinds.labels)
    times, empty = np.bincount(codes, minlength=kind_count), np.bincount(codes, nobody, kind_count)
    pseudo = (times >= FEWEST_BOOKINGS) & (empty >= NEARLY_ALL * times) & np.array([bool(label) for label in kinds.labels])
    others = ~pseudo[codes]
    if not others.any() or (guests[others] > 0).mean() < USUALLY_TOLD:
        return {}
    return {kinds.labels[code]: int(times[code]) for code in np.flatnonzero(pseudo).tolist()}
