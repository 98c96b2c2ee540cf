"""The small windows of the Rooms page: what Enter does in them, and how high they may become."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import fake_rooms
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from qt_waiting import pause, wait_for

from hotelml_app.gui.pages.rooms import RoomsPage
from hotelml_app.gui.rooms_parts.dialogs import ClosedRoomsDialog, MoveDialog
from hotelml_app.gui.widgets.tables.filter_box import FilterBox
from hotelml_app.services.rooms.views import ClosedRoomView, CloseRoom, GiveRoom


@pytest.fixture
def page(open_window: Open, hotel: FakeAppliance) -> RoomsPage:
    return open_window(hotel, "rooms").window.page


def test_enter_takes_the_room_that_the_filter_leaves(page: RoomsPage, hotel: FakeAppliance) -> None:
    page.open_move(next(one.key for one in page.view.stays if one.reservation_id == "40104"))
    dialog = page.findChild(MoveDialog)
    wait_for(dialog.isVisible)
    find = dialog.findChild(FilterBox)
    find.setFocus()
    find.setText("105")
    QTest.keyClick(find, Qt.Key.Key_Return)
    wait_for(lambda: fake_rooms.said(hotel) == [GiveRoom("40104", 0, "105")])


def test_enter_takes_the_chosen_room_out_of_order_and_puts_no_other_back(page: RoomsPage, hotel: FakeAppliance) -> None:
    page.open_closures()
    dialog = page.findChild(ClosedRoomsDialog)
    wait_for(dialog.isVisible)
    dialog.room.choose("108")
    dialog.nights.setFocus()
    dialog.nights.setValue(3)
    QTest.keyClick(dialog.nights, Qt.Key.Key_Return)
    first = page.view.first
    wait_for(lambda: fake_rooms.said(hotel) == [CloseRoom("108", first, first + timedelta(days=3))])


def test_a_house_that_is_closed_for_the_winter_leaves_the_buttons_on_the_screen(page: RoomsPage) -> None:
    closed = tuple(
        ClosedRoomView(str(number), page.view.first, page.view.first + timedelta(days=90)) for number in range(101, 141)
    )
    dialog = ClosedRoomsDialog(page, page.context.place, replace(page.view, closed=closed), lambda _: None)
    dialog.open()
    pause(20)
    assert dialog.height() < page.window().height()
    assert dialog.close_it.mapTo(dialog, dialog.close_it.rect().bottomLeft()).y() < dialog.height()
    dialog.reject()
