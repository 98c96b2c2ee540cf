"""The first start: the property's name and a drop folder, nothing else; or all of it from another PC."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLayout, QLineEdit, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.choosing import choose_folder
from hotelml_app.gui.settings_parts.handover_dialogs import ReadDialog, ask_what_to_read
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label, rule, set_role

WIDTH = 66 * tokens.GRID
DEFAULT_NAME = "My hotel"
MOVED = "Used on another PC until now? Its hand-over file brings everything along."


class FirstRunDialog(QDialog):
    """Asks for two things and starts. Open it with ``open``; ``waits`` is what takes its place at the next start, if anything."""

    completed = Signal(str)
    taken_over = Signal()
    """A hand-over file waits for the next start; nothing is to be filled in."""

    def __init__(self, parent: QWidget, context: WindowContext, suggested_folder: str, waits: str = "") -> None:
        super().__init__(parent)
        self._context = context
        self._keeping = False
        self.setWindowTitle("Welcome to HotelML")
        self.setFixedWidth(WIDTH)
        self.name = QLineEdit()
        self.name.setPlaceholderText(DEFAULT_NAME)
        self.name.setMaxLength(120)
        self.name.setAccessibleName("Name of the property")
        self.folder = QLineEdit(suggested_folder)
        self.folder.setAccessibleName("Drop folder")
        self.error = label(role="urgent", wrap=True)
        self.error.hide()
        self.begin = Button("Start", self._begin, role="primary", icon="arrow-right")
        self.begin.setDefault(True)
        browse = Button("Choose…", self._browse, name="Choose the drop folder")
        later = Button("Later", self.reject)
        self.read_file = Button("Read a hand-over file…", lambda: ask_what_to_read(self, self.read_handover))
        self.moved = label(waits or MOVED, "strong" if waits else "muted", wrap=True)
        for button in (browse, later, self.read_file):
            button.setAutoDefault(False)
        self.setLayout(self._arrange(browse, later))
        self.name.textChanged.connect(lambda _: self._show_error(""))
        self.folder.textChanged.connect(lambda _: self._show_error(""))
        self.finished.connect(self.deleteLater)

    def _arrange(self, browse: QWidget, later: QWidget) -> QLayout:
        welcome = label("What is your hotel called, and where will its exports be saved?", "heading", wrap=True)
        quiet = "Everything stays on this PC. HotelML never needs a network."
        name = label("Name of the property", "strong")
        name.setBuddy(self.name)
        folder = label("Folder for the exports of your PMS", "strong")
        folder.setBuddy(self.folder)
        hint = label("HotelML reads every file saved there and moves it to the folder “processed” inside it.", "muted", wrap=True)
        moved = row((self.moved, self.read_file), gap=tokens.SPACE_2)
        moved.setStretch(0, 1)
        inside = column(
            (
                welcome,
                label(quiet, "muted", wrap=True),
                tokens.SPACE_1,
                name,
                self.name,
                tokens.SPACE_1,
                folder,
                row((self.folder, browse)),
                hint,
                self.error,
                row((None, later, self.begin)),
                rule(),
                moved,
            ),
            gap=tokens.SPACE_1,
        )
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
        return inside

    def read_handover(self, file: Path) -> None:
        """Show what is in a hand-over file, and read it."""
        dialog = ReadDialog(self, self._context, file)
        dialog.taken.connect(lambda _: self._taken_over())
        dialog.open()

    def reject(self) -> None:
        """Close, unless the property is being made at this moment: nobody would hear that it is there."""
        if not self._keeping:
            super().reject()

    def _taken_over(self) -> None:
        self.taken_over.emit()
        self.accept()

    def _begin(self) -> None:
        name = self.name.text().strip() or DEFAULT_NAME
        folder = self.folder.text().strip()
        if not folder:
            self._show_error("Choose a folder for the exports.")
            self.folder.setFocus()
            return
        self._keeping = True
        self.begin.setEnabled(False)
        appliance = self._context.appliance
        done: Callable[[object], None] = lambda _: self._done(name)  # noqa: E731
        self._context.runner.work(lambda: appliance.complete_first_run(name, Path(folder)), on_done=done, on_failure=self._failed)

    def _done(self, name: str) -> None:
        self.completed.emit(name)
        self.accept()

    def _failed(self, error: HotelMLError) -> None:
        self._keeping = False
        self.begin.setEnabled(True)
        self._show_error(str(error))

    def _show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        set_role(self.folder, "true" if text else "false", "bad")

    def _browse(self) -> None:
        choose_folder(self, "Folder for the exports", self.folder.text(), self.folder.setText)


def suggested_folder(home: str) -> str:
    """Return the drop folder that HotelML would choose by itself."""
    return str(Path(home) / "drop")
