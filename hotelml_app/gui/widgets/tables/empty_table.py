"""What a table says where it has no row to show: an empty frame would leave open whether that is good or bad."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QVBoxLayout

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.labels import label

NO_MATCH = "No row matches the filter."


class EmptyWords:
    """A line at the top of a table's empty space; nothing where ``text`` is "" or there are rows."""

    def __init__(self, table: QTableView) -> None:
        self.text = ""
        self._label = label(role="muted", wrap=True)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QVBoxLayout(table.viewport())
        inside.setContentsMargins(tokens.SPACE_1 + 4, tokens.SPACE_1 + 4, tokens.SPACE_1, 0)
        inside.addWidget(self._label, alignment=Qt.AlignmentFlag.AlignTop)
        self._label.hide()

    def show_for(self, rows: int, shown: int) -> None:
        """Say why none of so many rows is shown."""
        words = "" if shown else NO_MATCH if rows else self.text
        self._label.setText(words)
        self._label.setVisible(bool(words))

    @property
    def words(self) -> str:
        """What is said now."""
        return self._label.text()
