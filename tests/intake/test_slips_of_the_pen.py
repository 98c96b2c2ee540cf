"""A mistyped year in one row does not move the hotel's day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from hotelml_app.core.clock import day_number
from hotelml_app.intake.dating.business_date import believed
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store

WriteExport = Callable[..., Path]
TODAY = date(2025, 6, 2)


def days(*wanted: tuple[int, int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return days from today, each with how often it stands there."""
    return np.repeat([day_number(TODAY) + day for day, _ in wanted], [times for _, times in wanted]).astype(np.int32)


def test_one_row_of_next_year_does_not_move_the_business_date(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    rows = [
        {"booked_on": f"{date(2025, 5, 1) + timedelta(n):%Y-%m-%d}", "status_date": "", "business_date": ""} for n in range(30)
    ]
    slip = {"booked_on": "2026-05-01", "arrival": "2026-06-10", "departure": "2026-06-12", "status_date": "", "business_date": ""}
    path = write_export(tmp_path / "a.csv", [*rows, slip])
    report = import_file(path, store=store, clock=store.clock)
    assert report.business_date == date(2025, 5, 30)
    assert any("lie in the future" in note for note in report.notes)
    assert report.accepted == 31


def test_one_business_date_of_next_year_among_many_does_not_count(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    path = write_export(tmp_path / "a.csv", [{}] * 40 + [{"business_date": "2026-06-01"}])
    assert import_file(path, store=store, clock=store.clock).business_date == date(2025, 6, 1)


def test_a_clock_that_lags_is_believed_less_than_the_many_days_behind_it() -> None:
    lagging = days(*((n, 20) for n in range(-60, 40)))
    assert believed(lagging, TODAY) == (TODAY + timedelta(39), 0)
    assert believed(days(*((n, 20) for n in range(500, 540))), TODAY) == (TODAY + timedelta(539), 0)


def test_days_of_early_departures_do_not_count_and_those_before_them_do() -> None:
    told = days(*((n, 20) for n in range(-60, 1)), (1, 20), (4, 2), (9, 1))
    assert believed(told, TODAY) == (TODAY + timedelta(1), 3)


def test_a_few_rows_are_believed_as_they_are() -> None:
    assert believed(days((-1, 3), (200, 1)), TODAY) == (TODAY + timedelta(200), 0)
    assert believed(days(), TODAY) == (None, 0)


@pytest.mark.parametrize(
    ("name", "first", "nights", "day"),
    [
        ("rooms.csv", date(2025, 5, 1), 32, date(2025, 6, 1)),
        ("rooms.csv", date(2025, 5, 1), 90, date(2025, 6, 2)),
        ("rooms 2025-05-28.csv", date(2025, 5, 1), 90, date(2025, 5, 28)),
        ("rooms.csv", date(2025, 7, 1), 31, date(2025, 7, 31)),
    ],
)
def test_nights_to_come_among_nightly_figures_move_no_business_date_ahead(
    store: Store, tmp_path: Path, name: str, first: date, nights: int, day: date
) -> None:
    header = "Name,considered_date,room_type,net_room_revenue,no_rooms,inventory_rooms,arrival_rooms"
    rows = [f"Europrotel,{first + timedelta(days=n):%d.%m.%Y},STD,900.00,9,14,3" for n in range(nights)]
    (tmp_path / name).write_text("\n".join([header, *rows]), encoding="utf-8")
    assert import_file(tmp_path / name, store=store, clock=store.clock).business_date == day


def in_all_rows(business_date: str) -> list[dict[str, str]]:
    booked = [f"{date(2025, 5, 1) + timedelta(n):%Y-%m-%d}" for n in range(30)]
    return [{"booked_on": day, "status_date": "", "business_date": business_date} for day in booked]


@pytest.mark.parametrize("stated", ["2062-06-01", "2026-06-01"])
def test_a_business_date_that_has_not_come_is_not_believed(
    store: Store, tmp_path: Path, write_export: WriteExport, stated: str
) -> None:
    report = import_file(write_export(tmp_path / "a.csv", in_all_rows(stated)), store=store, clock=store.clock)
    assert report.business_date == date(2025, 5, 30)
    assert f"The export says it is of {stated}, a day in the future; HotelML does not believe that." in report.notes
    later = import_file(write_export(tmp_path / "b.csv", in_all_rows("2025-06-01")), store=store, clock=store.clock)
    assert later.business_date == date(2025, 6, 1), "later exports are not held for older ones"


def test_nor_is_one_above_the_columns(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    path = write_export(tmp_path / "a.csv", in_all_rows(""))
    path.write_text(f"Business Date: 2062-06-01\n\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    report = import_file(path, store=store, clock=store.clock)
    assert (report.business_date, report.business_date_from) == (date(2025, 5, 30), "latest event")


def test_it_is_the_clock_that_is_wrong_where_the_bookings_are_as_new(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    rows = [{**row, "booked_on": row["booked_on"].replace("2025", "2029")} for row in in_all_rows("2029-05-30")]
    stays = {"arrival": "2029-08-01", "departure": "2029-08-03"}
    path = write_export(tmp_path / "a.csv", [{**row, **stays} for row in rows])
    assert import_file(path, store=store, clock=store.clock).business_date == date(2029, 5, 30)
