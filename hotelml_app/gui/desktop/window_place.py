"""Where the window stands on the desktop when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtWidgets import QWidget

FIRST_SIZE = QSize(1366, 768)
NOT_WHOLE = 0.85
"""Share of a small screen that the window has, to each side, where it is taken down from the whole of it."""


def restore_place(window: QWidget, geometry: QByteArray | None) -> None:
    """Put the window where it was; one that was nowhere yet gets its first size, or the whole of a screen that is smaller."""
    if geometry is not None and window.restoreGeometry(geometry):
        return
    room = window.screen().availableSize()
    fits = room.width() > FIRST_SIZE.width() and room.height() > FIRST_SIZE.height()
    if fits or QGuiApplication.platformName() != "windows":
        window.resize(FIRST_SIZE)
    else:
        # Other desktops fit it in with its frame; Windows makes it as large as is asked for, its buttons beyond the edge.
        window.resize(FIRST_SIZE.boundedTo(room * NOT_WHOLE))
        from PySide6.QtCore import Qt

        window.setWindowState(Qt.WindowState.WindowMaximized)
