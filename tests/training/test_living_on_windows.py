"""What a training does otherwise on Windows: how it notices that its supervisor is gone, how its end is told, what time is."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.jobs import CancelToken, JobStage
from hotelml_app.training import process, wire
from hotelml_app.training.supervision import supervise

BROKEN, NO_PIPE = 109, 1


class Peek:
    """Windows' answer about a pipe: 0 and an error, or 1."""

    def __init__(self, answer: int) -> None:
        self._answer = answer

    def __call__(self, *arguments: object) -> int:
        return self._answer


@pytest.mark.parametrize(("answer", "error", "is_open"), [(1, 0, True), (0, BROKEN, False), (0, NO_PIPE, True)])
def test_the_supervisor_is_gone_once_windows_calls_the_pipe_broken(
    answer: int, error: int, is_open: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = SimpleNamespace(PeekNamedPipe=Peek(answer))
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, use_last_error: kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: error, raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=lambda descriptor: 4711))
    assert wire._pipe_is_open() is is_open


def test_on_windows_stdin_is_looked_at_and_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise AssertionError("a pending read keeps Windows from loading NumPy and SciPy")

    monkeypatch.setattr(os, "read", refuse)
    answers = [True, True, False]
    wire.wait_by_looking(lambda: answers.pop(0), pause_s=0.0)
    assert answers == []


def test_a_process_that_is_just_ending_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    ending = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)

    def refuse(self: psutil.Process) -> None:
        raise psutil.AccessDenied(self.pid)

    monkeypatch.setattr(psutil.Process, "kill", refuse)
    process._kill_tree(ending.pid)
    assert ending.poll() is None
    ending.communicate(timeout=60)
    assert ending.returncode == 0


def test_a_crash_is_called_by_the_name_windows_has_for_it() -> None:
    assert process.how_it_ended(3221225477) == "it crashed (Windows calls it 0xC0000005)"


def test_a_training_is_never_run_by_the_python_that_has_no_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet, plain = tmp_path / "pythonw.exe", tmp_path / "python.exe"
    monkeypatch.setattr(sys, "executable", str(quiet))
    assert process.child_command()[0] == str(quiet), "there is no other"
    plain.touch()
    assert process.child_command()[0] == str(plain)
    monkeypatch.setattr(sys, "executable", str(plain))
    assert process.child_command()[0] == str(plain)


def test_the_log_of_a_training_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Packed, Python writes by the code page of the PC; PYTHONUTF8 is not heard then."""
    environment = os.environ | {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    missing = str(tmp_path / "Müller" / "SPEC.json")
    training = process.TrainingProcess([*process.child_command(), missing], environment, tmp_path / "training.log")
    training.end(grace_s=60.0)
    assert repr(missing) in "\n".join(training.tail())


class Trains:
    """A training during which so much time goes by before each message."""

    ended = silent = False

    def __init__(self, clock: FixedClock, minutes: list[float], share: float = 1.0) -> None:
        self._clock, self._minutes, self._share, self._used_s = clock, minutes, share, 0.0

    def processor_s(self) -> float:
        return self._used_s

    def next_message(self, timeout_s: float) -> dict[str, object] | None:
        minutes = self._minutes.pop(0)
        self._clock.advance(timedelta(minutes=minutes))
        self._used_s += self._share * 60 * minutes
        return None if self._minutes else {"report": {}}

    def end(self, grace_s: float) -> int:
        return 0

    def tail(self) -> tuple[str, ...]:
        return ()


@pytest.mark.parametrize(("minutes", "stage"), [([0.1, 480.0, 0.1], JobStage.DONE), ([0.1] * 400, JobStage.FAILED)])
def test_the_hours_that_the_pc_sleeps_are_none_of_the_training(minutes: list[float], stage: JobStage) -> None:
    clock = FixedClock(datetime(2016, 5, 1, 3, 30, tzinfo=UTC))
    end = supervise(lambda: Trains(clock, minutes), CancelToken(), clock, 1800.0, lambda *_: None)  # type: ignore[arg-type,return-value]
    assert end.stage is stage


@pytest.mark.parametrize(
    ("share", "looks", "stage"),
    [(0.07, 4000, JobStage.DONE), (0.07, 6000, JobStage.FAILED), (0.0, 400, JobStage.FAILED), (1.9, 400, JobStage.FAILED)],
)
def test_the_time_that_others_take_from_a_training_is_not_held_against_it(share: float, looks: int, stage: JobStage) -> None:
    """It steps back behind all else: on a PC that is busy all night it gets little. One that gets nothing at all hangs."""
    clock = FixedClock(datetime(2016, 5, 1, 3, 30, tzinfo=UTC))
    trains = Trains(clock, [0.1] * looks, share)
    end = supervise(lambda: trains, CancelToken(), clock, 1800.0, lambda *_: None)  # type: ignore[arg-type,return-value]
    assert end.stage is stage
