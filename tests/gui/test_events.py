"""What happens elsewhere shows in the window, soon and without stalling it."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import replace
from datetime import date

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QTimer
from qt_waiting import pause, wait_for

from hotelml_app.core.events import ExportMissing, ImportFinished, PredictionsRefreshed, Settled, Warned
from hotelml_app.core.jobs import JobStage, JobView
from hotelml_app.gui.widgets.rail import work_words
from hotelml_app.services.home.show_window import WindowWanted

STALL_MS = 50
PAGES_OF_NUMBERS = ("today", "forecast", "arrivals")
TICK_MS = 5
ROUNDS = 3


def publish_elsewhere(hotel: FakeAppliance, *events: object) -> None:
    thread = threading.Thread(target=lambda: [hotel.events.publish(event) for event in events])
    thread.start()
    thread.join()


def imported() -> ImportFinished:
    return ImportFinished(1, "reservations.csv", "done", (fake_views.CITY,), 1200, 0)


def test_an_import_refreshes_the_open_page(open_window: Open, hotel: FakeAppliance) -> None:
    open_window(hotel)
    asked = hotel.asked["today"]
    publish_elsewhere(hotel, imported())
    wait_for(lambda: hotel.asked["today"] == asked + 1)


@pytest.mark.parametrize("key", [*PAGES_OF_NUMBERS, "rates", "rooms"])
def test_a_missing_export_is_seen_in_a_window_that_stayed_open_over_night(
    open_window: Open, hotel: FakeAppliance, key: str
) -> None:
    """Else what it calls tonight is the night before, and nothing says that an export is missing."""
    open_window(hotel, key)
    asked = hotel.asked[key]
    publish_elsewhere(hotel, ExportMissing(fake_views.CITY, date(2016, 8, 31), 2))
    wait_for(lambda: hotel.asked[key] == asked + 1)


@pytest.mark.parametrize("event", [Warned("folder:/drop", "The drop folder is not there", ""), Settled("folder:/drop")])
def test_the_data_page_follows_a_folder_that_goes_or_comes_back(open_window: Open, hotel: FakeAppliance, event: object) -> None:
    open_window(hotel, "data")
    asked = hotel.asked["data"]
    publish_elsewhere(hotel, event)
    wait_for(lambda: hotel.asked["data"] == asked + 1)


def test_a_burst_of_events_is_answered_once(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    asked = hotel.asked["today"]
    publish_elsewhere(hotel, *[imported()] * 50, PredictionsRefreshed(fake_views.CITY, ("forecast",)))
    wait_for(lambda: hotel.asked["today"] == asked + 1)
    pause(300)
    assert hotel.asked["today"] == asked + 1
    assert opened.window.page.body.state == "content"


def test_a_new_business_date_leaves_the_month_that_staff_are_working_on(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "rates")
    page = opened.window.page
    page.look_at(date(2016, 10, 1))
    page.refresh()
    wait_for(lambda: page.view.month == date(2016, 10, 1))
    facts = hotel.facts[fake_views.CITY]
    hotel.facts[fake_views.CITY] = replace(facts, business_date=date(2016, 9, 30), currency="GBP")
    publish_elsewhere(hotel, imported())
    wait_for(lambda: opened.context.place.currency == "GBP" and page.body.state == "content")
    assert page.view.month == date(2016, 10, 1)


def test_a_property_that_an_export_brings_can_be_chosen_at_once(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    hotel.names.append("New House")
    hotel.facts["New House"] = replace(hotel.facts[fake_views.CITY], name="New House")
    publish_elsewhere(hotel, imported())
    wait_for(lambda: any(one.name == "New House" for one in opened.window.properties))


def test_an_import_leaves_alone_what_is_being_typed_in_the_settings(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    page.house.rooms.setValue(77)
    assert page.dirty
    hotel.facts[fake_views.CITY] = replace(hotel.facts[fake_views.CITY], business_date=date(2016, 9, 30))
    publish_elsewhere(hotel, imported())
    wait_for(lambda: opened.context.looked_at.business_date == date(2016, 9, 30))
    assert page.dirty
    assert page.house.rooms.value() == 77


def test_other_pages_ask_again_when_they_are_opened(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "arrivals")
    opened.window.open_page("data")
    wait_for(lambda: opened.runner.quiet)
    asked = hotel.asked["arrivals"]
    publish_elsewhere(hotel, imported())
    pause(250)
    assert hotel.asked["arrivals"] == asked
    opened.window.open_page("arrivals")
    wait_for(lambda: hotel.asked["arrivals"] == asked + 1)
    opened.window.open_page("today")
    opened.window.open_page("arrivals")
    wait_for(lambda: opened.runner.quiet)
    assert hotel.asked["arrivals"] == asked + 1


def test_a_training_shows_on_the_rail_with_its_time_left(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    job = hotel.train("forecast", fake_views.CITY)
    hotel.advance_job(job, JobStage.RUNNING, 0.42, "comparing 6 candidates", 95)
    wait_for(lambda: opened.window.rail._work_words.text() == "Learning: Occupancy forecast 42 %\nabout 2 min left")
    hotel.advance_job(job, JobStage.DONE, 1.0, "")
    wait_for(lambda: not opened.window.rail._working.isVisible())


def test_the_rail_says_what_is_predicted_where_nothing_is_learned() -> None:
    renewal = JobView(4, "predict", "", fake_views.CITY, JobStage.RUNNING, 0.3, "Predicting: Rates")
    assert work_words((renewal,)) == ("Predicting: Rates 30 %", 0.3)
    waiting = JobView(5, "train", "forecast", fake_views.CITY, JobStage.QUEUED, 0.0, "")
    assert work_words((replace(renewal, seconds_left=31), waiting))[0] == "Predicting: Rates 30 %\nabout 30 s left, then 1 more"


def test_starting_hotelml_again_brings_the_window_forward(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    opened.window.hide()
    publish_elsewhere(hotel, WindowWanted())
    wait_for(opened.window.isVisible)


def test_the_window_lives_while_the_appliance_thinks(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "arrivals")
    gate = hotel.gates["arrivals"] = threading.Event()
    opened.window.refresh()
    pause(100)
    opened.window.open_page("today")
    wait_for(lambda: opened.window.page.body.state == "content")
    gate.set()
    wait_for(lambda: opened.runner.quiet)


def longest_piece(opened: Open) -> float:
    """Milliseconds the Qt thread itself spent at most without a break over all pages of numbers: a busy PC does not count."""
    ticks = [time.thread_time()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.thread_time()))
    timer.start(TICK_MS)
    for key in PAGES_OF_NUMBERS:
        opened.window.open_page(key)
        opened.window.refresh()
        pause(120)
    timer.stop()
    return max((after - before) * 1000 for before, after in itertools.pairwise(ticks))


def test_no_piece_of_the_windows_own_work_is_long(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    for key in PAGES_OF_NUMBERS * 2:
        opened.window.open_page(key)
        wait_for(lambda: opened.window.page.body.state == "content" and opened.runner.quiet)
    longest = [longest_piece(opened) for _ in range(ROUNDS)]
    assert min(longest) < STALL_MS, longest


def test_the_same_answer_again_changes_nothing(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    drawn = [0]
    opened.window.page.show_view = lambda view: drawn.__setitem__(0, drawn[0] + 1)
    opened.window.refresh()
    wait_for(lambda: hotel.asked["today"] == 2 and opened.runner.quiet)
    assert drawn == [0]


def test_after_closing_events_are_heard_no_more(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    opened.close()
    asked = hotel.asked["today"]
    publish_elsewhere(hotel, imported())
    pause(250)
    assert hotel.asked["today"] == asked
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("window-")]


def test_what_is_decided_on_another_page_is_known_to_today(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    opened.window.open_page("rates")
    page = opened.window.page
    wait_for(lambda: page.body.state == "content")
    asked = hotel.asked["today"]
    page.all_month.click()
    wait_for(lambda: not page._busy)
    opened.window.open_page("today")
    wait_for(lambda: hotel.asked["today"] == asked + 1)
