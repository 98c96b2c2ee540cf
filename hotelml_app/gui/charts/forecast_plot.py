"""The forecast chart: on the books filled, the forecast with its bands, last year thin, the house dashed, events marked.

pyqtgraph is imported with this file, so this file is imported when the Forecast page is first opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QFocusEvent, QKeyEvent, QResizeEvent

from hotelml_app.gui.charts.forecast_axis import NightAxis, NumberAxis
from hotelml_app.gui.charts.plot_labels import PlotLabels
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.nights.views import ForecastPoint, ForecastView

OUTER_ALPHA, INNER_ALPHA = 40, 70
HEADROOM = 1.2
LABEL_PIXELS = 68
"""Kept free at the right for the names of the lines."""
Curve = NDArray[np.float64]

pg.setConfigOptions(antialias=True)


class PlotFrame:
    """The axes and what is between them, without pyqtgraph's menus; making it takes as long as all the rest of a chart."""

    def __init__(self) -> None:
        self.nights = NightAxis()
        self.numbers = NumberAxis()
        self.item = pg.PlotItem(enableMenu=False, axisItems={"bottom": self.nights, "left": self.numbers})


class ForecastPlot(pg.PlotWidget):
    """Draws a ForecastView; tells which night the mouse, or the arrow keys, point at."""

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, frame: PlotFrame | None = None) -> None:
        frame = frame or PlotFrame()
        self._nights, self._numbers = frame.nights, frame.numbers
        self._count = 0
        self._dates: tuple[date, ...] = ()
        super().__init__(plotItem=frame.item)
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Forecast chart; left and right arrow move from night to night")
        item = self.getPlotItem()
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.getViewBox().setDefaultPadding(0)
        item.setContentsMargins(0, 4, 0, 0)
        self._make_items()
        self._labels = PlotLabels(item)
        self._naming = QTimer(self, interval=0, singleShot=True)
        self._naming.timeout.connect(self._name)
        self._named: tuple[ForecastView, Place, Palette, float, float] | None = None
        self.scene().sigMouseMoved.connect(self._mouse_moved)
        self.scene().sigMouseClicked.connect(self._mouse_clicked)

    def show_view(self, view: ForecastView, place: Place) -> None:
        """Draw another forecast."""
        colours = appearance().colours
        points = view.nights
        self._count = len(points)
        x = np.arange(self._count, dtype=float)
        self._paint(colours)
        self._fill(points, x)
        self._nights.show_nights([point.night for point in points], place)
        self._numbers.speak(lambda value: place.number(value))
        low, high = value_range(view)
        self._capacity.setVisible(view.capacity is not None)
        if view.capacity is not None:
            edges = np.repeat(np.arange(self._count + 1) - 0.5, 2)[1:-1]
            self._capacity.setData(edges, np.repeat([view.capacity - point.out_of_order for point in points], 2))
        self._make_room()
        self.setYRange(low, high, padding=0)
        self._books.setFillLevel(low)
        self._named = (view, place, colours, low, high)
        self._name()
        self._mids = _series(point.p50 for point in points)
        self._point_again(tuple(point.night for point in points))

    @property
    def at(self) -> int:
        """The place of the night that mouse or keys point at, or -1."""
        return self._at

    def _point_again(self, dates: tuple[date, ...]) -> None:
        """Leave the keyboard at its night when other nights are drawn."""
        kept = self._dates[self._at] if self.hasFocus() and 0 <= self._at < len(self._dates) else None
        self._dates, self._at = dates, -1
        self._cross.hide()
        self._dot.hide()
        if kept is not None:
            self.point_at(dates.index(kept) if kept in dates else 0)

    def point_at(self, index: int) -> None:
        """Mark a night without telling anyone."""
        if 0 <= index < self._count:
            self._at = index
            self._cross.setValue(index)
            self._cross.show()
            self._dot.setData([index], [self._mids[index]])
            self._dot.show()

    def tell(self, words: str) -> None:
        """Tell screen readers of the night that is pointed at."""
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from night to night with the arrow keys; Enter chooses."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._count:
            self._point(min(max(self._at + step, 0), self._count - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the night the mouse pointed at."""
        super().leaveEvent(event)
        self._forget()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the night from which the arrow keys move: without it nothing would show where the keyboard is."""
        super().focusInEvent(event)
        if self._at < 0:
            self.pointed.emit(-1)
        if self._at < 0 < self._count:
            self._point(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark away again."""
        super().focusOutEvent(event)
        self._forget()

    def _forget(self) -> None:
        self._at = -1
        self._cross.hide()
        self._dot.hide()
        self.pointed.emit(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the names of the lines."""
        super().resizeEvent(event)
        if self._count:
            self._make_room()
            # In a turn of its own, and once for many sizes that follow each other: each name is laid out anew.
            self._naming.start()

    def _name(self) -> None:
        """Write the names of the lines and events; how far they must lie apart follows from the height."""
        if self._named is not None:
            self._labels.show_view(*self._named)

    def _make_room(self) -> None:
        """Let the nights end where the names of the lines begin."""
        width = max(self.getPlotItem().getViewBox().width(), 2.0 * LABEL_PIXELS)
        self.setXRange(-0.5, -0.5 + self._count * width / (width - LABEL_PIXELS), padding=0)

    def _make_items(self) -> None:
        self._books = pg.PlotCurveItem([0.0, 1.0], [0.0], stepMode="center", fillLevel=0.0)
        edges = [pg.PlotCurveItem(pen=pg.mkPen(None)) for _ in range(4)]
        # Steps have no slopes to smooth, and smoothing leaves seams in the filling.
        self._books.opts["antialias"] = False
        self._p10, self._p25, self._p75, self._p90 = edges
        self._outer = pg.FillBetweenItem(self._p10, self._p90)
        self._inner = pg.FillBetweenItem(self._p25, self._p75)
        self._last_year = pg.PlotCurveItem(connect="finite")
        self._forecast = pg.PlotCurveItem()
        self._capacity = pg.PlotCurveItem()
        self._cross = pg.InfiniteLine(angle=90)
        self._dot = pg.ScatterPlotItem(size=8)
        layers = (self._books, *edges, self._outer, self._inner, self._last_year, self._capacity, self._forecast, self._cross)
        for depth, one in enumerate((*layers, self._dot)):
            one.setZValue(depth)
            self.addItem(one)

    def _paint(self, colours: Palette) -> None:
        self.setBackground(colours.surface)
        small = text_font(tokens.SIZE_CAPTION)
        for axis in (self._nights, self._numbers):
            axis.setPen(pg.mkPen(colours.line))
            axis.setTextPen(pg.mkPen(colours.text_muted))
            axis.setStyle(tickFont=small, tickLength=4, autoExpandTextSpace=True)
        self._books.setPen(pg.mkPen(colours.chart_books_edge, width=1))
        self._books.setBrush(pg.mkBrush(colours.chart_books))
        self._outer.setBrush(pg.mkBrush(_faint(colours.chart_forecast, OUTER_ALPHA)))
        self._inner.setBrush(pg.mkBrush(_faint(colours.chart_forecast, INNER_ALPHA)))
        self._last_year.setPen(pg.mkPen(colours.chart_last_year, width=1.2))
        self._forecast.setPen(pg.mkPen(colours.chart_forecast, width=2))
        self._capacity.setPen(pg.mkPen(colours.chart_capacity, width=1, style=Qt.PenStyle.DashLine))
        self._cross.setPen(pg.mkPen(colours.text_muted, width=1))
        self._dot.setBrush(pg.mkBrush(colours.chart_forecast))
        self._dot.setPen(pg.mkPen(colours.surface, width=1.5))

    def _fill(self, points: Sequence[ForecastPoint], x: Curve) -> None:
        books = np.nan_to_num(_series(point.on_books for point in points))
        self._books.setData(np.append(x - 0.5, x[-1:] + 0.5), books)
        self._forecast.setData(x, _series(point.p50 for point in points))
        self._last_year.setData(x, _series(point.last_year for point in points))
        self._p10.setData(x, _series(point.p10 for point in points))
        self._p90.setData(x, _series(point.p90 for point in points))
        quarters = all(point.p25 is not None and point.p75 is not None for point in points)
        self._inner.setVisible(quarters)
        if quarters:
            self._p25.setData(x, _series(point.p25 for point in points))
            self._p75.setData(x, _series(point.p75 for point in points))

    def _mouse_moved(self, position: QPointF) -> None:
        box = self.getPlotItem().getViewBox()
        if self._count and box.sceneBoundingRect().contains(position):
            self._point(self._night_at(position))

    def _mouse_clicked(self, event: object) -> None:
        position = event.scenePos()  # type: ignore[attr-defined]
        if self._count and self.getPlotItem().getViewBox().sceneBoundingRect().contains(position):
            self.chosen.emit(self._night_at(position))

    def _night_at(self, position: QPointF) -> int:
        x = self.getPlotItem().getViewBox().mapSceneToView(position).x()
        return min(max(round(x), 0), self._count - 1)

    def _point(self, index: int) -> None:
        if index != self._at:
            self.point_at(index)
            self.pointed.emit(index)


def value_range(view: ForecastView) -> tuple[float, float]:
    """Return the lowest and highest value of the scale: from zero, except for rates, where the differences matter."""
    values = [
        value for point in view.nights for value in (point.p10, point.p90, point.on_books, point.last_year) if value is not None
    ]
    top = max([*values, view.capacity or 0.0, 1.0])
    low = 0.0
    if view.metric == "adr":
        positive = [value for value in values if value > 0] or [0.0]
        low = max(0.0, min(positive) * 0.9)
    return low, low + (top - low) * HEADROOM


def _series(values: Iterable[float | None]) -> Curve:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _faint(colour: str, alpha: int) -> QColor:
    made = QColor(colour)
    made.setAlpha(alpha)
    return made
