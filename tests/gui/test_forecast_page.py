"""The Forecast page: its figures, its chart and the night that is pointed at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from qt_waiting import pause, wait_for

from hotelml_app.services.nights.views import ForecastView


def test_forecast_switches_figure_room_type_and_segment(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    page.switch.chosen.emit("revenue")
    page.switch.choose("revenue")
    page.refresh()
    wait_for(lambda: page.view.metric == "revenue")
    assert page.table.model().headerData(3, page.table.horizontalHeader().orientation()) == "Forecast\nEUR"
    page.part.setCurrentIndex(2)
    page.refresh()
    wait_for(lambda: page.view.room_type == "B")
    assert page.part.currentText() == "Room type B"
    page.part.setCurrentIndex(page.part.findText("Segment Groups"))
    page.refresh()
    wait_for(lambda: page.view.segment == "Groups")
    assert page.view.room_type == ""
    assert page.part.currentText() == "Segment Groups"


def test_forecast_says_that_other_figures_were_not_what_it_was_judged_by(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    assert page.provenance.whole_text.endswith("last year's rule 14,2\xa0%)")
    page.switch.choose("adr")
    page.switch.chosen.emit("adr")
    wait_for(lambda: page.view.metric == "adr")
    assert page.provenance.whole_text.endswith("14,2\xa0%, in rooms of the whole house)")


def test_forecast_reads_out_the_night_that_is_pointed_at(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    page.plot.pointed.emit(3)
    point = page.view.nights[3]
    assert page.readout.night.text() == "Sun 4 Sep"
    assert page.readout.values[0].text() == f"{point.on_books:.0f}"
    assert page.readout.values[2].text() == f"{point.p50:.0f}"


def test_the_mouse_points_at_nights_and_a_click_chooses_one(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    plot, box = page.plot, page.plot.getPlotItem().getViewBox()
    pause(50)
    spot = plot.mapFromScene(box.mapViewToScene(QPointF(30, 100)))
    QTest.mouseMove(plot.viewport(), spot)
    wait_for(lambda: page.readout.night.text() == page.context.place.day(page.view.nights[30].night))
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    wait_for(lambda: page.table.current_key == page.view.nights[30].night.isoformat())
    page._read_out(3)
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert page.readout.night.text() == page.context.place.day(page.view.nights[30].night), "the chosen night is read out again"


def test_the_chosen_night_is_still_the_one_read_out_when_the_figure_changes(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    page._read_out(-1)
    assert page.readout.night.text() == "Thu 1 Sep", "the first, while none is chosen"
    page.table.choose("2016-09-21")
    page.switch.choose("revenue")
    page.refresh()
    wait_for(lambda: page.view.metric == "revenue")
    assert page.table.current_key == "2016-09-21"
    assert page.readout.night.text() == "Wed 21 Sep"


def test_choosing_a_night_in_chart_or_table_chooses_it_in_both(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    page.plot.chosen.emit(10)
    assert page.table.current_key == page.view.nights[10].night.isoformat()
    page.table.choose(page.view.nights[20].night.isoformat())
    assert page.readout.night.text() == page.context.place.day(page.view.nights[20].night)


def test_forecast_table_lists_all_ninety_nights_and_finds_one(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    assert len(page.table.keys) == 90
    page.table.set_filter("Wed 5 Oct")
    assert page.table.keys == ("2016-10-05",)


def test_a_figure_that_cannot_be_told_leaves_a_way_back_to_the_rooms(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = hotel.forecast

    def without_rates(name: str, metric: str = "rooms_sold", *part: object, **named: object) -> ForecastView:
        view = told(name, metric, *part, **named)
        return replace(view, nights=()) if metric == "adr" else view

    monkeypatch.setattr(hotel, "forecast", without_rates)
    page = open_window(hotel, "forecast").window.page
    page.part.setCurrentIndex(1)
    page.switch.choose("adr")
    page.refresh()
    wait_for(lambda: page.body.state == "message")
    assert page.body.message.title.text() == "No rate can be told"
    assert not page.switch.isVisible(), "what was chosen cannot be chosen otherwise here"
    page.body.message.button.click()
    wait_for(lambda: page.body.state == "content")
    assert (page.view.metric, page.view.room_type, page.switch.choice) == ("rooms_sold", "", "rooms_sold")
    assert page.part.currentText() == "Whole house"


def test_rooms_out_of_order_are_read_out_where_any_night_has_some(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    name, value = page.readout.names[-1], page.readout.values[-1]
    assert name.isHidden()
    page.view = replace(page.view, nights=(replace(page.view.nights[0], out_of_order=8), *page.view.nights[1:]))
    page.show_view(page.view)
    assert (name.text(), value.text()) == ("Out of order", "8")
    assert not name.isHidden()
    assert not value.isHidden()
