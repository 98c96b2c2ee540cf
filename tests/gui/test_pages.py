"""Each page answers its question in the first line, says where that comes from, then shows why."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from qt_waiting import pause, wait_for

from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.pages.registry import PAGES
from hotelml_app.gui.place import Place
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.services.today.views import DecisionView, NightView, TodayView

NUMBER_PAGES = ("today", "forecast", "rates", "arrivals")


@pytest.mark.parametrize("key", [spec.key for spec in PAGES])
def test_the_first_line_is_a_sentence_with_a_number(open_window: Open, hotel: FakeAppliance, key: str) -> None:
    page = open_window(hotel, key).window.page
    assert any(letter.isdigit() for letter in page.sentence.text())


@pytest.mark.parametrize("key", NUMBER_PAGES)
def test_number_pages_name_the_export_and_what_made_the_numbers(open_window: Open, hotel: FakeAppliance, key: str) -> None:
    words = open_window(hotel, key).window.page.provenance.whole_text
    assert "From the Wed 31 Aug export" in words
    assert "Learned from this hotel's bookings" in words


def test_the_appliance_is_never_asked_on_the_windows_own_thread(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    for spec in PAGES:
        opened.window.open_page(spec.key)
        wait_for(lambda: opened.window.page.body.state == "content")
    assert threading.current_thread().name not in hotel.threads


def test_today_shows_tonight_and_six_more_nights(window: WindowApplication) -> None:
    cards = window.window.page.cards
    assert len(cards) == 7
    assert cards[0].day.whole_text == "Tonight, 1 Sep"
    page = window.window.page
    page.show_view(replace(page.view, freshness=replace(page.view.freshness, days_old=0)))
    assert cards[0].day.whole_text == "Tomorrow, 1 Sep", "the day of the export is not over yet"
    night = fake_views.today(fake_views.CITY).nights[0]
    assert cards[0].figure.text() == f"{100 * night.expected / 226:.0f} %"
    assert [value.text() for value in cards[0].values][:2] == [f"{night.on_books:.0f}", f"+{night.pickup_since_yesterday:.0f}"]


def test_the_one_room_of_a_house_is_not_called_rooms(window: WindowApplication) -> None:
    card = window.window.page.cards[0]
    card.show_night(Place(), replace(fake_views.today(fake_views.CITY).nights[0], rooms=1, expected=1.0), "Tonight")
    assert card.rooms.whole_text == "1 of 1 room"
    assert card.accessibleName().startswith("Tonight: 1 room expected, ")


def test_without_a_number_of_rooms_today_shows_rooms_instead_of_a_share(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel).window.page
    view = fake_views.today(fake_views.CITY)
    night = view.nights[0]
    unknown = NightView(**{name: getattr(night, name) for name in night.__dataclass_fields__} | {"rooms": None})
    page.cards[0].show_night(page.context.place, unknown, "Thu 1 Sep")
    assert page.cards[0].figure.text() == f"{night.expected:.0f}"
    assert page.cards[0].rooms.whole_text == "rooms expected"


def test_rooms_out_of_order_have_a_line_on_every_card_where_any_night_has_some(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel).window.page
    assert all(card.values[-1].isHidden() for card in page.cards)
    view = fake_views.today(fake_views.CITY)
    nights = (replace(view.nights[0], rooms=218, out_of_order=8), *view.nights[1:])
    page.show_view(replace(view, nights=nights))
    assert not any(card.values[-1].isHidden() for card in page.cards)
    assert [card.values[-1].text() for card in page.cards[:2]] == ["8", "0"]
    assert page.cards[0].rooms.whole_text.endswith(" of 218 rooms")
    assert page.cards[0].accessibleName().endswith(" lost rooms, 8 out of order")
    shut = replace(view.nights[0], rooms=0, expected=0.0, out_of_order=226)
    page.show_view(replace(view, nights=(shut, *view.nights[1:])))
    assert (page.cards[0].figure.text(), page.cards[0].rooms.whole_text) == ("0", "0 of 0 rooms")


def test_an_old_export_is_not_called_tonight(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel).window.page
    view = fake_views.today(fake_views.CITY)
    old = Freshness(view.freshness.business_date, "old.csv", view.freshness.imported_at, 5)
    page.show_view(TodayView(**{name: getattr(view, name) for name in view.__dataclass_fields__} | {"freshness": old}))
    assert page.cards[0].day.whole_text == "Thu 1 Sep"
    assert "5 days old" in page.provenance.whole_text


def test_every_decision_has_one_button_that_leads_to_its_page(window: WindowApplication) -> None:
    page = window.window.page
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    buttons["Call list"].click()
    assert window.window.current == "arrivals"


def test_a_warning_can_be_put_away(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.warnings = (
        WarningView("k", "The forecast was damaged", "The one of Sat 27 Aug answers: 1,204 nights.", "", fake_views.NOW),
    )
    page = open_window(hotel).window.page
    assert any(one.text() == "The one of Sat 27 Aug answers: 1\xa0204 nights." for one in page.findChildren(QLabel))
    away = next(button for button in page.findChildren(QPushButton) if button.text() == "Put away")
    away.click()
    wait_for(
        lambda: not hotel.warnings and not any(b.text() == "Put away" for b in page.findChildren(QPushButton) if b.isVisible())
    )


def test_who_may_not_come_leads_to_the_arrivals(window: WindowApplication) -> None:
    page = window.window.page
    page.risky.opened.emit(page.risky.keys[0])
    assert window.window.current == "arrivals"


def test_a_decision_about_a_day_leads_to_that_day(open_window: Open, hotel: FakeAppliance) -> None:
    day = fake_views.BUSINESS_DATE + timedelta(days=3)
    hotel.decisions = (DecisionView("4 rooms may not come", "detail", "Call list", "arrivals", day=day),)
    opened = open_window(hotel, "arrivals")
    opened.window.open_page("today")
    wait_for(lambda: opened.window.page.body.state == "content")
    next(one for one in opened.window.page.findChildren(QPushButton) if one.text() == "Call list").click()
    wait_for(lambda: opened.window.page.view is not None and opened.window.page.view.day == day)
    assert opened.window.page.days.choice == day.isoformat()


def test_no_scroll_bar_where_everything_fits(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "models", (1366, 1000))
    area = opened.window.page.findChildren(QScrollArea)[0]
    assert area.verticalScrollBar().maximum() == 0
    opened.window.resize(1366, 480)
    wait_for(lambda: area.verticalScrollBar().maximum() > 0)


def test_a_list_without_rows_says_whether_that_is_good(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    page.rejected.set_rows([])
    assert page.rejected.empty.words == "Every row that was read could be used."
    assert page.imports.empty.words == ""
    page.filter.setText("no such file")
    assert "filter" in page.imports.empty.words
    page.filter.clear()
    assert page.imports.empty.words == ""


def test_the_property_switcher_appears_with_the_second_property(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    rail = opened.window.rail
    assert rail.property_box.isVisible()
    rail.property_chosen.emit(fake_views.RESORT)
    wait_for(lambda: opened.window.page.view is not None and opened.window.page.view.property_name == fake_views.RESORT)
    assert rail.property_box.currentText() == fake_views.RESORT


def test_what_another_hotel_wants_leads_to_its_own_page(open_window: Open, hotel: FakeAppliance) -> None:
    away = DecisionView(f"{fake_views.RESORT} wants a look", "Its export is odd.", "See it", "today", hotel=fake_views.RESORT)
    hotel.decisions = (away,)
    opened = open_window(hotel)
    (button,) = [one for one in opened.window.page.findChildren(QPushButton) if one.text() == away.button]
    button.click()
    wait_for(lambda: opened.window.page.view is not None and opened.window.page.view.property_name == fake_views.RESORT)
    assert opened.window.rail.property_box.currentText() == fake_views.RESORT


def test_one_property_is_named_without_a_switcher(open_window: Open) -> None:
    rail = open_window(FakeAppliance((fake_views.CITY,))).window.rail
    assert not rail.property_box.isVisible()
    assert rail.property_name.whole_text == fake_views.CITY


def test_settings_of_another_theme_redraw_every_page(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast")
    opened.context.look.choose("dark")
    pause(30)
    assert opened.window.page.body.state == "content"
    opened.context.look.choose("light")


def test_a_card_of_a_night_opens_its_arrivals_by_mouse_and_keyboard(window: WindowApplication, hotel: FakeAppliance) -> None:
    page = window.window.page
    for at, act in ((2, QTest.mouseClick), (4, QTest.keyClick)):
        window.window.open_page("today")
        act(page.cards[at], Qt.MouseButton.LeftButton if act is QTest.mouseClick else Qt.Key.Key_Return)
        arrivals = window.window.page
        wait_for(lambda at=at, arrivals=arrivals: arrivals.view is not None and arrivals.view.day == page.view.nights[at].night)
        assert arrivals.key == "arrivals"
