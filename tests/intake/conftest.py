"""A home, a clock that stands still, and small exports in HotelML's own layout."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from dropped import settle as settle_down
from dropped import watching

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store

DEFAULTS = {
    "property": "Harbour House",
    "booked_on": "2025-03-01",
    "arrival": "2025-06-10",
    "departure": "2025-06-12",
    "status": "Reserved",
    "status_date": "2025-03-01",
    "room_type": "DBL",
    "rate_code": "BAR",
    "adr": "100.00",
    "total": "200.00",
    "currency": "EUR",
    "adults": "2",
    "guest_name": "Ada Muster",
    "guest_email": "ada@example.org",
    "business_date": "2025-06-01",
}

HEADER = ("property", "reservation_id", *list(DEFAULTS)[1:])

WriteExport = Callable[..., Path]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2025, 6, 2, 6, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    with Store.open(tmp_path / "home" / "hotelml.db", clock) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty drop folder."""
    made = tmp_path / "drop"
    made.mkdir()
    return made


@pytest.fixture
def write_export() -> WriteExport:
    """Write bookings, each a mapping of what differs from DEFAULTS, in HotelML's own layout."""

    def write(
        path: Path,
        bookings: Sequence[dict[str, str]],
        *,
        header: Sequence[str] = HEADER,
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding=encoding) as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow(header)
            for number, booking in enumerate(bookings, start=1):
                row = {**DEFAULTS, "reservation_id": f"HH-{number}", **booking}
                writer.writerow([row.get(name, "") for name in header])
        return path

    return write


@pytest.fixture
def watcher(folder: Path, store: Store, clock: FixedClock, bus: EventBus) -> FolderWatcher:
    return watching(folder, store, clock, bus)


@pytest.fixture
def settle(watcher: FolderWatcher, clock: FixedClock) -> Callable[[], None]:
    """Let the folder be quiet for long enough, then pass over it."""
    return partial(settle_down, watcher, clock)
