"""How the window looks, and what HotelML is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from hotelml_app.gui.place import Place
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, dress, row
from hotelml_app.gui.widgets.buttons import Segments
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.asking.words import bytes_of, calls_words

THEMES = (("system", "As the desktop"), ("light", "Light"), ("dark", "Dark"))
LICENCES = "HotelML: Apache-2.0. Type: Inter, OFL-1.1. Icons: Phosphor, MIT. Window: Qt for Python, LGPL-3.0."


class LookCard(QFrame):
    """Light, dark, or as the desktop is."""

    edited = Signal()
    tried = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.theme = Segments(THEMES, "Appearance")
        self.theme.chosen.connect(self._choose)
        self.language = label(role="muted", wrap=True)
        dress(self, column((label("Appearance and language", "heading"), row((self.theme, None)), self.language)))

    def show_ground(self, place: Place, ground: SettingsGround) -> None:
        """Show what is chosen, and by which habits numbers are written."""
        day, number = place.day(date(2027, 3, 4), weekday=False, year=True), place.number(1234.5, 1)
        where = "the property's country" if place.country else "this PC, because the property's country is not set"
        self.language.setText(f"The window speaks English; dates and numbers are those of {where}: {day}, {number}.")
        self.theme.choose(ground.settings.appearance.theme)

    def _choose(self, theme: str) -> None:
        self.tried.emit(theme)
        self.edited.emit()


class AboutCard(QFrame):
    """Version, data folder, and the proof that nothing leaves the PC."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        names = ("Version", "Data folder", "Database", "Network calls")
        self._values = tuple(label(wrap=True, selectable=True) for _ in names)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(zip(names, self._values, strict=True)):
            value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            words = label(name, "muted")
            words.setMinimumWidth(14 * tokens.GRID)
            grid.addWidget(words, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1)
        dress(self, column((label("About HotelML", "heading"), grid, label(LICENCES, "caption", wrap=True))))

    def show_ground(self, place: Place, ground: SettingsGround) -> None:
        """Show the state of the program."""
        said = calls_words(ground.status.network_calls, ground.status.channel_calls)
        texts = (ground.version, ground.status.home, place.spoken(bytes_of(ground.status.database_bytes)), said)
        for target, text in zip(self._values, texts, strict=True):
            target.setText(text)
