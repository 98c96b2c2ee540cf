"""The one type family, bundled so that the window looks the same on every PC."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from hotelml_app.gui.errors import AssetError
from hotelml_app.gui.theme import tokens

FAMILY = "HotelML Inter"
ICON_FAMILY = "HotelML Icons"
FOLDER = Path(__file__).parents[1] / "assets" / "fonts"
FILES = ("HotelMLInter-Regular.ttf", "HotelMLInter-SemiBold.ttf", "HotelMLIcons.ttf")


def load_fonts() -> None:
    """Make the bundled families known to Qt; raise AssetError where a file is missing or damaged."""
    for name in FILES:
        if QFontDatabase.addApplicationFont(str(FOLDER / name)) < 0:
            raise AssetError(f"The font {name} is missing from the program, or damaged.", remedy="Install HotelML again.")


def text_font(size_px: int = tokens.SIZE_BODY, *, strong: bool = False) -> QFont:
    """Return the text family at a size in logical pixels; its figures are tabular by design."""
    font = QFont(FAMILY)
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def paper_font(points: float | None = None) -> QFont:
    """Return the text family for paper, at a size in points or as large as on the screen.

    The signs that the font puts between figures (its own plus, minus and brackets) are left out: they have no letter of their
    own, and whoever copies "+8" from a PDF file would get "E8".
    """
    font = text_font()
    font.setFeature(QFont.Tag("calt"), 0)
    if points is not None:
        font.setPointSizeF(points)
    return font
