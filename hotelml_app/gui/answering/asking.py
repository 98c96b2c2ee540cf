"""Putting questions about files to the user, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hotelml_app.gui.import_run import ImportRun, summary

if TYPE_CHECKING:
    from hotelml_app.gui.context import WindowContext
    from hotelml_app.services.views import ImportView


class Asking(QObject):
    """Opens the dialog about a file; ``answered`` tells that one was imported by its answer."""

    answered = Signal()

    def __init__(self, window: QWidget, context: WindowContext, imports: ImportRun) -> None:
        super().__init__(window)
        self._window, self._context, self._imports = window, context, imports
        context.answer_wanted.connect(lambda path: self.ask_about([Path(path)], context.property_name))
        imports.asked.connect(self.ask_about)

    def ask_about(self, paths: Sequence[Path], property_name: str) -> None:
        """Ask about the first of these files of a property; the others are tried again once it is answered."""
        from hotelml_app.gui.answering.dialog import AnswerDialog

        if any(dialog.isVisible() for dialog in self._window.findChildren(AnswerDialog)):
            return
        dialog = AnswerDialog(self._window, self._context, paths[0], property_name)
        dialog.imported.connect(lambda view: self._imported(view, paths[1:], property_name))
        dialog.open()

    def _imported(self, view: ImportView, others: Sequence[Path], property_name: str) -> None:
        self._context.tell(summary((view,)))
        self.answered.emit()
        self._imports.begin(others, property_name)
