"""A calendar of pickup: what came on the books for each night since yesterday or last week, coloured by how much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.views import ForecastPoint
from hotelml_app.services.words import MONTHS, WEEKDAYS

DAY, WEEK = "day", "week"
SPANS = {DAY: "since yesterday", WEEK: "in 7 days"}
HEAD, GAP = 20, 2
LEAST_CELL, MOST_CELL = 32, 6 * tokens.GRID
MUCH = 0.5
"""From this share of the greatest pickup on, a night has the strong colour."""


class PickupCalendar(QWidget):
    """Draws the nights week by week; arrow keys move, Enter and a click open a night."""

    opened = Signal(int)
    """A night was opened; carries its place among the nights."""

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[ForecastPoint, ...] = ()
        self._place = Place()
        self._span = DAY
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pickup by night; arrow keys move, Enter opens the night")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As high as its weeks at their least."""
        return QSize(50 * tokens.GRID, HEAD + self._weeks() * LEAST_CELL)

    def minimumSizeHint(self) -> QSize:
        """No week is cut."""
        return QSize(40 * tokens.GRID, HEAD + self._weeks() * LEAST_CELL)

    def show_nights(self, place: Place, points: Sequence[ForecastPoint], span: str) -> None:
        """Draw other nights, and the pickup since yesterday or in the last week."""
        weeks = self._weeks()
        self._place, self._points, self._span = place, tuple(points), span
        self._current = min(self._current, max(len(self._points) - 1, 0))
        if weeks != self._weeks():
            self.updateGeometry()
        self._tell()

    def pickup(self, one: ForecastPoint) -> float | None:
        """Return what is shown of a night."""
        return one.pickup_since_yesterday if self._span == DAY else one.pickup_since_last_week

    def words(self, one: ForecastPoint) -> str:
        """Return "Sat 5 Dec: +3 since yesterday, 90 on the books"."""
        event = f" ({one.event})" if one.event else ""
        changed = f"{self._place.change(self.pickup(one))} {SPANS[self._span]}"
        return f"{self._place.day(one.night)}{event}: {changed}, {self._place.number(one.on_books)} on the books"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by days and weeks; open the night."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in steps and self._points:
            self._current = min(max(self._current + steps[key], 0), len(self._points) - 1)
            self._tell()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._points:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the night under the mouse."""
        at = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._current = at
            self._tell()
            self.opened.emit(at)

    def event(self, event: QEvent) -> bool:
        """Say everything about the night that is pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(event.pos())
            QToolTip.showText(event.globalPos(), self.words(self._points[at]) if at is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw weekdays and nights."""
        if not self._points:
            return
        painter, look = QPainter(self), appearance().colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        painter.setPen(QColor(look.text_muted))
        for number, name in enumerate(WEEKDAYS):
            box = self._cell(0, number)
            painter.drawText(QRectF(box.left() + 6, 0, box.width(), HEAD), Qt.AlignmentFlag.AlignVCenter, name)
        most = max((abs(self.pickup(one) or 0.0) for one in self._points), default=0.0)
        for number, one in enumerate(self._points):
            chosen = number == self._current and self.hasFocus()
            self._paint_night(painter, one, look, ground_of(self.pickup(one), most, look), chosen=chosen)
        painter.end()

    def _paint_night(self, painter: QPainter, one: ForecastPoint, look: Palette, ground: str, *, chosen: bool) -> None:
        box, pickup = self._box(one.night), self.pickup(one)
        painter.setPen(QPen(QColor(look.accent if chosen else look.line), 2 if chosen else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        inside = box.adjusted(6, 2, -6, -2)
        strong = ground == look.accent_line
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        painter.setPen(QColor(look.text if strong else look.risk_text if one.event else look.text_muted))
        named = f"{one.night.day} {MONTHS[one.night.month - 1]}" if one.night.day == 1 or one is self._points[0] else ""
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, named or str(one.night.day))
        moved = bool(pickup and round(pickup))
        painter.setFont(text_font(tokens.SIZE_BODY, strong=moved))
        painter.setPen(QColor(look.text if moved else look.text_muted))
        text = self._place.change(pickup)
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, text)

    def _tell(self) -> None:
        if self._points:
            self.setAccessibleDescription(self.words(self._points[self._current]))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def _first_week(self) -> date:
        first = self._points[0].night
        return first - timedelta(days=first.weekday())

    def _weeks(self) -> int:
        return (self._points[-1].night - self._first_week()).days // 7 + 1 if self._points else 1

    def _box(self, night: date) -> QRectF:
        since = (night - self._first_week()).days
        return self._cell(since // 7, since % 7)

    def _cell(self, week: int, weekday: int) -> QRectF:
        width, height = self.width() / 7, min((self.height() - HEAD) / self._weeks(), MOST_CELL)
        return QRectF(weekday * width, HEAD + week * height, width - GAP, height - GAP)

    def _at(self, point: QPoint) -> int | None:
        inside = (number for number, one in enumerate(self._points) if self._box(one.night).contains(point))
        return next(inside, None)


def ground_of(pickup: float | None, most: float, look: Palette) -> str:
    """Return the ground of a night: blue for what came in, the stronger the more; orange for what went."""
    if pickup is None or not round(pickup):
        return look.surface
    if pickup < 0:
        return look.risk_soft
    return look.accent_line if pickup >= MUCH * most else look.accent_soft
