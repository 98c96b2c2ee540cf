"""The field that narrows a table down while one types; Ctrl+F goes there."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.widgets.tables.table import DataTable

ICONS_WIDTH = 8 * tokens.GRID
"""What the lens, the button that clears the line and its padding take."""


class FilterBox(QLineEdit):
    """A line that filters one table."""

    def __init__(self, table: DataTable, what: str) -> None:
        super().__init__()
        self._what = what
        self.setAccessibleName(f"Filter {what}")
        self.setClearButtonEnabled(True)
        self.set_narrow(False)
        self._lens = self.addAction(
            appearance().icon("magnifying-glass", "text_muted", size=16), QLineEdit.ActionPosition.LeadingPosition
        )
        self.textChanged.connect(table.set_filter)
        appearance().changed.connect(self._colour)

    def set_narrow(self, narrow: bool) -> None:
        """Take less width: what is filtered stands below it."""
        self.setPlaceholderText("Filter (Ctrl+F)" if narrow else f"Filter {self._what} (Ctrl+F)")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.placeholderText()) + ICONS_WIDTH)

    def _colour(self) -> None:
        self._lens.setIcon(appearance().icon("magnifying-glass", "text_muted", size=16))
