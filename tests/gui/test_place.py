"""Numbers, money and dates as the property's country writes them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QDate, QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotelml_app.core.written_days import HALF_DAY_CLOCK, MONTH_FIRST
from hotelml_app.gui.charts.week_grid import day_number
from hotelml_app.gui.place import Place, time_left_words, together
from hotelml_app.gui.settings_parts.fields import AmountBox
from hotelml_app.gui.widgets.day_box import CalmDateEdit
from hotelml_app.services.asking.words import bytes_of

PORTUGAL, AMERICA, BRITAIN, NOWHERE = Place("PT", "EUR"), Place("US", "USD"), Place("GB", "GBP"), Place()


def plain(text: str) -> str:
    """Return the text with every kind of space as a plain one."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("place", "number", "money", "day"),
    [
        (PORTUGAL, "12 345,6", "1 235 €", "Thu 1 Sep"),
        (AMERICA, "12,345.6", "$1,235", "Thu Sep 1"),
        (BRITAIN, "12,345.6", "£1,235", "Thu 1 Sep"),
        (Place("BR", "BRL"), "12.345,6", "BRL 1.235", "Thu 1 Sep"),
        (Place("GR", "EUR"), "12.345,6", "1.235 €", "Thu 1 Sep"),
        (Place("DZ", "DZD"), "12.345,6", "1.235DZD", "Thu 1 Sep"),
        (Place("EG", "EGP"), "12,345.6", "1,235 EGP", "Thu 1 Sep"),
    ],
)
def test_each_country_writes_in_its_own_way(place: Place, number: str, money: str, day: str) -> None:
    assert plain(place.number(12345.6, 1)) == number
    assert plain(place.money(1234.6)) == money
    assert place.day(date(2016, 9, 1)) == day


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Next 90 nights: fullest Fri 18 Dec (114), emptiest Thu 21 Jan (42).", "fullest Fri Dec 18 (114), emptiest Thu Jan 21"),
        ("1,200 bookings, as of the end of 27 Nov 2026.", "1,200 bookings, as of the end of Nov 27, 2026."),
        ("asked from 20 Jan 2016 to 29 Aug.", "from Jan 20, 2016 to Aug 29."),
        ("read on 31 Aug 23:40, again 1 Sep 00:05", "read on Aug 31 11:40 PM, again Sep 1 12:05 AM"),
        ("exports/night of 27 Nov.csv and 27 Nov 2026/x.csv wait", "night of 27 Nov.csv and 27 Nov 2026/x.csv wait"),
        ("2 rows of 1 Sep 2016 (2).xlsx could not", "2 rows of 1 Sep 2016 (2).xlsx could not"),
        ("Arrivals 1 Sep Haus Nord.csv could not be read on 2 Sep.", "Arrivals 1 Sep Haus Nord.csv could not be read on Sep 2."),
        ("1 Sep 23:40  Export.csv: read; as of 1 Sep of night.xml", "Sep 1 11:40 PM  Export.csv: read; as of Sep 1 of night.xml"),
        ("It was full on 1 Sep. Look at Export.csv", "It was full on Sep 1. Look at Export.csv"),
        ("“Gala 5 Dec 24:00” is kept", "“Gala Dec 5 24:00” is kept"),
        ("2 rooms may not come; 3 Marches", "2 rooms may not come; 3 Marches"),
    ],
)
def test_days_in_sentences_are_written_as_the_country_does(said: str, written: str) -> None:
    assert written in AMERICA.spoken(said)
    assert plain(BRITAIN.spoken(said)) == plain(said)


def test_a_number_in_the_name_of_a_second_download_stays_as_it_is() -> None:
    assert plain(PORTUGAL.spoken("1,200.5 rows of List 2.10 (1).csv")).endswith(" rows of List 2.10 (1).csv")


def test_texts_that_name_rooms_have_their_days_rewritten_and_nothing_else() -> None:
    said = "R1 is in room 2.10 until Sun 29 Nov, at 4.5%"
    assert AMERICA.with_days(said) == "R1 is in room 2.10 until Sun Nov 29, at 4.5%"
    assert PORTUGAL.with_days(said) == said


def test_a_day_stays_on_one_line_whichever_way_it_is_written() -> None:
    assert together("fullest Fri 18 Dec") == "fullest Fri\xa018\xa0Dec"
    assert together("fullest Fri Dec 18") == "fullest Fri\xa0Dec\xa018"


def test_boxes_and_calendars_write_days_as_the_country_does(qt: QApplication) -> None:
    night, box = date(2016, 10, 1), CalmDateEdit("First night")
    box.setDate(QDate(2016, 10, 1))
    for place, number, text in ((AMERICA, "Oct 1", "Oct 1, 2016"), (PORTUGAL, "1 Oct", "1 Oct 2016")):
        box.write_as(place)
        assert (day_number(place, night), box.text()) == (number, text)


def test_what_is_not_known_is_a_dash() -> None:
    assert {PORTUGAL.number(None), PORTUGAL.money(None), PORTUGAL.share(None), PORTUGAL.day(None), PORTUGAL.moment(None)} == {"–"}


def test_changes_carry_their_sign_and_no_change_has_none() -> None:
    assert [NOWHERE.change(value) for value in (5, -4, 0, -0.2, 0.3)] == ["+5", "−4", "0", "0", "0"]


def test_losses_are_money_with_a_minus() -> None:
    assert plain(BRITAIN.money(-20)) == "−£20"


@pytest.mark.skipif(sys.platform == "win32", reason="no language comes from the environment there")
@pytest.mark.parametrize(("language", "told"), [("de_DE", "de_DE"), ("ar_EG", "en_150"), ("C", "en_150")])
def test_a_property_without_a_country_writes_by_the_tables_of_the_users_language_not_by_the_system(
    language: str, told: str
) -> None:
    """Windows' own way to write an amount has cents whatever is asked for: 95 € would be 95.00 €, and 95.5 € 95.50.00."""
    program = """
from PySide6.QtCore import QLocale
from hotelml_app.gui.place import Place
print(Place().locale == QLocale(), Place().locale.name())
"""
    environment = {**os.environ, "LC_ALL": f"{language}.UTF-8"}
    command = [sys.executable, "-c", program]
    written = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert written.stdout.split() == ["False", told]


@pytest.mark.parametrize("amount", [0.5, 1.5, 2.5, 6114.5, -2.5, -0.5])
def test_an_amount_is_the_same_with_its_sign_and_in_a_column(amount: float) -> None:
    assert plain(BRITAIN.money(amount)).replace("£", "") == BRITAIN.number(amount)


@pytest.mark.parametrize(
    "place", [PORTUGAL, AMERICA, BRITAIN, NOWHERE, Place("IE", "EUR"), Place("BR", "BRL"), Place("DZ", "DZD")]
)
def test_the_sign_stands_in_a_field_where_it_stands_in_words(qt: QApplication, place: Place) -> None:
    field = AmountBox("Cost", "from the rate")
    field.show_amount(place, 20.5)
    assert field.text().replace(" ", "") == plain(place.money(20.5, 2)).replace(" ", "")
    field.selectAll()
    QTest.keyClicks(field, place.number(7.25, 2))
    assert field.told == 7.25


def test_american_clocks_have_two_halves() -> None:
    late = datetime(2016, 8, 31, 23, 42).astimezone()
    assert AMERICA.clock(late) == "11:42 PM"
    assert PORTUGAL.clock(late) == "23:42"


def test_letters_write_days_and_clock_as_the_window_does_in_every_country() -> None:
    codes = [QLocale.territoryToCode(QLocale.Country(number)) for number in range(1, QLocale.Country.LastCountry.value + 1)]
    places = {code: Place(code) for code in codes if len(code) == 2 and code.isalpha()}
    assert len(places) > 200
    assert {code for code, place in places.items() if place.month_first} == MONTH_FIRST
    assert {code for code, place in places.items() if place.half_day_clock} == HALF_DAY_CLOCK


def test_moments_name_their_year_for_a_version_may_have_been_live_for_longer() -> None:
    noon = datetime(2015, 8, 31, 12).astimezone()
    assert PORTUGAL.moment(noon) == "31 Aug 2015 12:00"
    assert Place("US", "USD").moment(noon) == "Aug 31, 2015 12:00 PM"


@given(
    some.integers(-10_000_000, 10_000_000),
    some.sampled_from([PORTUGAL, AMERICA, BRITAIN, NOWHERE, Place("CH", "CHF"), Place("IN", "INR")]),
)
def test_whole_numbers_can_be_read_back(value: int, place: Place) -> None:
    digits = "".join(letter for letter in place.number(value) if letter.isdigit())
    assert int(digits) == abs(value)
    assert place.number(value).startswith("−") == (value < 0)


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_days_with_their_year_are_never_alike(day: date) -> None:
    assert PORTUGAL.day(day, year=True) != PORTUGAL.day(day + timedelta(days=1), year=True)


def test_an_unknown_country_still_writes() -> None:
    assert Place("ZZ", "XXX").number(1.5, 1)


def test_sizes_and_times_left_are_rounded_for_people() -> None:
    assert [bytes_of(size) for size in (12, 1_500, 2_400_000)] == ["12 bytes", "1.5 kB", "2.4 MB"]
    assert [time_left_words(left) for left in (None, 4, 31, 95)] == [
        "",
        "a few seconds left",
        "about 30 s left",
        "about 2 min left",
    ]


@pytest.mark.parametrize(
    ("country", "text", "told"),
    [
        ("PT", "46,235 bookings, off by 3.7 % on 1,204.5 rooms", "46\u00a0235 bookings, off by 3,7\u00a0% on 1\u00a0204,5 rooms"),
        ("DE", "Fullest Wed 1 Mar (1,191), 91% of 187 rooms.", "Fullest Wed\u00a01\u00a0Mar (1.191), 91\u00a0% of 187 rooms."),
        ("GB", "46,235 bookings", "46,235 bookings"),
        ("PT", "season -10%, weekday +1% (-2.5 %), 1-14 days", "season −10\u00a0%, weekday +1\u00a0% (−2,5\u00a0%), 1-14 days"),
        ("DE", "export_1,204.csv and v1.2 at 12:43, 2026-11-24.1", "export_1,204.csv and v1.2 at 12:43, 2026-11-24.1"),
    ],
)
def test_sentences_write_numbers_as_the_country_does_and_leave_names_alone(country: str, text: str, told: str) -> None:
    assert together(Place(country, "EUR").spoken(text)) == told


def test_days_in_notes_are_written_as_the_country_does_and_versions_left_alone() -> None:
    assert Place("PT").dated("between 2016-07-19 and 2017-02-26, by 2017-02-28.1") == (
        "between 19 Jul 2016 and 26 Feb 2017, by 2017-02-28.1"
    )
    assert Place("US").dated("on 2016-07-19.") == "on Jul 19, 2016."


def test_weeks_begin_as_the_country_counts_them() -> None:
    assert [Place(country).first_weekday for country in ("US", "DE", "IE", "DZ")] == [6, 0, 0, 5]


def test_an_amount_is_typed_in_the_steps_and_decimals_of_its_currency() -> None:
    yen, euros = Place("JP", "JPY"), Place("DE", "EUR")
    assert (yen.cents, yen.rate_step, euros.cents, euros.rate_step) == (0, 100.0, 2, 1.0)
    box = AmountBox("A walked guest costs", "from the rate")
    for place, text in ((yen, "12000"), (euros, "12000,00")):
        box.show_amount(place, 12_000.0)
        assert text in box.text()
        box.stepUp()
        assert box.value() == 12_000.0 + place.rate_step
