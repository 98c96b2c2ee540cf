"""What is dragged on to the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent


def dropped_files(event: QDropEvent) -> list[Path]:
    """Return the files on this PC that come with the drag; the rest is none of ours."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
