"""On Windows the newest C++ runtime is loaded first, so that no package meets an older one than it was built with."""

from __future__ import annotations

import ctypes
import struct
import sys
from pathlib import Path

import pytest

from hotelml_app.services.process import cpp_runtime

Version = tuple[int, int, int, int]


FIRST, SECOND = cpp_runtime.RUNTIME


def library(folder: Path, version: Version, name: str = FIRST) -> Path:
    """Write a file that carries its version where libraries of Windows do."""
    folder.mkdir(parents=True, exist_ok=True)
    major, minor, build, patch = version
    fixed = struct.pack("<IIIIII", 0xFEEF04BD, 0x10000, major << 16 | minor, build << 16 | patch, 0, 0)
    file = folder / name
    file.write_bytes(b"MZ" + b"\0" * 500 + fixed + b"\0" * 50)
    return file


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(ctypes, "WinDLL", names.append, raising=False)
    return names


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where Windows keeps its libraries; two packages stand beside it, and are never imported."""
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path / "Windows"))
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    monkeypatch.setattr(cpp_runtime, "BROUGHT_BY", {"qt_like": ".", "learning_like": ".libs", "not_installed": "."})
    for name in ("qt_like", "learning_like"):
        (tmp_path / "packages" / name).mkdir(parents=True)
        (tmp_path / "packages" / name / "__init__.py").write_text("raise AssertionError('imported')", encoding="utf-8")
    return tmp_path / "Windows" / "System32"


@pytest.mark.parametrize(
    ("of_system", "of_qt", "of_learning", "chosen"),
    [
        ((14, 29, 30133, 0), (14, 44, 35211, 0), (14, 51, 36247, 0), "learning_like"),
        ((14, 29, 30133, 0), (14, 44, 35211, 0), None, "qt_like"),
        ((14, 52, 1, 0), (14, 44, 35211, 0), (14, 51, 36247, 0), "System32"),
        (None, (14, 44, 35211, 0), None, "qt_like"),
        ((14, 44, 35211, 0), (14, 44, 35211, 0), None, "System32"),
    ],
)
def test_the_newest_serves_all(
    of_system: Version | None,
    of_qt: Version,
    of_learning: Version | None,
    chosen: str,
    system: Path,
    tmp_path: Path,
    loaded: list[str],
) -> None:
    if of_system:
        library(system, of_system)
    library(tmp_path / "packages" / "qt_like", of_qt)
    if of_learning:
        library(tmp_path / "packages" / "learning_like" / ".libs", of_learning)
    (file,) = cpp_runtime.load_newest()
    assert loaded == [str(file)]
    assert chosen in loaded[0]
    assert not {"qt_like", "learning_like"} & set(sys.modules)


def test_a_pc_without_any_is_left_to_the_packages(system: Path, loaded: list[str]) -> None:
    assert cpp_runtime.load_newest() == []
    assert loaded == []


def test_what_the_newest_comes_without_is_taken_from_another(system: Path, tmp_path: Path, loaded: list[str]) -> None:
    """ONNX Runtime asks for both files, and beside the one that scikit-learn brings there is no other."""
    older = [library(tmp_path / "packages" / "qt_like", (14, 44, 35211, 0), name) for name in (FIRST, SECOND)]
    newest = library(tmp_path / "packages" / "learning_like" / ".libs", (14, 51, 36247, 0))
    assert cpp_runtime.load_newest() == [newest, older[1]]
    assert loaded == [str(newest), str(older[1])]


def test_one_that_cannot_be_loaded_keeps_nothing_from_starting(
    system: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    library(system, (14, 44, 35211, 0))

    def refuse(name: str) -> None:
        raise OSError(193, "is not a valid Win32 application")

    monkeypatch.setattr(ctypes, "WinDLL", refuse, raising=False)
    assert cpp_runtime.load_newest() == []
    assert "not a valid Win32 application" in caplog.text


def test_a_version_is_read_as_windows_shows_it(tmp_path: Path) -> None:
    assert cpp_runtime.version_of(library(tmp_path, (14, 44, 35211, 7))) == (14, 44, 35211, 7)
    (tmp_path / "other.dll").write_bytes(b"MZ")
    assert cpp_runtime.version_of(tmp_path / "other.dll") == (0, 0, 0, 0)
