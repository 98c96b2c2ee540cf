"""A past day again, opened from the Forecast page: day by day, worked out where nothing was kept, and stopped at will."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from threading import Event

import fake_looking
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QDate, QPointF, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from qt_waiting import settle, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.charts.replay_chart import ReplayChart, chart_words, night_words
from hotelml_app.gui.forecast_parts.look_back_dialog import LookBackDialog
from hotelml_app.gui.place import Place
from hotelml_app.services.replay.views import SaidFrom

KEPT = fake_looking.KEPT[0]
DAY = timedelta(days=1)


@pytest.fixture
def opened(open_window: Open, hotel: FakeAppliance) -> WindowApplication:
    return open_window(hotel, "forecast")


def look_back(opened: WindowApplication) -> LookBackDialog:
    opened.window.page.look_back.click()
    (found,) = [one for one in opened.window.findChildren(LookBackDialog) if one.isVisible()]
    wait_for(lambda: opened.runner.quiet)
    return found


def shown(dialog: LookBackDialog, day: date) -> None:
    wait_for(lambda: dialog.view is not None and dialog.view.day == day)


def test_the_button_opens_a_day_that_was_kept(opened: WindowApplication) -> None:
    dialog = look_back(opened)
    assert dialog.view.day == dialog.day.day == KEPT
    assert dialog.sentence.text().startswith("HotelML expected 1\xa0204 rooms")
    assert len(dialog.table.keys) == 14
    first = (KEPT + DAY).isoformat()
    assert [dialog.table.text_at(first, column) for column in (5, 8)] == ["+12", "outside the range"]
    assert not dialog._offer_part.isVisible()
    assert dialog.origin.property("role") == "muted"
    assert "38 did not" in dialog.lost.text()


def test_keys_go_a_day_or_a_week_and_stop_at_the_ends(opened: WindowApplication) -> None:
    dialog = look_back(opened)
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    shown(dialog, KEPT + DAY)
    QTest.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    shown(dialog, KEPT - 6 * DAY)
    dialog.day.setDate(QDate(fake_looking.LAST.year, fake_looking.LAST.month, fake_looking.LAST.day))
    shown(dialog, fake_looking.LAST)
    assert [days for days, button in dialog.steps.items() if button.isEnabled()] == [-7, -1]
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.day.day == fake_looking.LAST


def test_only_days_there_is_something_for_can_be_chosen_and_kept_ones_are_marked(opened: WindowApplication) -> None:
    dialog = look_back(opened)
    assert dialog.day.minimumDate() == QDate(fake_looking.FIRST.year, fake_looking.FIRST.month, fake_looking.FIRST.day)
    assert dialog.day.maximumDate() == QDate(fake_looking.LAST.year, fake_looking.LAST.month, fake_looking.LAST.day)
    calendar = dialog.day.calendarWidget()
    weights = [calendar.dateTextFormat(QDate(one.year, one.month, one.day)).fontWeight() for one in (KEPT, KEPT + DAY)]
    assert weights[0] == QFont.Weight.Bold
    assert weights[1] != QFont.Weight.Bold


def test_weekends_of_the_calendar_follow_another_look(opened: WindowApplication) -> None:
    calendar = look_back(opened).day.calendarWidget()
    opened.context.look.choose("dark")
    try:
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            shown = calendar.weekdayTextFormat(day).foreground().color().name().upper()
            assert shown == opened.context.look.colours.text
    finally:
        opened.context.look.choose("light")


def test_nights_to_come_say_so_instead_of_an_outcome(opened: WindowApplication) -> None:
    dialog = look_back(opened)
    dialog.show_day(fake_looking.KEPT[2])
    shown(dialog, fake_looking.KEPT[2])
    keys = dialog.table.keys
    assert dialog.table.text_at(keys[0], 4) != "to come"
    assert {dialog.table.text_at(key, 4) for key in keys[6:]} == {"to come"}
    assert {dialog.table.text_at(key, 5) for key in keys[6:]} == {"–"}


def test_a_day_that_was_not_kept_is_worked_out_on_request_and_marked(opened: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = look_back(opened)
    dialog.steps[-1].click()
    shown(dialog, KEPT - DAY)
    assert dialog.work_out.isVisible()
    assert dialog.table.text_at(dialog.table.keys[0], 2) == "–"
    hotel.gates["work out"] = gate = Event()
    dialog.work_out.click()
    wait_for(lambda: dialog.bar.isVisible() and dialog.cancel.isVisible())
    gate.set()
    wait_for(lambda: dialog.view.said_from is SaidFrom.WORKED_OUT)
    assert dialog.origin.property("role") == "event"
    assert not dialog._offer_part.isVisible()
    dialog.steps[-1].click()
    wait_for(lambda: dialog.view.day == KEPT - 2 * DAY and dialog.view.said_from is SaidFrom.WORKED_OUT)
    assert all(name.startswith("window-") for name in hotel.threads), "never on the window's own thread"


def test_working_out_is_stopped_and_the_window_stays_alive(opened: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = look_back(opened)
    dialog.steps[-1].click()
    shown(dialog, KEPT - DAY)
    hotel.gates["work out"] = gate = Event()
    dialog.work_out.click()
    wait_for(lambda: dialog.cancel.isVisible())
    dialog.cancel.click()
    assert dialog.work_out.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    shown(dialog, KEPT)
    gate.set()
    wait_for(lambda: opened.runner.quiet)
    assert dialog.view.day == KEPT, "what was stopped does not come back"


def test_a_dialog_closed_while_a_day_is_worked_out_leaves_nothing_behind(opened: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = look_back(opened)
    dialog.steps[-1].click()
    shown(dialog, KEPT - DAY)
    hotel.gates["work out"] = gate = Event()
    dialog.work_out.click()
    wait_for(lambda: hotel.asked["work out"] == 1)
    dialog.reject()
    gate.set()
    wait_for(lambda: opened.runner.quiet)
    settle()
    assert not opened.window.findChildren(LookBackDialog)
    assert not [one for one in opened.context.children() if type(one).__name__ == "ReplayRun"]


def test_what_keeps_a_day_from_being_shown_is_said_in_its_place(opened: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.failures["replay"] = HotelMLError("The database is locked.", remedy="Try again in a moment.")
    dialog = look_back(opened)
    assert (dialog.sentence.text(), dialog.detail.text()) == ("The database is locked.", "Try again in a moment.")
    assert dialog._body.isHidden()


def test_a_small_window_has_room_for_the_way_from_day_to_day(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "forecast", (911, 512))
    dialog = look_back(opened)
    assert dialog.width() <= 911
    assert dialog.height() <= 512
    assert dialog.minimumSizeHint().width() <= dialog.width()


def test_a_busier_year_before_is_drawn_night_by_night(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    view = fake_looking.replayed("Hotel", KEPT, (KEPT,), 14, work_out=False)
    busier = 3 * max(one.on_books for one in view.nights)
    nights = (view.nights[0], replace(view.nights[1], last_year=busier), *view.nights[2:])
    drawn: list[list[QPointF]] = []
    monkeypatch.setattr("hotelml_app.gui.charts.replay_chart.join", lambda painter, points: drawn.append(list(points)))
    chart = ReplayChart()
    chart.resize(800, 240)
    chart.show_view(Place(), replace(view, nights=nights))
    chart.grab()
    assert chart._at(1, busier).y() >= 0, "it is inside the chart"
    assert any(chart._at(1, busier) in points for points in drawn), "no line is drawn past it"


def test_the_chart_is_said_in_words_for_those_who_cannot_see_it() -> None:
    view = fake_looking.replayed("H1", KEPT, fake_looking.KEPT, 14, work_out=False)
    said = chart_words(Place("GB"), view)
    assert said.startswith(f"Rooms per night after {Place('GB').day(KEPT, year=True)}. "), "which may be years ago"
    assert night_words(Place("GB"), view.nights[0]).endswith(f"{view.nights[0].came:.0f} came")
