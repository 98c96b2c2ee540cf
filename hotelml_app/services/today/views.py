"""What the Today page shows. Shares lie in [0, 1], money is in the currency of the property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.services.learning.views import MadeByView


@dataclass(frozen=True, slots=True)
class NightView:
    """One night of the house. ``rooms`` can be sold, ``out_of_order`` are more.

    ``rooms_low``/``rooms_high`` hold 80 % of such nights.
    """

    night: date
    rooms: int | None
    on_books: float
    pickup_since_yesterday: float
    pickup_since_last_week: float
    expected: float
    rooms_low: float
    rooms_high: float
    expected_low50: float | None
    expected_high50: float | None
    last_year: float | None
    arrivals: float
    departures: float
    expected_lost: float
    adr: float | None
    revenue: float | None
    event: str = ""
    out_of_order: int = 0

    @property
    def occupancy(self) -> float | None:
        """Expected rooms sold as a share of the rooms that can be sold."""
        return self.expected / self.rooms if self.rooms else None

    @property
    def occupancy_in_rooms(self) -> float | None:
        """The same of whole rooms, to stand beside them: "8 of 12" are 67 % wherever they are shown."""
        return round(self.expected) / self.rooms if self.rooms else None


@dataclass(frozen=True, slots=True)
class TodayView:
    """The Today page: the sentence it opens with, tonight and six more nights, and what needs a decision.

    ``may_not_come`` are the riskiest arrivals of the day that the call list is about, else of the first on which any stands out.
    """

    property_name: str
    sentence: str
    freshness: Freshness
    nights: tuple[NightView, ...]
    may_not_come: tuple[ArrivalView, ...]
    decisions: tuple[DecisionView, ...]
    warnings: tuple[WarningView, ...]
    overnight: tuple[str, ...]
    forecast_by: MadeByView
    noshow_by: MadeByView


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A thing to decide, with the one button that leads there: to a ``day`` of a page, or to the question about a ``file``.

    Where a ``hotel`` is named, the page is that of this other hotel.
    """

    title: str
    detail: str
    button: str
    page: str
    file: str = ""
    day: date | None = None
    hotel: str = ""
