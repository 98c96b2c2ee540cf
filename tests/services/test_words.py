"""Days and amounts read the same on every PC."""

from __future__ import annotations

import locale
from datetime import date, datetime, timedelta

import pytest

from hotelml_app.services.asking import words
from hotelml_app.services.channels.views import ChannelView
from hotelml_app.services.rates.rates_page import _span


def test_days_are_named_in_our_own_words() -> None:
    assert words.day(date(2016, 9, 1)) == "Thu 1 Sep"
    assert words.plain_day(date(2016, 8, 31)) == "31 Aug 2016"
    assert words.plain_day(date(2016, 8, 31), beside=date(2016, 1, 1)) == "31 Aug"


def test_a_moment_has_its_year_unless_it_is_this_year() -> None:
    at = datetime(2016, 8, 31, 23, 40).astimezone()
    assert words.moment(at) == "31 Aug 2016 23:40"
    assert words.moment(at, date(2016, 12, 1)) == "31 Aug 23:40"
    assert words.moment(at, date(2017, 1, 1)) == "31 Aug 2016 23:40"


def test_a_channel_that_fails_for_long_says_since_when() -> None:
    since = datetime(2025, 11, 3, 3, 31).astimezone()
    stand = ChannelView("email", "E-mail", True, 2, since, since + timedelta(days=365), "It hung up.")
    assert stand.sentence == (
        "Failing since 3 Nov 2025 03:31: It hung up. 2 notices wait. It is tried again at 3 Nov 2026 03:31."
    )


@pytest.mark.parametrize(("number", "said"), [(1, "1 room"), (0, "0 rooms"), (2.4, "2 rooms"), (1234, "1,234 rooms")])
def test_counts_have_the_right_form(number: float, said: str) -> None:
    assert words.count(number, "room") == said


def test_lists_end_with_and() -> None:
    assert words.joined(["a"]) == "a"
    assert words.joined(["a", "b", "c"]) == "a, b and c"
    assert words.joined([]) == ""


def test_sizes_are_in_units_people_know() -> None:
    assert [words.bytes_of(size) for size in (12, 12_300, 4_560_000, 7_800_000_000)] == [
        "12 bytes",
        "12.3 kB",
        "4.6 MB",
        "7.8 GB",
    ]


def test_the_names_do_not_follow_the_locale() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "")
        assert words.day(date(2016, 3, 2)) == "Wed 2 Mar"
    finally:
        locale.setlocale(locale.LC_TIME, before)


class _OnAGermanPc(date):
    """A day that the C library names, once Qt has set the locale."""

    def __format__(self, form: str) -> str:
        return "Dezember" if "%B" in form else super().__format__(form)


def test_a_month_of_rates_is_called_by_our_own_name_for_it() -> None:
    assert _span(_OnAGermanPc(2026, 12, 31), _OnAGermanPc(2026, 12, 1)) == "December"
    assert [words.month(date(2026, number, 1)) for number in (1, 8)] == ["January", "August"]


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("finished booking", "finished bookings"),
        ("booking whose end is known", "bookings whose end is known"),
        ("sentence whose verdict the guest gave", "sentences whose verdict the guest gave"),
        ("stay with a room given", "stays with a room given"),
    ],
)
def test_what_is_learned_from_is_counted_in_its_own_words(one: str, many: str) -> None:
    assert words.several(one) == many
