"""A window in which one file is written or read, with progress and a way to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.place import time_left_words
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label, set_role

WIDTH = 62 * tokens.GRID
STEPS = 1000
SOON_S = 2.0
"""Before that nobody can say how long it will take."""


class FileDialog(QDialog):
    """Work on one file, with progress and a way to stop. Open it with ``open``."""

    _progressed = Signal(float, str)

    def __init__(self, parent: QWidget, context: WindowContext, title: str, file: Path, action: str) -> None:
        super().__init__(parent)
        self._context, self.file = context, file
        self._cancel: CancelToken | None = None
        self._began_s = 0.0
        self.setWindowTitle(title)
        self.setFixedWidth(min(WIDTH, parent.window().width() - 2 * tokens.GRID))
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


def left_words(fraction: float, elapsed_s: float) -> str:
    """Return how long it will still take, in words, as soon as that can be told."""
    if elapsed_s < SOON_S or fraction <= 0.0:
        return ""
    return f", {time_left_words(elapsed_s * (1.0 - fraction) / fraction)}"
