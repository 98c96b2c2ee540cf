"""How large a dialog opens: as it likes, but never larger than the window it belongs to."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from hotelml_app.gui.theme import tokens

FRAME_WIDTH, FRAME_HEIGHT = 2 * tokens.GRID, 5 * tokens.GRID
"""What the desktop draws around a dialog, its title bar above all."""


def size_within(dialog: QDialog, parent: QWidget, width: int, height: int) -> None:
    """Resize a dialog; on a small or much enlarged screen its buttons must not lie below the edge."""
    window = parent.window()
    dialog.resize(min(width, window.width() - FRAME_WIDTH), min(height, window.height() - FRAME_HEIGHT))
