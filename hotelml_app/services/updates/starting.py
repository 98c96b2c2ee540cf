"""Before an update is started: it is checked once more, and the database is copied, for a newer HotelML may change its layout."""

from __future__ import annotations

from pathlib import Path

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.backups.on_request import backup_to
from hotelml_app.services.parts import Parts
from hotelml_app.services.updates import shelf
from hotelml_app.services.updates.errors import NoUpdateError
from hotelml_app.services.updates.installing import view_of
from hotelml_app.services.updates.packages import Pc, this_pc
from hotelml_app.services.updates.sources import opened, read_whole
from hotelml_app.services.updates.taking import fields
from hotelml_app.services.updates.views import UpdateView
from hotelml_app.settings.home import HomeLayout


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Make everything ready for the update that waits; whoever asked starts it."""
    view, backup = make_ready(parts, progress, cancel)
    return {**fields(view), "backup": str(backup)}


def make_ready(
    parts: Parts, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None, pc: Pc | None = None
) -> tuple[UpdateView, Path]:
    """Check the update that waits, copy the database, and return both. Raises UpdateError, StoreError."""
    view = checked(parts.layout, pc, lambda done, words: progress(0.8 * done, words), cancel)
    progress(0.8, "Copying the database")
    return view, backup_to(parts, None)


def checked(
    layout: HomeLayout, pc: Pc | None = None, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None
) -> UpdateView:
    """Return the update that waits, once all of it was read and is what was signed. Raises UpdateError."""
    there = shelf.waiting(layout, pc or this_pc())
    if there is None:
        raise NoUpdateError("No update waits to be installed.", remedy="Take one first: hotelml update FILE")
    with opened(there.package) as source:
        read_whole(source, progress, cancel or CancelToken(), "Checking")
    return view_of(there.statement, there.package)
