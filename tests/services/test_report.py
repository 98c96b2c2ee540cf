"""The report holds what the pages say, as numbers and dates, and says why where it holds nothing."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from python_calamine import CalamineWorkbook
from small_hotel import AS_OF, NAME
from workbook_rows import SHEETS, rows_below

from hotelml_app.core.errors import Cancelled, UsageError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.core.json_values import json_ready
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.errors import DayOutsideDataError
from hotelml_app.services.report.views import Report, from_plain
from hotelml_app.services.report.workbook import workbook_bytes

TONIGHT = AS_OF + timedelta(days=1)


@pytest.fixture(scope="module")
def book(report: Report) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(report)))


def test_the_summary_repeats_the_pages_and_says_what_made_the_numbers(hotel: Appliance, book: CalamineWorkbook) -> None:
    assert book.sheet_names == SHEETS
    said = {str(row["Page"]): row["It says"] for row in rows_below(book, "Summary", "Page")}
    assert said["Today"] == hotel.today(NAME).sentence
    assert said["Forecast"] == hotel.forecast(NAME, horizon=28).sentence
    assert said["Arrivals"] == hotel.arrivals(NAME).sentence
    assert said["Rooms"] == hotel.rooms(NAME).sentence
    assert said["Reviews"] == hotel.reviews(NAME).sentence
    first = [str(row[0]) for row in book.get_sheet_by_name("Summary").to_python()[:3]]
    assert first[0] == f"{NAME}, 27 Feb 2026"
    assert first[1].startswith("As known at the end of 27 Feb 2026, from ")
    assert {str(row["Numbers"]) for row in rows_below(book, "Summary", "Numbers")} >= {"Forecast", "Rates", "Reviews"}
    decided = [one.title for one in hotel.today(NAME).decisions]
    assert [row["What"] for row in rows_below(book, "Summary", "What")] == decided


def test_nights_are_dates_and_numbers_and_add_up(hotel: Appliance, book: CalamineWorkbook) -> None:
    *nights, total = rows_below(book, "Nights", "Night")
    assert [one["Night"] for one in nights] == [TONIGHT + timedelta(days=i) for i in range(28)]
    cards = hotel.today(NAME).nights
    for night, card in zip(nights, cards, strict=False):
        assert night["On the books"] == card.on_books
        assert night["Pickup 1 day"] == card.pickup_since_yesterday
        assert night["Pickup 7 days"] == card.pickup_since_last_week
        assert (night["Forecast"], night["Lower"], night["Upper"]) == (card.expected, card.rooms_low, card.rooms_high)
        assert night["Occupancy"] == pytest.approx(card.occupancy)
        assert night["Average rate EUR"] == pytest.approx(card.adr)
        assert night["May not come"] == pytest.approx(card.expected_lost)
    assert total["Night"] == "In all"
    assert total["Forecast"] == pytest.approx(sum(float(str(one["Forecast"])) for one in nights))
    assert total["Occupancy"] == pytest.approx(float(str(total["Forecast"])) / float(str(total["Rooms"])))
    assert total["Lower"] == "", "limits of single nights do not add up"


def test_arrivals_carry_risk_and_reasons_and_nothing_of_guests(hotel: Appliance, book: CalamineWorkbook) -> None:
    arrivals = rows_below(book, "Arrivals", "Arrival")
    tomorrow = [one for one in arrivals if one["Arrival"] == TONIGHT]
    page = hotel.arrivals(NAME).arrivals
    assert [(one["Booking"], one["Chance lost"] or None) for one in tomorrow] == [
        (one.reservation_id, one.p_lost) for one in page
    ]
    assert {one["Risk"] for one in arrivals} <= {"High", "Raised", "Low", "Not known"}
    assert set(arrivals[0]) == {
        *("Arrival", "Booking", "Room type", "Nights", "Rooms", "Rate EUR", "Channel", "Segment", "Risk"),
        *("Chance lost", "Chance no-show", "Why"),
    }


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (("raised", "raised"), "the risk of 2 bookings is raised, of none high."),
        (("high", "low"), "the risk of 1 booking is high, of none raised."),
        (("high", "raised"), "the risk of 1 booking is high, of 1 raised."),
        (("low", "low"), "none of them stands out."),
    ],
)
def test_no_risk_of_0_bookings_is_told(
    hotel: Appliance, monkeypatch: pytest.MonkeyPatch, bands: tuple[str, ...], said: str
) -> None:
    night = AS_OF + timedelta(days=1)
    coming = [ArrivalView(f"R{n}", night, 1, 1, "A", "", "", None, None, 0.4, 0.1, one, ()) for n, one in enumerate(bands)]
    monkeypatch.setattr("hotelml_app.services.report.arrivals.arrivals_on", lambda _, day: coming if day == night else ())
    assert hotel.report(NAME).sheet("Arrivals").sentence.endswith(f"; {said}")


def test_rates_stand_as_on_the_rates_page(hotel: Appliance, book: CalamineWorkbook) -> None:
    page = hotel.rates(NAME)
    told = {(one["Night"], one["Room type"]): one for one in rows_below(book, "Rates", "Night")}
    nights = {night for night, _ in told}
    assert nights == {TONIGHT + timedelta(days=i) for i in range(28)}
    shown = [one for one in page.days if one.night in nights]
    assert shown
    for one in shown:
        row = told[(one.night, page.room_type)]
        assert (row["Current EUR"], row["Suggested EUR"]) == (one.current_rate, one.suggested_rate)
        assert row["Current is"] == ("Guessed" if one.guessed else "Known")
        assert row["Worth EUR"] == (pytest.approx(one.gain) if one.moves else "")
        assert row["Why"] == ", ".join(one.reasons if one.moves else one.reasons[-1:])
        assert row["Standing"] == ("To decide" if one.moves else "Fine as it is")


def test_who_adds_up_what_rates_are_worth_comes_to_the_sum_that_is_told(report: Report) -> None:
    sheet = report.sheet("Rates")
    table = sheet.tables[0]
    column = sum(float(str(row[table.at("Worth EUR")] or 0)) for row in table.rows)
    (told,) = re.findall(r"worth about ([\d,]+) EUR", sheet.sentence)
    (beside,) = re.findall(r"by guests who stay for several: ([+-][\d,]+) EUR", " ".join(sheet.notes))
    assert column + int(beside.replace(",", "")) == pytest.approx(int(told.replace(",", "")), abs=1.5)


def test_each_room_type_has_its_forecast(hotel: Appliance, book: CalamineWorkbook) -> None:
    rows = rows_below(book, "Room types", "Night")
    kinds = hotel.forecast(NAME).room_types
    assert [one["Room type"] for one in rows[: len(kinds)]] == list(kinds)
    of_first = hotel.forecast(NAME, room_type=kinds[0], horizon=28)
    assert [one["Forecast"] for one in rows if one["Room type"] == kinds[0]] == [one.p50 for one in of_first.nights]


def test_reviews_are_told_by_aspect_and_month_without_a_guests_words(hotel: Appliance, book: CalamineWorkbook) -> None:
    page = hotel.reviews(NAME)
    aspects = rows_below(book, "Reviews", "About")
    assert [(str(one["About"]).casefold(), one["Mentions"]) for one in aspects] == [
        (one.name, one.mentions) for one in page.aspects
    ]
    assert [one["Month"] for one in rows_below(book, "Reviews", "Month")] == [one.first_day for one in page.months]
    whole = str(book.get_sheet_by_name("Reviews").to_python())
    assert not any(said.text in whole for one in page.aspects for said in one.sayings)


def test_a_longer_report_tells_the_risk_no_further_than_it_is_known(hotel: Appliance) -> None:
    long = hotel.report(NAME, days=90)
    (nights,), (arrivals,) = long.sheet("Nights").tables, long.sheet("Arrivals").tables
    assert len(nights.rows) == 90
    assert {row[-1] is None for row in nights.rows[28:]} == {True}
    assert nights.total[-1] is None
    assert max(str(row[0]) for row in arrivals.rows) <= str(AS_OF + timedelta(days=28))
    assert any("28 days ahead" in note for note in long.sheet("Arrivals").notes)


def test_a_past_day_is_told_as_it_was_known_and_called_so(hotel: Appliance) -> None:
    day = AS_OF - timedelta(days=60)
    back = hotel.report(NAME, day)
    assert back.as_of == day
    assert "looks back" in back.sheets[0].origin[0]
    assert back.sheet("Rates").tables == ()
    assert "business date only" in back.sheet("Rates").sentence
    (nights,) = back.sheet("Nights").tables
    assert nights.rows[0][0] == day + timedelta(days=1)
    replay = hotel.replay(NAME, day, 28, work_out=True)
    books, forecast = nights.at("On the books"), nights.at("Forecast")
    assert [row[books] for row in nights.rows] == [one.on_books for one in replay.nights]
    assert [row[forecast] for row in nights.rows] == pytest.approx([one.p50 for one in replay.nights])
    assert any("Not kept from that day" in str(row[2]) for row in back.sheets[0].tables[1].rows)


@pytest.mark.parametrize("day", [date(1999, 12, 31), AS_OF + timedelta(days=1)])
def test_a_day_of_which_nothing_is_known_is_refused(hotel: Appliance, day: date) -> None:
    with pytest.raises(DayOutsideDataError):
        hotel.report(NAME, day)


def test_a_sheet_without_an_answer_says_why(hotel: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise UsageError("The model is damaged.", remedy="Train again.")

    monkeypatch.setattr("hotelml_app.services.report.rates.rate_days.coming", fail)
    rates = hotel.report(NAME).sheet("Rates")
    assert (rates.sentence, rates.tables) == ("The model is damaged. Train again.", ())


def test_a_stopped_report_is_not_half_a_report(hotel: Appliance) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        hotel.report(NAME, progress=lambda fraction, step: cancel.cancel(), cancel=cancel)


def test_a_report_comes_back_from_json_as_it_was(report: Report) -> None:
    told = json_ready(report)
    assert isinstance(told, dict)
    assert from_plain(told) == report
