"""The public booking file with spoiled cells: what stands beside them recovers a booking, or its row is rejected."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from dropped import newest
from real_hotels import LAST_DAY, state_row
from shared_data import BOOKINGS

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings

EVERY = 7
"""Every seventh booking is spoiled."""

Row = dict[str, str]
Spoil = Callable[[Row], Row]


@pytest.fixture(scope="module")
def real() -> list[Row]:
    with gzip.open(BOOKINGS, "rt", encoding="utf-8", newline="") as file:
        return [row for row in islice(csv.DictReader(file), 2000, 3200) if row["reservation_status"] != "No-Show"]


def import_spoiled(real: list[Row], spoil: Spoil, store: Store, path: Path) -> tuple[ImportReport, dict[str, dict[str, object]]]:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(real[0]))
        writer.writeheader()
        writer.writerows(spoil(row) if number % EVERY == 0 else row for number, row in enumerate(real))
    report = import_file(path, store=store, settings_property=None, clock=store.clock)
    return report, newest(store)


def differing(real: list[Row], known: dict[str, dict[str, object]], *names: str) -> int:
    """Return how many of the stored bookings differ from the truth in any of these columns."""
    wrong = 0
    for row in real:
        state = known.get(row["booking_id"])
        if state is not None:
            truth = dict(zip(bookings.STATE_ROW_COLUMNS, state_row(row, LAST_DAY), strict=False))
            wrong += any(str(state[name]) != str(truth[name]) for name in names)
    return wrong


def setting(column: str, text: str) -> Spoil:
    return lambda row: {**row, column: text}


@pytest.mark.parametrize("text", ["#REF!", "", "q?9x"])
@pytest.mark.parametrize("column", ["arrival_date_month", "arrival_date_day_of_month", "booking_date"])
def test_a_day_that_others_tell_is_recovered(column: str, text: str, real: list[Row], store: Store, tmp_path: Path) -> None:
    report, known = import_spoiled(real, setting(column, text), store, tmp_path / "a.csv")
    assert report.accepted >= 0.99 * len(real)
    assert differing(real, known, "arrival", "departure", "booked_on") == 0


def test_a_stay_of_which_some_nights_are_spoiled_is_rejected(real: list[Row], store: Store, tmp_path: Path) -> None:
    report, known = import_spoiled(real, setting("stays_in_week_nights", "?"), store, tmp_path / "a.csv")
    assert report.rejected == len(range(0, len(real), EVERY))
    assert differing(real, known, "arrival", "departure") == 0


@pytest.mark.parametrize("text", ["#REF!", "", "Chk-0ut?"])
def test_a_spoiled_status_is_told_by_the_yes_or_no_beside_it(text: str, real: list[Row], store: Store, tmp_path: Path) -> None:
    report, known = import_spoiled(real, setting("reservation_status", text), store, tmp_path / "a.csv")
    assert report.accepted == len(real)
    assert differing(real, known, "status") <= 0.005 * len(real)
    assert any("whether it was cancelled stands beside it" in note for note in report.notes)


def slip(row: Row) -> Row:
    """Move the cells from the month on by one, as a lost quote or a stray tab does."""
    cells = list(row.values())
    at = list(row).index("arrival_date_month")
    return dict(zip(row, [*cells[:at], "", *cells[at:-1]], strict=True))


def test_a_row_that_slipped_is_rejected(real: list[Row], store: Store, tmp_path: Path) -> None:
    report, known = import_spoiled(real, slip, store, tmp_path / "a.csv")
    assert report.rejected >= 0.9 * len(real) / EVERY
    assert differing(real, known, "arrival", "departure", "room_type", "status") == 0
