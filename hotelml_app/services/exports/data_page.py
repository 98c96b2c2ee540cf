"""The Data page: the drop folder, what waits there, what came in, and the rows that could not be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.intake import objections
from hotelml_app.intake.proposing.proposal import role_words
from hotelml_app.ml.property.beginnings import first_arrival
from hotelml_app.services.asking.words import count, plain_day
from hotelml_app.services.exports.data_views import DataView, ImportView, MonthView, RejectedRowView, WaitingFileView
from hotelml_app.services.exports.export_health import export_checks
from hotelml_app.services.parts import Parts, stand_of
from hotelml_app.store.corrected import import_undo
from hotelml_app.store.exported import bookings, imports, reviews
from hotelml_app.store.exported.imports import ImportRow, RejectedRow
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow

IMPORTS_SHOWN = 60
REJECTED_SHOWN = 300
NOBODY = 0
"""The number that no property has."""


def build(parts: Parts, name: str) -> DataView:
    """Return the page of one property; one that is set up but never spoke yet has nothing but its folder to show."""
    with parts.store.read() as connection:
        row = properties.find(connection, name)
        # Files of another property are nothing to see here: of one that never spoke, only those that failed may be.
        about = row.id if row else NOBODY
        came_in = imports.recent(connection, IMPORTS_SHOWN, about)
        rejected = imports.rejected(connection, among=[one.id for one in came_in], limit=REJECTED_SHOWN)
        total, imported = sum(one.rejected for one in came_in), imports.count(connection, about)
        refused = {one.id: objections.standing(connection, one.sha256) or "" for one in came_in if one.status == imports.FAILED}
        kept = import_undo.kept(connection)
        known = bookings.count(connection, row.id) if row else 0
        reviewed = reviews.count(connection, row.id) if row else 0
    waiting = parts.folders.waiting(name)
    return DataView(
        property_name=name,
        sentence=_sentence(row, (known, reviewed), came_in, waiting, total),
        drop_folder=str(parts.folders.folder_of(name)),
        watching=parts.folders.watching(name),
        waiting=waiting,
        imports=tuple(import_view(one, kept, refused.get(one.id, "")) for one in came_in),
        rejected=tuple(_rejected_view(one) for one in rejected),
        rejected_total=total,
        imports_total=imported,
        bookings=known,
        reviews=reviewed,
        checks=export_checks(parts.store, row) if row else (),
        months=_months(parts, row) if row else (),
        reachable=parts.folders.reachable(name),
    )


def _months(parts: Parts, row: PropertyRow) -> tuple[MonthView, ...]:
    """Return how many bookings arrive in each month, those without any included; a mistyped arrival of long before is left out.

    Every booking is looked at for it, so it is kept until the next import.
    """

    def counted() -> tuple[MonthView, ...]:
        with parts.store.read() as connection:
            by_day = bookings.arrivals_by_day(connection, row.id)
        if not by_day or row.business_date is None:
            return ()
        begins = day_of(first_arrival(np.array([day_number(day) for day, _ in by_day]), day_number(row.business_date)))
        known = Counter[date]()
        for day, arrivals in by_day:
            if day >= begins:
                known[day.replace(day=1)] += arrivals
        months = _all_months(min(known), max(known)) if known else ()
        return tuple(MonthView(month, known[month]) for month in months)

    return parts.memory.derived(("arrivals", row.id), stand_of(parts.store, row), counted)


def _all_months(first: date, last: date) -> Iterator[date]:
    month = first
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def import_view(row: ImportRow, kept: Container[int] = (), objection: str = "") -> ImportView:
    """Return what is shown of an import; ``objection`` is what stands against a file that was refused.

    ``kept`` are the imports of which is known what they changed.
    """
    return ImportView(
        id=row.id,
        file_name=row.file_name,
        profile=row.profile,
        status=row.status,
        business_date=row.business_date,
        rows_read=row.rows_read,
        accepted=row.accepted,
        created=row.created,
        changed=row.changed,
        unchanged=row.unchanged,
        older=row.older,
        rejected=row.rejected,
        ignored=row.ignored,
        message=row.message,
        finished_at=row.finished_at,
        notes=row.notes,
        objection=objection,
        undoable=row.status == imports.DONE and row.id in kept,
    )


def _rejected_view(row: RejectedRow) -> RejectedRowView:
    columns = tuple((role_words(name), value) for name, value in sorted(row.columns.items()))
    return RejectedRowView(row.import_id, row.file_name, row.line, row.reason, columns)


def _sentence(
    row: PropertyRow | None,
    known: tuple[int, int],
    came_in: Sequence[ImportRow],
    waiting: Sequence[WaitingFileView],
    rejected: int,
) -> str:
    """Return the page's first line; ``known`` are bookings and guest reviews."""
    asking = sum(bool(one.question) for one in waiting)
    if not came_in and (row is None or row.business_date is None):
        if asking:
            return f"Nothing was imported yet: {count(asking, 'file waits', 'files wait')} for your answer."
        return "Nothing was imported yet: drop a PMS export into the folder below."
    bookings_known, reviews_known = known
    said = count(bookings_known, "booking")
    if reviews_known and not bookings_known:
        said = f"{count(reviews_known, 'guest review')} and no bookings"
    parts = [f"{said} known{_until(row.business_date if row else None)}."]
    newest = came_in[0] if came_in else None
    if newest and newest.status == imports.FAILED:
        parts.append(f"{newest.file_name} could not be read; the list says why.")
    if asking:
        parts.append(f"{count(asking, 'file waits', 'files wait')} for your answer.")
    if len(waiting) > asking:
        parts.append(f"{count(len(waiting) - asking, 'file')} waiting.")
    if rejected:
        parts.append(f"{count(rejected, 'row')} could not be used.")
    return " ".join(parts)


def _until(business_date: date | None) -> str:
    return f", as of the end of {plain_day(business_date)}" if business_date else ""
