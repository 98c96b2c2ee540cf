"""Small windows of the Rooms page: another room for a booking, and rooms out of order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QDialog, QSpinBox, QWidget

from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, clear, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.dialogs.dialog_size import size_within
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.scrolling import scrolled
from hotelml_app.gui.widgets.tables.filter_box import FilterBox
from hotelml_app.gui.widgets.tables.table import Cell, Column, DataTable
from hotelml_app.services.rooms.views import ClosedRoomView, CloseRoom, OpenRoom, RoomsChange, RoomsView, Standing, StayView

WIDTH = 68 * tokens.GRID
HEIGHT = 60 * tokens.GRID
CLOSURES_WIDTH = 80 * tokens.GRID
LONGEST_CLOSURE_NIGHTS = 366
FREE, OTHER, TAKEN = 0, 1, 2


class MoveDialog(QDialog):
    """The rooms a booking may be moved to, free ones of its type first. Open it with ``open``."""

    def __init__(self, parent: QWidget, place: Place, view: RoomsView, stay: StayView, on_room: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Move {stay.reservation_id}")
        size_within(self, parent, WIDTH, HEIGHT)
        self._on_room = on_room
        columns = (Column("Room", width=96), Column("Type", width=80), Column("On these nights", stretch=True))
        self.table = DataTable(columns, "Rooms to move to", sortable=False)
        self._open_to: dict[str, bool] = {}
        self.go = Button("Move here", lambda: self._take(self.table.current_key), role="primary")
        # Enter in the filter is to take the room that is left, not to give up.
        self.go.setDefault(True)
        self.go.setEnabled(False)
        rows = []
        for order, number, room_type, on_nights in sorted(_choices(place, view, stay), key=lambda one: one[0]):
            self._open_to[number] = order[0] != TAKEN
            free = order[0] == FREE
            told = Cell(on_nights, colour="" if free else "text_muted", tip=on_nights)
            rows.append((number, (Cell(number, strong=free), Cell(room_type or DASH), told)))
        self.table.set_rows(rows)
        self.table.opened.connect(self._take)
        self.table.current.connect(lambda key: self.go.setEnabled(self._open_to.get(key, False)))
        nights = (stay.departure - stay.arrival).days
        when = f"{place.day(stay.arrival)} to {place.day(stay.departure)}, {nights} night{'' if nights == 1 else 's'}"
        kind = stay.room_type or "no type named"
        words = (
            label(f"Another room for {stay.reservation_id}", "heading", wrap=True),
            label(f"{kind}, {when}", "muted", wrap=True),
        )
        find = FilterBox(self.table, "rooms")
        buttons = row((None, Button("Cancel", self.reject), self.go))
        inside = column((*words, find, self.table, buttons), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
        inside.setStretch(3, 1)
        self.setLayout(inside)
        self.finished.connect(self.deleteLater)
        if rows:
            self.table.choose(rows[0][0])
        self.table.setFocus()

    def _take(self, room: str) -> None:
        if self._open_to.get(room, False):
            self.accept()
            self._on_room(room)


def _choices(place: Place, view: RoomsView, stay: StayView) -> list[tuple[tuple[int, bool, int], str, str, str]]:
    """Return (order, room, type, what is on these nights) for every other room with a number."""
    inside: dict[str, list[StayView]] = {}
    for one in view.stays:
        if one.arrival < stay.departure and stay.arrival < one.departure and one.key != stay.key:
            inside.setdefault(one.room, []).append(one)
    found = []
    for position, room in enumerate(view.rooms):
        if room.number == stay.room or not room.named:
            continue
        how, words = _on_nights(place, view.closed, stay, room.number, inside.get(room.number, ()))
        found.append(((how, room.room_type != stay.room_type, position), room.number, room.room_type, words))
    return found


def _on_nights(
    place: Place, closed: Sequence[ClosedRoomView], stay: StayView, room: str, meets: Sequence[StayView]
) -> tuple[int, str]:
    """Return whether a room can be had on a stay's nights, and why not; ``meets`` is who is in it then."""
    for entry in closed:
        if entry.room == room and entry.first < stay.departure and stay.arrival < entry.until:
            return TAKEN, f"Out of order until {place.day(entry.until)}"
    for one in meets:
        if one.standing is Standing.GUEST:
            return TAKEN, f"{one.reservation_id} is in it until {place.day(one.departure)}"
        if one.locked or one.standing is Standing.PLANNED:
            return TAKEN, f"Held for {one.reservation_id}"
    if meets:
        names = ", ".join(dict.fromkeys(one.reservation_id for one in meets))
        return OTHER, f"{names} would get another room"
    return FREE, "Free"


OUT_OF_ORDER = (
    "Nobody is given this room, and no page counts on selling it. Bookings that have it on these nights are suggested another "
    "one."
)


class ClosedRoomsDialog(QDialog):
    """The rooms out of order, and the way to add one. Open it with ``open``."""

    def __init__(
        self, parent: QWidget, place: Place, view: RoomsView, on_change: Callable[[RoomsChange], object], room: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Rooms out of order")
        self.setMinimumWidth(CLOSURES_WIDTH)
        self._place, self._on_change = place, on_change
        self.room = CalmComboBox("Room")
        for one in view.rooms:
            if one.named:
                self.room.addItem(f"{one.number}  {one.room_type}", one.number)
        if room:
            self.room.choose(room)
        self.first = CalmComboBox("First night")
        for night in range(view.nights):
            day = view.first + timedelta(days=night)
            self.first.addItem(place.day(day), day.isoformat())
        self.nights = QSpinBox()
        self.nights.setAccessibleName("Nights")
        self.nights.setRange(1, LONGEST_CLOSURE_NIGHTS)
        self.nights.valueChanged.connect(lambda nights: self.nights.setSuffix(" night" if nights == 1 else " nights"))
        self.nights.setSuffix(" night")
        self.nights.lineEdit().setTextMargins(tokens.GRID, 0, tokens.GRID, 0)
        self.close_it = Button("Take out of order", self._close_room, role="primary")
        # Qt would press the first button there is, which puts a room back into service.
        self.close_it.setDefault(True)
        line = row((self.room, self.first, self.nights, self.close_it, None), gap=tokens.SPACE_1)
        self.list = column(gap=tokens.SPACE_HALF)
        self._show_list(view.closed)
        done = Button("Close", self.reject)
        words = (label("Rooms out of order", "heading"), label(OUT_OF_ORDER, "muted", wrap=True))
        # A house that closes for the winter has every room in the list: it scrolls, what is below it stays in sight.
        listed = scrolled(bare(self.list))
        inside = column((*words, listed, tokens.SPACE_1, line, tokens.SPACE_1, row((None, done))), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
        inside.setStretch(2, 1)
        self.setLayout(inside)
        size_within(self, parent, CLOSURES_WIDTH, self.sizeHint().height())
        self.finished.connect(self.deleteLater)

    def _show_list(self, closed: tuple[ClosedRoomView, ...]) -> None:
        clear(self.list)
        for entry in closed:
            words = label(f"Room {entry.room}, {self._place.day(entry.first)} until {self._place.day(entry.until)}", "strong")
            go = partial(self._open_room, entry)
            back = Button("Back into service", go, name=f"Back into service: room {entry.room}")
            self.list.addLayout(row((words, None, back)))
        if not closed:
            self.list.addWidget(label("No room is out of order."))

    def _close_room(self) -> None:
        first = date.fromisoformat(self.first.choice)
        self.accept()
        self._on_change(CloseRoom(self.room.choice, first, first + timedelta(days=self.nights.value())))

    def _open_room(self, entry: ClosedRoomView) -> None:
        self.accept()
        self._on_change(OpenRoom(entry.room, entry.first))
