"""What the window remembers from one start to the next: its place on the desktop, and what it has said once."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QByteArray, QSettings


class Memory(Protocol):
    """Where the window's few memories are kept."""

    geometry: QByteArray | None
    theme: str
    property_name: str
    told_about_tray: bool


class Forgetful:
    """A memory that lasts as long as the window."""

    def __init__(self) -> None:
        self.geometry: QByteArray | None = None
        self.theme = "light"
        self.property_name = ""
        self.told_about_tray = False


class WindowMemory:
    """A small file of this user's, beside other programs' window places; nothing about the hotel is in it."""

    def __init__(self) -> None:
        self._kept = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "HotelML", "window")

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window was."""
        kept = self._kept.value("geometry")
        return kept if isinstance(kept, QByteArray) and not kept.isEmpty() else None

    @geometry.setter
    def geometry(self, value: QByteArray | None) -> None:
        self._keep("geometry", value)

    @property
    def theme(self) -> str:
        """The look chosen last, so that the first picture is right."""
        return str(self._kept.value("theme", "system"))

    @theme.setter
    def theme(self, value: str) -> None:
        self._keep("theme", value)

    @property
    def property_name(self) -> str:
        """The property looked at last."""
        return str(self._kept.value("property", ""))

    @property_name.setter
    def property_name(self, value: str) -> None:
        self._keep("property", value)

    @property
    def told_about_tray(self) -> bool:
        """Whether the user was told that closing leaves HotelML in the tray."""
        return str(self._kept.value("told_about_tray", "no")) == "yes"

    @told_about_tray.setter
    def told_about_tray(self, value: bool) -> None:
        self._keep("told_about_tray", "yes" if value else "no")

    def _keep(self, key: str, value: object) -> None:
        self._kept.setValue(key, value)
        # Qt writes it down a moment later, which may never come where the session ends.
        self._kept.sync()
