"""What a night of the forecast says, in words."""

from __future__ import annotations

from hotelml_app.gui.place import Place
from hotelml_app.services.nights.views import ForecastPoint, ForecastView

METRIC_WORDS = {"rooms_sold": "Rooms", "adr": "Average rate", "revenue": "Room revenue", "arrivals": "Arrivals"}
MONEY = ("adr", "revenue")


def amount(place: Place, view: ForecastView, value: float | None) -> str:
    """Return a figure in the view's unit, with a currency sign where it is money."""
    return place.money(value) if view.metric in MONEY else place.number(value)


def readout_words(place: Place, view: ForecastView, point: ForecastPoint) -> str:
    """Return a night in one line, for a screen reader."""
    day = f"{place.day(point.night)}, {point.event}" if point.event else place.day(point.night)
    return f"{day}: {', '.join(f'{name} {value}' for name, value in readout(place, view, point))}"


def readout(place: Place, view: ForecastView, point: ForecastPoint) -> tuple[tuple[str, str], ...]:
    """Return everything known of a night as pairs of name and text."""
    pairs = [
        ("On the books", amount(place, view, point.on_books)),
        ("Since yesterday", place.change(point.pickup_since_yesterday)),
        ("Forecast", amount(place, view, point.p50)),
        ("8 of 10 nights", _range(*(amount(place, view, one) for one in (point.p10, point.p90)))),
    ]
    if point.p25 is not None and point.p75 is not None:
        pairs.append(("Half of them", _range(*(amount(place, view, one) for one in (point.p25, point.p75)))))
    pairs.append(("Last year", amount(place, view, point.last_year)))
    if any(one.out_of_order for one in view.nights):
        pairs.append(("Out of order", place.number(point.out_of_order)))
    return tuple(pairs)


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
