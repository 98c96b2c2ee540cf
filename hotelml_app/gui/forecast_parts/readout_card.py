"""Everything known of one night of the forecast, in a line above the chart."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from hotelml_app.gui.charts.readout import readout
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column
from hotelml_app.gui.widgets.labels import ElidedLabel, label
from hotelml_app.services.nights.views import ForecastPoint, ForecastView

PARTS = 7
USUAL_PARTS = PARTS - 1
"""Rooms out of order take no place where there are none."""

NIGHT_WIDTH = 13 * tokens.GRID


class ReadoutCard(QFrame):
    """Names and figures side by side; what is not known of a night stays blank."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.night = label(role="strong")
        self.event_name = ElidedLabel(role="event")
        self.names = tuple(label(role="caption") for _ in range(PARTS))
        self.values = tuple(label(role="strong") for _ in range(PARTS))
        for one in (self.night, self.event_name):
            one.setFixedWidth(NIGHT_WIDTH)
        line = QHBoxLayout()
        line.addLayout(column((self.night, self.event_name), gap=0))
        for name, value in zip(self.names, self.values, strict=True):
            line.addLayout(column((name, value), gap=0), 1)
        line.setContentsMargins(tokens.SPACE_2, tokens.SPACE_HALF, tokens.SPACE_1, tokens.SPACE_HALF)
        line.setSpacing(tokens.SPACE_2)
        self.setLayout(line)
        self.setFixedHeight(6 * tokens.GRID)

    def show_point(self, place: Place, view: ForecastView, point: ForecastPoint) -> None:
        """Show another night."""
        self.night.setText(place.day(point.night))
        self.event_name.setText(point.event)
        pairs = readout(place, view, point)
        for position, (name, value) in enumerate(zip(self.names, self.values, strict=True)):
            known = position < len(pairs)
            name.setText(pairs[position][0] if known else "")
            value.setText(pairs[position][1] if known else "")
            name.setVisible(known or position < USUAL_PARTS)
            value.setVisible(known or position < USUAL_PARTS)
