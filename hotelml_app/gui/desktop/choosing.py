"""Folders and files chosen in the desktop's own dialogs; the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_chosen_in: list[str] = []
"""The folder of the file chosen last."""


def choose_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], object]) -> None:
    """Ask for a folder, beginning at ``start``, and hand it over."""
    dialog = QFileDialog(parent, title, start or folder_to_begin_in())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    # As the system writes it: Qt gives C:/PMS, which would not be taken for the C:\PMS that is there already.
    hand_over_chosen(dialog, lambda folder: chosen(str(folder)))


def choose_file(parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], object]) -> None:
    """Ask for a file that is there, and hand it over. ``kinds`` is a filter of Qt's: "Backups (*.db)"."""
    dialog = QFileDialog(parent, title, folder_to_begin_in(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    hand_over_chosen(dialog, lambda file: chosen(_remembered(file)))


def choose_files(parent: QWidget, title: str, kinds: str, chosen: Callable[[list[Path]], object]) -> None:
    """Ask for any number of files that are there, and hand them over; ``kinds`` is as in `choose_file`."""
    dialog = QFileDialog(parent, title, folder_to_begin_in(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda files: chosen([_remembered(Path(file)) for file in files]))
    _open(dialog)


def choose_target(parent: QWidget, title: str, name: str, kinds: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask where to write a file that may be called ``name``, and hand its path over; ``kinds`` is as in `choose_file`.

    A name without an ending gets the one of the first kind.
    """
    dialog = QFileDialog(parent, title, folder_to_begin_in(), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    dialog.setDefaultSuffix(kinds.partition("(*.")[2].partition(")")[0])
    hand_over_chosen(dialog, lambda file: chosen(_remembered(file)))
    return dialog


def hand_over_chosen(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    """Open a dialog and hand over what is chosen in it."""
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    _open(dialog)


def _open(dialog: QFileDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def folder_to_begin_in() -> str:
    """Return the folder in which a file was chosen last, at first this user's documents.

    Qt would begin where the program was started: on Windows in the folder of its own files, at sign-in in one of the system's.
    """
    places = QStandardPaths.StandardLocation
    own = (QStandardPaths.writableLocation(place) for place in (places.DocumentsLocation, places.HomeLocation))
    return next((folder for folder in (*_chosen_in, *own) if QDir(folder).exists()), "")


def _remembered(file: Path) -> Path:
    _chosen_in[:] = [str(file.parent)]
    return file
