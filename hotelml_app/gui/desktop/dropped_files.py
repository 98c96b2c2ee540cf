"""What is dragged on to the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent


def dropped_files(event: QDropEvent) -> list[Path]:
    """Return the files on this PC that come with the drag; the rest is none of ours."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def take_as_copy(event: QDropEvent) -> None:
    """Take the files as a copy, even of who holds Shift: whoever is told that they were moved deletes them where they lie."""
    from PySide6.QtCore import Qt

    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
