"""A hotel that changes its PMS: what was to come has new numbers, and counts once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from dropped import newest, states, stored
from new_pms import BEFORE, CHANGE, Row, of_another_house, taken_over, to_come

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.doctor.findings import FindingKind
from hotelml_app.intake.errors import AnotherHotelError, NewNumbersError, OtherBookingsError, OtherNumbersError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.objections import Said
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store

WriteExport = Callable[..., Path]


@pytest.fixture
def bring(store: Store, tmp_path: Path, write_export: WriteExport) -> Callable[[list[Row]], ImportReport]:
    def take(rows: list[Row]) -> ImportReport:
        path = write_export(tmp_path / f"{len(list(tmp_path.iterdir()))}.csv", rows)
        return import_file(path, store=store, clock=store.clock)

    return take


Bring = Callable[[list[Row]], ImportReport]


@pytest.mark.parametrize("changed", [{}, {"booked_on": f"{CHANGE:%Y-%m-%d}"}, {"adr": ""}])
def test_what_a_new_pms_took_over_counts_once_and_keeps_its_history(store: Store, bring: Bring, changed: Row) -> None:
    bring(to_come())
    report = bring(taken_over(to_come(), **changed))
    assert (report.created, report.changed) == (0, 60)
    found = newest(store)
    assert len(found) == 60
    assert found["70000"]["room_type"] == "Comfort double"
    assert len([one for one in states(store) if one["reservation_id"] == "70000"]) == 2
    (told,) = [one for one in report.findings if one.kind is FindingKind.NEW_NUMBERS]
    assert told.wants_person
    assert "60 known bookings" in told.sentence


def test_the_day_of_booking_stays_where_the_new_pms_tells_that_of_the_change(store: Store, bring: Bring) -> None:
    bring(to_come())
    bring(taken_over(to_come(), booked_on=f"{CHANGE:%Y-%m-%d}"))
    assert {row["booked_on"] for row in states(store)} == {row["booked_on"] for row in to_come()}


def test_what_the_new_pms_does_not_have_is_cancelled_and_what_is_new_is_taken_in(store: Store, bring: Bring) -> None:
    bring(to_come())
    new = {**taken_over(to_come(1))[0], "reservation_id": "80000", "arrival": "2025-06-20", "departure": "2025-06-25"}
    report = bring([*taken_over(to_come()[5:]), new])
    found = newest(store)
    assert len(found) == 61
    assert {found[f"R{1000 + n}"]["status"] for n in range(5)} == {BookingStatus.CANCELLED}
    assert any("5 bookings to come are not in it" in one.sentence for one in report.findings)


def test_a_booking_that_stands_is_not_taken_for_a_cancelled_one_like_it(store: Store, bring: Bring) -> None:
    cancelled = [{**row, "reservation_id": f"C{n}", "status": "Cancelled"} for n, row in enumerate(to_come())]
    bring([*cancelled, *to_come()])
    bring(taken_over(to_come(), booked_on=f"{CHANGE:%Y-%m-%d}"))
    standing = {number for number, one in newest(store).items() if one["status"] == BookingStatus.RESERVED}
    assert standing == {row["reservation_id"] for row in taken_over(to_come())}
    assert {number for number in newest(store) if number.startswith("C")} == {row["reservation_id"] for row in cancelled}


def test_the_next_exports_are_of_the_new_numbers(bring: Bring) -> None:
    bring(to_come())
    bring(taken_over(to_come()))
    report = bring(taken_over(to_come(), business_date="2025-05-22"))
    assert (report.created, report.unchanged) == (0, 60)
    assert FindingKind.NEW_NUMBERS not in {one.kind for one in report.findings}


def test_numbers_may_change_back(store: Store, bring: Bring) -> None:
    bring(to_come())
    bring(taken_over(to_come()))
    bring([{**row, "business_date": "2025-05-22"} for row in to_come()])
    assert newest(store).keys() == {row["reservation_id"] for row in to_come()}


def test_where_nights_are_all_that_is_alike_nothing_is_guessed_and_nothing_doubled(store: Store, bring: Bring) -> None:
    bring(to_come())
    net = [{**row, "adr": f"{int(row['adr']) / 1.07:.2f}", "total": "", "booked_on": f"{CHANGE}"} for row in to_come()]
    with pytest.raises(NewNumbersError, match=r"60 of the 60 bookings to come") as refused:
        bring(taken_over(net))
    assert "new PMS" in str(refused.value.remedy)
    assert stored(store) == 60


def test_a_few_of_many_bookings_under_other_numbers_are_refused(store: Store, bring: Bring) -> None:
    bring(to_come())
    with pytest.raises(OtherNumbersError):
        bring(taken_over(to_come()[:25], room_type="DBL"))
    assert stored(store) == 60


def test_exports_of_both_systems_of_one_night_count_once(store: Store, bring: Bring) -> None:
    bring(to_come())
    bring(taken_over(to_come(), business_date=f"{BEFORE:%Y-%m-%d}"))
    assert stored(store) == 60


def test_a_second_file_of_the_same_night_may_have_bookings_of_the_same_nights(store: Store, bring: Bring) -> None:
    bring(to_come())
    bring(taken_over([{**row, "adr": "300", "total": ""} for row in to_come()], business_date=f"{BEFORE:%Y-%m-%d}"))
    assert stored(store) == 120


def test_who_says_that_the_numbers_are_new_may_have_other_prices(
    store: Store, bring: Bring, tmp_path: Path, write_export: WriteExport
) -> None:
    bring(to_come())
    net = [{**row, "adr": f"{int(row['adr']) / 1.07:.2f}", "total": "", "booked_on": f"{CHANGE}"} for row in to_come()]
    import_file(write_export(tmp_path / "new.csv", taken_over(net)), store=store, clock=store.clock, said=Said(new_numbers=True))
    assert newest(store).keys() == {row["reservation_id"] for row in taken_over(net)}


def shifted(by: int) -> list[Row]:
    """The same bookings of a new PMS that numbers on where the former one is: most numbers are known, and mean others."""
    return [{**row, "reservation_id": f"R{1000 + n + by}"} for n, row in enumerate(taken_over(to_come()))]


def test_new_numbers_that_were_those_of_others_are_told_apart(store: Store, bring: Bring) -> None:
    bring(to_come())
    before = {one["reservation_id"]: (one["arrival"], one["adr"]) for one in states(store)}
    bring(shifted(5))
    found = newest(store)
    assert len(found) == 60
    assert {number: (one["arrival"], one["adr"]) for number, one in found.items()} == {
        f"R{int(number[1:]) + 5}": stay for number, stay in before.items()
    }
    report = bring([{**row, "business_date": "2025-05-22"} for row in shifted(5)])
    assert (report.created, report.unchanged) == (0, 60)


def test_an_export_of_another_hotel_that_counts_alike_overwrites_nothing(store: Store, bring: Bring) -> None:
    bring(to_come())
    other = [
        {**row, "booked_on": "2025-04-01", "arrival": f"2025-07-{1 + n % 20:02}", "departure": f"2025-08-{1 + n % 9:02}"}
        for n, row in enumerate(to_come(day=CHANGE))
    ]
    before = states(store)
    with pytest.raises(OtherBookingsError, match="60 bookings of the file have numbers that are known") as refused:
        bring(other)
    assert "another hotel" in str(refused.value.remedy)
    assert states(store) == before


def test_many_bookings_to_come_and_none_of_those_known_are_of_another_hotel(store: Store, bring: Bring) -> None:
    bring(to_come())
    with pytest.raises(AnotherHotelError, match="60 bookings to come that are not known, and none of the 60") as refused:
        bring(of_another_house())
    assert "--property NAME" in str(refused.value.remedy)
    assert stored(store) == 60


def test_who_names_the_hotel_is_believed(store: Store, bring: Bring, tmp_path: Path, write_export: WriteExport) -> None:
    bring(to_come())
    import_file(write_export(tmp_path / "b.csv", of_another_house()), store=store, clock=store.clock, said=Said(owner=True))
    assert stored(store) == 120


def test_new_bookings_beside_known_ones_are_the_hotels_own(store: Store, bring: Bring) -> None:
    bring(to_come())
    bring([*to_come(5, day=CHANGE), *of_another_house()])
    assert stored(store) == 120


def test_an_export_of_changes_may_have_many_new_bookings(store: Store, bring: Bring) -> None:
    bring(to_come())
    bring([*({**row, "status": "Cancelled"} for row in to_come(3, day=CHANGE)), *of_another_house()])
    assert stored(store) == 120


def test_an_export_of_new_bookings_alone_may_have_many_of_them(store: Store, bring: Bring) -> None:
    bring(to_come(200))
    bring(of_another_house())
    assert stored(store) == 260


def test_where_exports_hold_all_bookings_one_that_has_none_of_them_is_another_hotels(store: Store, bring: Bring) -> None:
    for day in (BEFORE - timedelta(1), BEFORE):
        bring(to_come(200, day=day))
    with pytest.raises(AnotherHotelError):
        bring(of_another_house())


def test_the_first_night_may_come_in_several_files(store: Store, bring: Bring) -> None:
    bring(to_come())
    bring([{**row, "business_date": f"{BEFORE:%Y-%m-%d}"} for row in of_another_house()])
    assert stored(store) == 120
