"""Where rooms are typed or pasted, a line each, with what is wrong with a line said below at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.scrolling import scrolled
from hotelml_app.services.asking.words import count
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.room_lines import LineError, Parsed, parsed

READ_AFTER_MS = 150
ERRORS_HEIGHT = 10 * tokens.GRID
MOST_TOLD = 20
HINT = "One room or range per line, or the columns number and type pasted from Excel. A known number changes its type."
NOTHING = Parsed((), ())


class RoomLinesBox(QWidget):
    """Reads what is typed a moment after the last key; ``add_wanted`` asks for its good lines to go into the list."""

    read = Signal()
    add_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft: RoomDraft | None = None
        self.parsed = NOTHING
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Rooms to add, one per line")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(6 * tokens.GRID)
        self._errors = label(role="urgent", wrap=True, selectable=True)
        self._errors.setAccessibleName("Lines that cannot be read")
        self._shown = scrolled(bare(column((self._errors, None), gap=0)))
        self._shown.setFixedHeight(ERRORS_HEIGHT)
        self._shown.hide()
        self.add = Button("Put into the list", self.add_wanted.emit)
        self.add.setEnabled(False)
        words = (label("Add or change rooms", "strong"), label(HINT, "muted", wrap=True))
        inside = column((*words, self.text, self._shown, row((self.add, None))), gap=tokens.SPACE_1)
        inside.setStretch(2, 1)
        self.setLayout(inside)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(READ_AFTER_MS)
        self._timer.timeout.connect(self.read_now)
        self.text.textChanged.connect(self._timer.start)

    def use(self, draft: RoomDraft) -> None:
        """Read for this list from now on."""
        first = self._draft is None
        self._draft = draft
        if first:
            kinds = (*draft.types, "DBL", "SGL")
            self.text.setPlaceholderText(f"101 {kinds[0]}\n102-120 {kinds[1] if len(draft.types) > 1 else kinds[0]}")

    def read_now(self) -> None:
        """Read what stands in the box."""
        self._timer.stop()
        draft = self._draft
        self.parsed = parsed(self.text.toPlainText(), draft.types, draft.rooms) if draft is not None else NOTHING
        self._tell(self.parsed.errors)
        self.add.setEnabled(bool(self.parsed.rooms))
        self.read.emit()

    def leave_errors(self) -> None:
        """Let the lines that were read go, and those that contradict them; the others stay, to be mended."""
        lines, errors = self.text.toPlainText().splitlines(), self.parsed.errors
        self.text.setPlainText("\n".join(lines[error.line - 1] for error in errors if not error.settled))
        self.read_now()
        self._tell(self.parsed.errors, tuple(error for error in errors if error.settled))

    def _tell(self, errors: Sequence[LineError], left_out: Sequence[LineError] = ()) -> None:
        told = [error.sentence for error in errors] + [f"Left out: {error.sentence}" for error in left_out]
        if len(told) > MOST_TOLD:
            told = [*told[:MOST_TOLD], f"There are {count(len(told) - MOST_TOLD, 'more such line')}."]
        self._errors.setText("\n".join(told))
        self._shown.setVisible(bool(told))

    @property
    def error_words(self) -> str:
        """What is said of the lines now."""
        return self._errors.text()
