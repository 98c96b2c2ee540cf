"""A small synthetic hotel, its exports, and homes that already hold it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from hotelml_app.bootstrap import open_appliance
from hotelml_app.core.clock import FixedClock
from hotelml_app.services.appliance import Appliance
from hotelml_app.settings.home import HomeLayout
from hotelml_app.simulator import SyntheticHotel, export_bookings, export_reviews, simulate

NAME = "Hotel Test"
FIRST_DAY = date(2025, 1, 1)
DAYS = 430
AS_OF = FIRST_DAY + timedelta(days=DAYS - 8)
"""Business date of the first export; deltas for the week after it can still be written."""

MORNING = datetime(2026, 2, 28, 5, 0, tzinfo=UTC)
"""Six in the morning after the night audit of ``AS_OF`` (2026-02-27), local time being UTC or near it."""


@cache
def small_hotel() -> SyntheticHotel:
    """Return a hotel of 24 rooms that has lived through fourteen months."""
    return simulate(seed=3, property_name=NAME, start=FIRST_DAY, days=DAYS, rooms=24)


def write_export(folder: Path, day: date = AS_OF, changed_since: date | None = None) -> Path:
    """Write what the PMS would export at the end of ``day``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"bookings_{day.isoformat()}.csv"
    export_bookings(small_hotel(), day, path, changed_since)
    return path


def write_reviews(folder: Path, day: date = AS_OF) -> Path:
    """Write the reviews known at the end of ``day``."""
    path = folder / f"reviews_{day.isoformat()}.csv"
    export_reviews(small_hotel(), day, path)
    return path


def morning_clock() -> FixedClock:
    """Return a clock that stands at the morning after the first export."""
    return FixedClock(MORNING)


def open_at_morning(home: Path, *, writer: bool = True) -> Appliance:
    """Open a home on that morning."""
    return open_appliance(HomeLayout(home), writer=writer, clock=morning_clock())


def make_home(home: Path, exports: Path) -> None:
    """Fill an empty home with the first export of the small hotel."""
    with open_at_morning(home) as appliance:
        views = appliance.import_files([write_export(exports), write_reviews(exports)])
    assert [view.status for view in views] == ["done", "done"], views
