"""The nights after a past day: its books filled, what was expected with its band, what came as dots, the plain rule dashed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hotelml_app.gui.charts.booking_curve import apart, join, steps
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.services.replay.views import ReplayNight, ReplayView

_LEFT, _RIGHT, _TOP, _FOOT = 40, 104, 12, 22
_LABEL, _BAND_ALPHA, _DOT = 16, 50, 4.0
_NIGHTS_PER_NAME = 56
"""Pixels that the name of a night takes on the scale."""

_SIDES = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ReplayChart(QWidget):
    """Draws one past day; point at a night to read it."""

    def __init__(self) -> None:
        super().__init__()
        self._nights: tuple[ReplayNight, ...] = ()
        self._place = Place()
        self.setMinimumHeight(22 * tokens.GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(80 * tokens.GRID, 26 * tokens.GRID)

    def show_view(self, place: Place, view: ReplayView) -> None:
        """Draw another day."""
        self._place, self._nights = place, view.nights
        self.setAccessibleName(chart_words(place, view))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say everything about the night that is pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._nights:
            share = (event.pos().x() - _LEFT) / max(self.width() - _LEFT - _RIGHT, 1)
            index = min(max(int(share * len(self._nights)), 0), len(self._nights) - 1)
            QToolTip.showText(event.globalPos(), night_words(self._place, self._nights[index]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scale, books, band, lines, what came, and their names."""
        if not self._nights:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        self._books(painter)
        self._scale(painter)
        self._band(painter)
        self._lines(painter)
        self._came(painter)
        self._names(painter)
        painter.end()

    def _top(self) -> float:
        figures = ("on_books", "p90", "p50", "pickup", "came", "last_year")
        values = [value for one in self._nights for name in figures if (value := getattr(one, name)) is not None]
        return max([*values, 1.0]) * 1.05

    def _at(self, index: float, rooms: float) -> QPointF:
        """Return where a figure of a night lies; half a night on either side belongs to it."""
        width, height = self.width() - _LEFT - _RIGHT, self.height() - _TOP - _FOOT
        return QPointF(_LEFT + width * (index + 0.5) / len(self._nights), _TOP + height * (1 - rooms / self._top()))

    def _books(self, painter: QPainter) -> None:
        colours = appearance().colours
        corners = [self._at(-0.5, 0.0)]
        for index, one in enumerate(self._nights):
            corners += [self._at(index - 0.5, one.on_books), self._at(index + 0.5, one.on_books)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chart_books))
        painter.drawPolygon(QPolygonF([*corners, self._at(len(self._nights) - 0.5, 0.0)]))
        painter.setPen(QPen(QColor(colours.chart_books_edge), 1))
        join(painter, corners[1:])

    def _scale(self, painter: QPainter) -> None:
        colours = appearance().colours
        for rooms in steps(self._top()):
            left, right = self._at(-0.5, rooms), self._at(len(self._nights) - 0.5, rooms)
            painter.setPen(QPen(QColor(colours.chart_grid), 1))
            painter.drawLine(left, right)
            painter.setPen(QColor(colours.text_muted))
            box = QRectF(0, left.y() - _LABEL / 2, _LEFT - 8, _LABEL)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._place.number(rooms))
        wide = (self.width() - _LEFT - _RIGHT) / len(self._nights)
        for index in range(0, len(self._nights), max(round(_NIGHTS_PER_NAME / wide + 0.4), 1)):
            where, text = self._at(index, 0), self._place.day(self._nights[index].night, weekday=False)
            painter.drawText(QRectF(where.x() - 30, where.y() + 4, 60, _LABEL), Qt.AlignmentFlag.AlignCenter, text)

    def _band(self, painter: QPainter) -> None:
        low, high = self._points(lambda one: one.p10), self._points(lambda one: one.p90)
        if len(low) != len(high) or not low:
            return
        colour = QColor(appearance().colours.chart_forecast)
        colour.setAlpha(_BAND_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([*low, *reversed(high)]))

    def _lines(self, painter: QPainter) -> None:
        colours = appearance().colours
        lines = (
            (QPen(QColor(colours.chart_last_year), 1.2), self._points(lambda one: one.last_year)),
            (QPen(QColor(colours.text_muted), 1.2, Qt.PenStyle.DashLine), self._points(lambda one: one.pickup)),
            (QPen(QColor(colours.chart_forecast), 2), self._points(lambda one: one.p50)),
        )
        for pen, points in lines:
            painter.setPen(pen)
            join(painter, points)

    def _came(self, painter: QPainter) -> None:
        colours = appearance().colours
        painter.setPen(QPen(QColor(colours.surface), 1))
        painter.setBrush(QColor(colours.text))
        for point in self._points(lambda one: one.came):
            painter.drawEllipse(point, _DOT, _DOT)

    def _names(self, painter: QPainter) -> None:
        right = self.width() - _RIGHT + 10
        for y, text, colour in apart(list(self._ends())):
            painter.setPen(colour)
            painter.drawText(QRectF(right, y - _LABEL / 2, _RIGHT - 10, _LABEL), _SIDES, text)

    def _ends(self) -> Iterator[tuple[float, str, QColor]]:
        """Yield where each line ends at the right, with its name."""
        colours = appearance().colours
        names: tuple[tuple[str, Callable[[ReplayNight], float | None], str], ...] = (
            ("expected", lambda one: one.p50, colours.chart_forecast),
            ("pickup", lambda one: one.pickup, colours.text_muted),
            ("what came ●", lambda one: one.came, colours.text),
            ("booked then", lambda one: one.on_books, colours.text_muted),
            ("year before", lambda one: one.last_year, colours.text_muted),
        )
        for text, figure, colour in names:
            points = self._points(figure)
            if points:
                yield points[-1].y(), text, QColor(colour)

    def _points(self, figure: Callable[[ReplayNight], float | None]) -> list[QPointF]:
        return [self._at(index, value) for index, one in enumerate(self._nights) if (value := figure(one)) is not None]


def night_words(place: Place, one: ReplayNight) -> str:
    """Return everything about a night in a line."""
    figures: Sequence[tuple[str, float | None]] = (
        ("on the books then", one.on_books),
        ("expected", one.p50),
        ("pickup", one.pickup),
        ("a year before", one.last_year),
    )
    said = [f"{place.number(value)} {name}" for name, value in figures if value is not None]
    came = f"{place.number(one.came)} came" if one.came is not None else "still to come"
    event = f" ({one.event})" if one.event else ""
    return f"{place.day(one.night)}{event}: {', '.join([*said, came])}"


def chart_words(place: Place, view: ReplayView) -> str:
    """Say in a sentence what the chart shows."""
    last = next((one for one in reversed(view.nights) if one.came is not None), view.nights[-1])
    said = f"{place.spoken(view.sentence)} The last: {night_words(place, last)}."
    return f"Rooms per night after {place.day(view.day, year=True)}. {said}"
