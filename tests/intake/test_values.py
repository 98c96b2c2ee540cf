"""Dates, amounts, states and words as hotels write them."""

from __future__ import annotations

import time
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.intake.proposing.names.header_match import folded, matches
from hotelml_app.intake.readers.tables.table import column_of, is_total_word
from hotelml_app.intake.rows.showing import shown
from hotelml_app.intake.values.date_order import NO_DAY, DateColumn, decide_orders
from hotelml_app.intake.values.dates import DateOrder, NumericDate, month_number, read_date
from hotelml_app.intake.values.numbers import COMMA, POINT, decimal_mark, read_amount
from hotelml_app.intake.values.secrets import (
    cards_in,
    guests_among,
    has_long_digits,
    is_like_a_name,
    without_secrets,
)
from hotelml_app.intake.values.statuses import Odd, read_status
from hotelml_app.intake.values.words import clean, header_word, word

DAY_FIRST, MONTH_FIRST = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))

WAYS = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%Y-%m-%dT00:00:00Z",
    "%Y-%m-%d 23:59:59",
    "%Y-%m-%d 10:41:10.123456789+02:00",
    "%d-%b-%Y",
    "%d %B %Y",
    "%d. %B %Y",
    "%B %d, %Y",
    "%b %d, %Y 5:32 PM",
    "%a %d %b %Y",
    "%A, %d %B %Y",
    "  %Y-%m-%d  ",
]


@given(days, st.sampled_from(WAYS))
def test_a_date_written_without_doubt_is_read(day: date, way: str) -> None:
    assert read_date(day.strftime(way)) == day


@given(days, st.sampled_from(["/", ".", "-"]), st.sampled_from(["", " 12:00:00 AM", " 05:32"]), st.booleans())
def test_a_numeric_date_is_read_under_either_order(day: date, joint: str, time: str, padded: bool) -> None:
    first, second = (f"{day.day:02d}", f"{day.month:02d}") if padded else (str(day.day), str(day.month))
    by_day, by_month = (read_date(joint.join((*parts, str(day.year))) + time) for parts in ((first, second), (second, first)))
    assert isinstance(by_day, NumericDate)
    assert isinstance(by_month, NumericDate)
    assert by_day.as_date(DAY_FIRST) == day == by_month.as_date(MONTH_FIRST)


@given(st.integers(20_000, 80_000))
def test_excel_day_numbers_are_dates(serial: int) -> None:
    assert read_date(str(serial)) == date(1899, 12, 30) + timedelta(days=serial) == read_date(f"{serial}.75")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05-DEC-25", date(2025, 12, 5)),
        ("15-SEP-26", date(2026, 9, 15)),
        ("7. März 2024", date(2024, 3, 7)),
        ("12 de agosto de 2023", date(2023, 8, 12)),
        ("3 févr. 2022", date(2022, 2, 3)),
        ("Mon, 14 Apr 2026", date(2026, 4, 14)),
        ("1st May 2025", date(2025, 5, 1)),
        ("Mi, 2017-03-01", date(2017, 3, 1)),
        ("sáb. 2017-03-04", date(2017, 3, 4)),
        ("Room 2017-03-04", None),
        ("1488326400", date(2017, 3, 1)),
        ("1488326400123", date(2017, 3, 1)),
        ("2024-02-30", None),
        ("soon", None),
        ("", None),
        ("12/2024", None),
        ("2024-13-01", None),
    ],
)
def test_dates_of_the_catalogue(text: str, day: date | None) -> None:
    assert read_date(text) == day


@given(st.text(max_size=30))
def test_no_text_makes_the_date_reader_stumble(text: str) -> None:
    read_date(text)
    month_number(text)
    word(text)
    read_status(text)
    without_secrets(text)
    for mark in (POINT, COMMA):
        read_amount(text, mark)


def columns(**texts: list[str]) -> dict[str, DateColumn]:
    return {name: DateColumn.of(column_of(cells)) for name, cells in texts.items()}


def test_one_day_above_twelve_decides_the_whole_column() -> None:
    found = columns(arrival=["04/05/2025", "25/05/2025", "01/02/2025"])
    assert decide_orders(found)["arrival"] is DAY_FIRST
    assert found["arrival"].days(DAY_FIRST).tolist()[0] == day_number(date(2025, 5, 4))


def test_a_single_slip_does_not_turn_the_column() -> None:
    found = columns(arrival=["5/25/2025", "6/30/2025", "25/5/2025", "7/14/2025"])
    order = decide_orders(found)["arrival"]
    assert order is MONTH_FIRST
    assert found["arrival"].days(order).tolist()[2] == NO_DAY


def test_columns_of_one_file_may_differ_but_help_each_other() -> None:
    found = columns(arrival=["04/05/2025", "06/05/2025"], departure=["07/05/2025", "13/05/2025"], booked_on=["2025-01-11"] * 2)
    assert decide_orders(found) == {"arrival": DAY_FIRST, "departure": DAY_FIRST, "booked_on": DAY_FIRST}


def test_nights_tell_the_order_where_no_number_does() -> None:
    found = columns(arrival=["04/05/2025", "01/02/2025"], departure=["06/05/2025", "04/02/2025"])
    assert decide_orders(found, np.array([2.0, 3.0])) == {"arrival": DAY_FIRST, "departure": DAY_FIRST}
    assert decide_orders(found, np.array([61.0, 92.0]))["arrival"] is MONTH_FIRST


def test_stays_that_would_end_before_they_begin_tell_the_order() -> None:
    found = columns(arrival=["10/06/2025", "11/06/2025"], departure=["01/07/2025", "02/07/2025"])
    assert decide_orders(found)["arrival"] is DAY_FIRST


def test_where_nothing_tells_the_order_nothing_is_guessed() -> None:
    found = columns(arrival=["05/05/2025", "04/06/2025"])
    assert decide_orders(found)["arrival"] is None
    assert decide_orders(found, default=MONTH_FIRST)["arrival"] is MONTH_FIRST


@given(st.lists(days, min_size=1, max_size=40), st.sampled_from(list(DateOrder)))
def test_a_column_is_never_read_in_two_orders(column: list[date], order: DateOrder) -> None:
    way = "%d/%m/%Y" if order is DAY_FIRST else "%m/%d/%Y"
    found = columns(arrival=[day.strftime(way) for day in column])
    decided = decide_orders(found)["arrival"]
    if any(day.day > 12 for day in column):
        assert decided is order
        assert found["arrival"].days(order).tolist() == [day_number(day) for day in column]


@pytest.mark.parametrize(
    ("text", "mark", "value", "currency"),
    [
        ("126.6314 EUR", POINT, 126.6314, "EUR"),
        ("'-R$1,256.10", POINT, -1256.10, "BRL"),
        ("'-R$18.00", POINT, -18.0, "BRL"),
        ("R$0.00", POINT, 0.0, "BRL"),
        ("480,00", COMMA, 480.0, ""),
        ("-.89", POINT, -0.89, ""),
        ("Rate ChangesR$430.00", POINT, 430.0, "BRL"),
        ("$412.50", POINT, 412.5, ""),
        ("€100", POINT, 100.0, "EUR"),
        ("₩120,000", POINT, 120_000.0, "KRW"),
        ("12,000円", POINT, 12_000.0, "JPY"),
        ("￥12,000", POINT, 12_000.0, ""),
        ("1.250.000 ₫", COMMA, 1_250_000.0, "VND"),
        ("-₱4,500.00", POINT, -4500.0, "PHP"),
        ("฿2,300.00", POINT, 2300.0, "THB"),
        ("12 500,00 ₽", COMMA, 12_500.0, "RUB"),
        ("120.50 US$", POINT, 120.5, "USD"),
        ("1.234,50 €", COMMA, 1234.5, "EUR"),
        ("1'234.50 CHF", POINT, 1234.5, "CHF"),
        ("12,34,567.00", POINT, 1234567.0, ""),
        ("(18.00)", POINT, -18.0, ""),
        ("18.00-", POINT, -18.0, ""),
        ("1e3", POINT, None, ""),
        ("12,3.4.5", POINT, None, ""),
        ("12.34.56", POINT, None, ""),
        ("abc", POINT, None, ""),
        ("nan", POINT, None, ""),
        ("2025-01-01", POINT, None, ""),
    ],
)
def test_amounts_of_the_catalogue(text: str, mark: str, value: float | None, currency: str) -> None:
    amount = read_amount(text, mark)
    assert (amount.value if amount else None) == value
    assert amount is None or amount.currency == currency


@given(st.integers(-10_000_000, 10_000_000), st.sampled_from([POINT, COMMA]), st.sampled_from(["{} EUR", "€{}", "{}", "EUR {}"]))
def test_an_amount_written_either_way_is_read_back(cents: int, mark: str, way: str) -> None:
    written = f"{abs(cents) / 100:,.2f}"
    if mark == COMMA:
        written = written.translate(str.maketrans(",.", ".,"))
    written = ("-" if cents < 0 else "") + way.format(written)
    amount = read_amount(written, mark)
    assert amount is not None
    assert amount.value == pytest.approx(cents / 100)
    assert decimal_mark([written]) == mark


def test_the_decimal_mark_is_the_columns_not_the_cells() -> None:
    assert decimal_mark(["1.256", "480,00", "90,5"]) == COMMA
    assert read_amount("1.256", COMMA).value == 1256
    assert decimal_mark(["1,256", "480", "90.5"]) == POINT
    assert read_amount("1,256", POINT).value == 1256


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (
            "Check-Out|Checked out|CHECKED OUT|CKOT|CheckedOut|Departed|Processed|Ausgecheckt|3",
            BookingStatus.CHECKED_OUT,
        ),
        ("In House|In-House|INHOUSE|CHECKED IN|CKIN|Started|onboard|Eingecheckt|DUE OUT|DUOT", BookingStatus.IN_HOUSE),
        ("Confirmed|ok|N|modified|Not_Canceled|Not Canceled|Bestätigt|DUE IN|CO-G|DP-R|NON-|DF-G|GRD", BookingStatus.RESERVED),
        ("Optional|Inquired|Waitlist|pending|Unconfirmed", BookingStatus.TENTATIVE),
        ("Canceled|CXL|C|cancelled_by_guest|Storniert|Cancelada|Void|declined", BookingStatus.CANCELLED),
        ("No-Show|NO SHOW|no_show|NOS|NOS (G)|NoShow", BookingStatus.NO_SHOW),
        ("Maintenance|Owner Occupied|ownerStay|inquiryDenied", Odd.NO_BOOKING),
        ("Xyzzy", Odd.UNKNOWN),
        (" |NULL", Odd.BLANK),
    ],
)
def test_the_states_of_the_catalogue(texts: str, status: BookingStatus | Odd) -> None:
    for text in texts.split("|"):
        assert read_status(text) == status, text


@given(st.lists(st.text("aB9 +@.-\n'é٣", max_size=6), max_size=8))
def test_many_numbers_are_looked_at_as_each_would_be(labels: list[str]) -> None:
    wanted = {label for label in labels if "@" in label or label.startswith("+") or is_like_a_name(label)}
    assert guests_among(labels) == wanted


LONG = 2**14
ENDLESS = ("1 ", "1", " ", "T", "(", "*", "0-", "+1 ", "a", "a.", "A'", "1,", "'", "-", "é ", "4111 ", "no show ", "cancel ")
READERS = (
    *(clean, word, header_word, folded, matches, month_number, read_date, read_amount, read_status, shown, without_secrets),
    *(cards_in, is_like_a_name, has_long_digits, is_total_word),
)


@pytest.mark.parametrize("piece", ENDLESS)
def test_no_text_however_long_takes_long(piece: str) -> None:
    matches("the words are learned at first use")
    for ending in ("", "x", "@b.c", ".5"):
        text = (piece * LONG)[:LONG] + ending
        for reader in READERS:
            started = time.process_time()
            reader(text)
            assert time.process_time() - started < 0.5, (reader, ending)
