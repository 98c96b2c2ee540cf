"""Where the exports come from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from hotelml_app.gui.desktop.choosing import choose_folder
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.widgets.boxes import column, dress, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.settings.model import PropertySettings

DEFAULT_FOLDER = "drop"
MISSING_TIP = (
    "HotelML assumes so only where exports hold all bookings to come and never list a cancelled one. Without the tick, a "
    "missing booking stays on the books, and those that were taken as cancelled come back."
)


class FolderCard(QFrame):
    """The drop folder and how it is watched."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._default = ""
        self.folder = QLineEdit()
        self.folder.setAccessibleName("Drop folder")
        self.browse = Button("Choose…", self._browse, name="Choose the drop folder")
        self.polling = QCheckBox("It lies on a network share (look regularly; shares send no notice)")
        self.missing = QCheckBox("Bookings that are missing from a full export were cancelled")
        self.missing.setToolTip(MISSING_TIP)
        self.folder.textChanged.connect(lambda _: self.edited.emit())
        for box in (self.polling, self.missing):
            box.toggled.connect(lambda _: self.edited.emit())
        line = row((self.folder, self.browse))
        parts = (label("Drop folder", "heading"), label("HotelML reads every PMS export that is saved here.", "muted", wrap=True))
        hint = label(MISSING_TIP, "muted", wrap=True)
        dress(self, column((*parts, line, self.polling, self.missing, hint)))

    def show_ground(self, ground: SettingsGround) -> None:
        """Show the folder as it is kept."""
        kept = ground.settings.property(ground.property.name)
        self._default = str(Path(ground.status.home) / DEFAULT_FOLDER)
        self.folder.setPlaceholderText(self._default)
        self.folder.setText((kept.drop_folder if kept else "") or self._default)
        self.polling.setChecked(bool(kept and kept.polling))
        self.missing.setChecked(ground.property.missing_cancelled)

    def collect(self, kept: PropertySettings) -> PropertySettings:
        """Return the property's settings as they stand in the form; the default folder is kept as "default"."""
        folder = self.folder.text().strip()
        return kept.model_copy(
            update={"drop_folder": "" if folder == self._default else folder, "polling": self.polling.isChecked()}
        )

    def collect_facts(self, view: PropertyView) -> PropertyView:
        """Return the property's facts with what the form says of its exports."""
        return replace(view, missing_cancelled=self.missing.isChecked())

    def _browse(self) -> None:
        choose_folder(self.window(), "Choose the drop folder", self.folder.text(), self.folder.setText)
