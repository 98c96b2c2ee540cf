"""How a night fills: its rooms on the books by days before it, beside similar nights, and where it is expected to end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.services.nights.night_views import CurvePoint, NightDetailView

SHORTEST_DAYS, DAYS_AROUND = 42, 21
_LEFT, _RIGHT, _TOP, _FOOT = 36, 104, 12, 22
_LABEL, _LINES = 16, 4
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000)
_SIDES = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class BookingCurveChart(QWidget):
    """Draws one night; point at a day to read it."""

    def __init__(self) -> None:
        super().__init__()
        self._view: NightDetailView | None = None
        self._points: tuple[CurvePoint, ...] = ()
        self._place = Place()
        self.setMinimumHeight(22 * tokens.GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(80 * tokens.GRID, 28 * tokens.GRID)

    def show_night(self, place: Place, view: NightDetailView) -> None:
        """Draw another night."""
        self._place, self._view = place, view
        self._points = shown(view)
        self.setAccessibleName(curve_words(place, view))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say what stood on the books on a day, and on similar nights."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._points:
            share = (event.pos().x() - _LEFT) / max(self.width() - _LEFT - _RIGHT, 1)
            index = min(max(round(share * (len(self._points) - 1)), 0), len(self._points) - 1)
            QToolTip.showText(event.globalPos(), point_words(self._place, self._points[index]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scale, similar nights, this night and the forecast."""
        if self._view is None or not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        self._scale(painter)
        self._similar(painter)
        self._this_night(painter, self._view)
        painter.end()

    def _top(self) -> float:
        assert self._view is not None
        values = [value for one in self._points for value in (one.booked, one.usual_high) if value is not None]
        return max([*values, self._view.point.p90, 1.0]) * 1.05

    def _at(self, days_before: float, rooms: float) -> QPointF:
        width, height = self.width() - _LEFT - _RIGHT, self.height() - _TOP - _FOOT
        longest = max(self._points[0].days_before, 1)
        return QPointF(_LEFT + width * (1 - days_before / longest), _TOP + height * (1 - rooms / self._top()))

    def _scale(self, painter: QPainter) -> None:
        colours = appearance().colours
        for rooms in steps(self._top()):
            left, right = self._at(self._points[0].days_before, rooms), self._at(0, rooms)
            painter.setPen(QPen(QColor(colours.chart_grid), 1))
            painter.drawLine(left, right)
            painter.setPen(QColor(colours.text_muted))
            box = QRectF(0, left.y() - _LABEL / 2, _LEFT - 8, _LABEL)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._place.number(rooms))
        longest = self._points[0].days_before
        painter.setPen(QColor(colours.text_muted))
        for days in range(longest - longest % 14, -1, -14):
            where = self._at(days, 0)
            text = "the night" if days == 0 else f"{days} days" if days == longest - longest % 14 else str(days)
            painter.drawText(QRectF(where.x() - 40, where.y() + 4, 80, _LABEL), Qt.AlignmentFlag.AlignCenter, text)

    def _similar(self, painter: QPainter) -> None:
        colours = appearance().colours
        known = [one for one in self._points if one.usual is not None]
        if not known:
            return
        low = [self._at(one.days_before, one.usual_low or 0.0) for one in known]
        high = [self._at(one.days_before, one.usual_high or 0.0) for one in known]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chart_books))
        painter.drawPolygon(QPolygonF([*low, *reversed(high)]))
        painter.setPen(QPen(QColor(colours.chart_last_year), 1.2))
        join(painter, [self._at(one.days_before, one.usual or 0.0) for one in known])

    def _this_night(self, painter: QPainter, view: NightDetailView) -> None:
        colours = appearance().colours
        own = QColor(colours.chart_forecast)
        booked = [self._at(one.days_before, one.booked) for one in self._points if one.booked is not None]
        low, mid, high = (self._at(0, rooms) for rooms in (view.point.p10, view.point.p50, view.point.p90))
        painter.setPen(QPen(own, 2))
        join(painter, booked)
        painter.drawLine(low, high)
        if booked:
            painter.setPen(QPen(own, 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(booked[-1], mid)
        painter.setPen(QPen(QColor(colours.surface), 1))
        painter.setBrush(own)
        for point in (*booked[-1:], mid):
            painter.drawEllipse(point, 4, 4)
        usual = self._points[-1].usual
        names = [(mid.y(), f"forecast {self._place.number(view.point.p50)}", own)]
        if usual is not None:
            text = f"similar nights {self._place.number(usual)}"
            names.append((self._at(0, usual).y(), text, QColor(colours.text_muted)))
        for y, text, colour in apart(names):
            painter.setPen(colour)
            painter.drawText(QRectF(mid.x() + 10, y - _LABEL / 2, _RIGHT - 10, _LABEL), _SIDES, text)


def join(painter: QPainter, points: Sequence[QPointF]) -> None:
    """Draw a line from point to point."""
    for here, there in itertools.pairwise(points):
        painter.drawLine(here, there)


def shown(view: NightDetailView) -> tuple[CurvePoint, ...]:
    """Return the part of the curve that is worth drawing: some weeks before where the night stands now."""
    longest = max(SHORTEST_DAYS, view.days_ahead + DAYS_AROUND)
    return tuple(one for one in view.curve if one.days_before <= longest)


def steps(top: float) -> Iterator[float]:
    """Yield round numbers from 0 up to ``top``, a few of them."""
    size = next(step for step in _STEPS if top / step <= _LINES + 1)
    return (float(value) for value in range(0, int(top) + 1, size))


def apart(names: Sequence[tuple[float, str, QColor]]) -> list[tuple[float, str, QColor]]:
    """Return labels from the top, moved so that none lies on another."""
    placed: list[tuple[float, str, QColor]] = []
    for y, text, colour in sorted(names, key=lambda one: one[0]):
        placed.append((max(y, placed[-1][0] + _LABEL) if placed else y, text, colour))
    return placed


def point_words(place: Place, one: CurvePoint) -> str:
    """Return "14 days before: this night 60, half of the similar nights 61 to 90"."""
    parts = [f"this night {place.number(one.booked)}"] if one.booked is not None else []
    if one.usual_low is not None and one.usual_high is not None:
        parts.append(f"half of the similar nights {place.number(one.usual_low)} to {place.number(one.usual_high)}")
    days = "At its end" if one.days_before == 0 else f"{one.days_before} day{'' if one.days_before == 1 else 's'} before"
    return f"{days}: {', '.join(parts) if parts else 'nothing known'}"


def curve_words(place: Place, view: NightDetailView) -> str:
    """Say in a sentence what the chart shows."""
    now = next((one for one in view.curve if one.days_before == view.days_ahead), None)
    said = f"Booking curve. {point_words(place, now)}. " if now else "Booking curve. "
    return f"{said}Expected in the end: {place.number(view.point.p50)}, {point_words(place, view.curve[-1]).lower()}."
