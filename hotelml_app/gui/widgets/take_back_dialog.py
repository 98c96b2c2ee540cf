"""An import that should not have been: what taking it back would do is told, and then it is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import clear, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.services.exports.data_views import ImportView
from hotelml_app.services.exports.taking_back_views import TakeBackView, TakenBack

WIDTH = 58 * tokens.GRID
ACTION = "Take this file back…"
TAKEN_BACK = "taken back"
"""The status of a file that was."""


class TakeBackDialog(QDialog):
    """Tells what is known once the import is taken back, and does it. Open it with ``open``."""

    def __init__(self, parent: QWidget, context: WindowContext, one: ImportView, on_done: Callable[[], object]) -> None:
        super().__init__(parent)
        self._context, self._one, self._on_done = context, one, on_done
        self._view: TakeBackView | None = None
        self._working = False
        self.setWindowTitle("Take a file back")
        self.setFixedWidth(min(WIDTH, parent.window().width() - 2 * tokens.GRID))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(tokens.SPACE_HALF)
        self.said = label(wrap=True)
        self.no = Button("Cancel", self.reject)
        self.yes = Button("Take it back", self.begin, role="primary")
        # Numbers change for everybody: Enter is the careful answer.
        self.no.setDefault(True)
        self.yes.setAutoDefault(False)
        head = label(f"Make everything what it was before {one.file_name}?", "heading", wrap=True)
        inside = column((head, self._lines, self.said, None, row((None, self.no, self.yes))), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2)
        self.setLayout(inside)
        self.finished.connect(self.deleteLater)
        self._allow()
        self._say("Looking at what came with it…")
        appliance = context.appliance
        context.runner.work(lambda: appliance.look_at_taking_back(one.id), on_done=self._looked, on_failure=self._failed)

    @property
    def told(self) -> tuple[str, ...]:
        """What would happen, as it is shown."""
        return tuple(self._context.place.with_days(line) for line in self._view.lines) if self._view is not None else ()

    def begin(self) -> None:
        """Take the import back."""
        if self._view is None or self._working:
            return
        self._working = True
        self._allow()
        self._say("Taking it back…")
        appliance, number = self._context.appliance, self._one.id
        self._context.runner.work(lambda: appliance.take_back(number), on_done=self._done, on_failure=self._failed)

    def reject(self) -> None:
        """Leave everything as it is; what has begun is not to be stopped."""
        if not self._working:
            super().reject()

    def _looked(self, view: object) -> None:
        assert isinstance(view, TakeBackView)
        self._view = view
        clear(self._lines)
        for line in self.told:
            self._lines.addWidget(label(line, wrap=True))
        self._allow()
        self._say("")

    def _allow(self) -> None:
        self.yes.setEnabled(self._view is not None and not self._working)
        self.no.setEnabled(not self._working)

    def _say(self, text: str, role: str = "muted") -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        set_role(self.said, role)
        self.adjustSize()

    def _failed(self, error: HotelMLError) -> None:
        self._working = False
        self._allow()
        self._say(str(error), "urgent")

    def _done(self, done: object) -> None:
        assert isinstance(done, TakenBack)
        self._working = False
        again = f" {', '.join(done.again)}: read again now." if done.again else ""
        self._context.tell(Notice(done.sentence, f"The predictions are made anew.{again}"))
        self._on_done()
        self.accept()
