"""One file for another PC: written with a passphrase or without, and read once it was seen what is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.choosing import choose_file, choose_target
from hotelml_app.gui.settings_parts.channel_form import line
from hotelml_app.gui.settings_parts.fields import add_field, form
from hotelml_app.gui.settings_parts.file_dialog import FileDialog
from hotelml_app.gui.settings_parts.update_dialog import PACKAGES
from hotelml_app.gui.widgets.boxes import bare, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.backups.views import BackupsView
from hotelml_app.services.handover.views import HandoverView, Written

SUFFIX = ".hotelml"
FILES = f"Hand-over files (*{SUFFIX})"

WRITE_HINT = (
    "Database, models and settings go into this file, without passwords and without the folders of this PC. It is not "
    "encrypted: guard it as you guard your bookings."
)
PASSPHRASE_HINT = (
    "With a passphrase the other PC sees that the file comes from you and that nobody changed it. A program update is a package"
    " of HotelML with its signature beside it."
)
UNSEALED = "It has no passphrase, so nobody can tell who wrote it. Go on only if you know where it comes from."
READ_HINT = (
    "First the whole file is checked. When HotelML starts next, its contents replace what is here; what is here is set "
    "aside and can be put back. The folders of this PC stay as they are."
)


class WriteDialog(FileDialog):
    """Writes a file."""

    def __init__(self, parent: QWidget, context: WindowContext, file: Path) -> None:
        super().__init__(parent, context, "Write a hand-over file", file, "Write it")
        self.passphrase = line("Passphrase", secret=True)
        self.again = line("Passphrase once more", secret=True)
        fields = form()
        fields.setFieldGrowthPolicy(fields.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.passphrase.setPlaceholderText("Optional")
        add_field(fields, "Passphrase", self.passphrase)
        add_field(fields, "Once more", self.again)
        self.update_file = line("Program update", hint="Optional")
        self.update_file.setClearButtonEnabled(True)
        browse = Button("Choose…", self._ask_update, name="Choose the program update")
        browse.setAutoDefault(False)
        add_field(fields, "Program update", bare(row((self.update_file, browse))))
        self.fields = bare(fields)
        self._hints = label(WRITE_HINT, "muted", wrap=True), label(PASSPHRASE_HINT, "muted", wrap=True)
        self._name = label(str(file), wrap=True)
        self.arrange(self._name, self._hints[0], self.fields, self._hints[1])

    def begin(self) -> None:
        """Write it, once both passphrases are the same."""
        passphrase, appliance, file = self.passphrase.text(), self._context.appliance, self.file
        if passphrase != self.again.text():
            self.say("The two passphrases differ. Type them again.", "urgent")
            self.again.setFocus()
            return
        typed = self.update_file.text().strip()
        update = Path(typed) if typed else None
        self.start(lambda report, cancel: appliance.hand_over(file, passphrase, report, cancel, update), self._written)

    def _ask_update(self) -> None:
        choose_file(self, "Program update", PACKAGES, lambda file: self.update_file.setText(str(file)))

    def _written(self, written: object) -> None:
        assert isinstance(written, Written)
        for done_with in (self._name, *self._hints, self.fields, self.yes):
            done_with.hide()
        self.say(written.sentence)
        self.no.say("Close")
        self.no.setFocus()
        self.adjustSize()


class ReadDialog(FileDialog):
    """Shows what is in a file, and reads it."""

    taken = Signal(object)
    """Carries the backups there are now, and that this one waits."""

    def __init__(self, parent: QWidget, context: WindowContext, file: Path) -> None:
        super().__init__(parent, context, "Read a hand-over file", file, "Check it and take it over")
        self.passphrase = line("Passphrase", secret=True)
        self.holds = label("Looking at it…", wrap=True)
        self.seal = label(role="muted", wrap=True)
        fields = form()
        fields.setFieldGrowthPolicy(fields.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        add_field(fields, "Passphrase", self.passphrase)
        self.fields = bare(fields)
        self.fields.hide()
        self.yes.setEnabled(False)
        self.arrange(self.holds, self.seal, self.fields, label(READ_HINT, "muted", wrap=True))
        appliance = context.appliance
        context.runner.ask("look at hand-over", lambda: appliance.look_at_handover(file), self._show, self._cannot)

    def begin(self) -> None:
        """Check it, and have it take its place at the next start."""
        passphrase, appliance, file = self.passphrase.text(), self._context.appliance, self.file
        self.start(lambda report, cancel: appliance.take_over_next(file, passphrase, report, cancel), self._taken)

    def _show(self, view: object) -> None:
        assert isinstance(view, HandoverView)
        self.holds.setText(view.sentence)
        self.seal.setText("" if view.sealed else UNSEALED)
        self.seal.setVisible(not view.sealed)
        self.fields.setVisible(view.sealed)
        self.yes.setEnabled(True)
        (self.passphrase if view.sealed else self.yes).setFocus()
        self.adjustSize()

    def _cannot(self, error: HotelMLError) -> None:
        self.holds.hide()
        self.seal.hide()
        self.say(str(error), "urgent")
        self.adjustSize()

    def _taken(self, view: object) -> None:
        assert isinstance(view, BackupsView)
        self.taken.emit(view)
        self.accept()


def ask_where_to_write(parent: QWidget, name: str, chosen: Callable[[Path], object]) -> None:
    """Ask for the file to write, and hand it over; the window goes on meanwhile."""
    choose_target(parent, "Write a hand-over file", f"{name}{SUFFIX}", FILES, chosen)


def ask_what_to_read(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for the file to read, and hand it over; the window goes on meanwhile."""
    choose_file(parent, "Read a hand-over file", FILES, chosen)
