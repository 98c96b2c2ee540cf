"""Telling that an export is missing, and not while that very export is being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotelml_app.core.events import ExportMissing
from hotelml_app.core.jobs import CancelToken
from hotelml_app.services.exports.freshness import freshness, is_stale
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow

if TYPE_CHECKING:
    from hotelml_app.services.parts import Parts

LOOK_EVERY_S = 5.0
PATIENCE_S = 3_600.0
"""A file that is on its way for longer than this, as one that another program never lets go of, is no export that came."""


def tell_missing_exports(parts: Parts, cancel: CancelToken | None = None) -> None:
    """Tell of each property whose last export is missing. Where only reviews were read, none ever came and none is awaited.

    While a file of its drop folder is on its way, a property is waited for. Raises Cancelled.
    """
    cancel, gives_up_s = cancel or CancelToken(), parts.clock.monotonic() + PATIENCE_S
    with parts.store.read() as connection:
        names = [row.name for row in properties.all(connection)]
    # A share tells nobody what came while this PC slept.
    parts.folders.rescan()
    while names:
        patient = parts.clock.monotonic() < gives_up_s
        waiting = [name for name in names if patient and parts.folders.in_flight(name)]
        _tell(parts, {*names} - {*waiting})
        names = waiting
        if names and cancel.wait(LOOK_EVERY_S):
            cancel.check()


def _tell(parts: Parts, names: set[str]) -> None:
    if not names:
        return
    with parts.store.read() as connection:
        rows = [row for row in properties.all(connection) if row.name in names]
    for row in rows:
        _tell_if_missing(parts, row)


def _tell_if_missing(parts: Parts, row: PropertyRow) -> None:
    fresh = freshness(parts.store, parts.clock, row)
    if fresh.imported_at and is_stale(fresh) and fresh.business_date is not None and fresh.days_old is not None:
        parts.bus.publish(ExportMissing(row.name, fresh.business_date, fresh.days_old))
