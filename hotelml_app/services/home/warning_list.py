"""Warnings that wait for a person's eye."""

from __future__ import annotations

from hotelml_app.core.clock import Clock
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.store import Store
from hotelml_app.store.told import warnings


def standing_warnings(store: Store) -> tuple[WarningView, ...]:
    """Return the warnings that still stand, newest first."""
    with store.read() as connection:
        rows = warnings.standing(connection)
    return tuple(WarningView(row.key, row.title, row.message, row.remedy, row.last_at) for row in rows if row.last_at is not None)


def dismiss_warning(store: Store, clock: Clock, key: str) -> bool:
    """Take a warning away; it stands again when its cause comes again. Return whether it stood."""
    with store.write() as connection:
        return warnings.clear(connection, key, clock.now())
