"""A window on an invented appliance, without a screen; any warning of Qt fails the test."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parent))

from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from qt_waiting import settle, wait_for

from hotelml_app.gui.application import WindowApplication, make_application
from hotelml_app.gui.memory import Forgetful
from hotelml_app.gui.no_screen import draw_without_screen

OF_THE_PLATFORM = ("This plugin does not support", "QObject::connect: No such signal QPlatformNativeInterface::systemTray")
"""What the offscreen platform says of itself, which no program can help."""


@pytest.fixture(scope="session")
def qt() -> QApplication:
    draw_without_screen()
    return make_application()


@pytest.fixture(autouse=True)
def qt_is_content(qt: QApplication) -> Iterator[None]:
    said: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not message.startswith(OF_THE_PLATFORM):
            said.append(message)

    former = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(former)
    assert not said, f"Qt warned: {said}"


@pytest.fixture(autouse=True)
def nothing_is_raised_in_slots(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    raised: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: raised.append(error))
    yield
    assert not raised, f"raised inside Qt: {raised!r}"


@pytest.fixture
def hotel() -> FakeAppliance:
    return FakeAppliance()


@pytest.fixture
def open_window(qt: QApplication) -> Iterator[Open]:
    opened: list[WindowApplication] = []

    def open_it(appliance: FakeAppliance, page: str = "today", size: tuple[int, int] = (1366, 768)) -> WindowApplication:
        made = WindowApplication(qt, appliance, Forgetful())
        opened.append(made)
        made.window.resize(*size)
        made.show()
        made.window.resize(*size)
        wait_for(lambda: bool(made.window.pages) and (bool(made.window.properties) or not appliance.names))
        made.window.open_page(page)
        if not appliance.gates and appliance.names:
            wait_for(lambda: made.window.page.body.state != "loading")
        return made

    yield open_it
    for made in opened:
        made.close()
        made.window.deleteLater()
        made.context.deleteLater()
    settle()


@pytest.fixture
def window(hotel: FakeAppliance, open_window: Open) -> WindowApplication:
    return open_window(hotel)
