"""Exports called by the morning on which they were printed: the hotel's day before has just ended, today's guests are to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store

WriteExport = Callable[..., Path]
Take = Callable[..., ImportReport]
PRINTED = date(2025, 6, 1)


@pytest.fixture
def take(store: Store, tmp_path: Path, write_export: WriteExport) -> Take:
    """Import five arrivals a day under a file name: of the printed day in a state, of the day before in house or in states."""

    def taken(
        today: str,
        yesterday: tuple[str, ...] = ("In house",),
        booked: date = PRINTED - timedelta(1),
        name: str = f"bookings {PRINTED}.csv",
        after_midnight: int = 1,
    ) -> ImportReport:
        rows = []
        for ago in range(-30, 20):
            arrival = PRINTED - timedelta(ago)
            for n in range(5):
                usual = "Reserved" if ago < 0 else "Checked out" if ago > 3 else "In house"
                status = today if ago == 0 else yesterday[n % len(yesterday)] if ago == 1 else usual
                days = {"arrival": arrival.isoformat(), "departure": (arrival + timedelta(3)).isoformat(), "status_date": ""}
                rows.append({"reservation_id": f"{arrival:%d%m}-{n}", "booked_on": "2025-04-01", "status": status, **days})
        for row in rows[:after_midnight]:
            row["booked_on"] = booked.isoformat()
        header = ("reservation_id", *list(rows[0])[1:], "room_type", "rate_code", "adr", "total", "currency")
        path = write_export(tmp_path / name, rows, header=header)
        return import_file(path, store=store, settings_property="Harbour House", clock=store.clock)

    return taken


def test_a_day_none_of_whose_guests_has_come_has_not_begun(take: Take) -> None:
    report = take("Reserved")
    assert report.business_date == PRINTED - timedelta(1)
    assert any("counts as of the end of 2025-05-31" in note for note in report.notes)


@pytest.mark.parametrize(
    "export",
    [
        {"today": "In house"},
        {"today": "No show"},
        {"today": "Cancelled"},
        # Nobody marks who came, or only the day after.
        {"today": "Reserved", "yesterday": ("Reserved",)},
        {"today": "Reserved", "yesterday": ("In house", "Reserved")},
        # Bookings of that day are in it already.
        {"today": "Reserved", "booked": PRINTED},
    ],
)
def test_any_other_export_is_of_the_day_it_is_called_by(take: Take, export: dict[str, object]) -> None:
    report = take(**export)
    assert report.business_date == PRINTED
    assert not any("counts as of" in note for note in report.notes)


def test_bookings_after_midnight_do_not_begin_a_day_before_the_night_audit(take: Take) -> None:
    report = take("Reserved", booked=PRINTED, name="bookings.csv")
    assert report.business_date == PRINTED - timedelta(1)
    assert any("counts as of the end of 2025-05-31" in note for note in report.notes)


@pytest.mark.parametrize(
    "export",
    [{"today": "In house"}, {"today": "Reserved", "yesterday": ("Reserved",)}, {"today": "Reserved", "after_midnight": 9}],
)
def test_a_day_of_which_there_is_more_has_begun(take: Take, export: dict[str, object]) -> None:
    assert take(**export, booked=PRINTED, name="bookings.csv").business_date == PRINTED
