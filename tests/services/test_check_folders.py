"""What the doctor says of folders on Windows."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from hotelml_app.services.home import check_folders
from hotelml_app.settings.home import HomeLayout

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
    assert (check.state, check.found) == ("problem", "/ is not there")
