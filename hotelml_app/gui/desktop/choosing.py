"""Folders and files chosen in the desktop's own dialogs; the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], object]) -> None:
    """Ask for a folder, beginning at ``start``, and hand it over."""
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    # As the system writes it: Qt gives C:/PMS, which would not be taken for the C:\PMS that is there already.
    hand_over_chosen(dialog, lambda folder: chosen(str(folder)))


def choose_file(parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], object]) -> None:
    """Ask for a file that is there, and hand it over. ``kinds`` is a filter of Qt's: "Backups (*.db)"."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    hand_over_chosen(dialog, chosen)


def choose_target(parent: QWidget, title: str, name: str, kinds: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask where to write a file that may be called ``name``, and hand its path over; ``kinds`` is as in `choose_file`.

    A name without an ending gets the one of the first kind.
    """
    dialog = QFileDialog(parent, title, name, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kinds.partition("(*.")[2].partition(")")[0])
    hand_over_chosen(dialog, chosen)
    return dialog


def hand_over_chosen(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    """Open a dialog and hand over what is chosen in it."""
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
