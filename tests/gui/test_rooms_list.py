"""Rooms of the house: listed by line or by column, looked at before they are saved, and put back."""

from __future__ import annotations

import threading
from dataclasses import replace

import fake_rooms
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from qt_waiting import pause, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.pages.rooms import RoomsPage
from hotelml_app.gui.rooms_parts.room_list_dialog import RoomListDialog
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.list_views import ListRooms, RoomListView, UndoList
from hotelml_app.services.rooms.room_lines import parsed


@pytest.fixture
def page(open_window: Open, hotel: FakeAppliance) -> RoomsPage:
    found = open_window(hotel, "rooms").window.page
    assert isinstance(found, RoomsPage)
    return found


def opened(page: RoomsPage) -> RoomListDialog:
    page.open_room_list()
    wait_for(lambda: any(one.isVisible() for one in page.findChildren(RoomListDialog)))
    return next(one for one in page.findChildren(RoomListDialog) if one.isVisible())


def typed(dialog: RoomListDialog, text: str) -> None:
    dialog.lines.text.setPlainText(text)
    dialog.lines.read_now()


def saved(hotel: FakeAppliance) -> list[object]:
    return [change for about, change in (one for one in hotel.said if one[0] == "rooms")]


def open_on_nothing(open_window: Open, hotel: FakeAppliance) -> RoomListDialog:
    hotel.rooms_named, hotel.listed = False, RoomListView("", (), {}, {}, frozenset(), ("DBL", "SGL"), rooms_told=20)
    page = open_window(hotel, "rooms").window.page
    assert page.body.state == "message"
    page.body.message.button.click()
    wait_for(lambda: bool(page.findChildren(RoomListDialog)))
    return page.findChildren(RoomListDialog)[0]


def test_asked_for_twice_it_opens_once(page: RoomsPage) -> None:
    page.open_room_list()
    page.open_room_list()
    wait_for(lambda: any(one.isVisible() for one in page.findChildren(RoomListDialog)) and page.context.runner.quiet)
    assert len(page.findChildren(RoomListDialog)) == 1


def test_a_house_without_room_numbers_is_listed_from_the_empty_page(open_window: Open, hotel: FakeAppliance) -> None:
    dialog = open_on_nothing(open_window, hotel)
    page = dialog.parent()
    assert "no room numbers" in dialog._counted.text()
    assert not dialog.save.isEnabled()
    QTest.keyClicks(dialog.lines.text, "101-118 dbl")
    wait_for(lambda: dialog.preview.text() == "18 rooms new.")
    assert dialog.hints.text().startswith("You listed 18 rooms; Settings says 20. No room is listed of SGL")
    gate = hotel.gates["change_rooms"] = threading.Event()
    hotel.rooms_named = True
    dialog.save.click()
    wait_for(dialog.solving.isVisible)
    assert not dialog.lines.isEnabled()
    gate.set()
    wait_for(lambda: page.body.state == "content" and not page.findChildren(RoomListDialog))
    assert saved(hotel) == [ListRooms({str(number): "DBL" for number in range(101, 119)}, {}, frozenset())]


def test_it_is_shown_which_rooms_exports_name_and_which_were_listed(page: RoomsPage) -> None:
    page.house.click()
    wait_for(lambda: bool(page.findChildren(RoomListDialog)))
    dialog = page.findChildren(RoomListDialog)[0]
    assert dialog._counted.text() == "13 rooms: 12 from the exports, 1 listed by hand."
    assert [dialog.table.text_at("101", column) for column in (1, 3, 4)] == ["A", "102", "Exports, to 1 Sep 2016"]
    assert [dialog.table.text_at("106", column) for column in (1, 4)] == ["B", "By hand, seen 27 Aug 2016"]
    assert [dialog.table.text_at("301", column) for column in (2, 4)] == ["quiet", "Listed by hand"]
    assert dialog.hints.text() == "You listed 13 rooms; Settings says 14."


def test_lines_that_cannot_be_read_are_told_at_once_and_lose_nothing(page: RoomsPage, hotel: FakeAppliance) -> None:
    dialog = opened(page)
    typed(dialog, "302-304 D\n310 X\n106 A\n302 A")
    assert dialog.preview.text() == "3 rooms new, 1 changes its type."
    told = dialog.lines.error_words.split("\n")
    assert told[0].startswith("Line 2: “X” is no room type of this house. ")
    assert told[1].startswith("Line 4: Room 302 is D in line 1 and A here.")
    assert dialog.save.text() == "Save without 2 lines"
    dialog.lines.add.click()
    assert dialog.lines.text.toPlainText() == "310 X", "what contradicts the list must not change it when it is read again"
    assert "Left out: Line 4" in dialog.lines.error_words
    assert [dialog.table.text_at(number, 1) for number in ("302", "304", "106")] == ["D", "D", "A"]
    assert dialog.table.current_key == "302"
    typed(dialog, "310 B")
    dialog.save.click()
    wait_for(lambda: not page.run.running and saved(hotel))
    (change,) = saved(hotel)
    assert change.told == {"106": "A", "301": "D", "302": "D", "303": "D", "304": "D", "310": "B"}
    assert change.features == {"301": ("quiet",)}


def test_the_chosen_room_is_changed_below_the_table(page: RoomsPage, hotel: FakeAppliance) -> None:
    dialog = opened(page)
    dialog.table.choose("103")
    dialog.edit.features.setText("quiet,  near lift")
    QTest.keyClick(dialog.edit.features, Qt.Key.Key_Return)
    dialog.edit.doors.setText("104, 999")
    QTest.keyClick(dialog.edit.doors, Qt.Key.Key_Return)
    assert "There is no room 999" in dialog.edit.wrong.text()
    dialog.edit.doors.setText("104")
    QTest.keyClick(dialog.edit.doors, Qt.Key.Key_Return)
    dialog.edit.kind.setCurrentIndex(dialog.edit.kind.findData("D"))
    dialog.edit.kind.activated.emit(0)
    room = dialog.draft.rooms["103"]
    assert (room.room_type, room.features, room.doors) == ("D", ("quiet", "near lift"), ("104",))
    assert dialog.preview.text() == "1 changes its type, 1 has other features, 1 door changed."
    pause(30)
    assert dialog.isVisible()
    assert not page.run.running
    assert saved(hotel) == [], "Enter in a field does not save"
    assert not dialog.findChildren(ConfirmDialog)


def test_a_room_is_taken_out_by_whom_it_was_told(page: RoomsPage) -> None:
    dialog = opened(page)
    steps = (("301", "Remove"), ("106", "As in the exports"), ("105", "No room of ours"))
    for number, words in steps:
        dialog.table.choose(number)
        assert dialog.edit.remove.text() == words
        dialog.edit.remove.click()
    assert "301" not in dialog.draft.all
    assert dialog.draft.rooms["106"].room_type == "A"
    assert dialog.preview.text() == "1 changes its type, 2 rooms removed."
    assert "Room 301 is held for 40108; that goes with it." in dialog.hints.text()
    dialog.table.choose("105")
    assert dialog.table.text_at("105", 4) == "Left out by hand"
    assert dialog.edit.remove.text() == "Put back"
    dialog.edit.remove.click()
    assert dialog.draft.rooms["105"].room_type == "A"


def test_the_list_before_is_put_back_while_nothing_else_was_changed(page: RoomsPage, hotel: FakeAppliance) -> None:
    dialog = opened(page)
    typed(dialog, "302 D")
    dialog.lines.add.click()
    assert not dialog.undo.isEnabled()
    dialog.table.choose("302")
    dialog.edit.remove.click()
    assert dialog.undo.isEnabled()
    dialog.undo.click()
    wait_for(lambda: saved(hotel) == [UndoList()] and not page.findChildren(RoomListDialog))


def test_a_list_that_is_not_kept_stays_to_be_mended(page: RoomsPage, hotel: FakeAppliance) -> None:
    hotel.failures["change_rooms"] = HotelMLError("Another HotelML owns this home.", remedy="Change the rooms there.")
    dialog = opened(page)
    typed(dialog, "302 D")
    dialog.save.click()
    wait_for(lambda: dialog.preview.text().startswith("The list is not kept. Another HotelML owns"))
    assert dialog.isVisible()
    assert dialog.lines.text.toPlainText() == "302 D"
    assert dialog.save.isEnabled()


def test_what_was_typed_is_not_thrown_away_unasked(page: RoomsPage, hotel: FakeAppliance) -> None:
    dialog = opened(page)
    typed(dialog, "302-304 D")
    dialog.no.click()
    (asked,) = dialog.findChildren(ConfirmDialog)
    asked.no.click()
    pause(20)
    assert dialog.isVisible()
    dialog.no.click()
    next(one for one in dialog.findChildren(ConfirmDialog) if one.isVisible()).yes.click()
    wait_for(lambda: not page.findChildren(RoomListDialog))
    assert saved(hotel) == []


def test_what_is_being_typed_into_a_field_is_not_lost_unasked(page: RoomsPage) -> None:
    dialog = opened(page)
    dialog.table.choose("103")
    dialog.edit.features.setFocus()
    QTest.keyClicks(dialog.edit.features, "quiet")
    QTest.keyClick(dialog.edit.features, Qt.Key.Key_Escape)
    question = next(one for one in dialog.findChildren(ConfirmDialog) if one.isVisible())
    assert dialog.isVisible()
    question.reject()


def test_saving_is_stopped_and_the_list_is_still_there(page: RoomsPage, hotel: FakeAppliance) -> None:
    dialog = opened(page)
    gate = hotel.gates["change_rooms"] = threading.Event()
    typed(dialog, "302 D")
    dialog.save.click()
    wait_for(dialog.solving.isVisible)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    gate.set()
    wait_for(lambda: not page.run.running)
    assert dialog.isVisible()
    assert dialog.lines.text.toPlainText() == "302 D"
    assert saved(hotel) == []


def test_a_list_that_waits_for_another_change_is_stopped_before_it_begins(page: RoomsPage, hotel: FakeAppliance) -> None:
    gate = hotel.gates["change_rooms"] = threading.Event()
    page.plan.choose("40102#0")
    page.lock.click()
    wait_for(lambda: page.run.running)
    dialog = opened(page)
    typed(dialog, "302 D")
    dialog.save.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    gate.set()
    wait_for(lambda: not page.run.running)
    assert dialog.no.isVisible(), "it can be left, or saved again"
    assert dialog.save.isEnabled()
    assert dialog.lines.text.toPlainText() == "302 D"
    assert saved(hotel) == []


def test_a_list_is_kept_though_an_export_comes_while_it_is_written(page: RoomsPage, hotel: FakeAppliance) -> None:
    dialog = opened(page)
    typed(dialog, "302 D")
    gate = hotel.gates["rooms"] = threading.Event()
    page.forget()
    page.refresh()
    dialog.save.click()
    wait_for(lambda: len(saved(hotel)) == 1 and not page.findChildren(RoomListDialog))
    gate.set()
    wait_for(lambda: page.body.state == "content")


def test_the_list_is_copied_as_it_can_be_pasted_again(page: RoomsPage) -> None:
    dialog = opened(page)
    dialog.copy.click()
    view = fake_rooms.room_list("H")
    read = parsed(QApplication.clipboard().text(), view.types)
    assert read.errors == ()
    empty = RoomDraft.of(replace(view, seen=(), told={}, features={}, doors=frozenset()))
    rooms = empty.with_lines(read.rooms).rooms
    assert {number: (one.room_type, one.features, one.doors) for number, one in rooms.items()} == {
        number: (one.room_type, one.features, one.doors) for number, one in dialog.draft.rooms.items()
    }


def test_two_thousand_rooms_are_read_and_shown_without_keeping_anybody_waiting(page: RoomsPage) -> None:
    dialog = opened(page)
    typed(dialog, "\n".join(f"{number} A" for number in range(1001, 2987)))
    assert dialog.preview.text() == "1,986 rooms new."
    dialog.lines.add.click()
    assert len(dialog.table.keys) == 1999
