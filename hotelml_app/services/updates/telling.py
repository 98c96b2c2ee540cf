"""Telling staff that an update waits, until it is installed or taken away."""

from __future__ import annotations

import logging

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import Settled, Warned
from hotelml_app.services.parts import Parts
from hotelml_app.services.sign_in import stands as sign_in
from hotelml_app.services.updates import shelf
from hotelml_app.services.updates.installing import view_of
from hotelml_app.services.updates.packages import this_pc
from hotelml_app.services.updates.views import UpdateView
from hotelml_app.settings.home import HomeLayout

log = logging.getLogger(__name__)

KEY = "update waits"


def tell(parts: Parts, view: UpdateView | None) -> None:
    """Tell what waits on the Today page, or that nothing does any more."""
    if view is None:
        parts.bus.publish(Settled(KEY))
        return
    parts.bus.publish(Warned(KEY, view.waits, "It was checked: its signature fits.", view.next_step))


def tidy_at_start(parts: Parts) -> None:
    """Take away what is installed by now, start that at sign-in where the former one did, and tell what still waits."""
    pc = this_pc()
    there = None
    if parts.layout.updates.is_dir():
        if shelf.any_installed(parts.layout, pc):
            _follow_at_sign_in(parts.layout)
        try:
            shelf.tidy(parts.layout, pc)
        except OSError as error:
            # Whoever holds a file of it, such as a virus scanner, must not keep HotelML from starting.
            log.warning("updates that are not needed any more stay for now: %s", error)
        there = shelf.waiting(parts.layout, pc)
    tell(parts, view_of(there.statement, there.package) if there is not None else None)


def _follow_at_sign_in(layout: HomeLayout) -> None:
    """A newer HotelML may lie in another folder; the former one, started the next morning, could not read its database."""
    try:
        if sign_in.follow(layout):
            log.info("from the next sign-in on, this HotelML is started in place of the former one")
    except (HotelMLError, OSError) as error:
        log.warning("what starts at sign-in may still be the former HotelML: %s", error)
