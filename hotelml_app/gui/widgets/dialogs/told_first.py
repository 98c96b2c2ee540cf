"""A question about something that is done for good: what would happen is told first, and only then it may be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import Part, clear, column
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label, set_role


class ToldFirstDialog(QDialog):
    """Lines that say what would happen, a line on how far it is, and two buttons; Enter and Esc are the careful answer.

    ``ready`` says whether ``yes`` may be pressed, ``working`` whether it is being done: that is not to be stopped.
    """

    def __init__(
        self, parent: QWidget, context: WindowContext, title: str, action: str, begin: Callable[[], object], width: int
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.ready = self.working = False
        self.told: tuple[str, ...] = ()
        self.setWindowTitle(title)
        self.setFixedWidth(min(width, parent.window().width() - 2 * tokens.GRID))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(tokens.SPACE_HALF)
        self.said = label(wrap=True)
        self.no = Button("Cancel", self.reject)
        self.yes = Button(action, begin, role="primary")
        self.no.setDefault(True)
        self.yes.setAutoDefault(False)
        self.finished.connect(self.deleteLater)

    def furnish(self, parts: Iterable[Part]) -> None:
        """Lay out what is in it, from above to below."""
        inside = column(parts, gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2)
        self.setLayout(inside)

    def tell(self, lines: Sequence[str], *, ready: bool) -> None:
        """Show what would happen."""
        self.told, self.ready = tuple(map(self._context.place.with_days, lines)), ready
        clear(self.lines)
        for line in self.told:
            self.lines.addWidget(label(line, wrap=True))
        self.allow()

    def allow(self) -> None:
        """Let the buttons follow how things stand."""
        self.yes.setEnabled(self.ready and not self.working)
        self.no.setEnabled(not self.working)

    def say(self, text: str, role: str = "muted") -> None:
        """Say how far it is, or why not; nothing where the text is empty."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        set_role(self.said, role)
        self.adjustSize()

    def work(self, text: str, task: Callable[[], object], on_done: Callable[[object], object]) -> None:
        """Do it in the background."""
        self.working = True
        self.allow()
        self.say(text)
        self._context.runner.work(task, on_done=on_done, on_failure=self.fail)

    def fail(self, error: HotelMLError) -> None:
        """Say what went wrong."""
        self.working = False
        self.allow()
        self.say(str(error), "urgent")

    def reject(self) -> None:
        """Leave everything as it is."""
        if not self.working:
            super().reject()
