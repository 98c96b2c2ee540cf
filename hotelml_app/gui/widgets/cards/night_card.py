"""One night on the Today page: how full, what is on the books, what came in since yesterday, what may be lost."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.bars import OccupancyBar
from hotelml_app.gui.widgets.boxes import column
from hotelml_app.gui.widgets.labels import ElidedLabel, label, set_role
from hotelml_app.services.asking.words import count
from hotelml_app.services.today.views import NightView

LINES = (
    ("On the books", "Rooms on the books for this night"),
    ("Pickup, 1 day", "Rooms booked since yesterday, less those cancelled"),
    ("Arrivals", "Rooms due to arrive on this day"),
    ("Lost rooms", "Rooms booked now that are expected to be cancelled yet, or not to come"),
    ("Out of order", "Rooms that cannot be sold on this night; they do not count among those of which a share is sold"),
)
OPEN_TIP = "Open the arrivals of this day (Enter)"


class NightCard(QFrame):
    """A card for one night; ``first`` is the hotel's next night and stands out. A click or Enter opens the night."""

    opened = Signal(object)

    def __init__(self, *, first: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        if first:
            set_role(self, "true", "current")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(OPEN_TIP)
        self._night: date | None = None
        self.day = ElidedLabel(role="strong" if first else "")
        self.figure = label(role="figure")
        self.rooms = ElidedLabel(role="caption")
        self.bar = OccupancyBar()
        self.event_name = ElidedLabel(role="event")
        self.values = tuple(_value() for _ in LINES)
        self._names = tuple(ElidedLabel(text, "muted") for text, _ in LINES)
        inside = column((self.day, self.figure, self.rooms, 2, self.bar, 2, self._lines(), self.event_name, None), gap=2)
        inside.setContentsMargins(tokens.SPACE_1 + 4, tokens.SPACE_1, tokens.SPACE_1 + 4, tokens.SPACE_1)
        self.setLayout(inside)

    def show_night(self, place: Place, night: NightView, day_words: str) -> None:
        """Show a night."""
        self._night = night.night
        self.day.setText(day_words)
        expected = place.number(night.expected)
        rooms = "" if night.rooms is None else place.spoken(count(night.rooms, "room"))
        self.figure.setText(place.share(night.occupancy_in_rooms) if night.rooms else expected)
        between = f"{place.number(night.rooms_low)} to {place.number(night.rooms_high)}"
        self.rooms.setText(f"{expected} of {rooms}" if rooms else "rooms expected")
        self.rooms.setToolTip(f"8 of 10 such nights end between {between} rooms sold")
        self.bar.show_night(night.rooms or night.rooms_high, night.on_books, night.expected, night.rooms_low, night.rooms_high)
        self.event_name.setText(night.event)
        lost = place.number(night.expected_lost, 1 if night.expected_lost < 9.95 else 0)
        figures = (place.number(night.on_books), place.change(night.pickup_since_yesterday), place.number(night.arrivals))
        texts = (*figures, lost, place.number(night.out_of_order))
        for target, text in zip(self.values, texts, strict=True):
            target.setText(text)
        closed = f", {texts[4]} out of order" if night.out_of_order else ""
        self.setAccessibleName(
            f"{day_words}: {place.spoken(count(night.expected, 'room'))} expected, {texts[0]} on the books, "
            f"{texts[1]} since yesterday, {texts[3]} lost rooms{closed}"
        )
        self.bar.setToolTip(f"Grey: on the books. Mark: forecast {expected}. Line: 8 of 10 such nights, {between} rooms")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the night."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the night with Enter or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self._night is not None:
            self.opened.emit(self._night)

    def keep_lines(self, *, event: bool, out_of_order: bool) -> None:
        """Keep a line free for what any card of the row has, so that all are of one height."""
        self.event_name.setVisible(event)
        for one in (self._names[-1], self.values[-1]):
            one.setVisible(out_of_order)

    def _lines(self) -> QGridLayout:
        lines = QGridLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setVerticalSpacing(2)
        lines.setHorizontalSpacing(tokens.SPACE_HALF)
        lines.setColumnStretch(0, 1)
        for index, (name, value, (_, tip)) in enumerate(zip(self._names, self.values, LINES, strict=True)):
            name.setToolTip(tip)
            lines.addWidget(name, index, 0)
            lines.addWidget(value, index, 1)
        return lines


def _value() -> QLabel:
    made = label(role="strong")
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
