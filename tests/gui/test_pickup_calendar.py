"""The pickup of every night as a calendar beside the chart."""

from __future__ import annotations

from datetime import date

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from qt_waiting import wait_for

from hotelml_app.gui.charts.pickup_calendar import DAY, WEEK, PickupCalendar, ground_of
from hotelml_app.gui.forecast_parts.night_dialog import NightDialog
from hotelml_app.gui.pages.forecast import LIST, ForecastPage
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.services.nights.views import ForecastPoint


def point(night: date, pickup: float | None, event: str = "") -> ForecastPoint:
    return ForecastPoint(night, 90.0, 98.0, None, 105.0, None, 112.0, None, pickup, event, 3 * (pickup or 0.0))


def show(page: ForecastPage, what: str) -> None:
    page.beside.choose(what)
    page.beside.chosen.emit(what)


def test_the_list_gives_way_to_the_calendar_and_ctrl_f_brings_it_back(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    page = opened.window.page
    assert page.table.isVisible()
    show(page, WEEK)
    assert page.calendar.isVisible()
    assert not page.table.isVisible()
    assert not page.filter.isVisible()
    opened.window.go_to_filter()
    assert page.beside.choice == LIST
    assert page.filter.isVisible()


def test_the_calendar_follows_the_figure_that_is_shown(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    show(page, DAY)
    rooms = page.calendar.pickup(page.calendar._points[3])
    page.switch.choose("revenue")
    page.switch.chosen.emit("revenue")
    wait_for(lambda: page.view.metric == "revenue")
    assert page.calendar.isVisible()
    assert page.calendar.pickup(page.calendar._points[3]) == page.view.nights[3].pickup_since_yesterday != rooms


def test_a_night_is_found_and_opened_without_a_mouse(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    page = opened.window.page
    show(page, DAY)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(page.calendar, key)
    assert page.calendar.accessibleDescription() == page.calendar.words_at(9)
    QTest.keyClick(page.calendar, Qt.Key.Key_Return)
    dialog = next(one for one in opened.window.findChildren(NightDialog) if one.isVisible())
    assert dialog.night == page.view.nights[9].night


def test_a_night_that_the_filter_of_the_list_leaves_out_is_opened_nevertheless(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    page = opened.window.page
    page.filter.setText("no such night")
    show(page, DAY)
    page.calendar.opened.emit(9)
    dialog = next(one for one in opened.window.findChildren(NightDialog) if one.isVisible())
    assert dialog.night == page.view.nights[9].night


def test_a_night_is_said_in_words(open_window: Open, hotel: FakeAppliance) -> None:
    calendar = PickupCalendar()
    one = point(date(2026, 12, 5), 3.0, "Market")
    calendar.show_nights(Place("GB"), (one,), DAY)
    assert calendar.accessibleDescription() == "Sat 5 Dec (Market): +3 since yesterday, 90 on the books"
    calendar.show_nights(Place("GB"), (one,), WEEK)
    assert calendar.accessibleDescription() == "Sat 5 Dec (Market): +9 in 7 days, 90 on the books"


@pytest.mark.parametrize(
    ("pickup", "role"), [(None, "surface"), (0.3, "surface"), (-1.0, "risk_soft"), (2.0, "accent_soft"), (6.0, "accent_line")]
)
def test_the_colour_tells_what_came_in_from_what_went(pickup: float | None, role: str) -> None:
    look = appearance().colours
    assert ground_of(pickup, 10.0, look) == getattr(look, role)


def test_a_week_begins_on_sunday_where_the_country_has_it_so(open_window: Open, hotel: FakeAppliance) -> None:
    calendar = open_window(hotel, "forecast").window.page.calendar
    nights = [point(date(2016, 9, day), 1.0) for day in range(1, 15)]
    for country, first in (("US", date(2016, 9, 4)), ("IE", date(2016, 9, 5))):
        calendar.show_nights(Place(country), nights, DAY)
        at = next(number for number, one in enumerate(nights) if one.night == first)
        assert calendar.box(at).left() == 0.0
        assert calendar.box(at).top() > calendar.box(at - 1).top()
