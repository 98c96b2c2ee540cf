"""Who is told when nobody looks at the window: the desktop, and by e-mail or webhook whoever is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, dress, row
from hotelml_app.gui.widgets.buttons import Button, Segments
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.services.channels.views import ChannelsView
from hotelml_app.settings.model import NotificationSettings

LEVELS = (("warnings", "What wants a person"), ("all", "Imports and trainings too"), ("off", "Nothing"))
HINT = "Shown by the desktop while the window is not in front. The Today page shows all of it as well."
NO_PLACE = "This desktop has no notification area, so nothing can be shown there."
OUTSIDE = "Outside this PC. Off until you set it up; no guest and no reservation is named."
CHANNELS = (("email", "E-mail"), ("webhook", "Webhook"))


class NoticesCard(QFrame):
    """One choice that is saved with the page, and two channels that are set up in windows of their own."""

    edited = Signal()

    def __init__(self, set_up: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.level = Segments(LEVELS, "Notifications")
        self.level.chosen.connect(lambda _: self.edited.emit())
        self.no_place = label(NO_PLACE, "muted", wrap=True)
        self.stands = {name: label(wrap=True, selectable=True) for name, _ in CHANNELS}
        self.buttons = {name: Button("Set up…", partial(set_up, name), name=f"Set up {title}") for name, title in CHANNELS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        grid.setVerticalSpacing(tokens.SPACE_1)
        grid.setColumnStretch(1, 1)
        for line, (name, title) in enumerate(CHANNELS):
            self.stands[name].setFocusPolicy(Qt.FocusPolicy.NoFocus)
            for place, part in enumerate((label(title, "strong"), self.stands[name], self.buttons[name])):
                grid.addWidget(part, line, place)
        words = (label("Notifications", "heading"), label(HINT, "muted", wrap=True))
        parts = (*words, row((self.level, None)), self.no_place, label(OUTSIDE, "muted", wrap=True), grid)
        dress(self, column(parts))

    def show_ground(self, ground: SettingsGround) -> None:
        """Show what is chosen."""
        from hotelml_app.gui.desktop.tray import tray_available

        self.level.choose(ground.settings.notifications.desktop)
        self.no_place.setVisible(not tray_available())
        self.show_channels(ground.channels)

    def show_channels(self, view: ChannelsView) -> None:
        """Show how the channels are doing."""
        for one in view.stands:
            known = one.enabled and not one.trouble and view.leads_to.get(one.name)
            leads = f"To {view.leads_to[one.name]}. " if known else ""
            self.stands[one.name].setText(f"{leads}{one.sentence}")
            set_role(self.stands[one.name], "urgent" if one.trouble else "muted" if not one.enabled else "")
            self.buttons[one.name].setText("Change…" if one.enabled else "Set up…")

    def collect(self, kept: NotificationSettings) -> NotificationSettings:
        """Return the settings as they stand in the form; channels are kept by their own windows."""
        return kept.model_copy(update={"desktop": self.level.choice or kept.desktop})
