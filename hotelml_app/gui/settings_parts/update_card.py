"""A newer HotelML that comes as a file: which one waits, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFrame

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.desktop.clipboard import put_on_clipboard
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.settings_parts.update_dialog import UpdateDialog, ask_for_update
from hotelml_app.gui.widgets.boxes import bare, column, dress, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.updates.views import UpdateView

HINT = (
    "A newer HotelML comes as two files, the package and its signature, for instance on a USB stick. HotelML takes it "
    "only if the signature is its publisher's."
)
START, COPY, BACK_UP = "Start the set-up…", "Back up and copy the command", "Back up first"
START_TEXT = "The database is copied first. Then HotelML closes, and Windows may ask whether the set-up may change this PC."
REMOVE_TEXT = "HotelML stays as it is; you can read the update again from where it came."


class UpdateCard(QFrame):
    """What waits, with one button for the next step, and one that reads another."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._view: UpdateView | None = None
        self.stand = label(wrap=True)
        self.step = label(role="muted", wrap=True, selectable=True)
        self.go = Button(START, self._go)
        self.remove = Button("Remove it…", self._ask_remove, name="Remove the update")
        self.read = Button("Read an update…", lambda: ask_for_update(self.window(), self.read_update))
        self._waits = bare(column((self.step, row((self.go, self.remove, None)))))
        words = (label("Program update", "heading"), label(HINT, "muted", wrap=True), self.stand)
        dress(self, column((*words, self._waits, row((self.read, None)))))

    def show_ground(self, ground: SettingsGround) -> None:
        """Show what waits."""
        self._show(ground.status.update)

    def look_again(self) -> None:
        """Ask what waits: a hand-over file may have brought one."""
        self._context.runner.ask(
            "waiting update", self._context.appliance.waiting_update, self._take_answer, self._context.tell_error
        )

    def read_update(self, file: Path) -> None:
        """Open the window that reads an update."""
        dialog = UpdateDialog(self.window(), self._context, file)
        dialog.taken.connect(self._taken)
        dialog.open()

    def _take_answer(self, view: object) -> None:
        assert view is None or isinstance(view, UpdateView)
        self._show(view)

    def _taken(self, view: UpdateView) -> None:
        self._show(view)
        self._context.tell(Notice(view.waits, "What to do next stands on the Settings page, under Program update."))

    def _show(self, view: UpdateView | None) -> None:
        self._view = view
        self.stand.setText(f"{view.waits}." if view is not None else "No update waits.")
        self._waits.setVisible(view is not None)
        if view is not None:
            self.go.say(START if view.starts else COPY if view.command else BACK_UP)
            self.step.setText(START_TEXT if view.starts else view.after_backup)
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        for each in (self.go, self.remove, self.read):
            each.setEnabled(not busy)

    def _go(self) -> None:
        view = self._view
        if view is not None and view.starts:
            ConfirmDialog(self.window(), f"Start the set-up of {view.title}?", START_TEXT, "Start it", self._start).open()
        elif view is not None:
            self._start()

    def _start(self) -> None:
        self._set_busy(True)
        self._context.runner.work(self._context.appliance.start_update, on_done=self._started, on_failure=self._failed)

    def _started(self, view: object) -> None:
        assert isinstance(view, UpdateView)
        self._show(view)
        if view.starts:
            self._context.quit_wanted.emit()
            return
        copied = bool(view.command) and put_on_clipboard(view.command)
        done = "The database is backed up, and the command is copied" if copied else "The database is backed up"
        self._context.tell(Notice(done, remedy=view.after_backup))

    def _ask_remove(self) -> None:
        if self._view is not None:
            ConfirmDialog(self.window(), f"Remove {self._view.title}?", REMOVE_TEXT, "Remove it", self._remove).open()

    def _remove(self) -> None:
        self._set_busy(True)
        discard = self._context.appliance.discard_update
        self._context.runner.work(discard, on_done=lambda _: self._show(None), on_failure=self._failed)

    def _failed(self, error: HotelMLError) -> None:
        self._set_busy(False)
        self._context.tell_error(error)
