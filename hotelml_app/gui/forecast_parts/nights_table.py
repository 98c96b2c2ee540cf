"""The nights of the forecast as rows of a table."""

from __future__ import annotations

from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.tables.table import Cell, Column
from hotelml_app.services.nights.views import ForecastPoint


def night_columns(unit: str) -> tuple[Column, ...]:
    """Return the columns; ``unit`` stands in their headers."""
    return (
        Column("Night", width=104),
        Column("Books", unit, number=True, width=66, tip="On the books now"),
        Column("Pickup", unit, number=True, width=66, tip="Change on the books since yesterday"),
        Column("Forecast", unit, number=True, width=74, tip="What to expect"),
        Column("8 of 10", unit, number=True, width=88, tip="Eight of ten such nights end in this range"),
        Column("Last year", unit, number=True, stretch=True, tip="The same weekday a year ago"),
    )


def night_cells(place: Place, point: ForecastPoint) -> tuple[Cell, ...]:
    """Return the row of a night."""

    def number(value: float | None) -> Cell:
        return Cell(place.number(value), float("-inf") if value is None else value)

    span = f"{place.number(point.p10)} – {place.number(point.p90)}"
    pickup = place.change(point.pickup_since_yesterday)
    return (
        Cell(place.day(point.night), point.night.isoformat(), tip=point.event, colour="risk_text" if point.event else ""),
        number(point.on_books),
        Cell(pickup, point.pickup_since_yesterday or 0.0, "text_muted" if pickup in ("0", "–") else ""),
        Cell(place.number(point.p50), point.p50, strong=True),
        Cell(span, point.p90 - point.p10, "text_muted"),
        number(point.last_year),
    )
