"""Files that wait for an answer, told above everything else, with the one button that leads to the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import IconLabel, label
from hotelml_app.services.exports.data_views import WaitingFileView


class AskCard(QFrame):
    """Hidden while nothing is asked."""

    def __init__(self, answer: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._path = ""
        icon = IconLabel("warning", "risk")
        self.title = label(role="strong", wrap=True)
        self.text = label(wrap=True)
        self.button = Button("Answer…", lambda: answer(self._path), role="primary", name="Answer the question about this file")
        line = row((icon, column((self.title, self.text), gap=2), self.button), gap=tokens.SPACE_2)
        line.setContentsMargins(tokens.SPACE_2, tokens.SPACE_1 + 4, tokens.SPACE_2, tokens.SPACE_1 + 4)
        line.setStretch(1, 1)
        line.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.hide()

    def show_waiting(self, waiting: Sequence[WaitingFileView]) -> None:
        """Show the first question; the answer may settle the others."""
        asking = [one for one in waiting if one.question]
        self.setVisible(bool(asking))
        if not asking:
            return
        self._path = asking[0].path
        more = len(asking) - 1
        others = f" and {more} more {'file' if more == 1 else 'files'}" if more else ""
        self.title.setText(f"{asking[0].name}{others} {'wait' if more else 'waits'} for your answer")
        self.text.setText(asking[0].question)
