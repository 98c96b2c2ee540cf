"""Several exports in one file, each of its own day: the daily ones that somebody packed together.

Each is as old as it says itself; taken as one, the oldest might have the last word and the days between would be lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hotelml_app.intake.dating import business_date
from hotelml_app.intake.dating.latest_event import latest_event
from hotelml_app.intake.file_content import Part


def days_of(parts: Sequence[Part], today: date) -> list[date] | None:
    """Return the business date of each part, where every document in the file tells its own and they differ; else None."""
    if len({part.document for part in parts}) < 2:
        return None
    days = [_day_of(part, today) for part in parts]
    told = [day for day in days if day is not None]
    return told if len(told) == len(days) and len(set(told)) > 1 else None


def _day_of(part: Part, today: date) -> date | None:
    event = latest_event([part], today)[0]
    if part.header_date is not None and business_date.may_be(part.header_date, event, today):
        return part.header_date
    column = part.typed.days.get("business_date")
    latest = business_date.from_column(column[part.typed.verdicts.taken], today) if column is not None else None
    if latest is not None and business_date.may_be(latest[0], event, today):
        return latest[0]
    return business_date.from_name(part.document, event, today)
