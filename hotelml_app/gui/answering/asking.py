"""Putting questions about files to the user, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hotelml_app.gui.context import Notice
from hotelml_app.gui.import_run import ImportRun, summary
from hotelml_app.services.asking.words import count

if TYPE_CHECKING:
    from hotelml_app.gui.answering.dialog import AnswerDialog
    from hotelml_app.gui.context import WindowContext
    from hotelml_app.services.exports.data_views import ImportView


class Asking(QObject):
    """Opens the dialog about a file; ``answered`` tells that one was imported by its answer."""

    answered = Signal()

    def __init__(self, window: QWidget, context: WindowContext, imports: ImportRun) -> None:
        super().__init__(window)
        self._window, self._context, self._imports = window, context, imports
        context.answer_wanted.connect(lambda path: self.ask_about([Path(path)], context.property_name))
        imports.asked.connect(self.ask_after)
        self._later: list[tuple[Sequence[Path], str]] = []

    def ask_after(self, paths: Sequence[Path], property_name: str) -> None:
        """Ask about files that a run of imports came upon, once nothing else is asked; unlike those in the folder they are
        listed nowhere, so that whoever does not answer is told how to come back to it."""
        dialog = self.ask_about(paths, property_name)
        if dialog is None:
            self._later.append((paths, property_name))
            return
        dialog.rejected.connect(lambda: self._say_unanswered(paths, property_name))

    def ask_about(self, paths: Sequence[Path], property_name: str) -> AnswerDialog | None:
        """Ask about the first of these files of a property; the others are tried again once it is answered.

        Returns the dialog, or None while another one is open.
        """
        from hotelml_app.gui.answering.dialog import AnswerDialog

        if any(dialog.isVisible() for dialog in self._window.findChildren(AnswerDialog)):
            return None
        dialog = AnswerDialog(self._window, self._context, paths[0], property_name)
        dialog.imported.connect(lambda view: self._imported(view, paths[1:], property_name))
        dialog.finished.connect(self._ask_next)
        dialog.open()
        return dialog

    def _say_unanswered(self, paths: Sequence[Path], property_name: str) -> None:
        again = lambda: self.ask_after(paths, property_name)  # noqa: E731
        title, text = f"{paths[0].name} is not imported", "HotelML reads it once its question is answered."
        if len(paths) > 1:
            title = f"{paths[0].name} and {count(len(paths) - 1, 'other file')} are not imported"
            text = "HotelML reads them once its questions are answered, one after the other."
        self._context.tell(Notice(title, text, action="Answer", on_action=again))

    def _ask_next(self) -> None:
        if self._later:
            self.ask_after(*self._later.pop(0))

    def _imported(self, view: ImportView, others: Sequence[Path], property_name: str) -> None:
        self._context.tell(summary(self._context.place, (view,)))
        self.answered.emit()
        self._imports.begin(others, property_name)
