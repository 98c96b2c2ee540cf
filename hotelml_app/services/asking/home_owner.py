"""Who owns a home: opening it as its one writer or to look only, and the way to the HotelML that has it open."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from hotelml_app.services.asking.loopback import LoopbackRunner, read_address
from hotelml_app.settings.home import HomeLayout
from hotelml_app.store.errors import DiskFullError, HomeBusyError, OutdatedDatabaseError, ReadOnlyHomeError

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance

WAIT_FOR_OTHERS_S = 60.0
"""How long a command waits for another command, which has no way to be asked, to finish with the home."""

LOOK_AGAIN_EVERY_S = 0.2

CLOCKS_DIFFER_S = 60.0
"""How far the start of a process and the time of a file may lie apart: they come from different clocks."""


class OpenAppliance(Protocol):
    """How the wiring opens a home: as its one writer, or to look only."""

    def __call__(self, layout: HomeLayout, *, writer: bool) -> Appliance:
        """Return the appliance. Raises HomeBusyError where a writer is wanted and there is one."""


def running(layout: HomeLayout) -> LoopbackRunner | None:
    """Return the way to the HotelML that owns the home, or None where there is none that answers."""
    address = read_address(layout.api_file)
    if address is None or _is_long_gone(address.pid):
        return None
    owner = LoopbackRunner(address)
    return owner if owner.answers() else None


def _is_long_gone(pid: int) -> bool:
    """Tell of Windows alone whether a process is no more: it looks for seconds for somebody who listens where nobody does.

    After a power cut the window would come up so much later.
    """
    if sys.platform != "win32":
        return False
    import psutil

    return not psutil.pid_exists(pid)


def owning_process(layout: HomeLayout) -> int | None:
    """Return the process that owns the home, where it told of itself and still works; it need not be this user's."""
    import psutil

    from hotelml_app.store.sqlite.lock import told_owner

    told = told_owner(layout.run)
    if told is None:
        return None
    try:
        process = psutil.Process(told.pid)
        # One that was killed leaves its word behind, and its number goes to whoever comes later.
        works = process.status() != psutil.STATUS_ZOMBIE and process.create_time() <= told.at + CLOCKS_DIFFER_S
    except psutil.NoSuchProcess:
        return None
    except psutil.AccessDenied:
        works = True
    return told.pid if works else None


def open_to_look(layout: HomeLayout, open_appliance: OpenAppliance) -> Appliance:
    """Open the home as its writer where it is free, may be written and has room, and to look only where not."""
    try:
        return open_appliance(layout, writer=True)
    except (HomeBusyError, ReadOnlyHomeError, DiskFullError) as error:
        if not layout.database.exists():
            raise
        try:
            appliance = open_appliance(layout, writer=False)
        except OutdatedDatabaseError:
            # To start HotelML, as that one advises, would fail again for what kept it from writing now.
            raise error from None
        # Another user's HotelML may be at work where this one may not even ask for the lock.
        appliance.parts.owned_elsewhere = isinstance(error, HomeBusyError) or owning_process(layout) is not None
        return appliance


def open_to_own(
    layout: HomeLayout, open_appliance: OpenAppliance, tell: Callable[[str], None], wait_s: float = WAIT_FOR_OTHERS_S
) -> Appliance | LoopbackRunner:
    """Open the home as its writer, waiting for a command that works on it; return the way to the one that owns it for good.

    ``tell`` hears why it takes a moment, if it does. Raises HomeBusyError after ``wait_s`` seconds.
    """
    deadline = time.monotonic() + wait_s
    told = False
    while True:
        try:
            return open_appliance(layout, writer=True)
        except HomeBusyError:
            if time.monotonic() > deadline:
                raise
        other = running(layout)
        if other is not None:
            return other
        if not told:
            tell("Another HotelML command works on this home; waiting for it to finish.")
            told = True
        time.sleep(LOOK_AGAIN_EVERY_S)
