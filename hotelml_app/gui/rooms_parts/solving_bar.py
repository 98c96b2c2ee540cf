"""How far the solver is, with a way to stop it; it shows only while there is something to wait for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from hotelml_app.gui.place import time_left_words
from hotelml_app.gui.rooms_parts.solve_run import SolveRun
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label

BAR_WIDTH = 10 * tokens.GRID


class SolvingBar(QWidget):
    """A bar, the time left and a button."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label(role="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName("Finding the best rooms")
        self.stop = Button("Cancel", self.stopped.emit, name="Cancel: finding the best rooms")
        self.setLayout(row((self.words, self._bar, self.stop), gap=tokens.SPACE_1))
        self.hide()

    def show_run(self, run: SolveRun) -> None:
        """Show how far it is."""
        self.setVisible(run.running)
        self.stop.setEnabled(not run.stopping)
        self._bar.setValue(round(1000 * run.fraction))
        left = time_left_words(run.seconds_left)
        self.words.setText("Stopping…" if run.stopping else f"Finding rooms, {left}")
