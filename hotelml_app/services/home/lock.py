"""Owning a home for as long as the appliance is open."""

from __future__ import annotations

from hotelml_app.core import held_files
from hotelml_app.settings.home import HomeLayout, refuse_network_drive
from hotelml_app.store.sqlite.lock import HomeLock


class HeldHome:
    """The home's lock, taken when it is made. Raises HomeBusyError, ReadOnlyHomeError, and HomeError on a network drive."""

    def __init__(self, layout: HomeLayout) -> None:
        refuse_network_drive(layout.home)
        self._lock = HomeLock(layout.run)
        self._lock.acquire()
        # Whatever a former owner left behind does not lead anywhere: it lost the lock.
        held_files.removed(layout.api_file)

    def close(self) -> None:
        """Give the home back."""
        self._lock.release()
