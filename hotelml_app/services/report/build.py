"""Putting a report together: one sheet after the other, and in words why one has nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.report.arrivals import ARRIVALS, arrivals_sheet
from hotelml_app.services.report.looking_back import LookingBack
from hotelml_app.services.report.nights import NIGHTS, ROOM_TYPES, nights_sheet, room_types_sheet
from hotelml_app.services.report.rates import RATES, rates_sheet
from hotelml_app.services.report.reviews import REVIEWS, reviews_sheet
from hotelml_app.services.report.summary import SUMMARY, origin_of, summary_sheet
from hotelml_app.services.report.views import Report, Sheet

USUAL_DAYS, MOST_DAYS = 28, 90
NOT_BACK = "This report looks back to a past day. {what} are told as of the business date only: leave the day out."

Steps = dict[str, Callable[[], Sheet]]


def build(
    now: Ground,
    day: date | None = None,
    days: int = USUAL_DAYS,
    progress: ProgressCallback = no_progress,
    cancel: CancelToken | None = None,
) -> Report:
    """Return the report as of the business date, or of a ``day`` before it. Raises DayOutsideDataError."""
    cancel = cancel or CancelToken()
    ground = now if day is None or day == now.as_of else LookingBack(now, day, cancel)
    steps = _steps(ground, days)
    sheets = []
    for number, (title, make) in enumerate(steps.items()):
        progress(number / (len(steps) + 1), title)
        cancel.check()
        sheets.append(replace(_or_why(title, make), origin=(origin_of(ground),)))
    progress(len(steps) / (len(steps) + 1), SUMMARY)
    cancel.check()
    made_at = now.parts.clock.now()
    return Report(
        property_name=now.row.name,
        country=now.row.country or "",
        currency=ground.currency,
        as_of=ground.as_of,
        days=days,
        made_at=made_at,
        sheets=(summary_sheet(ground, sheets, made_at), *sheets),
    )


def _steps(ground: Ground, days: int) -> Steps:
    steps: Steps = {
        NIGHTS: lambda: nights_sheet(ground, days),
        ARRIVALS: lambda: arrivals_sheet(ground, days),
        RATES: lambda: rates_sheet(ground, days),
        ROOM_TYPES: lambda: room_types_sheet(ground, days),
        REVIEWS: lambda: reviews_sheet(ground),
    }
    if isinstance(ground, LookingBack):
        steps |= {title: lambda title=title: Sheet(title, NOT_BACK.format(what=title)) for title in (RATES, REVIEWS)}  # type: ignore[misc]
    return steps


def _or_why(title: str, make: Callable[[], Sheet]) -> Sheet:
    try:
        return make()
    except Cancelled:
        raise
    except HotelMLError as error:
        return Sheet(title, str(error))
