"""The Arrivals page: who may not come is called first, ticked off and told to the next shift, for the day that staff look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import fake_views
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from qt_waiting import pause, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.widgets.dialogs.types_to_sell import TypesToSellDialog, text_of
from hotelml_app.gui.widgets.dialogs.walk_plan import WalkPlanDialog
from hotelml_app.services.errors import DayOutsideDataError


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


def test_arrivals_say_how_many_rooms_of_each_type_to_sell(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    page.types.click()
    dialog = next(one for one in page.findChildren(TypesToSellDialog) if one.isVisible())
    lost = page.context.place.number(5.0, 1)
    assert [dialog.table.text_at("A", at) for at in range(6)] == ["A", "6", "150", "148", lost, "12 %"]
    assert dialog.table.text_at("B", 1) == "4"
    assert text_of(page.view.advice.night).startswith("Together 10 rooms to sell still")
    dialog.accept()


def test_where_no_room_is_to_be_sold_no_type_is(hotel: FakeAppliance) -> None:
    advice = hotel.arrivals(fake_views.CITY).advice
    assert advice is not None
    full = replace(advice.night, on_books=advice.night.advice.sell_up_to)
    assert text_of(full) == "No room is left to sell: as many are booked as it pays to sell."


def test_what_the_types_leave_of_the_house_is_said(hotel: FakeAppliance) -> None:
    advice = hotel.arrivals(fake_views.CITY).advice
    assert advice is not None
    none = replace(advice.night.room_types[0].advice, sell_more=0)
    none_left = tuple(replace(one, rooms=5, out_of_order=0, advice=none) for one in advice.night.room_types)
    said = text_of(replace(advice.night, room_types=none_left))
    assert said.startswith(f"The house may sell {advice.night.sell_more} rooms more than its types have left.")
    house = advice.night.rooms + advice.night.out_of_order
    assert f"The types have {5 * len(none_left)} rooms together, the house {house}." in said


def test_what_is_said_above_the_arrivals_is_not_cut_off_in_a_small_window(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "arrivals")
    page = opened.window.page
    whole = fake_views.arrivals(fake_views.CITY, None)
    night = replace(whole.advice.night, rooms_told=False, out_of_order=2)
    page._answer(replace(whole, advice=replace(whole.advice, night=night)))
    for width, height in ((1366, 768), (911, 512)):
        opened.window.resize(width, height)
        pause(50)
        for told in (page._lost_words, page._advice, page._behind, page._call_hint):
            assert told.height() >= told.heightForWidth(told.width()), (width, told.text())


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


def test_days_to_choose_from_are_written_anew_once_the_country_is_known(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "arrivals").window.page
    assert page.later.itemText(1) == "Tue 6 Sep"
    hotel.facts = {name: replace(facts, country="US") for name, facts in hotel.facts.items()}
    page.context.properties_changed.emit()
    wait_for(lambda: page.context.place.country == "US" and page.context.runner.quiet)
    assert page.later.itemText(1) == "Tue Sep 6"
    assert page.days._group.button(0).text() == "Thu Sep 1"
