"""What the Arrivals page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.learning.views import MadeByView

if TYPE_CHECKING:
    from hotelml_app.services.arrivals.overbooking_views import OverbookingAdvice


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """One arrival and the risk that it is lost. ``band`` is low | raised | high | unknown; reasons are short phrases.

    ``usual`` is the share lost of all bookings so many days before arrival, against which the band is measured.
    """

    reservation_id: str
    arrival: date
    nights: int
    rooms: int
    room_type: str
    channel: str
    segment: str
    rate: float | None
    adults: int | None
    p_lost: float | None
    p_noshow: float | None
    band: str
    reasons: tuple[str, ...]
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class ArrivalsView:
    """The Arrivals page: a day's arrivals, riskiest first, how likely rooms are lost (index = rooms), whom staff ``called``.

    ``advice`` is None where nobody knows how many rooms there are.
    """

    property_name: str
    sentence: str
    freshness: Freshness
    day: date
    days: tuple[date, ...]
    arrivals: tuple[ArrivalView, ...]
    lost_rooms_probability: tuple[float, ...]
    expected_lost: float
    made_by: MadeByView
    advice: OverbookingAdvice | None = None
    called: frozenset[str] = frozenset()
