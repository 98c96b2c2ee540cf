"""Settings: a newer HotelML that comes as a file is read, waits, is made ready and removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_appliance import FakeAppliance
from fake_keeping import COMMAND, UPDATE
from opening import Open
from PySide6.QtWidgets import QApplication, QPushButton
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.settings_parts.handover_dialogs import ReadDialog, WriteDialog
from hotelml_app.gui.settings_parts.update_dialog import UpdateDialog
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog

FILE = Path("/media/usb/hotelml_0.2.0_amd64.deb")
SETUP = replace(UPDATE, platform="win-amd64", command="", starts=True, file=r"C:\HotelML\hotelml-0.2.0-windows-setup.exe")


def shown(opened: WindowApplication, kind: type[UpdateDialog]) -> UpdateDialog:
    return next(one for one in opened.window.findChildren(kind) if one.isVisible())


def test_an_update_is_read_after_it_was_seen_what_it_is(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    card = opened.window.page.newer
    assert card.stand.text() == "No update waits."
    assert card._waits.isHidden()
    card.read_update(FILE)
    dialog = shown(opened, UpdateDialog)
    wait_for(dialog.yes.isEnabled)
    assert dialog.holds.text() == "HotelML 0.2.0 for Linux (64-bit Intel or AMD), 181.3 MB. Its signature fits."
    assert not hotel.said, "nothing is done before it is confirmed"
    dialog.yes.click()
    wait_for(lambda: not card._waits.isHidden())
    assert hotel.said == [("take update", FILE)]
    assert card.stand.text() == "HotelML 0.2.0 waits to be installed."
    assert COMMAND in card.step.text()
    assert opened.window.notice.notice.title == "HotelML 0.2.0 waits to be installed"
    assert not opened.window.page.dirty


def test_on_linux_the_database_is_backed_up_and_the_command_copied(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.update = UPDATE
    opened = open_window(hotel, "settings")
    card = opened.window.page.newer
    assert card.go.text() == "Back up and copy the command"
    card.go.click()
    wait_for(lambda: hotel.said == [("start update", "0.2.0")] and card.go.isEnabled())
    assert QApplication.clipboard().text() == COMMAND
    assert opened.window.notice.notice.title == "The database is backed up, and the command is copied"
    assert not opened.closed


def test_on_windows_the_set_up_is_started_once_confirmed_and_hotelml_closes(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.update = SETUP
    opened = open_window(hotel, "settings")
    card = opened.window.page.newer
    assert card.go.text() == "Start the set-up…"
    card.go.click()
    assert not hotel.said, "it closes HotelML, so it is asked first"
    confirm = next(one for one in opened.window.findChildren(ConfirmDialog) if one.isVisible())
    next(one for one in confirm.findChildren(QPushButton) if one.text() == "Start it").click()
    wait_for(lambda: opened.closed)
    assert hotel.said == [("start update", "0.2.0")]


def test_a_set_up_that_does_not_start_is_told_and_hotelml_stays(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.update = UPDATE
    hotel.failures["start_update"] = HotelMLError("The disk is full.", remedy="Make room.")
    opened = open_window(hotel, "settings")
    opened.window.page.newer.go.click()
    wait_for(opened.window.notice.isVisible)
    assert opened.window.notice.notice.message == "The disk is full."
    assert opened.window.page.newer.go.isEnabled()


def test_an_update_can_be_removed(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.update = UPDATE
    opened = open_window(hotel, "settings")
    card = opened.window.page.newer
    card.remove.click()
    confirm = next(one for one in opened.window.findChildren(ConfirmDialog) if one.isVisible())
    next(one for one in confirm.findChildren(QPushButton) if one.text() == "Remove it").click()
    wait_for(card._waits.isHidden)
    assert hotel.said == [("discard update",)]


def test_what_is_not_used_is_told_and_cannot_be_taken(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.failures["look_at_update"] = HotelMLError("hotelml.deb has no signature beside it; it is not used.")
    opened = open_window(hotel, "settings", (911, 512))
    opened.window.page.newer.read_update(Path("/media/usb/hotelml.deb"))
    dialog = shown(opened, UpdateDialog)
    wait_for(lambda: dialog.said.text().startswith("hotelml.deb has no signature"))
    assert dialog.yes.isHidden()
    assert dialog.no.text() == "Close"
    assert dialog.height() <= 512
    dialog.reject()


def test_a_hand_over_file_takes_an_update_along(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings", (911, 512))
    opened.window.page.hand_over(Path("/media/usb/city.hotelml"))
    dialog = next(one for one in opened.window.findChildren(WriteDialog) if one.isVisible())
    assert dialog.height() <= 512
    assert dialog.update_file.accessibleName() == "Program update"
    dialog.update_file.setText(f" {FILE} ")
    dialog.yes.click()
    wait_for(lambda: "HotelML 0.2.0 as an update" in dialog.said.text())
    assert hotel.said == [("hand over", Path("/media/usb/city.hotelml"), "", FILE)]
    dialog.no.click()


@pytest.mark.parametrize("brings", [False, True])
def test_what_a_hand_over_file_brought_is_shown_at_once(brings: bool, open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    opened.window.page.read_handover(Path("/media/usb/city.hotelml"))
    dialog = next(one for one in opened.window.findChildren(ReadDialog) if one.isVisible())
    wait_for(dialog.yes.isEnabled)
    hotel.update = UPDATE if brings else None
    dialog.yes.click()
    wait_for(lambda: hotel.asked["waiting_update"] == 1 and opened.runner.quiet)
    assert opened.window.page.newer._waits.isHidden() is not brings
