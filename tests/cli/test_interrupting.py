"""Ctrl+C, or the system's stop: one sentence, exit code 1, nothing half done, and no native code torn out of its work."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from hotelml_app.__main__ import main
from hotelml_app.core.jobs import CancelToken, JobStage
from hotelml_app.services.asking.interrupting import STOPPING, cancelled_by_interrupt
from hotelml_app.training.report import TrainingReport

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl+C there")

Operation = Callable[..., dict[str, object]]


@pytest.fixture(autouse=True)
def as_from_a_terminal() -> Iterator[None]:
    """A shell starts what runs in its background deaf to Ctrl+C, the tests among it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(number: int = 1, by: signal.Signals = signal.SIGINT) -> None:
    """Press Ctrl+C, or ask to end ``by`` another signal, and see to it that it has arrived."""
    for _ in range(number):
        os.kill(os.getpid(), by)
        time.sleep(0.01)


def in_place_of_properties(monkeypatch: pytest.MonkeyPatch, operation: Operation) -> None:
    monkeypatch.setattr("hotelml_app.services.properties.list_properties.answer", operation)


@pytest.mark.usefixtures("hotel_home")
def test_the_first_ctrl_c_stops_at_the_next_safe_moment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    finished = []

    def work(appliance: object, arguments: object, progress: object, cancel: CancelToken) -> dict[str, object]:
        interrupted()
        finished.append("native code")
        cancel.check()
        return {"properties": []}

    in_place_of_properties(monkeypatch, work)
    assert main(["properties", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "Cancelled"
    assert finished == ["native code"]


@pytest.mark.usefixtures("hotel_home")
def test_the_second_ctrl_c_stops_at_once_and_is_told_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stubborn(*_: object) -> dict[str, object]:
        interrupted(2)
        return {"properties": []}

    in_place_of_properties(monkeypatch, stubborn)
    assert main(["properties"]) == 1
    assert "Stopped on request. Nothing was lost" in capsys.readouterr().err


@pytest.mark.usefixtures("hotel_home")
@pytest.mark.parametrize("times", [1, 2])
def test_a_stop_of_the_system_is_heard_like_ctrl_c(
    times: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service manager or a time limit sends it; unheard it kills, without a word and with half a file left behind."""
    killed: list[int] = []
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def work(appliance: object, arguments: object, progress: object, cancel: CancelToken) -> dict[str, object]:
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            killed.append(os.getpid())
        else:
            interrupted(times, by=signal.SIGTERM)
        cancel.check()
        return {"properties": []}

    in_place_of_properties(monkeypatch, work)
    try:
        assert main(["properties", "--json"]) == 1
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)
    assert json.loads(capsys.readouterr().out)["error"] == "Cancelled"
    assert not killed


def test_it_says_that_it_stops_and_gives_the_signal_back() -> None:
    before, said = signal.getsignal(signal.SIGINT), threading.Event()
    cancel = CancelToken()
    with cancelled_by_interrupt(cancel, lambda line: said.set() if line == STOPPING else None):
        interrupted()
    assert cancel.cancelled
    assert said.wait(60)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_command_that_was_started_deaf_to_ctrl_c_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        cancel = CancelToken()
        with cancelled_by_interrupt(cancel, print):
            interrupted()
        assert not cancel.cancelled
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hotel_home")
def test_a_training_that_was_stopped_is_not_told_as_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = TrainingReport(
        "forecast", "Hotel", JobStage.CANCELLED, datetime(2016, 9, 1, tzinfo=UTC), 4.9, "Stopped on request."
    )
    monkeypatch.setattr("hotelml_app.services.learning.train_modules.train_all", lambda *_, **__: [stopped])
    assert main(["train", "--module", "forecast"]) == 1
    assert "forecast for Hotel: cancelled. Stopped on request." in capsys.readouterr().out
