"""Data: the drop folder, what waits in it, what came in, and the rows that could not be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from hotelml_app.gui.charts.coverage import CoverageStrip, coverage_words, holes
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.choosing import choose_files
from hotelml_app.gui.desktop.open_folder import open_folder
from hotelml_app.gui.import_run import ImportRun
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, card, column, fill, row
from hotelml_app.gui.widgets.buttons import Button, Segments
from hotelml_app.gui.widgets.cards.ask_card import AskCard
from hotelml_app.gui.widgets.cards.drop_well import DropWell, WellActions
from hotelml_app.gui.widgets.dialogs.objection import KNOW_BETTER, ask_overrule
from hotelml_app.gui.widgets.dialogs.take_back_dialog import ACTION, TakeBackDialog
from hotelml_app.gui.widgets.labels import ElidedLabel, label
from hotelml_app.gui.widgets.tables import check_table, import_tables
from hotelml_app.gui.widgets.tables.filter_box import FilterBox
from hotelml_app.services.exports.data_views import DataView, ImportView

LISTS = (("imports", "Imports"), ("checks", "Export check"), ("rejected", "Rows that could not be used"))
_ENDINGS = "csv txt tsv xlsx xlsm xlsb xls ods xml json jsonl htm html mht mhtml aud zip gz"
FILE_KINDS = f"PMS exports ({' '.join(f'*.{ending}' for ending in _ENDINGS.split())});;All files (*)"
TABLE_HEIGHT = 26 * tokens.GRID
MOST_WAITING_LINES = 4
NEVER_DELETED = "Files are never deleted: each ends in processed, duplicates or failed, inside the drop folder"


class DataPage(Page):
    """Everything that came in, and everything that did not."""

    key = "data"
    title = "Data"

    def __init__(self, context: WindowContext) -> None:
        self._lines: list[check_table.Line] = []
        self.run: ImportRun | None = None
        self._dropping = False
        self._whole = column(gap=tokens.SPACE_2)
        super().__init__(context)

    def build(self) -> QWidget:
        """Return the column for all of it."""
        return bare(self._whole)

    def furnish(self) -> Iterator[None]:
        """Build the drop folder above, the lists below."""
        yield from self._furnish_folder()
        self._waiting = label(role="muted", wrap=True)
        self._whole.addWidget(self._waiting)
        yield from self._furnish_lists()

    def _furnish_folder(self) -> Iterator[None]:
        self.ask = AskCard(self.context.answer)
        self._whole.addWidget(self.ask)
        grid = QGridLayout()
        grid.setSpacing(tokens.SPACE_2)
        self._whole.addLayout(grid)
        self.well = DropWell(WellActions(self._open_folder, self.choose_files, self._look_now, self._cancel))
        grid.addWidget(self.well, 0, 0)
        yield
        grid.addWidget(self._coverage(), 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        yield

    def _furnish_lists(self) -> Iterator[None]:
        self._bar = row(gap=tokens.SPACE_2)
        self._whole.addLayout(self._bar)
        self._tables = QStackedWidget()
        self._tables.setMinimumHeight(TABLE_HEIGHT)
        self._whole.addWidget(self._tables, 1)
        self._furnish_chosen()
        yield
        self.imports = import_tables.imports_table()
        self._tables.addWidget(self.imports)
        yield
        self.checks = check_table.check_table()
        self._tables.addWidget(self.checks)
        yield
        self.rejected = import_tables.rejected_table()
        self._tables.addWidget(self.rejected)
        yield
        self.filter = FilterBox(self.imports, "this list")
        for table in (self.checks, self.rejected):
            self.filter.textChanged.connect(table.set_filter)
        self.lists = Segments(LISTS, "List")
        fill(self._bar, (self.lists, None, self.filter), tokens.SPACE_2)
        self._listen()

    def _furnish_chosen(self) -> None:
        """Add what is said of the chosen row, and what can be done about it."""
        self._whole_row = label(role="muted", wrap=True, selectable=True)
        self._again = Button("Try this file again", self._retry, icon="arrow-clockwise")
        self._know_better = Button("", self._ask_overrule)
        self._otherwise = Button("Read it otherwise…", self._read_otherwise, tip="What its columns and words mean")
        self._undo = Button(ACTION, self._ask_take_back, icon="arrow-counter-clockwise")
        acts = column()
        for act in (self._know_better, self._again, self._otherwise, self._undo):
            acts.addWidget(act, 0, Qt.AlignmentFlag.AlignRight)
            act.hide()
        below = row((self._whole_row, acts), gap=tokens.SPACE_2)
        below.setStretch(0, 1)
        self._whole.addLayout(below)

    def _listen(self) -> None:
        self.lists.chosen.connect(self._show_list)
        self.imports.current.connect(lambda _: self._say_chosen())
        self.imports.opened.connect(self._show_rejected_of)
        self.rejected.current.connect(lambda _: self._say_chosen())
        self.checks.current.connect(lambda _: self._say_chosen())

    def _coverage(self) -> QWidget:
        """Return how much is known, and of which months."""
        self._bookings, self._reviews = (label(role="heading") for _ in range(2))
        figures = row(gap=tokens.SPACE_4)
        for name, value in (("Bookings known", self._bookings), ("Guest reviews", self._reviews)):
            figures.addLayout(column((label(name, "caption"), value), gap=0))
        figures.addStretch(1)
        self.strip = CoverageStrip()
        self._covered = ElidedLabel(role="caption")
        content = column((figures, tokens.SPACE_HALF, self._covered, self.strip), gap=2)
        content.setStretch(3, 1)
        return card(content)

    def use_run(self, run: ImportRun) -> None:
        """Show the imports of the window."""
        self.run = run
        run.changed.connect(self._show_run)
        self._show_run()

    def question(self) -> Callable[[], object]:
        """Ask for the state of the data."""
        appliance, name = self.context.appliance, self.context.property_name
        return lambda: appliance.data(name)

    def show_view(self, view: object) -> None:
        """Show folder and lists."""
        assert isinstance(view, DataView)
        place = self.context.place
        self.say(view.sentence)
        newest = next((one for one in view.imports if one.finished_at and one.status != "taken back"), None)
        last = f"Last file: {newest.file_name}, {place.moment(newest.finished_at)}" if newest else ""
        self.provenance.show_words(last, NEVER_DELETED)
        self.set_dropping(self._dropping)
        self._show_run()
        self.ask.show_waiting(view.waiting)
        self._show_waiting(view)
        empty = view.reachable and not view.waiting
        watching = f"{view.watching} Nothing waits in it." if empty else view.watching
        self.well.show_folder(view.drop_folder, watching, reachable=view.reachable)
        self._bookings.setText(place.number(view.bookings))
        self._reviews.setText(place.number(view.reviews))
        self.strip.show_months(place, view.months, self._business_date)
        self._covered.setText(coverage_words(view.months) if holes(view.months) or not view.months else "Arrivals by month")
        self.imports.set_rows(import_tables.import_rows(place, view.imports))
        self.rejected.set_rows(import_tables.rejected_rows(place, view.rejected))
        self._lines = check_table.check_lines(view.checks)
        self.checks.set_rows(check_table.check_rows(place, self._lines))
        self._name_lists(view)
        self._say_chosen()

    @property
    def _business_date(self) -> date | None:
        return self.context.looked_at.business_date if self.context.looked_at else None

    def set_dropping(self, dropping: bool) -> None:
        """Show that files held over the window would be taken."""
        self._dropping = dropping
        if self.furnished:
            self.well.set_dropping(dropping)

    def _show_waiting(self, view: DataView) -> None:
        plain = [one for one in view.waiting if not one.question]
        shown, more = plain[:MOST_WAITING_LINES], len(plain) - MOST_WAITING_LINES
        text = import_tables.waiting_words(self.context.place, shown)
        if more > 0:
            text += f"\nand {more} more"
        self._waiting.setText(f"Waiting in the folder:\n{text}")
        self._waiting.setVisible(bool(shown))

    def _name_lists(self, view: DataView) -> None:
        kept, place = self.lists.choice, self.context.place
        odd = sum(len(check.findings) for check in view.checks)
        counts = {"imports": len(view.imports), "checks": odd, "rejected": view.rejected_total}
        said = {key: place.number(number) for key, number in counts.items()}
        if view.imports_total > len(view.imports):
            said["imports"] = f"newest {said['imports']} of {place.number(view.imports_total)}"
        self.lists.set_choices([(key, f"{name} ({said[key]})") for key, name in LISTS])
        self.lists.choose(kept)

    def _show_list(self, key: str) -> None:
        shown = {"imports": self.imports, "checks": self.checks, "rejected": self.rejected}[key]
        self._tables.setCurrentWidget(shown)
        self._say_chosen()

    def _say_chosen(self) -> None:
        """Say in full what is chosen in the list that is shown, and offer what can be done about it."""
        shown = self._tables.currentWidget()
        one = self._import(self.imports.current_key) if shown is self.imports else None
        self._again.setEnabled(one is not None and one.status == "failed")
        self._again.setVisible(self._again.isEnabled())
        self._know_better.setText(KNOW_BETTER.get(one.objection, "") if one else "")
        self._know_better.setVisible(bool(self._know_better.text()))
        self._undo.setVisible(one is not None and one.undoable)
        self._otherwise.setVisible(one is not None and one.status == "done")
        words = import_tables.said_words(self.context.place, one) if one else ""
        if shown is self.rejected and self.rejected.current_key and isinstance(self.view, DataView):
            words = import_tables.columns_words(self.view.rejected[int(self.rejected.current_key)])
        elif shown is self.checks and self.checks.current_key:
            words = check_table.line_words(self.context.place, self._lines[int(self.checks.current_key)])
        self._whole_row.setText(words)

    def _show_rejected_of(self, key: str) -> None:
        one = self._import(key)
        if one is not None and one.rejected and self.filter is not None:
            self.lists.choose("rejected")
            self._show_list("rejected")
            self.filter.setText(one.file_name)

    def _import(self, key: str) -> ImportView | None:
        if not isinstance(self.view, DataView):
            return None
        return next((one for one in self.view.imports if str(one.id) == key), None)

    def _show_run(self) -> None:
        if self.run is not None and self.furnished:
            self.well.show_import(self.run.running, self.run.fraction, self.run.step)

    def _open_folder(self) -> None:
        if isinstance(self.view, DataView):
            open_folder(self.context, self.view.drop_folder)

    def choose_files(self) -> None:
        """Let the user choose files to import."""
        choose_files(self.window(), "Import files", FILE_KINDS, self._begin)

    def _begin(self, files: list[Path]) -> None:
        if self.run is not None:
            self.run.begin(files)

    def _look_now(self) -> None:
        self.context.do(self.context.appliance.rescan, lambda _: self.refresh())

    def _cancel(self) -> None:
        if self.run is not None:
            self.run.cancel()

    def _retry(self) -> None:
        one = self._import(self.imports.current_key)
        if one is not None:
            self._take_in_again(one)

    def _ask_take_back(self) -> None:
        one = self._import(self.imports.current_key)
        if one is not None and one.undoable:
            TakeBackDialog(self.window(), self.context, one, self.refresh).open()

    def _read_otherwise(self) -> None:
        one, appliance = self._import(self.imports.current_key), self.context.appliance
        if one is not None:
            self.context.do(lambda: appliance.original_of(one.id), lambda path: self.context.answer(str(path)))

    def _ask_overrule(self) -> None:
        one = self._import(self.imports.current_key)
        if one is not None and one.objection:
            hotel = self.context.property_name
            ask_overrule(self.window(), one.objection, one.file_name, hotel, lambda: self._take_in_again(one, one.id))

    def _take_in_again(self, one: ImportView, overruled: int = 0) -> None:
        appliance, name = self.context.appliance, one.file_name
        self.context.do(lambda: appliance.retry_failed(name, overruled, one.id), lambda _: self.refresh())
