"""The room plan: rooms down, days across, stays as bars that the mouse and the keyboard choose, open and drag."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip

from hotelml_app.gui.place import Place
from hotelml_app.gui.rooms_parts.plan_paint import HEADER_HEIGHT, Picture, paint
from hotelml_app.gui.rooms_parts.plan_rows import ROOM_HEIGHT, Layout, layout_of
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.services.rooms.views import RoomsView, Standing, StayView

NAME = "Room plan; arrow keys move from booking to booking, Enter moves one to another room"


class RoomPlan(QAbstractScrollArea):
    """Draws a RoomsView; tells which stay is chosen, opened, or dropped on to another room."""

    chosen = Signal(str)
    opened = Signal(str)
    dropped = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._view: RoomsView | None = None
        self._layout: Layout | None = None
        self._place = Place()
        self._as_in_pms = False
        self._dragged = ""
        self._pressed_at = QPoint()
        self._aimed = -1
        self.current = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(NAME)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(ROOM_HEIGHT)
        self.viewport().setMouseTracking(True)
        self.setMinimumHeight(30 * tokens.GRID)

    def show_view(self, view: RoomsView, place: Place, *, as_in_pms: bool) -> None:
        """Draw other stays; the one that is chosen stays so where it is still there."""
        self._view, self._place, self._as_in_pms = view, place, as_in_pms
        self._layout = layout_of(view, as_in_pms=as_in_pms)
        if self._layout.bar(self.current) is None:
            self.current = ""
        self._fit()
        self._say_chosen()
        self.viewport().update()

    @property
    def stay(self) -> StayView | None:
        """The stay that is chosen."""
        bar = self._layout.bar(self.current) if self._layout is not None else None
        return bar.stay if bar is not None else None

    def choose(self, key: str) -> None:
        """Choose a stay and bring it into sight."""
        if self._layout is None or self._layout.bar(key) is None or key == self.current:
            return
        self.current = key
        self._bring_into_sight()
        self._say_chosen()
        self.viewport().update()
        self.chosen.emit(key)

    def choose_booking(self, reservation: str) -> None:
        """Choose the first room of a booking, if it is on the plan."""
        if self._layout is not None:
            self.choose(next((bar.stay.key for bar in self._layout.bars if bar.stay.reservation_id == reservation), ""))

    def look_for(self, text: str) -> bool:
        """Choose the first booking, or the first in a room, whose name begins with ``text``."""
        wanted = text.strip().casefold()
        if self._layout is None or not wanted:
            return False
        for bar in self._layout.bars:
            names = (bar.stay.reservation_id, self._layout.rows[bar.row].label)
            if any(name.casefold().startswith(wanted) for name in names):
                self.choose(bar.stay.key)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from stay to stay with the arrow keys; Enter opens the one that is chosen."""
        if self._layout is None:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.choose(self._layout.beside(self.current, -1 if key == Qt.Key.Key_Left else 1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.choose(self._layout.across(self.current, -1 if key == Qt.Key.Key_Up else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the stay under the mouse, and get ready to drag it."""
        stay = self._stay_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and stay is not None:
            self.choose(stay.key)
            self._pressed_at = event.position().toPoint()
            self._dragged = stay.key if self._may_drag(stay) else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show on which room the dragged stay would come."""
        point = event.position().toPoint()
        if self._dragged and (self._aimed >= 0 or _far(point, self._pressed_at)):
            self._aim(self._room_row_at(point))
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif not self._dragged:
            over = self._stay_at(point)
            free = over is not None and self._may_drag(over)
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if free else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the dragged stay."""
        key, row = self._dragged, self._aimed
        self._dragged = ""
        self._aim(-1)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        bar = self._layout.bar(key) if self._layout is not None and key else None
        if self._layout is not None and bar is not None and row >= 0 and row != bar.row:
            self.dropped.emit(key, self._layout.rows[row].label)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the stay."""
        stay = self._stay_at(event.position().toPoint())
        if stay is not None:
            self.opened.emit(stay.key)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say everything about the stay that is pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            stay = self._stay_at(event.pos())
            QToolTip.showText(event.globalPos(), stay_words(self._place, stay) if stay else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plan, and a frame around it while it has the focus."""
        picture = self._picture()
        if picture is None:
            return
        painter = QPainter(self.viewport())
        paint(painter, picture, self.current, self._aimed)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(appearance().colours.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll as far as there are rooms."""
        super().resizeEvent(event)
        self._fit()

    def _say_chosen(self) -> None:
        words = stay_words(self._place, self.stay)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _picture(self) -> Picture | None:
        if self._view is None or self._layout is None:
            return None
        size, look = self.viewport().size(), appearance().colours
        scrolled = self.verticalScrollBar().value()
        return Picture(self._view, self._layout, self._place, look, size.width(), size.height(), scrolled)

    def _fit(self) -> None:
        if self._layout is not None:
            room = max(self.viewport().height() - HEADER_HEIGHT, 1)
            self.verticalScrollBar().setRange(0, max(self._layout.height - room, 0))
            self.verticalScrollBar().setPageStep(room)

    def _bring_into_sight(self) -> None:
        bar = self._layout.bar(self.current) if self._layout is not None else None
        if self._layout is None or bar is None:
            return
        row, scroll = self._layout.rows[bar.row], self.verticalScrollBar()
        room = self.viewport().height() - HEADER_HEIGHT
        if not scroll.value() <= row.top <= scroll.value() + room - row.height:
            scroll.setValue(row.top - room // 3)

    def _stay_at(self, point: QPoint) -> StayView | None:
        picture = self._picture()
        if picture is None or point.y() < HEADER_HEIGHT:
            return None
        row = picture.layout.row_at(point.y() - HEADER_HEIGHT + picture.scrolled)
        inside = (bar for bar in picture.layout.bars if bar.row == row)
        return next((bar.stay for bar in inside if picture.rect(bar).contains(point)), None)

    def _room_row_at(self, point: QPoint) -> int:
        if self._layout is None or point.y() < HEADER_HEIGHT:
            return -1
        row = self._layout.row_at(point.y() - HEADER_HEIGHT + self.verticalScrollBar().value())
        return row if row >= 0 and self._layout.rows[row].kind == "room" else -1

    def _may_drag(self, stay: StayView) -> bool:
        return not self._as_in_pms and stay.standing is not Standing.GUEST

    def _aim(self, row: int) -> None:
        if row != self._aimed:
            self._aimed = row
            self.viewport().update()


def _far(one: QPoint, other: QPoint) -> bool:
    return (one - other).manhattanLength() >= QApplication.startDragDistance()


def stay_words(place: Place, stay: StayView | None) -> str:
    """Return everything about a stay in a sentence or two."""
    if stay is None:
        return ""
    nights = (stay.departure - stay.arrival).days
    kind = f", {stay.room_type}" if stay.room_type else ""
    when = f"{place.day(stay.arrival)} to {place.day(stay.departure)}, {nights} night{'' if nights == 1 else 's'}"
    return f"{stay.reservation_id}{kind}, {when}. {where_words(stay)} {place.with_days(stay.reason)}".strip()


def where_words(stay: StayView) -> str:
    """Return in which room a stay is, and how firmly."""
    match stay.standing:
        case Standing.REFUSED:
            return "It has no room."
        case Standing.WAITING:
            return "It waits for a room."
        case Standing.MOVED:
            return f"Suggested: from room {stay.room_now} to room {stay.room}."
        case Standing.GIVEN:
            return f"Suggested: room {stay.room}; the PMS shows none."
        case Standing.PLANNED:
            return f"Room {stay.room}, to be carried out in the PMS."
    locked = ", locked" if stay.locked else ""
    return f"Room {stay.room}, as in the PMS{locked}." if stay.room else ""
