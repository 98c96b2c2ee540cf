"""Rooms: the plan shows who is where, suggestions are taken on with one key, and nothing is written into the PMS."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import fake_rooms
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from qt_waiting import pause, press, wait_for

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.gui.pages.rooms import RoomsPage
from hotelml_app.gui.place import Place
from hotelml_app.gui.rooms_parts.dialogs import ClosedRoomsDialog, MoveDialog
from hotelml_app.gui.rooms_parts.plan_rows import layout_of
from hotelml_app.gui.rooms_parts.stories import stories_of
from hotelml_app.gui.rooms_parts.to_do_list import list_page, list_text, print_on
from hotelml_app.services.rooms.views import CloseRoom, GiveRoom, LockRoom, OpenRoom, TakeBack, TakeOn, UndoRooms


@pytest.fixture
def page(open_window: Open, hotel: FakeAppliance) -> RoomsPage:
    return open_window(hotel, "rooms").window.page


def test_rooms_go_down_by_type_and_who_has_none_stands_on_top() -> None:
    layout = layout_of(fake_rooms.rooms("H"), as_in_pms=False)
    assert [row.label for row in layout.rows[:3]] == ["No room", "A", "101"]
    assert [row.label for row in layout.rows if row.kind == "type"] == ["A", "B", "D"]
    refused = layout.bar("40108#0")
    assert layout.rows[refused.row].label == "No room"
    assert refused.conflict


def test_guests_come_and_go_in_the_middle_of_a_day_and_old_stays_begin_at_the_edge() -> None:
    layout = layout_of(fake_rooms.rooms("H"), as_in_pms=False)
    guest, given = layout.bar("40101#0"), layout.bar("40104#0")
    assert (guest.begin, guest.end) == (0.0, 3.5)
    assert (given.begin, given.end) == (0.5, 3.5)


def test_two_bookings_in_one_room_of_the_pms_lie_one_below_the_other_and_are_red() -> None:
    view = fake_rooms.rooms("H")
    now = layout_of(view, as_in_pms=True)
    one, other = now.bar("40102#0"), now.bar("40103#0")
    assert one.row == other.row
    assert (one.lane, other.lane, one.lanes) == (0, 1, 2)
    assert one.conflict
    assert other.conflict
    assert now.bar("40104#0") is None, "it has no room in the PMS"
    suggested = layout_of(view, as_in_pms=False)
    assert suggested.bar("40103#0").lanes == 1
    assert not suggested.bar("40103#0").conflict


def test_the_list_that_wants_a_decision_comes_first_with_the_most_pressing_on_top(page: RoomsPage) -> None:
    assert page.panel.tab == "decide"
    assert page.panel.list.keys == ("40108", "40103")
    heads = [page.panel.list.item(row).text() for row in range(2)]
    assert heads[0].startswith("40108, Mon 5 Sep: no room")
    assert "102 → 103" in heads[1]
    assert "The PMS has 40102 and 40103 in room 102" in heads[1]


def test_what_is_chosen_in_a_list_stays_chosen_while_the_list_is_filled_anew(page: RoomsPage) -> None:
    page.panel.list.choose("40108")
    page.change(LockRoom("40102", locked=True))
    wait_for(lambda: not page.run.running and page.context.runner.quiet)
    assert page.panel.list.keys == ("40108", "40103")
    assert page.panel.list.current_key == "40108"


def test_days_in_reasons_and_messages_are_written_as_the_country_does(page: RoomsPage, hotel: FakeAppliance) -> None:
    view = fake_rooms.rooms("Hotel", True)
    told = [story.text for story in stories_of(view, Place("US", "USD"), "decide")]
    assert any("in room 102 on Fri Sep 2." in text for text in told)
    page.context.looked_at = replace(page.context.looked_at, country="US")
    notices = []
    page.context.noticed.connect(notices.append)
    page.context.tell_error(HotelMLError("Room 1.02 is taken until Sun 4 Sep."))
    assert notices[-1].message == "Room 1.02 is taken until Sun Sep 4."


def test_choosing_a_suggestion_shows_it_on_the_plan_and_the_other_way_round(page: RoomsPage) -> None:
    page.panel.list.setCurrentRow(1)
    assert page.plan.current == "40103#0"
    assert "40103" in page._chosen.text()
    page.plan.choose("40108#0")
    assert page.panel.list.current_key == "40108"


def test_enter_takes_a_suggestion_on_and_all_of_a_list_go_with_one_button(page: RoomsPage, hotel: FakeAppliance) -> None:
    page.panel.list.setCurrentRow(1)
    QTest.keyClick(page.panel.list, Qt.Key.Key_Return)
    wait_for(lambda: fake_rooms.said(hotel) == [TakeOn(("40103",))] and not page.run.running)
    page.panel.tabs.choose("give")
    page.panel.tabs.chosen.emit("give")
    page.panel.all.click()
    wait_for(lambda: fake_rooms.said(hotel)[1:] == [TakeOn(("40104", "40105"))])


def test_after_one_is_taken_on_enter_goes_on_with_the_next(page: RoomsPage) -> None:
    panel, view = page.panel, page.view
    panel.tabs.choose("give")
    panel.tabs.chosen.emit("give")
    panel.list.setCurrentRow(0)
    wanted = []
    panel.change_wanted.disconnect()
    panel.change_wanted.connect(wanted.append)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    left = tuple(one for one in view.suggestions if one.reservation_id != "40104")
    panel.show_view(replace(view, suggestions=left), Place())
    assert panel.list.current_key == "40105"
    assert page.plan.stay.reservation_id == "40105"
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert wanted == [TakeOn(("40104",)), TakeOn(("40105",))]


def test_who_has_no_room_cannot_be_taken_on(page: RoomsPage, hotel: FakeAppliance) -> None:
    page.panel.list.setCurrentRow(0)
    assert not page.panel.take_on.isEnabled()
    QTest.keyClick(page.panel.list, Qt.Key.Key_Return)
    pause(30)
    assert fake_rooms.said(hotel) == []


def test_what_is_taken_on_is_a_list_for_the_pms_that_says_so(page: RoomsPage, hotel: FakeAppliance) -> None:
    page.panel.tabs.choose("carry out")
    page.panel.tabs.chosen.emit("carry out")
    assert page.panel.list.keys == ("40107",)
    assert "does not write into your PMS" in page.panel._hint.text()
    assert "has given 40099 room 110" in page.panel._notes.text()
    page.panel.copy.click()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[1].split("\t")[:4] == ["40107", "Sun 4 Sep", "106", "105"]
    page.panel.list.setCurrentRow(0)
    page.panel.take_back.click()
    wait_for(lambda: fake_rooms.said(hotel) == [TakeBack("40107")])


def test_the_printed_list_has_boxes_to_tick_and_escapes_what_exports_hold() -> None:
    view = fake_rooms.rooms("Rose & Crown")
    page = list_page(Place(), view)
    assert page.count("&#9744;") == 1
    assert "Rose &amp; Crown" in page
    assert "40107" in list_text(Place(), view)


def test_the_list_writes_all_its_days_as_the_country_does() -> None:
    view = fake_rooms.rooms("Hotel")
    view = replace(view, planned=(replace(view.planned[0], reason="106 is out of order until Wed 7 Sep."),))
    assert list_text(Place("US"), view).endswith("Sun Sep 4\t106\t105\t106 is out of order until Wed Sep 7.")


def test_the_list_comes_out_of_a_printer(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "list.pdf"))
    print_on(printer, Place(), fake_rooms.rooms("H"))
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_a_booking_that_is_gone_from_the_plan_is_not_said_any_more(page: RoomsPage) -> None:
    page.plan.choose("40104#0")
    page.plan.show_view(replace(page.view, stays=()), Place(), as_in_pms=False)
    assert page.plan.accessibleDescription() == ""


def test_arrow_keys_walk_over_the_plan_and_enter_offers_other_rooms(page: RoomsPage, hotel: FakeAppliance) -> None:
    QTest.keyClick(page.plan, Qt.Key.Key_Right)
    assert page.plan.current == "40108#0"
    QTest.keyClick(page.plan, Qt.Key.Key_Down)
    assert page.plan.current == "40101#0"
    page.plan.choose("40104#0")
    assert "40104" in page.plan.accessibleDescription()
    QTest.keyClick(page.plan, Qt.Key.Key_Return)
    dialog = page.findChild(MoveDialog)
    keys = dialog.table.keys
    assert keys[0] == "105", "the first free room of the type booked"
    assert "104" not in keys
    dialog.table.choose("101")
    assert not dialog.go.isEnabled(), "a guest is in it"
    assert "40101 is in it until Sun 4 Sep" in dialog.table.text_at("101", 2)
    dialog.table.choose("103")
    assert dialog.table.text_at("103", 2) == "40103 would get another room"
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    wait_for(lambda: fake_rooms.said(hotel) == [GiveRoom("40104", 0, "103")])


def test_guests_in_the_house_are_not_moved_from_here(page: RoomsPage, hotel: FakeAppliance) -> None:
    page.plan.choose("40101#0")
    assert not page.move_it.isEnabled()
    page.open_move("40101#0")
    assert page.findChild(MoveDialog) is None


def test_a_bar_is_dragged_to_another_room(page: RoomsPage, hotel: FakeAppliance) -> None:
    pause(30)
    picture = page.plan._picture()
    begin = picture.rect(picture.layout.bar("40104#0")).center().toPoint()
    row = next(row for row in picture.layout.rows if row.label == "105")
    end = QPoint(begin.x(), 40 + row.top + 8)
    view = page.plan.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
    for point in (QPoint(begin.x(), begin.y() + 12), end):
        QTest.mouseMove(view, point)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    wait_for(lambda: fake_rooms.said(hotel) == [GiveRoom("40104", 0, "105")])


def test_a_booking_is_locked_and_let_go(page: RoomsPage, hotel: FakeAppliance) -> None:
    page.plan.choose("40102#0")
    assert page.lock.text() == "Lock"
    page.lock.click()
    wait_for(lambda: fake_rooms.said(hotel) == [LockRoom("40102", True)] and not page.run.running)
    page.plan.choose("40106#0")
    assert page.lock.text() == page.lock.accessibleName() == "Unlock"
    page.lock.click()
    wait_for(lambda: fake_rooms.said(hotel)[1:] == [LockRoom("40106", False)])


def test_rooms_go_out_of_order_and_come_back(page: RoomsPage, hotel: FakeAppliance) -> None:
    page.plan.choose("40105#0")
    page.closures.click()
    dialog = page.findChild(ClosedRoomsDialog)
    assert dialog.room.choice == "107"
    dialog.nights.setValue(3)
    dialog.close_it.click()
    wait_for(lambda: len(fake_rooms.said(hotel)) == 1 and not page.run.running)
    assert fake_rooms.said(hotel) == [CloseRoom("107", fake_rooms.FIRST, fake_rooms.FIRST + timedelta(days=3))]
    page.open_closures()
    dialog = next(one for one in page.findChildren(ClosedRoomsDialog) if one.isVisible())
    back = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Back into service")
    assert back.accessibleName() == "Back into service: room 106"
    back.click()
    wait_for(lambda: fake_rooms.said(hotel)[1:] == [OpenRoom("106", fake_rooms.FIRST + timedelta(days=2))])


def test_a_change_is_undone_by_ctrl_z(page: RoomsPage, hotel: FakeAppliance) -> None:
    assert not page.undo.isEnabled()
    hotel.undo_rooms = "locked 40102"
    page.refresh()
    wait_for(page.undo.isEnabled)
    assert "locked 40102" in page.undo.toolTip()
    page.window().activateWindow()
    wait_for(page.window().isActiveWindow)
    press(page.window(), "Ctrl+Z")
    wait_for(lambda: fake_rooms.said(hotel) == [UndoRooms()])


def test_a_change_that_cannot_be_is_told_and_the_plan_stays(page: RoomsPage, hotel: FakeAppliance) -> None:
    hotel.failures["change_rooms"] = Cancelled("Room 101 is not free.", remedy="Choose another room.")
    page._drop("40104#0", "101")
    wait_for(lambda: page.window().notice.notice is not None)
    assert page.window().notice.notice.message == "Room 101 is not free."
    assert page.body.state == "content"


def test_ctrl_f_finds_a_booking_or_a_room(page: RoomsPage) -> None:
    page.filter.setText("40105")
    assert page.plan.current == "40105#0"
    page.filter.setText("108")
    assert page.plan.current == "40106#0"
    assert page.escape()
    assert page.filter.text() == ""


def test_without_room_numbers_the_page_says_what_to_export(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.rooms_named = False
    opened = open_window(hotel, "rooms")
    page = opened.window.page
    message = page.body.message
    assert page.body.state == "message"
    assert page.sentence.text() == "7 arriving bookings in the next 14 nights, but the rooms are not known by number"
    page._answer(replace(page.view, arrivals=0))
    assert page.sentence.text() == "No arrival in the next 14 nights, and the rooms are not known by number"
    assert "room number" in message.text.text()
    assert "list the rooms here" in message.remedy.text()
    message.other.click()
    assert opened.window.current == "data"
