"""What Windows is told of a HotelML that runs, and what that asks Windows about itself: marks for the set-up, its session."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hotelml_app.services.home.running_mark import MARKS, mark_running
from hotelml_app.services.home.show_window import own_session

SCRIPT = Path(__file__).parents[2] / "packaging" / "installer" / "windows" / "hotelml.iss"
ACCESS_DENIED = 5


class _CreateMutex:
    """Stands for the function of Windows: remembers what it was asked for, refuses some names."""

    def __init__(self, refused: tuple[str, ...] = ()) -> None:
        self.asked: list[tuple[object, bool, str]] = []
        self._refused = refused

    def __call__(self, security: object, owned: bool, name: str) -> int:
        self.asked.append((security, owned, name))
        return 0 if name in self._refused else 100 + len(self.asked)


def _windows(monkeypatch: pytest.MonkeyPatch, create: _CreateMutex) -> None:
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, **_: SimpleNamespace(CreateMutexW=create), raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: ACCESS_DENIED, raising=False)


def test_both_marks_are_made_and_owned_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    create = _CreateMutex()
    _windows(monkeypatch, create)
    assert mark_running() == [101, 102]
    assert create.asked == [(None, False, name) for name in MARKS]


def test_one_that_is_refused_keeps_nothing_from_starting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _windows(monkeypatch, _CreateMutex(refused=MARKS[1:]))
    assert mark_running() == [101]
    assert f"{MARKS[1]} cannot be made: Windows error {ACCESS_DENIED}" in caplog.text


def test_the_set_up_program_asks_for_these_marks() -> None:
    assert f"CheckForMutexes('{','.join(MARKS)}')" in SCRIPT.read_text(encoding="utf-8")


def test_on_windows_a_process_knows_whose_desktop_it_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(pid: int, place: object) -> int:
        assert pid == os.getpid()
        place._obj.value = 3  # type: ignore[attr-defined]
        return 1

    assert own_session() is None
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=SimpleNamespace(ProcessIdToSessionId=told)), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert own_session() == 3
