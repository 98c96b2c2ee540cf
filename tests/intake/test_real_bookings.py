"""106,466 bookings of two real hotels: every one arrives as it is written, with little work, twice, and in little memory."""

from __future__ import annotations

import calendar
import csv
import gzip
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest
from shared_data import BOOKINGS

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import SystemClock
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties

ROWS = 106_466
CALLS_A_ROW = 40
MEGABYTES = 300
STATUS = {
    "Check-Out": BookingStatus.CHECKED_OUT,
    "In-House": BookingStatus.IN_HOUSE,
    "Confirmed": BookingStatus.RESERVED,
    "Canceled": BookingStatus.CANCELLED,
    "No-Show": BookingStatus.NO_SHOW,
}
MONTHS = list(calendar.month_name)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("home") / "hotelml.db"
    with Store.open(path, SystemClock()) as store:
        report = import_file(BOOKINGS, store=store, clock=store.clock)
        assert (report.rows_read, report.created, report.rejected, report.ignored) == (ROWS, ROWS, 0, 0)
        assert (report.business_date, report.business_date_from) == (date(2017, 2, 28), "file name")
        yield store


def known(text: str) -> str:
    return "" if text in ("NULL", "NA", "Undefined") else text


def truth(row: dict[str, str]) -> tuple[object, ...]:
    arrival = date(int(row["arrival_date_year"]), MONTHS.index(row["arrival_date_month"]), int(row["arrival_date_day_of_month"]))
    nights = int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"])
    country = "CHN" if row["country"] == "CN" else known(row["country"])
    return (
        row["booking_date"],
        STATUS[row["reservation_status"]],
        row["reservation_status_date"],
        arrival.isoformat(),
        (arrival + timedelta(days=nights)).isoformat(),
        row["reserved_room_type"],
        row["assigned_room_type"],
        known(row["distribution_channel"]),
        known(row["market_segment"]),
        known(row["agent"]),
        known(row["company"]),
        country,
        known(row["meal"]),
        row["deposit_type"],
        float(row["adr"]),
        float(row["adults"]),
        sum(float(row[name]) for name in ("children", "babies") if row[name] != "NA"),
        float(row["previous_cancellations"]),
        float(row["days_in_waiting_list"]),
        float(row["required_car_parking_spaces"]),
        float(row["booking_changes"]),
    )


COMPARED = (
    *("booked_on", "status", "status_on", "arrival", "departure", "room_type", "assigned_room_type", "channel", "segment"),
    *("agent", "company", "country", "meal", "deposit_type", "adr", "adults", "children", "previous_cancellations"),
    *("waiting_list_days", "parking", "changes"),
)


def test_every_booking_arrives_as_it_is_written(imported: Store) -> None:
    with gzip.open(BOOKINGS, "rt", newline="", encoding="utf-8") as file:
        wanted = {row["booking_id"]: (row["hotel"], *truth(row)) for row in csv.DictReader(file)}
    places = [bookings.STATE_ROW_COLUMNS.index(name) for name in COMPARED]
    with imported.read() as connection:
        for owner in properties.all(connection):
            for chunk in bookings.iterate_states(connection, owner.id):
                for state in chunk:
                    assert (owner.name, *(state[place] for place in places)) == wanted.pop(str(state[1]))
    assert not wanted


def test_the_same_file_again_changes_nothing(imported: Store) -> None:
    report = import_file(BOOKINGS, store=imported, clock=imported.clock)
    assert (report.created, report.changed, report.older, report.unchanged) == (0, 0, 0, ROWS)


def first_rows(folder: Path, rows: int) -> Path:
    path = folder / "beginning.csv"
    with gzip.open(BOOKINGS, "rb") as packed, path.open("wb") as plain:
        plain.writelines(islice(packed, rows + 1))
    return path


def calls_of_importing(folder: Path, rows: int) -> tuple[int, int]:
    """Calls of functions in the first and in the second import of the same rows into a fresh home."""
    folder.mkdir()
    path, calls = first_rows(folder, rows), [0]

    def count(frame: object, event: str, argument: object) -> None:
        calls[0] += event in ("call", "c_call")

    told = []
    with Store.open(folder / "hotelml.db", SystemClock()) as store:
        for _ in range(2):
            calls[0], before = 0, sys.getprofile()
            sys.setprofile(count)
            try:
                import_file(path, store=store, clock=store.clock)
            finally:
                sys.setprofile(before)
            told.append(calls[0])
    return told[0], told[1]


def test_another_row_costs_few_calls_the_first_time_and_again(tmp_path: Path) -> None:
    """A count no busy machine changes, for what nobody wants to do once per row; the seconds are a benchmark (import_speed)."""
    assert all(calls_of_importing(tmp_path / "learning the words", 1))
    few, many = calls_of_importing(tmp_path / "few", 8_000), calls_of_importing(tmp_path / "many", 16_000)
    for fewer, more in zip(few, many, strict=True):
        assert 1 < (more - fewer) / 8_000 < CALLS_A_ROW


MEASURED = """
import sys
from pathlib import Path
import psutil
from hotelml_app.core.clock import SystemClock
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store
with Store.open(Path(sys.argv[1]) / "hotelml.db", SystemClock()) as store:
    import_file(Path(sys.argv[2]), store=store, clock=store.clock)
    import_file(Path(sys.argv[3]), store=store, clock=store.clock)
peak = getattr(psutil.Process().memory_info(), "peak_wset", 0) / 2**20
for line in Path("/proc/self/status").read_text().splitlines() if not peak else ():
    if line.startswith("VmHWM"):
        peak = int(line.split()[1]) / 1024
print(peak)
"""


def test_an_import_stays_small(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MEASURED, str(tmp_path), str(BOOKINGS), str(first_rows(tmp_path, 40_000))]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert float(done.stdout) < MEGABYTES
