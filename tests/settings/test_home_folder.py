from __future__ import annotations

import sys
from collections import namedtuple
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.errors import UsageError
from hotelml_app.settings import HomeError, HomeLayout, default_home
from hotelml_app.settings.home import is_on_network_drive, slug

Mount = namedtuple("Mount", "mountpoint fstype")


def test_the_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOTELML_HOME", str(tmp_path))
    assert default_home() == tmp_path
    monkeypatch.setenv("HOTELML_HOME", f'"{tmp_path}"')
    assert default_home() == tmp_path
    monkeypatch.setenv("HOTELML_HOME", "~/hotel")
    assert default_home() == Path.home() / "hotel"


def test_without_a_word_the_home_is_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTELML_HOME", " ")
    assert default_home().name == "HotelML"
    assert default_home().is_absolute()


def test_a_prepared_home_has_its_folders(tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path / "hôtel home")
    layout.prepare()
    layout.prepare()
    assert {path.name for path in layout.home.iterdir()} == {"drop", "models", "staging", "backups", "logs", "run"}
    assert layout.database == layout.home / "hotelml.db"
    assert layout.api_file == layout.home / "run" / "api.json"
    assert layout.settings_file.parent == layout.home


def test_a_drop_folder_may_lie_anywhere(tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path)
    assert layout.drop_folder() == tmp_path / "drop"
    assert layout.drop_folder(" city ") == tmp_path / "city"
    assert layout.drop_folder(str(tmp_path / "elsewhere")) == tmp_path / "elsewhere"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells it of each drive letter")
def test_a_home_on_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = tmp_path.resolve()
    mounts = [Mount("/", "ext4"), Mount(str(real / "share"), "cifs"), Mount(str(real / "share" / "local"), "ext4")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: mounts)
    assert is_on_network_drive(tmp_path / "share" / "home")
    assert not is_on_network_drive(tmp_path / "share" / "local" / "home")
    assert not is_on_network_drive(tmp_path / "shared")
    with pytest.raises(HomeError, match="network drive"):
        HomeLayout(tmp_path / "share" / "home").prepare()
    assert not (tmp_path / "share").exists()


@pytest.mark.skipif(not hasattr(psutil, "PROCFS_PATH"), reason="the list of mounts is Linux's own")
@pytest.mark.parametrize(("kind", "refused"), [("cifs", True), ("nfs4", True), ("fuse.rclone", True), ("ext4", False)])
def test_the_systems_own_list_of_mounts_tells_what_is_on_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, refused: bool
) -> None:
    """A list as the system writes it, with the share mounted where the home shall be."""
    folder = tmp_path / "a share"
    folder.mkdir()
    (tmp_path / "proc" / "self").mkdir(parents=True)
    place = str(folder).replace(" ", "\\040")
    (tmp_path / "proc" / "self" / "mounts").write_text(
        f"/dev/vda / ext4 rw 0 0\n//pms/x {place} {kind} rw 0 0\n", encoding="utf-8"
    )
    (tmp_path / "proc" / "filesystems").write_text("\text4\n", encoding="utf-8")
    monkeypatch.setattr(psutil, "PROCFS_PATH", str(tmp_path / "proc"))
    assert is_on_network_drive(folder / "home") is refused


def test_a_marked_path_of_this_pc_is_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.abspath", str)
    assert is_on_network_drive(Path(r"\\nas\share\HotelML"))
    assert is_on_network_drive(Path(r"\\?\UNC\nas\share\HotelML"))
    assert not is_on_network_drive(Path(r"\\?\C:\HotelML"))


def test_this_machines_own_disk_is_not_a_network_drive(tmp_path: Path) -> None:
    assert not is_on_network_drive(tmp_path)


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    with pytest.raises(HomeError, match="cannot be made"):
        HomeLayout(tmp_path / "file").prepare()


@given(st.text(min_size=1, max_size=200), st.text(min_size=1, max_size=200))
def test_hotels_of_different_names_never_share_a_folder(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one.casefold() == other.casefold())
    assert set(slug(one)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(slug(one)) <= 50


@pytest.mark.parametrize(
    ("one", "other"), [("City Hotel", "City-Hotel"), ("Hotel", "Hôtel"), ("A  B", "A B"), ("ホテル", "旅館")]
)
def test_names_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@pytest.mark.parametrize("name", ["Con", "AUX", "nul", "Com1", "LPT9"])
def test_no_hotel_gets_a_folder_of_a_name_that_windows_keeps_for_devices(name: str) -> None:
    assert slug(name).startswith(f"{name.lower()}-")
    assert slug("Con Passo") == "con-passo"


@pytest.mark.skipif(sys.platform == "win32", reason="there a user's folder is guessed from the name")
def test_a_user_who_is_not_there_has_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTELML_HOME", "~nobody-of-that-name/hotel")
    with pytest.raises(UsageError, match="~nobody-of-that-name/hotel begins with a user"):
        default_home()
