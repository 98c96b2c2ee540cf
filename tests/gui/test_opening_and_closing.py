"""The first start, the tray icon, what is remembered, and the end."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from qt_waiting import pause, wait_for

from hotelml_app.core.errors import HotelMLError, UsageError
from hotelml_app.gui import application, run
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.desktop import choosing
from hotelml_app.gui.desktop.window_place import restore_place
from hotelml_app.gui.first_run import FirstRunDialog
from hotelml_app.gui.memory import Forgetful, WindowMemory
from hotelml_app.gui.settings_parts.handover_dialogs import ReadDialog
from hotelml_app.services.backups.views import NextStartView


def first_dialog(opened: WindowApplication) -> FirstRunDialog:
    wait_for(lambda: opened.window.findChild(FirstRunDialog) is not None)
    return opened.window.findChild(FirstRunDialog)


def test_the_first_start_asks_for_a_name_and_a_folder_and_nothing_else(open_window: Open) -> None:
    hotel = FakeAppliance(())
    opened = open_window(hotel)
    dialog = first_dialog(opened)
    assert dialog.folder.text() == str(Path("/srv/hotelml") / "drop")
    dialog.name.setText("  Hotel Aurora ")
    dialog.begin.click()
    wait_for(lambda: opened.context.property_name == "Hotel Aurora")
    assert hotel.said == [("first run", "Hotel Aurora", Path("/srv/hotelml/drop"))]
    wait_for(lambda: opened.window.page.body.state == "message")
    assert opened.window.page.sentence.text() == "No bookings are known yet"


def test_the_first_start_works_with_its_defaults(open_window: Open) -> None:
    hotel = FakeAppliance(())
    opened = open_window(hotel)
    first_dialog(opened).begin.click()
    wait_for(lambda: opened.context.property_name == "My hotel")


def test_a_folder_that_cannot_be_used_is_told_in_the_dialog(open_window: Open) -> None:
    hotel = FakeAppliance(())
    hotel.failures["complete_first_run"] = UsageError("The folder /x cannot be used.", remedy="Choose another.")
    dialog = first_dialog(open_window(hotel))
    dialog.begin.click()
    wait_for(dialog.error.isVisible)
    assert dialog.error.text() == "The folder /x cannot be used. Choose another."
    dialog.folder.setText("")
    assert not dialog.error.isVisible()
    dialog.begin.click()
    assert dialog.error.text() == "Choose a folder for the exports."


def test_esc_while_the_first_property_is_made_leaves_the_window_to_hear_of_it(open_window: Open) -> None:
    hotel = FakeAppliance(())
    opened = open_window(hotel)
    dialog = first_dialog(opened)
    gate = hotel.gates["complete_first_run"] = threading.Event()
    dialog.name.setText("Hotel at the lake")
    dialog.begin.click()
    dialog.reject()
    gate.set()
    wait_for(lambda: opened.context.property_name == "Hotel at the lake")


def test_whoever_chooses_later_can_begin_from_any_page(open_window: Open) -> None:
    opened = open_window(FakeAppliance(()))
    first_dialog(opened).reject()
    opened.window.open_page("arrivals")
    assert opened.window.page.body.message.button.text() == "Set up"
    opened.window.page.body.message.button.click()
    wait_for(lambda: any(dialog.isVisible() for dialog in opened.window.findChildren(FirstRunDialog)))


def test_a_home_that_cannot_be_opened_is_told_on_every_page_until_it_can(qt: QApplication, hotel: FakeAppliance) -> None:
    hotel.failures["settings"] = HotelMLError("The settings cannot be read.", remedy="Mend line 3.", title="Settings")
    opened = WindowApplication(qt, hotel, Forgetful())
    opened.show()
    wait_for(lambda: bool(opened.window.pages) and opened.window.page.body.state == "message")
    for key in ("today", "data"):
        opened.window.open_page(key)
        assert opened.window.page.sentence.text() == "Settings"
        assert opened.window.page.body.message.text.text() == "Mend line 3."
    hotel.failures.clear()
    opened.window.page.body.message.button.click()
    wait_for(lambda: opened.window.page.body.state == "content")
    opened.close()
    opened.window.deleteLater()


def test_without_a_tray_closing_the_window_ends_the_program(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotelml_app.gui.desktop.tray.tray_available", lambda: False)
    opened = open_window(hotel)
    opened.make_tray()
    opened.window.close()
    assert opened.tray is None
    assert opened.runner._closed.is_set()


def test_with_a_tray_closing_hides_the_window_and_says_so_once(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch, qt: QApplication
) -> None:
    monkeypatch.setattr("hotelml_app.gui.desktop.tray.tray_available", lambda: True)
    opened = open_window(hotel)
    opened.make_tray()
    told: list[str] = []
    monkeypatch.setattr(opened.tray, "tell", lambda title, text: told.append(title))
    for _ in range(2):
        opened.window.close()
        assert not opened.window.isVisible()
        assert not opened.runner._closed.is_set()
        opened.come_forward()
    assert told == ["HotelML keeps watching the drop folder"]
    assert [action.text() for action in opened.tray.menu.actions()] == ["Open HotelML", "Import files…", "", "Quit HotelML"]
    opened.tray.menu.actions()[-1].trigger()
    assert opened.runner._closed.is_set()
    qt.setQuitOnLastWindowClosed(True)


def test_when_the_user_signs_out_no_tray_keeps_the_window_open(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch, qt: QApplication
) -> None:
    monkeypatch.setattr("hotelml_app.gui.desktop.tray.tray_available", lambda: True)
    monkeypatch.setattr("hotelml_app.gui.desktop.session.CALLED_OFF_AFTER_MS", 1)
    opened = open_window(hotel)
    opened.make_tray()
    opened._session.announce()
    wait_for(lambda: not opened._session.is_near)
    assert not opened.window.close(), "signing out was called off: the tray holds it again"
    assert not opened.runner._closed.is_set()
    opened.come_forward()
    opened._session.announce()
    assert opened.window.close()
    assert opened.runner._closed.is_set()
    qt.setQuitOnLastWindowClosed(True)


def test_the_window_remembers_its_place_when_the_session_ends_though_it_is_not_closed_itself(
    qt: QApplication, hotel: FakeAppliance, tmp_path: Path
) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    opened = WindowApplication(qt, hotel, WindowMemory())
    opened.show()
    wait_for(lambda: bool(opened.window.properties))
    opened.window.choose_property(fake_views.RESORT)
    opened._session.announce()
    (kept,) = tmp_path.rglob("*.ini")
    assert "geometry=" in kept.read_text(encoding="utf-8"), "Windows ends the program before it writes anything more"
    assert fake_views.RESORT in kept.read_text(encoding="utf-8")
    opened.close()
    opened.window.deleteLater()


def test_the_first_window_fills_a_screen_of_windows_that_is_smaller(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere, there = QWidget(), QWidget()
    restore_place(elsewhere, None)
    assert not elsewhere.isMaximized(), "other desktops fit a window in"
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    restore_place(there, None)
    assert there.isMaximized()
    room = there.screen().availableSize()
    assert there.width() < room.width()
    assert there.height() < room.height()


def test_the_window_remembers_its_place_look_and_property(qt: QApplication, hotel: FakeAppliance, tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    opened = WindowApplication(qt, hotel, WindowMemory())
    opened.show()
    wait_for(lambda: bool(opened.window.properties))
    opened.window.choose_property(fake_views.RESORT)
    opened.close()
    again = WindowApplication(qt, hotel, WindowMemory())
    again.show()
    wait_for(lambda: again.context.property_name == fake_views.RESORT)
    assert again.memory.geometry is not None
    assert not again.memory.told_about_tray
    again.close()
    for made in (opened, again):
        made.window.deleteLater()


def test_run_shows_the_window_until_it_is_closed(qt: QApplication, hotel: FakeAppliance, tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))

    def close() -> None:
        if hotel.asked["today"]:
            next(window for window in qt.topLevelWidgets() if window.isVisible()).close()

    closing = QTimer()
    closing.timeout.connect(close)
    closing.start(50)
    assert run(hotel) == 0
    closing.stop()
    assert hotel.asked["today"] == 1


def test_ctrl_c_ends_the_window_politely(qt: QApplication, hotel: FakeAppliance, tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    before = signal.getsignal(signal.SIGINT)
    QTimer.singleShot(300, lambda: signal.raise_signal(signal.SIGINT))
    assert application.run(hotel) == 0
    assert signal.getsignal(signal.SIGINT) is before
    pause(10)


def test_the_first_start_takes_a_hotel_over_from_another_pc(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    hotel = FakeAppliance(())
    opened = open_window(hotel)
    dialog = first_dialog(opened)
    dialog.read_file.click()
    chooser = dialog.findChild(QFileDialog)
    chooser.fileSelected.emit("/media/usb/city.hotelml")
    chooser.reject()
    reading = dialog.findChild(ReadDialog)
    wait_for(reading.yes.isEnabled)
    reading.yes.click()
    wait_for(lambda: opened.window.notice.notice is not None)
    assert hotel.said == [("take over", Path("/media/usb/city.hotelml"), "")]
    notice = opened.window.notice.notice
    assert notice.title == "The hand-over file takes its place when HotelML starts next"
    quits: list[bool] = []
    monkeypatch.setattr(opened._application, "quit", lambda: quits.append(True))
    notice.on_action()
    assert quits
    assert opened.runner._closed.is_set()


def test_who_sets_up_while_a_hand_over_file_waits_is_told_of_it(open_window: Open) -> None:
    hotel = FakeAppliance(())
    hotel.next_start = NextStartView(datetime(2016, 9, 1, 4, 0, tzinfo=UTC), True, "The hand-over file waits.")
    assert first_dialog(open_window(hotel)).moved.text() == "The hand-over file waits."


def test_files_are_looked_for_where_the_last_one_was_and_at_first_in_the_documents(
    qt: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never where the program was started: on Windows that is a folder of its own files, or one of the system's."""
    documents, stick = tmp_path / "documents", tmp_path / "stick"
    documents.mkdir()
    stick.mkdir()
    monkeypatch.setattr(choosing, "_chosen_in", [])
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(documents))
    parent, chosen = QWidget(), []

    def asked() -> QFileDialog:
        choosing.choose_target(parent, "Save", "report.xlsx", "Excel workbook (*.xlsx)", chosen.append)
        return parent.findChildren(QFileDialog)[-1]

    first = asked()
    assert Path(first.selectedFiles()[0]) == documents / "report.xlsx"
    first.fileSelected.emit(str(stick / "other.xlsx"))
    first.reject()
    second = asked()
    assert Path(second.selectedFiles()[0]) == stick / "report.xlsx"
    second.reject()
    choosing.choose_files(parent, "Import", "Exports (*.csv)", chosen.append)
    third = parent.findChildren(QFileDialog)[-1]
    assert Path(third.directory().absolutePath()) == stick
    third.reject()
    monkeypatch.setattr(choosing, "_chosen_in", [str(tmp_path / "another stick")])
    assert choosing.folder_to_begin_in() == str(documents), "the stick was pulled out"
    assert chosen == [stick / "other.xlsx"]


def test_a_folder_that_is_chosen_is_written_as_the_system_does(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "Path", PureWindowsPath)
    parent, chosen = QWidget(), []
    choosing.choose_folder(parent, "Choose the drop folder", "", chosen.append)
    (dialog,) = parent.findChildren(QFileDialog)
    dialog.fileSelected.emit("C:/PMS/exports")
    dialog.fileSelected.emit("//server/share")
    dialog.reject()
    assert chosen == ["C:\\PMS\\exports", "\\\\server\\share\\"]
