"""Direct labels of the forecast chart: names at the end of the lines, events at the top."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.asking.words import count as rooms_counted
from hotelml_app.services.nights.views import ForecastView

LINE_PIXELS = 14
TAIL = 7
"""Nights at the end over which a line's height is averaged for its label."""

EVENT_LINES = 2
EVENT_SHIFT = 0.8
"""How many nights before its mark the name of an event begins."""

EVENT_GAP_PIXELS = 10
LEAST_NAME_PIXELS = 64
"""A name is not cut shorter than this for the next one."""


class PlotLabels:
    """Text on a plot, placed again for every view."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._plot = plot
        self._texts: list[pg.TextItem] = []
        self._marks = pg.ScatterPlotItem(size=7, symbol="t", pxMode=True)
        self._marks.setZValue(20)
        plot.addItem(self._marks)

    def show_view(self, view: ForecastView, place: Place, colours: Palette, low: float, high: float) -> None:
        """Name the lines and the events of a view on a scale from ``low`` to ``high``."""
        for old in self._texts:
            self._plot.removeItem(old)
        self._texts.clear()
        self._name_lines(view, place, colours, low, high)
        self._mark_events(view, colours, low, high)

    def _name_lines(self, view: ForecastView, place: Place, colours: Palette, low: float, high: float) -> None:
        count = len(view.nights)
        wanted = [("Forecast", colours.chart_forecast, tail_height([point.p50 for point in view.nights]))]
        last_year = tail_height([point.last_year for point in view.nights])
        if last_year is not None:
            wanted.append(("Last year", colours.text_muted, last_year))
        if view.capacity is not None:
            to_sell = view.capacity - (view.nights[-1].out_of_order if view.nights else 0)
            wanted.append((place.spoken(rooms_counted(to_sell, "room")), colours.text_muted, to_sell))
        pixels = max(self._plot.getViewBox().height(), 100.0)
        gap = LINE_PIXELS * (high - low) / pixels
        # A name beside a line at the foot, as of a house that is closed, would lie half below the axis.
        heights = spread([max(height or low, low + gap / 2) for _, _, height in wanted], gap)
        for (text, colour, _), height in zip(wanted, heights, strict=True):
            self._write(text, colour, count - 0.3, height, (0.0, 0.5))
        books = max((point.on_books or 0.0 for point in view.nights[:10]), default=0.0)
        if books > low:
            self._write("On the books", colours.text_muted, 0.0, low + (books - low) * 0.12, (0.0, 0.5))

    def _mark_events(self, view: ForecastView, colours: Palette, low: float, high: float) -> None:
        nights = [(index, point.event) for index, point in enumerate(view.nights) if point.event]
        top = high - (high - low) * 0.015
        self._marks.setData([index for index, _ in nights], [top for _ in nights])
        self._marks.setBrush(pg.mkBrush(colours.chart_event))
        self._marks.setPen(pg.mkPen(None))
        line = LINE_PIXELS * (high - low) / max(self._plot.getViewBox().height(), 100.0)
        shown, _ = self._plot.getViewBox().viewRange()
        nights_per_pixel = (shown[1] - shown[0]) / max(self._plot.getViewBox().width(), 100.0)
        ends = (shown[1] + EVENT_SHIFT) / nights_per_pixel
        for one in placed_names([(index / nights_per_pixel, event) for index, event in nights], ends):
            at = one.begins * nights_per_pixel - EVENT_SHIFT
            self._write(one.text, colours.risk_text, at, top - line * (one.line + 0.9), (0.0, 0.5))

    def _write(self, text: str, colour: str, x: float, y: float, anchor: tuple[float, float]) -> None:
        made = pg.TextItem(text, color=colour, anchor=anchor)
        made.setFont(text_font(tokens.SIZE_CAPTION))
        made.setZValue(20)
        made.setPos(x, y)
        self._plot.addItem(made, ignoreBounds=True)
        self._texts.append(made)


@dataclass
class EventName:
    """The name of an event as it is written: where it begins, in pixels, on which line, and what of it there is room for."""

    begins: float
    text: str
    line: int

    @property
    def ends(self) -> float:
        """Where the next name on the line may begin."""
        return self.begins + _letters().horizontalAdvance(self.text) + EVENT_GAP_PIXELS

    def end_before(self, begins: float) -> None:
        """Leave room for a name that begins there."""
        room = int(begins - self.begins - EVENT_GAP_PIXELS)
        self.text = _letters().elidedText(self.text, Qt.TextElideMode.ElideRight, room)


def placed_names(events: Sequence[tuple[float, str]], ends: float = inf) -> list[EventName]:
    """Place the names of events, each given with the pixel where it begins: the first of nights in a row is named.

    A name that would not end before ``ends``, the edge of the chart, begins earlier.
    A name for which no line is free cuts the longest one short; where too little of that would be left it is not written.
    """
    placed: list[EventName] = []
    for number, (begins, event) in enumerate(events):
        if number and event == events[number - 1][1]:
            continue
        begins = max(min(begins, ends - EVENT_GAP_PIXELS - _letters().horizontalAdvance(event)), 0.0)
        last = {one.line: one for one in placed}
        free = next((line for line in range(EVENT_LINES) if line not in last or last[line].ends <= begins), None)
        if free is None:
            before = min(last.values(), key=lambda one: one.begins)
            if begins - before.begins < LEAST_NAME_PIXELS:
                continue
            before.end_before(begins)
            free = before.line
        placed.append(EventName(begins, event, free))
    return placed


def _letters() -> QFontMetricsF:
    return QFontMetricsF(text_font(tokens.SIZE_CAPTION))


def tail_height(values: Sequence[float | None]) -> float | None:
    """Return the mean of the last few values, or None where there are none."""
    known = [value for value in values[-TAIL:] if value is not None]
    return sum(known) / len(known) if known else None


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Move heights apart until each is ``gap`` from the next; their order stays."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = list(heights)
    for before, after in itertools.pairwise(order):
        placed[after] = max(placed[after], placed[before] + gap)
    return placed
