"""An export without a booking: on a quiet day, one that holds changes alone is nothing but the names of its columns.

Nothing changed, then, and the books are as fresh as the export. Where the exports of the layout hold every booking, one without
any is a broken one: nothing is lost by it either, but the business date stays, so that the missing export is seen.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

from hotelml_app.intake.dating import business_date
from hotelml_app.intake.doctor.examine import examine_empty
from hotelml_app.intake.errors import EmptyFileError
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.owners import known_owner
from hotelml_app.intake.profile import Kind
from hotelml_app.intake.report import PropertyShare
from hotelml_app.intake.storing import Stored
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.hotels import properties

NO_ROW = "The export holds no row: nothing changed."


def told_day(content: FileContent, today: date) -> tuple[date | None, str]:
    """Return the day that an export without bookings tells, above the names of its columns or in its name, and where."""
    in_header = [
        part.header_date for part in content.parts if part.header_date and business_date.may_be(part.header_date, None, today)
    ]
    if in_header:
        return max(in_header), business_date.HEADER
    names = dict.fromkeys([content.name, *(part.document for part in content.parts)])
    in_names = [day for name in names if (day := business_date.from_name(name, None, today))]
    return (max(in_names), business_date.FILE_NAME) if in_names else (None, "")


def store_quiet(
    connection: sqlite3.Connection, content: FileContent, draft: imports.ImportRow, default_property: str | None
) -> Stored | None:
    """Note an export without bookings and return what came of it; None where it is to be stored like any other.

    Raises EmptyFileError where there is no row and no booking is known yet that could have stayed as it was.
    """
    if content.taken:
        return None
    if not any(bookings.count(connection, row.id) for row in properties.all(connection)):
        if content.rows_read:
            return None
        raise EmptyFileError(
            f"{content.name} has column names but no row below them.", remedy="Export it again with a longer period."
        )
    day, found = told_day(content, draft.received_at.astimezone().date())
    import_id = imports.record(connection, draft)
    stored = Stored(import_id, draft)
    owner = known_owner(connection, default_property)
    if owner is not None:
        stored.findings = examine_empty(connection, content, owner)
        moves = day is not None and content.kind is Kind.BOOKINGS and not stored.findings
        share = _share(connection, owner, day if moves else None)
        if share is not None:
            imports.add_property(connection, import_id, share.property_id, share.business_date, 0)
            stored.shares.append(share)
    told = stored.shares[0].business_date if stored.shares else None
    stored.row = replace(
        draft,
        profile=content.profile,
        business_date=told,
        business_date_from=found if told is not None and told == day else "",
        rows_read=content.rows_read,
        ignored=content.ignored,
        message=NO_ROW if not content.rows_read else "The export holds no booking: nothing changed.",
        notes=tuple(dict.fromkeys(content.notes)),
    )
    return stored


def _share(connection: sqlite3.Connection, property_id: int, day: date | None) -> PropertyShare | None:
    """Move the property's business date to ``day``, where there is one, and return the day that the export counts from."""
    if day is not None and bookings.count(connection, property_id):
        properties.set_business_date(connection, property_id, day)
    row = properties.get(connection, property_id)
    counts_from = min(day or row.business_date, row.business_date) if row.business_date else None
    return PropertyShare(row.name, property_id, counts_from, 0) if counts_from is not None else None
