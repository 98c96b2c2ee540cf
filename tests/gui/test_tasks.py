"""Background work: off the Qt thread, the latest answer wins, nothing comes after the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from qt_waiting import pause, wait_for

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.gui.context import Notice
from hotelml_app.gui.tasks import TURN_PAUSE_MS, TURN_S, TaskRunner, UnexpectedError


@pytest.fixture
def runner(qt: QApplication) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def never(error: HotelMLError) -> None:
    raise AssertionError(error)


def test_questions_run_elsewhere_and_answers_come_back_here(runner: TaskRunner) -> None:
    asked: list[str] = []
    answered: list[str] = []
    runner.ask(
        "page",
        lambda: asked.append(threading.current_thread().name) or "182",
        lambda value: answered.append(f"{value} {threading.current_thread().name}"),
        never,
    )
    wait_for(lambda: bool(answered))
    assert asked[0].startswith("window-read")
    assert answered == ["182 MainThread"]


def test_only_the_latest_answer_of_a_key_is_delivered(runner: TaskRunner) -> None:
    gate = threading.Event()
    answers: list[object] = []
    runner.ask("page", lambda: gate.wait(60) and "old", answers.append, never)
    runner.ask("page", lambda: "new", answers.append, never)
    runner.ask("other", lambda: "another page", answers.append, never)
    wait_for(lambda: len(answers) == 2)
    gate.set()
    wait_for(lambda: runner.quiet)
    assert sorted(map(str, answers)) == ["another page", "new"]


def test_a_dialog_that_was_closed_hears_no_answer(runner: TaskRunner, caplog: pytest.LogCaptureFixture) -> None:
    class Dialog(QLabel):
        def fail(self, error: HotelMLError) -> None:
            self.setText(error.message)

    def lost() -> object:
        gate.wait(60)
        raise HotelMLError("There is no forecast for this night.")

    gate, dialog = threading.Event(), Dialog()
    runner.ask("dialog", lambda: gate.wait(60) and "the night", dialog.setText, dialog.fail)
    runner.ask("lost", lost, dialog.setText, dialog.fail)
    shiboken6.delete(dialog)
    gate.set()
    wait_for(lambda: runner.quiet)
    assert not caplog.records


def test_failures_come_as_errors_in_words(runner: TaskRunner, caplog: pytest.LogCaptureFixture) -> None:
    errors: list[HotelMLError] = []

    def broken() -> object:
        raise ZeroDivisionError("a bug")

    def refused() -> object:
        raise HotelMLError("The file is gone.", remedy="Choose another.")

    runner.work(refused, on_failure=errors.append)
    wait_for(lambda: len(errors) == 1)
    runner.work(broken, on_failure=errors.append)
    wait_for(lambda: len(errors) == 2)
    assert str(errors[0]) == "The file is gone. Choose another."
    assert isinstance(errors[1], UnexpectedError)
    assert "a bug" not in str(errors[1])
    assert "ZeroDivisionError" in caplog.text


def test_a_stop_on_request_is_told_but_is_nothing_urgent() -> None:
    assert not Notice.of(Cancelled("The work was stopped.")).urgent
    assert Notice.of(HotelMLError("The file is gone.")).urgent


def test_nothing_is_delivered_or_begun_after_the_end(qt: QApplication) -> None:
    runner, gate, answers = TaskRunner(), threading.Event(), []
    runner.ask("page", lambda: gate.wait(60), answers.append, never)
    threading.Timer(0.05, gate.set).start()
    runner.close()
    runner.ask("page", lambda: 1, answers.append, never)
    runner.work(lambda: 1, on_done=answers.append)
    pause(50)
    assert answers == []


def test_steps_on_this_thread_leave_room_for_clicks_between_them_and_report_their_end(runner: TaskRunner) -> None:
    seen: list[str] = []

    def steps() -> Iterator[None]:
        for _ in range(3):
            QTimer.singleShot(0, runner, lambda: seen.append("a click"))
            time.sleep(TURN_S)
            seen.append(f"a step on {threading.current_thread().name}")
            yield

    runner.in_turns(steps(), lambda: seen.append("done"))
    assert not runner.quiet, "the rest is still to come"
    wait_for(lambda: runner.quiet)
    assert seen == [*["a step on MainThread", "a click"] * 3, "done"]


def test_no_step_is_taken_after_the_end(runner: TaskRunner) -> None:
    taken: list[int] = []

    def steps() -> Iterator[None]:
        for number in range(3):
            time.sleep(TURN_S)
            taken.append(number)
            yield

    runner.in_turns(steps(), lambda: taken.append(-1))
    runner.close()
    pause(20 * TURN_PAUSE_MS)
    assert taken == [0]


def test_a_step_that_fails_is_the_last(runner: TaskRunner) -> None:
    def steps() -> Iterator[None]:
        yield
        raise ValueError("no such page")

    with pytest.raises(ValueError, match="no such page"):
        runner.in_turns(steps(), lambda: pytest.fail("it did not succeed"))
    assert runner.quiet
