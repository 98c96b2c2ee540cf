"""The window on a real home: every page answers, and training shows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from qt_waiting import wait_for
from small_hotel import NAME, make_home, open_at_morning

from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.memory import Forgetful
from hotelml_app.gui.pages.registry import PAGES


def test_every_page_answers_on_a_real_home(qt: QApplication, tmp_path: Path) -> None:
    make_home(tmp_path / "home", tmp_path / "exports")
    with open_at_morning(tmp_path / "home") as appliance:
        opened = WindowApplication(qt, appliance, Forgetful())
        opened.show()
        wait_for(lambda: bool(opened.window.properties))
        for spec in PAGES:
            opened.window.open_page(spec.key)
            wait_for(lambda: opened.window.page.body.state != "loading" and opened.runner.quiet)
            assert opened.window.page.body.state == "content", opened.window.page.body.message.title.text()
        assert opened.window.pages["today"].sentence.text().startswith("Tonight ")
        assert NAME in opened.window.pages["settings"].sentence.text()
        assert len(opened.window.pages["forecast"].table.keys) == 90
        opened.close()
        opened.window.deleteLater()


def test_a_new_home_asks_for_its_hotel_and_then_for_its_first_export(qt: QApplication, tmp_path: Path) -> None:
    with open_at_morning(tmp_path / "home") as appliance:
        appliance.complete_first_run("Hotel Aurora", tmp_path / "exports")
        opened = WindowApplication(qt, appliance, Forgetful())
        opened.show()
        wait_for(lambda: bool(opened.window.properties) and opened.window.page.body.state == "message")
        assert opened.window.page.sentence.text() == "There is no data yet"
        opened.window.open_page("data")
        wait_for(lambda: opened.window.page.body.state == "content")
        assert opened.window.page.well.folder.whole_text == str(tmp_path / "exports")
        opened.close()
        opened.window.deleteLater()
