"""Icons drawn from the bundled icon font.

The font is a cut of Phosphor (see ``resources/fonts``). qtawesome would draw the same glyphs, but importing it costs more
time than showing the whole window.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPixmap

from hotelml_app.gui.errors import AssetError
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.fonts import ICON_FAMILY
from hotelml_app.gui.theme.glyphs import GLYPHS as GLYPHS

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


def icon(name: str, colour: str, *, size: int = tokens.SIZE_ICON, on_colour: str = "", disabled_colour: str = "") -> QIcon:
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
