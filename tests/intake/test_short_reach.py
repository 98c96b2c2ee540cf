"""Exports that end some days ahead, or with yesterday's guests: staff are told that later nights are not in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store

WriteExport = Callable[..., Path]
Take = Callable[..., list[Finding]]
FIRST = date(2025, 6, 1)
FURTHEST = 90
LEAD = 45


@pytest.fixture
def take(store: Store, tmp_path: Path, write_export: WriteExport) -> Take:
    """Export the arrivals of some days around a day, one booking each, made LEAD days before arrival or fewer."""

    def taken(day: date, *, back: int = 60, ahead: int = FURTHEST, lead: int = LEAD, name: str = "list") -> list[Finding]:
        rows = []
        for n in range(-back, ahead + 1):
            arrival = day + timedelta(n)
            booked = arrival - timedelta((arrival.toordinal() * 7) % (lead + 1))
            if booked > day:
                continue
            status = "Checked out" if n < -2 else "In house" if n <= 0 else "Reserved"
            stay = {"arrival": arrival.isoformat(), "departure": (arrival + timedelta(2)).isoformat()}
            told = {"status": status, "status_date": "", "booked_on": booked.isoformat(), "business_date": day.isoformat()}
            rows.append({"reservation_id": f"B{arrival:%y%m%d}", **stay, **told})
        report = import_file(write_export(tmp_path / f"{name} {day}.csv", rows), store=store, clock=store.clock)
        return [one for one in report.findings if one.kind is FindingKind.SHORT_REACH]

    return taken


def test_a_list_of_the_next_arrivals_is_told_at_once(take: Take) -> None:
    (found,) = take(FIRST, ahead=7)
    assert found.wants_person
    assert found.sentence.startswith("No booking of the export arrives after Sun 8 Jun 2025, 7 days ahead, though 8")
    assert "far too low" in found.sentence


def test_a_list_of_guests_who_left_is_told_at_once(take: Take) -> None:
    (found,) = take(FIRST, ahead=0)
    assert found.sentence.startswith("The export holds no booking to come, though 9")


def test_exports_that_always_end_as_many_days_ahead_are_told_from_the_third_on(take: Take) -> None:
    told = [take(FIRST + timedelta(7 * week), ahead=35) for week in range(4)]
    assert [len(found) for found in told] == [0, 0, 1, 1]


def test_nothing_is_said_where_the_last_booking_comes_nearer_day_by_day(take: Take) -> None:
    """A house that closes for winter, and sells no later night yet."""
    assert [take(FIRST + timedelta(day), ahead=35 - day) for day in (0, 7, 14, 15, 16, 30)] == [[]] * 6


def test_nothing_is_said_where_guests_book_no_earlier(take: Take) -> None:
    assert take(FIRST, ahead=7, lead=7) == []


def test_nothing_is_said_beside_an_export_that_reaches_farther(take: Take) -> None:
    take(FIRST, name="all")
    assert take(FIRST + timedelta(1), ahead=7) == []
    assert len(take(FIRST + timedelta(20), ahead=7)) == 1
