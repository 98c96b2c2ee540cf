"""Bookings for more rooms than the house can have: taken in, told, and not believed until somebody says otherwise."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported.known_stays import held_rooms
from hotelml_app.store.hotels import properties

HOUSE, TODAY = "The Inn", date(2025, 6, 1)
HEADER = ("Book number", "Booked on", "Check-in", "Check-out", "Status", "Commission %", "Unit type", "Rooms", "Price", "Persons")


def booking(number: str, arrival: date, rooms: int = 1, status: str = "ok") -> tuple[object, ...]:
    booked = min(arrival - timedelta(days=30), TODAY)
    return (number, booked, arrival, arrival + timedelta(days=2), status, 15, "Double", rooms, "200 EUR", 2)


def take_in(store: Store, path: Path, *further: tuple[object, ...], nights: int = 300) -> ImportReport:
    """Take in an export with three rooms sold on each of many nights, and of further bookings."""
    usual = [booking(f"{n}-{room}", TODAY - timedelta(days=n)) for n in range(2, nights) for room in (1, 2, 3)]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *usual, *further])
    return import_file(path, store=store, settings_property=HOUSE, clock=store.clock)


def told(report: ImportReport) -> list[Finding]:
    return [one for one in report.findings if one.kind is FindingKind.TOO_MANY_ROOMS]


def test_a_booking_for_more_rooms_than_the_house_has_is_told_until_it_is_mended(store: Store, tmp_path: Path) -> None:
    coming = TODAY + timedelta(days=20)
    report = take_in(store, tmp_path / "a.csv", booking("777-7", coming, 900))
    (finding,) = told(report)
    assert report.rejected == 0
    assert finding.wants_person
    assert finding.sentence == (
        "Booking 777-7, arriving Sat 21 Jun 2025, is for 900 rooms, more than the house can have. That number does not count."
    )
    assert "say in Settings how many rooms" in finding.remedy
    assert told(take_in(store, tmp_path / "b.csv", booking("777-7", coming, 9))) == []


def test_several_are_told_together_and_the_largest_by_its_number(store: Store, tmp_path: Path) -> None:
    coming = TODAY + timedelta(days=20)
    (finding,) = told(take_in(store, tmp_path / "a.csv", booking("777-7", coming, 90), booking("778-7", coming, 800)))
    assert finding.sentence.startswith(
        "2 bookings are for more rooms than the house can have, the largest for 800 (booking 778-7, "
    )
    assert finding.details == ("778-7", "777-7")


@pytest.mark.parametrize(
    "row",
    [
        booking("777-7", TODAY + timedelta(days=20), 900, "cancelled_by_guest"),
        booking("777-7", TODAY - timedelta(days=90), 900),
        booking("777-7", TODAY + timedelta(days=20), 10),
    ],
)
def test_nobody_is_called_for_one_that_is_cancelled_gone_or_fits_the_house(
    row: tuple[object, ...], store: Store, tmp_path: Path
) -> None:
    report = take_in(store, tmp_path / "a.csv", row)
    assert (report.rejected, told(report)) == (0, [])


def test_of_a_house_that_is_hardly_known_no_number_is_doubted_and_of_one_whose_rooms_are_told_it_is(
    store: Store, tmp_path: Path
) -> None:
    group = booking("777-7", TODAY + timedelta(days=20), 90)
    assert told(take_in(store, tmp_path / "a.csv", group, nights=20)) == []
    with store.write() as connection:
        properties.update(connection, properties.by_name(connection, HOUSE).id, rooms=12)
    assert len(told(take_in(store, tmp_path / "b.csv", group, booking("778-7", TODAY + timedelta(days=3)), nights=20))) == 1
    with store.write() as connection:
        properties.update(connection, properties.by_name(connection, HOUSE).id, rooms=80)
    assert told(take_in(store, tmp_path / "c.csv", group, booking("779-7", TODAY + timedelta(days=3)), nights=20)) == []


def test_a_number_of_rooms_below_zero_is_left_out_and_said(store: Store, tmp_path: Path) -> None:
    coming = TODAY + timedelta(days=20)
    report = take_in(store, tmp_path / "a.csv", booking("777-7", coming, -3), booking("777-8", coming, 0))
    assert report.rejected == 0
    assert "1 booking is for fewer than no rooms; that number was left out, and it counts as one room." in report.notes
    with store.read() as connection:
        kept = {one.reservation_id: one.rooms for one in held_rooms(connection, 1, beyond=-9)}
    assert (kept["777-7"], kept["777-8"]) == (1, 0)
