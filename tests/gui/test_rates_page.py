"""The Rates page: a month at a glance, the night's reasons beside it, and decisions by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

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
from hotelml_app.gui.rates_parts.for_pms import ForPmsDialog
from hotelml_app.services.rates.views import (
    AcceptRates,
    EnterRates,
    LimitsView,
    LockRates,
    SetLimits,
    SetRate,
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
    assert page.panel.verdict.text() == "Raise it from 110\xa0€ to 131\xa0€, worth about 465\xa0€"
    assert "rooms left" in page.panel.why.text()
    assert "62" in page.panel.basis.text()
    assert page.months.count() == 3
    assert page.panel.accept.isEnabled()


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
    assert page.panel.verdict.text() == "Change nothing: all are fine as they are"


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
    dialog._take()
    done(page)
    assert hotel.decided == [SetLimits("A", LimitsView(200.0, None, 1.0, 0.02, 3, 0.015))]


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


def opened_list(page: RatesPage) -> ForPmsDialog:
    """The list for the PMS, after the whole month was accepted."""
    page.all_month.click()
    done(page)
    wait_for(lambda: not page._busy)
    page.for_pms.click()
    return next(one for one in page.findChildren(ForPmsDialog) if one.isVisible())


def test_accepted_rates_stand_on_a_list_for_the_pms_until_they_are_ticked_off(page: RatesPage, hotel: FakeAppliance) -> None:
    assert page.for_pms.text() == "For the PMS…"
    dialog = opened_list(page)
    many = len(dialog.table.keys)
    assert page.for_pms.text() == f"For the PMS {many}…"
    assert dialog.table.text_at("2016-09-03|A", 3) == "110"
    assert dialog.table.text_at("2016-09-03|A", 4) == "131"
    for key in ("2016-09-03|A", "2016-09-04|A"):
        dialog.table.choose(key)
        QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    wait_for(lambda: not page._busy)
    assert hotel.decided[1:] == [EnterRates(((SATURDAY, "A"),)), EnterRates(((date(2016, 9, 4), "A"),))]
    assert dialog._left.text() == f"2 of {many} rates entered"
    assert page.for_pms.text() == f"For the PMS {many - 2}…"
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    wait_for(lambda: not page._busy)
    assert hotel.decided[-1] == EnterRates(((date(2016, 9, 4), "A"),), entered=False)
    dialog.all.click()
    wait_for(lambda: not page._busy)
    assert dialog._left.text() == "All of these are entered."
    assert not dialog.copy.isEnabled()


def test_a_tick_that_is_not_kept_is_taken_away_and_told(page: RatesPage, hotel: FakeAppliance) -> None:
    told = []
    page.context.noticed.connect(told.append)
    dialog = opened_list(page)
    hotel.failures["change_rates"] = HotelMLError("The disk is full.", remedy="Make room.")
    dialog.table.toggle("2016-09-03|A")
    wait_for(lambda: bool(told))
    assert dialog._left.text().startswith("0 of")
    assert dialog.table._cells.item(dialog.table.keys.index("2016-09-03|A"), 0).checkState() == Qt.CheckState.Unchecked


def test_the_list_is_copied_and_saved_without_what_is_entered(page: RatesPage, tmp_path: Path) -> None:
    told = []
    page.context.noticed.connect(told.append)
    dialog = opened_list(page)
    dialog.table.toggle("2016-09-02|A")
    wait_for(lambda: not page._busy)
    dialog.copy.click()
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == len(dialog.table.keys)
    assert lines[1] == "Sat 3 Sep 2016\tA\t110\t131"
    dialog.save_to(tmp_path / "list.csv")
    wait_for(lambda: any("saved" in one.title for one in told))
    saved = (tmp_path / "list.csv").read_text("utf-8").splitlines()
    assert saved[:2] == ["property,stay_date,room_type,rate_before,rate,currency", "H1 City,2016-09-03,A,110,131,EUR"]
    assert len(saved) == len(lines)


def test_what_was_ticked_off_is_kept_for_its_own_hotel_though_another_is_looked_at_by_then(
    page: RatesPage, hotel: FakeAppliance
) -> None:
    city = page.context.property_name
    dialog = opened_list(page)
    hotel.gates["change_rates"] = gate = Event()
    dialog.table.toggle("2016-09-03|A")
    dialog.table.toggle("2016-09-04|A")
    other = next(one for one in hotel.names if one != city)
    page.window().choose_property(other)
    assert not dialog.isVisible(), "its lines are not about this hotel"
    wait_for(lambda: page.view is not None and page.view.property_name == other)
    gate.set()
    wait_for(lambda: len(hotel.decided) == 3 and not page._busy)
    assert hotel.decided[1:] == [EnterRates(((SATURDAY, "A"),)), EnterRates(((date(2016, 9, 4), "A"),))]
    assert hotel.decided_of == [city] * 3
    assert page.view.property_name == other


def test_a_new_export_does_not_lose_what_was_ticked_off_meanwhile(page: RatesPage, hotel: FakeAppliance) -> None:
    dialog = opened_list(page)
    hotel.gates["change_rates"] = gate = Event()
    dialog.table.toggle("2016-09-03|A")
    dialog.table.toggle("2016-09-04|A")
    looked_at = page.context.looked_at
    assert looked_at is not None
    page.context.show_property(replace(looked_at, business_date=date(2016, 9, 1)))
    assert page.view is None
    assert dialog.isVisible()
    dialog.table.toggle("2016-09-02|A")
    gate.set()
    wait_for(lambda: len(hotel.decided) == 4 and not page._busy)
    assert [one.cells[0][0].day for one in hotel.decided[1:]] == [3, 4, 2]


def test_a_late_answer_about_another_hotel_is_not_what_the_page_acts_on(page: RatesPage, hotel: FakeAppliance) -> None:
    window, city = page.window(), page.context.property_name
    hotel.gates["rates"] = gate = Event()
    page.refresh()
    window.open_page("today")
    window.choose_property(next(one for one in hotel.names if one != city))
    gate.set()
    wait_for(lambda: page.context.runner.quiet)
    assert page.view is None, "opened again, it would offer to change the other hotel's rates"


def test_a_late_failure_about_another_hotel_is_not_told_of_this_one(page: RatesPage, hotel: FakeAppliance) -> None:
    window, city = page.window(), page.context.property_name
    hotel.gates["rates"] = gate = Event()
    hotel.failures["rates"] = HotelMLError("The share is away.")
    page.refresh()
    window.open_page("today")
    window.choose_property(next(one for one in hotel.names if one != city))
    sentence = page.sentence.text()
    gate.set()
    wait_for(lambda: page.context.runner.quiet)
    assert page.sentence.text() == sentence
    assert page.body.state == "content"


def test_an_answer_about_another_hotel_is_not_shown(page: RatesPage, hotel: FakeAppliance) -> None:
    asked = page.view
    hotel.gates["change_rates"] = gate = Event()
    page.all_month.click()
    other = next(one for one in hotel.names if one != page.context.property_name)
    page.window().choose_property(other)
    wait_for(lambda: page.view is not None and page.view.property_name == other)
    gate.set()
    wait_for(lambda: not page._busy)
    assert asked.property_name != other
    assert page.view.property_name == other


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
