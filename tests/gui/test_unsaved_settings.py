"""What was typed in the settings and not saved is marked while another page is open, and never lost unasked."""

from __future__ import annotations

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtWidgets import QApplication
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.widgets.dialogs.unsaved_dialog import UnsavedDialog


@pytest.fixture
def typed(open_window: Open, hotel: FakeAppliance) -> WindowApplication:
    """A window without a tray in whose settings a number was typed, and that shows another page since."""
    opened = open_window(hotel, "settings")
    opened.window.page.house.rooms.setValue(230)
    opened.window.open_page("today")
    return opened


def asked(opened: WindowApplication) -> UnsavedDialog:
    (dialog,) = [one for one in opened.window.findChildren(UnsavedDialog) if one.isVisible()]
    return dialog


def test_the_rail_marks_the_page_until_it_is_saved(typed: WindowApplication) -> None:
    button, page = typed.window.rail.buttons["settings"], typed.window.pages["settings"]
    assert (button.text().strip(), button.accessibleName()) == ("Settings · unsaved", "Settings (not saved yet)")
    assert button.toolTip() == "Settings (not saved yet) (Ctrl+9)"
    typed.window.open_page("settings")
    assert (page.house.rooms.value(), page.provenance.whole_text) == (230, "Not saved yet")
    page.save_button.click()
    wait_for(lambda: button.accessibleName() == "Settings" and button.toolTip() == "Settings (Ctrl+9)")
    wait_for(lambda: page.provenance.whole_text == "Changes take effect as soon as they are saved")
    assert typed.window.close(), "nothing is asked any more"


def test_closing_the_window_asks_and_esc_stays(typed: WindowApplication, hotel: FakeAppliance) -> None:
    assert not typed.window.close()
    assert typed.window.current == "settings"
    assert not typed.window.close()
    asked(typed).reject()
    assert not typed.closed
    assert typed.window.page.house.rooms.value() == 230
    assert "save_settings" not in hotel.asked


def test_closing_goes_on_once_it_is_saved(typed: WindowApplication, hotel: FakeAppliance) -> None:
    typed.window.close()
    asked(typed).save.click()
    wait_for(lambda: typed.closed)
    assert hotel.asked["update_property"] == 1


def test_closing_goes_on_where_it_is_discarded(typed: WindowApplication, hotel: FakeAppliance) -> None:
    typed.window.close()
    asked(typed).discard.click()
    assert typed.closed
    assert "save_settings" not in hotel.asked


def test_what_could_not_be_saved_keeps_the_window_open(typed: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.failures["save_settings"] = HotelMLError("The disk is full.", remedy="Make room.", title="Not saved")
    typed.window.close()
    asked(typed).save.click()
    wait_for(typed.window.notice.isVisible)
    assert not typed.closed
    assert typed.window.page.dirty
    hotel.failures.clear()
    typed.window.page.save_button.click()
    wait_for(lambda: not typed.window.page.dirty)
    assert not typed.closed, "that was for the time it was asked"


def test_signing_out_waits_for_no_answer(typed: WindowApplication) -> None:
    typed._session.announce()
    assert typed.window.close()
    assert typed.closed


def test_quitting_from_the_tray_asks_in_the_window(
    typed: WindowApplication, monkeypatch: pytest.MonkeyPatch, qt: QApplication
) -> None:
    monkeypatch.setattr("hotelml_app.gui.desktop.tray.tray_available", lambda: True)
    typed.make_tray()
    typed.window.close()
    assert not typed.window.isVisible(), "what was typed is still there behind the icon"
    typed.tray.menu.actions()[-1].trigger()
    assert typed.window.isVisible()
    asked(typed).discard.click()
    assert typed.closed
    qt.setQuitOnLastWindowClosed(True)


@pytest.mark.parametrize("answer", ["save", "discard", "stay"])
def test_another_property_is_shown_once_it_is_answered(typed: WindowApplication, hotel: FakeAppliance, answer: str) -> None:
    rail = typed.window.rail
    rail.property_chosen.emit(fake_views.RESORT)
    assert rail.property_box.currentText() == typed.context.property_name == fake_views.CITY
    getattr(asked(typed), answer).click()
    wanted = fake_views.CITY if answer == "stay" else fake_views.RESORT
    wait_for(lambda: typed.context.property_name == rail.property_box.currentText() == wanted and typed.runner.quiet)
    assert hotel.asked.get("update_property", 0) == (answer == "save")
    assert typed.window.pages["settings"].dirty == (answer == "stay")
