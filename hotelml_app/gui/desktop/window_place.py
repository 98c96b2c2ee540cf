"""Where the window stands on the desktop when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtWidgets import QWidget

FIRST_SIZE = (1366, 768)


def restore_place(window: QWidget, geometry: QByteArray | None) -> None:
    """Put the window where it was; one that was nowhere yet gets its first size, or the whole of a screen that is smaller."""
    if geometry is not None and window.restoreGeometry(geometry):
        return
    window.resize(*FIRST_SIZE)
    room = window.screen().availableSize()
    if QGuiApplication.platformName() == "windows" and (room.width() <= FIRST_SIZE[0] or room.height() <= FIRST_SIZE[1]):
        # Other desktops fit it in with its frame; Windows makes it as large as is asked for, its buttons beyond the edge.
        window.setWindowState(Qt.WindowState.WindowMaximized)
