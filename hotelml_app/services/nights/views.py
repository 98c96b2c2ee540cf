"""What the Forecast page shows. Shares lie in [0, 1], money is in the currency of the property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.learning.views import MadeByView


@dataclass(frozen=True, slots=True)
class ForecastView:
    """The Forecast page: up to 90 nights of one metric, whole house (room_type and segment "") or one part of it.

    ``capacity`` are all rooms there are, those out of order among them.
    """

    property_name: str
    sentence: str
    freshness: Freshness
    metric: str
    unit: str
    room_type: str
    room_types: tuple[str, ...]
    capacity: float | None
    nights: tuple[ForecastPoint, ...]
    made_by: MadeByView
    segment: str = ""
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    """One night of the forecast chart, all in the view's unit.

    Of rooms sold, ``rooms`` can be sold, None where that is not known, and more are ``out_of_order``.
    """

    night: date
    on_books: float | None
    p10: float
    p25: float | None
    p50: float
    p75: float | None
    p90: float
    last_year: float | None
    pickup_since_yesterday: float | None
    event: str = ""
    pickup_since_last_week: float | None = None
    rooms: int | None = None
    out_of_order: int = 0
