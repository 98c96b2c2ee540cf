"""What HotelML and the desktop's session tell one another: its name on the taskbar, and that all programs must end."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

CALLED_OFF_AFTER_MS = 30_000
"""After so long another program, or the user, has kept the session from ending."""


class SessionEnd(QObject):
    """Hears that the system signs the user out, or that an installer is to replace HotelML; no window may hold that up."""

    announced = Signal()

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_near = False
        application.commitDataRequest.connect(self.announce)

    @property
    def is_near(self) -> bool:
        """True from the announcement on, for as long as the end may still come."""
        return self._is_near

    def announce(self) -> None:
        """Take note that the session is about to end."""
        self._is_near = True
        self.announced.emit()
        QTimer.singleShot(CALLED_OFF_AFTER_MS, self, self._call_off)

    def _call_off(self) -> None:
        self._is_near = False


def name_on_taskbar() -> None:
    """Have Windows show HotelML's windows under its own name and icon, not as some of Python's; packed it does so by itself."""
    if sys.platform == "win32" and not getattr(sys, "frozen", False):
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("HotelML")
