"""Copies of the database: when they are made, where else they go, and the way back to one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from hotelml_app.gui.desktop.choosing import choose_folder, choose_target
from hotelml_app.gui.place import Place
from hotelml_app.gui.settings_parts.fields import CalmSpinBox
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, dress, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.backups.views import BackupsView, BackupView
from hotelml_app.settings.model import BackupSettings

HINT = "A copy of the database, checked as it is made: at 02:50, or as soon as the PC is on again."
CHOSEN = "The backup is put back when HotelML starts next"
NONE_YET = "There is no backup yet."
MOVE_HINT = "To another PC: database, models and settings in one file, which is checked when it is written and when it is read."
ASK_TITLE = "Put this backup back?"
ASK_TEXT = (
    "When HotelML starts next, it puts back {what}. The present data is set aside, not deleted, and can be put back in the "
    "same way. Exports read since then are in the folder “processed”: drop them again afterwards."
)


@dataclass(frozen=True)
class BackupActions:
    """What the buttons do; ``put_back`` takes the copy's file."""

    make: Callable[[], object]
    make_elsewhere: Callable[[Path], object]
    put_back: Callable[[Path], object]
    keep_present: Callable[[], object]
    hand_over: Callable[[], object]
    read_handover: Callable[[], object]


class BackupCard(QFrame):
    """Rules that are saved with the page, and buttons that count at once."""

    edited = Signal()

    def __init__(self, actions: BackupActions) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._actions = actions
        self._place = Place()
        self._backups: tuple[BackupView, ...] = ()
        self.daily = QCheckBox("Every night, keeping the latest")
        self.keep = CalmSpinBox("How many nightly backups to keep")
        self.keep.setRange(2, 365)
        self.keep.setFixedHeight(tokens.CONTROL_HEIGHT - 4)
        self.keep.lineEdit().setTextMargins(tokens.GRID, 0, tokens.GRID, 0)
        self.copy_to = QLineEdit()
        self.copy_to.setAccessibleName("Folder on another disk for a second copy")
        self.copy_to.setPlaceholderText("A second copy to a folder on another disk: none")
        self.browse = Button("Choose…", self._browse, name="Choose the folder for the second copy")
        self.newest = label(wrap=True)
        self.now = Button("Back up now", actions.make)
        self.elsewhere = Button("Back up to a file…", self._ask_file)
        self.copies = CalmComboBox("Backups, newest first")
        self.back = Button("Put back…", self._ask_back)
        self.waits = label(role="strong", wrap=True)
        self.stay = Button("Keep what is there", actions.keep_present)
        self.write_file = Button("Write a hand-over file…", actions.hand_over)
        self.read_file = Button("Read a hand-over file…", actions.read_handover)
        self._choice = bare(row((self.copies, self.back, None)))
        self._pending = bare(row((self.waits, self.stay)))
        for signal in (self.daily.toggled, self.keep.valueChanged, self.copy_to.textChanged):
            signal.connect(lambda _: self.edited.emit())
        self.daily.toggled.connect(self._allow)
        rules = (row((self.daily, self.keep, None)), row((self.copy_to, self.browse)))
        acts = (self.newest, row((self.now, self.elsewhere, None)), self._choice, self._pending)
        move = (label(MOVE_HINT, "muted", wrap=True), row((self.write_file, self.read_file, None)))
        dress(self, column((label("Backup", "heading"), label(HINT, "muted", wrap=True), *rules, *acts, *move)))

    def show_ground(self, place: Place, ground: SettingsGround) -> None:
        """Show the rules as they are kept, and the copies there are."""
        rules = ground.settings.backup
        self.daily.setChecked(rules.daily)
        self.keep.setValue(rules.keep)
        self.copy_to.setText(rules.copy_to)
        self._allow(rules.daily)
        self.show_backups(place, ground.backups)

    def show_backups(self, place: Place, view: BackupsView) -> None:
        """Show the copies there are, and which is about to be put back."""
        self._place, self._backups = place, view.backups
        made = [one for one in view.backups if not one.set_aside]
        size = f", {place.spoken(bytes_of(made[0].size_bytes))}" if made else ""
        self.newest.setText(f"Newest: {_when(place, made[0])}{size}. They lie in {view.folder}." if made else NONE_YET)
        self.copies.clear()
        for one in view.backups:
            self.copies.addItem(f"{_when(place, one)}{', set aside' if one.set_aside else ''}", one.path)
        self._choice.setVisible(bool(view.backups) and view.waiting is None)
        self._pending.setVisible(view.waiting is not None)
        what = "hand-over file" if view.waiting_handover else "backup"
        takes = "takes its place" if view.waiting_handover else "is put back"
        self.waits.setText(
            f"The {what} of {place.moment(view.waiting)} {takes} when HotelML starts next: quit it and open it again."
        )
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Let nobody ask for more while something is being done."""
        for each in (self.now, self.elsewhere, self.back, self.stay, self.write_file, self.read_file):
            each.setEnabled(not busy)

    def collect(self, kept: BackupSettings) -> BackupSettings:
        """Return the rules as they stand in the form."""
        told = {"daily": self.daily.isChecked(), "keep": self.keep.value(), "copy_to": self.copy_to.text().strip()}
        return kept.model_copy(update=told)

    def _allow(self, daily: bool) -> None:
        for each in (self.keep, self.copy_to, self.browse):
            each.setEnabled(daily)

    def _browse(self) -> None:
        choose_folder(self.window(), "Choose the folder for the second copy", self.copy_to.text(), self.copy_to.setText)

    def _ask_file(self) -> None:
        choose_target(self.window(), "Back up to a file", "", "Backups (*.db)", self._actions.make_elsewhere)

    def _ask_back(self) -> None:
        chosen = next((one for one in self._backups if one.path == self.copies.choice), None)
        if chosen is not None:
            when = _when(self._place, chosen)
            text = ASK_TEXT.format(what=f"the data of {when} that was set aside" if chosen.set_aside else f"the backup of {when}")
            ConfirmDialog(self.window(), ASK_TITLE, text, "Put it back", lambda: self._actions.put_back(Path(chosen.path))).open()


def _when(place: Place, one: BackupView) -> str:
    local = one.made_at.astimezone()
    return f"{place.day(local.date(), year=True)} {place.clock(local)}"
