"""The day a request looks from: the business date, or an earlier day that something was known at the end of."""

from __future__ import annotations

from datetime import date

from hotelml_app.core.clock import day_of
from hotelml_app.ml.property_data import PropertyData
from hotelml_app.services.errors import DayOutsideDataError, NothingKnownError
from hotelml_app.store.properties import PropertyRow


def look_from(row: PropertyRow, wanted: date | None) -> date:
    """Return the day to look from. Raises NothingKnownError, and DayOutsideDataError for a day after the business date."""
    if row.business_date is None:
        raise NothingKnownError(f"No export of {row.name} was read yet.", remedy="Read one with: hotelml import FILE")
    if wanted is not None and wanted > row.business_date:
        raise DayOutsideDataError(
            f"{wanted} lies after the newest export of {row.name}, which is from the end of {row.business_date}.",
            remedy="Choose that day or an earlier one, or import a newer export.",
        )
    return wanted or row.business_date


def refuse_empty(data: PropertyData, day: date) -> None:
    """Raise DayOutsideDataError where neither a booking nor a review was known at the end of ``day``, but is now."""
    history = data.history
    if not len(history):
        return
    first = day_of(int(history.known_from.min()))
    if day < first and not data.at(day).reviews:
        raise DayOutsideDataError(
            f"Nothing was known about {data.facts.name} at the end of {day}: the first booking was made on {first}.",
            remedy="Choose a later day with --as-of.",
        )
