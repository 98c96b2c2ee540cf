"""Real exports, their guests replaced, import by themselves with the counts that they really hold."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from dropped import states
from shared_data import PMS, REVIEWS

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import reviews
from hotelml_app.store.hotels import properties

State = dict[str, object]


def take_in(path: Path, store: Store, clock: FixedClock) -> ImportReport:
    report = import_file(path, store=store, settings_property="Harbour House", clock=clock)
    assert report.accepted + report.rejected + report.ignored == report.rows_read
    return report


def test_opera_cloud_in_house_list_holds_each_room_once(store: Store, clock: FixedClock) -> None:
    report = take_in(PMS / "opera_cloud_manage_reservation.csv", store, clock)
    assert (report.profile, report.rows_read, report.accepted, report.ignored) == ("opera_cloud", 100, 71, 29)
    found = states(store)
    assert len({state["room"] for state in found}) == 71
    assert {(state["status"], state["currency"]) for state in found} == {(BookingStatus.IN_HOUSE, "BRL")}
    changed = next(state for state in found if state["reservation_id"] == "700000004")
    assert (changed["arrival"], changed["departure"], changed["adr"]) == ("2025-12-01", "2025-12-15", 430.0)
    assert str(report.business_date) == "2025-12-05"


def test_opera_rate_check_counts_primary_guests_and_sees_upgrades(store: Store, clock: FixedClock) -> None:
    report = take_in(PMS / "opera_giratecheck.xml", store, clock)
    assert (report.profile, report.rows_read, report.accepted, report.ignored) == ("opera_giratecheck", 139, 97, 42)
    found = states(store)
    assert sum(state["room_type"] != state["assigned_room_type"] for state in found) > 0
    assert Counter(state["arrival"] for state in found)["2025-11-23"] == 1
    assert str(report.business_date) == "2025-12-05"


def test_stay_night_rows_become_bookings_with_the_sum_of_their_nights(store: Store, clock: FixedClock) -> None:
    report = take_in(PMS / "hotelsoft_stay_nights.csv", store, clock)
    assert (report.profile, report.rows_read, report.accepted, report.ignored) == ("hotelsoft", 1998, 944, 1054)
    assert str(report.business_date) == "2018-07-20"
    found = {state["reservation_id"]: state for state in states(store)}
    first = found["00000001"]
    assert (first["booked_on"], first["arrival"], first["departure"]) == ("2018-07-14", "2018-08-04", "2018-08-07")
    assert first["total"] == pytest.approx(287.10 + 2 * 188.10)
    assert first["adr"] == pytest.approx(round((287.10 + 2 * 188.10) / 3, 2))
    assert Counter(state["status"] for state in found.values()) == {BookingStatus.RESERVED: 728, BookingStatus.CANCELLED: 216}


def test_public_reviews_keep_what_was_good_and_what_was_bad(store: Store, clock: FixedClock) -> None:
    report = take_in(REVIEWS, store, clock)
    assert (report.profile, report.accepted, report.rejected) == ("public_reviews", 9948, 0)
    with store.read() as connection:
        (only,) = properties.all(connection)
        first = next(review for review in reviews.all(connection, only.id) if review.negative == "Elevator could be better")
    assert first.score == pytest.approx(0.96)
    assert first.positive.startswith("Excellent staff")


@pytest.mark.parametrize("name", ["opera_cloud_manage_reservation.csv", "opera_giratecheck.xml", "hotelsoft_stay_nights.csv"])
def test_a_real_export_again_adds_nothing(name: str, store: Store, clock: FixedClock) -> None:
    first = take_in(PMS / name, store, clock)
    again = take_in(PMS / name, store, clock)
    assert (again.created, again.changed, again.unchanged) == (0, 0, first.accepted)
