"""Ask before something changes for everybody who looks at the numbers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label

WIDTH = 54 * tokens.GRID


class ConfirmDialog(QDialog):
    """A question with two answers; Esc is the careful one. Open it with ``open``."""

    def __init__(self, parent: QWidget, title: str, text: str, action: str, on_yes: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self._on_yes = on_yes
        self.yes = Button(action, self.accept, role="primary")
        self.no = Button("Cancel", self.reject)
        self.yes.setDefault(True)
        words = (label(title, "heading", wrap=True), label(text, wrap=True))
        inside = column((*words, tokens.SPACE_1, row((None, self.no, self.yes))), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
        self.setLayout(inside)
        self.finished.connect(self.deleteLater)

    def accept(self) -> None:
        """Do it."""
        super().accept()
        self._on_yes()
