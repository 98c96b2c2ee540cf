"""Bookings to come that an export no longer holds: changes only, a shorter report, or a PMS that lists no cancelled bookings.

Many desks export what is on the books and nothing else: there a booking that is cancelled is simply gone. Where a layout
has always held (nearly) all bookings to come and never a cancelled one, those that are missing are taken as cancelled;
they stand again as soon as an export brings them. Anywhere else they keep standing, and staff are told.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_of
from hotelml_app.intake.doctor.summary import ExportSummary
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.profile import Kind
from hotelml_app.store.corrected import missing
from hotelml_app.store.corrected.missing import Span
from hotelml_app.store.exported import bookings

FULL_SHARE = 0.7
"""An export of changes holds far fewer of the bookings to come, a full one loses a few in a hundred in a week."""
FEWEST_SEEN = 20
MOST_SHARE = 0.5
"""Exports of changes may overlap, so that each holds much of the one before; of all bookings to come it holds few."""

_ROOM, _STAY = re.compile(r"/\d+$"), re.compile(r" \(\d{4}(?:, \d+)?\)$")
"""What is added to a booking number for its further rooms, and for a stay to which it was given again."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What an export says of the bookings to come that were known before it.

    ``gone`` were in the last export of the layout and are not in this one, ``seen`` are in it again; ``cancelled`` are those
    that were taken as cancelled, from this layout's last exports. ``standing`` are all bookings to come that were known, as far
    as the export reaches; they are counted only where that decides something.
    """

    gone: int = 0
    seen: int = 0
    cancelled: int = 0
    standing: int = 0

    @property
    def holds_most(self) -> bool:
        """Return whether the export holds most of the bookings to come."""
        return self.seen >= MOST_SHARE * self.standing

    @property
    def share_seen(self) -> float | None:
        """Return how much of the known bookings to come the export holds; None where too few are known to say."""
        known = self.gone + self.seen
        return self.seen / known if known >= FEWEST_SEEN else None


def look_for_missing(
    connection: sqlite3.Connection,
    content: FileContent,
    owner: str,
    property_id: int,
    as_of: date,
    import_id: int,
    earlier: Sequence[ExportSummary],
) -> Missing:
    """Count the missing bookings of one property, which the file calls ``owner``, and cancel them where that is sure.

    ``earlier`` are the last exports of the layout, the one that came last first; it may be an older one that was found later.
    """
    before = max((one.business_date for one in earlier), default=as_of)
    if content.kind is not Kind.BOOKINGS or before >= as_of:
        return Missing()
    arrivals = [part.bookings.arrival[rows].max() for part in content.parts if part.bookings and len(rows := part.rows_of(owner))]
    if not arrivals:
        return Missing()
    last = day_of(int(max(arrivals)))
    found = Missing(*missing.count(connection, property_id, before, as_of, Span(as_of, last)))
    sure = _holds_all(found, earlier) and not _tells_cancelled(connection, content, owner, property_id)
    if found.gone or sure:
        found = replace(found, standing=missing.standing(connection, property_id, as_of, Span(as_of, last)))
    if not sure or not found.holds_most or not missing.may_be_cancelled(connection, property_id):
        return found
    there = _rows_of_each(content)
    since = min(one.business_date for one in earlier)
    due = Missing(*missing.count(connection, property_id, before, as_of, Span(before, as_of)))
    # Where the export tells of guests who came, it would tell of those who were due since the last one too.
    span = Span(before if due.seen and due.seen >= FULL_SHARE * (due.gone + due.seen) else as_of, last)
    records = [
        record
        for record in missing.cancelled_records(connection, property_id, content.profile, since, as_of, span)
        if not _is_there(str(record[0]), there)
    ]
    done = bookings.apply(connection, property_id, import_id, as_of, records)
    return replace(found, cancelled=done.changed)


def _holds_all(found: Missing, earlier: Sequence[ExportSummary]) -> bool:
    """Return whether this export and those before it hold nearly all bookings to come."""
    before = [one.share_seen for one in earlier if one.share_seen is not None]
    return bool(before) and all(share >= FULL_SHARE for share in (found.share_seen or 0.0, *before))


def _tells_cancelled(connection: sqlite3.Connection, content: FileContent, owner: str, property_id: int) -> bool:
    """Return whether the layout tells cancelled bookings, in this file or any before."""
    for part in content.parts:
        if {"cancelled_on", "is_cancelled"} & part.claim.places.keys():
            return True
        if part.bookings is not None and (part.bookings.status[part.rows_of(owner)] == BookingStatus.CANCELLED).any():
            return True
    return missing.ever_cancelled(connection, property_id, content.profile)


def _rows_of_each(content: FileContent) -> Counter[str]:
    """Return in how many rows each booking number stands in the file, without the zeros before it, also in unusable rows."""
    found: Counter[str] = Counter()
    for part in content.parts:
        told: Counter[str] = Counter()
        columns = [part.typed.words.get("reservation_id"), part.bookings.ids if part.bookings is not None else None]
        for column in columns:
            if column is not None:
                times = np.bincount(column.codes, minlength=len(column.labels)).tolist()
                told |= Counter({number.lstrip("0"): rows for number, rows in zip(column.labels, times, strict=True)})
        found += told
    return found


def _is_there(number: str, there: Counter[str]) -> bool:
    """Return whether a known booking number stands in a file, of the third room of a booking at least three rows.

    A file knows nothing of what was added here to tell rooms ("77/2") and stays ("77 (2026)") apart. But a PMS may have spaces
    and strokes in its own numbers: of "2026/00017" and "2026/00018" neither stands for the other.
    """
    one_stay = _STAY.sub("", number)
    written, rooms = {number, one_stay}, {one for one in (number, one_stay) if _ROOM.search(one)}
    if any(one.lstrip("0") in there for one in written):
        return True
    return any(there[_ROOM.sub("", one).lstrip("0")] >= int(one.rpartition("/")[2]) for one in rooms)
