"""A hotel that changed its PMS, and its name in the exports with it: bookings that both hold under other numbers are one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from dropped import newest, states
from new_pms import BEFORE, CHANGE, Row, of_another_house, taken_over, to_come

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake import one_hotel
from hotelml_app.intake.errors import OtherNumbersError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.one_hotel import Compared
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.corrected import missing
from hotelml_app.store.decided import data_settings
from hotelml_app.store.hotels import properties

WriteExport = Callable[..., Path]
OLD, NEW = "Hotel Sonne", "Sonne Hotel GmbH"
LATER = f"{CHANGE + timedelta(9):%Y-%m-%d}"


@pytest.fixture
def bring(store: Store, tmp_path: Path, write_export: WriteExport) -> Callable[..., ImportReport]:
    def take(rows: list[Row], name: str, **changed: str) -> ImportReport:
        path = write_export(
            tmp_path / f"{len(list(tmp_path.iterdir()))}.csv", [{**row, "property": name, **changed} for row in rows]
        )
        return import_file(path, store=store, clock=store.clock)

    return take


Bring = Callable[..., ImportReport]


def compared(store: Store, gone: str = NEW, kept: str = OLD, *, said: bool = False) -> Compared:
    with store.read() as connection:
        ids = [properties.by_name(connection, name).id for name in (gone, kept)]
        return one_hotel.compare(connection, *ids, new_numbers=said)


def put_together(store: Store, gone: str = NEW, kept: str = OLD, *, said: bool = False) -> Compared:
    with store.write() as connection:
        ids = [properties.by_name(connection, name).id for name in (gone, kept)]
        found = one_hotel.compare(connection, *ids, new_numbers=said)
        one_hotel.join(connection, *ids, found, store.clock.now())
    return found


def net_of_taxes() -> list[Row]:
    """The bookings as a new PMS tells them that knows neither their prices nor their days of booking."""
    return taken_over(
        [{**row, "adr": f"{int(row['adr']) / 1.07:.2f}", "total": "", "booked_on": f"{CHANGE}"} for row in to_come()]
    )


def numbers(rows: list[Row]) -> set[str]:
    return {row["reservation_id"] for row in rows}


def test_bookings_under_other_numbers_count_once_with_their_whole_history(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(taken_over(to_come()), NEW)
    found = put_together(store)
    assert (len(found.pairs), found.again.count) == (60, 60)
    assert newest(store).keys() == numbers(taken_over(to_come()))
    assert len([one for one in states(store) if one["reservation_id"] == "70000"]) == 2
    report = bring(taken_over(to_come()), NEW, business_date=LATER)
    assert (report.created, report.unchanged) == (0, 60)


def test_the_numbers_of_the_newer_exports_hold_whichever_property_stays(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(taken_over(to_come()), NEW)
    put_together(store, OLD, NEW)
    assert newest(store).keys() == numbers(taken_over(to_come()))
    assert {row["booked_on"] for row in states(store)} == {row["booked_on"] for row in to_come()}


def test_what_was_booked_and_changed_since_the_change_is_no_hindrance(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(taken_over(to_come()), NEW)
    new = [{**row, "reservation_id": f"8{n:04}", "booked_on": LATER} for n, row in enumerate(of_another_house())]
    moved = [{**row, "departure": "2025-07-01", "adr": "77", "total": ""} for row in taken_over(to_come())]
    bring([*moved, *new], NEW, business_date=LATER)
    found = put_together(store)
    assert found.again.count == 60
    assert len(newest(store)) == 120
    assert {newest(store)[number]["departure"] for number in numbers(moved)} == {"2025-07-01"}


def test_where_both_systems_told_of_the_same_days_what_was_booked_meanwhile_counts_once_too(store: Store, bring: Bring) -> None:
    since = [{**row, "arrival": "2025-06-20", "departure": f"2025-06-{21 + n}"} for n, row in enumerate(to_come(66)[60:])]
    bring(to_come(), OLD)
    bring(taken_over(to_come()), NEW)
    bring([*to_come(), *since], OLD, business_date=LATER)
    bring(taken_over([*to_come(), *since]), NEW, business_date=LATER)
    assert put_together(store).again.count == 66
    assert newest(store).keys() == numbers(taken_over([*to_come(), *since]))


def test_what_the_new_system_did_not_take_over_counts_as_cancelled(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(taken_over(to_come())[5:], NEW)
    found = put_together(store)
    assert found.again.left == 5
    gone = {number for number, one in newest(store).items() if one["status"] == BookingStatus.CANCELLED}
    assert gone == numbers(to_come(5))


def test_where_missing_bookings_are_not_taken_as_cancelled_what_was_not_taken_over_stands(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(taken_over(to_come())[5:], NEW)
    with store.write() as connection:
        missing.let(connection, properties.by_name(connection, OLD).id, be_cancelled=False)
    assert put_together(store).again.left == 0
    assert {one["status"] for one in newest(store).values()} == {BookingStatus.RESERVED}


def test_numbers_that_meant_other_bookings_before_are_told_apart(store: Store, bring: Bring) -> None:
    """The new PMS counts on where the former one is: most numbers are known, and mean others."""
    shifted = [{**row, "reservation_id": f"R{1005 + n}"} for n, row in enumerate(taken_over(to_come()))]
    over = {
        "reservation_id": "R1064",
        "arrival": "2025-05-02",
        "departure": "2025-05-03",
        "status": "Checked out",
        "booked_on": "2025-01-02",
    }
    bring([*to_come(), {**to_come(1)[0], **over}], OLD)
    bring(shifted, NEW)
    found = put_together(store)
    assert (found.again.count, found.look_like_two) == (60, False)
    known = newest(store)
    assert {number: one["adr"] for number, one in known.items() if number in numbers(shifted)} == {
        row["reservation_id"]: float(row["adr"]) for row in shifted
    }
    assert known["R1064 (2025)"]["departure"] == "2025-05-03"
    report = bring(shifted, NEW, business_date=LATER)
    assert (report.created, report.unchanged) == (0, 60)


def test_where_nights_are_all_that_is_alike_nothing_is_guessed(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(net_of_taxes(), NEW)
    found = compared(store)
    assert found.unsure is not None
    assert "60 of the 60 bookings to come" in str(found.unsure)
    assert put_together(store, said=True).again.count == 60
    assert newest(store).keys() == numbers(net_of_taxes())


def test_bookings_of_other_nights_are_others(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(of_another_house(), NEW)
    found = put_together(store)
    assert (found.pairs, found.again.count, found.unsure) == ({}, 0, None)
    assert len(newest(store)) == 120


def test_what_staff_decided_of_a_booking_stays_with_it(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(taken_over(to_come()), NEW)
    with store.write() as connection:
        old, new = (properties.by_name(connection, name).id for name in (OLD, NEW))
        data_settings.put(connection, "options of allocation", {"locks": {"R1000": ["101"]}}, old)
        data_settings.put(connection, "called", {"R1001": "2025-05-25"}, old)
        data_settings.put(connection, "called", {"70002": "2025-05-26"}, new)
    put_together(store)
    with store.read() as connection:
        kept = data_settings.all(connection, old)
    assert kept["options of allocation"] == {"locks": {"70000": ["101"]}}
    assert kept["called"] == {"70001": "2025-05-25", "70002": "2025-05-26"}


def test_what_staff_decided_of_the_one_that_goes_stays_with_its_booking(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(taken_over(to_come()), NEW)
    with store.write() as connection:
        old, new = (properties.by_name(connection, name).id for name in (OLD, NEW))
        data_settings.put(connection, "options of allocation", {"locks": {"R1000": ["101"]}}, old)
    put_together(store, OLD, NEW)
    with store.read() as connection:
        assert data_settings.get(connection, "options of allocation", None, new) == {"locks": {"70000": ["101"]}}


def test_bookings_of_one_day_are_one_only_where_their_prices_are(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    bring(taken_over([{**row, "adr": "300", "total": ""} for row in to_come()], business_date=f"{BEFORE}"), NEW)
    assert compared(store).again.count == 0


def test_a_few_of_many_bookings_under_other_numbers_are_not_doubled(store: Store, bring: Bring) -> None:
    bring(to_come(), OLD)
    few = taken_over(to_come()[:25], room_type="DBL")
    bring(few, NEW)
    found = compared(store)
    assert isinstance(found.unsure, OtherNumbersError)
    assert (found.unsure.alike, found.unsure.rows) == (25, 25)
    assert put_together(store, said=True).again.count == 25
    assert numbers(few) <= newest(store).keys()
    assert len(newest(store)) == 60
