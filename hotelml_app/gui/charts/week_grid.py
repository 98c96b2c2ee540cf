"""Nights laid out week by week under the days of the week: where each lies, how to move among them, what is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.asking.words import WEEKDAYS

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class WeekGrid(QWidget):
    """Draws consecutive nights, a row per week. A child says what is in a cell and what is done with the night chosen.

    What a child must say raises NotImplementedError here: Qt's own metaclass leaves no room for abstract methods.

    ``head`` is the height of the weekdays' names, ``gap`` lies between cells, ``inset`` between a cell's edge and its words,
    ``most_cell`` is the most a week may be high; all in pixels.
    """

    def __init__(self, name: str, *, head: int, gap: int, inset: int, most_cell: int) -> None:
        super().__init__()
        self._head, self._gap, self._inset, self._most_cell = head, gap, inset, most_cell
        self._nights: tuple[date, ...] = ()
        self._current = self._first_weekday = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def words_at(self, at: int) -> str:
        """Return everything about a night in one sentence."""
        raise NotImplementedError

    def choose_at(self, at: int, *, more: bool) -> None:
        """Choose a night, which may lie beyond the last; ``more`` adds it to what is chosen."""
        raise NotImplementedError

    def press_at(self, at: int, *, more: bool) -> None:
        """Do what a click on a night does: choose it, unless a child does more."""
        self.choose_at(at, more=more)

    def open_current(self) -> None:
        """Do what Enter does with the night chosen last."""
        raise NotImplementedError

    def paint_cell(self, painter: QPainter, at: int, box: QRectF, look: Palette) -> None:
        """Draw a night into its box."""
        raise NotImplementedError

    def paint_over(self, painter: QPainter, look: Palette) -> None:
        """Draw what lies over the cells; nothing unless a child does."""

    def set_nights(self, nights: Sequence[date], first_weekday: int = 0) -> None:
        """Lay out other nights, in order; a week begins with ``first_weekday``, Monday is 0."""
        weeks = self.weeks
        self._first_weekday = first_weekday
        self._nights = tuple(nights)
        self._current = self.within(self._current)
        if weeks != self.weeks:
            self.updateGeometry()

    def within(self, at: int) -> int:
        """Return the place of the night nearest to a place that may lie beyond them."""
        return min(max(at, 0), max(len(self._nights) - 1, 0))

    def tell(self) -> None:
        """Tell screen readers of the night chosen last, and draw anew."""
        self.setAccessibleDescription(self.words_at(self._current) if self._nights else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by days and weeks; open the night."""
        key = Qt.Key(event.key())
        if key in STEPS and self._nights:
            self.choose_at(self._current + STEPS[key], more=_with_shift(event))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._nights:
            self.open_current()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the night under the mouse."""
        at = self.at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self.press_at(at, more=_with_shift(event))

    def event(self, event: QEvent) -> bool:
        """Say everything about the night that is pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.at(event.pos())
            QToolTip.showText(event.globalPos(), self.words_at(at) if at is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw weekdays and nights."""
        if not self._nights:
            return
        painter, look = QPainter(self), appearance().colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        painter.setPen(QColor(look.text_muted))
        for number, name in enumerate((*WEEKDAYS[self._first_weekday :], *WEEKDAYS[: self._first_weekday])):
            box = self._cell(0, number)
            painter.drawText(QRectF(box.left() + self._inset, 0, box.width(), self._head), Qt.AlignmentFlag.AlignVCenter, name)
        for at in range(len(self._nights)):
            self.paint_cell(painter, at, self.box(at), look)
        self.paint_over(painter, look)
        painter.end()

    @property
    def weeks(self) -> int:
        """How many rows there are, at least one."""
        return (self._nights[-1] - self._first_week).days // 7 + 1 if self._nights else 1

    def box(self, at: int) -> QRectF:
        """Return where a night lies."""
        since = (self._nights[at] - self._first_week).days
        return self._cell(since // 7, since % 7)

    def at(self, point: QPoint) -> int | None:
        """Return the place of the night at a point."""
        return next((at for at in range(len(self._nights)) if self.box(at).contains(point)), None)

    @property
    def _first_week(self) -> date:
        return self._nights[0] - timedelta(days=(self._nights[0].weekday() - self._first_weekday) % 7)

    def _cell(self, week: int, weekday: int) -> QRectF:
        width, height = self.width() / 7, min((self.height() - self._head) / self.weeks, self._most_cell)
        return QRectF(weekday * width, self._head + week * height, width - self._gap, height - self._gap)


def day_number(place: Place, night: date, *, first: bool = False) -> str:
    """Return the day of the month, with the month's name where one begins or where it is the ``first`` that is shown."""
    return place.day(night, weekday=False) if first or night.day == 1 else str(night.day)


def _with_shift(event: QKeyEvent | QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
