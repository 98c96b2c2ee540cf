"""Folders as the desktop shows them: opened in its file manager, and chosen in its dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from hotelml_app.gui.context import Notice, WindowContext


def open_folder(context: WindowContext, folder: str) -> None:
    """Open a folder, or tell where it is."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
        remedy = "Open it in your file manager."
        context.tell(Notice("The folder could not be opened", f"It is {folder}.", remedy, urgent=True))


def choose_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], object]) -> None:
    """Ask for a folder, beginning at ``start``, and hand it over; the window goes on meanwhile."""
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    # As the system writes it: Qt gives C:/PMS, which would not be taken for the C:\PMS that is there already.
    dialog.fileSelected.connect(lambda folder: chosen(str(Path(folder))))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
