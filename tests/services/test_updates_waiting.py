"""An update that was taken waits: whole or not at all, with its next step, until it is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from signed_updates import ANOTHER_KEY, CONTENT, DEB, KEY, LINUX, WINDOWS, lies, package, statement_of, trust
from small_hotel import open_at_morning

from hotelml_app.core import held_files
from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken
from hotelml_app.services.doctor.check_health import check_health
from hotelml_app.services.errors import ReadingOnlyError
from hotelml_app.services.sign_in import stands
from hotelml_app.services.updates import installing, packages, shelf, starting, taking
from hotelml_app.services.updates.errors import (
    AlteredUpdateError,
    NotNewerError,
    NoUpdateError,
    OtherPlatformError,
    UpdateError,
)
from hotelml_app.services.updates.packages import Pc
from hotelml_app.services.updates.signature import SUFFIX, signed
from hotelml_app.services.updates.taking import take, waiting
from hotelml_app.settings.home import HomeLayout
from hotelml_app.store.sqlite import backups


class Dies(BaseException):
    """The process ends here; nothing after it runs."""


def test_a_good_update_waits_until_that_version_runs(
    trusting: HomeLayout, hotel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = HomeLayout(hotel_home)
    file = package(tmp_path / "usb")
    with open_at_morning(hotel_home) as appliance:
        assert appliance.look_at_update(file).file == ""
        assert lies(home) == []
        view = appliance.take_update(file)
        assert Path(view.file).read_bytes() == CONTENT
        assert (view.version, view.command) == ("0.2.0", f"sudo dpkg -i '{view.file}'")
        assert appliance.waiting_update() == appliance.status().update == view
        (warning,) = [one for one in appliance.status().warnings if one.key == "update waits"]
        assert (warning.title, warning.remedy) == ("HotelML 0.2.0 waits to be installed", view.next_step)
    with open_at_morning(hotel_home) as again:
        assert again.waiting_update() == view
        (check,) = [one for one in check_health(home)["checks"] if one["name"] == "Update"]
        assert (check["state"], check["remedy"]) == ("warning", view.next_step)
    followed: list[Path] = []
    monkeypatch.setattr(stands, "follow", lambda layout: followed.append(layout.home))
    monkeypatch.setattr(packages, "this_version", lambda: "0.2.0")
    with open_at_morning(hotel_home) as newer:
        assert newer.waiting_update() is None
        assert followed == [hotel_home], "it starts at sign-in from now on"
        assert lies(home) == []
        assert "update waits" not in [one.key for one in newer.status().warnings]
    assert file.exists(), "what lies on the stick is nobody's to remove"


def test_one_that_looks_only_sees_no_update_that_runs_already(trusting: HomeLayout, tmp_path: Path) -> None:
    take(trusting, package(tmp_path / "usb"))
    assert waiting(trusting, Pc("linux-x86_64", "0.2.0", has_dpkg=True)) is None
    assert waiting(trusting) is not None


@pytest.mark.parametrize(
    ("name", "pc", "starts", "words"),
    [
        ("hotelml-0.2.0-windows-setup.exe", WINDOWS, True, "Start the set-up"),
        ("hotelml-0.2.0-windows.zip", WINDOWS, False, "put the folder hotelml in it in the place of"),
        ("hotelml-0.2.0-linux-x86_64.tar.gz", LINUX, False, "tar -xzf"),
        (DEB, LINUX, False, "sudo dpkg -i"),
    ],
)
def test_every_kind_of_package_has_its_next_step(
    name: str, pc: Pc, starts: bool, words: str, trusting: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(monkeypatch, tmp_path, KEY, pc=pc)
    view = take(trusting, package(tmp_path / "usb", name))
    assert view.starts is starts
    assert words in view.next_step
    assert view.command in view.next_step
    assert starts or view.file in view.after_backup
    assert Path(view.file).name == name


def test_a_deb_is_not_for_a_linux_without_dpkg(trusting: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trust(monkeypatch, tmp_path, KEY, pc=Pc("linux-x86_64", "0.1.0", has_dpkg=False))
    with pytest.raises(OtherPlatformError, match="a Linux with dpkg"):
        take(trusting, package(tmp_path / "usb"))


def test_a_path_with_a_space_is_one_word_of_the_command(tmp_path: Path) -> None:
    view = installing.view_of(statement_of(DEB), tmp_path / "front office" / DEB)
    assert view.command == f"sudo dpkg -i '{tmp_path / 'front office' / DEB}'"


def test_who_names_the_signature_means_the_package(trusting: HomeLayout, tmp_path: Path) -> None:
    file = package(tmp_path / "usb")
    assert take(trusting, file.with_name(f"{file.name}{SUFFIX}")).version == "0.2.0"


def test_the_newest_counts_the_same_again_is_the_same_and_an_older_one_is_told(trusting: HomeLayout, tmp_path: Path) -> None:
    first = take(trusting, package(tmp_path / "usb"))
    assert take(trusting, package(tmp_path / "usb")) == first
    newer = take(trusting, package(tmp_path / "usb", "hotelml_0.3.0_amd64.deb"))
    assert waiting(trusting) == newer
    assert [one for one in lies(trusting) if "/" not in one] == [Path(newer.file).parent.name], "the older one is removed"
    with pytest.raises(NotNewerError, match=r"0\.3\.0, which is newer than 0\.2\.0, waits"):
        take(trusting, package(tmp_path / "usb"))
    Path(newer.file).write_bytes(b"")
    assert waiting(trusting) is None
    assert take(trusting, package(tmp_path / "usb", "hotelml_0.3.0_amd64.deb")) == newer, "taken again it is whole again"
    assert Path(newer.file).read_bytes() == CONTENT


def test_one_that_the_disk_spoiled_as_it_waited_is_replaced_by_taking_it_again(trusting: HomeLayout, tmp_path: Path) -> None:
    view = take(trusting, package(tmp_path / "usb"))
    Path(view.file).write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(AlteredUpdateError):
        starting.checked(trusting)
    assert take(trusting, package(tmp_path / "usb")) == view
    assert starting.checked(trusting) == view
    assert Path(view.file).read_bytes() == CONTENT


def test_a_former_one_that_somebody_holds_open_does_not_keep_the_newer_one_out(
    trusting: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, rename = Path(take(trusting, package(tmp_path / "usb")).file).parent, held_files.rename

    def refused(source: Path, target: Path) -> None:
        if source == held:
            raise PermissionError(13, "being used by another process", str(source))
        rename(source, target)

    with monkeypatch.context() as held_open:
        held_open.setattr(held_files, "rename", refused)
        newer = take(trusting, package(tmp_path / "usb", "hotelml_0.3.0_amd64.deb"))
    assert waiting(trusting) == newer
    shelf.tidy(trusting, LINUX)
    assert [one for one in lies(trusting) if "/" not in one] == [Path(newer.file).parent.name]


@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("there", [False, True])
def test_cut_off_at_any_step_nothing_half_lies_there(
    steps: int, there: bool, trusting: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if there:
        take(trusting, package(tmp_path / "usb"))
    left, done = [steps], {"rename": Path.rename, "fsync": os.fsync}

    def or_die(name: str) -> Callable[..., object]:
        def act(*values: object) -> object:
            if not left[0]:
                raise Dies
            left[0] -= 1
            return done[name](*values)  # type: ignore[operator]

        return act

    monkeypatch.setattr(Path, "rename", or_die("rename"))
    monkeypatch.setattr(os, "fsync", or_die("fsync"))
    monkeypatch.setattr(shutil, "rmtree", lambda *values, **named: None)
    newer = package(tmp_path / "usb", "hotelml_0.3.0_amd64.deb")
    with suppress(Dies):
        take(trusting, newer)
    monkeypatch.undo()
    trust(monkeypatch, tmp_path, KEY)
    for folder in trusting.updates.iterdir():
        if not folder.name.startswith(("incoming-", "gone-")):
            assert sum(one.stat().st_size for one in folder.iterdir()) > len(CONTENT)
            assert len(list(folder.iterdir())) == 2
    found = waiting(trusting)
    assert (found.version if found else None) in ({"0.2.0", "0.3.0"} if there else {None, "0.3.0"})
    shelf.tidy(trusting, LINUX)
    assert len([one for one in lies(trusting) if "/" not in one]) == (1 if found else 0)
    assert waiting(trusting) == found


def test_what_a_killed_hotelml_left_is_removed_by_the_next(trusting: HomeLayout) -> None:
    (trusting.updates / "incoming-999999999-x").mkdir(parents=True)
    (trusting.updates / "gone-999999999-0").mkdir()
    (trusting.updates / "photos").mkdir()
    shelf.tidy(trusting, LINUX)
    assert lies(trusting) == ["photos"], "what is not ours stays"


def test_it_can_be_stopped_and_a_full_disk_is_told(trusting: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel = CancelToken()
    seen: list[float] = []

    def stop(done: float, words: str) -> None:
        seen.append(done)
        cancel.cancel()

    with pytest.raises(Cancelled):
        take(trusting, package(tmp_path / "usb"), None, stop, cancel)
    assert seen
    assert lies(trusting) == []

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UpdateError, match="the disk is full"):
        take(trusting, package(tmp_path / "usb"))
    monkeypatch.undo()
    assert lies(trusting) == []


def test_without_room_nothing_is_begun(trusting: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(taking.shutil, "disk_usage", lambda path: usage._replace(free=1000))
    with pytest.raises(UpdateError, match=r"1\.0 kB are free; it is not used"):
        take(trusting, package(tmp_path / "usb"))


def test_before_it_is_started_it_is_checked_again_and_the_database_is_copied(
    trusting: HomeLayout, hotel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(installing, "launch", lambda view: started.append(view.file))
    with open_at_morning(hotel_home) as appliance:
        folder = appliance.parts.layout.backups
        with pytest.raises(NoUpdateError):
            appliance.start_update()
        view = appliance.take_update(package(tmp_path / "usb"))
        Path(view.file).write_bytes(CONTENT[::-1])
        with pytest.raises(AlteredUpdateError):
            appliance.start_update()
        assert not backups.all_backups(folder)
        assert any("is not what was signed" in str(one) for one in check_health(appliance.parts.layout)["checks"])
        Path(view.file).write_bytes(CONTENT)
        assert appliance.start_update() == view
        (made,) = backups.all_backups(folder)
        assert backups.is_good(made)
        assert started == [view.file]
        appliance.discard_update()
        assert appliance.waiting_update() is None
        assert "update waits" not in [one.key for one in appliance.status().warnings]


def test_only_the_owner_of_the_home_takes_starts_or_removes_one(trusting: HomeLayout, hotel_home: Path, tmp_path: Path) -> None:
    with open_at_morning(hotel_home) as owner:
        owner.take_update(package(tmp_path / "usb"))
        with open_at_morning(hotel_home, writer=False) as reader:
            assert reader.waiting_update() is not None
            for ask in (lambda: reader.take_update(tmp_path), reader.start_update, reader.discard_update):
                with pytest.raises(ReadingOnlyError):
                    ask()


def test_an_update_that_was_tampered_with_as_it_waited_is_told_and_not_offered(trusting: HomeLayout, tmp_path: Path) -> None:
    view = take(trusting, package(tmp_path / "usb"))
    Path(f"{view.file}{SUFFIX}").write_bytes(signed(statement_of(DEB), ANOTHER_KEY))
    assert waiting(trusting) is None
    (check,) = [one for one in check_health(trusting)["checks"] if one["name"] == "Update"]
    assert "does not trust" in check["found"]
    assert "hotelml update --discard" in check["remedy"]


def test_a_folder_of_updates_that_cannot_be_read_keeps_nothing_from_starting(
    trusting: HomeLayout, hotel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with open_at_morning(hotel_home) as owner:
        owner.take_update(package(tmp_path / "usb"))
    listed = Path.iterdir

    def refused(folder: Path) -> Iterator[Path]:
        if folder == HomeLayout(hotel_home).updates:
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    with open_at_morning(hotel_home) as again:
        assert again.status().update is None
    assert "cannot be seen" in caplog.text
