"""A past day again: what was said then of the nights after it, against what happened."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.charts.replay_chart import ReplayChart
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.forecast_parts.replay_run import ReplayRun
from hotelml_app.gui.place import DASH, Place, together
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, card, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.day_box import PastDayBox
from hotelml_app.gui.widgets.dialogs.dialog_size import size_within
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.gui.widgets.scrolling import scrolled
from hotelml_app.gui.widgets.tables.table import Cell, Column, DataTable
from hotelml_app.services.replay.views import ReplayNight, ReplayView, SaidFrom

SIZE = (112 * tokens.GRID, 86 * tokens.GRID)
BAR_WIDTH = 14 * tokens.GRID
MOST_ROWS = 90
TITLE = "Look back"
READING = "Looking back…"
OFFER = "HotelML can work out now what it would say from what was on the books then."
OFFER_LOST = "Who was expected not to come was not kept; HotelML can work it out now from what was on the books then."
LOST = "Who was expected not to come"


class LookBackDialog(QDialog):
    """Shows one past day and goes to others. Open it with ``open``."""

    def __init__(self, parent: QWidget, context: WindowContext) -> None:
        super().__init__(parent)
        self._context = context
        self.view: ReplayView | None = None
        self._work_out = False
        self.setWindowTitle(f"{TITLE} · HotelML")
        size_within(self, parent, *SIZE)
        self.sentence = label(role="sentence", wrap=True)
        self.detail, self.origin = label(role="muted", wrap=True), label(role="muted", wrap=True)
        self.day = PastDayBox("Day to look back at")
        self.day.write_as(context.place)
        self.day.dateChanged.connect(lambda _: self.show_day(self.day.day))
        self.chart = ReplayChart()
        self.table = DataTable(_columns(), "The nights after that day", sortable=False)
        self.lost, self.lost_origin = label(wrap=True), label(role="muted", wrap=True)
        self.run = ReplayRun(context)
        self.run.changed.connect(self._show_run)
        self.run.done.connect(self._answer)
        self.run.failed.connect(self._fail)
        self._lay_out()
        self.finished.connect(self._let_go)
        self.show_day(None)

    def _lay_out(self) -> None:
        side = (tokens.SPACE_3, 0, tokens.SPACE_3, 0)
        head = bare(column((self.sentence, self.detail, self.origin), gap=tokens.SPACE_HALF), side)
        self._lost_part = bare(column((label(LOST, "heading"), self.lost, self.lost_origin), gap=tokens.SPACE_HALF))
        drawing = card(column((self.chart,)), margin=tokens.SPACE_1)
        self._body = bare(column((drawing, self._lost_part, self.table, None), gap=tokens.SPACE_2), side)
        close = Button("Close", self.accept, role="primary")
        close.setDefault(True)
        foot = bare(row((*self._steps(), None, close)), side)
        whole = column((head, self._working(side), scrolled(self._body), foot), gap=tokens.SPACE_1 + 4)
        whole.setContentsMargins(0, tokens.SPACE_3, 0, tokens.SPACE_2)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        close.setFocus()

    def _steps(self) -> tuple[QWidget, ...]:
        """Return the way from day to day, with its keys."""
        steps = (
            ("Week before", -7, "Ctrl+Left", "Ctrl and left arrow"),
            ("Day before", -1, "Left", "Left arrow"),
            ("Day after", 1, "Right", "Right arrow"),
            ("Week after", 7, "Ctrl+Right", "Ctrl and right arrow"),
        )
        made = []
        for text, days, key, tip in steps:
            button = Button(text, partial(self._step, days), tip=tip)
            button.setEnabled(False)
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
            made.append(button)
        self.steps = dict(zip((days for _, days, *_ in steps), made, strict=True))
        return (*made[:2], self.day, *made[2:])

    def _working(self, side: tuple[int, int, int, int]) -> QWidget:
        """Return the offer to work a day out now, which gives way to how far that is."""
        self.offer = label(OFFER, wrap=True)
        self.work_out = Button("Work it out now", self._begin, icon="arrow-clockwise")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(BAR_WIDTH)
        self.bar.setAccessibleName("Working out the day")
        self.cancel = Button("Cancel", self._cancel, name="Cancel: working out the day")
        line = row((self.offer, self.bar, self.cancel, self.work_out), gap=tokens.SPACE_2)
        line.setStretch(0, 1)
        self._offer_part = bare(line, side)
        self._offer_part.hide()
        return self._offer_part

    def show_day(self, day: date | None) -> None:
        """Ask for a day, None for the usual one; what is shown stays until the answer comes."""
        self.run.stop()
        if self.view is None:
            self.sentence.setText(READING)
            self._body.hide()
        appliance, name = self._context.appliance, self._context.property_name
        self._context.runner.ask("replay", lambda: appliance.replay(name, day), self._read, self._fail)

    def _step(self, days: int) -> None:
        self.day.setDate(self.day.date().addDays(days))

    def _begin(self) -> None:
        """Work this day out, and from now on every other of which nothing was kept as well."""
        if self.view is not None:
            self._work_out = True
            self.run.begin(self.view.day)

    def _cancel(self) -> None:
        self._work_out = False
        self.run.stop()

    def _read(self, view: object) -> None:
        self._answer(view)
        if self._work_out and self.view is not None and self.view.can_work_out:
            self.run.begin(self.view.day)

    def _answer(self, view: object) -> None:
        assert isinstance(view, ReplayView)
        self.view, place = view, self._context.place
        self.sentence.setText(together(place.spoken(view.sentence)))
        for text, words in ((self.detail, view.detail), (self.origin, view.origin), (self.lost_origin, view.lost_origin)):
            text.setText(together(place.spoken(words)))
            text.setVisible(bool(words))
        set_role(self.origin, "event" if view.in_hindsight else "muted")
        self.lost.setText(place.spoken(view.lost_sentence))
        self._lost_part.setVisible(bool(view.lost_sentence))
        self.day.show_day(view.day, view.first_day, view.last_day, view.kept_days)
        for days, button in self.steps.items():
            button.setEnabled(view.first_day <= view.day + timedelta(days=days) <= view.last_day)
        self.chart.show_view(place, view)
        self.table.set_columns(_columns())
        self.table.set_rows([(one.night.isoformat(), _cells(place, one)) for one in view.nights])
        self.table.fit_height(MOST_ROWS)
        self._body.show()
        self._show_run()

    def _show_run(self) -> None:
        running = self.run.running
        self._offer_part.setVisible(running or (self.view is not None and self.view.can_work_out))
        nothing = self.view is None or self.view.said_from is SaidFrom.NOTHING
        self.offer.setText(self.run.step if running else OFFER if nothing else OFFER_LOST)
        self.bar.setValue(round(1000 * self.run.fraction))
        for part, shown in ((self.bar, running), (self.cancel, running), (self.work_out, not running)):
            part.setVisible(shown)

    def _fail(self, error: HotelMLError) -> None:
        self.run.stop()
        self.view = None
        self.sentence.setText(error.message)
        self.detail.setText(error.remedy)
        self.detail.setVisible(bool(error.remedy))
        self.origin.hide()
        self._offer_part.hide()
        self._body.hide()

    def _let_go(self) -> None:
        self.run.close()
        self.deleteLater()


def _columns() -> tuple[Column, ...]:
    rooms = "rooms"
    return (
        Column("Night", width=108),
        Column("Booked then", rooms, number=True, width=88, tip="On the books at the end of that day"),
        Column("Expected", rooms, number=True, width=84, tip="What HotelML expected"),
        Column("8 of 10", rooms, number=True, width=96, tip="Eight of ten such nights end in this range"),
        Column("Came", rooms, number=True, width=72, tip="What really happened"),
        Column("Off by", rooms, number=True, width=72, tip="What came minus what was expected"),
        Column("Pickup", rooms, number=True, width=80, tip="The plain rule: rooms on the books plus the pickup of recent weeks"),
        Column("Year before", rooms, number=True, width=92, tip="The same weekday a year before"),
        Column("", stretch=True),
    )


def _cells(place: Place, one: ReplayNight) -> tuple[Cell, ...]:
    span = DASH if one.p10 is None else f"{place.number(one.p10)} – {place.number(one.p90)}"
    outside = "outside the range" if one.inside is False else ""
    came = Cell(place.number(one.came), strong=True) if one.came is not None else Cell("to come", colour="text_muted")
    return (
        Cell(place.day(one.night), tip=one.event, colour="risk_text" if one.event else ""),
        Cell(place.number(one.on_books)),
        Cell(place.number(one.p50), strong=True),
        Cell(span, colour="text_muted"),
        came,
        Cell(place.change(one.off_by)),
        Cell(place.number(one.pickup)),
        Cell(place.number(one.last_year)),
        Cell("  ·  ".join(words for words in (outside, one.event) if words), colour="risk_text"),
    )
