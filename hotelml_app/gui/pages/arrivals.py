"""Arrivals: who comes on a day, riskiest first, whom to call, and how many rooms will be lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.charts.lost_rooms import NOBODY, LostRoomsChart, distribution_words
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.place import DASH
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.bars import BAR_WIDTH
from hotelml_app.gui.widgets.boxes import bare, card, column, row
from hotelml_app.gui.widgets.buttons import Button, Segments
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.dialogs.types_to_sell import TypesToSellDialog
from hotelml_app.gui.widgets.dialogs.walk_plan import WalkPlanDialog, advice_words
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.tables.arrival_cells import RISK_TIP, risk_cell, usual_words
from hotelml_app.gui.widgets.tables.filter_box import FilterBox
from hotelml_app.gui.widgets.tables.table import WIDEST_BOOKING, Cell, Column, DataTable
from hotelml_app.services.arrivals.views import ArrivalsView, ArrivalView

DAYS_AS_BUTTONS = 5
HEAD_HEIGHT = 3 * tokens.GRID + 4
STRIP_HEIGHT, STRIP_HEIGHT_NARROW = 18 * tokens.GRID, 20 * tokens.GRID
TABLE_HEIGHT = 36 * tokens.GRID
WORTH_A_CALL = ("high", "raised")
ROOMS_UNKNOWN = "How many rooms there are is not known. Say it in the settings: then HotelML advises how many to sell."
TICK_HINT = "Tick a booking off with the space bar or Enter. The next shift sees the ticks."


class ArrivalsPage(Page):
    """The arrivals of one day."""

    key = "arrivals"
    title = "Arrivals"

    def __init__(self, context: WindowContext) -> None:
        self.days = Segments((), "Day of arrival")
        self.later = CalmComboBox("Later days")
        self._day: date | None = None
        self._same_reason = ""
        self._days: tuple[tuple[str, str], ...] = ()
        self.called: set[str] = set()
        self._ticking: dict[str, bool] = {}
        self._strip: list[QWidget] = []
        self.table = DataTable(_columns(""), "Arrivals, riskiest first", empty="Nobody is booked to arrive on this day.")
        self.chart = LostRoomsChart()
        super().__init__(context)
        self.filter = FilterBox(self.table, "arrivals")
        self._bar.addWidget(self.filter)
        self.days.chosen.connect(lambda key: self._choose_day(date.fromisoformat(key)))
        self.later.activated.connect(self._choose_later)
        self.table.ticked.connect(self._tick)
        self.table.opened.connect(self.table.toggle)

    def build(self) -> QWidget:
        """Return the days, the distribution and the call list above the table."""
        self._bar = row((self.days, self.later, None), gap=tokens.SPACE_1)
        self._lost_words = label(role="strong", wrap=True)
        self._average = label(role="muted", wrap=True)
        words = column((_heading("Lost rooms"), self._lost_words, self._average, None), gap=tokens.SPACE_HALF)
        lost = row((words, self.chart), gap=tokens.SPACE_2)
        self._call_words = label(role="strong", wrap=True)
        self._call_hint = label(role="muted", wrap=True)
        calls = column((_heading("Call list"), self._call_words, self._call_hint, None), gap=tokens.SPACE_HALF)
        self._advice, self._behind = label(role="strong", wrap=True), label(role="muted", wrap=True)
        self.walks = Button("Walk plan", self._show_walk_plan, role="quiet", tip="Whom to walk first if too many come")
        self.types = Button("Room types", self._show_types, role="quiet", tip="How many rooms of each type to sell still")
        heading = row((_heading("Overbooking"), None, self.types, self.walks), gap=tokens.SPACE_HALF)
        selling = column((heading, self._advice, self._behind, None), gap=tokens.SPACE_HALF)
        strip = row(gap=tokens.SPACE_2)
        for content, share in ((lost, 4), (selling, 3), (calls, 2)):
            part = card(content, margin=tokens.SPACE_1 + 4)
            self._strip.append(part)
            strip.addWidget(part, share)
        self.set_narrow(False)
        for index in (0, 1):
            lost.setStretch(index, 1)
        self.table.setMinimumHeight(TABLE_HEIGHT)
        whole = column((self._bar, strip, self.table), gap=tokens.SPACE_1 + 4)
        whole.setStretch(2, 1)
        return bare(whole)

    def set_narrow(self, narrow: bool) -> None:
        """Give the texts above the table more lines where these are short."""
        for part in self._strip:
            part.setFixedHeight(STRIP_HEIGHT_NARROW if narrow else STRIP_HEIGHT)
        if isinstance(self.filter, FilterBox):
            self.filter.set_narrow(narrow)

    def question(self) -> Callable[[], object]:
        """Ask for the chosen day."""
        appliance, name, day = self.context.appliance, self.context.property_name, self._day
        return lambda: appliance.arrivals(name, day)

    def forget(self) -> None:
        """Another property starts on its own next day."""
        super().forget()
        self._day = None
        self._ticking.clear()

    def show_view(self, view: object) -> None:
        """Show the day."""
        assert isinstance(view, ArrivalsView)
        place = self.context.place
        self.say(view.sentence)
        self.provenance.show_origin(place, view.freshness, (("", view.made_by),))
        self._offer_days(view)
        self._same_reason = _said_of_all(view.arrivals)
        usual = usual_words(place, view.arrivals, view.days[0])
        self.table.set_columns(_columns(place.currency, usual))
        on_the_way = self._ticking.items()
        self.called = {*view.called, *(key for key, on in on_the_way if on)} - {key for key, on in on_the_way if not on}
        self._show_arrivals()
        self.chart.show_distribution(view.lost_rooms_probability)
        known = any(one.p_lost is not None for one in view.arrivals)
        told = distribution_words(view.lost_rooms_probability if known else ())
        self._lost_words.setText(told if view.arrivals else NOBODY)
        self._average.setText(f"{place.number(view.expected_lost, 1)} rooms on average" if known else "")
        self.chart.setVisible(known)
        self._show_advice(view)

    def _show_arrivals(self) -> None:
        if isinstance(self.view, ArrivalsView):
            self.table.set_rows([(one.reservation_id, self._cells(one)) for one in self.view.arrivals])
            self._count_calls()

    def _show_advice(self, view: ArrivalsView) -> None:
        self.walks.setEnabled(bool(view.advice and view.advice.walk_plan))
        self.types.setEnabled(bool(view.advice and view.advice.night.room_types))
        first, second = advice_words(self.context.place, view.advice) if view.advice else ("", ROOMS_UNKNOWN)
        self._advice.setText(first)
        self._behind.setText(second)

    def _show_walk_plan(self) -> None:
        if isinstance(self.view, ArrivalsView) and self.view.advice:
            WalkPlanDialog(self, self.context.place, self.view.advice).open()

    def _show_types(self) -> None:
        if isinstance(self.view, ArrivalsView) and self.view.advice:
            TypesToSellDialog(self, self.context.place, self.view.advice.night).open()

    def _cells(self, one: ArrivalView) -> tuple[Cell, ...]:
        place = self.context.place
        why = "" if self._same_reason else ", ".join(one.reasons)
        worth = one.band in WORTH_A_CALL
        return (
            risk_cell(place, one),
            Cell("", sort=int(one.reservation_id in self.called), checked=one.reservation_id in self.called if worth else None),
            Cell(one.reservation_id),
            Cell(place.number(one.nights), one.nights),
            Cell(place.number(one.rooms), one.rooms),
            Cell(one.room_type or "–"),
            Cell(place.number(one.rate, 2), float("-inf") if one.rate is None else one.rate),
            Cell(one.channel or one.segment or "–", tip=" · ".join(part for part in (one.channel, one.segment) if part)),
            Cell(why or DASH, tip=why),
        )

    def _offer_days(self, view: ArrivalsView) -> None:
        days = tuple((day.isoformat(), self.context.place.day(day)) for day in view.days)
        if days != self._days:
            self._days = days
            self.days.set_choices(days[:DAYS_AS_BUTTONS])
            self.later.clear()
            self.later.addItem("Later…", "")
            for key, words in days[DAYS_AS_BUTTONS:]:
                self.later.addItem(words, key)
            self.later.setVisible(len(view.days) > DAYS_AS_BUTTONS)
        self.later.setCurrentIndex(max(self.later.findData(view.day.isoformat()), 0))
        self.days.choose(view.day.isoformat())

    def _choose_day(self, day: date) -> None:
        self._day = day
        self.refresh()

    def look_at(self, day: date) -> None:
        """Show another day."""
        if day != self._day:
            self._day = day
            self.stale = True

    def _choose_later(self) -> None:
        chosen = str(self.later.currentData() or "")
        if chosen:
            self._choose_day(date.fromisoformat(chosen))

    def _tick(self, key: str, ticked: bool) -> None:
        if not isinstance(self.view, ArrivalsView):
            return
        appliance, name, day = self.context.appliance, self.context.property_name, self.view.day
        (self.called.add if ticked else self.called.discard)(key)
        self._ticking[key] = ticked
        self._count_calls()
        self.context.runner.work(
            lambda: appliance.tick_call(name, key, day, called=ticked),
            on_done=lambda _: self._ticked(),
            on_failure=lambda error: self._not_ticked(key, ticked, error),
        )

    def _ticked(self) -> None:
        if self.context.runner.quiet:
            # Else an answer to what was asked before the tick may still come, and must not take it away again.
            self._ticking.clear()
        self.context.decided.emit()

    def _not_ticked(self, key: str, ticked: bool, error: HotelMLError) -> None:
        self._ticking.pop(key, None)
        (self.called.discard if ticked else self.called.add)(key)
        self._show_arrivals()
        self.context.tell_error(error)

    def _count_calls(self) -> None:
        if not isinstance(self.view, ArrivalsView):
            return
        worth = [one.reservation_id for one in self.view.arrivals if one.band in WORTH_A_CALL]
        done = sum(one in self.called for one in worth)
        self._call_words.setText(f"{done} of {len(worth)} reached" if worth else "Nobody has to be called for this day.")
        why = self._same_reason
        self._call_hint.setText(TICK_HINT if worth else f"{why[:1].upper()}{why[1:]}." if why else "")


def _heading(text: str) -> QLabel:
    """Return a card's heading, as high as one with a button beside it, so that all stand on one line."""
    made = label(text, "heading")
    made.setMinimumHeight(HEAD_HEIGHT)
    return made


def _said_of_all(arrivals: Sequence[ArrivalView]) -> str:
    """Return the reason that every arrival has and no risk goes with, so that it is said once; "" where they differ."""
    reasons = {", ".join(one.reasons) for one in arrivals}
    return reasons.pop() if len(reasons) == 1 and len(arrivals) > 1 and all(one.band == "unknown" for one in arrivals) else ""


def _columns(currency: str, usual: str = "") -> tuple[Column, ...]:
    return (
        Column("Risk", usual, width=BAR_WIDTH + 112, tip=RISK_TIP),
        Column("Called", width=68, tip="Tick off whom you reached (space bar or Enter)"),
        Column("Booking", width=104, widest=WIDEST_BOOKING, middle=True),
        Column("Nights", number=True, width=62),
        Column("Rooms", number=True, width=62, secondary=True),
        Column("Room type", width=84, secondary=True),
        Column("Rate", currency, number=True, width=92, secondary=True, tip="Per room and night"),
        Column("Channel", width=108, secondary=True),
        Column("Why", stretch=True),
    )
