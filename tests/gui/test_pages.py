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

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.pages.registry import PAGES
from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.walk_plan import WalkPlanDialog
from hotelml_app.services.errors import DayOutsideDataError
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.services.nights.views import DecisionView, NightView, TodayView

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


def test_a_reason_that_all_arrivals_share_is_said_once(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    whole = fake_views.arrivals(fake_views.CITY, None)
    unknown = tuple(
        replace(one, band="unknown", p_lost=0.02, reasons=("one day before arrival no sign shows",)) for one in whole.arrivals
    )
    page._answer(replace(whole, arrivals=unknown))
    assert page._call_hint.text() == "One day before arrival no sign shows."
    assert {page.table.text_at(key, 8) for key in page.table.keys} == {"–"}


def test_a_new_export_leaves_the_day_that_staff_are_working_on(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    page.days.chosen.emit("2016-09-03")
    wait_for(lambda: page.view.day.isoformat() == "2016-09-03")
    page.context.show_property(replace(page.context.looked_at, business_date=fake_views.BUSINESS_DATE + timedelta(days=1)))
    page.refresh()
    wait_for(lambda: page.view is not None)
    assert page.view.day.isoformat() == "2016-09-03"


def test_a_day_that_a_new_export_has_ended_gives_way_to_the_next_one(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    page.days.chosen.emit("2016-09-03")
    wait_for(lambda: page.view.day.isoformat() == "2016-09-03")
    page.context.show_property(replace(page.context.looked_at, business_date=fake_views.BUSINESS_DATE + timedelta(days=5)))
    hotel.failures["arrivals"] = DayOutsideDataError("Arrivals of Sat 3 Sep 2016 are not known.")
    asked = hotel.asked["arrivals"]
    page.refresh()
    wait_for(lambda: hotel.asked["arrivals"] == asked + 2 and page.body.state == "message")
    assert page._day is None
    del hotel.failures["arrivals"]
    page.refresh()
    wait_for(lambda: page.view is not None)
    assert page.view.day.isoformat() == "2016-09-01"


def test_what_raised_is_measured_against_is_said_of_the_day(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    whole = fake_views.arrivals(fake_views.CITY, fake_views.BUSINESS_DATE + timedelta(days=3))
    page._answer(replace(whole, arrivals=tuple(replace(one, usual=0.041) for one in whole.arrivals)))
    head = page.table.model().headerData(0, Qt.Orientation.Horizontal)
    assert head.splitlines()[1].replace("\xa0", " ") == "usual 3 days before: 4 %"
    page._answer(replace(whole, arrivals=tuple(replace(one, usual=0.041, band="unknown") for one in whole.arrivals)))
    assert page.table.model().headerData(0, Qt.Orientation.Horizontal) == "Risk"


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


def test_arrivals_start_with_the_next_day_and_change_to_another(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    assert page.days.choice == "2016-09-01"
    page.days.chosen.emit("2016-09-02")
    wait_for(lambda: page.view.day.isoformat() == "2016-09-02")
    page.later.setCurrentIndex(4)
    page.later.activated.emit(4)
    late = fake_views.BUSINESS_DATE + timedelta(days=9)
    wait_for(lambda: page.view.day == late)
    assert page.days.choice == ""


def test_arrivals_are_ranked_with_risk_as_words_and_reasons(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    first = page.view.arrivals[0]
    assert page.table.text_at(first.reservation_id, 0).startswith("High")
    assert page.table.text_at(first.reservation_id, 8) == ", ".join(first.reasons)


def test_arrivals_say_how_many_rooms_to_sell_and_whom_to_walk_first(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    advice = page.view.advice
    assert str(advice.night.advice.sell_up_to) in page._advice.text()
    assert "a walk costs" in page._behind.text().lower()
    assert "risk of a walk if all are sold" in page._behind.text(), "nobody is walked while the house is half empty"
    page.walks.click()
    dialog = next(one for one in page.findChildren(WalkPlanDialog) if one.isVisible())
    first = advice.walk_plan[0]
    assert dialog.table.text_at(first.reservation_id, 0) == "1"
    assert dialog.table.text_at(first.reservation_id, 3) == ", ".join(first.reasons)
    dialog.accept()


def test_a_tick_that_is_not_kept_is_taken_back_and_told(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    told = []
    page.context.noticed.connect(told.append)
    hotel.failures["tick_call"] = HotelMLError("The disk is full.", remedy="Make room.")
    page.table.toggle(page.view.arrivals[0].reservation_id)
    wait_for(lambda: bool(told))
    assert page.called == set()
    assert page._call_words.text().startswith("0 of ")


def test_calls_are_ticked_off_and_the_next_shift_sees_it(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    first = page.view.arrivals[0].reservation_id
    page.table.toggle(first)
    assert page._call_words.text().startswith("1 of ")
    wait_for(lambda: page.context.runner.quiet)
    assert hotel.called == {first}
    page = open_window(hotel, "arrivals").window.page
    assert first in page.called
    assert page._call_words.text().startswith("1 of ")


def test_the_property_switcher_appears_with_the_second_property(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    rail = opened.window.rail
    assert rail.property_box.isVisible()
    rail.property_chosen.emit(fake_views.RESORT)
    wait_for(lambda: opened.window.page.view is not None and opened.window.page.view.property_name == fake_views.RESORT)
    assert rail.property_box.currentText() == fake_views.RESORT


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


def test_days_to_choose_from_are_written_anew_once_the_country_is_known(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    assert page.later.itemText(1) == "Tue 6 Sep"
    hotel.facts = {name: replace(facts, country="US") for name, facts in hotel.facts.items()}
    page.context.properties_changed.emit()
    wait_for(lambda: page.context.place.country == "US" and page.context.runner.quiet)
    assert page.later.itemText(1) == "Tue Sep 6"
    assert page.days._group.button(0).text() == "Thu Sep 1"
