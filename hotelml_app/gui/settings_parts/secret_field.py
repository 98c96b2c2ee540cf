"""A field for a secret: what is kept is never shown, may be replaced by typing, and may be forgotten."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.settings_parts.channel_form import line
from hotelml_app.gui.widgets.boxes import dress, row
from hotelml_app.gui.widgets.buttons import Button

IS_KEPT = "Kept on this PC. Type to replace it."
GOES = "Forgotten once you save."


class SecretField(QWidget):
    """A line beside a button that forgets what is kept, and takes that back when it is pressed again."""

    def __init__(self, name: str, *, kept: bool, hint: str = "") -> None:
        super().__init__()
        self.line = line(name, hint=IS_KEPT if kept else hint, secret=True)
        self._goes = False
        self.forget = Button("Forget it", self._turn, name=f"Forget the {name.lower()}")
        self.forget.setAutoDefault(False)
        self.forget.setVisible(kept)
        self.line.textChanged.connect(lambda _: self._show_going(False))
        dress(self, row((self.line, self.forget)), 0, 0)
        self.setFocusProxy(self.line)

    @property
    def change(self) -> str | None:
        """What was typed, "" where it is to be forgotten, None where all stays as it is."""
        return self.line.text() or ("" if self._goes else None)

    def _turn(self) -> None:
        goes = not self._goes
        self.line.clear()
        self._show_going(goes)

    def _show_going(self, goes: bool) -> None:
        if not self.forget.isHidden() and goes != self._goes:
            self._goes = goes
            self.line.setPlaceholderText(GOES if goes else IS_KEPT)
            name = f"{'Keep' if goes else 'Forget'} the {self.line.accessibleName().lower()}"
            self.forget.setText("Keep it" if goes else "Forget it")
            self.forget.setAccessibleName(name)
