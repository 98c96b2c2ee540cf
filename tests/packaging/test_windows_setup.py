"""What a Windows PC without a network installs: made by NSIS, which Linux has as well, or an archive where there is none."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKED = ("hotelml.exe", "hotelml-window.exe", "_internal/models/forecast/card.json")


@pytest.fixture(autouse=True)
def installer(monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (ROOT / "packaging", ROOT / "packaging" / "installer"):
        monkeypatch.syspath_prepend(str(folder))


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    folder = tmp_path / "Hotel Müller" / "hotelml"
    for name in PACKED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("packed", encoding="utf-8")
    return folder


@pytest.mark.skipif(shutil.which("makensis") is None, reason="needs NSIS")
def test_nsis_takes_the_script_without_a_warning(packed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    import windows

    (setup,) = windows.write(packed, tmp_path, lambda _: None)
    assert setup.name.endswith("-windows-setup.exe")
    assert setup.read_bytes()[:2] == b"MZ"
    assert "warning" not in "".join(capfd.readouterr()).lower()


def test_nsis_is_told_where_everything_lies(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import windows

    told: list[str] = []
    monkeypatch.setattr(windows, "_compiler", lambda: Path("makensis"))
    monkeypatch.setattr(windows.subprocess, "run", lambda command, check: told.extend(command))
    (setup,) = windows.write(packed, tmp_path, lambda _: None)
    defined = {name for name, _, _ in (word.removeprefix("-D").partition("=") for word in told if word.startswith("-D"))}
    script = windows.SCRIPT.read_text(encoding="utf-8")
    assert defined == {"VERSION", "FOLDER", "PROJECT", "OUT"}
    assert all(f"${{{name}}}" in script for name in defined)
    assert "}/" not in script, "NSIS on Windows takes a folder from its files at the last backslash"
    assert {f"-DFOLDER={packed}", f"-DOUT={setup}"} <= set(told)


def test_without_nsis_an_archive_with_the_folder_is_written(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import windows

    said: list[str] = []
    monkeypatch.setattr(windows, "_compiler", lambda: None)
    (archive,) = windows.write(packed, tmp_path, said.append)
    with zipfile.ZipFile(archive) as made:
        assert {f"hotelml/{name}" for name in PACKED} <= set(made.namelist())
    assert "NSIS" in said[0]
