"""Today: tonight and six more nights, what needs a decision, who may not come, what ran overnight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.paper.report_run import ReportRun
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.bars import BAR_WIDTH
from hotelml_app.gui.widgets.boxes import bare, card, clear, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.cards.night_card import NightCard
from hotelml_app.gui.widgets.cards.to_do_card import ToDoCard
from hotelml_app.gui.widgets.labels import ElidedLabel, label, rule
from hotelml_app.gui.widgets.provenance import maker_words
from hotelml_app.gui.widgets.scrolling import bring_into_view
from hotelml_app.gui.widgets.tables.arrival_cells import RISK_TIP, risk_cell, usual_words
from hotelml_app.gui.widgets.tables.table import WIDEST_BOOKING, Cell, Column, DataTable
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.services.today.views import DecisionView, TodayView

NIGHTS = 7
NIGHTS_IN_NARROW_ROW = 4
RISKY_ROWS = 8
REPORT_TIP = "The coming 28 nights for the revenue meeting, as Excel or PDF"
HEAD_HEIGHT = 3 * tokens.GRID + 4

NAMED_NIGHTS: dict[int | None, str] = {0: "Tomorrow", 1: "Tonight", None: "Tonight"}
"""What the first night is on the PC's date, by how many days old the export is."""


class TodayPage(Page):
    """The page a front-office manager opens at six in the morning."""

    key = "today"
    title = "Today"

    def __init__(self, context: WindowContext) -> None:
        self._grid = QGridLayout()
        self.cards = tuple(NightCard(first=index == 0) for index in range(NIGHTS))
        self.to_do = ToDoCard(lambda: bring_into_view(self._left))
        self._lower = QGridLayout()
        self._decisions = QVBoxLayout()
        self._overnight = QVBoxLayout()
        self.risky = DataTable(_risky_columns(""), "Arrivals that may not come", sortable=False)
        self._narrow: bool | None = None
        self._risky_day: date | None = None
        super().__init__(context)
        self.print_button = Button("Print…", self.print_sheet, tip="The morning sheet, on one page (Ctrl+P)")
        self.report = ReportRun(context)
        self.report_button = Button("Save as report…", self.save_report, tip=REPORT_TIP)
        for button in (self.report_button, self.print_button):
            button.setEnabled(False)
            self.tools.addWidget(button)
        self.report.changed.connect(self._allow_report)
        QShortcut(QKeySequence.StandardKey.Print, self).activated.connect(self.print_sheet)
        for one in self.cards:
            one.opened.connect(lambda day: context.open_page("arrivals", day))
        self.risky.opened.connect(lambda _: context.open_page("arrivals", self._risky_day))

    def build(self) -> QWidget:
        """Return the cards above, decisions and arrivals below."""
        self._grid.setSpacing(tokens.SPACE_1)
        self._lower.setSpacing(tokens.SPACE_2)
        self._nobody = label("No arrival of the coming week stands out.", "muted")
        see_all = Button("All arrivals", lambda: self.context.open_page("arrivals", self._risky_day), role="quiet")
        self._risky_head = label(role="heading")
        risky_head = bare(row((self._risky_head, None, see_all)))
        risky_head.setFixedHeight(HEAD_HEIGHT)
        self._left = bare(column((self._decisions, 0, self._overnight, None), gap=tokens.SPACE_2))
        self._risky_by = ElidedLabel(role="caption")
        self._right = bare(column((risky_head, self.risky, self._nobody, self._risky_by, None)))
        self._lower.setContentsMargins(0, 0, 0, 0)
        self.set_narrow(False)
        return bare(column((self._grid, self._lower, None), gap=tokens.SPACE_3))

    def question(self) -> Callable[[], object]:
        """Ask for the day."""
        appliance, name = self.context.appliance, self.context.property_name
        return lambda: appliance.today(name)

    def set_narrow(self, narrow: bool) -> None:
        """Put the cards into two rows and the lists below one another, or side by side."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        in_row = NIGHTS_IN_NARROW_ROW if narrow else NIGHTS
        for index, one in enumerate(self.cards):
            self._grid.addWidget(one, index // in_row, index % in_row)
        # The room beside the last night says what needs a decision: the list lies below the edge of a small window.
        self._grid.addWidget(self.to_do, NIGHTS // NIGHTS_IN_NARROW_ROW, NIGHTS % NIGHTS_IN_NARROW_ROW)
        self.to_do.setVisible(narrow)
        for index in range(NIGHTS):
            self._grid.setColumnStretch(index, 1 if index < in_row else 0)
        self._lower.addWidget(self._left, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._lower.addWidget(self._right, 1 if narrow else 0, 0 if narrow else 1, Qt.AlignmentFlag.AlignTop)
        self._lower.setColumnStretch(0, 5)
        self._lower.setColumnStretch(1, 0 if narrow else 9)

    def print_sheet(self) -> None:
        """Ask for a printer and print the morning sheet."""
        if isinstance(self.view, TodayView):
            from hotelml_app.gui.paper.morning_sheet import sheet_html
            from hotelml_app.gui.paper.printing import ask_printer, print_sheet

            html = sheet_html(self.context.place, self.view)
            ask_printer(self.context, self, lambda printer: print_sheet(printer, html))

    def save_report(self) -> None:
        """Ask where the report is to go, and write it."""
        if isinstance(self.view, TodayView):
            self.report.ask_where(self, self.view.freshness.business_date)

    def stop(self) -> None:
        """Give up a report that is being made: the window closes."""
        self.report.stop()

    def _allow_report(self) -> None:
        self.report_button.setEnabled(self.view is not None and not self.report.running)

    def forget(self) -> None:
        """There is nothing to print until the page is there again."""
        super().forget()
        self.print_button.setEnabled(False)
        self._allow_report()

    renew = forget

    def show_view(self, view: object) -> None:
        """Show the day."""
        assert isinstance(view, TodayView)
        place = self.context.place
        self.say(view.sentence)
        self.print_button.setEnabled(True)
        self._allow_report()
        self.provenance.show_origin(place, view.freshness, (("Forecast", view.forecast_by),))
        self._risky_by.setText(place.spoken(maker_words("", view.noshow_by)))
        events, closed = any(night.event for night in view.nights), any(night.out_of_order for night in view.nights)
        for index, (one, night) in enumerate(zip(self.cards, view.nights, strict=False)):
            named = NAMED_NIGHTS.get(view.freshness.days_old) if index == 0 else None
            day = f"{named}, {place.day(night.night, weekday=False)}" if named else place.day(night.night)
            one.show_night(place, night, day)
            one.keep_lines(event=events, out_of_order=closed)
        for one in self.cards[len(view.nights) :]:
            one.hide()
        self._show_decisions(view)
        self._show_overnight(view.overnight)
        self._show_risky(view)

    def _show_decisions(self, view: TodayView) -> None:
        clear(self._decisions)
        self._decisions.setSpacing(tokens.SPACE_1)
        for warning in view.warnings:
            self._decisions.addWidget(self._warning(warning))
        place = self.context.place
        self.to_do.show_titles([warning.title for warning in view.warnings], [place.spoken(one.title) for one in view.decisions])
        head = label("Wants a decision" if view.decisions else "Nothing needs a decision", "heading")
        head.setFixedHeight(HEAD_HEIGHT)
        self._decisions.addWidget(head)
        if view.decisions:
            lines = column(gap=tokens.SPACE_1)
            for index, decision in enumerate(view.decisions):
                if index:
                    lines.addWidget(rule())
                lines.addWidget(self._decision(decision))
            self._decisions.addWidget(card(lines, margin=tokens.SPACE_1 + 4))
        else:
            self._decisions.addWidget(label("The coming week looks as it should.", "muted", wrap=True))

    def _decision(self, decision: DecisionView) -> QWidget:
        place = self.context.place
        title = label(place.spoken(decision.title), "strong", wrap=True)
        detail = label(place.spoken(decision.detail), "muted", wrap=True)

        def act() -> None:
            if decision.hotel:
                self.context.look_at(decision.hotel)
                return
            self.context.answer(decision.file) if decision.file else self.context.open_page(decision.page, decision.day)

        go = Button(decision.button, act, name=f"{decision.button}: {decision.title}", role="primary" if decision.file else "")
        made = row((column((title, detail), gap=2), go), gap=tokens.SPACE_2)
        made.setStretch(0, 1)
        return bare(made)

    def _warning(self, warning: WarningView) -> QFrame:
        say = self.context.place.spoken
        text = say(" ".join(part for part in (warning.message, warning.remedy) if part))
        away = Button("Put away", lambda: self._dismiss(warning.key), name=f"Put away: {warning.title}")
        words = column((label(warning.title, "urgent", wrap=True), label(text, wrap=True)), gap=2)
        line = row((words, away), gap=tokens.SPACE_2)
        line.setStretch(0, 1)
        made = card(line, margin=tokens.SPACE_1 + 4, role="notice")
        made.setProperty("tone", "urgent")
        return made

    def _dismiss(self, key: str) -> None:
        self.context.do(lambda: self.context.appliance.dismiss_warning(key), lambda _: self.refresh())

    def _show_overnight(self, lines: tuple[str, ...]) -> None:
        clear(self._overnight)
        self._overnight.setSpacing(tokens.SPACE_HALF)
        self._overnight.addWidget(label("Since yesterday", "heading"))
        for line in lines or ("Nothing ran in the last 24 hours.",):
            moment, _, what = line.partition("  ")
            when = label(self.context.place.spoken(moment), "muted")
            told = row((when, label(self.context.place.spoken(what), "muted", wrap=True)), gap=tokens.SPACE_1)
            told.setStretch(1, 1)
            told.setAlignment(when, Qt.AlignmentFlag.AlignTop)
            self._overnight.addWidget(bare(told))

    def _show_risky(self, view: TodayView) -> None:
        self._risky_day = view.may_not_come[0].arrival if view.may_not_come else None
        self._risky_head.setText(
            f"May not come, {self.context.place.day(self._risky_day)}" if self._risky_day else "May not come"
        )
        first = view.nights[0].night if view.nights else date.max
        self.risky.set_columns(_risky_columns(usual_words(self.context.place, view.may_not_come, first)))
        rows = []
        for one in view.may_not_come[:RISKY_ROWS]:
            why = ", ".join(one.reasons)
            cells = (
                risk_cell(self.context.place, one),
                Cell(one.reservation_id),
                Cell(one.room_type or "–"),
                Cell(self.context.place.number(one.nights)),
                Cell(why, tip=why),
            )
            rows.append((one.reservation_id, cells))
        self.risky.set_rows(rows)
        self.risky.fit_height(RISKY_ROWS)
        self.risky.setVisible(bool(rows))
        self._nobody.setVisible(not rows)


def _risky_columns(usual: str) -> tuple[Column, ...]:
    return (
        Column("Risk", usual, width=BAR_WIDTH + 112, tip=RISK_TIP),
        Column("Booking", width=96, widest=WIDEST_BOOKING, middle=True),
        Column("Room type", width=84),
        Column("Nights", number=True, width=64),
        Column("Why", stretch=True),
    )
