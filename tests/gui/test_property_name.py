"""Settings: a hotel gets another name, and everything in the window calls it so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_appliance import FakeAppliance
from fake_views import CITY, RESORT, ROOM_TYPES, ROOMS
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from qt_waiting import settle, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.widgets.labels import ElidedLabel, plain_tip
from hotelml_app.gui.widgets.tables.cells import Cell

NEW = "Grand Hôtel"


def test_the_new_name_is_kept_and_shown_everywhere(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    for invented in (ROOMS, ROOM_TYPES):
        monkeypatch.setitem(invented, NEW, invented[CITY])
    opened = open_window(hotel, "today")
    opened.window.open_page("settings")
    page = opened.window.page
    wait_for(lambda: page.save_button is not None and page.furnished and page.house.name.text() == CITY)
    assert not page.dirty
    page.house.name.setText(f" {NEW} ")
    assert page.save_button.isEnabled()
    page.save_button.click()
    wait_for(lambda: hotel.asked["update_property"] == 1)
    assert ("rename", CITY, NEW) in hotel.said
    assert hotel.names == [NEW, RESORT]
    assert [one.name for one in hotel.kept.properties] == [NEW, RESORT]
    wait_for(lambda: opened.runner.quiet and page.sentence.text().startswith(NEW))
    assert (opened.context.property_name, opened.window.rail.property_box.currentText()) == (NEW, NEW)
    assert [opened.window.rail.property_box.itemText(at) for at in range(2)] == [NEW, RESORT]
    assert NEW in opened.window.windowTitle()
    assert (page.house.name.text(), page.dirty, page.save_button.isEnabled()) == (NEW, False, False)
    assert opened.window.notice.notice.title == "Saved"
    opened.window.open_page("today")
    wait_for(lambda: opened.window.page.view is not None and opened.window.page.view.property_name == NEW)


def test_it_is_kept_with_all_else_that_was_typed(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    page.house.name.setText(NEW)
    page.house.rooms.setValue(230)
    page.house.country.choose("ES")
    page.folder.folder.setText("/mnt/exports")
    page.save()
    wait_for(lambda: hotel.asked["update_property"] == 1 and not page.dirty)
    assert (hotel.facts[NEW].rooms, hotel.facts[NEW].country) == (230, "ES")
    kept = hotel.kept.property(NEW)
    assert (kept.drop_folder, kept.country) == ("/mnt/exports", "ES")
    assert hotel.kept.property(CITY) is None
    assert set(hotel.facts) == {NEW, RESORT}


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "A property needs a name."), ("  ", "needs a name"), ("x" * 121, "at most 120"), (RESORT.upper(), "Another property")],
)
def test_what_is_no_name_is_said_beside_it_and_nothing_is_lost(
    open_window: Open, hotel: FakeAppliance, typed: str, said: str
) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    page.house.rooms.setValue(230)
    page.house.name.setText(typed)
    assert said in page.house.problem.text()
    assert page.house.problem.isVisible()
    page.save_button.click()
    wait_for(lambda: opened.window.notice.notice is not None)
    assert opened.window.notice.notice.title == "Nothing was saved yet"
    assert "save_settings" not in hotel.asked
    assert "rename_property" not in hotel.asked
    assert page.house.rooms.value() == 230
    page.house.name.setText(CITY)
    assert not page.house.problem.isVisible()
    page.save_button.click()
    wait_for(lambda: hotel.asked["update_property"] == 1)
    assert hotel.facts[CITY].rooms == 230


def test_a_refusal_is_told_and_what_was_typed_stays(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    hotel.failures["rename_property"] = HotelMLError("HotelML is learning Forecast for H1 City.", remedy="Try again.")
    page.house.name.setText(NEW)
    page.house.rooms.setValue(230)
    page.save_button.click()
    wait_for(lambda: opened.window.notice.notice is not None and page.save_button.isEnabled())
    assert "learning Forecast" in opened.window.notice.notice.message
    assert "save_settings" not in hotel.asked
    assert (page.house.name.text(), page.house.rooms.value()) == (NEW, 230)
    del hotel.failures["rename_property"]
    page.save_button.click()
    wait_for(lambda: hotel.asked["update_property"] == 1 and not page.dirty)
    assert hotel.facts[NEW].rooms == 230


def test_where_the_rest_cannot_be_saved_after_it_that_is_saved_the_next_time(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    hotel.failures["save_settings"] = HotelMLError("The disk is full.", remedy="Make room.")
    page.house.name.setText(NEW)
    page.house.rooms.setValue(230)
    page.save_button.click()
    wait_for(lambda: opened.window.notice.notice is not None and opened.context.property_name == NEW)
    settle()
    assert page.dirty
    assert (page.house.name.text(), page.house.rooms.value()) == (NEW, 230)
    del hotel.failures["save_settings"]
    page.save_button.click()
    wait_for(lambda: hotel.asked["update_property"] == 1 and not page.dirty)
    assert hotel.asked["rename_property"] == 1
    assert hotel.facts[NEW].rooms == 230


def test_esc_gives_the_name_up(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    page.house.name.setText(NEW)
    assert page.escape()
    assert (page.house.name.text(), page.dirty) == (CITY, False)
    page.house.name.setText(f"{CITY}  ")
    assert not page.dirty, "a blank more is no other name"


def test_a_name_that_a_command_gave_is_followed_and_what_is_typed_stays(open_window: Open) -> None:
    hotel = FakeAppliance((RESORT, CITY))
    opened = open_window(hotel, "settings")
    opened.window.choose_property(CITY)
    page = opened.window.page
    wait_for(lambda: opened.runner.quiet and page.house.name.text() == CITY)
    page.house.rooms.setValue(230)
    hotel.rename_property(CITY, NEW)
    wait_for(lambda: opened.context.property_name == NEW and [one.name for one in opened.window.properties] == [RESORT, NEW])
    assert (page.house.name.text(), page.house.rooms.value()) == (NEW, 230)
    assert opened.window.rail.property_box.currentText() == NEW
    assert page.sentence.text().startswith(NEW)
    assert opened.window.notice.notice is None, "nothing was left behind"
    hotel.rename_property(RESORT, "Seaside")
    wait_for(lambda: [one.name for one in opened.window.properties] == ["Seaside", NEW])
    assert opened.context.property_name == NEW
    page.save()
    wait_for(lambda: hotel.asked["update_property"] == 1)
    assert hotel.facts[NEW].rooms == 230


def test_the_name_is_the_first_field_and_typed_by_keyboard(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    page.house.name.setFocus()
    page.house.name.selectAll()
    QTest.keyClicks(page.house.name, "Palace")
    assert page.house.called == "Palace"
    QTest.keyClick(page.house.name, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.house.country


def test_a_name_that_looks_like_markup_is_shown_as_it_was_written(qt: QApplication) -> None:
    name = "Haus <b>am See</b> & Spa"
    short = ElidedLabel(name)
    short.resize(40, 20)
    short.setText(name)
    assert short.text() != name
    assert short.toolTip() == "<qt>Haus &lt;b&gt;am See&lt;/b&gt; &amp; Spa</qt>"
    assert Cell("…", tip=name).roles(to_the_right=False)[Qt.ItemDataRole.ToolTipRole] == short.toolTip()
    assert plain_tip("Haus am See & Spa") == "Haus am See & Spa"


def test_a_room_type_with_an_ampersand_is_shown_whole_beside_its_field(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.facts[CITY] = replace(hotel.facts[CITY], room_types=(("B&B", 4, 4),))
    page = open_window(hotel, "settings").window.page
    wait_for(lambda: page.furnished and "B&B" in page.house.types)
    (name,) = [one for one in page.findChildren(QLabel) if one.buddy() is page.house.types["B&B"]]
    assert name.text() == "B&&B", "a single one would be the sign of a shortcut"
