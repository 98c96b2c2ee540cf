"""Windows' set-up program can tell that HotelML runs, and asks for what the program marks itself with."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace

import pytest

from hotelml_app.services.home.running_mark import MARKS, mark_running

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
