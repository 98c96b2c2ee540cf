"""Rooms of the house: which there are, and a way to list those that no export shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.clipboard import AGAIN, WHY_NOT, put_on_clipboard
from hotelml_app.gui.rooms_parts.room_edit_line import RoomEditLine
from hotelml_app.gui.rooms_parts.room_lines_box import RoomLinesBox
from hotelml_app.gui.rooms_parts.room_list_table import counted_words, room_table, show_rooms
from hotelml_app.gui.rooms_parts.solve_run import SolveRun
from hotelml_app.gui.rooms_parts.solving_bar import SolvingBar
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.gui.widgets.dialogs.dialog_size import size_within
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.gui.widgets.tables.filter_box import FilterBox
from hotelml_app.services.asking.words import count
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.list_views import RoomListView, UndoList
from hotelml_app.services.rooms.room_lines import written
from hotelml_app.services.rooms.views import RoomsChange

ROOM_LIST, ROOM_LIST_SHORT = "Rooms of the house…", "Rooms…"
TITLE = "Rooms of the house"
WIDTH, HEIGHT = 134 * tokens.GRID, 84 * tokens.GRID
LINES_WIDTH = 36 * tokens.GRID


class RoomListDialog(QDialog):
    """The list, kept with Save; it stays open while the rooms are given out anew. Open it with ``open``."""

    def __init__(
        self,
        parent: QWidget,
        context: WindowContext,
        view: RoomListView,
        run: SolveRun,
        on_change: Callable[[RoomsChange], object],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        size_within(self, parent, WIDTH, HEIGHT)
        self._place, self._run, self._on_change = context.place, run, on_change
        self.draft = RoomDraft.of(view)
        self._saving: RoomsChange | None = None
        self.table, self.edit, self.lines = room_table(), RoomEditLine(), RoomLinesBox()
        self._counted, self.preview = label(role="muted"), label(role="strong", wrap=True)
        self.hints, self.solving = label(role="muted", wrap=True), SolvingBar()
        self.undo = Button("Undo last save", self._undo, tip="Put the list back that was kept before the last one")
        self.copy = Button("Copy list", self._copy, tip="The rooms with tabs between the columns, for a spreadsheet")
        self.no, self.save = Button("Cancel", self.reject), Button("Save", self._save, role="primary")
        self.setLayout(self._lay_out())
        self.table.current.connect(lambda number: self.edit.show_room(self.draft, number))
        self.edit.changed.connect(self._take)
        self.lines.read.connect(self._show_outcome)
        self.lines.add_wanted.connect(self._add)
        self.solving.stopped.connect(run.cancel)
        run.changed.connect(self._show_run)
        run.ended.connect(self._ended)
        self.finished.connect(self.deleteLater)
        self._take(self.draft)
        (self.table if view.seen else self.lines.text).setFocus()

    def reject(self) -> None:
        """Stop what is being saved; else close, but do not lose what was typed unasked."""
        self.edit.take_typed()
        if self._saving is not None:
            self._run.cancel()
        elif self.draft.is_changed or self.lines.text.toPlainText().strip():
            text = f"{self._after().in_words()}. None of this is kept."
            ConfirmDialog(self, "Leave without saving?", text, "Leave", super().reject).open()
        else:
            super().reject()

    def _lay_out(self) -> QVBoxLayout:
        # Enter ends a field of the chosen room; it must not save as well.
        for button in (self.undo, self.copy, self.no, self.save, self.lines.add, self.edit.remove, self.solving.stop):
            button.setAutoDefault(False)
        left = column((FilterBox(self.table, "rooms"), self.table, self.edit), gap=tokens.SPACE_1)
        left.setStretch(1, 1)
        self.lines.setFixedWidth(LINES_WIDTH)
        both = row((bare(left), self.lines), gap=tokens.SPACE_3)
        both.setStretch(0, 1)
        buttons = row((self.undo, self.copy, None, self.solving, self.no, self.save), gap=tokens.SPACE_1)
        head = row((label(TITLE, "heading"), self._counted, None), gap=tokens.SPACE_2)
        inside = column((head, both, self.preview, self.hints, buttons), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2)
        inside.setStretch(1, 1)
        return inside

    def _take(self, draft: object) -> None:
        """Go on with another list."""
        assert isinstance(draft, RoomDraft)
        self.draft = draft
        show_rooms(self.table, self._place, draft)
        self._counted.setText(counted_words(draft))
        self.edit.show_room(draft, self.table.current_key)
        self.lines.use(draft)
        self.lines.read_now()

    def _add(self) -> None:
        self.lines.read_now()
        rooms = self.lines.parsed.rooms
        self._take(self.draft.with_lines(rooms))
        self.lines.leave_errors()
        if rooms:
            self.table.choose(rooms[-1].number)
            self.table.choose(rooms[0].number)

    def _after(self) -> RoomDraft:
        """Return the list as Save would keep it: with what stands in the box and can be read."""
        return self.draft.with_lines(self.lines.parsed.rooms)

    def _show_outcome(self) -> None:
        after, errors = self._after(), len(self.lines.parsed.errors)
        self.preview.setText(f"{after.in_words()}.")
        set_role(self.preview, "strong")
        self.hints.setText(" ".join(self._place.with_days(hint) for hint in after.hints()))
        self.hints.setVisible(bool(self.hints.text()))
        self.save.say(f"Save without {count(errors, 'line')}" if errors else "Save")
        self._show_run()

    def _show_run(self) -> None:
        """Let nothing be changed while the rooms are given out anew."""
        free = self._saving is None
        for part in (self.table, self.edit, self.lines):
            part.setEnabled(free)
        self.undo.setEnabled(free and self.draft.view.can_undo and not self.draft.is_changed)
        self.copy.setEnabled(bool(self.draft.rooms))
        self.save.setEnabled(free and self._after().is_changed)
        self.no.setVisible(free)
        if not free:
            self.solving.show_run(self._run)
        self.solving.setVisible(not free)

    def _save(self) -> None:
        self.lines.read_now()
        self._begin(self._after().change)

    def _undo(self) -> None:
        self._begin(UndoList())

    def _begin(self, change: RoomsChange) -> None:
        self._saving = change
        self._on_change(change)
        self._show_run()

    def _ended(self, change: object, error: HotelMLError | None) -> None:
        if change is not self._saving:
            return
        self._saving = None
        if error is None:
            self.accept()
            return
        self._show_run()
        if not isinstance(error, Cancelled):
            self.preview.setText(f"The list is not kept. {self._place.with_days(error.message)} {error.remedy}")
            set_role(self.preview, "urgent")

    def _copy(self) -> None:
        if not put_on_clipboard(written(list(self.draft.rooms.values()))):
            self.preview.setText(f"The list is not copied. {WHY_NOT} {AGAIN}")
            set_role(self.preview, "urgent")
