"""Telling staff that an update waits, until it is installed or taken away."""

from __future__ import annotations

import logging

from hotelml_app.core.events import Settled, Warned
from hotelml_app.services.parts import Parts
from hotelml_app.services.updates import shelf
from hotelml_app.services.updates.installing import view_of
from hotelml_app.services.updates.packages import this_pc
from hotelml_app.services.updates.views import UpdateView

log = logging.getLogger(__name__)

KEY = "update waits"


def tell(parts: Parts, view: UpdateView | None) -> None:
    """Tell what waits on the Today page, or that nothing does any more."""
    if view is None:
        parts.bus.publish(Settled(KEY))
        return
    parts.bus.publish(Warned(KEY, view.waits, "It was checked: its signature fits.", view.next_step))


def tidy_at_start(parts: Parts) -> None:
    """Take away what is installed by now, and tell what still waits."""
    pc = this_pc()
    there = None
    if parts.layout.updates.is_dir():
        try:
            shelf.tidy(parts.layout, pc)
        except OSError as error:
            # Whoever holds a file of it, such as a virus scanner, must not keep HotelML from starting.
            log.warning("updates that are not needed any more stay for now: %s", error)
        there = shelf.waiting(parts.layout, pc)
    tell(parts, view_of(there.statement, there.package) if there is not None else None)
