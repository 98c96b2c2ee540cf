"""An appliance that nobody asks anything gives memory back: most of the day it only waits for the next export."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from hotelml_app.core.events import Event, ImportFinished, PredictionsRefreshed
from hotelml_app.services.parts import Parts
from hotelml_app.services.process.process_memory import give_back_memory

log = logging.getLogger(__name__)

REST_AFTER_S = 45.0
LOOK_EVERY_S = 15.0
SETTLE_S = 0.3


class Resting:
    """Lets go of loaded histories and opened models once they were not used for a while."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._worked = threading.Event()

    def start(self) -> None:
        """Look from time to time whether there is something to let go of."""
        self._stop.clear()
        self._worked.clear()
        self._unsubscribe = self._parts.bus.subscribe(self._hear)
        self._thread = threading.Thread(target=self._watch, name="resting", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._stop.set()
        self._worked.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def look(self) -> bool:
        """Let go of what was not used lately and return whether there was anything."""
        idle_s = self._parts.memory.idle_s(self._parts.clock.monotonic())
        if idle_s is None or idle_s < REST_AFTER_S:
            return False
        self._parts.memory.forget()
        self._parts.registry.let_go()
        self._give_back()
        log.info("nobody asked for %d s: histories and models are let go of", round(idle_s))
        return True

    def _give_back(self) -> None:
        self._parts.store.give_back_memory()
        give_back_memory()

    def _hear(self, event: Event) -> None:
        if isinstance(event, (ImportFinished, PredictionsRefreshed)):
            self._worked.set()

    def _watch(self) -> None:
        while not self._stop.is_set():
            worked = self._worked.wait(LOOK_EVERY_S)
            # Whoever told of it lets go of what it used a moment later.
            if worked and self._stop.wait(SETTLE_S):
                return
            self._worked.clear()
            if not self.look() and worked:
                self._give_back()
