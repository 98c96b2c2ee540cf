"""Folders for work that is under way: whose they are, and how long they last."""

from __future__ import annotations

from pathlib import Path
from stat import S_IMODE

from hotelml_app.services.files.scratch import scratch_in


def test_what_moves_out_of_a_folder_for_work_is_for_all_who_may_work_in_the_home(tmp_path: Path) -> None:
    """Windows gives a folder made with the mode 0o700 rights of its own, for its maker alone; they move with it."""
    plain = tmp_path / "models"
    plain.mkdir()
    with scratch_in(tmp_path, "unpacking") as folder:
        assert S_IMODE(folder.stat().st_mode) == S_IMODE(plain.stat().st_mode)


def test_two_at_work_do_not_meet_and_nothing_of_either_stays(tmp_path: Path) -> None:
    with scratch_in(tmp_path, "unpacking") as one, scratch_in(tmp_path, "unpacking") as other:
        assert one != other
        (one / "half.db").touch()
    assert list(tmp_path.iterdir()) == []
