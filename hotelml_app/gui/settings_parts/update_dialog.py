"""Reading an update: seen what it is, then copied and checked; nothing is installed by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.choosing import choose_file
from hotelml_app.gui.settings_parts.file_dialog import FileDialog
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.updates.views import UpdateView

TITLE = "Read an update"
PACKAGES = "Packages of HotelML (*.deb *.tar.gz *.exe *.zip)"
UPDATES = "Updates and hand-over files (*.deb *.tar.gz *.exe *.zip *.hotelml)"
HINT = (
    "The package is copied into HotelML's data folder and checked. Nothing is installed yet: afterwards HotelML shows "
    "what to do next."
)


class UpdateDialog(FileDialog):
    """Shows what an update is, and takes it."""

    taken = Signal(object)
    """Carries the update that waits now."""

    def __init__(self, parent: QWidget, context: WindowContext, file: Path) -> None:
        super().__init__(parent, context, TITLE, file, "Take it")
        self.holds = label("Looking at it…", wrap=True)
        self.hint = label(HINT, "muted", wrap=True)
        self.yes.setEnabled(False)
        self.arrange(self.holds, self.hint)
        appliance = context.appliance
        context.runner.ask("look at update", lambda: appliance.look_at_update(file), self._show, self._cannot)

    def begin(self) -> None:
        """Check it, and have it wait to be installed."""
        appliance, file = self._context.appliance, self.file
        self.start(lambda report, cancel: appliance.take_update(file, report, cancel), self._taken)

    def _show(self, view: object) -> None:
        assert isinstance(view, UpdateView)
        self.holds.setText(view.sentence)
        self.yes.setEnabled(True)
        self.yes.setFocus()
        self.adjustSize()

    def _cannot(self, error: HotelMLError) -> None:
        for useless in (self.holds, self.hint, self.yes):
            useless.hide()
        self.no.say("Close")
        self.say(str(error), "urgent")
        self.adjustSize()

    def _taken(self, view: object) -> None:
        assert isinstance(view, UpdateView)
        self.taken.emit(view)
        self.accept()


def ask_for_update(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for the update to read, and hand it over; the window goes on meanwhile."""
    choose_file(parent, TITLE, UPDATES, chosen)
