"""The search for garbage, on the window's own thread alone.

Python searches for reference cycles on whichever thread happens to make the next object, and takes apart there what it finds.
What belongs to Qt is not made for that: a window that somebody closed would now and then take the process with it.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from hotelml_app.services.process import process_memory

LOOK_EVERY_MS = 100
"""Often, so that each search has little to look at: while it does, nobody can click."""

ALL_EVERY_S = 120.0
"""A search of everything takes longest."""


class GarbageSearch(QObject):
    """Searches when Python would, only here; from ``start`` on, and for as long as the process lives.

    It is not handed back to Python when the window closes: the appliance's threads still work then, and what is left of the
    window must not be taken apart by one of them.
    """

    _all_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._searched_all_s = time.monotonic()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._all_wanted.connect(process_memory.search_and_give_back, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin, but only among what is made from now on: the window and its code stay."""
        gc.disable()
        process_memory.set_all_aside()
        process_memory.ask_elsewhere(self._all_wanted.emit)
        self._timer.start()

    def stop(self) -> None:
        """Search no more, and let nobody else."""
        self._timer.stop()
        process_memory.ask_elsewhere(_nothing)

    def look(self) -> None:
        """Search the youngest objects where many were made since the last time, older ones after so many searches.

        What was imported since the last look is set aside at once: found by a search of everything, it would hold up clicks.
        """
        if process_memory.set_new_code_aside():
            return
        made, enough, now_s = gc.get_count(), gc.get_threshold(), time.monotonic()
        if made[0] <= enough[0]:
            return
        generation = 1 if made[1] > enough[1] else 0
        if made[2] > enough[2] and now_s - self._searched_all_s >= ALL_EVERY_S:
            generation, self._searched_all_s = 2, now_s
        gc.collect(generation)


def _nothing() -> None:
    """Do nothing: the process ends."""
