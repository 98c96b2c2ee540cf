"""Paths as Windows takes them; elsewhere they stay as they are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hotelml_app.core import paths


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        (r"C:\Users\Front Office\drop", "\\\\?\\C:\\Users\\Front Office\\drop"),
        (r"\\server\share\drop", "\\\\?\\UNC\\server\\share\\drop"),
        ("\\\\?\\C:\\drop", "\\\\?\\C:\\drop"),
    ],
)
def test_long_and_blank_padded_paths_are_marked_for_windows(path: str, marked: str) -> None:
    assert paths.marked(path) == marked
    assert paths.shown(marked) == path.removeprefix("\\\\?\\")


@pytest.mark.skipif(sys.platform == "win32", reason="shows that no other system gets marks")
def test_elsewhere_a_path_stays_what_it_is(tmp_path: Path) -> None:
    for name in ("a.csv", " padded .csv ", "x" * 200):
        assert paths.reachable(tmp_path / name) == tmp_path / name
        assert paths.shown(tmp_path / name) == str(tmp_path / name)


def test_a_long_path_is_reached_whatever_the_system(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a long name of a folder " * 4] * 6)
    paths.reachable(folder / "x").parent.mkdir(parents=True)
    target = paths.reachable(folder / "bookings.csv")
    target.write_text("a,b\n", encoding="utf-8")
    assert target.read_text(encoding="utf-8") == "a,b\n"
    assert len(str(target)) > 500


def test_a_folder_of_which_the_system_says_nothing_counts_as_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.is_folder(tmp_path)
    assert not paths.is_folder(tmp_path / "nothing")

    def refuse(self: Path) -> bool:
        raise OSError(22, "The user name or password is incorrect", str(self))

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert not paths.is_folder(tmp_path)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"C:\\Users\\Front Office\\drop"', "C:\\Users\\Front Office\\drop"),
        ('D:\\Hotel Data"', "D:\\Hotel Data"),
        (" \\\\nas\\pms\\drop\r\n", "\\\\nas\\pms\\drop"),
        ("/srv/drop", "/srv/drop"),
        (' " ', ""),
    ],
)
def test_a_pasted_path_loses_its_quotes(typed: str, meant: str) -> None:
    assert paths.unquoted(typed) == meant
    assert paths.unquoted(meant) == meant
