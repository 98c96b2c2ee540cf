"""What an import stores, refuses, tells and leaves alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from dropped import newest, without

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, EventBus, ImportFinished
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties


def take_in(store: Store, path: Path, **options: object) -> ImportReport:
    return import_file(path, store=store, clock=store.clock, **options)


def test_a_booking_is_stored_as_the_export_says_and_its_guest_is_not(store: Store, write_export, tmp_path: Path) -> None:
    report = take_in(store, write_export(tmp_path / "a.csv", [{"adr": "129.90"}]))
    state = newest(store)["HH-1"]
    assert (state["arrival"], state["departure"], state["booked_on"]) == ("2025-06-10", "2025-06-12", "2025-03-01")
    assert (state["status"], state["adr"], state["currency"], state["as_of"]) == (
        BookingStatus.RESERVED,
        129.9,
        "EUR",
        "2025-06-01",
    )
    assert report.business_date == date(2025, 6, 1)
    for file in store.path.parent.rglob("*"):
        assert not file.is_file() or (b"Ada Muster" not in file.read_bytes() and b"ada@example" not in file.read_bytes())


def test_our_own_layout_may_say_how_many_rooms_a_booking_has(store: Store, write_export, tmp_path: Path) -> None:
    plain = write_export(tmp_path / "a.csv", [{}])
    header, row = plain.read_text(encoding="utf-8").splitlines()
    several = tmp_path / "b.csv"
    several.write_text(f"{header},rooms\n{row},3\n", encoding="utf-8")
    take_in(store, plain)
    assert newest(store)["HH-1"]["rooms"] is None
    report = take_in(store, several)
    assert newest(store)["HH-1"]["rooms"] == 3
    assert report.accepted == 1


def test_every_row_is_accepted_rejected_or_ignored(store: Store, write_export, tmp_path: Path) -> None:
    spoiled = [
        {"arrival": "2025-02-30"},
        {"arrival": ""},
        {"departure": "2025-06-01"},
        {"reservation_id": ""},
        {"booked_on": "0000-00-00"},
        {"arrival": "2120-05-01", "departure": "2120-05-02"},
        {"departure": "2029-01-01"},
        {"booked_on": "2025-08-01"},
        {"adr": "12,3.4.5"},
    ]
    report = take_in(store, write_export(tmp_path / "a.csv", [{}, *spoiled, {}, {"status": "Maintenance"}]))
    assert (report.rows_read, report.accepted, report.rejected, report.ignored) == (12, 2, 9, 1)
    with store.read() as connection:
        reasons = {row.line: row.reason for row in imports.rejected(connection)}
    assert list(reasons) == list(range(3, 12))
    assert reasons[3] == 'the arrival date cannot be read: "2025-02-30"'
    assert reasons[4] == "the arrival date is missing"
    assert reasons[5] == "departure 2025-06-01 lies before arrival 2025-06-10"
    assert reasons[6] == "the booking has no number"
    assert reasons[7] == 'the booking date cannot be read: "0000-00-00"'
    assert reasons[8] == "the arrival 2120-05-01 is not plausible"
    assert reasons[9].endswith("nights is not plausible")
    assert reasons[10] == "booked on 2025-08-01, after the departure 2025-06-12"
    assert reasons[11] == "the rate is not an amount"


def test_a_day_use_and_a_word_in_place_of_a_price_are_kept(store: Store, write_export, tmp_path: Path) -> None:
    report = take_in(store, write_export(tmp_path / "a.csv", [{"departure": "2025-06-10"}, {"adr": "Complimentary"}]))
    assert report.accepted == 2
    assert newest(store)["HH-2"]["adr"] is None
    assert any("adr" in note for note in report.notes)


def test_an_unknown_status_is_kept_as_reserved_and_reported(store: Store, write_export, tmp_path: Path) -> None:
    report = take_in(
        store, write_export(tmp_path / "a.csv", [{"status": "Verschollen"}, {"status": "Verschollen"}, {"status": "Ada Muster"}])
    )
    assert {state["status"] for state in newest(store).values()} == {BookingStatus.RESERVED}
    assert any('"Verschollen"' in note and "Ada" not in note for note in report.notes)


@pytest.mark.parametrize(
    ("rows", "said"),
    [(1, "1 row names no status and was taken as reserved."), (2, "2 rows name no status and were taken as reserved.")],
)
def test_what_is_told_of_one_row_is_told_of_one(rows: int, said: str, store: Store, write_export, tmp_path: Path) -> None:
    report = take_in(store, write_export(tmp_path / "a.csv", [{"status": ""}] * rows + [{}, {}]))
    assert said in report.notes


def test_bookings_that_hold_no_room_yet_are_told_of(store: Store, write_export, tmp_path: Path) -> None:
    one = take_in(store, write_export(tmp_path / "a.csv", [{"status": "Optional"}, {"reservation_id": "HH-2"}]))
    assert "1 booking is tentative. It holds no room until it is confirmed." in one.notes
    firm = take_in(store, write_export(tmp_path / "b.csv", [{"status": "Reserved"}]))
    assert not [note for note in firm.notes if "tentative" in note]


def test_importing_twice_changes_nothing(store: Store, write_export, tmp_path: Path) -> None:
    path = write_export(tmp_path / "a.csv", [{}, {}, {}])
    assert take_in(store, path).created == 3
    again = take_in(store, path)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3)


def test_importing_twice_works_with_numbers_that_are_filled_up(store: Store, write_export, tmp_path: Path) -> None:
    for day in ("2025-06-01", "2025-06-02"):
        report = take_in(store, write_export(tmp_path / f"{day}.csv", [{"reservation_id": "R-1\0\0", "business_date": day}] * 2))
    assert (report.created, report.unchanged) == (0, 2)


def test_a_newer_export_changes_the_booking_and_keeps_its_history(store: Store, write_export, tmp_path: Path) -> None:
    take_in(store, write_export(tmp_path / "a.csv", [{}]))
    changed = {"status": "Cancelled", "status_date": "2025-06-02", "business_date": "2025-06-02"}
    report = take_in(store, write_export(tmp_path / "b.csv", [changed]))
    assert (report.changed, report.created) == (1, 0)
    assert newest(store)["HH-1"]["status"] == BookingStatus.CANCELLED


def test_an_older_export_never_overwrites_a_newer_state(store: Store, write_export, tmp_path: Path) -> None:
    newer = {"status": "Cancelled", "status_date": "2025-06-02", "business_date": "2025-06-02"}
    take_in(store, write_export(tmp_path / "b.csv", [newer]))
    report = take_in(store, write_export(tmp_path / "a.csv", [{}]))
    assert report.older == 1
    assert newest(store)["HH-1"]["status"] == BookingStatus.CANCELLED
    with store.read() as connection:
        assert properties.by_name(connection, "Harbour House").business_date == date(2025, 6, 2)


@pytest.mark.parametrize(
    ("file_name", "day", "found"),
    [
        ("bookings.csv", date(2025, 5, 20), "latest event"),
        ("bookings_2025-05-31.csv", date(2025, 5, 31), "file name"),
        ("bookings_20250531_235900.csv", date(2025, 5, 31), "file name"),
        ("export 31.05.2025.csv", date(2025, 5, 31), "file name"),
        ("bookings_2025-05-01.csv", date(2025, 5, 20), "latest event"),
        ("bookings_2025-06-30.csv", date(2025, 5, 20), "latest event"),
        ("from 2025-05-21 to 2025-05-31.csv", date(2025, 5, 20), "latest event"),
    ],
)
def test_the_business_date_comes_from_the_name_unless_the_file_contradicts(
    store: Store, write_export, tmp_path: Path, file_name: str, day: date, found: str
) -> None:
    rows = [{"status": "Cancelled", "status_date": "2025-05-20"}, {"status_date": "2025-05-01"}]
    report = take_in(store, write_export(tmp_path / file_name, rows, header=without("business_date")))
    assert (report.business_date, report.business_date_from) == (day, found)


def test_the_business_date_above_the_header_counts(store: Store, write_export, tmp_path: Path) -> None:
    path = write_export(tmp_path / "a_2025-06-01.csv", [{}], header=without("business_date"))
    text = path.read_text(encoding="utf-8")
    path.write_text("Reservation list\nBusiness date: 2025-05-31\n\n" + text, encoding="utf-8")
    report = take_in(store, path)
    assert (report.business_date, report.business_date_from) == (date(2025, 5, 31), "header")


def test_an_export_without_booking_numbers_keeps_genuine_duplicates_apart(store: Store, write_export, tmp_path: Path) -> None:
    """Three equal rooms of a group are three bookings; one is cancelled later; nothing is ever counted twice."""
    demand = (
        "hotel,arrival_date_year,arrival_date_month,arrival_date_day_of_month,stays_in_weekend_nights,stays_in_week_nights,lead_time,"
        "reserved_room_type,market_segment,adr,reservation_status,reservation_status_date"
    )
    row = "Hill Hotel,2025,June,20,1,2,60,A,Groups,62,{}"
    reserved, cancelled = row.format("Confirmed,2025-04-21"), row.format("Canceled,2025-05-30")
    first, second = tmp_path / "a 2025-05-29.csv", tmp_path / "b 2025-05-30.csv"
    first.write_text("\n".join([demand, reserved, reserved, reserved]) + "\n", encoding="utf-8")
    second.write_text("\n".join([demand, cancelled, reserved, reserved]) + "\n", encoding="utf-8")
    assert take_in(store, first).created == 3
    assert take_in(store, first).unchanged == 3
    report = take_in(store, second)
    assert (report.created, report.changed, report.unchanged) == (0, 1, 2)
    assert take_in(store, second).unchanged == 3
    assert len(newest(store, "Hill Hotel")) == 3


def test_a_card_number_in_a_kept_column_is_removed_and_counted(store: Store, write_export, tmp_path: Path) -> None:
    rows = [{"rate_code": "BAR 4111 1111 1111 1111"}, {"reservation_id": "5500005555555559"}]
    report = take_in(store, write_export(tmp_path / "a.csv", rows))
    assert report.accepted == 2
    assert any(note.startswith("Card or phone numbers, addresses or names stood in 2 places") for note in report.notes)
    written = b"".join(file.read_bytes() for file in store.path.parent.rglob("*") if file.is_file())
    assert b"4111" not in written
    assert b"5500005555555559" not in written
    assert take_in(store, tmp_path / "a.csv").unchanged == 2


def test_the_foot_of_a_report_is_not_told_as_a_name_that_was_removed(store: Store, write_export, tmp_path: Path) -> None:
    blank = {"property": "", "booked_on": "", "arrival": "", "departure": "", "status": "", "status_date": ""}
    report = take_in(store, write_export(tmp_path / "a.csv", [{}, {}, {**blank, "reservation_id": "Grand total"}]))
    assert "Left out: totals (1)." in report.notes
    assert not any("removed" in note for note in report.notes)


def test_long_booking_numbers_are_not_mistaken_for_cards(store: Store, write_export, tmp_path: Path) -> None:
    rows = [{"reservation_id": str(4_000_000_000_000_000 + n)} for n in range(40)]
    take_in(store, write_export(tmp_path / "a.csv", rows))
    assert set(newest(store)) == {row["reservation_id"] for row in rows}


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_make_no_difference(
    store: Store, write_export, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows = [{"property": "Hôtel Zürich", "room_type": "Größe"}]
    report = take_in(store, write_export(tmp_path / "a.csv", rows, delimiter=delimiter, encoding=encoding))
    assert [share.name for share in report.properties] == ["Hôtel Zürich"]
    assert newest(store, "Hôtel Zürich")["HH-1"]["room_type"] == "Größe"


def test_the_end_of_an_import_is_told(store: Store, write_export, tmp_path: Path, bus: EventBus, events: list[Event]) -> None:
    take_in(store, write_export(tmp_path / "a.csv", [{}, {"arrival": ""}]), bus=bus)
    assert events == [ImportFinished(1, "a.csv", "done", ("Harbour House",), 1, 1)]


def test_a_pc_clock_that_stands_wrong_does_not_refuse_the_rows(tmp_path: Path, write_export) -> None:
    clock = FixedClock(datetime(2009, 1, 1, tzinfo=UTC))
    with Store.open(tmp_path / "home" / "hotelml.db", clock) as store:
        report = take_in(store, write_export(tmp_path / "a.csv", [{}, {"arrival": "2120-01-01", "departure": "2120-01-02"}]))
    assert (report.accepted, report.rejected) == (1, 1)


def test_dates_of_a_whole_column_follow_one_order(store: Store, write_export, tmp_path: Path) -> None:
    rows = [
        {"arrival": "10/06/2025", "departure": "12/06/2025", "booked_on": "01/03/2025", "status_date": "01/03/2025"},
        {"arrival": "25/06/2025", "departure": "01/07/2025", "booked_on": "02/03/2025", "status_date": "02/03/2025"},
    ]
    report = take_in(store, write_export(tmp_path / "a.csv", rows))
    assert [state["arrival"] for state in newest(store).values()] == ["2025-06-10", "2025-06-25"]
    assert [state["booked_on"] for state in newest(store).values()] == ["2025-03-01", "2025-03-02"]
    assert any("day first" in note for note in report.notes)


def test_an_export_that_does_not_say_when_a_booking_was_made_keeps_the_earliest_sight(store: Store, tmp_path: Path) -> None:
    head = (
        "hotel,booking_id,arrival_date_year,arrival_date_month,arrival_date_day_of_month,stays_in_week_nights,"
        "reservation_status,adr\n"
    )
    for day, price in (("2025-05-20", 80), ("2025-05-30", 90)):
        path = tmp_path / f"{day}.csv"
        path.write_text(f"{head}Hill Hotel,HX-1,2025,July,1,2,Confirmed,{price}\n", encoding="utf-8")
        take_in(store, path)
    state = newest(store, "Hill Hotel")["HX-1"]
    assert (state["booked_on"], state["adr"]) == ("2025-05-20", 90.0)
