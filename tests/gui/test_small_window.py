"""A window of 911 x 512: what a screen of 1366 x 768 at 150 % has room for."""

from __future__ import annotations

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtWidgets import QLabel, QScrollArea
from qt_waiting import pause, wait_for

from hotelml_app.gui.widgets.provenance import SEPARATOR


def test_a_small_window_says_what_wants_a_decision_beside_the_nights(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "today", (911, 512))
    page = opened.window.page
    assert page.to_do.isVisible()
    count = len(hotel.decisions)
    assert page.to_do.head.text() == f"{count} need a decision"
    titles = [one.text() for one in page.to_do.findChildren(QLabel)]
    assert hotel.decisions[0].title in titles
    bar = page.findChild(QScrollArea).verticalScrollBar()
    assert page.to_do.mapTo(page, page.to_do.rect().bottomLeft()).y() < page.height(), "it is seen without scrolling"
    page.to_do.show_all.click()
    assert bar.value() > 0
    opened.window.resize(1366, 768)
    wait_for(lambda: not page.to_do.isVisible())


@pytest.mark.parametrize("key", ["today", "forecast", "rates", "arrivals", "rooms", "reviews", "models", "data", "settings"])
def test_no_page_is_wider_than_a_small_window(key: str, open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, key, (911, 512)).window.page
    area = page.findChild(QScrollArea)
    assert area.widget().width() <= area.viewport().width()


def test_days_with_long_names_leave_room_for_the_filter_in_a_small_window(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals", (911, 512)).window.page
    page.days.set_choices([(str(number), "Wed 30 Nov") for number in range(len(page.days.keys))])
    area = page.findChild(QScrollArea)
    pause(50)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert area.widget().width() <= area.viewport().width()


def test_what_made_the_numbers_stands_whole_on_a_line_of_its_own(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "today", (911, 512))
    line = opened.window.page.provenance
    assert line.more.isVisible()
    assert f"{line.words.whole_text}{SEPARATOR}{line.more.whole_text}" == line.whole_text
    opened.window.resize(1900, 1000)
    wait_for(lambda: not line.more.isVisible())
    assert line.words.text() == line.whole_text


@pytest.mark.parametrize("key", ["today", "forecast", "rates", "arrivals", "rooms", "reviews", "data"])
def test_nothing_that_is_said_of_the_numbers_is_cut(key: str, open_window: Open, hotel: FakeAppliance) -> None:
    line = open_window(hotel, key, (911, 512)).window.page.provenance
    for one in (line.words, line.more):
        assert one.text() == one.whole_text


def test_buttons_stand_below_a_sentence_that_they_would_make_longer(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast", (911, 512))
    page = opened.window.page
    page.say("Next 90 nights: 60 % of 120 rooms expected; fullest Fri 18 Dec (114), emptiest Thu 21 Jan (42).")
    wait_for(lambda: page.look_back.mapTo(page, page.look_back.rect().topLeft()).y() >= page.sentence.geometry().bottom())
    assert page.sentence.height() < 2 * page.sentence.fontMetrics().lineSpacing(), "it stands on one line"
    page.say("Next 90 nights: 60 %.")
    wait_for(lambda: page.look_back.mapTo(page, page.look_back.rect().topLeft()).y() < page.sentence.geometry().bottom())
    opened.window.resize(1366, 768)
    page.say("Next 90 nights: 60 % of 120 rooms expected; fullest Fri 18 Dec (114), emptiest Thu 21 Jan (42).")
    pause(50)
    assert page.look_back.mapTo(page, page.look_back.rect().topLeft()).y() < page.sentence.geometry().bottom()


def test_a_small_window_tells_whose_hotel_it_shows_and_lets_another_be_chosen(open_window: Open, hotel: FakeAppliance) -> None:
    window = open_window(hotel, "today", (911, 512)).window
    first, second = (one.name for one in window.properties)
    chooser = window.rail.property_button
    assert window.context.property_name == first
    assert chooser.isVisible()
    assert (chooser.accessibleName(), window.windowTitle()) == (f"Property: {first}", f"Today · {first} · HotelML")
    next(one for one in chooser.menu().actions() if one.text() == second).trigger()
    wait_for(lambda: window.page.view is not None and window.page.view.property_name == second)
    assert [one.text() for one in chooser.menu().actions() if one.isChecked()] == [second]
    assert (chooser.toolTip(), window.windowTitle()) == (second, f"Today · {second} · HotelML")
    window.resize(1366, 768)
    assert not chooser.isVisible()


def test_a_single_hotel_needs_no_choice(open_window: Open) -> None:
    window = open_window(FakeAppliance(("H1 City",)), "today", (911, 512)).window
    assert not window.rail.property_button.isVisible()
    assert window.windowTitle() == "Today · HotelML"
