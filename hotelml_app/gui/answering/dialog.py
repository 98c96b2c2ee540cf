"""The dialog about one file: the question on top, what an import would bring, everything recognised below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QStackedWidget, QWidget

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.gui.answering import trial
from hotelml_app.gui.answering.answer import Answer
from hotelml_app.gui.answering.asked import AskedArea, ListRoom
from hotelml_app.gui.answering.columns import ColumnsList
from hotelml_app.gui.answering.questions import (
    ColumnQuestion,
    DatesQuestion,
    PriceQuestion,
    Question,
    RowsQuestion,
    WordsQuestion,
)
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.buttons import Button, Segments
from hotelml_app.gui.widgets.dialogs.dialog_size import size_within
from hotelml_app.gui.widgets.labels import ElidedLabel, label
from hotelml_app.gui.widgets.reading_order import follow_reading_order
from hotelml_app.gui.widgets.scrolling import scrolled
from hotelml_app.gui.widgets.tables.table import DataTable
from hotelml_app.services.exports.mapping_views import DryRunView, MappingProposalView

if TYPE_CHECKING:
    from hotelml_app.services.exports.data_views import ImportView

SIZE = (116 * tokens.GRID, 80 * tokens.GRID)
SMALLEST = (80 * tokens.GRID, 50 * tokens.GRID)
LISTS_HEIGHT = 24 * tokens.GRID
TRY_AFTER_MS = 200
"""Answers come one after the other; the file is tried once they pause."""

_QUESTIONS = {"rows": RowsQuestion, "total": PriceQuestion}
LISTS = (("columns", "Columns"), ("rejected", "Rows that would be rejected"), ("bookings", "First bookings"))


class AnswerDialog(QDialog):
    """Asks what must be known about a file, shows what would come of it, imports it and has the answer remembered."""

    imported = Signal(object)
    """The file was imported; carries its ImportView."""

    _progressed = Signal(float, str)

    def __init__(self, parent: QWidget, context: WindowContext, path: Path, property_name: str) -> None:
        super().__init__(parent)
        self._context, self._path, self._name = context, path, property_name
        self.answer: Answer | None = None
        self.questions: list[Question] = []
        self.columns: ColumnsList | None = None
        self._cancel = CancelToken()
        self._importing = False
        self.setWindowTitle(f"{path.name} · HotelML")
        self.setMinimumSize(*SMALLEST)
        size_within(self, parent, *SIZE)
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=TRY_AFTER_MS)
        self._soon.timeout.connect(self._try)
        self._progressed.connect(self._show_progress)
        self.finished.connect(self.deleteLater)
        self._propose()

    @property
    def importing(self) -> bool:
        """True while the file is being imported."""
        return self._importing

    def reject(self) -> None:
        """Stop what runs; close unless an import has to be undone first."""
        self._cancel.cancel()
        self._soon.stop()
        if self._importing:
            self.step.setText("Stopping…")
            return
        super().reject()

    # -- what is asked of the appliance -------------------------------------------------------------------------------

    def _propose(self) -> None:
        appliance, path, name, cancel = self._context.appliance, self._path, self._name, self._cancel
        self.line.show_work("Reading the file…")
        self._context.runner.ask("answer", lambda: appliance.propose_mapping(path, name, cancel), self._proposed, self._failed)

    def _proposed(self, view: object) -> None:
        assert isinstance(view, MappingProposalView)
        self.answer = Answer.begin(view)
        self._show_head(view)
        self._show_questions(None)
        self.columns = ColumnsList(self.answer, self._context.place, self._changed)
        self._lists.insertWidget(0, self.columns)
        self._name_lists(None)
        self.lists.choose("bookings" if {one.role for one in view.questions} == {"dates"} else "columns")
        self._show_list(self.lists.choice)
        self._try()

    def _changed(self) -> None:
        for question in self.questions:
            if isinstance(question, ColumnQuestion):
                question.show_answer()
        if self.columns is not None:
            self.columns.show_answer()
        self._cancel.cancel()
        self.go.setEnabled(False)
        self._soon.start()

    def _try(self) -> None:
        """Try the file with the answer as it stands."""
        if self.answer is None:
            return
        self.go.setEnabled(False)
        if self.answer.missing:
            self.line.show_words(self.answer.missing, icon="info")
            self._show_trial(None)
            return
        self.line.show_work("Trying it…")
        appliance, path, name = self._context.appliance, self._path, self._name
        mapping, cancel = self.answer.mapping(), CancelToken()
        self._cancel = cancel
        self._context.runner.ask("answer", lambda: appliance.dry_run(path, mapping, name, cancel), self._tried, self._failed)

    def _tried(self, view: object) -> None:
        assert isinstance(view, DryRunView)
        assert self.answer is not None
        if view.dates_question is not None and not self.answer.dates:
            self.answer.dates_asked = True
        self._show_questions(view)
        if self.answer.missing:
            self.line.show_words(self.answer.missing, icon="info")
        else:
            self.line.show_trial(self._context.place, view)
        self.go.setEnabled(bool(view.accepted) and not self.answer.missing)
        self._show_trial(view)

    def _failed(self, error: HotelMLError) -> None:
        if isinstance(error, Cancelled):
            return
        self.line.show_words(error.message, icon="warning-circle", urgent=True, more=error.remedy)
        self._show_trial(None)

    def import_it(self) -> None:
        """Import the file by the answer, and have that remembered."""
        assert self.answer is not None
        appliance, path, name = self._context.appliance, self._path, self._name
        mapping, cancel, report = self.answer.mapping(), CancelToken(), self._progressed.emit
        self._cancel = cancel
        self._show_importing(True)
        self._context.runner.work(
            lambda: appliance.import_mapped(path, mapping, name, report, cancel),
            on_done=self._imported,
            on_failure=self._not_imported,
        )

    def _imported(self, view: ImportView) -> None:
        self._show_importing(False)
        self.imported.emit(view)
        self.accept()

    def _not_imported(self, error: HotelMLError) -> None:
        self._show_importing(False)
        if isinstance(error, Cancelled):
            self._try()
        else:
            self._failed(error)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = label("", "sentence", wrap=True)
        self.hint = label("", "muted", wrap=True)
        self._asked = AskedArea()
        self.line = trial.TrialLine()
        self.lists = Segments(LISTS, "What is shown below")
        self.lists.chosen.connect(self._show_list)
        self._lists = QStackedWidget()
        self.rejected_rows, self.bookings = trial.rejected_table(), trial.bookings_table()
        for table in (self.rejected_rows, self.bookings):
            self._lists.addWidget(table)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress of the import")
        self.step = ElidedLabel(role="muted")
        self._work = bare(column((self.progress, self.step), gap=tokens.SPACE_HALF))
        self._work.hide()
        self.close_button = Button("Cancel", self.reject)
        self.go = Button("Import and remember", self.import_it, role="primary", icon="download-simple")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        foot = row((self._work, None, self.close_button, self.go), gap=tokens.SPACE_1)
        foot.setStretch(0, 3)
        self._lists.setMinimumHeight(LISTS_HEIGHT)
        side = (tokens.SPACE_3, 0, tokens.SPACE_3, 0)
        head = bare(column((self.title, self.hint), gap=tokens.SPACE_HALF), side)
        between = column((self._asked, row((self.lists, None)), self._lists), gap=tokens.SPACE_2)
        between.setStretch(2, 1)
        inside = scrolled(bare(between, side))
        self._room = ListRoom(inside, self._lists, LISTS_HEIGHT, self._list_height)
        # What would come of the answers, and why nothing would yet, stands beside the button whatever is scrolled.
        below = bare(column((self.line, foot), gap=tokens.SPACE_1), side)
        whole = column((head, inside, below), gap=tokens.SPACE_2)
        whole.setStretch(1, 1)
        whole.setContentsMargins(0, tokens.SPACE_2, 0, tokens.SPACE_2)
        self.setLayout(whole)
        self._show_head(None)

    def _show_head(self, view: MappingProposalView | None) -> None:
        self._show_title()
        if view is None:
            self.hint.setText("")
        elif view.known_layout:
            self.hint.setText(
                f"Recognised: {view.known_title}. Your answer is remembered; the next file like it is not asked about."
            )
        else:
            self.hint.setText(
                "HotelML does not know this layout yet. Your answer is remembered; the next file like it is not asked about."
            )

    def _show_title(self) -> None:
        asked = len(self.questions)
        count = "One question about" if asked == 1 else f"{asked} questions about" if asked else "How to read"
        self.title.setText(f"{count} {self._path.name}")

    def _show_questions(self, tried: DryRunView | None) -> None:
        """Show what is asked; questions that stay keep their place, so that nothing jumps under the mouse."""
        assert self.answer is not None
        view = self.answer.proposal
        dates = view.dates_question or (tried.dates_question if tried else None)
        if dates is not None and not self._has(DatesQuestion):
            self._ask(DatesQuestion(dates, self.answer, self._context.place))
        if tried is None:
            unknown = [one for one in view.status_words if not one.status]
            for one in view.questions:
                if one.role == "status" and unknown:
                    self._ask(WordsQuestion(unknown, self.answer, self._context.place))
                elif one.role != "dates":
                    self._ask(_QUESTIONS.get(one.role, ColumnQuestion)(one, self.answer))
        elif tried.unknown_statuses and not self._has(WordsQuestion):
            self._ask(WordsQuestion(tried.unknown_statuses, self.answer, self._context.place))

    def _has(self, kind: type[Question]) -> bool:
        return any(isinstance(one, kind) for one in self.questions)

    def _ask(self, question: Question) -> None:
        question.answered.connect(self._changed)
        self.questions.append(question)
        self._asked.ask(question)
        self._show_title()

    def _show_trial(self, view: DryRunView | None) -> None:
        place = self._context.place
        self.rejected_rows.set_rows(trial.rejected_rows(place, view) if view else ())
        self.bookings.set_rows(trial.booking_rows(place, view) if view else ())
        self._name_lists(view)
        self._room.fit()
        follow_reading_order(self)

    def _name_lists(self, view: DryRunView | None) -> None:
        kept, place = self.lists.choice, self._context.place
        columns = place.number(len(self.answer.columns) if self.answer else 0)
        counts = {"columns": columns, "rejected": place.number(view.rejected if view else 0), "bookings": ""}
        self.lists.set_choices([(key, f"{name} ({counts[key]})" if counts[key] else name) for key, name in LISTS])
        self.lists.choose(kept)

    def _show_list(self, key: str) -> None:
        shown = {"columns": self.columns, "rejected": self.rejected_rows, "bookings": self.bookings}[key]
        if shown is not None:
            self._lists.setCurrentWidget(shown)
            self._room.fit()

    def _list_height(self) -> int:
        return shown.whole_height if isinstance(shown := self._lists.currentWidget(), (ColumnsList, DataTable)) else LISTS_HEIGHT

    def _show_importing(self, importing: bool) -> None:
        self._importing = importing
        self._work.setVisible(importing)
        self.progress.setValue(0)
        self.step.setText("")
        self.go.setEnabled(not importing)
        for question in self.questions:
            question.setEnabled(not importing)
        if self.columns is not None:
            self.columns.setEnabled(not importing)

    def _show_progress(self, fraction: float, step: str) -> None:
        if not self._cancel.cancelled:
            self.progress.setValue(round(1000 * fraction))
            self.step.setText(step)
