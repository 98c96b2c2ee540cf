"""A home, a clock that stands still, and small exports in HotelML's own layout."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from dropped import settle as settle_down
from dropped import watching

sys.path.insert(0, str(Path(__file__).parent))

from changed_exports import FIRST, MORNING, Change, drop_columns
from front_desk import Desk, WriteExport

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
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


@pytest.fixture
def bring(store: Store, clock: FixedClock, bus: EventBus, tmp_path: Path, write_export) -> Callable[..., ImportReport]:
    """Import the export of a day, sixty bookings changed as wanted, on the next morning."""

    def bring_day(
        number: int, change: Change = lambda rows: rows, *, without: Sequence[str] = (), business_date: date | None = None
    ) -> ImportReport:
        day = business_date or FIRST + timedelta(number)
        rows = [
            {
                "reservation_id": f"HH-{place}",
                "adr": f"{100 + place % 9}.00",
                "total": f"{2 * (100 + place % 9)}.00",
                "room_type": "DBL" if place % 3 else "SGL",
                "rate_code": "BAR" if place % 2 else "CORP",
                "business_date": day.isoformat(),
            }
            for place in range(60)
        ]
        path = write_export(tmp_path / f"export{number}.csv", change(rows))
        if without:
            drop_columns(path, without)
        clock.jump(MORNING + timedelta(number))
        return import_file(path, store=store, clock=clock, bus=bus)

    return bring_day


@pytest.fixture
def desk(store: Store, tmp_path: Path, write_export: WriteExport) -> Desk:
    return Desk(store, tmp_path, write_export)
