"""One night of the invented hotels in detail."""

from __future__ import annotations

from datetime import date, timedelta

import fake_views

from hotelml_app.core.errors import UsageError
from hotelml_app.services.nights.night_views import CurvePoint, NightChangeView, NightDetailView


def night(name: str, wanted: date, room_type: str, segment: str) -> NightDetailView:
    points = fake_views.points(name, "rooms_sold", room_type or segment, 90)
    point = next((one for one in points if one.night == wanted), None)
    if point is None:
        raise UsageError("There is no forecast for that night.", remedy="Choose another.")
    ahead = (wanted - points[0].night).days + 1
    books = point.on_books or 0.0
    curve = tuple(
        CurvePoint(lead, books * (90 - lead) / (90 - ahead) if lead >= ahead else None, *_usual(point.p50, lead))
        for lead in range(90, -1, -1)
    )
    return NightDetailView(
        property_name=name,
        part=room_type or segment,
        sentence=f"{books:.0f} rooms on the books, {point.p50:.0f} expected.",
        freshness=fake_views.freshness(),
        made_by=fake_views.OWN,
        point=point,
        days_ahead=ahead,
        curve=curve,
        similar=tuple(wanted - timedelta(weeks=52 + week) for week in range(8)),
        changes=(
            NightChangeView("41007", "cancelled", -2.0, "A", "Direct", 96.0),
            NightChangeView("41044", "new", 1.0, "B", "", None),
        ),
        since=points[0].night - timedelta(days=2),
        track="Forecasts 2 to 8 days ahead of the last 28 nights were off by 4.1 % against 6.0 % for pickup.",
    )


def _usual(end: float, lead: int) -> tuple[float, float, float]:
    stood = end * (90 - lead) / 90
    return (0.9 * stood, stood, 1.1 * stood)
