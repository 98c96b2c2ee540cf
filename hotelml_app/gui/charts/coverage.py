"""Which months the bookings cover: a bar per month of arrival, holes marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hotelml_app.core.written_days import MONTHS
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.services.asking.words import count, joined
from hotelml_app.services.exports.data_views import MonthView

_LABELS = 16
_LEAST_BAR = 2.0
_HOLE = 3.0
HOLES_NAMED = 3


class CoverageStrip(QWidget):
    """Arrivals by month; those still to come are lighter. Point at a month to read its number."""

    def __init__(self) -> None:
        super().__init__()
        self._months: tuple[MonthView, ...] = ()
        self._until: date | None = None
        self._place = Place()
        self.setMinimumHeight(8 * tokens.GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(40 * tokens.GRID, 8 * tokens.GRID)

    def show_months(self, place: Place, months: Sequence[MonthView], until: date | None) -> None:
        """Draw other months; those after ``until``, the business date, are still to come."""
        self._months, self._until, self._place = tuple(months), until, place
        self.setAccessibleName(coverage_words(self._months))
        self.setVisible(bool(self._months))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say how many bookings arrive in the month that is pointed at."""
        if isinstance(event, QHelpEvent) and self._months:
            place = min(int(event.pos().x() * len(self._months) / max(1, self.width())), len(self._months) - 1)
            month = self._months[max(place, 0)]
            said = count(month.arrivals, "booking arrives", "bookings arrive")
            QToolTip.showText(event.globalPos(), f"{month_words(month.first_day)}: {self._place.spoken(said)}")
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, and the first and the last month below them."""
        if not self._months:
            return
        colours, top = appearance().colours, max(month.arrivals for month in self._months)
        slot, ground = self.width() / len(self._months), self.height() - _LABELS
        bar = max(1.0, slot - (2.0 if slot > 6 else 0.5))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for index, month in enumerate(self._months):
            if month.arrivals:
                height = max(_LEAST_BAR, ground * month.arrivals / top)
                painter.setBrush(QColor(colours.accent_line if self._to_come(month) else colours.accent))
            else:
                height = _HOLE
                painter.setBrush(QColor(colours.risk_high))
            painter.drawRect(QRectF(index * slot, ground - height, bar, height))
        painter.setPen(QPen(QColor(colours.line_strong), 1))
        painter.drawLine(QPointF(0, ground), QPointF(self.width(), ground))
        painter.setPen(QColor(colours.text_muted))
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        below = QRectF(0, ground + 1, self.width(), _LABELS)
        ends = (self._months[0], Qt.AlignmentFlag.AlignLeft), (self._months[-1], Qt.AlignmentFlag.AlignRight)
        for month, side in ends[: len(self._months)]:
            painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, month_words(month.first_day))
        painter.end()

    def _to_come(self, month: MonthView) -> bool:
        return self._until is not None and month.first_day > self._until


def month_words(first_day: date) -> str:
    """Return "Jul 2015"."""
    return f"{MONTHS[first_day.month - 1]} {first_day.year}"


def holes(months: Sequence[MonthView]) -> tuple[date, ...]:
    """Return the months between the first and the last in which nobody arrives."""
    return tuple(month.first_day for month in months if not month.arrivals)


def coverage_words(months: Sequence[MonthView]) -> str:
    """Say in a sentence which months are covered, and which are not."""
    if not months:
        return "No arrivals are known yet"
    missing = holes(months)
    if not missing:
        return f"Every month from {month_words(months[0].first_day)} to {month_words(months[-1].first_day)} has arrivals"
    named, more = [month_words(month) for month in missing[:HOLES_NAMED]], len(missing) - HOLES_NAMED
    return f"No arrivals are known in {joined([*named, count(more, 'more month')] if more > 0 else named)}"
