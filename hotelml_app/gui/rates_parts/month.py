"""A month of rates: the suggested rate in each day, coloured by how far it lies from the current one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hotelml_app.gui.place import MONTHS, Place
from hotelml_app.gui.rates_parts.words import day_words, standing_mark
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.rates_views import SAME_RATE, RateDay

NAME = "Rates by day; arrow keys move, Shift and arrow keys choose several days, Enter accepts"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEAD = 24
GAP = 4
LEAST_CELL, MOST_CELL = 8 * tokens.GRID, 15 * tokens.GRID
FINE = "fine as it is"
MUCH = 0.15
"""Rates that would move by more than this share have the strong colour."""


class RateMonth(QWidget):
    """Draws the days of a month; one day or a range of days is chosen, by mouse or keyboard."""

    chosen = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[RateDay, ...] = ()
        self._place = Place()
        self._anchor = self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(NAME)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(HEAD + 6 * LEAST_CELL)

    def sizeHint(self) -> QSize:
        """Most of a page."""
        return QSize(640, HEAD + 6 * 10 * tokens.GRID)

    def show_days(self, days: Sequence[RateDay], place: Place) -> None:
        """Show other days; those that are chosen stay chosen where they are still there."""
        former = {one.night for one in self.range}
        self._days, self._place = tuple(days), place
        kept = [at for at, one in enumerate(self._days) if one.night in former]
        self._anchor, self._current = (kept[0], kept[-1]) if kept else 2 * (_first_look(self._days),)
        self._tell()

    @property
    def range(self) -> tuple[RateDay, ...]:
        """The days that are chosen."""
        low, high = sorted((self._anchor, self._current))
        return self._days[low : high + 1]

    @property
    def day(self) -> RateDay | None:
        """The day chosen last."""
        return self._days[self._current] if self._days else None

    def choose(self, night: date, *, more: bool = False) -> None:
        """Choose a night; ``more`` keeps those from the one chosen first."""
        at = next((number for number, one in enumerate(self._days) if one.night == night), None)
        if at is not None:
            self._choose(at, more=more)

    def _choose(self, at: int, *, more: bool) -> None:
        self._current = min(max(at, 0), len(self._days) - 1)
        if not more:
            self._anchor = self._current
        self._tell()
        self.chosen.emit()

    def _tell(self) -> None:
        self.setAccessibleDescription(day_words(self._place, self.day))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by days and weeks."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in steps and self._days:
            self._choose(self._current + steps[key], more=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the mouse."""
        at = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._choose(at, more=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose the days dragged over."""
        at = self._at(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton and at is not None and at != self._current:
            self._choose(at, more=True)

    def event(self, event: QEvent) -> bool:
        """Say everything about the day that is pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(event.pos())
            QToolTip.showText(event.globalPos(), day_words(self._place, self._days[at]) if at is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw weekdays and days."""
        if not self._days:
            return
        painter, look = QPainter(self), appearance().colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        painter.setPen(QColor(look.text_muted))
        for number, name in enumerate(WEEKDAYS):
            box = self._cell(0, number)
            painter.drawText(QRectF(box.left() + 8, 0, box.width(), HEAD), Qt.AlignmentFlag.AlignVCenter, name)
        chosen = set(self.range)
        for one in self._days:
            _paint_day(painter, self._box(one.night), one, self._place, look, chosen=one in chosen)
        if self.hasFocus() and self.day is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(self._box(self.day.night).adjusted(4, 4, -4, -4), 2, 2)
        painter.end()

    def _first_week(self) -> date:
        first = self._days[0].night
        return first - timedelta(days=first.weekday())

    def _weeks(self) -> int:
        return (self._days[-1].night - self._first_week()).days // 7 + 1

    def _box(self, night: date) -> QRectF:
        since = (night - self._first_week()).days
        return self._cell(since // 7, since % 7)

    def _cell(self, week: int, weekday: int) -> QRectF:
        width, height = self.width() / 7, min((self.height() - HEAD) / max(self._weeks(), 1), MOST_CELL)
        return QRectF(weekday * width, HEAD + week * height, width - GAP, height - GAP)

    def _at(self, point: QPoint) -> int | None:
        inside = (number for number, one in enumerate(self._days) if self._box(one.night).contains(point))
        return next(inside, None)


def _paint_day(painter: QPainter, box: QRectF, one: RateDay, place: Place, look: Palette, *, chosen: bool) -> None:
    ground, strong = ground_and_change(one, look)
    painter.setPen(QPen(QColor(look.accent if chosen else look.line), 2 if chosen else 1))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
    inside = box.adjusted(8, 5, -8, -5)
    painter.setFont(text_font(tokens.SIZE_CAPTION))
    painter.setPen(QColor(small_colour(one, look)))
    top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
    painter.drawText(inside, top | Qt.AlignmentFlag.AlignLeft, _day_number(one.night))
    beside = inside.adjusted(painter.fontMetrics().horizontalAdvance(_day_number(one.night)) + 8, 0, 0, 0)
    mark = painter.fontMetrics().elidedText(standing_mark(one), Qt.TextElideMode.ElideRight, int(beside.width()))
    painter.drawText(beside, top | Qt.AlignmentFlag.AlignRight, mark)
    same = abs(one.change) < SAME_RATE
    painter.setPen(QColor(look.text_muted if same else look.text))
    calm = same and one.standing == "open"
    stays = FINE if one.standing == "open" else "as now"
    below = stays if same else f"now {place.number(one.current_rate)}"
    painter.drawText(inside, bottom | Qt.AlignmentFlag.AlignLeft, below)
    painter.setPen(QColor(strong))
    if not same:
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inside, middle, f"{place.change(100 * one.change)} %")
    painter.setFont(text_font(tokens.SIZE_HEADING, strong=not calm))
    painter.setPen(QColor(look.text_muted if calm else look.text))
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, place.number(one.suggested_rate))


def _first_look(days: Sequence[RateDay]) -> int:
    """Return the night to look at first: the one whose change brings most, or the first where none is to change."""
    moving = [at for at, one in enumerate(days) if one.moves]
    return max(moving, key=lambda at: days[at].gain, default=0)


def _day_number(night: date) -> str:
    """Return the day, with its month where one begins."""
    return f"{night.day} {MONTHS[night.month - 1]}" if night.day == 1 else str(night.day)


def small_colour(one: RateDay, look: Palette) -> str:
    """Return the colour of the date and of what stands beside it; muted words would not be read on a strong ground."""
    if ground_and_change(one, look)[0] == look.accent_line:
        return look.text
    return look.risk_text if one.event else look.text_muted


def ground_and_change(one: RateDay, look: Palette) -> tuple[str, str]:
    """Return the ground of a day and the colour of its change: blue for dearer, orange for cheaper."""
    if one.standing == "locked" or abs(one.change) < SAME_RATE:
        return look.surface, look.text_muted
    if one.change > 0:
        return (look.accent_line if one.change > MUCH else look.accent_soft), look.text
    return look.risk_soft, look.risk_text
