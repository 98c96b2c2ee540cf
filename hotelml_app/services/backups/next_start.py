"""What takes the place of what is here when HotelML starts next: a backup, a hand-over file, or what one took the place of."""

from __future__ import annotations

from datetime import datetime

from hotelml_app.core.clock import written_at
from hotelml_app.services.asking.words import moment
from hotelml_app.services.backups.views import NextStartView
from hotelml_app.services.handover import exchange
from hotelml_app.settings.home import HomeLayout
from hotelml_app.store.sqlite import putting_back

HOW_TO_KEEP = "Start HotelML again; or press Keep what is there on the Settings page to leave everything as it is."


def waiting(layout: HomeLayout) -> NextStartView | None:
    """Return what waits for the next start, or None; nothing is opened for it."""
    exchanged = exchange.waiting(layout)
    if exchanged is not None:
        return _view(exchanged.made_at, handover=not exchanged.was_aside)
    chosen = putting_back.chosen(layout.database)
    return _view(written_at(chosen.stat().st_mtime), handover=False) if chosen else None


def _view(made_at: datetime, *, handover: bool) -> NextStartView:
    what, takes = ("hand-over file", "takes the place of what is here") if handover else ("backup", "is put back")
    return NextStartView(made_at, handover, f"The {what} of {moment(made_at)} {takes} when HotelML starts next.")
