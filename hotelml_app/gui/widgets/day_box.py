"""A day to be chosen or typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat
from PySide6.QtWidgets import QDateEdit

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.widgets.calm import Calm, calm

CALENDAR_WIDTH, CALENDAR_HEIGHT = 42 * tokens.GRID, 28 * tokens.GRID
DAY_WIDTH = 22 * tokens.GRID
DAY_FIRST, MONTH_FIRST = "d MMM yyyy", "MMM d, yyyy"


class CalmDateEdit(Calm, QDateEdit):
    """A day that does not change when somebody scrolls the page over it; months are English on every PC."""

    def __init__(self, name: str) -> None:
        super().__init__()
        calm(self, name)
        self.setLocale(QLocale(QLocale.Language.English))
        self.setDisplayFormat(DAY_FIRST)
        self.setFixedHeight(tokens.CONTROL_HEIGHT - 4)
        self.lineEdit().setTextMargins(tokens.GRID, 0, tokens.GRID, 0)

    def write_as(self, place: Place) -> None:
        """Write the day as the property's country does."""
        self.setDisplayFormat(MONTH_FIRST if place.month_first else DAY_FIRST)


class PastDayBox(CalmDateEdit):
    """A day out of a stretch of days, with a calendar in which some of them are marked."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setDisplayFormat(f"ddd {DAY_FIRST}")
        self.setFixedWidth(DAY_WIDTH)
        self.setCalendarPopup(True)
        # A day that is being typed is none yet.
        self.setKeyboardTracking(False)
        calendar = self.calendarWidget()
        calendar.setLocale(self.locale())
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(calendar.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMinimumSize(CALENDAR_WIDTH, CALENDAR_HEIGHT)
        self._colour()
        appearance().changed.connect(self._colour)
        self._marked: tuple[date, ...] = ()

    def _colour(self) -> None:
        everyday = QTextCharFormat()
        everyday.setForeground(QColor(appearance().colours.text))
        # Qt paints weekends red, which is kept for what needs a person now.
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendarWidget().setWeekdayTextFormat(weekend, everyday)

    def write_as(self, place: Place) -> None:
        """Write the day with its weekday as the property's country does."""
        self.setDisplayFormat(f"ddd {MONTH_FIRST if place.month_first else DAY_FIRST}")
        self.calendarWidget().setFirstDayOfWeek(Qt.DayOfWeek(place.first_weekday + 1))

    @property
    def day(self) -> date:
        """The day that is chosen."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def show_day(self, day: date, first: date, last: date, marked: Iterable[date]) -> None:
        """Show a day out of ``first`` to ``last`` without telling anyone."""
        self.blockSignals(True)
        self.setDateRange(QDate(first.year, first.month, first.day), QDate(last.year, last.month, last.day))
        self.setDate(QDate(day.year, day.month, day.day))
        self.blockSignals(False)
        self._mark(tuple(marked))

    def _mark(self, marked: tuple[date, ...]) -> None:
        if marked == self._marked:
            return
        self._marked = marked
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.Bold)
        calendar = self.calendarWidget()
        calendar.setDateTextFormat(QDate(), QTextCharFormat())
        for day in marked:
            calendar.setDateTextFormat(QDate(day.year, day.month, day.day), strong)
