"""Money and words of the coming nights, of a house small enough to reckon by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF as SMALL_AS_OF
from small_hotel import NAME as SMALL
from synthetic_property import small_history

from hotelml_app.bootstrap import open_appliance
from hotelml_app.core.clock import FixedClock, day_number
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.nights.on_books import first_whole_night
from hotelml_app.settings.home import HomeLayout

HOUSE = "Pensão Amparo"
TODAY = date(2026, 11, 28)
TONIGHT = TODAY + timedelta(days=1)
A_YEAR_BEFORE = TONIGHT - timedelta(days=364)
COLUMNS = ("property", "reservation_id", "booked_on", "arrival", "departure", "status", "status_date", "room_type", "rate_code")

Import = Callable[..., Appliance]


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Import]:
    """Open a home with the bookings (arrival, rate or "", status) of one night each."""
    opened: list[Appliance] = []

    def make(*bookings: tuple[date, str, str]) -> Appliance:
        export = tmp_path / f"export_{TODAY}.csv"
        with export.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow((*COLUMNS, "adr", "business_date"))
            for at, (arrival, rate, status) in enumerate(bookings):
                booked = arrival - timedelta(days=30)
                departure = arrival + timedelta(days=1)
                until = booked if status == "Reserved" else departure
                rows.writerow((HOUSE, f"R{at}", booked, arrival, departure, status, until, "DBL", "BAR", rate, TODAY))
        clock = FixedClock(datetime(2026, 11, 29, 6, tzinfo=UTC))
        opened.append(open_appliance(HomeLayout(tmp_path / "home"), writer=True, clock=clock))
        assert opened[0].import_files([export])[0].status == "done"
        return opened[0]

    yield make
    for one in opened:
        one.close()


def past(nights: int, rate: str = "100") -> list[tuple[date, str, str]]:
    """Return a stay for each of so many nights up to the business date."""
    return [(TODAY - timedelta(days=at), rate, "Checked Out") for at in range(1, nights + 1)]


def test_rooms_without_a_price_bring_as_much_as_the_others_on_the_books_as_in_the_forecast(imported: Import) -> None:
    priced = [(TONIGHT, "100", "Reserved"), (TONIGHT, "80", "Reserved"), (TONIGHT, "", "Reserved"), (TONIGHT, "", "Reserved")]
    year_ago = [(A_YEAR_BEFORE, "60", "Checked Out"), (A_YEAR_BEFORE, "", "Checked Out")]
    house = imported(*past(400), *priced, *year_ago)
    rooms, rate, revenue = (house.forecast(HOUSE, metric).nights[0] for metric in ("rooms_sold", "adr", "revenue"))
    assert (rooms.on_books, rate.on_books, revenue.on_books) == (4, 90, 360)
    assert (rooms.last_year, rate.last_year, revenue.last_year) == (3, 80, 240)
    assert revenue.p50 == pytest.approx(rooms.p50 * rate.p50, rel=0.01)


def test_that_expected_rates_come_from_a_plain_rule_is_said_beside_them_whatever_made_the_rooms(imported: Import) -> None:
    house = imported(*past(400), (TONIGHT, "100", "Reserved"))
    made = house.forecast(HOUSE, "adr").made_by
    assert (made.kind, made.track_record) == ("statistical", "")
    assert made.sentence == "A plain rule: the rates on the books, in the mix of room types expected in the end."
    assert house.forecast(HOUSE, "revenue").made_by == house.forecast(HOUSE).made_by


def test_a_night_whose_prices_nobody_knows_has_no_revenue_rather_than_none(imported: Import) -> None:
    house = imported(*past(400), (TONIGHT, "", "Reserved"), (TONIGHT + timedelta(days=1), "90", "Reserved"))
    first, second, third = house.forecast(HOUSE, "revenue").nights[:3]
    assert (first.on_books, second.on_books, third.on_books) == (None, 90, 0)


def test_a_night_on_which_nobody_is_booked_brings_nothing_to_the_cent(imported: Import) -> None:
    house = imported(*past(400), (TONIGHT, "100.1", "Reserved"), (TONIGHT + timedelta(days=1), "0.3", "Reserved"))
    after = house.forecast(HOUSE, "revenue").nights[2]
    assert (after.on_books, after.pickup_since_yesterday, after.pickup_since_last_week) == (0, 0, 0)


def test_the_average_rate_of_all_nights_counts_every_room_once(imported: Import) -> None:
    week = [(200, 8) if day == 5 else (50, 1) for day in range(7)]
    days = [TODAY + timedelta(days=at) for at in range(-200, 21)]
    stays = [
        (day, str(rate), "Checked Out" if day < TODAY else "Reserved")
        for day in days
        for rate, rooms in [week[day.weekday()]]
        for _ in range(rooms)
    ]
    house = imported(*stays)
    rooms, rates = (house.forecast(HOUSE, metric, horizon=14).nights for metric in ("rooms_sold", "adr"))
    together = sum(one.p50 * rate.p50 for one, rate in zip(rooms, rates, strict=True)) / sum(one.p50 for one in rooms)
    assert together > 1.3 * sum(one.p50 for one in rates) / len(rates), "the full nights are the dear ones"
    assert f"nights: {together:,.0f} per room on average" in house.forecast(HOUSE, "adr", horizon=14).sentence


def test_one_arrival_is_not_called_all(imported: Import) -> None:
    house = imported(*past(60), (TONIGHT, "90", "Reserved"))
    assert house.today(HOUSE).sentence == "Tonight 1 of 1 room; the one arrival should come."


def test_a_night_with_several_arrivals_says_how_many(imported: Import) -> None:
    house = imported(*past(60), (TONIGHT, "90", "Reserved"), (TONIGHT, "90", "Reserved"))
    assert house.today(HOUSE).sentence.endswith("; all 2 arrivals should come.")


def test_of_an_overbooked_night_today_and_arrivals_expect_as_many_to_be_lost(appliance: Appliance) -> None:
    view = appliance.properties()[0]
    appliance.update_property(type(view)(SMALL, "PT", "EUR", 4, None, None, ()))
    over = [one for one in appliance.today(SMALL).decisions if one.title.endswith("overbooked")]
    later = [one for one in over if one.day is not None and one.day > SMALL_AS_OF + timedelta(days=2)]
    assert later
    for one in later:
        advice = appliance.arrivals(SMALL, one.day).advice
        assert advice is not None
        assert one.detail.endswith(f"; {advice.night.expected_lost:.1f} are expected to be lost.")


def test_more_than_were_ever_sold_are_too_many_only_where_somebody_said_how_many_rooms_there_are(imported: Import) -> None:
    house = imported(*past(60), *[(TONIGHT, "90", "Reserved")] * 3)
    view = house.properties()[0]
    (guess,) = [one for one in house.today(HOUSE).decisions if one.page == "arrivals"]
    assert guess.title == "Sun 29 Nov: 2 rooms more than ever sold"
    assert guess.detail.startswith("3 on the books, and 1 is the most sold on one night so far; ")
    advice = house.arrivals(HOUSE, TONIGHT).advice
    assert advice is not None
    assert advice.night.sentence.startswith("Sun 29 Nov: 3 on the books for the one room seen so far, ")
    house.update_property(replace(view, rooms=2))
    (told,) = [one for one in house.today(HOUSE).decisions if one.page == "arrivals"]
    assert told.title == "Sun 29 Nov is 1 room overbooked"
    assert told.detail.startswith("3 on the books for 2 rooms; ")


def test_what_was_sold_a_year_ago_is_not_known_of_nights_whose_guests_came_before_the_first_arrival(tmp_path: Path) -> None:
    first = A_YEAR_BEFORE - timedelta(days=2)
    stays = [(first + timedelta(days=at), 5, kind) for at in range(360) for kind in ("DBL", "SUI") if kind == "DBL" or at >= 9]
    export = tmp_path / f"export_{TODAY}.csv"
    with export.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow((*COLUMNS, "adr", "business_date"))
        for at, (arrival, nights, kind) in enumerate(stays):
            days = (arrival - timedelta(days=30), arrival, arrival + timedelta(days=nights))
            rows.writerow((HOUSE, f"R{at}", *days, "Checked Out", days[-1], kind, "BAR", "100", TODAY))
    clock = FixedClock(datetime(2026, 11, 29, 6, tzinfo=UTC))
    with open_appliance(HomeLayout(tmp_path / "home"), writer=True, clock=clock) as house:
        assert house.import_files([export])[0].status == "done"
        rooms, money, arrivals = (house.forecast(HOUSE, one).nights for one in ("rooms_sold", "revenue", "arrivals"))
        suites = house.forecast(HOUSE, "rooms_sold", "SUI").nights
    assert [one.last_year for one in rooms[:4]] == [None, None, 5, 5], "three of five and four of five were told"
    assert [one.last_year for one in money[:4]] == [None, None, 500, 500]
    assert [one.last_year for one in arrivals[:4]] == [1, 1, 1, 1]
    assert [one.last_year for one in suites[6:9]] == [None, 1, 2], "a room type that came later has no guests of before"


def test_guests_who_stay_for_months_leave_last_year_open_for_four_weeks_at_most() -> None:
    first = TODAY - timedelta(days=400)
    stays = [{"reservation_id": f"R{at}", "arrival": first, "departure": first + timedelta(days=390)} for at in range(5)]
    assert first_whole_night(small_history([dict(one) for one in stays], TODAY)) == day_number(first) + 28


def test_a_booking_of_a_mistyped_year_makes_no_last_year(imported: Import) -> None:
    mistyped = (TODAY - timedelta(days=3650), "90", "Checked Out")
    house = imported(*past(120), mistyped, (TONIGHT, "90", "Reserved"))
    for metric in ("rooms_sold", "arrivals", "revenue", "adr"):
        assert {one.last_year for one in house.forecast(HOUSE, metric).nights} == {None}
    night = house.night(HOUSE, TONIGHT)
    assert min(night.similar) >= TODAY - timedelta(days=120), "nights before the first are like no other"
