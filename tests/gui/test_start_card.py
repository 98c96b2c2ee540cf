"""Settings: whether HotelML starts when its user signs in."""

from __future__ import annotations

from fake_appliance import FakeAppliance
from opening import Open
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.services.sign_in.views import SignInState, SignInView


def test_the_start_at_sign_in_counts_at_once_and_shows_what_the_system_says(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    card = page.start
    assert not card.switch.isChecked()
    assert card.found.isHidden()
    card.switch.click()
    wait_for(lambda: hotel.asked["start_at_sign_in"] == 1 and card.switch.isEnabled())
    assert card.switch.isChecked()
    assert not page.dirty, "there is nothing to save"
    page.house.rooms.setValue(230)
    page.discard()
    assert card.switch.isChecked(), "what counts already is not discarded"
    hotel.sign_in = SignInView(SignInState.OFF, "Somebody switched it off elsewhere.")
    page.refresh()
    wait_for(lambda: not card.switch.isChecked())


def test_a_start_at_sign_in_that_would_fail_is_told_and_not_shown_as_on(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.sign_in = SignInView(SignInState.GONE, "/opt/old/hotelml is no longer there.", "Switch it on again.")
    card = open_window(hotel, "settings").window.page.start
    assert not card.switch.isChecked()
    assert card.found.text() == "/opt/old/hotelml is no longer there. Switch it on again."
    card.switch.click()
    wait_for(card.switch.isChecked)
    wait_for(card.found.isHidden)


def test_a_start_at_sign_in_that_is_refused_leaves_the_tick_as_it_was(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    card = opened.window.page.start
    hotel.failures["start_at_sign_in"] = HotelMLError("The system did not allow it.", title="Not changed")
    card.switch.click()
    wait_for(opened.window.notice.isVisible)
    assert not card.switch.isChecked()
    assert card.switch.isEnabled()
