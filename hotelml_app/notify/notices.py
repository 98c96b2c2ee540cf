"""Notices inside the app: every warning is kept until somebody clears it, and written to the log."""

from __future__ import annotations

import logging
from collections.abc import Callable

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import Event, EventBus, Warned
from hotelml_app.store import Store, warnings
from hotelml_app.store.warnings import WarningRow

log = logging.getLogger(__name__)


class Notices:
    """Keeps what was published as ``Warned``. The same key again is the same notice, seen once more."""

    def __init__(self, store: Store, clock: Clock, bus: EventBus) -> None:
        self._store, self._clock, self._bus = store, clock, bus
        self._unsubscribe: Callable[[], None] | None = bus.subscribe(self._hear)

    def standing(self) -> list[WarningRow]:
        """Return what nobody cleared yet, newest first."""
        with self._store.read() as connection:
            return warnings.standing(connection)

    def dismiss(self, key: str) -> bool:
        """Take a notice away and return whether it stood."""
        with self._store.write() as connection:
            return warnings.clear(connection, key, self._clock.now())

    def close(self) -> None:
        """Stop listening."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Warned):
            return
        log.warning("%s: %s %s", event.title, event.message, event.remedy)
        try:
            with self._store.write() as connection:
                warnings.put(connection, event.key, event.title, event.message, event.remedy, self._clock.now())
        except HotelMLError as error:
            # A full disk is warned about, too: then the log has to do.
            log.warning("the notice cannot be kept: %s", error)
