"""Folders as the desktop shows them, in its file manager."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from hotelml_app.gui.context import Notice, WindowContext


def open_folder(context: WindowContext, folder: str) -> None:
    """Open a folder, or tell where it is."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
        remedy = "Open it in your file manager."
        context.tell(Notice("The folder could not be opened", f"It is {folder}.", remedy, urgent=True))
