"""Icons drawn from the bundled icon font.

The font is a cut of Phosphor (see ``resources/fonts``). qtawesome would draw the same glyphs, but importing it costs more
time than showing the whole window.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPixmap

from hotelml_app.gui.errors import AssetError
from hotelml_app.gui.theme.fonts import ICON_FAMILY

GLYPHS = {
    "activity": 0xF371,
    "arrow-clockwise": 0xF020,
    "arrow-counter-clockwise": 0xF021,
    "arrow-right": 0xF044,
    "arrow-square-out": 0xF058,
    "arrow-up": 0xF061,
    "arrow-down": 0xF022,
    "bed": 0xF081,
    "brain": 0xF09E,
    "buildings": 0xF0A8,
    "calendar": 0xF0AC,
    "caret-down": 0xF0C2,
    "caret-right": 0xF0C4,
    "caret-left": 0xF0C3,
    "chart-line": 0xF0D4,
    "chart-line-up": 0xF0D5,
    "chat-text": 0xF0E6,
    "check": 0xF0E7,
    "check-circle": 0xF0E8,
    "clock": 0xF0F9,
    "clock-counter-clockwise": 0xF0FC,
    "cloud-slash": 0xF106,
    "currency-circle-dollar": 0xF122,
    "database": 0xF12D,
    "download-simple": 0xF14C,
    "file-plus": 0xF16D,
    "file-text": 0xF170,
    "files": 0xF16E,
    "folder-open": 0xF18C,
    "funnel": 0xF196,
    "gear-six": 0xF19C,
    "globe": 0xF1AF,
    "hourglass": 0xF1D0,
    "info": 0xF1E0,
    "keyboard": 0xF1E5,
    "magnifying-glass": 0xF20A,
    "moon-stars": 0xF220,
    "phone": 0xF26E,
    "phone-call": 0xF26F,
    "play": 0xF27C,
    "plus": 0xF27F,
    "power": 0xF284,
    "shield-check": 0xF2B8,
    "sparkle": 0xF2DF,
    "star": 0xF2F3,
    "stop": 0xF2F7,
    "suitcase-simple": 0xF2FD,
    "sun": 0xF2FE,
    "sun-horizon": 0xF300,
    "tag": 0xF305,
    "tray": 0xF336,
    "trend-up": 0xF33B,
    "upload-simple": 0xF345,
    "user": 0xF346,
    "users": 0xF351,
    "warning": 0xF35C,
    "warning-circle": 0xF35D,
    "wifi-slash": 0xF367,
    "x": 0xF36D,
    "x-circle": 0xF36E,
}
"""Icon names and their code points; `resources/fonts/build_fonts.py` cuts the font to the same list."""

DEFAULT_SIZE = 18

_ratios: set[float] = set()


def pixel_ratios() -> tuple[float, ...]:
    """Return the pixel ratios that icons are drawn for: those of the screens there were at the start, and what was asked for."""
    if not _ratios:
        _ratios.update(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    return tuple(sorted(_ratios))


def draw_for(ratio: float) -> bool:
    """Draw icons for one more pixel ratio from now on; return whether it is new."""
    if ratio in pixel_ratios():
        return False
    _ratios.add(ratio)
    return True


def glyph_pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Draw one icon, ``size`` logical pixels square, in a ``#RRGGBB`` colour, for one device pixel ratio."""
    try:
        code = GLYPHS[name]
    except KeyError as error:
        raise AssetError(f"There is no icon called {name}.", remedy="Install HotelML again.") from error
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    font = QFont(ICON_FAMILY)
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, chr(code))
    painter.end()
    return pixmap


def icon(name: str, colour: str, *, size: int = DEFAULT_SIZE, on_colour: str = "", disabled_colour: str = "") -> QIcon:
    """Return an icon sharp on every screen; ``on_colour`` is used where its button is checked."""
    return _drawn(name, colour, size, on_colour, disabled_colour, pixel_ratios())


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, size: int, on_colour: str, disabled_colour: str, ratios: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for ratio in ratios:
        made.addPixmap(glyph_pixmap(name, colour, size, ratio), QIcon.Mode.Normal, QIcon.State.Off)
        if on_colour:
            made.addPixmap(glyph_pixmap(name, on_colour, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
        if disabled_colour:
            made.addPixmap(glyph_pixmap(name, disabled_colour, size, ratio), QIcon.Mode.Disabled, QIcon.State.Off)
    return made
