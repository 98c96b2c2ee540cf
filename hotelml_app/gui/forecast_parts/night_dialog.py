"""One night of the forecast: how it fills beside similar nights, what changed, how good such forecasts were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.charts.booking_curve import BookingCurveChart
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, card, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.dialogs.dialog_size import size_within
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.scrolling import scrolled
from hotelml_app.gui.widgets.tables.table import WIDEST_BOOKING, Cell, Column, DataTable
from hotelml_app.services.asking.words import WEEKDAYS
from hotelml_app.services.nights.night_views import NightChangeView, NightDetailView

SIZE = (108 * tokens.GRID, 84 * tokens.GRID)
MOST_ROWS = 40
READING = "Reading the night…"


class NightDialog(QDialog):
    """Shows one of ``nights`` and goes to the others. Open it with ``open``."""

    def __init__(self, parent: QWidget, context: WindowContext, nights: Sequence[date], room_type: str, segment: str) -> None:
        super().__init__(parent)
        self._context, self._nights, self._part = context, tuple(nights), (room_type, segment)
        self.night = self._nights[0]
        self.view: NightDetailView | None = None
        size_within(self, parent, *SIZE)
        self.sentence = label(role="sentence", wrap=True)
        self.event_name = label(role="event", wrap=True)
        self.track = label(role="muted", wrap=True)
        self.chart = BookingCurveChart()
        self.compared = label(role="caption", wrap=True)
        self.since = label(role="heading", wrap=True)
        self.changes = DataTable(_columns(Place()), "What changed", sortable=False, empty="No booking of this night changed.")
        self.earlier = Button("Night before", lambda: self._step(-1), tip="Left arrow")
        self.later = Button("Night after", lambda: self._step(1), tip="Right arrow")
        close = Button("Close", self.accept, role="primary")
        close.setDefault(True)
        close.setFocus()
        for key, button in ((Qt.Key.Key_Left, self.earlier), (Qt.Key.Key_Right, self.later)):
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
        side = (tokens.SPACE_3, 0, tokens.SPACE_3, 0)
        head = bare(column((self.sentence, self.event_name, self.track), gap=tokens.SPACE_HALF), side)
        drawing = card(column((self.chart,)), margin=tokens.SPACE_1)
        self._body = bare(column((drawing, self.compared, tokens.SPACE_HALF, self.since, self.changes, None)), side)
        foot = bare(row((self.earlier, self.later, None, close)), side)
        whole = column((head, scrolled(self._body), foot), gap=tokens.SPACE_2)
        whole.setContentsMargins(0, tokens.SPACE_3, 0, tokens.SPACE_2)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.finished.connect(self.deleteLater)

    def show_night(self, night: date) -> None:
        """Ask for a night; what is shown stays until the answer comes."""
        self.night = night
        at = self._nights.index(night)
        self.earlier.setEnabled(at > 0)
        self.later.setEnabled(at < len(self._nights) - 1)
        self.setWindowTitle(f"{self._context.place.day(night)} · HotelML")
        if self.view is None:
            self.sentence.setText(READING)
            self._body.hide()
        appliance, name, (room_type, segment) = self._context.appliance, self._context.property_name, self._part
        self._context.runner.ask("night", lambda: appliance.night(name, night, room_type, segment), self._answer, self._fail)

    def _step(self, nights: int) -> None:
        at = self._nights.index(self.night) + nights
        if 0 <= at < len(self._nights):
            self.show_night(self._nights[at])

    def _answer(self, view: object) -> None:
        assert isinstance(view, NightDetailView)
        self.view, place = view, self._context.place
        self.sentence.setText(place.spoken(view.sentence))
        self.event_name.setText(view.point.event)
        self.event_name.setVisible(bool(view.point.event))
        self.track.setText(place.spoken(view.track))
        self.track.setVisible(bool(view.track))
        self.chart.show_night(place, view)
        self.compared.setText(similar_words(place, view))
        self.since.setText(changes_words(place, view))
        self.changes.set_columns(_columns(place))
        self.changes.set_rows([(one.reservation_id, _cells(place, one)) for one in view.changes[:MOST_ROWS]])
        self.changes.fit_height(MOST_ROWS)
        self._body.show()

    def _fail(self, error: HotelMLError) -> None:
        self.view = None
        self.sentence.setText(error.message)
        self.track.setText(error.remedy)
        self.track.show()
        self._body.hide()


def similar_words(place: Place, view: NightDetailView) -> str:
    """Say which nights the grey band is made of."""
    if view.curve[-1].usual is None:
        return "Too few similar nights are known to compare with."
    weekday = WEEKDAYS[view.point.night.weekday()]
    first, last = (place.day(day, weekday=False, year=True) for day in (view.similar[-1], view.similar[0]))
    many = len(view.similar)
    which = f"{many} similar nights (each a {weekday} without an event, {first} to {last})"
    return f"Grey: the middle half of {which}, at the same number of days before."


def changes_words(place: Place, view: NightDetailView) -> str:
    """Return "Since the end of Thu 26 Nov: +3 rooms in 5 bookings"."""
    when = f"Since the end of {place.day(view.since)}"
    if not view.changes:
        return f"{when}: nothing changed"
    net = place.change(sum(one.rooms for one in view.changes))
    count = len(view.changes)
    rest = f"in {count} booking{'' if count == 1 else 's'}{f', the {MOST_ROWS} largest shown' if count > MOST_ROWS else ''}"
    if net == "0":
        return f"{when}: as many rooms as before, with changes {rest}"
    return f"{when}: {net} room{'' if net in ('+1', '−1') else 's'} {rest}"


def _columns(place: Place) -> tuple[Column, ...]:
    return (
        Column("Booking", width=136, widest=WIDEST_BOOKING, middle=True),
        Column("What", width=152),
        Column("Rooms", number=True, width=68),
        Column("Room type", width=96),
        Column("Channel", stretch=True),
        Column("Rate", place.currency, number=True, width=84),
    )


def _cells(place: Place, one: NightChangeView) -> tuple[Cell, ...]:
    return (
        Cell(one.reservation_id),
        Cell(one.what),
        Cell(place.change(one.rooms), one.rooms, strong=True),
        Cell(one.room_type or DASH),
        Cell(one.channel or DASH),
        Cell(_rate(place, one), one.rate or 0.0),
    )


def _rate(place: Place, one: NightChangeView) -> str:
    if one.other_currency:
        return replace(place, currency=one.other_currency).money(one.rate, 2)
    return place.number(one.rate, 2)
