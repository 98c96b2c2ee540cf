"""The report of every morning: where it goes, and how many of them stay."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from hotelml_app.gui.desktop.choosing import choose_folder
from hotelml_app.gui.settings_parts.fields import CalmSpinBox
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, dress, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.settings.model import ReportSettings

HINT = "The coming 28 nights as an Excel workbook: at 05:30, or as soon as the PC is on again."
FOLDER = "Folder for the daily report"


class ReportCard(QFrame):
    """A folder, and a number."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.folder = QLineEdit()
        self.folder.setAccessibleName(FOLDER)
        self.folder.setPlaceholderText("Every morning into a folder: none")
        self.browse = Button("Choose…", self._browse, name=f"Choose the {FOLDER.lower()}")
        self.keep = CalmSpinBox("How many daily reports to keep")
        self.keep.setRange(2, 365)
        self.keep.setFixedHeight(tokens.CONTROL_HEIGHT - 4)
        self.keep.lineEdit().setTextMargins(tokens.GRID, 0, tokens.GRID, 0)
        self.folder.textChanged.connect(self._changed)
        self.keep.valueChanged.connect(lambda _: self.edited.emit())
        rules = row((self.folder, self.browse)), row((label("Keeping the latest"), self.keep, None))
        dress(self, column((label("Daily report", "heading"), label(HINT, "muted", wrap=True), *rules)))

    def show_ground(self, ground: SettingsGround) -> None:
        """Show the rules as they are kept."""
        rules = ground.settings.report
        self.folder.setText(rules.folder)
        self.keep.setValue(rules.keep)
        self.keep.setEnabled(bool(rules.folder))

    def collect(self, kept: ReportSettings) -> ReportSettings:
        """Return the rules as they stand in the form."""
        return kept.model_copy(update={"folder": self.folder.text().strip(), "keep": self.keep.value()})

    def _changed(self, text: str) -> None:
        self.keep.setEnabled(bool(text.strip()))
        self.edited.emit()

    def _browse(self) -> None:
        choose_folder(self.window(), f"Choose the {FOLDER.lower()}", self.folder.text(), self.folder.setText)
