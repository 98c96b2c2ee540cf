"""The Qt style sheet, written from the tokens."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.fonts import FAMILY, ICON_FAMILY
from hotelml_app.gui.theme.sheet_text import SHEET
from hotelml_app.gui.theme.tokens import Palette


def style_sheet(colours: Palette, icon_folder: str) -> str:
    """Fill the sheet with one palette; ``icon_folder`` holds the few pictures that style sheets can only take from files."""
    values: dict[str, object] = {name: getattr(colours, name) for name in tokens.roles()}
    values |= {name.lower(): value for name, value in vars(tokens).items() if name.isupper() and isinstance(value, int)}
    values |= {"family": FAMILY, "icon_family": ICON_FAMILY, "icons": icon_folder, "shade": "dark" if colours.dark else "light"}
    return Template(SHEET).substitute(values)


def qt_palette(colours: Palette) -> QPalette:
    """Return the palette for what style sheets do not reach (links, placeholders, tool tips, native parts)."""
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.ground,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.PlaceholderText: colours.text_muted,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Link: colours.accent,
    }
    for which, colour in pairs.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.text_disabled))
    return palette
