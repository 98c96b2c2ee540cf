"""What the desktop tells while nobody looks at the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.widgets.boxes import column, dress, row
from hotelml_app.gui.widgets.buttons import Segments
from hotelml_app.gui.widgets.labels import label
from hotelml_app.settings.model import NotificationSettings

LEVELS = (("warnings", "What wants a person"), ("all", "Imports and trainings too"), ("off", "Nothing"))
HINT = "Shown by the desktop while the window is not in front. All of it stands on the Today page as well."
NO_PLACE = "This desktop has no notification area, so nothing can be shown there."


class NoticesCard(QFrame):
    """One choice."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.level = Segments(LEVELS, "Notifications")
        self.level.chosen.connect(lambda _: self.edited.emit())
        self.no_place = label(NO_PLACE, "muted", wrap=True)
        parts = (label("Notifications", "heading"), label(HINT, "muted", wrap=True), row((self.level, None)), self.no_place)
        dress(self, column(parts))

    def show_ground(self, ground: SettingsGround) -> None:
        """Show what is chosen."""
        from hotelml_app.gui.tray import tray_available

        self.level.choose(ground.settings.notifications.desktop)
        self.no_place.setVisible(not tray_available())

    def collect(self, kept: NotificationSettings) -> NotificationSettings:
        """Return the settings as they stand in the form."""
        return kept.model_copy(update={"desktop": self.level.choice or kept.desktop})
