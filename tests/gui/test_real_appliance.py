"""The window on a real home: every page answers, and training shows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel
from qt_waiting import wait_for
from small_hotel import NAME, make_home, open_at_morning

from hotelml_app.gui.answering.dialog import AnswerDialog
from hotelml_app.gui.answering.questions import NONE, ColumnQuestion, WordsQuestion
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.memory import Forgetful
from hotelml_app.gui.pages.registry import PAGES

SPEAK_OF_MODELS = ("models", "settings")
"""Staff on all other pages need not know what a model is; Settings says what a hand-over file holds."""


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
            if spec.key not in SPEAK_OF_MODELS:
                said = [label.text() for label in opened.window.page.findChildren(QLabel)]
                assert not [text for text in said if "model" in text.lower()]
        assert opened.window.pages["today"].sentence.text().startswith("Tonight ")
        assert NAME in opened.window.pages["settings"].sentence.text()
        assert len(opened.window.pages["forecast"].table.keys) == 90
        opened.close()
        opened.window.deleteLater()


def test_a_hotel_named_anew_is_called_so_on_every_page(qt: QApplication, tmp_path: Path) -> None:
    make_home(tmp_path / "home", tmp_path / "exports")
    with open_at_morning(tmp_path / "home") as appliance:
        opened = WindowApplication(qt, appliance, Forgetful())
        opened.show()
        wait_for(lambda: bool(opened.window.properties))
        opened.window.open_page("settings")
        page = opened.window.page
        wait_for(lambda: page.furnished and page.house.name.text() == NAME and opened.runner.quiet)
        page.house.name.setText("Grand Hôtel")
        page.house.rooms.setValue(31)
        page.save_button.click()
        wait_for(lambda: opened.context.property_name == "Grand Hôtel" and opened.runner.quiet and not page.dirty)
        assert [(one.name, one.rooms) for one in appliance.properties()] == [("Grand Hôtel", 31)]
        assert opened.window.rail.property_name.text() == "Grand Hôtel"
        for spec in PAGES:
            opened.window.open_page(spec.key)
            wait_for(lambda: opened.window.page.body.state != "loading" and opened.runner.quiet)
            assert opened.window.page.body.state == "content", opened.window.page.body.message.title.text()
        assert opened.window.pages["today"].view.property_name == "Grand Hôtel"
        opened.close()
        opened.window.deleteLater()


def test_a_new_home_asks_for_its_hotel_and_then_for_its_first_export(qt: QApplication, tmp_path: Path) -> None:
    with open_at_morning(tmp_path / "home") as appliance:
        appliance.complete_first_run("Hotel Aurora", tmp_path / "exports")
        opened = WindowApplication(qt, appliance, Forgetful())
        opened.show()
        wait_for(lambda: bool(opened.window.properties) and opened.window.page.body.state == "message")
        assert opened.window.page.sentence.text() == "No bookings are known yet"
        opened.window.open_page("data")
        wait_for(lambda: opened.window.page.body.state == "content")
        assert opened.window.page.well.folder.whole_text == str(tmp_path / "exports")
        opened.close()
        opened.window.deleteLater()


def test_a_strange_export_is_asked_about_once_and_the_next_one_never(qt: QApplication, tmp_path: Path) -> None:
    first = date(2026, 3, 1)
    for name, start in (("march.csv", 0), ("april.csv", 40)):
        lines = ["Feld A;Feld B;Feld C;Feld D;Feld E"]
        for n in range(start, start + 30):
            arrival = first + timedelta(n)
            status = "weg" if n % 3 == 0 else "lila"
            lines.append(f"X{n};{arrival:%d.%m.%Y};{arrival + timedelta(2):%d.%m.%Y};{status};Ada Muster")
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    with open_at_morning(tmp_path / "home") as appliance:
        appliance.complete_first_run("Hotel Aurora", tmp_path / "drop")
        opened = WindowApplication(qt, appliance, Forgetful())
        opened.show()
        wait_for(lambda: bool(opened.window.properties) and opened.runner.quiet)
        opened.window.import_files([tmp_path / "march.csv"])
        wait_for(lambda: opened.window.findChild(AnswerDialog) is not None and opened.runner.quiet)
        dialog = opened.window.findChild(AnswerDialog)
        wait_for(lambda: dialog.answer is not None)
        status = next(one for one in dialog.questions if isinstance(one, ColumnQuestion) and "cancelled" in one.text.text())
        status.columns.choose(str(dialog.answer.columns.index(next(c for c in dialog.answer.columns if c.header == "Feld D"))))
        status.columns.activated.emit(0)
        none = next(one for one in dialog.questions if isinstance(one, ColumnQuestion) and "room type" in one.text.text())
        none.columns.choose(NONE)
        none.columns.activated.emit(0)
        wait_for(lambda: any(isinstance(one, WordsQuestion) for one in dialog.questions))
        words = next(one for one in dialog.questions if isinstance(one, WordsQuestion))
        for word, meaning in (("lila", "reserved"), ("weg", "cancelled")):
            words.choices[word].choose(meaning)
        words.choices["weg"].activated.emit(0)
        wait_for(dialog.go.isEnabled)
        assert "Ada" not in " ".join(one.text() for one in dialog.findChildren(QLabel))
        dialog.go.click()
        wait_for(lambda: opened.window.notice.notice is not None and opened.window.notice.notice.title == "1 file imported")
        opened.window.notice.dismiss()
        opened.window.import_files([tmp_path / "april.csv"])
        wait_for(lambda: opened.window.notice.notice is not None and opened.window.notice.notice.title == "1 file imported")
        assert appliance.data("Hotel Aurora").bookings == 60
        opened.close()
        opened.window.deleteLater()
