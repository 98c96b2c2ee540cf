"""A night of the forecast in detail, opened by a click, by Enter or by its button."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import fake_night
import fake_views
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.charts.booking_curve import apart, curve_words, point_words, shown, steps
from hotelml_app.gui.forecast_parts.night_dialog import NightDialog, _cells, changes_words, similar_words
from hotelml_app.gui.place import Place
from hotelml_app.services.nights.night_views import CurvePoint, NightChangeView


def dialog_of(opened: WindowApplication) -> NightDialog:
    found = [one for one in opened.window.findChildren(NightDialog) if one.isVisible()]
    assert len(found) == 1
    wait_for(lambda: opened.runner.quiet)
    return found[0]


def test_a_click_into_the_chart_opens_that_night(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    page = opened.window.page
    page.plot.chosen.emit(10)
    dialog = dialog_of(opened)
    assert dialog.view.point.night == page.view.nights[10].night
    assert dialog.track.text().startswith("Forecasts 2 to 8 days ahead")
    assert dialog.changes.text_at("41007", 1) == "cancelled"
    assert dialog.since.text().endswith("−1 room in 2 bookings")


def test_a_rate_of_a_former_currency_is_written_with_its_own_sign() -> None:
    one = NightChangeView("41007", "new", 1.0, "A", "Direct", 96.0)
    place = Place("US", "USD")
    assert _cells(place, one)[-1].text == "96.00"
    assert _cells(place, replace(one, other_currency="EUR"))[-1].text == "€96.00"


def test_the_button_opens_the_night_that_is_chosen_in_the_table(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    page = opened.window.page
    page.table.choose(page.view.nights[20].night.isoformat())
    page.open_button.click()
    assert dialog_of(opened).view.point.night == page.view.nights[20].night


def test_arrow_keys_go_from_night_to_night_and_stop_at_the_ends(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    page = opened.window.page
    page.table.opened.emit(page.view.nights[0].night.isoformat())
    dialog = dialog_of(opened)
    assert not dialog.earlier.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    wait_for(lambda: dialog.view.point.night == page.view.nights[1].night)
    QTest.keyClick(dialog, Qt.Key.Key_Left)
    wait_for(lambda: dialog.view.point.night == page.view.nights[0].night)
    QTest.keyClick(dialog, Qt.Key.Key_Left)
    assert dialog.night == page.view.nights[0].night


def test_the_night_is_of_the_part_of_the_house_that_the_page_shows(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    page = opened.window.page
    page.part.setCurrentIndex(1)
    page.part.activated.emit(1)
    wait_for(lambda: bool(page.view.room_type) and opened.runner.quiet)
    page.open_button.click()
    assert dialog_of(opened).view.part == page.view.room_type


def test_what_keeps_a_night_from_being_shown_is_said_in_its_place(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    hotel.failures["night"] = HotelMLError("The database is locked.", remedy="Try again in a moment.")
    opened.window.page.open_button.click()
    dialog = dialog_of(opened)
    assert (dialog.sentence.text(), dialog.track.text()) == ("The database is locked.", "Try again in a moment.")
    assert dialog._body.isHidden()


def test_a_curve_is_said_in_words_for_those_who_cannot_see_it() -> None:
    view = fake_night.night(fake_views.CITY, fake_views.points(fake_views.CITY, "rooms_sold", "", 90)[9].night, "", "")
    said = curve_words(Place("GB"), view)
    assert said.startswith("Booking curve. 10 days before: this night ")
    assert "Expected in the end: " in said
    assert point_words(Place("GB"), CurvePoint(1, None, 61.0, 70.0, 90.4)) == "1 day before: half of the similar nights 61 to 90"
    assert point_words(Place("GB"), CurvePoint(3, None, None, None, None)) == "3 days before: nothing known"
    assert max(one.days_before for one in shown(view)) == 42
    assert similar_words(Place("GB"), view).startswith("Grey: the middle half of 8 similar nights")
    assert changes_words(Place("GB"), view).endswith("−1 room in 2 bookings")
    even = replace(view, changes=tuple(replace(one, rooms=rooms) for one, rooms in zip(view.changes, (1, -1), strict=True)))
    assert changes_words(Place("GB"), even).endswith(": as many rooms as before, with changes in 2 bookings")


def test_labels_of_lines_that_end_together_do_not_lie_on_one_another() -> None:
    placed = apart([(100.0, "b", None), (98.0, "a", None), (300.0, "c", None)])
    assert [text for _, text, _ in placed] == ["a", "b", "c"]
    assert placed[1][0] - placed[0][0] >= 16
    assert placed[2][0] == 300.0


def test_the_scale_has_a_few_round_numbers_whatever_the_house() -> None:
    for top in (3.2, 24.0, 126.0, 1260.0, 9000.0):
        marks = list(steps(top))
        assert marks[0] == 0
        assert 3 <= len(marks) <= 6
        assert marks[-1] <= top


def test_a_night_without_changes_says_so() -> None:
    first = fake_views.points(fake_views.CITY, "rooms_sold", "", 90)[0].night
    view = fake_night.night(fake_views.CITY, first, "", "")
    quiet = replace(view, changes=(), since=date(2016, 8, 30))
    assert changes_words(Place("GB"), quiet) == "Since the end of Tue 30 Aug: nothing changed"
