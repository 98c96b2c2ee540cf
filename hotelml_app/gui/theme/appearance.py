"""The look in force: light, dark or as the desktop says, applied to the whole application at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from hotelml_app.gui.theme import fonts, tokens
from hotelml_app.gui.theme.stylesheet import qt_palette, style_sheet
from hotelml_app.gui.theme.tokens import Palette, palette

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

CHOICES = ("system", "light", "dark")

HALF_LIGHT = 128
"""Windows of a desktop that are darker than that, of 255, are those of a dark one."""

_ICON_FOLDER = Path(__file__).parents[1] / "assets" / "icons"


class Appearance(QObject):
    """Hold the palette in force and tell whoever draws by hand when it changes."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.application = application
        self._choice = "system"
        fonts.load_fonts()
        application.setFont(fonts.text_font())
        # Before any colour is set, the palette follows the desktop; what the desktop says itself is asked later, by name.
        self._desktop_is_dark = application.palette().window().color().lightness() < HALF_LIGHT
        self.colours: Palette = palette(dark=self._desktop_is_dark)
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow_desktop)
        application.screenAdded.connect(lambda screen: self.sharpen_for(screen.devicePixelRatio()))

    @property
    def choice(self) -> str:
        """Return system, light or dark: what was asked for."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Switch to ``system``, ``light`` or ``dark``; anything else counts as system."""
        self._choice = choice if choice in CHOICES else "system"
        dark = self._desktop_is_dark if self._choice == "system" else self._choice == "dark"
        if dark != self.colours.dark:
            self.colours = palette(dark=dark)
            self._apply()
            self.changed.emit()

    def icon(self, name: str, role: str = "text_muted", *, on_role: str = "", size: int = tokens.SIZE_ICON) -> QIcon:
        """Return an icon in the colour of a role."""
        from hotelml_app.gui.theme import icons

        on_colour = getattr(self.colours, on_role) if on_role else ""
        return icons.icon(name, getattr(self.colours, role), size=size, on_colour=on_colour)

    def sharpen_for(self, pixel_ratio: float) -> None:
        """Draw icons for one more pixel ratio from now on, and those that are shown again."""
        from hotelml_app.gui.theme import icons

        if icons.draw_for(pixel_ratio):
            self.changed.emit()

    def follow_desktop(self) -> None:
        """Ask the desktop whether it is dark, and look like it where that was chosen."""
        from PySide6.QtCore import Qt

        self._desktop_is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if self._choice == "system":
            self.choose("system")

    def _apply(self) -> None:
        self.application.setPalette(qt_palette(self.colours))
        self.application.setStyleSheet(style_sheet(self.colours, _ICON_FOLDER.as_posix()))


_in_force: list[Appearance] = []


def appearance() -> Appearance:
    """Return the look of the running application, made at the first call."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("the appearance needs a QApplication")
    if not _in_force or _in_force[0].application is not application:
        _in_force[:] = [Appearance(application)]
    return _in_force[0]
