"""Ask what becomes of what was typed and not saved."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.dialogs.confirm import WIDTH
from hotelml_app.gui.widgets.labels import label


class UnsavedDialog(QDialog):
    """Save, discard, or stay; Esc stays. Open it with ``open``."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{title} are not saved yet")
        self.setMinimumWidth(WIDTH)
        self.discarded = False
        self.save = Button("Save", self.accept, role="primary")
        self.discard = Button("Discard", self._discard)
        self.stay = Button("Cancel", self.reject)
        self.save.setDefault(True)
        words = (label(self.windowTitle(), "heading", wrap=True), label("Save what you changed there?", wrap=True))
        answers = row((None, self.stay, self.discard, self.save))
        inside = column((*words, tokens.SPACE_1, answers), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
        self.setLayout(inside)
        self.finished.connect(self.deleteLater)

    def _discard(self) -> None:
        self.discarded = True
        self.accept()
