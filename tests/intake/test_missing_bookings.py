"""Bookings that are gone from exports of what is on the books and nothing else: cancelled, but only where that is sure."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from dropped import newest, states
from front_desk import ALL, FIRST, Desk, WriteExport, told, without

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.doctor.findings import FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store

WITH_ROOMS = (
    *("reservation_id", "booked_on", "arrival", "departure", "status", "status_date", "room_type", "room", "rate_code", "adr"),
    "business_date",
)


def test_what_is_gone_from_the_third_full_export_on_is_cancelled_on_that_day(desk: Desk) -> None:
    desk.export(0, ALL)
    desk.export(1, ALL)
    report = desk.export(2, without(5, 6))
    assert desk.cancelled() == {"B5", "B6"}
    assert newest(desk.store)["B5"]["status_on"] == "2025-06-03"
    assert told(report) == [
        "2 bookings to come are no longer in the export, which holds 38 others and never a cancelled one: taken as cancelled."
    ]
    assert (report.accepted, report.changed) == (38, 0)


@pytest.mark.parametrize("number", ["2025/{:05}", "RES {}", "0{:03}/25", "HH {}/1"])
def test_numbers_that_begin_alike_do_not_stand_for_each_other(desk: Desk, number: str) -> None:
    desk.number = number
    for night in range(2):
        desk.export(night, ALL)
    desk.export(2, without(5, 6))
    assert desk.cancelled() == {number.format(5), number.format(6)}


def test_what_was_gone_before_it_was_sure_is_made_up_for(desk: Desk) -> None:
    desk.export(0, ALL)
    assert "still count" in told(desk.export(1, without(5, 6)))[0]
    assert desk.cancelled() == set()
    desk.export(2, without(5, 6, 7))
    assert desk.cancelled() == {"B5", "B6", "B7"}


@pytest.mark.parametrize(("left", "gone"), [(("DBL", "DBL"), {"R/3"}), (("SUI",), {"R/2", "R/3"}), (("DBL", "DBL", ""), set())])
def test_a_room_of_several_that_is_gone_is_cancelled_and_one_whose_row_is_damaged_is_not(
    store: Store, tmp_path: Path, write_export: WriteExport, left: tuple[str, ...], gone: set[str]
) -> None:
    for night, kinds in enumerate((("DBL", "DBL", "SUI"), ("DBL", "DBL", "SUI"), left)):
        days = [{"arrival": f"2025-07-{n + 1:02}", "departure": f"2025-07-{n + 3:02}"} for n in range(28)]
        rows = [{"reservation_id": f"B{n}", **stay} for n, stay in enumerate(days)]
        rooms = [{"reservation_id": "R", "room_type": kind, "room": str(place)} for place, kind in enumerate(kinds)]
        rows += [{**one, **({} if one["room_type"] else {"arrival": "soon"})} for one in rooms]
        day = f"{FIRST + timedelta(night)}"
        path = write_export(tmp_path / f"{day}.csv", [{**one, "business_date": day} for one in rows], header=WITH_ROOMS)
        import_file(path, store=store, clock=store.clock)
    assert {number for number, row in newest(store).items() if row["status"] == BookingStatus.CANCELLED} == gone


def test_the_history_keeps_the_booking_as_it_stood_until_then(desk: Desk) -> None:
    for night in range(2):
        desk.export(night, ALL)
    desk.export(2, without(5))
    story = [(row["as_of"], row["status"]) for row in states(desk.store) if row["reservation_id"] == "B5"]
    assert story == [("2025-06-01", BookingStatus.RESERVED), ("2025-06-03", BookingStatus.CANCELLED)]


def test_a_booking_that_comes_again_stands_again(desk: Desk) -> None:
    for night in range(2):
        desk.export(night, ALL)
    desk.export(2, without(5))
    desk.export(3, ALL)
    assert desk.cancelled() == set()
    assert newest(desk.store)["B5"]["as_of"] == "2025-06-04"


def test_a_booking_that_comes_again_stands_again_where_no_column_tells_the_status(desk: Desk, tmp_path: Path) -> None:
    header = "Booking no;Booked on;Arrival;Departure;Room type;Price per night;Business date"
    for night, gone in enumerate(((), (), (5,), (), (6,))):
        day = FIRST + timedelta(night)
        stays = [(n, FIRST + timedelta(10 + n)) for n in without(*gone)]
        rows = [
            f"K{7 * n};2025-05-{n % 28 + 1:02};{on};{on + timedelta(2)};{'DBL' if n % 3 else 'SGL'};{90 + n};{day}"
            for n, on in stays
        ]
        path = tmp_path / f"books {night}.csv"
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        report = import_file(path, store=desk.store, clock=desk.store.clock)
        assert desk.cancelled() == {f"K{7 * n}" for n in gone}
        assert not any("what was known" in note for note in report.notes)
    story = [(row["as_of"], row["status_on"]) for row in states(desk.store) if row["reservation_id"] == "K35"]
    assert story == [("2025-06-01", None), ("2025-06-03", "2025-06-03"), ("2025-06-04", None)]


def test_a_booking_whose_row_is_damaged_is_there(desk: Desk, tmp_path: Path) -> None:
    for night in range(2):
        desk.export(night, ALL)
    rows = (tmp_path / "books 2025-06-02.csv").read_text().replace("2025-06-02", "2025-06-03").splitlines()
    (place,) = [n for n, row in enumerate(rows) if ",B5," in row]
    rows[place] = rows[place].replace("2025-06-16", "2025-16-16")
    path = tmp_path / "books 2025-06-03.csv"
    path.write_text("\n".join(rows))
    report = import_file(path, store=desk.store, clock=desk.store.clock)
    assert report.rejected == 1
    assert desk.cancelled() == set()


def test_guests_who_were_due_and_are_gone_are_cancelled_where_those_who_came_are_told(desk: Desk) -> None:
    for night in range(2):
        desk.export(night, ALL)
    # The next export comes two weeks later: B0 to B4 were due on the 11th to the 15th.
    desk.export(14, without(3, 20))
    assert desk.cancelled() == {"B3", "B20"}


def test_guests_who_were_due_are_left_alone_where_nobody_is_told_who_came(desk: Desk) -> None:
    for night in range(2):
        desk.export(night, ALL)
    desk.export(14, [n for n in ALL if n > 4 and n != 20])
    assert desk.cancelled() == {"B20"}


def test_guests_who_were_due_are_left_alone_where_one_of_them_happens_to_be_told(desk: Desk) -> None:
    for night in range(2):
        desk.export(night, ALL)
    # One guest of five stays on: the export need not tell of those who came.
    desk.export(14, [0, *(n for n in ALL if n > 4 and n != 20)])
    assert desk.cancelled() == {"B20"}


def test_a_history_without_a_cancelled_booking_is_told_until_it_has_some(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    def found(report: ImportReport) -> list[str]:
        return [one.sentence for one in report.findings if one.kind is FindingKind.NO_CANCELLED]

    past = {"arrival": "2025-05-10", "departure": "2025-05-12", "status": "Checked out", "status_date": "2025-05-12"}
    report = import_file(write_export(tmp_path / "a.csv", [past] * 600), store=store, clock=store.clock)
    assert found(report)[0].startswith("Of 600 bookings known none was cancelled or did not come.")
    few = [{**past, "reservation_id": f"C{n}", "status": "Cancelled", "business_date": "2025-06-02"} for n in range(2)]
    report = import_file(write_export(tmp_path / "b.csv", few), store=store, clock=store.clock)
    assert found(report)[0].startswith("Of 602 bookings known only 2 were cancelled or did not come.")
    more = [{**past, "reservation_id": f"N{n}", "status": "No show", "business_date": "2025-06-03"} for n in range(2)]
    assert found(import_file(write_export(tmp_path / "c.csv", more), store=store, clock=store.clock)) == []


def test_staff_can_take_it_back_and_keep_it_from_happening_again(desk: Desk) -> None:
    for night in range(2):
        desk.export(night, ALL)
    before = {number: row["as_of"] for number, row in newest(desk.store).items()}
    desk.export(2, without(5, 6))
    assert desk.let(be_cancelled=False) == 2
    assert desk.cancelled() == set()
    assert {number: row["as_of"] for number, row in newest(desk.store).items()} == before
    assert "still count" in told(desk.export(3, without(5, 6, 7)))[0]
    assert desk.cancelled() == set()
    desk.let(be_cancelled=True)
    desk.export(4, without(5, 6, 7))
    assert desk.cancelled() == {"B5", "B6", "B7"}


def test_taking_back_leaves_what_exports_showed_since(desk: Desk) -> None:
    for night in range(2):
        desk.export(night, ALL)
    desk.export(2, without(5))
    desk.export(3, ALL)
    desk.let(be_cancelled=False)
    story = [row["status"] for row in states(desk.store) if row["reservation_id"] == "B5"]
    assert set(story) == {BookingStatus.RESERVED}
    assert newest(desk.store)["B5"]["as_of"] == "2025-06-04"
