"""What is written on the forecast chart: names of events that never meet, and days below no other than its nights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import fake_views
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication
from qt_waiting import wait_for

from hotelml_app.gui.charts.forecast_plot import ForecastPlot
from hotelml_app.gui.charts.plot_labels import LINE_PIXELS, placed_names
from hotelml_app.gui.place import Place

NIGHTS = 90
LONG_NAMES = {2: "Restoration of Independence Day", 9: "Immaculate Conception", 26: "Christmas Day", 33: "New Year's Day"}


SATURDAY = date(2016, 9, 3)


def drawn(width: int) -> ForecastPlot:
    hotel = next(iter(fake_views.ROOMS))
    view = fake_views.forecast(hotel, "rooms_sold", "", NIGHTS)
    points = [
        replace(point, night=SATURDAY + timedelta(days=at), event=LONG_NAMES.get(at, "")) for at, point in enumerate(view.nights)
    ]
    plot = ForecastPlot()
    plot.resize(width, 420)
    plot.show()
    QApplication.processEvents()
    plot.show_view(replace(view, nights=tuple(points)), Place())
    QApplication.processEvents()
    return plot


def event_names(plot: ForecastPlot) -> list[QRectF]:
    names = [item for item in plot.getPlotItem().items if isinstance(item, pg.TextItem)]
    named = [item for item in names if item.toPlainText() in LONG_NAMES.values()]
    return [item.mapRectToScene(item.boundingRect()) for item in named]


@pytest.mark.parametrize("width", [480, 620, 900, 1800])
def test_names_of_events_never_meet(qt: QApplication, width: int) -> None:
    plot = drawn(width)
    places = event_names(plot)
    assert len(places) >= 2
    for at, one in enumerate(places):
        beside = [other for other in places[:at] if abs(other.center().y() - one.center().y()) < LINE_PIXELS / 2]
        assert not any(one.intersects(other) for other in beside)
    plot.hide()


def test_all_names_are_written_where_there_is_room(qt: QApplication) -> None:
    plot = drawn(1800)
    assert len(event_names(plot)) == len(LONG_NAMES)
    plot.hide()


def test_a_long_name_is_cut_short_so_that_the_next_event_is_named_too(qt: QApplication) -> None:
    events = [(13.0, "Restoration of Independence Day"), (58.0, "Immaculate Conception"), (155.0, "Christmas Day")]
    one, two, three = placed_names([*events, (160.0, "Christmas Day")])
    assert [name.text for name in (two, three)] == ["Immaculate Conception", "Christmas Day"]
    assert one.text.startswith("Restoration")
    assert one.text.endswith("…")
    assert one.ends <= three.begins
    assert (one.line, two.line, three.line) == (0, 1, 0)


def test_a_name_at_the_edge_of_the_chart_begins_earlier(qt: QApplication) -> None:
    (free,), (held,) = (placed_names([(280.0, "Emperor's Birthday")], ends) for ends in (900.0, 300.0))
    assert free.begins == 280
    assert held.text == free.text == "Emperor's Birthday"
    assert held.ends == pytest.approx(300)


def test_an_event_too_near_to_two_others_goes_without_a_name(qt: QApplication) -> None:
    assert len(placed_names([(0.0, "Feria de abril"), (20.0, "Labour Day"), (40.0, "Mother's Day")])) == 2


@pytest.mark.parametrize("width", [480, 900])
def test_every_tick_is_a_monday_of_the_forecast_and_has_its_day(qt: QApplication, width: int) -> None:
    plot = drawn(width)
    axis = plot.getPlotItem().getAxis("bottom")
    ground = QPixmap(10, 10)
    painter = QPainter(ground)
    _, ticks, words = axis.generateDrawSpecs(painter)
    painter.end()
    nights = [SATURDAY + timedelta(days=at) for at in range(NIGHTS)]
    mondays = {Place().day(night, weekday=False) for night in nights if night.weekday() == 0}
    assert len(ticks) == len(words) >= 3
    assert {text for _, _, text in words} <= mondays
    plot.hide()


def test_nights_of_which_no_rate_is_known_do_not_shift_the_dates_below_the_others() -> None:
    view = fake_views.forecast(next(iter(fake_views.ROOMS)), "adr", "", NIGHTS)
    closed = range(10, 40)
    nights = tuple(point for at, point in enumerate(view.nights) if at not in closed)
    plot = ForecastPlot()
    plot.show_view(replace(view, nights=nights), Place("PT", "EUR"))
    axis = plot.getPlotItem().getAxis("bottom")
    ((_, ticks),) = axis.tickValues(-0.5, 60.0, 800.0)
    named = axis.tickStrings(ticks, 1.0, 7.0)
    assert named == [Place("PT").day(nights[int(at)].night, weekday=False) for at in ticks]
    assert named[:3] == ["5 Sep", "11 Oct", "17 Oct"], "the first night of each week in which there is one"


def test_names_beside_lines_at_the_foot_lie_above_the_axis(qt: QApplication) -> None:
    view = fake_views.forecast(next(iter(fake_views.ROOMS)), "rooms_sold", "", NIGHTS)
    nothing = dict.fromkeys(("on_books", "p10", "p25", "p50", "p75", "p90", "last_year"), 0.0)
    plot = ForecastPlot()
    plot.resize(900, 420)
    plot.show()
    QApplication.processEvents()
    plot.show_view(replace(view, nights=tuple(replace(point, **nothing) for point in view.nights)), Place())

    def names() -> list[pg.TextItem]:
        return [item for item in plot.getPlotItem().items if isinstance(item, pg.TextItem)]

    def lies_above(item: pg.TextItem) -> bool:
        foot = plot.getPlotItem().getViewBox().sceneBoundingRect().bottom()
        return bool(item.mapRectToScene(item.boundingRect()).center().y() + LINE_PIXELS / 4 <= foot)

    # The names are put in their places once the plot has its size.
    wait_for(lambda: {"Forecast", "Last year"} <= {item.toPlainText() for item in names()} and all(map(lies_above, names())))
    plot.hide()


def test_the_line_of_the_house_lies_lower_on_nights_with_rooms_out_of_order(qt: QApplication) -> None:
    view = fake_views.forecast(fake_views.CITY, "rooms_sold", "", 5)
    closed = (8, 8, 0, 0, 3)
    points = tuple(replace(point, out_of_order=rooms) for point, rooms in zip(view.nights, closed, strict=True))
    plot = ForecastPlot()
    plot.show()
    plot.show_view(replace(view, nights=points), Place())
    nights, rooms = plot._capacity.getData()
    assert nights.tolist() == [-0.5, 0.5, 0.5, 1.5, 1.5, 2.5, 2.5, 3.5, 3.5, 4.5]
    assert rooms.tolist() == [218, 218, 218, 218, 226, 226, 226, 226, 223, 223]
    QApplication.processEvents()
    names = [item.toPlainText() for item in plot.getPlotItem().items if isinstance(item, pg.TextItem)]
    assert "223 rooms" in names
    plot.hide()
