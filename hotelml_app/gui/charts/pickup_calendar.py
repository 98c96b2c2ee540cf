"""A calendar of pickup: what came on the books for each night since yesterday or last week, coloured by how much."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from hotelml_app.gui.charts.week_grid import WeekGrid, day_number
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.nights.views import ForecastPoint

DAY, WEEK = "day", "week"
SPANS = {DAY: "since yesterday", WEEK: "in 7 days"}
HEAD, GAP, INSET = 20, 2, 6
LEAST_CELL, MOST_CELL = 32, 6 * tokens.GRID
MUCH = 0.5
"""From this share of the greatest pickup on, a night has the strong colour."""


class PickupCalendar(WeekGrid):
    """Draws the nights week by week; arrow keys move, Enter and a click open a night."""

    opened = Signal(int)
    """A night was opened; carries its place among the nights."""

    def __init__(self) -> None:
        name = "Pickup by night; arrow keys move, Enter opens the night"
        super().__init__(name, head=HEAD, gap=GAP, inset=INSET, most_cell=MOST_CELL)
        self._points: tuple[ForecastPoint, ...] = ()
        self._place = Place()
        self._span = DAY
        self._most = 0.0

    def sizeHint(self) -> QSize:
        """As high as its weeks at their least."""
        return QSize(50 * tokens.GRID, HEAD + self.weeks * LEAST_CELL)

    def minimumSizeHint(self) -> QSize:
        """No week is cut."""
        return QSize(40 * tokens.GRID, HEAD + self.weeks * LEAST_CELL)

    def show_nights(self, place: Place, points: Sequence[ForecastPoint], span: str) -> None:
        """Draw other nights, and the pickup since yesterday or in the last week."""
        self._place, self._points, self._span = place, tuple(points), span
        self._most = max((abs(self.pickup(one) or 0.0) for one in self._points), default=0.0)
        self.set_nights([one.night for one in self._points], place.first_weekday)
        self.tell()

    def pickup(self, one: ForecastPoint) -> float | None:
        """Return what is shown of a night."""
        return one.pickup_since_yesterday if self._span == DAY else one.pickup_since_last_week

    def words_at(self, at: int) -> str:
        """Return "Sat 5 Dec: +3 since yesterday, 90 on the books"."""
        one = self._points[at]
        event = f" ({one.event})" if one.event else ""
        changed = f"{self._place.change(self.pickup(one))} {SPANS[self._span]}"
        return f"{self._place.day(one.night)}{event}: {changed}, {self._place.number(one.on_books)} on the books"

    def choose_at(self, at: int, *, more: bool) -> None:
        """Move to a night."""
        self._current = self.within(at)
        self.tell()

    def press_at(self, at: int, *, more: bool) -> None:
        """Open the night."""
        self.choose_at(at, more=more)
        self.open_current()

    def open_current(self) -> None:
        """Open the night moved to."""
        self.opened.emit(self._current)

    def paint_cell(self, painter: QPainter, at: int, box: QRectF, look: Palette) -> None:
        """Draw the day and its pickup."""
        one = self._points[at]
        pickup = self.pickup(one)
        ground = ground_of(pickup, self._most, look)
        chosen = at == self._current and self.hasFocus()
        painter.setPen(QPen(QColor(look.accent if chosen else look.line), 2 if chosen else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        inside = box.adjusted(INSET, 2, -INSET, -2)
        strong = ground == look.accent_line
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        painter.setPen(QColor(look.text if strong else look.risk_text if one.event else look.text_muted))
        painter.drawText(
            inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, day_number(self._place, one.night, first=at == 0)
        )
        moved = bool(pickup and round(pickup))
        painter.setFont(text_font(tokens.SIZE_BODY, strong=moved))
        painter.setPen(QColor(look.text if moved else look.text_muted))
        text = self._place.change(pickup)
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, text)


def ground_of(pickup: float | None, most: float, look: Palette) -> str:
    """Return the ground of a night: blue for what came in, the stronger the more; orange for what went."""
    if pickup is None or not round(pickup):
        return look.surface
    if pickup < 0:
        return look.risk_soft
    return look.accent_line if pickup >= MUCH * most else look.accent_soft
