"""A small window with a heading, a sentence and a table."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.dialogs.dialog_size import size_within
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.tables.table import DataTable

WIDTH = 88 * tokens.GRID
HEIGHT = 60 * tokens.GRID


class TableDialog(QDialog):
    """Shows a table to read. Open it with ``open``."""

    def __init__(self, parent: QWidget, title: str, text: str, table: DataTable) -> None:
        super().__init__(parent)
        self.table = table
        self.setWindowTitle(title)
        size_within(self, parent, WIDTH, HEIGHT)
        close = Button("Close", self.accept, role="primary")
        close.setDefault(True)
        words = (label(title, "heading", wrap=True), label(text, wrap=True))
        inside = column((*words, table, row((None, close))), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
        inside.setStretch(2, 1)
        self.setLayout(inside)
        self.finished.connect(self.deleteLater)
