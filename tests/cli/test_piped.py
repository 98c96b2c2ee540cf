"""Who can be asked: a person at a terminal, and nobody where stdin is a pipe, or nothing at all."""

from __future__ import annotations

import ctypes
import io
import sys
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from hotelml_app.cli.piped import is_typed

CONSOLE, NOTHING = 1, 0


class Stdin(io.StringIO):
    """What Python takes for a terminal; on Windows that may be NUL."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0


class Mode:
    """Windows' answer to who asks for the mode of a console: 0 where it is none."""

    def __init__(self, answer: int) -> None:
        self._answer = answer

    def __call__(self, handle: int, mode: object) -> int:
        return self._answer


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Have stdin be a console of Windows, or NUL."""

    def stdin(answer: int) -> None:
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(sys, "stdin", Stdin())
        monkeypatch.setattr(ctypes, "WinDLL", lambda name: SimpleNamespace(GetConsoleMode=Mode(answer)), raising=False)
        monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=lambda descriptor: 4711))

    return stdin


def test_on_windows_nobody_is_asked_where_stdin_is_nul(on_windows: Callable[[int], None]) -> None:
    on_windows(NOTHING)
    assert not is_typed()


def test_on_windows_a_person_at_a_console_is_asked(on_windows: Callable[[int], None]) -> None:
    on_windows(CONSOLE)
    assert is_typed()


def test_without_stdin_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert not is_typed()
