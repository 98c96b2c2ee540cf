"""One file for another PC: written with a passphrase or without, and read once it was seen what is in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressBar, QWidget

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.settings_parts.channel_form import line
from hotelml_app.gui.settings_parts.fields import add_field, form
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.services.handover.views import HandoverView, Written
from hotelml_app.services.home.upkeep_views import BackupsView

WIDTH = 62 * tokens.GRID
SUFFIX = ".hotelml"
FILES = f"Hand-over files (*{SUFFIX})"
STEPS = 1000
SOON_S = 2.0
"""Before that nobody can say how long it will take."""

WRITE_HINT = (
    "Database, models and settings go into this file, without passwords and without the folders of this PC. It is not encrypted:"
    " keep it as you keep your bookings."
)
PASSPHRASE_HINT = "With a passphrase the other PC sees that the file comes from you and that nobody changed it."
UNSEALED = "It has no passphrase, so nothing tells who wrote it. Go on only if you know where it comes from."
READ_HINT = (
    "All of it is checked first. It takes the place of what is here when HotelML starts next; what is here is set aside and can"
    " be put back. Folders of this PC stay as they are."
)


class HandoverDialog(QDialog):
    """Work on one file, with progress and a way to stop. Open it with ``open``."""

    _progressed = Signal(float, str)

    def __init__(self, parent: QWidget, context: WindowContext, title: str, file: Path, action: str) -> None:
        super().__init__(parent)
        self._context, self.file = context, file
        self._cancel: CancelToken | None = None
        self._began_s = 0.0
        self.setWindowTitle(title)
        self.setFixedWidth(min(WIDTH, parent.window().width() - 2 * tokens.GRID))
        self.passphrase = line("Passphrase", secret=True)
        self.fields = QWidget()
        self.said = label(wrap=True)
        self.said.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.step = label(role="muted")
        self._work = bare(column((self.bar, self.step), gap=tokens.SPACE_HALF))
        self._work.hide()
        self.no = Button("Cancel", self.reject)
        self.yes = Button(action, self.begin, role="primary")
        self.yes.setDefault(True)
        self._heading = label(title, "heading")
        self._progressed.connect(self._take_progress)
        self.finished.connect(self.deleteLater)

    @property
    def working(self) -> bool:
        """True while the file is being written or read."""
        return self._cancel is not None

    def begin(self) -> None:
        """Do it."""
        raise NotImplementedError

    def reject(self) -> None:
        """Close, or stop what is being done and close then."""
        if self._cancel is None:
            super().reject()
        elif not self._cancel.cancelled:
            self._cancel.cancel()
            self.step.setText("Stopping…")

    def arrange(self, *parts: QWidget) -> None:
        """Lay everything out."""
        inside = column((self._heading, *parts, self.said, self._work, row((None, self.no, self.yes))), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2)
        self.setLayout(inside)

    def say(self, text: str, role: str = "") -> None:
        """Say something above the buttons."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        set_role(self.said, role)

    def start(
        self, work: Callable[[Callable[[float, str], None], CancelToken], object], done: Callable[[object], object]
    ) -> None:
        """Work in the background; the file is not touched any more once ``done`` or a failure is told."""
        cancel = self._cancel = CancelToken()
        self._began_s = time.monotonic()
        report = self._progressed.emit
        self.say("")
        self._show_working(True)

        def ended(answer: object) -> None:
            self._cancel = None
            self._show_working(False)
            done(answer)

        self._context.runner.work(lambda: work(report, cancel), on_done=ended, on_failure=self._failed)

    def _failed(self, error: HotelMLError) -> None:
        self._cancel = None
        self._show_working(False)
        if isinstance(error, Cancelled):
            super().reject()
        else:
            self.say(str(error), "urgent")

    def _show_working(self, working: bool) -> None:
        self._work.setVisible(working)
        self.bar.setValue(0)
        self.step.setText("")
        self.yes.setEnabled(not working)
        self.fields.setEnabled(not working)
        self.adjustSize()

    def _take_progress(self, fraction: float, words: str) -> None:
        if self._cancel is not None and not self._cancel.cancelled:
            self.bar.setValue(round(STEPS * fraction))
            self.step.setText(f"{words}{left_words(fraction, time.monotonic() - self._began_s)}")


class WriteDialog(HandoverDialog):
    """Writes a file."""

    def __init__(self, parent: QWidget, context: WindowContext, file: Path) -> None:
        super().__init__(parent, context, "Write a hand-over file", file, "Write it")
        self.again = line("Passphrase once more", secret=True)
        fields = form()
        fields.setFieldGrowthPolicy(fields.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.passphrase.setPlaceholderText("Optional")
        add_field(fields, "Passphrase", self.passphrase)
        add_field(fields, "Once more", self.again)
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
        self.start(lambda report, cancel: appliance.hand_over(file, passphrase, report, cancel), self._written)

    def _written(self, written: object) -> None:
        assert isinstance(written, Written)
        for done_with in (self._name, *self._hints, self.fields, self.yes):
            done_with.hide()
        self.say(written.sentence)
        self.no.say("Close")
        self.no.setFocus()
        self.adjustSize()


class ReadDialog(HandoverDialog):
    """Shows what is in a file, and reads it."""

    taken = Signal(object)
    """Carries the backups there are now, and that this one waits."""

    def __init__(self, parent: QWidget, context: WindowContext, file: Path) -> None:
        super().__init__(parent, context, "Read a hand-over file", file, "Check it and take it over")
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
    dialog = QFileDialog(parent, "Write a hand-over file", f"{name}{SUFFIX}", FILES)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
    _ask(dialog, chosen)


def ask_what_to_read(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for the file to read, and hand it over; the window goes on meanwhile."""
    dialog = QFileDialog(parent, "Read a hand-over file", "", FILES)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _ask(dialog, chosen)


def _ask(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def left_words(fraction: float, elapsed_s: float) -> str:
    """Return how long it will still take, in words, as soon as that can be told."""
    if elapsed_s < SOON_S or fraction <= 0.0:
        return ""
    left_s = elapsed_s * (1.0 - fraction) / fraction
    return f", about {round(left_s)} s left" if left_s < 90 else f", about {round(left_s / 60)} min left"
