"""Looking at a drop folder and what came of it, and letting a watcher pass over it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties

State = dict[str, object]

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


def states(store: Store, property_name: str = "") -> list[State]:
    """All states of a property's bookings, by booking and as-of; without a name, of the only property there is."""
    with store.read() as connection:
        (owner,) = [one for one in properties.all(connection) if property_name in ("", one.name)]
        rows = [row for chunk in bookings.iterate_states(connection, owner.id) for row in chunk]
    return [dict(zip(bookings.STATE_ROW_COLUMNS, row, strict=True)) for row in rows]


def newest(store: Store, property_name: str = "") -> dict[str, State]:
    """The newest state of each booking by its number."""
    return {str(state["reservation_id"]): state for state in states(store, property_name)}


def without(*columns: str) -> list[str]:
    """The header of HotelML's own layout, as far as an import needs it, with some columns left out."""
    from importlib import import_module

    header = import_module("hotelml_app.intake.profiles.hotelml").PROFILE.columns
    assert set(columns) <= {*header, "status_date"}
    wanted = [
        "property",
        "reservation_id",
        "booked_on",
        "arrival",
        "departure",
        "status",
        "status_date",
        "room_type",
        "rate_code",
        "adr",
        "business_date",
    ]
    return [name for name in wanted if name not in columns]
