"""A window that starts out of sight, as it does when its user signs in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from hotelml_app.services.errors import ShownElsewhereError

if TYPE_CHECKING:
    from hotelml_app.core.errors import HotelMLError
    from hotelml_app.gui.desktop.tray import Tray
    from hotelml_app.gui.main_window import MainWindow

DESKTOP_UP_MS = 0 if sys.platform == "win32" else 15_000
"""When the notification area is asked for: a Linux desktop brings it up beside HotelML, and Qt keeps its first answer."""


class StartsHidden(Protocol):
    """What is started out of sight: the window, and the ways to show it or to end."""

    window: MainWindow
    tray: Tray | None
    closed: bool

    def make_tray(self) -> None:
        """Show the tray icon where the desktop has a place for it."""

    def come_forward(self) -> None:
        """Bring the window to the front."""

    def quit(self) -> None:
        """End."""


class HiddenStart(QObject):
    """Puts the icon into the notification area once there can be one; where there is none, the window is minimised."""

    def __init__(self, opened: StartsHidden, owner: QObject) -> None:
        super().__init__(owner)
        self._opened = opened
        self._settled = False
        opened.window.painted.connect(self.settle, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(DESKTOP_UP_MS, self, self.settle)

    def settle(self) -> None:
        """Ask for the notification area, once: when it is time, or as soon as somebody opens the window."""
        if self._settled or self._opened.closed:
            return
        self._settled = True
        self._opened.make_tray()
        if self._opened.tray is None and not self._opened.window.isVisible():
            self._opened.window.showMinimized()

    def give_up(self, error: HotelMLError | None = None) -> None:
        """Show the window: something wants a person. Where another HotelML got hold of the home first, end instead."""
        if isinstance(error, ShownElsewhereError):
            self._opened.quit()
        else:
            self._opened.come_forward()
