"""A booking number that means another booking, a booking under another number: nobody is lost, nobody counts twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from dropped import newest, stored
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.intake.errors import NothingUsableError, OtherNumbersError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.numbering.given_again import are_two
from hotelml_app.intake.numbering.spelled_otherwise import as_known, bare_number
from hotelml_app.intake.readers.tables.table import column_of
from hotelml_app.intake.values.date_order import NO_DAY
from hotelml_app.intake.values.numbers import is_cut
from hotelml_app.store import Store

WriteExport = Callable[..., Path]
LAST_YEAR = {"booked_on": "2024-05-01", "arrival": "2024-06-10", "departure": "2024-06-12", "status_date": "2024-06-12"}
GONE = {**LAST_YEAR, "status": "Checked out", "business_date": "2024-06-15"}


def house(count: int = 30, prefix: str = "") -> list[dict[str, str]]:
    """Bookings of one house, each of its own days."""
    first = date(2025, 6, 3)
    return [
        {
            "reservation_id": f"{prefix}{1000 + n}",
            "booked_on": f"{first - timedelta(10 + n):%Y-%m-%d}",
            "arrival": f"{first + timedelta(n):%Y-%m-%d}",
            "departure": f"{first + timedelta(n + 1 + n % 3):%Y-%m-%d}",
        }
        for n in range(count)
    ]


def test_a_number_given_again_next_year_leaves_last_years_stay_alone(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    import_file(write_export(tmp_path / "a.csv", [{"reservation_id": "1042", **GONE}]), store=store, clock=store.clock)
    report = import_file(write_export(tmp_path / "b.csv", [{"reservation_id": "1042"}]), store=store, clock=store.clock)
    found = newest(store)
    assert found["1042"]["departure"] == "2024-06-12"
    assert found["1042 (2025)"]["departure"] == "2025-06-12"
    assert any("given before to other stays" in note for note in report.notes)


def test_numbers_that_begin_anew_each_year_are_told_apart_even_where_stays_of_last_year_are_still_to_come(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    early = {"booked_on": "2024-01-02", "arrival": "2025-06-03", "departure": "2025-06-05"}
    late = {"booked_on": "2025-01-02", "arrival": "2025-06-10", "departure": "2025-06-12"}
    rows = [{"reservation_id": f"R{n}", **year} for n in range(5) for year in (early, late)]
    import_file(write_export(tmp_path / "a.csv", rows), store=store, clock=store.clock)
    assert stored(store) == 10


def test_a_layout_of_which_each_year_begins_at_one_is_read_without_a_question(store: Store, tmp_path: Path) -> None:
    lines = ["Reservation No;Booked On;Arrival;Departure;Status;Room Type;Rate"]
    for year in (2024, 2025):
        for n in range(60):
            booked = date(year, 1, 1) + timedelta(2 * n)
            arrival = booked + timedelta(1 + 7 * n % 40)
            status = "Checked out" if arrival < date(2025, 5, 28) else "Reserved"
            lines.append(f"{n + 1};{booked};{arrival};{arrival + timedelta(1 + n % 3)};{status};DBL;{90 + n}.00")
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    import_file(tmp_path / "a.csv", store=store, settings_property="Harbour House", clock=store.clock)
    assert stored(store) == 120


def test_the_later_stay_keeps_its_number_in_every_further_export(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    first, second = {"reservation_id": "1042", **GONE}, {"reservation_id": "1042"}
    import_file(write_export(tmp_path / "a.csv", [first]), store=store, clock=store.clock)
    import_file(write_export(tmp_path / "b.csv", [second]), store=store, clock=store.clock)
    moved = {**second, "arrival": "2025-07-01", "departure": "2025-07-03", "business_date": "2025-06-02"}
    import_file(
        write_export(tmp_path / "c.csv", [first | {"business_date": "2025-06-02"}, moved]), store=store, clock=store.clock
    )
    found = newest(store)
    assert found.keys() == {"1042", "1042 (2025)"}
    assert found["1042 (2025)"]["arrival"] == "2025-07-01"
    assert found["1042"]["arrival"] == "2024-06-10"


def test_two_stays_of_one_number_in_one_file_are_both_kept(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    rows = [{"reservation_id": "1042"}, {"reservation_id": "1042", **GONE}]
    report = import_file(write_export(tmp_path / "a.csv", rows), store=store, clock=store.clock)
    assert {state["arrival"] for state in newest(store).values()} == {"2024-06-10", "2025-06-10"}
    assert not any("repeat the number" in note for note in report.notes)


def test_a_booking_that_was_moved_far_ahead_stays_one(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    import_file(write_export(tmp_path / "a.csv", [{}]), store=store, clock=store.clock)
    moved = {"arrival": "2026-06-10", "departure": "2026-06-12", "business_date": "2025-06-02"}
    import_file(write_export(tmp_path / "b.csv", [moved]), store=store, clock=store.clock)
    assert {state["arrival"] for state in newest(store).values()} == {"2026-06-10"}


@given(st.integers(0, 400), st.integers(1, 20), st.integers(0, 300), st.integers(1, 20), st.sampled_from([*BookingStatus]))
def test_whatever_is_done_to_a_booking_before_it_ends_it_stays_one(
    lead: int, nights: int, moved_by: int, new_nights: int, status: BookingStatus
) -> None:
    """The day of booking does not change; the stay may become any other."""
    booked = day_number(date(2025, 1, 1))
    arrival = booked + lead
    known = (booked, arrival, arrival + nights, int(BookingStatus.RESERVED))
    told = (booked, arrival + moved_by, arrival + moved_by + new_nights, int(status))
    assert not are_two(known, told)
    unsaid = (int(NO_DAY), *told[1:])
    assert not are_two(known, unsaid)


def test_a_stay_that_is_over_and_one_months_later_are_two_even_where_no_day_of_booking_is_told() -> None:
    over = (int(NO_DAY), 20_000, 20_003, int(BookingStatus.CHECKED_OUT))
    later = (int(NO_DAY), 20_300, 20_302, int(BookingStatus.RESERVED))
    assert are_two(over, later)
    assert are_two(later, over)
    assert not are_two(over, (int(NO_DAY), 20_004, 20_006, int(BookingStatus.RESERVED)))


@pytest.mark.parametrize(("before", "after"), [("00", ""), ("", "00")])
def test_numbers_that_lost_or_got_their_zeros_are_the_same_bookings(
    store: Store, tmp_path: Path, write_export: WriteExport, before: str, after: str
) -> None:
    import_file(write_export(tmp_path / "a.csv", house(prefix=before)), store=store, clock=store.clock)
    report = import_file(write_export(tmp_path / "b.csv", house(prefix=after)), store=store, clock=store.clock)
    assert (report.created, report.unchanged) == (0, 30)
    assert any("only by the spelling" in note for note in report.notes)


@pytest.mark.parametrize(
    ("known", "told"),
    [("1042", "1042.0"), ("1042", "1042,00"), ("1042", "1,042"), ("1042", "1.042"), ("HH-1", "hh-1"), ("HH-1", "HH -1")],
)
def test_a_change_of_a_few_bookings_spelled_otherwise_doubles_none(
    store: Store, tmp_path: Path, write_export: WriteExport, known: str, told: str
) -> None:
    import_file(write_export(tmp_path / "a.csv", [{"reservation_id": known}]), store=store, clock=store.clock)
    changed = [{"reservation_id": told, "status": "Cancelled", "business_date": "2025-06-02"}]
    import_file(write_export(tmp_path / "b.csv", changed), store=store, clock=store.clock)
    assert {number: state["status"] for number, state in newest(store).items()} == {known: BookingStatus.CANCELLED}


def test_each_room_of_a_booking_keeps_its_own_number_in_every_spelling() -> None:
    assert bare_number("0077/2") == bare_number("77/2") == "77/2" != bare_number("77")
    ids, adopted = as_known(column_of(["77", "77/2", "078"]), np.arange(3), {"0077", "0077/2", "78/2"})
    assert (ids.labels, adopted) == (["0077", "0077/2", "078"], 2)


def test_two_numbers_of_a_file_never_become_one() -> None:
    ids, adopted = as_known(column_of(["07", "007"]), np.arange(2), {"7"})
    assert (ids.labels, adopted) == (["07", "007"], 0)


def test_zeros_alone_decide_nothing_where_both_numbers_are_there() -> None:
    ids, adopted = as_known(column_of(["7", "007", "ABC", "0"]), np.arange(4), {"007", "ABC", "00"})
    assert (ids.labels, adopted) == (["7", "007", "ABC", "0"], 0)


def test_known_bookings_under_other_numbers_are_refused_and_nothing_is_doubled(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    import_file(write_export(tmp_path / "a.csv", house(60)), store=store, clock=store.clock)
    changes = house(60, prefix="V")[::3]
    with pytest.raises(OtherNumbersError, match=r"20 of 20 bookings are known already.*'V1000' is known as '1000'"):
        import_file(write_export(tmp_path / "b.csv", changes), store=store, clock=store.clock)
    assert stored(store) == 60


def test_who_names_the_layout_may_give_new_numbers(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    import_file(write_export(tmp_path / "a.csv", house()), store=store, clock=store.clock)
    import_file(write_export(tmp_path / "b.csv", house(prefix="V")), store=store, clock=store.clock, profile="hotelml")
    assert stored(store) == 60


def test_new_bookings_of_the_same_days_are_no_copies(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    others = [{**row, "arrival": row["booked_on"]} if n % 3 else row for n, row in enumerate(house(prefix="V"))]
    import_file(write_export(tmp_path / "a.csv", house()), store=store, clock=store.clock)
    assert import_file(write_export(tmp_path / "b.csv", others), store=store, clock=store.clock).created == 30


@pytest.mark.parametrize(("number", "cut"), [("1.002E+11", True), ("4,5E+09", True), ("1E5", False), ("E+12", False)])
def test_numbers_cut_by_a_spreadsheet_are_known(number: str, cut: bool) -> None:
    assert is_cut(number) is cut


def test_bookings_whose_numbers_were_cut_are_rejected_not_merged(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    rows = [{"reservation_id": "1.00200E+11"}, {"reservation_id": "1.00200E+11", "arrival": "2025-06-11"}]
    with pytest.raises(NothingUsableError, match="cut the booking number down"):
        import_file(write_export(tmp_path / "a.csv", rows), store=store, clock=store.clock)


def test_bookings_of_the_same_days_at_other_prices_are_others(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    import_file(write_export(tmp_path / "groups.csv", house()), store=store, clock=store.clock)
    others = [{**row, "adr": "140", "total": f"{140 + n}"} for n, row in enumerate(house(prefix="T"))]
    import_file(write_export(tmp_path / "guests.csv", others), store=store, clock=store.clock)
    assert stored(store) == 60
