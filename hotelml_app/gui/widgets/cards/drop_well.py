"""Where files go in: the drop folder, its buttons, and how far an import is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QProgressBar

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import ElidedLabel, IconLabel, label, set_role


@dataclass(frozen=True)
class WellActions:
    """What the buttons of the well do."""

    open_folder: Callable[[], object]
    choose_files: Callable[[], object]
    look_now: Callable[[], object]
    cancel: Callable[[], object]


class DropWell(QFrame):
    """Tells where to drop files; the whole window takes them."""

    def __init__(self, actions: WellActions) -> None:
        super().__init__()
        self.setProperty("role", "well")
        icon = IconLabel("download-simple", "accent", large=True)
        icon.setFixedWidth(6 * tokens.GRID)
        self._head = label("Drop PMS exports here, or save them into the folder", "strong")
        self.folder = ElidedLabel(role="muted")
        self.watching = label(role="muted", wrap=True)
        self.open_button = Button("Open folder", actions.open_folder, icon="folder-open")
        self.files_button = Button("Import files…", actions.choose_files, icon="file-plus", role="primary")
        self.look_button = Button("Look now", actions.look_now, icon="arrow-clockwise")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress of the import")
        self.step = ElidedLabel(role="muted")
        self.cancel_button = Button("Cancel", actions.cancel, icon="stop", name="Cancel the import")
        words = column((self._head, self.folder, self.watching), gap=2)
        top = row((icon, words), gap=tokens.SPACE_1)
        top.setStretch(1, 1)
        top.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        buttons = row((self.files_button, self.open_button, self.look_button, None))
        work = row((column((self.progress, self.step), gap=tokens.SPACE_HALF), self.cancel_button), gap=tokens.SPACE_2)
        work.setStretch(0, 1)
        self._idle, self._busy = bare(buttons), bare(work)
        self._busy.hide()
        inside = column((top, self._idle, self._busy), gap=tokens.SPACE_1 + 4)
        inside.setContentsMargins(tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2)
        self.setLayout(inside)

    def show_folder(self, folder: str, watching: str, *, reachable: bool) -> None:
        """Show which folder is watched, and how; one that is away needs a person."""
        self.folder.setText(folder)
        self.watching.setText(watching)
        set_role(self.watching, "muted" if reachable else "urgent")
        self.open_button.setEnabled(bool(folder))

    def show_import(self, running: bool, fraction: float, step: str) -> None:
        """Show how far an import is, or the buttons."""
        self._idle.setVisible(not running)
        self._busy.setVisible(running)
        self.progress.setValue(round(1000 * fraction))
        self.step.setText(step)

    def set_dropping(self, dropping: bool) -> None:
        """Show that files held over the window would be taken."""
        set_role(self, "true" if dropping else "false", "dropping")
