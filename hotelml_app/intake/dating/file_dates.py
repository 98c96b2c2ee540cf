"""The business date of each property in a file: by a column, above the table, in the file's name, or by what happened last."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from hotelml_app.intake.dating import business_date
from hotelml_app.intake.dating.latest_event import hardly_begun, latest_event
from hotelml_app.intake.dating.several_exports import days_of
from hotelml_app.intake.file_content import FileContent


def business_dates(content: FileContent, today: date) -> tuple[dict[str, date], str]:
    """Return the business date of each property the file names, and where it was found."""
    event, slips = latest_event(content.parts, today)
    by_column = {name: day for name, day in _dates_of_column(content, today).items() if _is_taken(content, day, event, today)}
    names = list(dict.fromkeys(owner for part in content.parts for owner in part.owners))
    if by_column and set(by_column) >= set(names):
        return by_column, business_date.COLUMN
    if (own := days_of(content.parts, today)) is not None:
        content.notes.append(
            f"The file holds exports of {len(set(own))} days, {min(own)} to {max(own)}; each counts for its own."
        )
        latest = {name: max(day for day, part in zip(own, content.parts, strict=True) if name in part.owners) for name in names}
        return {**latest, **by_column}, business_date.FILE_NAME
    header = next((part.header_date for part in content.parts if part.header_date), None)
    if header is not None and not _is_taken(content, header, event, today):
        header = None
    if slips:
        content.notes.append(f"{slips} dates of what happened lie in the future; they do not count for the business date.")
    named = business_date.from_name(content.name, event, today)
    if not header and named and event == (before := named - timedelta(days=1)) and _is_still_to_come(content, named):
        content.notes.append(f"Of the arrivals of {named} none has come yet: the export counts as of the end of {before}.")
        named = before
    if not header and not named and event and _is_still_to_come(content, event) and hardly_begun(content.parts, event, today):
        before = event - timedelta(days=1)
        content.notes.append(
            f"Of {event} hardly anything is in it, and none of that day's arrivals has come: the export counts as of the end of "
            f"{before}."
        )
        event = before
    day = header or named or event or today
    found = business_date.HEADER if header else business_date.FILE_NAME if named else business_date.LATEST_EVENT
    return {name: by_column.get(name, day) for name in names}, found


def _is_still_to_come(content: FileContent, day: date) -> bool:
    told = [(part.bookings, part.typed.verdicts.taken) for part in content.parts if part.bookings is not None]
    if not told:
        return False
    status, arrival = (
        np.concatenate(days) for days in zip(*((a.status[rows], a.arrival[rows]) for a, rows in told), strict=True)
    )
    return business_date.is_still_to_come(day, status, arrival)


def _is_taken(content: FileContent, stated: date, event: date | None, today: date) -> bool:
    if business_date.may_be(stated, event, today):
        return True
    content.notes.append(f"The export says it is of {stated}, a day in the future; HotelML does not believe that.")
    return False


def _dates_of_column(content: FileContent, today: date) -> dict[str, date]:
    found: dict[str, date] = {}
    for part in content.parts:
        days = part.typed.days.get("business_date")
        for owner in part.owners if days is not None else ():
            latest = business_date.from_column(days[part.rows_of(owner)], today) if days is not None else None
            if latest is not None:
                found[owner] = max(found.get(owner, date.min), latest[0])
                if latest[1] > 1:
                    content.notes.append(f"The rows carry {latest[1]} business dates; the latest, {latest[0]}, counts for all.")
    return found
