"""The Rates page: a month at a glance, the night's reasons beside it, and decisions by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.pages.rates import RatesPage
from hotelml_app.gui.place import DASH
from hotelml_app.gui.rates_parts.dialogs import LimitsDialog, OwnRateDialog
from hotelml_app.services.rates.views import (
    AcceptRates,
    LimitsView,
    LockRates,
    SetLimits,
    SetRate,
    SetRoomCost,
    UnlockRates,
)

SATURDAY = date(2016, 9, 3)


@pytest.fixture
def page(open_window: Open, hotel: FakeAppliance) -> RatesPage:
    found = open_window(hotel, "rates").window.page
    assert isinstance(found, RatesPage)
    return found


def done(page: RatesPage) -> None:
    wait_for(lambda: page._waits.text() == "")


def test_the_month_opens_on_the_night_whose_change_brings_most(page: RatesPage) -> None:
    assert page.panel.title.text() == "A, Sat 3 Sep"
    assert page.panel.verdict.text() == "Raise it from 110\xa0€ to 131\xa0€, worth about 464\xa0€"
    assert "rooms left" in page.panel.why.text()
    assert "62" in page.panel.basis.text()
    assert page.months.count() == 3
    assert page.panel.accept.isEnabled()


def test_rates_of_bookings_that_name_no_room_type_are_those_of_all_rooms(page: RatesPage) -> None:
    page._answer(replace(page.view, room_type="", room_types=("",)))
    assert page.panel.title.text().startswith("All rooms, ")
    assert page.types.currentText().startswith("All rooms")


def test_a_night_that_is_left_alone_says_so_first_and_why(page: RatesPage) -> None:
    page.month.choose(date(2016, 9, 1))
    assert page.panel.verdict.text() == "Leave it at 110\xa0€"
    assert page.panel.why.text().startswith("A change to 112,00 would bring about 3,10, too little to be sure of")
    assert {page.panel._figures["Difference", what].text() for what in ("Rate", "Rooms", "Revenue")} == {DASH}
    assert not page.panel.accept.isEnabled(), "the rate stands as suggested"


def test_a_range_says_how_many_of_its_rates_to_change(page: RatesPage) -> None:
    page.month.choose(date(2016, 9, 1))
    page.month.choose(SATURDAY, more=True)
    assert page.panel.verdict.text().startswith("Change 2 of 3 rates, worth about ")
    page.month.choose(date(2016, 9, 6))
    page.month.choose(date(2016, 9, 8), more=True)
    assert page.panel.verdict.text() == "Change nothing: all 3 are fine as they are"


def test_accept_all_and_the_room_types_say_how_many_rates_are_to_change(page: RatesPage) -> None:
    many = sum(one.moves for one in page.view.days)
    assert page.all_month.text().strip() == f"Accept all {many}"
    assert page.types.itemText(0) == f"A: {many} to change"
    assert page.types.itemText(1) == page.types.itemData(1), "a type with nothing to change has no number"
    page.all_month.click()
    done(page)
    wait_for(lambda: not page._busy)
    assert page.all_month.text().strip() == "Accept all"
    assert not page.all_month.isEnabled()
    assert page.types.itemText(0) == page.types.choice == "A"


def test_another_month_and_room_type_are_asked_for(page: RatesPage) -> None:
    page.months.setCurrentIndex(1)
    page.months.activated.emit(1)
    wait_for(lambda: page.view.month == date(2016, 10, 1))
    page.types.setCurrentIndex(2)
    page.types.activated.emit(2)
    wait_for(lambda: page.view.room_type == "D")
    assert page.view.month == date(2016, 10, 1)


def test_enter_accepts_the_chosen_night(page: RatesPage, hotel: FakeAppliance) -> None:
    page.month.choose(SATURDAY)
    assert page.panel.accept.isEnabled()
    QTest.keyClick(page.month, Qt.Key.Key_Return)
    done(page)
    assert hotel.decided == [AcceptRates(SATURDAY, SATURDAY, "A")]
    assert page.month.day is not None
    assert page.month.day.standing == "accepted"
    assert page.month.day.night == SATURDAY, "the night stays chosen"


def test_a_range_is_chosen_with_shift_and_decided_on_at_once(page: RatesPage, hotel: FakeAppliance) -> None:
    page.month.choose(SATURDAY)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(page.month, key, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.month.range) == 9
    assert page.panel.one_night.isHidden()
    page.panel.lock.click()
    done(page)
    assert page.panel.lock.text() == page.panel.lock.accessibleName() == "Unlock"
    page.panel.lock.click()
    done(page)
    assert hotel.decided == [LockRates(SATURDAY, date(2016, 9, 11), "A"), UnlockRates(SATURDAY, date(2016, 9, 11), "A")]


def test_a_click_chooses_the_night_under_the_mouse(page: RatesPage) -> None:
    at = [one.night for one in page.month._days].index(SATURDAY)
    QTest.mouseClick(page.month, Qt.MouseButton.LeftButton, pos=page.month.box(at).center().toPoint())
    assert page.panel.title.text() == "A, Sat 3 Sep"


def test_an_own_rate_is_asked_for_and_kept(page: RatesPage, hotel: FakeAppliance) -> None:
    page.month.choose(SATURDAY)
    page.panel.own.click()
    dialog = next(one for one in page.findChildren(OwnRateDialog) if one.isVisible())
    assert dialog.rate.value() == 131.0
    dialog.rate.setValue(144.5)
    dialog._take()
    done(page)
    assert hotel.decided == [SetRate(SATURDAY, SATURDAY, "A", 144.5)]


def test_limits_that_cross_are_refused_and_others_kept(page: RatesPage, hotel: FakeAppliance) -> None:
    page.limits.click()
    dialog = next(one for one in page.findChildren(LimitsDialog) if one.isVisible())
    dialog.floor.setValue(200)
    dialog.ceiling.setValue(100)
    dialog._take()
    assert dialog.wrong.isVisible()
    dialog.ceiling.setValue(0)
    dialog.freeze.setValue(3)
    assert dialog.least_gain.value() == 0.5
    dialog.least_gain.setValue(1.5)
    assert dialog.room_cost.text() == "not counted"
    dialog.room_cost.setValue(22.5)
    dialog._take()
    done(page)
    assert hotel.decided == [SetLimits("A", LimitsView(200.0, None, 1.0, 0.02, 3, 0.015, 22.5))]


def test_what_an_occupied_room_costs_is_asked_until_it_is_told(page: RatesPage, hotel: FakeAppliance) -> None:
    asked = page.cost
    assert asked.isVisible()
    assert "counted as free of cost" in asked.text.text()
    assert not asked.keep.isEnabled(), "nothing is typed yet, and no amount is proposed"
    assert asked.amount.text() == "not told"
    asked.amount.setValue(22.5)
    page.refresh()
    wait_for(lambda: page.context.runner.quiet)
    assert asked.amount.value() == 22.5, "what is being typed is not lost where the page is shown anew"
    QTest.keyClick(asked.amount.lineEdit(), Qt.Key.Key_Return)
    wait_for(lambda: not page._busy)
    assert hotel.decided == [SetRoomCost(22.5)]
    assert not asked.isVisible()


def test_the_cost_left_at_0_is_an_answer_and_is_kept_by_the_limits(page: RatesPage, hotel: FakeAppliance) -> None:
    page.cost.zero.click()
    wait_for(lambda: not page._busy)
    assert hotel.decided == [SetRoomCost(0.0)]
    assert not page.cost.isVisible()
    page.limits.click()
    dialog = next(one for one in page.findChildren(LimitsDialog) if one.isVisible())
    dialog._take()
    done(page)
    assert hotel.decided[-1] == SetLimits("A", LimitsView(None, None, 1.0, 0.02, 0, room_cost=0.0))
    assert not page.cost.isVisible()


def test_limits_that_leave_the_cost_alone_do_not_answer_for_it(page: RatesPage, hotel: FakeAppliance) -> None:
    page.limits.click()
    next(one for one in page.findChildren(LimitsDialog) if one.isVisible())._take()
    done(page)
    assert hotel.decided == [SetLimits("A", LimitsView(None, None, 1.0, 0.02, 0))]
    assert page.cost.isVisible()


def test_the_cost_that_is_typed_for_one_hotel_is_not_offered_to_another(page: RatesPage, hotel: FakeAppliance) -> None:
    page.cost.amount.setValue(22.5)
    other = next(one for one in hotel.names if one != page.context.property_name)
    page.window().choose_property(other)
    wait_for(lambda: page.view is not None and page.view.property_name == other)
    assert page.cost.amount.told is None


def test_the_whole_month_is_accepted_and_taken_back(page: RatesPage, hotel: FakeAppliance) -> None:
    assert not page.undo.isEnabled()
    page.all_month.click()
    done(page)
    assert {one.standing for one in page.view.days} == {"open", "accepted"}
    assert not any(one.moves for one in page.view.days)
    assert page.undo.isEnabled()
    page.undo.click()
    done(page)
    assert hotel.decided == []


def test_what_goes_wrong_is_told_and_the_month_stays(page: RatesPage, hotel: FakeAppliance, qt: QApplication) -> None:
    told = []
    page.context.noticed.connect(told.append)
    hotel.failures["change_rates"] = HotelMLError("The disk is full.", remedy="Make room.")
    page.all_month.click()
    done(page)
    wait_for(lambda: bool(told))
    assert told[0].message == "The disk is full."
    assert page.body.state == "content"


def test_pictures_say_in_words_what_they_show(page: RatesPage) -> None:
    page.month.choose(SATURDAY)
    assert "demand +5" in page.panel.waterfall.accessibleName()
    assert "rooms" in page.panel.curve.accessibleName()
    assert "Sat 3 Sep" in page.month.accessibleDescription()


def test_limits_that_could_not_be_kept_are_not_typed_twice(page: RatesPage, hotel: FakeAppliance) -> None:
    hotel.failures["change_rates"] = HotelMLError("The database is locked.")
    page.limits.click()
    dialog = next(one for one in page.findChildren(LimitsDialog) if one.isVisible())
    dialog.floor.setValue(77)
    dialog._take()
    wait_for(lambda: isinstance(page._refused, SetLimits))
    hotel.failures.clear()
    page.limits.click()
    again = next(one for one in page.findChildren(LimitsDialog) if one.isVisible() and one is not dialog)
    assert again.floor.value() == 77
    again._take()
    done(page)
    wait_for(lambda: page._refused is None)
    assert hotel.decided[-1].limits.floor == 77


def test_an_own_rate_that_could_not_be_kept_is_not_typed_twice(page: RatesPage, hotel: FakeAppliance) -> None:
    hotel.failures["change_rates"] = HotelMLError("The disk is full.")
    page._own()
    dialog = next(one for one in page.findChildren(OwnRateDialog) if one.isVisible())
    dialog.rate.setValue(143.5)
    dialog._take()
    wait_for(lambda: isinstance(page._refused, SetRate))
    page._own()
    again = next(one for one in page.findChildren(OwnRateDialog) if one.isVisible() and one is not dialog)
    assert again.rate.value() == 143.5
    again.reject()
    page.month.choose(date(2016, 9, 1))
    page._own()
    other = [one for one in page.findChildren(OwnRateDialog) if one.isVisible() and one not in (dialog, again)]
    assert other[0].rate.value() != 143.5, "another night has its own"
