"""The event calendar of a property: what fills the town, beside the holidays that are known anyway."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.place import Place
from hotelml_app.gui.settings_parts.fields import CalmSpinBox
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import clear, column, dress, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.day_box import CalmDateEdit
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.nights.event_views import EventView

HINT = (
    "Fairs, concerts, matches, past and to come: they are named beside the nights on all pages. Forecast and rates treat "
    "them like public holidays; the next training learns how much such nights differ."
)
NOTHING = "No event has been entered yet."
MOST_NIGHTS, MOST_LETTERS = 60, 60


class EventsCard(QFrame):
    """The events, each with a way to remove it, and a line to add one; changes count at once.

    What was typed leaves the line only once it is kept: ``show_events`` tells so, ``show_failure`` that it is not.
    """

    def __init__(self, on_change: Callable[[Sequence[EventView]], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._on_change = on_change
        self.events: tuple[EventView, ...] = ()
        self._removed = ""
        self._adding: EventView | None = None
        self.list = column(gap=tokens.SPACE_HALF)
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name of the event")
        self.name.setAccessibleName("Name of the event")
        self.name.setMaxLength(MOST_LETTERS)
        self.first = CalmDateEdit("First night")
        self.nights = CalmSpinBox("Nights")
        self.nights.setRange(1, MOST_NIGHTS)
        self.nights.valueChanged.connect(lambda nights: self.nights.setSuffix(" night" if nights == 1 else " nights"))
        self.nights.setSuffix(" night")
        self.nights.setFixedHeight(tokens.CONTROL_HEIGHT - 4)
        self.nights.lineEdit().setTextMargins(tokens.GRID, 0, tokens.GRID, 0)
        self.add = Button("Add", self._add, name="Add the event")
        self.add.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip()) and self._adding is None))
        self.name.returnPressed.connect(self._add)
        self._line: tuple[QWidget, ...] = (self.name, self.first, self.nights, self.add)
        self._place = Place()
        self._business_date: date | None = None
        line = row((self.name, self.first, self.nights, self.add), gap=tokens.SPACE_1)
        line.setStretch(0, 1)
        dress(self, column((label("Events", "heading"), label(HINT, "muted", wrap=True), self.list, line), gap=tokens.SPACE_1))

    def show_events(self, place: Place, events: Sequence[EventView], business_date: date | None) -> None:
        """Show these events; the line to add one begins at the next night."""
        self.events = tuple(events)
        if self._adding is not None and self._adding in self.events:
            self._end_adding()
            self.name.clear()
        self._place, self._business_date = place, business_date
        self.first.write_as(place)
        clear(self.list)
        for one in events:
            remove = Button("Remove", partial(self._remove, one), name=f"Remove {one.name}")
            self.list.addLayout(row((label(event_words(place, one), wrap=True), None, remove)))
        if self._removed and self._removed == self.name.text():
            self.list.addWidget(label(f"{self._removed} is removed. Add puts it back.", wrap=True))
        elif not events:
            self.list.addWidget(label(NOTHING))
        if not self.name.text():
            # Before the first export the PC's own date is nearer to the hotel's than none.
            following = business_date + timedelta(days=1) if business_date else None
            self.first.setDate(QDate(following.year, following.month, following.day) if following else QDate.currentDate())

    def show_failure(self, error: HotelMLError) -> None:
        """Say that the latest change is not kept; what was typed stays in the line."""
        if self._adding is not None:
            said = f"{self._adding.name} is not kept. {error.message} Add tries again."
            self._end_adding()
        else:
            said = f"It was not removed. {error.message}"
            if self._removed and self._removed == self.name.text():
                self.name.clear()
        self._removed = ""
        self.show_events(self._place, self.events, self._business_date)
        self.list.addWidget(label(said, "urgent", wrap=True))

    def _add(self) -> None:
        name = " ".join(self.name.text().split())
        if name and self._adding is None:
            begins = self.first.date()
            first = date(begins.year(), begins.month(), begins.day())
            self._removed = ""
            self._adding = EventView(name, first, first + timedelta(days=self.nights.value() - 1))
            for each in self._line:
                each.setEnabled(False)
            self._on_change((*self.events, self._adding))

    def _end_adding(self) -> None:
        self._adding = None
        for each in self._line:
            each.setEnabled(True)
        self.add.setEnabled(bool(self.name.text().strip()))
        self.name.setFocus()

    def _remove(self, event: EventView) -> None:
        if not self.name.text().strip():
            # A slip costs nothing: what was removed stands in the line below, to be added again.
            self.first.setDate(QDate(event.first.year, event.first.month, event.first.day))
            self.nights.setValue((event.last - event.first).days + 1)
            self.name.setText(event.name)
            self.name.setFocus()
            self._removed = event.name
        self._on_change(tuple(one for one in self.events if one != event))


def event_words(place: Place, one: EventView) -> str:
    """Return an event with its nights."""
    first, last = place.day(one.first, year=True), place.day(one.last, year=True)
    return f"{one.name}, {first}" if one.first == one.last else f"{one.name}, {first} to {last}"
