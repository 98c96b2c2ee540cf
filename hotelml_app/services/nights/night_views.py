"""What is shown of one night of the forecast: how it fills, what changed, how good such forecasts were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.learning.views import MadeByView
from hotelml_app.services.nights.views import ForecastPoint


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Rooms on the books ``days_before`` the night: of this night, and what half of the similar nights lay between.

    None where nobody can know yet, or where no similar night is known.
    """

    days_before: int
    booked: float | None
    usual_low: float | None
    usual: float | None
    usual_high: float | None


@dataclass(frozen=True, slots=True)
class NightChangeView:
    """A booking that changed what the night holds; ``rooms`` is how many it brought, or took (below zero).

    ``other_currency`` is the one its rate is in where the export named another than the property has now.
    """

    reservation_id: str
    what: str
    rooms: float
    room_type: str
    channel: str
    rate: float | None
    other_currency: str = ""


@dataclass(frozen=True, slots=True)
class NightDetailView:
    """One night in rooms; ``part`` is "" for the whole house, else the room type or segment.

    ``curve`` runs from the farthest day before the night to the night itself. ``changes`` are those since ``since``, the
    greatest first. ``track`` says how good forecasts so many days ahead were, "" where nothing was judged.
    """

    property_name: str
    part: str
    sentence: str
    freshness: Freshness
    made_by: MadeByView
    point: ForecastPoint
    days_ahead: int
    curve: tuple[CurvePoint, ...]
    similar: tuple[date, ...]
    changes: tuple[NightChangeView, ...]
    since: date
    track: str
