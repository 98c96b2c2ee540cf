"""What Windows is told of a HotelML that runs, and what that asks Windows about itself: marks for the set-up, its session."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hotelml_app.bootstrap import run
from hotelml_app.services.home.show_window import own_session
from hotelml_app.services.process.running_mark import FOR_EVERYBODY, MARKS, mark_running

SCRIPT = Path(__file__).parents[2] / "packaging" / "installer" / "windows" / "hotelml.nsi"
ACCESS_DENIED, DESCRIPTOR = 5, 4711


class _CreateMutex:
    """Stands for the function of Windows: remembers what it was asked for, refuses some names."""

    def __init__(self, refused: tuple[str, ...] = ()) -> None:
        self.asked: list[tuple[int | None, bool, str]] = []
        self._refused = refused

    def __call__(self, rights: object, owned: bool, name: str) -> int:
        self.asked.append((rights._obj.descriptor if rights is not None else None, owned, name))  # type: ignore[attr-defined]
        return 0 if name in self._refused else 100 + len(self.asked)


class _Convert:
    """Stands for the function of Windows that makes a descriptor of rights from their words."""

    def __init__(self, makes: bool) -> None:
        self._makes = makes

    def __call__(self, words: str, version: int, place: object, size: None) -> int:
        assert (words, version, size) == (FOR_EVERYBODY, 1, None)
        place._obj.value = DESCRIPTOR  # type: ignore[attr-defined]
        return int(self._makes)


def _windows(monkeypatch: pytest.MonkeyPatch, create: _CreateMutex, *, makes_rights: bool = True) -> None:
    convert = {"ConvertStringSecurityDescriptorToSecurityDescriptorW": _Convert(makes_rights)}
    libraries = {"kernel32": SimpleNamespace(CreateMutexW=create), "advapi32": SimpleNamespace(**convert)}
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, **_: libraries[name], raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: ACCESS_DENIED, raising=False)


def test_both_marks_are_made_and_owned_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    create = _CreateMutex()
    _windows(monkeypatch, create)
    assert mark_running() == [101, 102]
    assert create.asked == [(DESCRIPTOR, False, name) for name in MARKS]


def test_without_a_word_for_everybody_the_marks_are_made_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    create = _CreateMutex()
    _windows(monkeypatch, create, makes_rights=False)
    assert mark_running() == [101, 102]
    assert create.asked == [(None, False, name) for name in MARKS]


def test_what_windows_refuses_at_the_start_is_not_said_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _windows(monkeypatch, _CreateMutex(refused=MARKS))
    monkeypatch.setattr("hotelml_app.services.process.cpp_runtime.load_newest", list)
    monkeypatch.setattr("hotelml_app.bootstrap.sys", SimpleNamespace(platform="win32"))
    for logger in (logging.getLogger(), logging.getLogger("hotelml_app")):
        monkeypatch.setattr(logger, "handlers", [])
    assert run(["--version"]) == 0
    assert capsys.readouterr().err == ""


def test_one_that_is_refused_keeps_nothing_from_starting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _windows(monkeypatch, _CreateMutex(refused=MARKS[1:]))
    assert mark_running() == [101]
    assert f"{MARKS[1]} cannot be made: Windows error {ACCESS_DENIED}" in caplog.text


def test_the_set_up_program_asks_for_these_marks() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert all(f'OpenMutexW(i 0x100000, i 0, w "{mark}")' in script for mark in MARKS)
    assert script.count("!insertmacro WAIT_UNTIL_CLOSED") == 2, "before it is replaced and before it is removed"


def test_on_windows_a_process_knows_whose_desktop_it_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(pid: int, place: object) -> int:
        assert pid == os.getpid()
        place._obj.value = 3  # type: ignore[attr-defined]
        return 1

    if sys.platform != "win32":
        assert own_session() is None
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=SimpleNamespace(ProcessIdToSessionId=told)), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert own_session() == 3
