"""Where the question about a file is asked: from the Data page, from Today, after a drop on the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fake_files
import pytest
from asked_files import PATH, ask, dialog_of
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget
from qt_waiting import pause, wait_for

from hotelml_app.gui.answering.answer import Answer
from hotelml_app.gui.answering.dialog import AnswerDialog
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.widgets.reading_order import reading_order
from hotelml_app.intake.errors import NoSuchFileError
from hotelml_app.services.today.views import DecisionView


def test_the_data_page_shows_the_question_with_its_one_button(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.proposals[PATH.name] = fake_files.proposal("arrival")
    hotel.waiting = (fake_files.waiting(), fake_files.waiting("other.csv"))
    opened = open_window(hotel, "data")
    page = opened.window.page
    assert page.ask.title.text() == "strange.csv and 1 more file wait for your answer"
    assert page.ask.text.text() == "Which column is the arrival?"
    assert not page._waiting.isVisible(), "what waits for an answer is not told twice"
    page.ask.button.click()
    dialog = dialog_of(opened)
    dialog.go.click()
    wait_for(lambda: page.ask.title.text() == "other.csv waits for your answer")


def test_today_leads_straight_to_the_question(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.proposals[PATH.name] = fake_files.proposal("arrival")
    decision = DecisionView("strange.csv waits for your answer", "Which column?", "Answer", "data", str(PATH))
    hotel.decisions = (decision, *hotel.decisions)
    opened = open_window(hotel)
    next(one for one in opened.window.page.findChildren(QPushButton) if one.text() == "Answer").click()
    assert dialog_of(opened).title.text() == "One question about strange.csv"
    assert opened.window.current == "today"


def test_files_dropped_on_the_window_are_asked_about_at_once(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.proposals = {name: fake_files.proposal("arrival") for name in ("a.csv", "b.csv")}
    opened = open_window(hotel, "data")
    opened.window.import_files([Path("/x/a.csv"), Path("/x/b.csv"), Path("/x/c.csv")])
    dialog = dialog_of(opened)
    assert dialog.windowTitle().startswith("a.csv")
    assert opened.window.notice.notice.title == "1 file imported"
    hotel.proposals.clear()
    dialog.go.click()
    wait_for(lambda: ("import", Path("/x/b.csv")) in hotel.said)


def test_whoever_does_not_answer_is_told_what_is_not_imported_and_how_to_come_back(
    open_window: Open, hotel: FakeAppliance
) -> None:
    hotel.proposals = {name: fake_files.proposal("arrival") for name in ("a.csv", "b.csv")}
    opened = open_window(hotel, "data")
    opened.window.import_files([Path("/x/a.csv"), Path("/x/b.csv")])
    dialog_of(opened).reject()
    notice = opened.window.notice.notice
    assert notice.title == "a.csv and 1 other file are not imported"
    opened.window.notice.action.click()
    assert dialog_of(opened).windowTitle().startswith("a.csv")


def test_a_question_that_comes_while_another_is_open_is_put_after_it(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.proposals = {name: fake_files.proposal("arrival") for name in ("a.csv", "b.csv")}
    opened = open_window(hotel, "data")
    opened.window.import_files([Path("/x/a.csv")])
    first = dialog_of(opened)
    opened.window.imports.begin([Path("/x/b.csv")])
    wait_for(lambda: ("import", Path("/x/b.csv")) in hotel.said and not opened.window.imports.running)
    first.reject()
    assert dialog_of(opened).windowTitle().startswith("b.csv")


def test_a_file_that_was_imported_may_be_read_otherwise(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "data", (910, 512))
    page = opened.window.page
    done = next(one for one in page.view.imports if one.status == "done")
    failed = next(one for one in page.view.imports if one.status == "failed")
    page.imports.choose(str(failed.id))
    assert not page._otherwise.isVisible()
    page.imports.choose(str(done.id))
    assert page.filter.mapTo(page, QPoint(page.filter.width(), 0)).x() <= page.width(), "nothing is cut off beside the list"
    hotel.proposals[f"import-{done.id}.csv"] = fake_files.proposal(known="hotelml")
    page._otherwise.click()
    assert dialog_of(opened).title.text() == f"How to read import-{done.id}.csv"
    hotel.failures["original_of"] = NoSuchFileError("It lies there no more.")
    dialog_of(opened).reject()
    page._otherwise.click()
    wait_for(opened.window.notice.isVisible)


def test_tab_comes_to_the_question_before_the_lists_and_buttons(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "arrival")
    order = reading_order(dialog)
    after = [order[0]]
    while len(after) < len(order):
        after.append(next_stop(after[-1], order))
    assert after == order
    assert dialog.questions[0].isAncestorOf(order[0])
    assert order[-1] is dialog.go


def test_the_question_has_the_focus_at_once(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "arrival")
    assert dialog.questions[0].isAncestorOf(dialog.focusWidget())


def next_stop(widget: QWidget, order: list[QWidget]) -> QWidget:
    found = widget.nextInFocusChain()
    while found not in order:
        found = found.nextInFocusChain()
    return found


def test_a_second_question_does_not_come_over_the_first(window: WindowApplication, hotel: FakeAppliance) -> None:
    ask(window, hotel, "arrival")
    window.context.answer("/x/other.csv")
    pause(30)
    assert len([one for one in window.window.findChildren(AnswerDialog) if one.isVisible()]) == 1


@pytest.mark.parametrize("known", ["", "expedia"])
def test_an_answer_says_no_more_than_was_asked(known: str) -> None:
    answer = Answer.begin(fake_files.proposal("dates", known=known, dates=fake_files.DATES))
    answer.dates = "day first"
    assert answer.mapping() == {"dates": "day first"}


def test_the_price_of_a_night_is_named_so_where_rows_are_nights() -> None:
    columns = (*fake_files.COLUMNS, fake_files.column("Preis", "total", 0.9, "100"))
    answer = Answer.begin(replace(fake_files.proposal("arrival"), columns=columns, rows="nights"))
    mapping = answer.mapping()
    assert (mapping["rows"], mapping["columns"]["night_price"]) == ("nights", "Preis")
    assert "total" not in mapping["columns"]


def test_on_a_much_enlarged_screen_the_buttons_stay_inside_the_window(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, size=(911, 512))
    dialog = ask(opened, hotel, "dates", known="expedia", dates=fake_files.DATES)
    assert dialog.height() < 512
    assert dialog.width() < 911
    assert dialog.rect().contains(dialog.go.geometry().translated(dialog.go.parentWidget().pos()))


def test_every_question_that_is_shown_is_counted(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "status", dates=fake_files.DATES)
    assert len(dialog.questions) == 2
    assert dialog.title.text() == "2 questions about strange.csv"
