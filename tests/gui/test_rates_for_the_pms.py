"""Rates that are to be entered in the PMS, and answers that come when another hotel is looked at by then."""

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
from hotelml_app.gui.rates_parts.for_pms import ForPmsDialog, csv_rows, list_text
from hotelml_app.services.rates.views import EnterRates

SATURDAY = date(2016, 9, 3)


@pytest.fixture
def page(open_window: Open, hotel: FakeAppliance) -> RatesPage:
    found = open_window(hotel, "rates").window.page
    assert isinstance(found, RatesPage)
    return found


def opened_list(page: RatesPage) -> ForPmsDialog:
    """The list for the PMS, after the whole month was accepted."""
    page.all_month.click()
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
    assert not dialog.table.is_ticked("2016-09-03|A")


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
    saved = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
    assert saved[:2] == [
        "property,stay_date,room_type,rate_before,rate,currency,rate_before_is",
        "H1 City,2016-09-03,A,110,131,EUR,known",
    ]
    assert len(saved) == len(lines)


def test_a_rate_that_was_only_guessed_is_not_listed_as_if_it_were_known(page: RatesPage) -> None:
    dialog = opened_list(page)
    first = replace(page.view.to_enter[0], guessed=True)
    dialog.show_view(replace(page.view, to_enter=(first,)))
    assert dialog.table.text_at(dialog.table.keys[0], 3) == "about 110"
    assert list_text(page.context.place, replace(page.view, to_enter=(first,))).splitlines()[1].split("\t")[2] == "about 110"
    assert csv_rows(replace(page.view, to_enter=(first,)))[0][-1] == "guessed"


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
