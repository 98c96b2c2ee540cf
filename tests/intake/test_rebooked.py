"""Exports in which check-in wrote over the day of booking: staff are told, for forecasts would be far too high."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store

Take = Callable[..., list[Finding]]
DAY = date(2025, 6, 1)


@pytest.fixture
def take(store: Store, tmp_path: Path, write_export: Callable[..., Path]) -> Take:
    """Export one arrival a day; of those who came one in ``kept`` still has its day of booking, others book 20 days ahead."""

    def taken(*, kept: int = 100, back: int = 60, ahead: int = 60) -> list[Finding]:
        rows = []
        for n in range(-back, ahead):
            arrival = DAY + timedelta(n)
            booked = min(arrival - timedelta(20), DAY) if n >= 0 or n % kept == 0 else arrival
            status = "Checked out" if n < -2 else "In house" if n < 0 else "Reserved"
            stay = {"arrival": arrival.isoformat(), "departure": (arrival + timedelta(2)).isoformat()}
            told = {"status": status, "status_date": "", "booked_on": booked.isoformat(), "business_date": DAY.isoformat()}
            rows.append({"reservation_id": f"B{arrival:%y%m%d}", **stay, **told})
        report = import_file(write_export(tmp_path / "bookings.csv", rows), store=store, clock=store.clock)
        return [one for one in report.findings if one.kind is FindingKind.REBOOKED]

    return taken


def test_guests_who_all_booked_on_the_day_they_came_are_told_of(take: Take) -> None:
    (found,) = take()
    assert found.wants_person
    assert found.sentence.startswith("100% of the guests who came are said to have booked on the day they arrived")
    assert "far too high" in found.sentence
    assert found.now == "60 of 60 guests who came"


@pytest.mark.parametrize(
    "house",
    [
        {"kept": 5},  # one in five who came had booked ahead: walk-ins
        {"back": 20},  # too few came to tell
        {"ahead": 20},  # too few are to come
    ],
)
def test_walk_ins_alone_are_nothing_odd(take: Take, house: dict[str, int]) -> None:
    assert take(**house) == []
