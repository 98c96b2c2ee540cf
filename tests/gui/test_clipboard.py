"""What is told of a list that is copied is so: another program may hold the clipboard."""

from __future__ import annotations

import fake_keeping
import fake_rooms
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from qt_waiting import wait_for

from hotelml_app.gui.context import Notice
from hotelml_app.gui.rates_parts.for_pms import ForPmsDialog
from hotelml_app.gui.rooms_parts.room_list_dialog import RoomListDialog


@pytest.fixture
def held(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clipboard that takes nothing, and says nothing about it."""
    QApplication.clipboard().setText("something else")
    monkeypatch.setattr(QClipboard, "setText", lambda clipboard, text: None)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("key", ["rooms", "rates"])
def test_a_list_that_is_not_on_the_clipboard_is_not_said_to_be(open_window: Open, hotel: FakeAppliance, key: str) -> None:
    page = open_window(hotel, key).window.page
    told: list[Notice] = []
    page.context.noticed.connect(told.append)
    if key == "rooms":
        page.panel._copy()
    else:
        page._accept_month()
        wait_for(lambda: bool(hotel.decided) and page.context.runner.quiet)
        page.open_list()
        page.findChild(ForPmsDialog)._copy()
    assert [(one.title, one.urgent) for one in told] == [("The list is not copied", True)]
    assert told[0].message == "Another program holds the clipboard."


@pytest.mark.usefixtures("held")
def test_the_rooms_of_the_house_say_that_they_are_not_copied(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "rooms").window.page
    page._show_room_list(fake_rooms.room_list(page.view.property_name))
    dialog = page.findChild(RoomListDialog)
    dialog._copy()
    assert dialog.preview.text().startswith("The list is not copied. Another program holds the clipboard.")


@pytest.mark.usefixtures("held")
def test_a_command_is_said_to_be_copied_only_where_it_is(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.update = fake_keeping.UPDATE
    page = open_window(hotel, "settings").window.page
    told: list[Notice] = []
    page.context.noticed.connect(told.append)
    page.newer.go.click()
    wait_for(lambda: bool(told))
    assert told[0].title == "The database is backed up"
    assert fake_keeping.COMMAND in told[0].remedy
