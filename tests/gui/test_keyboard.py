"""Everything works from the keyboard, is named for screen readers, and fits small screens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from qt_waiting import pause, press, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.pages.registry import PAGES

KEYS = [spec.key for spec in PAGES]
CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox)
SIZES = {"the smallest window": (911, 512), "a small screen": (1366, 728), "a large one": (1920, 1040)}


def activate(window: WindowApplication) -> QWidget:
    window.window.activateWindow()
    wait_for(window.window.isActiveWindow)
    return window.window


@pytest.mark.parametrize(("number", "key"), list(enumerate(KEYS, start=1)))
def test_ctrl_and_a_digit_open_each_page(window: WindowApplication, number: int, key: str) -> None:
    press(activate(window), f"Ctrl+{number}")
    assert window.window.current == key
    assert window.window.rail.buttons[key].isChecked()


def test_f5_asks_again(window: WindowApplication, hotel: FakeAppliance) -> None:
    asked = hotel.asked["today"]
    press(activate(window), "F5")
    wait_for(lambda: hotel.asked["today"] == asked + 1)


def test_ctrl_f_goes_to_the_filter_and_esc_empties_it(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "arrivals")
    page, whole = opened.window.page, activate(opened)
    press(whole, "Ctrl+F")
    wait_for(page.filter.hasFocus)
    QTest.keyClicks(page.filter, page.view.arrivals[0].reservation_id)
    assert len(page.table.keys) == 1
    press(whole, "Esc")
    assert len(page.table.keys) == len(page.view.arrivals)


def test_esc_puts_a_notice_away_first(window: WindowApplication) -> None:
    window.context.tell_error(HotelMLError("It failed."))
    press(activate(window), "Esc")
    assert not window.window.notice.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_space_and_enter_tick_a_call_off(open_window: Open, hotel: FakeAppliance, key: Qt.Key) -> None:
    page = open_window(hotel, "arrivals").window.page
    first = page.view.arrivals[0].reservation_id
    page.table.choose(first)
    QTest.keyClick(page.table, key)
    assert page.called == {first}
    QTest.keyClick(page.table, key)
    assert page.called == set()


def test_arrow_keys_walk_along_nights_and_figures(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    QTest.keyClick(page.plot, Qt.Key.Key_Right)
    QTest.keyClick(page.plot, Qt.Key.Key_Right)
    assert page.readout.night.text() == "Fri 2 Sep"
    told = page.plot.accessibleDescription()
    assert told.startswith("Fri 2 Sep")
    assert f"Forecast {page.readout.values[2].text()}, 8 of 10 nights {page.readout.values[3].text()}" in told
    QTest.keyClick(page.plot, Qt.Key.Key_Return)
    assert page.table.current_key == "2016-09-02"
    QTest.keyClick(page.switch, Qt.Key.Key_Right)
    wait_for(lambda: page.view.metric == "adr")


def test_the_chart_shows_that_the_keyboard_is_on_it(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    activate(opened)
    plot = opened.window.page.plot
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    wait_for(plot.hasFocus)
    assert plot._cross.isVisible()
    assert plot.accessibleDescription().startswith("Thu 1 Sep")
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.accessibleDescription().startswith("Fri 2 Sep")
    page, told = opened.window.page, hotel.forecast
    hotel.forecast = lambda *asked, **named: replace(told(*asked, **named), sentence="Another.")
    page.refresh()
    wait_for(lambda: page.view.sentence == "Another." and page.context.runner.quiet)
    assert plot._cross.isVisible(), "a new answer leaves the keyboard where it is"
    assert page.readout.night.text() == "Fri 2 Sep"
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.accessibleDescription().startswith("Sat 3 Sep")
    page.switch.setFocus()
    wait_for(lambda: not plot._cross.isVisible())


def test_enter_chooses_a_module(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "models").window.page
    QTest.keyClick(page.cards["noshow"], Qt.Key.Key_Return)
    assert page.chosen == "noshow"
    assert page.details.title.text().startswith("No-shows")


@pytest.mark.parametrize("key", KEYS)
def test_every_control_can_be_reached_and_has_a_name(open_window: Open, hotel: FakeAppliance, key: str) -> None:
    page = open_window(hotel, key).window.page
    nameless, unreachable = [], []
    for control in page.findChildren(QWidget):
        inner = isinstance(control.parent(), (QAbstractSpinBox, QComboBox, QAbstractItemView)) or isinstance(control, QScrollBar)
        if not isinstance(control, CONTROLS) or inner or not control.isVisible() or control.objectName().startswith("qt_"):
            continue
        named = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        if isinstance(control.parent(), QLineEdit) or type(control).__name__ in ("QTableCornerButton", "QHeaderView"):
            continue
        nameless += [] if named else [control]
        # Tab leads to one of the buttons of a choice, the arrow keys to the others.
        group = control.group() if isinstance(control, QAbstractButton) else None
        ways = group.buttons() if group else [control]
        reached = any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in ways)
        unreachable += [] if reached or not control.isEnabled() else [control]
    assert not nameless
    assert not unreachable
    assert all(bar.accessibleName() for bar in page.findChildren(QProgressBar))


def test_what_was_changed_in_the_settings_is_saved_from_where_one_types(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    page.house.rooms.setValue(230)
    page.house.rooms.setFocus()
    press(activate(opened), "Ctrl+S")
    wait_for(lambda: hotel.asked["update_property"] == 1 and not page.dirty)


def test_tab_leads_to_the_choice_that_is_on(open_window: Open, hotel: FakeAppliance) -> None:
    switch = open_window(hotel, "forecast").window.page.switch
    for key in switch.keys[1:]:
        switch.choose(key)
        reached = [one for one in switch.findChildren(QAbstractButton) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert [one.isChecked() for one in reached] == [True]


def tabbed(page: QWidget) -> list[str]:
    """Return the names of what Tab visits on a page, in order."""
    names, at = [], page.nextInFocusChain()
    while at is not page:
        if page.isAncestorOf(at) and at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.accessibleName():
            names.append(at.accessibleName())
        at = at.nextInFocusChain()
    return names


def test_tab_goes_through_the_morning_from_top_to_bottom(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "today").window.page
    names = tabbed(page)
    decision = next(name for name in names if name.endswith(hotel.decisions[0].title))
    last_card = max(at for at, name in enumerate(names) if "rooms expected" in name)
    assert names[0].startswith("Save as report")
    assert last_card < names.index(decision) < names.index("Arrivals that may not come")


def test_tab_goes_from_a_setting_to_the_one_below_it(open_window: Open, hotel: FakeAppliance) -> None:
    names = tabbed(open_window(hotel, "settings").window.page)
    assert names.index("Rooms of type A") == names.index("Rooms in the house") + 1
    assert names.index("Drop folder") > names.index("Back up now"), "the second column comes after the first"


@pytest.mark.parametrize("size", list(SIZES.values()), ids=list(SIZES))
def test_nothing_is_cut_off_at_the_side(open_window: Open, hotel: FakeAppliance, size: tuple[int, int]) -> None:
    opened = open_window(hotel, size=size)
    for key in KEYS:
        opened.window.open_page(key)
        wait_for(lambda: opened.window.page.body.state == "content")
        pause(30)
        area = opened.window.page.findChild(QScrollArea)
        assert opened.window.size().toTuple() == size
        assert area.widget().minimumSizeHint().width() <= area.viewport().width(), key


@pytest.mark.parametrize("key", ["forecast", "arrivals"])
def test_scrolling_a_page_over_a_choice_does_not_choose(open_window: Open, hotel: FakeAppliance, key: str) -> None:
    page = open_window(hotel, key).window.page
    asked = hotel.asked[key]
    box = page.part if key == "forecast" else page.later
    before = box.currentIndex()
    notch, at = QPoint(0, -120), QPointF(10, 10)
    none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase)
    QApplication.sendEvent(box, QWheelEvent(at, box.mapToGlobal(at), notch, notch, *none, False))
    assert (box.currentIndex(), hotel.asked[key]) == (before, asked)


def test_the_wheel_over_the_rail_chooses_no_other_hotel(window: WindowApplication) -> None:
    box, name = window.window.rail.property_box, window.context.property_name
    notch, at = QPoint(0, -120), QPointF(10, 10)
    none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase)
    QApplication.sendEvent(box, QWheelEvent(at, box.mapToGlobal(at), notch, notch, *none, False))
    assert (box.currentText(), window.context.property_name) == (name, name)


def test_the_list_of_hotels_shows_long_names_whole(window: WindowApplication) -> None:
    rail = window.window.rail
    names = [f"Grand Hotel Europäischer Hof am Stadtgraben, {house}" for house in ("Altbau", "Neubau")]
    rail.show_properties(names, names[0])
    assert rail.property_box.toolTip() == names[0]
    assert rail.property_box.view().minimumWidth() > rail.property_box.fontMetrics().horizontalAdvance(names[0])


def test_a_choice_is_as_wide_as_its_longest_entry_of_now(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "rates").window.page
    narrow = page.types.sizeHint().width()
    page.types.clear()
    page.types.addItem("FAMSUITE: 28 rates to change", "FAMSUITE")
    assert page.types.sizeHint().width() > narrow


def test_the_rail_shrinks_to_icons_in_a_narrow_window(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, size=(911, 512))
    narrow = opened.window.rail.width()
    opened.window.resize(1366, 768)
    pause(30)
    assert narrow < 60 < opened.window.rail.width()


def test_nothing_on_the_rail_moves_when_another_page_is_chosen(window: WindowApplication) -> None:
    rail = window.window.rail
    places = []
    for key in ("settings", "today"):
        rail.buttons[key].setFocus()
        rail.buttons[key].click()
        pause(30)
        places.append([each.geometry().getRect() for each in rail.buttons.values()])
    assert places[0] == places[1]


def test_the_page_stays_where_it_is_while_a_pressed_button_is_switched_off(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    opened.window.resize(*SIZES["a small screen"])
    card = page.backup
    activate(opened)
    card.now.setFocus()
    area = next(each for each in page.findChildren(QScrollArea) if each.isAncestorOf(card))
    area.ensureWidgetVisible(card.now)
    before = area.verticalScrollBar().value()
    assert before > 0
    card.now.click()
    assert not card.now.isEnabled()
    wait_for(lambda: card.copies.count() == 1)
    assert area.verticalScrollBar().value() == before
    assert opened.window.focusWidget() is area, "the keys scroll on from here"
