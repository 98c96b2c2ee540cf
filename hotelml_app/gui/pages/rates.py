"""Rates: a month of suggested rates, what each would bring and why; accept, set, lock, for a day or a range."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.place import MONTHS, Place
from hotelml_app.gui.rates_parts.dialogs import LimitsDialog, OwnRateDialog
from hotelml_app.gui.rates_parts.for_pms import ForPmsDialog, open_entries
from hotelml_app.gui.rates_parts.ledger import TITLE as LEDGER
from hotelml_app.gui.rates_parts.ledger import LedgerDialog
from hotelml_app.gui.rates_parts.month import RateMonth
from hotelml_app.gui.rates_parts.panel import NightPanel
from hotelml_app.gui.rates_parts.room_cost import RoomCostQuestion
from hotelml_app.gui.rates_parts.words import range_words
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, card, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.side_by_side import SideBySide
from hotelml_app.services.rates.rate_words import type_words
from hotelml_app.services.rates.views import (
    AcceptRates,
    EnterRates,
    LockRates,
    RatesChange,
    RatesView,
    SetLimits,
    SetRate,
    SetRoomCost,
    UndoRates,
    UnlockRates,
)

WEIGHING = "Weighing the rates again…"
FOR_PMS = "For the PMS"
ACCEPT_ALL = "Accept all"


class RatesPage(Page):
    """The rates of a month."""

    key = "rates"
    title = "Rates"

    def __init__(self, context: WindowContext) -> None:
        self.months, self.types = CalmComboBox("Month"), CalmComboBox("Room type")
        self.month = RateMonth()
        self.panel = NightPanel(self._accept, self._own, self._lock)
        self._month: date | None = None
        self._type = ""
        self._busy = False
        self._waiting: list[tuple[str, RatesChange]] = []
        self._refused: RatesChange | None = None
        self._list: ForPmsDialog | None = None
        self._grid = SideBySide()
        super().__init__(context)
        self.months.activated.connect(lambda _: self._look(date.fromisoformat(self.months.choice), self._type))
        self.types.activated.connect(lambda _: self._look(self._month, self.types.choice))
        self.month.chosen.connect(self._show_chosen)
        self.month.opened.connect(self._accept)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self._undo)

    def build(self) -> QWidget:
        """Return the month with the panel beside it."""
        self.all_month = Button(
            ACCEPT_ALL, self._accept_month, icon="check", tip="Charge the suggested rates of this month and room type"
        )
        self.limits = Button("Limits…", self.open_limits, tip="Floor, ceiling, rounding, what is left alone")
        self.undo = Button("Undo", self._undo, icon="arrow-counter-clockwise")
        self.ledger = Button("Own rates so far…", self.open_ledger, tip=f"{LEDGER} What the nights that have passed brought")
        self.for_pms = Button(FOR_PMS, self.open_list, tip="The rates that are still to be entered in your PMS")
        self.ledger.setEnabled(False)
        self._waits = label(role="muted")
        self.tools.addWidget(self.ledger)
        parts = (self.months, self.types, self._waits, None, self.for_pms, self.all_month, self.limits, self.undo)
        bar = row(parts, gap=tokens.SPACE_1)
        self._left = card(column((self.month,)), margin=tokens.SPACE_1)
        self.set_narrow(False)
        self.cost = RoomCostQuestion(self._say_cost)
        whole = column((bar, self.cost, self._grid), gap=tokens.SPACE_1 + 4)
        whole.setStretch(2, 1)
        return bare(whole)

    def set_narrow(self, narrow: bool) -> None:
        """Put the panel below the month, or beside it."""
        self._grid.put_panel(self._left, self.panel, narrow=narrow)

    def question(self) -> Callable[[], object]:
        """Ask for the chosen month and room type."""
        appliance, name, month, room_type = self.context.appliance, self.context.property_name, self._month, self._type
        return lambda: appliance.rates(name, month, room_type)

    def forget(self) -> None:
        """Another property has other room types; what was ticked off is still kept, for the property it is about."""
        if self._list is not None and self._list.property_name != self.context.property_name:
            self._list.reject()
        super().forget()
        self._month, self._type = None, ""
        self.ledger.setEnabled(False)

    def look_at(self, day: date) -> None:
        """Show the month of a day."""
        self._month, self.stale = day.replace(day=1), True

    def show_view(self, view: object) -> None:
        """Show the month and the night chosen in it."""
        assert isinstance(view, RatesView)
        place = self.context.place
        self._month, self._type = view.month, view.room_type
        self.say(view.sentence)
        self.ledger.setEnabled(True)
        self.provenance.show_origin(place, view.freshness, (("", view.made_by),))
        _offer(
            self.months, [(f"{MONTHS[one.month - 1]} {one.year}", one.isoformat()) for one in view.months], view.month.isoformat()
        )
        _offer(self.types, _types(view, place), view.room_type)
        to_enter = {one.night for one in open_entries(view) if one.room_type == view.room_type}
        self.month.show_days(view.days, place, to_enter)
        undo = f"Undo: {place.spoken(view.undo)} (Ctrl+Z)" if view.undo else "Nothing was changed since the last export"
        self.undo.setToolTip(undo)
        waiting = len(open_entries(view))
        self.for_pms.say(f"{FOR_PMS} {place.number(waiting)}…" if waiting else f"{FOR_PMS}…")
        if self._list is not None:
            self._list.show_view(view)
        self._show_chosen()

    def _show_chosen(self) -> None:
        if not isinstance(self.view, RatesView) or not self.month.range:
            return
        self.panel.show_nights(self.view, self.month.range, self.context.place, busy=self._busy)
        self.cost.show_view(self.view, self.context.place, busy=self._busy)
        self.undo.setEnabled(bool(self.view.undo) and not self._busy)
        moving = sum(one.moves for one in self.view.days)
        self.all_month.say(f"{ACCEPT_ALL} {self.context.place.number(moving)}" if moving else ACCEPT_ALL)
        self.all_month.setEnabled(bool(moving) and not self._busy)

    def change(self, change: RatesChange) -> None:
        """Let the appliance carry out what was decided; it takes a few seconds, the window stays alive."""
        if not self._busy and isinstance(self.view, RatesView):
            self._carry_out(self.context.property_name, change)

    def _in_turn(self, name: str, change: RatesChange) -> None:
        """Carry out what a window of its own asks for, one after the other.

        Staff tick faster than it is kept, and what was typed must not be lost where a new export comes meanwhile.
        """
        self._waiting.append((name, change))
        self._carry_out_next()

    def _carry_out_next(self) -> None:
        if self._waiting and not self._busy:
            self._carry_out(*self._waiting.pop(0))

    def _carry_out(self, name: str, change: RatesChange) -> None:
        here = name == self.context.property_name
        appliance, month, room_type = self.context.appliance, self._month if here else None, self._type if here else ""
        self._set_busy(True, "" if isinstance(change, EnterRates) else WEIGHING)
        self.context.runner.work(
            lambda: appliance.change_rates(name, change, month, room_type),
            on_done=self._changed,
            on_failure=lambda error: self._not_changed(error, name, change),
        )

    def _changed(self, view: object) -> None:
        self._set_busy(False)
        self._refused = None
        self.context.decided.emit()
        shown = isinstance(view, RatesView) and view.property_name == self.context.property_name
        if shown and not self._ticked_of(self.context.property_name):
            outrun = not self.context.runner.quiet
            self._answer(view)
            if outrun:
                # An answer still to come may be about the time before the change.
                self.refresh()
        self._carry_out_next()

    def _not_changed(self, error: HotelMLError, name: str, change: RatesChange) -> None:
        self._set_busy(False)
        self._refused = change if name == self.context.property_name else None
        for one in self._ticked_of(name):
            self._waiting.remove(one)
        if self._list is not None and isinstance(self.view, RatesView):
            self._list.show_view(self.view)
        self.context.tell_error(error)
        self._carry_out_next()

    def _ticked_of(self, name: str) -> list[tuple[str, RatesChange]]:
        return [one for one in self._waiting if one[0] == name and isinstance(one[1], EnterRates)]

    def _set_busy(self, busy: bool, words: str = "") -> None:
        self._busy = busy
        self._waits.setText(words)
        self._show_chosen()

    def open_list(self) -> None:
        """Show what is still to be entered in the PMS."""
        if isinstance(self.view, RatesView):
            self._list = ForPmsDialog(self, self.context, self.view, partial(self._in_turn, self.view.property_name))
            self._list.finished.connect(self._list_closed)
            self._list.open()

    def open_ledger(self) -> None:
        """Show what rates that staff decided on brought."""
        if isinstance(self.view, RatesView):
            LedgerDialog(self, self.context).open()

    def _list_closed(self) -> None:
        self._list = None

    def open_limits(self) -> None:
        """Show the limits of the room type."""
        if isinstance(self.view, RatesView):
            name, kind = self.view.property_name, self._type
            keep = lambda limits: self._in_turn(name, SetLimits(kind, limits))  # noqa: E731
            typed = self._refused
            limits = self.view.limits
            if isinstance(typed, SetLimits) and typed.room_type == kind:
                limits = typed.limits
            LimitsDialog(self, self.context.place, type_words(kind), limits, keep).open()

    def _say_cost(self, cost: float) -> None:
        if isinstance(self.view, RatesView):
            self._in_turn(self.view.property_name, SetRoomCost(cost))

    def _look(self, month: date | None, room_type: str) -> None:
        self._month, self._type = month, room_type
        self.refresh()

    def _span(self) -> tuple[date, date]:
        days = self.month.range
        return days[0].night, days[-1].night

    def _accept(self) -> None:
        if any(one.moves for one in self.month.range):
            self.change(AcceptRates(*self._span(), self._type))

    def _accept_month(self) -> None:
        if isinstance(self.view, RatesView) and self.view.days:
            self.change(AcceptRates(self.view.days[0].night, self.view.days[-1].night, self._type))

    def _own(self) -> None:
        day = self.month.day
        if day is not None:
            (first, last), name, kind = self._span(), self.context.property_name, self._type
            words = range_words(self.context.place, self.month.range)
            keep = lambda rate: self._in_turn(name, SetRate(first, last, kind, rate))  # noqa: E731
            typed = self._refused
            start = day.suggested_rate
            if isinstance(typed, SetRate) and (typed.first, typed.last, typed.room_type) == (first, last, kind):
                start = typed.rate
            OwnRateDialog(self, self.context.place, words, start, keep).open()

    def _lock(self) -> None:
        if self.month.range:
            locked = all(one.standing == "locked" for one in self.month.range)
            self.change((UnlockRates if locked else LockRates)(*self._span(), self._type))

    def _undo(self) -> None:
        if isinstance(self.view, RatesView) and self.view.undo:
            self.change(UndoRates())


def _types(view: RatesView, place: Place) -> list[tuple[str, str]]:
    """Return the room types, each with how many of its rates are to change, so that none has to be opened in vain."""
    many = dict(zip(view.room_types, view.to_change, strict=False))
    named = [(type_words(one), one) for one in view.room_types]
    return [(f"{name}: {place.number(many[one])} to change" if many.get(one) else name, one) for name, one in named]


def _offer(box: CalmComboBox, entries: list[tuple[str, str]], chosen: str) -> None:
    if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] != entries:
        box.clear()
        for text, key in entries:
            box.addItem(text, key)
    box.choose(chosen)
