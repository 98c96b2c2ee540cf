"""Two small pictures of one night: the steps to its rate, and what every rate would bring."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.rates_parts.words import night_decimals
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.rates.views import CurvePoint, RateDay

TITLES = {"base": "Base", "fences": "Limits", "order": "Room types"}
ROW = 19
NAME_WIDTH, NUMBER_WIDTH = 74, 60
AXIS = 18
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Waterfall(QWidget):
    """The steps from the base to the suggested rate as bars below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._day: RateDay | None = None
        self._place = Place()
        self.setFixedHeight(9 * ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, day: RateDay, place: Place) -> None:
        """Show another night."""
        self._day, self._place = day, place
        texts = self._amounts()
        steps = ", ".join(f"{one.name} {text} ({one.words})" for one, text in zip(day.waterfall, texts, strict=True))
        self.setAccessibleName(f"Steps to the rate: {steps}; {place.number(day.suggested_rate, night_decimals(day))} in the end")
        self.setToolTip("\n".join(f"{_title(one.name)}: {one.words}" for one in day.waterfall))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a bar per step, from where the one before ended."""
        if self._day is None or not self._day.waterfall:
            return
        painter, look, steps = QPainter(self), appearance().colours, self._day.waterfall
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        ends = [0.0, *(one.level for one in steps)]
        low = 0.6 * min(one.level for one in steps)
        wide = max(self.width() - NAME_WIDTH - NUMBER_WIDTH, 1)
        scale = wide / max(max(ends) - low, 1e-9)
        for number, (one, text) in enumerate(zip(steps, self._amounts(), strict=True)):
            begin, end = (low if number == 0 else ends[number]), ends[number + 1]
            left, right = sorted((NAME_WIDTH + (begin - low) * scale, NAME_WIDTH + (end - low) * scale))
            colour = look.chart_books_edge if number == 0 else look.accent if one.amount > 0 else look.risk_high
            self._row(
                painter,
                number,
                _title(one.name),
                QRectF(left, 0, max(right - left, 1.0) if round(one.amount) else 0.0, 0),
                colour,
            )
            self._number(painter, number, text, strong=False)
        rate = self._day.suggested_rate
        last = QRectF(NAME_WIDTH, 0, max((rate - low) * scale, 1.0), 0)
        self._row(painter, len(steps), "Suggested", last, look.text_muted)
        self._number(painter, len(steps), self._place.number(rate, night_decimals(self._day)), strong=True)
        painter.end()

    def _amounts(self) -> list[str]:
        """Return what each step adds, rounded so that the numbers shown add up to the rate shown."""
        assert self._day is not None
        decimals = night_decimals(self._day)
        levels = [0.0, *(round(one.level, decimals) for one in self._day.waterfall)]
        amounts = [after - before for before, after in pairwise(levels)]
        base = [self._place.number(one, decimals) for one in amounts[:1]]
        return base + [self._place.change(one, decimals) for one in amounts[1:]]

    def _row(self, painter: QPainter, number: int, name: str, span: QRectF, colour: str) -> None:
        painter.setPen(QColor(appearance().colours.text_muted))
        painter.drawText(QRectF(0, number * ROW, NAME_WIDTH, ROW), _LEFT | _MIDDLE, name)
        if span.width() > 0:
            painter.fillRect(QRectF(span.left(), number * ROW + 4, span.width(), ROW - 8), QColor(colour))

    def _number(self, painter: QPainter, number: int, text: str, *, strong: bool) -> None:
        painter.setFont(text_font(tokens.SIZE_CAPTION, strong=strong))
        painter.setPen(QColor(appearance().colours.text))
        painter.drawText(QRectF(self.width() - NUMBER_WIDTH, number * ROW, NUMBER_WIDTH, ROW), _RIGHT | _MIDDLE, text)
        painter.setFont(text_font(tokens.SIZE_CAPTION))


class RateCurve(QWidget):
    """Revenue over the rate of one night, with the current and the suggested rate marked."""

    def __init__(self) -> None:
        super().__init__()
        self._day: RateDay | None = None
        self._place = Place()
        self.setMinimumHeight(11 * tokens.GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the panel."""
        return QSize(300, 11 * tokens.GRID)

    def show_day(self, day: RateDay, place: Place) -> None:
        """Show another night."""
        self._day, self._place = day, place
        told = "; ".join(f"{place.number(one.rate)}: {place.number(one.rooms, 1)} rooms" for one in day.curve)
        self.setAccessibleName(f"Rooms expected at other rates: {told}")
        lines = [f"{place.money(one.rate)}: {place.number(one.rooms, 1)} rooms, {place.money(one.worth)}" for one in day.curve]
        self.setToolTip("\n".join(lines))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the curve, its two marks, and the rates at its ends."""
        if self._day is None or len(self._day.curve) < 2:
            return
        painter, look, curve = QPainter(self), appearance().colours, self._day.curve
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        painter.setPen(QPen(QColor(look.line_strong), 1))
        painter.drawLine(0, self.height() - AXIS, self.width(), self.height() - AXIS)
        painter.setPen(QPen(QColor(look.chart_forecast), 2))
        painter.drawPolyline(QPolygonF([self._point(one.rate, one.worth) for one in curve]))
        self._marks(painter, look)
        painter.setPen(QColor(look.text_muted))
        ground = QRectF(0, self.height() - AXIS, self.width(), AXIS)
        painter.drawText(ground, _LEFT | _MIDDLE, self._place.number(curve[0].rate))
        painter.drawText(ground, _RIGHT | _MIDDLE, self._place.number(curve[-1].rate))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, "rate of the night")
        painter.end()

    def _marks(self, painter: QPainter, look: Palette) -> None:
        """Draw a dot with its name, below where there is room, for the current and the suggested rate; one rate has one dot."""
        assert self._day is not None
        day, curve = self._day, self._day.curve
        now = "now (a guess)" if day.guessed else "now"
        named = [(now, day.current_rate, look.text_muted), ("suggested", day.suggested_rate, look.accent)]
        named = [one for one in named if curve[0].rate <= one[1] <= curve[-1].rate]
        if len(named) == 2 and not day.moves:
            named = named[:1]
        ends = {round(max(rate for _, rate, _ in named), 2)} if len(named) == 2 else set[float]()
        for name, rate, colour in named:
            point = self._point(rate, _at(curve, rate))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(point, 4, 4)
            wide = painter.fontMetrics().horizontalAdvance(name)
            # Two names never meet: that of the lower rate ends at its dot, that of the higher one begins there.
            left = point.x() - wide / 2 if len(named) == 1 else point.x() - 4 if round(rate, 2) in ends else point.x() + 4 - wide
            painter.setPen(QColor(look.text))
            box = QRectF(min(max(left, 0.0), self.width() - wide), point.y() + 6, wide + 1, painter.fontMetrics().height())
            if box.bottom() > self.height() - AXIS:
                # Below a dot that lies this low stands the rate at the end of the axis.
                box.moveBottom(point.y() - 6)
            painter.drawText(box, _LEFT, name)

    def _point(self, rate: float, revenue: float) -> QPointF:
        assert self._day is not None
        curve = self._day.curve
        worth = [one.worth for one in curve]
        low, high = min(worth), max(worth)
        # A flat curve is to look flat: the scale never shows less than a tenth of the revenue.
        span = max(high - low, 0.1 * high, 1e-9)
        x = 6 + (self.width() - 12) * (rate - curve[0].rate) / max(curve[-1].rate - curve[0].rate, 1e-9)
        return QPointF(x, 8 + (self.height() - AXIS - 18) * (1 - (revenue - high + span) / span))


def _at(curve: tuple[CurvePoint, ...], rate: float) -> float:
    """Return what a rate between the curve's points is worth."""
    for one, other in pairwise(curve):
        if one.rate <= rate <= other.rate:
            share = (rate - one.rate) / max(other.rate - one.rate, 1e-9)
            return one.worth + share * (other.worth - one.worth)
    return curve[-1].worth


def _title(name: str) -> str:
    return TITLES.get(name, name.capitalize())
