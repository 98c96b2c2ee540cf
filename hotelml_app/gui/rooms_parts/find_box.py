"""The field that finds a booking or a room on the plan; Ctrl+F goes there, Enter to the plan."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from hotelml_app.gui.rooms_parts.plan import RoomPlan
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance

WIDTH = 30 * tokens.GRID


class FindBox(QLineEdit):
    """A line that chooses what its text begins on the plan."""

    def __init__(self, plan: RoomPlan) -> None:
        super().__init__()
        self._plan = plan
        self.setPlaceholderText("Booking or room (Ctrl+F)")
        self.setAccessibleName("Find a booking or a room")
        self.setClearButtonEnabled(True)
        self.setFixedWidth(WIDTH)
        icon = appearance().icon("magnifying-glass", "text_muted", size=16)
        self._lens = self.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(plan.look_for)
        self.returnPressed.connect(plan.setFocus)
        appearance().changed.connect(self._colour)

    def _colour(self) -> None:
        self._lens.setIcon(appearance().icon("magnifying-glass", "text_muted", size=16))
