"""Which bookings changed what a night holds since an earlier export."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import OCCUPYING, BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.history import History
from hotelml_app.services.nights.forecast_page import known
from hotelml_app.services.nights.night_views import NightChangeView

NEW, MOVED_HERE, MOVED_AWAY, FEWER, MORE = "new", "moved here", "moved away", "fewer rooms", "more rooms"
GONE = "no longer in the export"
_CODE = re.compile(r"[A-Z]{3}")
_LOST = {BookingStatus.CANCELLED: "cancelled", BookingStatus.NO_SHOW: "no-show", BookingStatus.TENTATIVE: "not firm any more"}


def changes(history: History, night: date, since: date, currency: str = "") -> tuple[NightChangeView, ...]:
    """Return the bookings that hold more or fewer rooms on ``night`` than at the end of ``since``, the greatest first.

    ``currency`` is the property's: a rate of a booking that names another is told in that.
    """
    before, now = (_held(history, day_number(night), day) for day in (day_number(since), history.today))
    was, is_now = (_spells(history, day) for day in (day_number(since), history.today))
    found = []
    for booking in before.keys() | now.keys():
        difference = now.get(booking, 0.0) - before.get(booking, 0.0)
        if difference:
            spell = is_now.get(booking, was.get(booking))
            assert spell is not None, "a booking that holds a room has a state"
            what = _what(history, before.get(booking, 0.0), now.get(booking, 0.0), was.get(booking), is_now.get(booking))
            found.append(_view(history, spell, what, difference, currency))
    return tuple(sorted(found, key=lambda one: (-abs(one.rooms), one.rooms, one.reservation_id)))


def _spells(history: History, day: int) -> dict[int, int]:
    """Return the spell of each booking that holds at the end of a day."""
    rows = np.flatnonzero((history.known_from <= day) & (history.known_to > day))
    return {int(history.booking[row]): int(row) for row in rows}


def _held(history: History, night: int, day: int) -> dict[int, float]:
    """Return the rooms that each booking held for the night, as known at the end of a day."""
    alive: NDArray[np.bool_] = (history.known_from <= day) & (history.known_to > day) & history.occupying
    rows = np.flatnonzero(alive & (history.arrival <= night) & (history.departure > night))
    return dict(zip(history.booking[rows].tolist(), history.rooms[rows].tolist(), strict=True))


def _what(history: History, before: float, now: float, was: int | None, spell: int | None) -> str:
    if before and now:
        return MORE if now > before else FEWER
    if now:
        return NEW if was is None else MOVED_HERE if _status(history, was) in OCCUPYING else "firm again"
    if spell is None:
        return GONE
    return _LOST.get(_status(history, spell), MOVED_AWAY)


def _status(history: History, spell: int) -> BookingStatus:
    return BookingStatus(int(history.status[spell]))


def _view(history: History, spell: int, what: str, rooms: float, currency: str) -> NightChangeView:
    room_type, channel, named = (
        history.categories[name].labels[history.categories[name].codes[spell]] for name in ("room_type", "channel", "currency")
    )
    reservation = str(history.reservation_ids[history.booking[spell]])
    rate, code = known(history.numbers["adr"][spell]), named.strip().upper()
    other = code if _CODE.fullmatch(code) and code != currency else ""
    return NightChangeView(reservation, what, rooms, room_type, channel, rate, other)
