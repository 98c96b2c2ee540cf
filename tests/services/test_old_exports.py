"""Where exports are missing, nights are called by their dates and nothing is coming that has passed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME

from hotelml_app.bootstrap import open_appliance
from hotelml_app.core.clock import FixedClock
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.exports.freshness import nights_words, stale_words, tonight_words
from hotelml_app.settings.home import HomeLayout


def test_tonight_is_named_by_its_date_where_an_export_is_missing(hotel_home: Path) -> None:
    late = FixedClock(datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    with open_appliance(HomeLayout(hotel_home), writer=True, clock=late) as appliance:
        page = appliance.today(NAME)
    assert page.sentence.startswith("Sat 28 Feb (3 days ago): ")
    assert page.freshness.days_old == 4
    assert "4 days ago" in page.decisions[0].detail
    assert page.decisions[0].page == "data"
    assert page.decisions[0].title == "The exports of the last 3 nights are missing"


@pytest.mark.parametrize(
    ("days_old", "begin"),
    [
        (-3, "Sat 28 Feb:"),
        (0, "Tomorrow night"),
        (1, "Tonight"),
        (2, "Sat 28 Feb (yesterday):"),
        (3, "Sat 28 Feb (2 days ago):"),
        (271, "Sat 28 Feb (270 days ago):"),
    ],
)
def test_a_night_is_called_what_it_is_on_the_pcs_date(days_old: int, begin: str) -> None:
    assert tonight_words(Freshness(date(2026, 2, 27), "b.csv", None, days_old), date(2026, 2, 28)) == begin


def test_a_history_that_somebody_looks_at_does_not_count_days() -> None:
    assert tonight_words(Freshness(date(2026, 2, 27), "b.csv", None, 272), date(2026, 2, 28)) == "Sat 28 Feb:"


@pytest.mark.parametrize(
    ("days_old", "begin", "newest"),
    [
        (5, "Thu 31 Dec 2026 (4 days ago):", "Wed 30 Dec 2026 (5 days ago)"),
        (3_741, "Thu 31 Dec 2026:", "Wed 30 Dec 2026 (3,741 days ago)"),
    ],
)
def test_what_is_of_another_year_is_told_with_its_year(days_old: int, begin: str, newest: str) -> None:
    fresh = Freshness(date(2026, 12, 30), "b.csv", None, days_old)
    assert tonight_words(fresh, date(2026, 12, 31)) == begin
    assert stale_words(fresh) == f"The newest export is from the end of {newest}."


@pytest.mark.parametrize(
    ("days_old", "words"),
    [
        (0, "the coming 14 nights"),
        (1, "the coming 14 nights"),
        (2, "the 13 nights from Fri 1 Jan"),
        (400, "the 14 nights from Thu 31 Dec 2026"),
        (-3, "the coming 14 nights"),
    ],
)
def test_nights_of_which_some_have_passed_are_not_called_coming(days_old: int, words: str) -> None:
    assert nights_words(Freshness(date(2026, 12, 30), "b.csv", None, days_old), 14) == words


def test_decisions_of_old_exports_name_the_nights_they_are_about(weighed_home: Path) -> None:
    late = FixedClock(datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    with open_appliance(HomeLayout(weighed_home), writer=False, clock=late) as appliance:
        told = [one.title for one in appliance.today(NAME).decisions if one.page == "rates"]
    assert len(told) == 1
    assert told[0].endswith(" to change in the 11 nights from Tue 3 Mar")


def test_nothing_is_to_be_decided_about_nights_that_have_passed(weighed_home: Path) -> None:
    for day, passed in ((3, 3), (23, 23)):
        late = FixedClock(datetime(2026, 3, day, 5, 0, tzinfo=UTC))
        with open_appliance(HomeLayout(weighed_home), writer=False, clock=late) as appliance:
            view = appliance.today(NAME)
        tonight = AS_OF + timedelta(days=1 + passed)
        assert all(one.day is None or one.day >= tonight for one in view.decisions)
        assert all(one.arrival >= tonight for one in view.may_not_come)
    assert [one.page for one in view.decisions if one.page in ("rates", "arrivals", "forecast")] == []


def test_pages_and_reports_of_old_exports_call_no_night_the_next(weighed_home: Path) -> None:
    late = FixedClock(datetime(2026, 3, 23, 5, 0, tzinfo=UTC))
    with open_appliance(HomeLayout(weighed_home), writer=False, clock=late) as appliance:
        forecast, rooms = appliance.forecast(NAME, "rooms_sold").sentence, appliance.rooms(NAME).sentence
        sheets = {sheet.title: sheet.sentence for sheet in appliance.report(NAME, days=21).sheets}
    assert forecast.startswith("90 nights from Sat 28 Feb: ")
    assert " the 14 nights from Sat 28 Feb" in rooms
    assert sheets["Nights"].startswith("21 nights from Sat 28 Feb: ")
    assert " to arrive in the 21 days from Sat 28 Feb; " in sheets["Arrivals"]
    assert sheets["Rates"].startswith("21 nights from Sat 28 Feb, ")
    assert sheets["Room types"].startswith("The 21 nights from Sat 28 Feb by room type")
