"""Looking at a drop folder and what came of it, and letting a watcher pass over it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store, bookings, properties

QUIET = timedelta(seconds=6)
PATIENCE_S = 60.0


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def watching(folder: Path, store: Store, clock: FixedClock, bus: EventBus) -> FolderWatcher:
    """A watcher whose clock the test moves."""
    return FolderWatcher(folder, store=store, clock=clock, bus=bus, property_name="Harbour House", polling=True)


def settle(watcher: FolderWatcher, clock: FixedClock) -> None:
    """Let the folder be quiet for long enough, then pass over it."""
    watcher.rescan()
    watcher.step()
    clock.advance(QUIET)
    watcher.step()


def lying_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def stored(store: Store) -> int:
    """How many bookings are known, of all properties."""
    with store.read() as connection:
        return sum(bookings.count(connection, row.id) for row in properties.all(connection))
