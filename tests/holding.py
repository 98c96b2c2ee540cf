"""A program that holds files as a virus scanner or Excel does on Windows: moving and removing them is refused, or opening."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from hotelml_app.core import held_files

SHARING_VIOLATION = 32


def refusal(path: Path) -> PermissionError:
    """Return what Python raises on Windows for a file that is open elsewhere."""
    error = PermissionError(13, "The process cannot access the file because it is being used by another process", str(path))
    error.winerror = SHARING_VIOLATION  # type: ignore[attr-defined]
    return error


def hold(monkeypatch: pytest.MonkeyPatch, names: Iterable[str], times: int | None = None) -> list[str]:
    """Hold the files of these names for so many tries, or for good; return the list of refusals, which grows."""
    held, refused = frozenset(names), []

    def holding(method: str) -> None:
        former = getattr(Path, method)

        def act(self: Path, *arguments: object, **more: object) -> object:
            here = {self.name, *(one.name for one in arguments if isinstance(one, Path))} & held
            if here and (times is None or len(refused) < times) and (method != "unlink" or self.exists()):
                refused.append(f"{method} {min(here)}")
                raise refusal(self)
            return former(self, *arguments, **more)

        monkeypatch.setattr(Path, method, act)

    for method in ("replace", "rename", "unlink"):
        holding(method)
    monkeypatch.setattr(held_files, "PAUSES_S", (0.0,) * len(held_files.PAUSES_S))
    return refused


def lock(monkeypatch: pytest.MonkeyPatch, name: str, times: int | None = None) -> list[str]:
    """Share the files of this name with nobody for so many tries, or for good; return the list of refusals, which grows.

    Python opens files by the C library, which passes on that it was refused, but not Windows' own number.
    """
    refused: list[str] = []
    read = Path.read_bytes

    def act(self: Path) -> bytes:
        if self.name == name and (times is None or len(refused) < times):
            refused.append(name)
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", act)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(held_files, "PAUSES_S", (0.0,) * len(held_files.PAUSES_S))
    return refused
