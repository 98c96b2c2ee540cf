"""What the doctor says of folders."""

from __future__ import annotations

import sys
import time
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from hotelml_app.bootstrap import open_appliance
from hotelml_app.core import held_files
from hotelml_app.core.events import Warned
from hotelml_app.services.doctor import check_folders
from hotelml_app.services.doctor.check_health import check_health
from hotelml_app.settings import Settings, save
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import PropertySettings

ANNA = PureWindowsPath(r"C:\Users\Anna")


@pytest.mark.parametrize(
    ("home", "read"),
    [
        (r"C:\Users\Anna\AppData\Local\HotelML", False),
        (r"c:\users\anna\hotel", False),
        (r"C:\HotelML", True),
        (r"D:\Users\Anna", True),
        (r"C:\Users\Annabel\hotel", True),
    ],
)
def test_only_the_users_own_folder_keeps_others_out(home: str, read: bool) -> None:
    assert check_folders.others_may_read(PureWindowsPath(home), ANNA) is read


def test_a_home_on_a_drive_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda self: False)
    (check,) = check_folders.check_disk(HomeLayout(Path("/away/HotelML")))
    assert (check.state, check.found) == ("problem", f"{Path('/')} is not there")


def test_a_home_that_is_no_folder_or_lies_below_a_file_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for home in (file, file / "hotel"):
        (check,) = check_folders.check_home(HomeLayout(home))
        assert (check.state, check.found) == ("problem", f"{file} is no folder")


@pytest.mark.skipif(sys.platform == "win32", reason="there it is tried, as the next one shows")
def test_a_home_that_is_yet_to_be_made_is_no_problem_where_it_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "new" / "hotel"
    (check,) = check_folders.check_home(HomeLayout(home))
    assert (check.state, check.found) == ("warning", f"{home} does not exist yet")
    monkeypatch.setattr("os.access", lambda path, mode, **_: False)
    (check,) = check_folders.check_home(HomeLayout(home))
    assert (check.state, check.found) == ("problem", f"{tmp_path} cannot be written by this user")


@pytest.mark.parametrize("refused", ["touch", "unlink"])
def test_on_windows_it_is_tried_whether_a_folder_may_be_written(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that may only be read, or where nobody may remove what lies there, is told before the first export waits in it."""
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("os.access", lambda *_, **__: True)
    monkeypatch.setattr(check_folders, "refuse_network_drive", lambda _: None)
    monkeypatch.setattr(held_files, "PAUSES_S", ())
    home = HomeLayout(tmp_path)
    home.drop.mkdir()
    save(tmp_path, Settings(properties=(PropertySettings(name="City Hotel"),)))
    (check,) = check_folders.check_drop_folders(home)
    assert (check.state, list(home.drop.iterdir())) == ("ok", [])

    def refuse(self: Path, *_: object, **__: object) -> None:
        error = PermissionError(13, "Access is denied", str(self))
        error.winerror = 5  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(Path, refused, refuse)
    (check,) = check_folders.check_drop_folders(home)
    assert (check.state, check.found) == ("problem", f"{home.drop} cannot be written")
    assert next(check_folders.check_home(home)).found == f"{tmp_path} cannot be written by this user"


def test_a_home_that_may_not_be_read_is_told_check_by_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exists = Path.exists

    def refused(self: Path) -> bool:
        if self.is_relative_to(tmp_path):
            raise PermissionError(13, "Permission denied", str(self))
        return exists(self)

    monkeypatch.setattr(Path, "exists", refused)
    told = check_health(HomeLayout(tmp_path))
    assert not told["healthy"]
    checks = {str(one["name"]): one for one in told["checks"]}  # type: ignore[attr-defined]
    assert checks["Home"]["state"] == "ok"
    assert checks["Database"]["found"] == f"Permission denied ({tmp_path / 'hotelml.db'})"
    assert "this user may read it" in checks["Database"]["remedy"]


def test_a_folder_is_called_watched_only_while_somebody_watches_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    layout = HomeLayout(home)
    layout.drop.mkdir(parents=True)
    save(home, Settings(properties=(PropertySettings(name="City Hotel"),)))
    (check,) = check_folders.check_drop_folders(layout)
    assert check.found == f"{layout.drop}, not watched now, as HotelML is not running"
    with open_appliance(layout, writer=True) as appliance:
        appliance.start()
        (check,) = check_folders.check_drop_folders(layout)
        assert (check.state, check.found) == ("ok", f"{layout.drop}, watched")
        # The watcher takes back what was told of the folder once, when it sees it for the first time.
        for _ in range(100):
            appliance.events.publish(Warned(f"folder:{layout.drop}", "Away", "The share does not answer.", "Connect it."))
            (check,) = check_folders.check_drop_folders(layout)
            if check.state == "warning":
                break
            time.sleep(0.1)
        assert (check.state, check.found) == ("warning", "The share does not answer.")
        assert check.remedy == "Connect it."


def test_a_tenth_of_a_large_disk_is_room_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(total=2 * 10**12, free=15 * 10**10))
    (check,) = check_folders.check_disk(HomeLayout(tmp_path))
    assert check.state == "ok"
