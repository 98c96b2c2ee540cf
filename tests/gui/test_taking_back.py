"""A file that should not have been imported, taken back on the Data page."""

from __future__ import annotations

import threading
from dataclasses import replace

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtWidgets import QLabel
from qt_waiting import settle, wait_for
from shiboken6 import isValid

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.widgets.dialogs.take_back_dialog import TakeBackDialog


@pytest.fixture
def opened(open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch) -> WindowApplication:
    view = fake_views.data("City Hotel")
    imports = (replace(view.imports[0], undoable=True), *view.imports[1:])
    monkeypatch.setattr(fake_views, "data", lambda *_: replace(view, imports=imports))
    return open_window(hotel, "data")


def ask(opened: WindowApplication) -> TakeBackDialog:
    page = opened.window.page
    page.imports.choose("100")
    assert not page._undo.isHidden()
    page._undo.click()
    return next(one for one in opened.window.findChildren(TakeBackDialog) if one.isVisible())


def words(dialog: TakeBackDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if not one.isHidden())


def test_only_what_can_be_taken_back_is_offered(opened: WindowApplication) -> None:
    page = opened.window.page
    assert page._undo.isHidden()
    page.imports.choose("99")
    assert page._undo.isHidden()
    page.imports.choose("100")
    assert not page._undo.isHidden()
    page._show_list("checks")
    assert page._undo.isHidden()


def test_what_would_happen_is_told_before_it_is_done(opened: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.gates["look_at_taking_back"] = threading.Event()
    dialog = ask(opened)
    assert "Looking at what came with it" in words(dialog)
    assert not dialog.yes.isEnabled()
    hotel.gates["look_at_taking_back"].set()
    wait_for(dialog.yes.isEnabled)
    said = words(dialog)
    assert "66,035 bookings instead of 66,131" in said
    assert "later.csv came later: it is taken back as well" in said
    assert "The models of Forecast learned from it" in said
    dialog.yes.click()
    wait_for(lambda: ("take back", 100) in hotel.said)
    wait_for(opened.window.notice.isVisible)
    assert opened.window.notice.notice.title == "wrong.csv is taken back: everything is as it was before it."
    assert "later.csv: read again now." in opened.window.notice.notice.message


def test_enter_and_esc_change_nothing(opened: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(opened)
    wait_for(dialog.yes.isEnabled)
    assert dialog.no.isDefault()
    dialog.reject()
    settle()
    assert hotel.asked["take_back"] == 0


@pytest.mark.parametrize("fails", [False, True])
def test_an_answer_that_comes_after_esc_troubles_nobody(
    opened: WindowApplication, hotel: FakeAppliance, caplog: pytest.LogCaptureFixture, fails: bool
) -> None:
    hotel.gates["look_at_taking_back"] = threading.Event()
    if fails:
        hotel.failures["look_at_taking_back"] = HotelMLError("Nothing was taken in with it.")
    dialog = ask(opened)
    dialog.reject()
    settle()
    assert not isValid(dialog)
    hotel.gates["look_at_taking_back"].set()
    wait_for(lambda: opened.runner.quiet)
    settle()
    assert caplog.records == []


def test_what_stands_against_it_is_said(opened: WindowApplication, hotel: FakeAppliance) -> None:
    error = HotelMLError("What was known before wrong.csv is not kept any more.", remedy="Put back a backup.")
    hotel.failures["look_at_taking_back"] = error
    dialog = ask(opened)
    wait_for(lambda: "is not kept any more. Put back a backup." in words(dialog))
    assert not dialog.yes.isEnabled()
    dialog.begin()
    settle()
    assert hotel.asked["take_back"] == 0
