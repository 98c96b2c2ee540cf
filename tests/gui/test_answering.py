"""A file that HotelML cannot read beyond doubt: one question, what would come of the answer, one button."""

from __future__ import annotations

import threading
from dataclasses import replace

import fake_files
import pytest
from asked_files import PATH, ask, dialog_of
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.answering.answer import Answer
from hotelml_app.gui.answering.dialog import AnswerDialog
from hotelml_app.gui.answering.questions import ColumnQuestion, DatesQuestion, PriceQuestion, RowsQuestion, WordsQuestion
from hotelml_app.gui.application import WindowApplication
from hotelml_app.services.exports.mapping_views import RoleView, StatusWordView


def settle_trial(opened: WindowApplication, dialog: AnswerDialog) -> None:
    wait_for(lambda: not dialog._soon.isActive() and opened.runner.quiet)


def last_mapping(hotel: FakeAppliance) -> object:
    return [one[2] for one in hotel.said if one[0] == "dry run"][-1]


def test_dates_are_asked_in_one_question_and_imported_by_the_answer(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "dates", known="expedia", dates=fake_files.DATES)
    assert dialog.title.text() == "One question about strange.csv"
    assert [type(question) for question in dialog.questions] == [DatesQuestion]
    question = dialog.questions[0]
    assert question.text.text() == "Is 03/04/2026 the 3rd of April or the 4th of March?"
    assert question.choices.choice == "", "nothing is chosen for the user"
    assert not dialog.go.isEnabled()
    assert not hotel.asked["dry_run"], "there is nothing to try before the answer"
    question.choices.findChildren(QPushButton)[0].click()
    settle_trial(window, dialog)
    assert last_mapping(hotel) == {"dates": "day first"}
    assert dialog.line.counts.text() == "166 of 180 rows would be imported, 14 rejected"
    dialog.go.click()
    wait_for(lambda: window.window.notice.isVisible())
    assert hotel.said[-1] == ("import mapped", PATH, {"dates": "day first"}, window.context.property_name)
    assert window.window.notice.notice.title == "1 file imported"
    wait_for(lambda: not window.window.findChildren(AnswerDialog))


def test_a_doubtful_column_is_chosen_already_and_can_be_another(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "departure")
    question = dialog.questions[0]
    assert isinstance(question, ColumnQuestion)
    assert question.columns.currentText().startswith("Bis: ")
    assert last_mapping(hotel)["columns"] == {"reservation_id": "Nr", "arrival": "Von", "departure": "Bis", "status": False}
    question.columns.choose("4")
    question.columns.activated.emit(0)
    settle_trial(window, dialog)
    columns = last_mapping(hotel)["columns"]
    assert (columns["nights"], "departure" in columns) == ("N", False), "a column of small numbers is the nights"
    assert dialog.columns.choices[4].choice == "nights"


def test_the_days_from_booking_to_arrival_answer_for_the_day_of_booking(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "booked_on")
    question = dialog.questions[0]
    assert isinstance(question, ColumnQuestion)
    assert dialog.line.counts.text() == "Say which column is the day of booking, or that none is."
    question.columns.choose("4")
    question.columns.activated.emit(0)
    settle_trial(window, dialog)
    columns = last_mapping(hotel)["columns"]
    assert (columns["lead_days"], "booked_on" in columns) == ("N", False)
    assert dialog.go.isEnabled()


def test_a_guess_at_the_days_from_booking_to_arrival_is_chosen_already() -> None:
    plain = fake_files.proposal("booked_on")
    guess = replace(plain.columns[4], role="lead_days", confidence=0.5)
    roles = (*plain.roles, RoleView("lead_days", "days booked ahead", False))
    answer = Answer.begin(replace(plain, columns=(*plain.columns[:4], guess, *plain.columns[5:]), roles=roles))
    assert answer.missing == ""
    assert answer.mapping()["columns"]["lead_days"] == "N"


def test_a_guess_at_the_price_of_a_night_is_chosen_already() -> None:
    plain = fake_files.proposal("total")
    guess = replace(plain.columns[4], role="adr", confidence=0.5)
    answer = Answer.begin(replace(plain, columns=(*plain.columns[:4], guess, *plain.columns[5:])))
    assert (answer.missing, answer.mapping()["columns"]["adr"]) == ("", "N")


def test_what_the_days_say_of_a_status_word_is_chosen_already() -> None:
    words = (replace(fake_files.WORDS[0], likely="reserved"), fake_files.WORDS[1])
    answer = Answer.begin(fake_files.proposal("status", words=words))
    assert answer.statuses == {"fix": "reserved"}


def scrolling(dialog: AnswerDialog) -> list[QAbstractScrollArea]:
    areas = [one for one in dialog.findChildren(QAbstractScrollArea) if one.isVisible()]
    return [one for one in areas if one.verticalScrollBar().maximum() > 0]


def test_many_questions_scroll_and_none_is_cut(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "arrival", "departure", "room_type", "booked_on", "total")
    wait_for(lambda: len(scrolling(dialog)) == 1)
    wait_for(lambda: all(one.height() >= one.heightForWidth(one.width()) for one in dialog.questions))
    foot = dialog.rect().bottom()
    assert dialog.line.geometry().bottom() < foot, "what is still to be said stands beside the button, wherever one scrolls"
    assert dialog.height() <= 640


@pytest.mark.parametrize("asked", [("arrival",), ("arrival", "departure", "room_type", "booked_on", "total")])
def test_on_a_small_screen_nothing_scrolls_inside_of_what_scrolls(
    open_window: Open, hotel: FakeAppliance, asked: tuple[str, ...]
) -> None:
    dialog = ask(open_window(hotel, "data", (911, 512)), hotel, *asked)
    wait_for(lambda: len(scrolling(dialog)) == 1)
    for key in ("rejected", "bookings", "columns"):
        dialog.lists.choose(key)
        dialog._show_list(key)
        wait_for(lambda: len(scrolling(dialog)) == 1)


def test_a_role_is_changed_in_the_list_and_taken_from_the_column_that_had_it(
    window: WindowApplication, hotel: FakeAppliance
) -> None:
    dialog = ask(window, hotel, "arrival")
    choice = dialog.columns.choices[5]
    choice.choose("room_type")
    choice.activated.emit(0)
    dialog.columns.choices[4].choose("reservation_id")
    dialog.columns.choices[4].activated.emit(0)
    settle_trial(window, dialog)
    columns = last_mapping(hotel)["columns"]
    assert (columns["room_type"], columns["reservation_id"]) == ("Lage", "N")
    assert dialog.columns.choices[0].choice == ""


def test_words_of_the_status_must_be_explained_before_anything_is_imported(
    window: WindowApplication, hotel: FakeAppliance
) -> None:
    dialog = ask(window, hotel, "status", words=fake_files.WORDS)
    question = dialog.questions[0]
    assert isinstance(question, WordsQuestion)
    assert not dialog.go.isEnabled()
    for word, status in (("fix", "reserved"), ("weg", "cancelled")):
        question.choices[word].choose(status)
        question.choices[word].activated.emit(0)
    settle_trial(window, dialog)
    assert last_mapping(hotel)["statuses"] == {"fix": "reserved", "weg": "cancelled"}
    assert last_mapping(hotel)["columns"]["status"] == "Lage"
    assert dialog.go.isEnabled()


SAID = (StatusWordView("OPT", 50, "tentative"), StatusWordView("Confirmed", 87, "reserved"), StatusWordView("fix", 3, ""))


def test_a_word_that_is_known_may_mean_something_else_here(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, known="expedia", words=SAID)
    words = dialog.columns.words
    assert words.isVisible()
    assert {word: choice.choice for word, choice in words.choices.items()} == {"OPT": "tentative", "Confirmed": "reserved"}
    words.choices["OPT"].choose("reserved")
    words.choices["OPT"].activated.emit(0)
    settle_trial(window, dialog)
    assert last_mapping(hotel) == {"statuses": {"OPT": "reserved"}}


def test_known_words_are_those_of_the_column_that_is_the_status(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "status", words=SAID)
    assert list(dialog.questions[0].choices) == ["fix"]
    assert not dialog.columns.words.isHidden()
    dialog.columns.choices[5].choose("")
    dialog.columns.choices[5].activated.emit(0)
    assert dialog.columns.words.isHidden()


def test_that_no_column_tells_the_status_is_said_by_a_person_not_by_silence(
    window: WindowApplication, hotel: FakeAppliance
) -> None:
    plain = fake_files.proposal("status")
    hotel.proposals[PATH.name] = replace(plain, columns=plain.columns[:5])
    window.context.answer(str(PATH))
    dialog = dialog_of(window)
    question = dialog.questions[0]
    assert question.columns.currentText() == "Choose a column"
    assert dialog.line.counts.text() == "Say which column shows what was cancelled, or that none does."
    question.columns.choose("none")
    question.columns.activated.emit(0)
    settle_trial(window, dialog)
    assert last_mapping(hotel)["columns"]["status"] is False
    assert dialog.go.isEnabled()


def test_what_several_rows_of_one_number_are_is_said_by_a_click(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "rows")
    question = dialog.questions[0]
    assert isinstance(question, RowsQuestion)
    assert question.choices.choice == "", "nothing is chosen for the user"
    assert dialog.line.counts.text() == "Say what several rows of one booking are."
    question.choices.findChildren(QPushButton)[0].click()
    settle_trial(window, dialog)
    assert last_mapping(hotel)["rows"] == "rooms"
    assert dialog.go.isEnabled()


def test_a_price_is_chosen_with_what_it_is_for(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "total")
    question = dialog.questions[0]
    assert isinstance(question, PriceQuestion)
    assert dialog.line.counts.text() == "Say which column is the price, or that none is."
    assert not question.spans.isEnabled()
    question.columns.choose("4")
    question.columns.activated.emit(0)
    settle_trial(window, dialog)
    assert last_mapping(hotel)["columns"]["total"] == "N"
    question.spans.findChildren(QPushButton)[1].click()
    settle_trial(window, dialog)
    columns = last_mapping(hotel)["columns"]
    assert (columns["adr"], "total" in columns) == ("N", False)
    question.columns.choose("none")
    question.columns.activated.emit(0)
    settle_trial(window, dialog)
    assert not {"adr", "total"} & last_mapping(hotel)["columns"].keys()
    assert dialog.go.isEnabled()


def test_a_day_of_cancelling_tells_the_status_too() -> None:
    columns = (*fake_files.COLUMNS[:5], fake_files.column("Storno am", "cancelled_on", 0.9, "01/02/2026"))
    roles = (*fake_files.ROLES, RoleView("cancelled_on", "day it was cancelled", False))
    answer = Answer.begin(replace(fake_files.proposal("arrival"), columns=columns, roles=roles))
    assert "status" not in answer.mapping()["columns"]


def test_what_only_the_dry_run_finds_is_asked_then(window: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.trials[PATH.name] = fake_files.trial(words=fake_files.WORDS, dates=fake_files.DATES, accepted=0)
    dialog = ask(window, hotel, "arrival")
    assert [type(one) for one in dialog.questions] == [ColumnQuestion, DatesQuestion, WordsQuestion]
    assert dialog.line.counts.text() == "Say what the dates mean."
    hotel.trials.clear()
    dialog.questions[1].choices.findChildren(QPushButton)[1].click()
    for choice in dialog.questions[2].choices.values():
        choice.choose("reserved")
        choice.activated.emit(0)
    settle_trial(window, dialog)
    assert last_mapping(hotel)["dates"] == "month first"
    assert len(dialog.questions) == 3, "nothing that was asked goes away or comes twice"
    assert dialog.go.isEnabled()


def test_rows_that_would_be_rejected_are_shown_with_their_reasons(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "arrival")
    assert "14 × the departure date cannot be read" in dialog.line.reasons.text()
    dialog.lists.choose("rejected")
    dialog._show_list("rejected")
    assert dialog.rejected_rows.text_at("0", 0) == "30"
    assert dialog.rejected_rows.text_at("0", 2) == "arrival 03/04/2026"
    assert dialog.bookings.text_at("0", 2) == "3 Apr 2026"


def test_cells_that_could_be_a_guests_stay_masked(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "arrival")
    told = [one.toolTip() for one in dialog.columns.findChildren(type(dialog.step)) if "Xxx" in one.whole_text]
    assert told
    assert "could name a guest" in told[0]


def test_an_import_shows_how_far_it_is_and_stops_on_request(window: WindowApplication, hotel: FakeAppliance) -> None:
    dialog = ask(window, hotel, "arrival")
    gate = hotel.gates["import_mapped"] = threading.Event()
    dialog.go.click()
    assert dialog._work.isVisible()
    assert not dialog.go.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.step.whole_text == "Stopping…"
    assert dialog.isVisible(), "it closes once the import is undone"
    gate.set()
    wait_for(lambda: not dialog.importing and dialog.go.isEnabled())


def test_what_goes_wrong_is_told_in_the_dialog_and_can_be_put_right(window: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.failures["dry_run"] = HotelMLError("No row could be used.", remedy="Correct the map.")
    dialog = ask(window, hotel, "arrival")
    assert dialog.line.counts.text() == "No row could be used."
    assert dialog.line.reasons.text() == "Correct the map."
    assert not dialog.go.isEnabled()
    hotel.failures.clear()
    dialog._changed()
    settle_trial(window, dialog)
    assert dialog.go.isEnabled()
