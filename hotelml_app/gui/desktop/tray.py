"""The icon in the notification area, where the desktop has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

ADDRESS_MS = 8000


@dataclass(frozen=True)
class TrayActions:
    """What the menu of the icon does."""

    open_window: Callable[[], object]
    import_files: Callable[[], object]
    quit: Callable[[], object]


class Tray(QObject):
    """Open, import, quit; a click on the icon opens the window."""

    def __init__(self, window: QWidget, icon: QIcon, actions: TrayActions) -> None:
        super().__init__(window)
        self._actions = actions
        self.menu = QMenu(window)
        self.menu.addAction("Open HotelML", lambda: actions.open_window())
        self.menu.addAction("Import files…", lambda: actions.import_files())
        self.menu.addSeparator()
        self.menu.addAction("Quit HotelML", lambda: actions.quit())
        self._icon = QSystemTrayIcon(icon, self)
        self._icon.setToolTip("HotelML")
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._clicked)
        self._icon.messageClicked.connect(lambda: actions.open_window())
        self._icon.show()

    def tell(self, title: str, text: str) -> None:
        """Show a short message of the desktop."""
        self._icon.showMessage(title, text, self._icon.icon(), ADDRESS_MS)

    def hide(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._actions.open_window()


def tray_available() -> bool:
    """Return whether this desktop has a place for the icon."""
    return QSystemTrayIcon.isSystemTrayAvailable()
