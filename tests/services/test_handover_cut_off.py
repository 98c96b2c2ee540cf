"""A hand-over cut off, held up or killed at any step: the home is the old one or the new one."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from unittest.mock import Mock

import pytest
from handed_over import learn, slope_of, tree
from small_hotel import open_at_morning

from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken
from hotelml_app.services.doctor.check_health import check_health
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.handover import exchange
from hotelml_app.services.handover.errors import HandoverError
from hotelml_app.services.handover.reading import prepare, read_now
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import BackupSettings, Settings


class Dies(BaseException):
    """The process ends here; nothing after it runs."""


@pytest.mark.parametrize("steps", range(12))
def test_cut_off_at_any_step_the_home_is_the_old_one_or_the_new_one(
    steps: int, stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0)
        appliance.take_over_next(stick, "")
    left = [steps]
    moves = {name: getattr(Path, name) for name in ("rename", "replace", "rmdir")}

    def or_die(name: str) -> object:
        def move(self: Path, *target: Path) -> object:
            if self.name.endswith(".partial"):
                return moves[name](self, *target)
            if not left[0]:
                raise Dies
            left[0] -= 1
            return moves[name](self, *target)

        return move

    for name in moves:
        monkeypatch.setattr(Path, name, or_die(name))
    try:
        open_at_morning(hotel_home).close()
        ended = True
    except Dies:
        ended = False
    monkeypatch.undo()
    if not ended and exchange.cut_off(HomeLayout(hotel_home)):
        with pytest.raises(HandoverError, match="Start HotelML once"):
            open_at_morning(hotel_home, writer=False)
        assert "cut off" in str(check_health(HomeLayout(hotel_home)))
    with open_at_morning(hotel_home) as again:
        assert (slope_of(again), again.settings().backup.keep) == (2.0, 7)
        (aside,) = [one for one in again.backups().backups if one.set_aside]
        again.put_back_next(Path(aside.path))
    with open_at_morning(hotel_home) as back:
        assert (slope_of(back), back.settings().backup.keep) == (5.0, 10)


def as_windows_renames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing renamed onto anything that is there, not even onto an empty folder."""
    rename = Path.rename

    def refuse_present(self: Path, target: Path) -> Path:
        if target.exists():
            raise FileExistsError(17, "Cannot create a file when that file already exists", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_present)


@pytest.mark.parametrize("steps", range(8))
def test_cut_off_it_goes_on_where_empty_folders_are_in_the_way_as_on_windows(
    steps: int, stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = HomeLayout(hotel_home)
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0)
    prepare(layout, stick, "")
    left, rename = [steps], Path.rename

    def or_die(self: Path, target: Path) -> Path:
        if not left[0]:
            raise Dies
        left[0] -= 1
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", or_die)
    with suppress(Dies):
        open_at_morning(hotel_home).close()
    monkeypatch.undo()
    as_windows_renames(monkeypatch)
    with open_at_morning(hotel_home) as again:
        assert slope_of(again) == 2.0


def test_what_cannot_be_moved_after_a_cut_is_moved_back_around_empty_folders(
    stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = HomeLayout(hotel_home)
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0)
    prepare(layout, stick, "")
    monkeypatch.setattr(exchange, "_enter", Mock(side_effect=Dies))
    with pytest.raises(Dies):
        open_at_morning(hotel_home)
    monkeypatch.undo()
    rename = Path.rename

    def hold(self: Path, target: Path) -> Path:
        if self == layout.handover / "entering" / "hotelml.db":
            raise PermissionError(13, "The process cannot access the file", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", hold)
    with pytest.raises(HandoverError, match="everything is as it was"):
        open_at_morning(hotel_home)
    monkeypatch.undo()
    with open_at_morning(hotel_home) as again:
        assert slope_of(again) == 5.0


def test_an_emptied_folder_that_the_system_still_holds_does_not_keep_hotelml_from_starting(
    stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = HomeLayout(hotel_home)
    prepare(layout, stick, "")
    rmdir = os.rmdir

    def held(path: str, *values: object, **named: object) -> None:
        if "handover" in str(path) or "dir_fd" in named:
            raise OSError(41, "The directory is not empty", str(path))
        rmdir(path, *values, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "rmdir", held)
    for _ in range(2):
        with open_at_morning(hotel_home) as appliance:
            assert slope_of(appliance) == 2.0
    assert not exchange.cut_off(layout)
    monkeypatch.undo()
    open_at_morning(hotel_home).close()
    assert [one.name.partition("-")[0] for one in layout.handover.iterdir()] == ["aside"]


def test_what_is_written_down_about_an_exchange_is_on_the_disk_before_it_counts(
    stick: Path, other: HomeLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, written = list[int](), list[str]()
    fsync, replace = os.fsync, Path.replace

    def on_disk(number: int) -> None:
        kept.append(os.fstat(number).st_ino)
        fsync(number)

    def named(self: Path, target: Path) -> Path:
        if self.name.endswith(".partial"):
            written.append(target.name)
            assert self.stat().st_ino in kept, "a power cut would leave it empty"
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", on_disk)
    monkeypatch.setattr(Path, "replace", named)
    read_now(other, stick, "")
    assert {"origin.json", "settings.toml"} <= set(written)


@pytest.mark.parametrize("held", ["hotelml.db", "models", "settings.toml"])
@pytest.mark.parametrize("entering", [False, True])
def test_where_something_cannot_be_moved_everything_is_as_it_was(
    held: str, entering: bool, stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = HomeLayout(hotel_home)
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0)
        appliance.save_settings(Settings(backup=BackupSettings(keep=33)))
    before = tree(hotel_home)
    prepare(layout, stick, "")
    rename = Path.rename
    refused: list[Path] = []

    def hold(self: Path, target: Path) -> Path:
        if self == (layout.handover / "entering" if entering else layout.home) / held and not refused:
            refused.append(self)
            raise PermissionError(13, "The process cannot access the file", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", hold)
    with pytest.raises(HandoverError, match="everything is as it was"):
        open_at_morning(hotel_home)
    monkeypatch.undo()
    assert refused
    assert tree(hotel_home) == before
    with open_at_morning(hotel_home) as again:
        assert (slope_of(again), again.settings().backup.keep) == (5.0, 33)


def test_what_a_reading_that_was_killed_left_behind_goes_at_the_next_start(hotel_home: Path) -> None:
    layout = HomeLayout(hotel_home)
    left = (layout.handover / "unpacking-999999999-a", layout.staging / "handover-999999999-a")
    for folder in left:
        folder.mkdir(parents=True)
        (folder / "hotelml.db").write_bytes(b"half")
    open_at_morning(hotel_home).close()
    assert not any(folder.exists() for folder in left)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no process that has ended")
def test_so_does_what_was_left_by_one_that_nobody_has_waited_for_yet(hotel_home: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as killed:
        os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)
        left = HomeLayout(hotel_home).handover / f"unpacking-{killed.pid}-a"
        left.mkdir(parents=True)
        open_at_morning(hotel_home).close()
        assert not left.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sleep is a program of POSIX systems")
def test_what_another_process_still_writes_stays(hotel_home: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as working:
        left = HomeLayout(hotel_home).staging / f"handover-{working.pid}-a"
        left.mkdir(parents=True)
        open_at_morning(hotel_home).close()
        working.kill()
        assert left.exists()


@pytest.mark.parametrize("by_the_next", [True, False])
def test_a_giving_up_that_is_cut_off_does_not_keep_hotelml_from_starting(
    by_the_next: bool, stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = HomeLayout(hotel_home)
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0)
    prepare(layout, stick, "")

    def half(folder: Path, **how: object) -> None:
        for origin in folder.rglob("origin.json"):
            origin.unlink()
        raise Dies

    monkeypatch.setattr(exchange.shutil, "rmtree", half)
    with pytest.raises(Dies):
        prepare(layout, stick, "") if by_the_next else exchange.give_up(layout)
    monkeypatch.undo()
    assert exchange.waiting(layout) is None
    with open_at_morning(hotel_home) as again:
        assert slope_of(again) == 5.0
    assert list(layout.handover.iterdir()) == []


def test_stopped_while_the_contents_are_checked_nothing_waits(stick: Path, hotel_home: Path) -> None:
    layout, cancel = HomeLayout(hotel_home), CancelToken()

    def stop_at_the_check(done: float, words: str) -> None:
        if words.startswith("Checking the database"):
            cancel.cancel()

    with pytest.raises(Cancelled):
        prepare(layout, stick, "", stop_at_the_check, cancel)
    assert exchange.waiting(layout) is None
    assert list(layout.handover.iterdir()) == []


def test_a_data_folder_that_may_not_be_written_is_told_and_not_the_stick(
    hotel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at_morning(hotel_home) as appliance:
        staging = appliance.parts.layout.staging
        mkdir = Path.mkdir

        def refused(folder: Path, *arguments: object, **more: object) -> None:
            if folder.parent == staging:
                raise PermissionError(13, "Permission denied", str(folder))
            mkdir(folder, *arguments, **more)

        monkeypatch.setattr(Path, "mkdir", refused)
        with pytest.raises(FileNotWrittenError) as told:
            appliance.hand_over(tmp_path / "city.hotelml", "")
    assert str(staging) in told.value.message
    assert "city" not in told.value.message
    assert "data folder" in told.value.remedy
