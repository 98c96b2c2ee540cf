"""A start out of sight: in the notification area, minimised where there is none, in front where it needs a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fake_appliance import FakeAppliance
from PySide6.QtWidgets import QApplication
from qt_waiting import settle, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.desktop import hidden_start
from hotelml_app.gui.first_run import FirstRunDialog
from hotelml_app.gui.memory import Forgetful
from hotelml_app.services.errors import ShownElsewhereError
from hotelml_app.services.home.show_window import WindowWanted

Start = Callable[..., WindowApplication]
NEVER_MS = 1_000_000


@pytest.fixture
def start(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    opened: list[WindowApplication] = []

    def start_it(appliance: FakeAppliance, *, tray: bool, desktop_up_ms: int = 0) -> WindowApplication:
        monkeypatch.setattr("hotelml_app.gui.desktop.tray.tray_available", lambda: tray)
        monkeypatch.setattr(hidden_start, "DESKTOP_UP_MS", desktop_up_ms)
        opened.append(WindowApplication(qt, appliance, Forgetful()))
        opened[-1].start_hidden()
        return opened[-1]

    yield start_it
    for made in opened:
        made.close()
        made.window.deleteLater()
        made.context.deleteLater()
        made.deleteLater()
    qt.setQuitOnLastWindowClosed(True)
    settle()


def ready(opened: WindowApplication) -> bool:
    return bool(opened.window.pages) and opened.window.page.body.state == "content"


def test_with_a_notification_area_only_the_icon_is_there(start: Start, hotel: FakeAppliance) -> None:
    opened = start(hotel, tray=True)
    wait_for(lambda: ready(opened) and opened.tray is not None)
    assert not opened.window.isVisible()
    assert hotel.asked["today"] == 1, "all is ready for whoever opens it"
    opened.tray.menu.actions()[0].trigger()
    assert opened.window.isVisible()
    assert not opened.window.isMinimized()


def test_without_one_the_window_is_minimised(start: Start, hotel: FakeAppliance) -> None:
    opened = start(hotel, tray=False)
    wait_for(opened.window.isMinimized)
    assert opened.tray is None
    opened.come_forward()
    assert not opened.window.isMinimized()


def test_who_opens_it_while_the_desktop_comes_up_sees_window_and_icon(start: Start, hotel: FakeAppliance) -> None:
    opened = start(hotel, tray=True, desktop_up_ms=NEVER_MS)
    wait_for(lambda: ready(opened))
    assert opened.tray is None, "the desktop is not asked too early"
    hotel.events.publish(WindowWanted())
    wait_for(lambda: opened.window.isVisible() and opened.tray is not None)


def test_a_home_that_cannot_be_opened_brings_the_window_forward(start: Start, hotel: FakeAppliance) -> None:
    hotel.failures["settings"] = HotelMLError("The settings cannot be read.", remedy="Mend line 3.")
    opened = start(hotel, tray=True)
    wait_for(opened.window.isVisible)
    assert opened.window.page.body.message.text.text() == "Mend line 3."


def test_a_home_that_another_window_shows_ends_the_hidden_start(start: Start, hotel: FakeAppliance) -> None:
    hotel.failures["settings"] = ShownElsewhereError("HotelML is already open.", remedy="Close this window.")
    opened = start(hotel, tray=True, desktop_up_ms=NEVER_MS)
    wait_for(lambda: opened.closed)
    assert not opened.window.isVisible()


def test_the_first_run_asks_its_questions_on_the_screen(start: Start) -> None:
    opened = start(FakeAppliance(()), tray=True)
    wait_for(lambda: opened.window.findChild(FirstRunDialog) is not None)
    assert opened.window.isVisible()
