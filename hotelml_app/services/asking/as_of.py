"""The day a request looks from: the business date, or an earlier day that something was known at the end of."""

from __future__ import annotations

from datetime import date

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.services.errors import DayOutsideDataError, NothingKnownError
from hotelml_app.store import Store
from hotelml_app.store.exported import reviews
from hotelml_app.store.hotels.properties import PropertyRow


def newest_day(store: Store, row: PropertyRow, manifest: ModuleManifest) -> date | None:
    """Return the day a module answers from by itself, the business date or the newest review's; None before any export."""
    if row.business_date is None or not manifest.reads_reviews:
        return row.business_date
    with store.read() as connection:
        newest = reviews.newest_day(connection, row.id)
    return max(row.business_date, newest) if newest is not None else row.business_date


def look_from(row: PropertyRow, newest: date | None, wanted: date | None) -> date:
    """Return the day to look from. Raises NothingKnownError, and DayOutsideDataError for a day after the ``newest``."""
    if newest is None:
        raise NothingKnownError(f"No export of {row.name} was read yet.", remedy="Read one with: hotelml import FILE")
    if wanted is not None and wanted > newest:
        raise DayOutsideDataError(
            f"{wanted} lies after the newest export of {row.name}, which is from the end of {newest}.",
            remedy="Choose that day or an earlier one, or import a newer export.",
        )
    return wanted or newest


def refuse_empty(data: PropertyData, day: date) -> None:
    """Raise DayOutsideDataError where neither a booking nor a review was known at the end of ``day``, but is now."""
    if day >= data.as_of:
        # All there is was known then: bookings are not read for that.
        return
    history = data.history
    if not len(history):
        return
    first = day_of(int(history.known_from.min()))
    if day < first and not data.at(day).reviews:
        raise DayOutsideDataError(
            f"Nothing was known about {data.facts.name} at the end of {day}: the first booking was made on {first}.",
            remedy="Choose a later day with --as-of.",
        )
