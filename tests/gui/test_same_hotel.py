"""Two properties that are one hotel, put together on the Settings page."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from fake_appliance import FakeAppliance
from fake_views import CITY, RESORT
from opening import Open
from PySide6.QtWidgets import QLabel
from qt_waiting import settle, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.settings_parts.same_hotel_dialog import UNSAVED, SameHotelDialog

THIRD = "H3 Annexe"


def shown(opened: WindowApplication) -> SameHotelDialog | None:
    return next((one for one in opened.window.findChildren(SameHotelDialog) if one.isVisible()), None)


def open_dialog(opened: WindowApplication) -> SameHotelDialog:
    opened.window.page.house.same.click()
    dialog = shown(opened)
    assert dialog is not None
    return dialog


def words(dialog: SameHotelDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if not one.isHidden())


def test_what_would_happen_is_told_before_the_two_become_one(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    hotel.gates["compare_properties"] = threading.Event()
    dialog = open_dialog(opened)
    assert dialog.others.choice == RESORT
    assert "Comparing them" in words(dialog)
    assert not dialog.yes.isEnabled()
    hotel.gates["compare_properties"].set()
    wait_for(dialog.yes.isEnabled)
    said = words(dialog)
    assert f"{RESORT}: 8 bookings" in said
    assert f"{RESORT} becomes part of {CITY}, with 66,131 bookings in all." in said
    assert "Comparing" not in said
    dialog.yes.click()
    wait_for(lambda: opened.window.notice.notice is not None)
    assert ("merge", RESORT, CITY) in hotel.said
    assert opened.window.notice.notice.title == f"{RESORT} is part of {CITY} now, which has 66,131 bookings."
    wait_for(lambda: [one.name for one in opened.window.properties] == [CITY])
    wait_for(lambda: opened.window.page.house.same.isHidden())
    assert shown(opened) is None


def test_where_the_one_that_was_shown_goes_the_window_shows_the_one_it_is_part_of(open_window: Open) -> None:
    hotel = FakeAppliance((RESORT, CITY))
    hotel.names.insert(0, THIRD)
    hotel.facts[THIRD] = replace(hotel.facts[CITY], name=THIRD)
    opened = open_window(hotel, "settings")
    opened.window.choose_property(RESORT)
    wait_for(lambda: opened.window.page.house.name.text() == RESORT)
    dialog = open_dialog(opened)
    assert dialog.others.choice == THIRD
    dialog.others.choose(CITY)
    dialog.others.activated.emit(dialog.others.currentIndex())
    wait_for(lambda: f"becomes part of {CITY}" in words(dialog))
    dialog.yes.click()
    wait_for(lambda: opened.context.property_name == CITY)
    wait_for(lambda: opened.window.page.house.name.text() == CITY)
    wait_for(lambda: len(opened.window.properties) == 2)
    assert opened.context.looked_at == hotel.facts[CITY]


def test_a_home_of_one_hotel_does_not_ask(open_window: Open) -> None:
    opened = open_window(FakeAppliance((CITY,)), "settings")
    assert opened.window.page.house.same.isHidden()


def test_enter_and_esc_change_nothing(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    dialog = open_dialog(opened)
    wait_for(dialog.yes.isEnabled)
    assert dialog.no.isDefault()
    dialog.reject()
    settle()
    assert hotel.asked["merge_properties"] == 0
    assert hotel.names == [CITY, RESORT]


def test_two_hotels_cannot_be_made_one(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.look_like_two = "They look like two hotels. Of 12 booking numbers known in both, only 1 mean the same stay."
    opened = open_window(hotel, "settings")
    dialog = open_dialog(opened)
    wait_for(lambda: "They look like two hotels. Of 12" in words(dialog))
    assert not dialog.yes.isEnabled()
    dialog.begin()
    assert hotel.asked["merge_properties"] == 0


def test_where_only_nights_are_alike_it_is_asked_whether_the_bookings_are_the_same(
    open_window: Open, hotel: FakeAppliance
) -> None:
    hotel.numbers_unsure = "For the nights of 60 of the 60 bookings to come both have bookings."
    opened = open_window(hotel, "settings")
    dialog = open_dialog(opened)
    wait_for(lambda: "60 of the 60" in words(dialog))
    assert "Are they the same bookings, numbered anew by a new PMS?" in words(dialog)
    assert not dialog.yes.isEnabled()
    dialog.same.click()
    wait_for(dialog.yes.isEnabled)
    assert dialog.same.isHidden()
    assert "5 of them are known again under another number, by nights." in words(dialog)
    dialog.yes.click()
    wait_for(lambda: shown(opened) is None)
    assert ("merge", RESORT, CITY, "new numbers") in hotel.said


@pytest.mark.parametrize("where", ["compare_properties", "merge_properties"])
def test_what_goes_wrong_is_told_in_the_window_that_asks(open_window: Open, hotel: FakeAppliance, where: str) -> None:
    opened = open_window(hotel, "settings")
    hotel.failures[where] = HotelMLError("HotelML is learning Forecast for H1 City.", remedy="Try again once it is done.")
    dialog = open_dialog(opened)
    if where == "merge_properties":
        wait_for(dialog.yes.isEnabled)
        dialog.yes.click()
    wait_for(lambda: "is learning Forecast for H1 City. Try again" in words(dialog))
    assert dialog.isVisible()
    assert dialog.yes.isEnabled() == (where == "merge_properties")
    dialog.reject()
    assert hotel.names == [CITY, RESORT]


def test_while_it_is_done_it_cannot_be_closed(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    dialog = open_dialog(opened)
    wait_for(dialog.yes.isEnabled)
    hotel.gates["merge_properties"] = threading.Event()
    dialog.yes.click()
    assert "Putting them together" in words(dialog)
    assert [one.isEnabled() for one in (dialog.yes, dialog.no, dialog.others)] == [False] * 3
    dialog.reject()
    assert dialog.isVisible()
    hotel.gates["merge_properties"].set()
    wait_for(lambda: shown(opened) is None)
    assert hotel.asked["merge_properties"] == 1


def test_what_is_being_typed_is_kept_or_given_up_first(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    page.house.rooms.setValue(230)
    page.house.same.click()
    assert shown(opened) is None
    wait_for(lambda: opened.window.notice.notice == UNSAVED)
    page.discard()
    open_dialog(opened).reject()
