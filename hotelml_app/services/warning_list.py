"""Warnings that wait for a person's eye."""

from __future__ import annotations

from hotelml_app.core.clock import Clock
from hotelml_app.core.events import Event, Settled, Warned
from hotelml_app.services.views import WarningView
from hotelml_app.store import Store, warnings


def standing_warnings(store: Store) -> tuple[WarningView, ...]:
    """Return the warnings that still stand, newest first."""
    with store.read() as connection:
        rows = warnings.standing(connection)
    return tuple(WarningView(row.key, row.title, row.message, row.remedy, row.last_at) for row in rows if row.last_at is not None)


def dismiss_warning(store: Store, clock: Clock, key: str) -> bool:
    """Take a warning away; it stands again when its cause comes again. Return whether it stood."""
    with store.write() as connection:
        return warnings.clear(connection, key, clock.now())


class WarningKeeper:
    """Writes down every warning that is published, so that it is seen even when nobody watched.

    What was said of a file that waited is settled once the file went its way.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def hear(self, event: Event) -> None:
        """Keep a ``Warned`` event, take it away at its ``Settled``; ignore all others."""
        if isinstance(event, Warned):
            with self._store.write() as connection:
                warnings.put(connection, event.key, event.title, event.message, event.remedy, self._clock.now())
        elif isinstance(event, Settled) and any(one.key == event.key for one in standing_warnings(self._store)):
            dismiss_warning(self._store, self._clock, event.key)
