"""Empty, loading and failing: each says what to do, and nothing jumps or vanishes."""

from __future__ import annotations

import threading
from dataclasses import replace

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtWidgets import QLabel
from qt_waiting import pause, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import Notice
from hotelml_app.gui.pages.registry import PAGES
from hotelml_app.gui.place import DASH
from hotelml_app.gui.widgets.dialogs.walk_plan import WalkPlanDialog
from hotelml_app.services.arrivals.overbooking_views import Costs
from hotelml_app.services.arrivals.views import ArrivalsView, ArrivalView
from hotelml_app.services.errors import NothingKnownError
from hotelml_app.services.nights.views import ForecastView

DISK = HotelMLError("The database does not answer.", remedy="Check the disk of this PC.", title="The data cannot be read")


def test_a_page_shows_grey_blocks_until_its_answer_comes(open_window: Open, hotel: FakeAppliance) -> None:
    gate = hotel.gates["today"] = threading.Event()
    page = open_window(hotel).window.page
    wait_for(lambda: hotel.asked["today"] == 1)
    assert page.body.state == "loading"
    gate.set()
    wait_for(lambda: page.body.state == "content")


@pytest.mark.parametrize("key", [spec.key for spec in PAGES if spec.key != "settings"])
def test_a_page_that_fails_says_why_and_what_to_do(open_window: Open, hotel: FakeAppliance, key: str) -> None:
    hotel.failures[key] = DISK
    page = open_window(hotel, key).window.page
    assert page.body.state == "message"
    assert page.sentence.text() == "The data cannot be read"
    assert page.body.message.title.text() == "The database does not answer."
    assert page.body.message.text.text() == "Check the disk of this PC."
    hotel.failures.clear()
    page.body.message.button.click()
    wait_for(lambda: page.body.state == "content")


def test_a_failure_later_keeps_what_was_shown_and_tells_it_above(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    hotel.failures["today"] = DISK
    opened.window.refresh()
    wait_for(lambda: opened.window.notice.isVisible())
    assert opened.window.page.body.state == "content"
    assert opened.window.notice.notice.title == "The data cannot be read"


def test_a_fault_of_the_program_is_told_without_its_inner_words(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.failures["today"] = ZeroDivisionError("a / b")  # type: ignore[assignment]
    page = open_window(hotel).window.page
    assert page.sentence.text() == "HotelML made a mistake"
    assert "a / b" not in page.body.message.title.text()
    assert "logs" in page.body.message.text.text()


def test_an_answer_that_cannot_be_shown_is_a_message_not_an_endless_wait(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake_views, "data", lambda name, waiting: "not a page")
    page = open_window(hotel, "data").window.page
    assert page.body.state == "message"
    assert page.sentence.text() == "HotelML made a mistake"


@pytest.mark.parametrize("key", ["today", "forecast", "arrivals"])
def test_a_hotel_without_data_is_told_what_to_drop_where(open_window: Open, hotel: FakeAppliance, key: str) -> None:
    hotel.empty = True
    opened = open_window(hotel, key)
    message = opened.window.page.body.message
    assert opened.window.page.body.state == "message"
    assert "drop" in message.text.text()
    message.button.click()
    assert opened.window.current == "data"


def test_a_hotel_whose_first_file_could_not_be_read_is_told_why_and_led_to_it(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.failures["today"] = NothingKnownError("bill.pdf could not be read.", remedy="It is a PDF, not an export.", came_in=True)
    opened = open_window(hotel)
    message = opened.window.page.body.message
    assert (message.title.text(), message.text.text()) == ("bill.pdf could not be read.", "It is a PDF, not an export.")
    message.button.click()
    assert opened.window.current == "data"


def test_a_page_that_was_empty_does_not_call_itself_so_while_it_asks_again(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.empty = True
    page = open_window(hotel).window.page
    assert page.sentence.text() == "No bookings are known yet"
    hotel.empty, hotel.gates["today"] = False, threading.Event()
    page.refresh()
    wait_for(lambda: page.body.state == "loading")
    assert not page.sentence.text()
    hotel.gates.pop("today").set()
    wait_for(lambda: page.body.state == "content")
    assert page.sentence.text().startswith("Tonight")


def test_a_forecast_without_nights_says_when_it_will_come(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    whole = fake_views.forecast(fake_views.CITY, "rooms_sold", "", 90)
    bare = ForecastView(**{name: getattr(whole, name) for name in whole.__dataclass_fields__} | {"nights": ()})
    page._answer(bare)
    assert page.body.state == "message"
    assert page.body.message.title.text() == "There is no forecast yet"


def test_a_day_without_arrivals_keeps_its_days_to_choose_from(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    whole = fake_views.arrivals(fake_views.CITY, None)
    quiet = {"arrivals": (), "lost_rooms_probability": (1.0,), "expected_lost": 0.0}
    page._answer(ArrivalsView(**{name: getattr(whole, name) for name in whole.__dataclass_fields__} | quiet))
    assert page.body.state == "content"
    assert len(page.days.keys) == 5
    assert page._lost_words.text() == "Nobody is to arrive, so no room can be lost"


def test_risk_that_is_not_known_is_said_so(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    whole = fake_views.arrivals(fake_views.CITY, None)
    one = whole.arrivals[0]
    unknown = ArrivalView(
        **{name: getattr(one, name) for name in one.__dataclass_fields__} | {"p_lost": None, "band": "unknown", "reasons": ()}
    )
    page._answer(ArrivalsView(**{name: getattr(whole, name) for name in whole.__dataclass_fields__} | {"arrivals": (unknown,)}))
    assert page.table.text_at(one.reservation_id, 0) == "Not known"
    assert "Nothing is known" in page._lost_words.text()


def test_without_a_number_of_rooms_the_card_says_what_the_advice_waits_for(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    page._answer(replace(fake_views.arrivals(fake_views.CITY, None), advice=None))
    assert page._advice.text() == ""
    assert "Say it in the settings" in page._behind.text()
    assert not page.walks.isEnabled()


def test_without_a_known_rate_no_amount_of_a_walk_is_made_up(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    whole = fake_views.arrivals(fake_views.CITY, None)
    assert whole.advice is not None
    night = replace(whole.advice.night, costs=Costs(1.0, 2.0, room_value_told=False, walk_cost_told=False, in_money=False))
    page._answer(replace(whole, advice=replace(whole.advice, night=night)))
    assert "No rate is known" in page._behind.text()
    assert "walk costs" not in page._behind.text()
    page.walks.click()
    dialog = next(one for one in page.findChildren(WalkPlanDialog) if one.isVisible())
    assert {dialog.table.text_at(one.reservation_id, 2) for one in whole.advice.walk_plan} == {DASH}
    dialog.accept()


def test_what_went_well_is_not_told_on_the_next_page_and_what_wants_a_person_is(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    opened.context.tell(Notice("Saved"))
    opened.window.open_page("today")
    assert opened.window.notice.isVisible(), "it is still the same page"
    opened.window.open_page("data")
    assert not opened.window.notice.isVisible()
    opened.context.tell_error(DISK)
    opened.window.open_page("today")
    assert opened.window.notice.isVisible()


def test_notices_are_put_away_with_their_button(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    opened.context.tell_error(DISK)
    assert opened.window.notice.isVisible()
    opened.window.notice.dismiss()
    pause(10)
    assert not opened.window.notice.isVisible()


def test_rates_without_data_offer_nothing_that_would_do_nothing(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.empty = True
    page = open_window(hotel, "rates").window.page
    assert page.body.state == "message"
    assert not page.ledger.isEnabled()
    hotel.empty = False
    page.refresh()
    wait_for(lambda: page.body.state == "content")
    assert page.ledger.isEnabled()


def test_headings_beside_one_another_stand_on_one_line(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    titles = {"Lost rooms", "Overbooking", "Call list"}
    lines = {one.mapTo(page, one.rect().center()).y() for one in page.findChildren(QLabel) if one.text() in titles}
    assert len(lines) == 1
