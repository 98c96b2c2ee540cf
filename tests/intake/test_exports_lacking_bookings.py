"""Exports that need not hold every booking: nothing they lack is cancelled, and one that was cut off is told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest
from front_desk import ALL, FIRST, Desk, told, without

from hotelml_app.intake.doctor.findings import FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport


def cut_off(report: ImportReport) -> list[str]:
    return [one.sentence for one in report.findings if one.kind is FindingKind.FEWER_ROWS and one.wants_person]


def test_a_layout_that_ever_listed_a_cancelled_booking_cancels_nothing_by_itself(desk: Desk) -> None:
    desk.export(0, ALL, cancelled=[39])
    for night in range(1, 4):
        desk.export(night, without(5, 39))
    assert desk.cancelled() == {"B39"}


def test_exports_of_changes_cancel_nothing(desk: Desk) -> None:
    desk.export(0, ALL)
    for night in range(1, 6):
        desk.export(night, ALL[night::5])
    # A night on which nearly every booking was touched.
    desk.export(6, without(5, 6), rate_code="NEW")
    assert desk.cancelled() == set()


def test_exports_of_changes_that_overlap_cancel_nothing_and_are_not_told_to_lack_bookings(desk: Desk) -> None:
    desk.export(0, range(200))
    # Each holds the changes of some days, four of five bookings of the one before among them, here and there in the year.
    for night in range(1, 6):
        report = desk.export(night, [37 * (6 * night + n) % 200 for n in range(30)])
        assert told(report) == []
    assert desk.cancelled() == set()


def test_an_export_that_lost_too_much_cancels_nothing(desk: Desk) -> None:
    for night in range(3):
        desk.export(night, ALL)
    desk.export(3, ALL[::2])
    assert desk.cancelled() == set()


@pytest.mark.parametrize("left", [ALL[:15], ALL[::3]])
def test_an_export_that_lost_more_than_half_was_cut_off(desk: Desk, left: Collection[int]) -> None:
    for night in range(3):
        assert cut_off(desk.export(night, ALL)) == []
    (sentence,) = cut_off(desk.export(3, left))
    assert f"holds only {len(left)} of the 40 bookings to come" in sentence
    assert cut_off(desk.export(4, ALL)) == []


def test_an_export_of_changes_after_others_was_not_cut_off(desk: Desk) -> None:
    desk.export(0, ALL)
    for night in range(1, 6):
        assert cut_off(desk.export(night, ALL[night::5])) == []


def test_a_report_of_the_next_days_says_nothing_of_later_ones(desk: Desk) -> None:
    for night in range(3):
        desk.export(night, ALL)
    desk.export(3, ALL[:30])
    assert desk.cancelled() == set()


def test_a_second_export_of_the_same_day_or_an_older_one_cancels_nothing(desk: Desk) -> None:
    for night in range(3):
        desk.export(night, ALL)
    desk.export(2, without(5), guest_note="printed again")
    desk.export(1, without(6), guest_note="found later")
    assert desk.cancelled() == set()
    desk.export(3, without(5))
    assert desk.cancelled() == {"B5"}


def test_an_older_export_in_between_makes_no_shorter_one_look_whole(desk: Desk) -> None:
    for night in range(3):
        desk.export(night, ALL)
    desk.export(1, ALL, guest_note="found later")
    report = desk.export(3, [n for n in ALL if n % 5 > 1])
    assert desk.cancelled() == set()
    assert "16 bookings to come, in the last export, are not in this one" in told(report)[0]


DEMAND = (
    "booking_id,booking_date,arrival_date_year,arrival_date_month,arrival_date_day_of_month,stays_in_weekend_nights,"
    "stays_in_week_nights,lead_time,reservation_status,reservation_status_date,reserved_room_type,adr"
)


@pytest.mark.parametrize(("column", "cancelled"), [(",is_canceled", set()), ("", {"B5"})])
def test_a_layout_with_a_column_for_it_would_tell_a_cancelled_booking(
    column: str, cancelled: set[str], desk: Desk, tmp_path: Path
) -> None:
    for night in range(3):
        arrivals = [(n, FIRST + timedelta(10 + n)) for n in (without(5) if night == 2 else ALL)]
        rows = [f"B{n},2025-05-01,{on:%Y,%B,%d},0,2,40,Booked,2025-05-01,A,90{column and ',0'}" for n, on in arrivals]
        path = tmp_path / f"demand {FIRST - timedelta(3 - night)}.csv"
        path.write_text("\n".join([DEMAND + column, *rows]), encoding="utf-8")
        import_file(path, store=desk.store, clock=desk.store.clock)
    assert desk.cancelled() == cancelled
