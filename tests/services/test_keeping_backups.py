"""Backups: made every night and on request, put back at the next start, and never silently missing."""

from __future__ import annotations

import errno
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, open_at_morning

from hotelml_app.core.events import Event, Settled, Warned
from hotelml_app.core.jobs import CancelToken
from hotelml_app.schedule.errands import Errands
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.backups.nightly import ELSEWHERE, NIGHTLY, nightly
from hotelml_app.services.errors import ReadingOnlyError
from hotelml_app.services.home.timetable import BACKUP, Timetable
from hotelml_app.services.nights.event_views import EventView
from hotelml_app.settings.home import slug
from hotelml_app.settings.model import BackupSettings, PropertySettings
from hotelml_app.store.errors import NoDatabaseError
from hotelml_app.store.sqlite import backups


def use(appliance: Appliance, **rules: object) -> None:
    settings = appliance.settings()
    appliance.save_settings(settings.model_copy(update={"backup": BackupSettings(**rules)}))


def heard(appliance: Appliance) -> list[Event]:
    told: list[Event] = []
    appliance.events.subscribe(told.append)
    return told


def test_a_backup_on_request_is_listed_first(appliance: Appliance) -> None:
    assert appliance.backups().backups == ()
    view = appliance.back_up()
    assert len(view.backups) == 1
    assert Path(view.backups[0].path).parent == Path(view.folder)
    assert view.backups[0].size_bytes > 0
    assert view.waiting is None


def test_a_backup_is_put_back_at_the_next_start_and_that_can_be_undone(hotel_home: Path) -> None:
    fair = EventView("Book fair", AS_OF, AS_OF)
    with open_at_morning(hotel_home) as appliance:
        chosen = Path(appliance.back_up().backups[0].path)
        appliance.keep_events(NAME, [fair])
        assert appliance.put_back_next(chosen).waiting is not None
        assert appliance.keep_present().waiting is None
        appliance.put_back_next(chosen)
        assert appliance.event_calendar(NAME) == (fair,), "until the next start all is as it was"
    with open_at_morning(hotel_home) as again:
        assert again.event_calendar(NAME) == ()
        (told,) = again.status().warnings
        assert told.title == "A backup was put back"
        assert "Drop the exports" in told.remedy
        view = again.backups()
        assert view.waiting is None
        (aside,) = [one for one in view.backups if one.set_aside]
        again.put_back_next(Path(aside.path))
    with open_at_morning(hotel_home) as back:
        assert back.event_calendar(NAME) == (fair,)


def test_only_the_owner_of_the_home_puts_a_backup_back(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as owner:
        backup = Path(owner.back_up().backups[0].path)
        with open_at_morning(hotel_home, writer=False) as reader, pytest.raises(ReadingOnlyError):
            reader.put_back_next(backup)
        with pytest.raises(NoDatabaseError):
            owner.put_back_next(backup.with_name("gone.db"))


def test_the_backup_of_the_night_goes_to_the_other_disk_too(appliance: Appliance, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    # Its name begins as this one's does.
    other = usb / f"hotelml-20200101-000000-000000-auto-copy-{slug(NAME)}-two.db"
    other.write_bytes(b"of another hotel")
    use(appliance, keep=2, copy_to=str(usb))
    told = heard(appliance)
    for _ in range(4):
        appliance.parts.clock.advance(timedelta(days=1))
        nightly(appliance.parts)
    assert len(appliance.backups().backups) == 2
    assert len(list(usb.iterdir())) == 3, "two of this hotel, and nothing of another one is touched"
    assert other.exists()
    assert {one.key for one in told if isinstance(one, Settled)} == {NIGHTLY, ELSEWHERE}
    assert not any(isinstance(one, Warned) for one in told)


def test_copies_made_under_a_former_name_count_and_those_of_another_hotel_that_has_it_now_do_not(
    appliance: Appliance, tmp_path: Path
) -> None:
    usb, clock = tmp_path / "usb", appliance.parts.clock
    usb.mkdir()
    use(appliance, keep=2, copy_to=str(usb))
    own = appliance.settings().model_copy(update={"properties": (PropertySettings(name=NAME),)})
    appliance.save_settings(own)
    for _ in range(2):
        clock.advance(timedelta(days=1))
        nightly(appliance.parts)
    appliance.rename_property(NAME, "Zum Löwen")
    other = usb / backups.automatic_name(clock.now() + timedelta(days=1), f"copy-{slug(NAME)}")
    other.write_bytes(b"of another hotel that is called so now")
    os.utime(other, (1, 1))
    for _ in range(2):
        clock.advance(timedelta(days=1))
        nightly(appliance.parts)
    left = sorted(one.name for one in usb.iterdir() if one != other)
    assert [slug("Zum Löwen") in one for one in left] == [True, True]
    assert other.exists()


def test_a_disk_that_is_not_plugged_in_is_warned_of_and_the_backup_is_made_nevertheless(
    appliance: Appliance, tmp_path: Path
) -> None:
    use(appliance, copy_to=str(tmp_path / "usb"))
    nightly(appliance.parts)
    assert len(appliance.backups().backups) == 1
    assert not (tmp_path / "usb").exists(), "a folder of that name on this disk would be no second disk"
    (warning,) = appliance.status().warnings
    assert warning.title == "The backup could not be copied to the other folder"
    (tmp_path / "usb").mkdir()
    nightly(appliance.parts)
    assert appliance.status().warnings == ()


def test_warnings_of_copies_that_nobody_wants_any_more_go(appliance: Appliance, tmp_path: Path) -> None:
    use(appliance, copy_to=str(tmp_path / "usb"))
    nightly(appliance.parts)
    assert len(appliance.status().warnings) == 1
    use(appliance, copy_to="")
    assert appliance.status().warnings == ()


def test_a_folder_that_lets_nobody_in_is_warned_of(appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usb, is_dir = tmp_path / "usb", Path.is_dir
    use(appliance, copy_to=str(usb))

    def away(self: Path) -> bool:
        if self == usb:
            raise OSError(112, "Host is down")
        return is_dir(self)

    monkeypatch.setattr(Path, "is_dir", away)
    nightly(appliance.parts)
    (warning,) = appliance.status().warnings
    assert warning.message == f"The folder {usb} cannot be used (Host is down)."


def test_a_backup_that_was_not_made_is_warned_of(appliance: Appliance) -> None:
    folder = Path(appliance.backups().folder)
    if folder.exists():
        folder.rmdir()
    folder.write_text("a file where the folder should be", encoding="utf-8")
    nightly(appliance.parts)
    assert [one.title for one in appliance.status().warnings] == ["The backup of Sat 28 Feb 2026 was not made"]
    folder.unlink()
    appliance.back_up()
    assert appliance.status().warnings == (), "one that a person makes in its place is as good"


def test_originals_are_counted_where_they_lie(appliance: Appliance) -> None:
    assert appliance.kept_originals(NAME) == ()
    folder = Path(appliance.data(NAME).drop_folder) / "processed"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(b"x" * 100)
    (folder / "b.csv").write_bytes(b"x" * 20)
    (shelf,) = appliance.kept_originals(NAME)
    assert (shelf.folder, shelf.files, shelf.size_bytes) == (str(folder), 2, 120)
    assert shelf.oldest is not None
    # Some program left a time before anybody had a PC.
    os.utime(folder / "a.csv", (-11_644_473_600, -11_644_473_600))
    (shelf,) = appliance.kept_originals(NAME)
    assert shelf.oldest is not None
    assert shelf.oldest.year == 1970


def test_a_disk_that_gives_back_something_else_is_named_and_gets_no_backup(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    use(appliance, copy_to=str(usb))
    monkeypatch.setattr(os, "fsync", lambda number: os.write(number, b"spoiled"))
    nightly(appliance.parts)
    (warning,) = appliance.status().warnings
    assert str(usb) in warning.message
    assert "Check that disk" in warning.remedy
    assert list(usb.iterdir()) == []


def test_a_full_second_disk_is_said_to_be_full(appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    usb = tmp_path / "usb"
    usb.mkdir()
    use(appliance, copy_to=str(usb))
    monkeypatch.setattr(os, "fsync", full)
    nightly(appliance.parts)
    (warning,) = appliance.status().warnings
    assert warning.message.startswith("There is no room for the backup")
    assert list(usb.iterdir()) == []


def test_a_backup_that_was_cut_off_is_told_at_the_next_start_until_another_is_made(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        nightly(appliance.parts)
        made = Path(appliance.backups().backups[0].path)
    half = made.with_name("hotelml-20991231-025000-000000-auto-daily.db.partial")
    half.write_bytes(b"half of it")
    os.utime(half, (made.stat().st_mtime + 60, made.stat().st_mtime + 60))
    with open_at_morning(hotel_home) as again:
        (warning,) = again.status().warnings
        assert warning.message == "HotelML was stopped while it was being made."
        os.utime(half, (1, 1))
        again.back_up()
        assert again.status().warnings == ()
    with open_at_morning(hotel_home) as later:
        assert later.status().warnings == ()


def test_closing_interrupts_the_backup_of_the_night_and_tells_of_it(hotel_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copying, check = threading.Event(), CancelToken.check

    def slowly(self: CancelToken) -> None:
        copying.set()
        self._event.wait(60)
        check(self)

    with open_at_morning(hotel_home) as appliance:
        errands = Errands(ends_within_s=30)
        errands.start()
        monkeypatch.setattr(CancelToken, "check", slowly)
        timetable = Timetable(appliance.parts, None, errands)  # type: ignore[arg-type]
        timetable.run(BACKUP)
        assert copying.wait(60), "the scheduler goes on while it is being made"
        timetable.run(BACKUP)
        (warning,) = appliance.status().warnings
        assert warning.message == "The backup before it is still being made."
        errands.stop()
        assert not [*Path(appliance.backups().folder).glob("*")]
        monkeypatch.undo()
    with open_at_morning(hotel_home) as again:
        (warning,) = again.status().warnings
        assert warning.message == "HotelML was closed while it was being made."
        nightly(again.parts)
        assert again.status().warnings == ()


def test_closing_interrupts_the_copy_to_the_other_disk(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb, closing = tmp_path / "usb", CancelToken()
    usb.mkdir()
    use(appliance, copy_to=str(usb))
    monkeypatch.setattr(os, "fsync", lambda number: closing.cancel())
    nightly(appliance.parts, closing)
    (warning,) = appliance.status().warnings
    assert warning.message == "HotelML was closed while it was being copied."
    assert list(usb.iterdir()) == []
    assert len(appliance.backups().backups) == 1
