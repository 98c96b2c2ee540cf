"""What the clock asked for and a kill cut off: made again the same day, and never a second time once it was finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from small_hotel import MORNING, open_at_morning

from hotelml_app.core.jobs import CancelToken
from hotelml_app.schedule import unfinished
from hotelml_app.schedule.errands import Errand, Errands
from hotelml_app.schedule.scheduler import Scheduler
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.home.timetable import BACKUP, BACKUP_AT, REPORT, REPORT_AT, Timetable
from hotelml_app.settings.home import slug
from hotelml_app.settings.model import BackupSettings, ReportSettings
from hotelml_app.store.sqlite import backups

NEXT_MORNING = timedelta(days=1, minutes=40)
"""From when the homes are opened until both were due."""


class Killed(Errands):
    """Errands of a program that is killed when it has just begun them: nothing of them was done."""

    def begin(self, name: str, errand: Errand) -> bool:
        return True


class Closed(Errands):
    """Errands of a program that is closed while they are under way."""

    def begin(self, name: str, errand: Errand) -> bool:
        closing = CancelToken()
        closing.cancel()
        return super().begin(name, lambda cancel: errand(closing))


@contextmanager
def running(home: Path, errands: Errands, after: timedelta) -> Iterator[Appliance]:
    """Run the clockwork on a home from so long after the first morning, for two minutes."""
    with open_at_morning(home) as appliance:
        clock = appliance.parts.clock
        errands.start()
        timetable = Timetable(appliance.parts, None, errands)  # type: ignore[arg-type]
        plan = {BACKUP: BACKUP_AT, REPORT: REPORT_AT}
        clock.advance(after)
        scheduler = Scheduler(appliance.parts.store, clock, lambda: plan, timetable.run, zone=lambda _: UTC)
        for _ in range(8):
            scheduler.look_now()
            assert errands.wait_idle(60)
            clock.advance(timedelta(seconds=15))
        yield appliance
        errands.stop()


@pytest.fixture
def home(hotel_home: Path, tmp_path: Path) -> Path:
    """The small hotel, with a daily report and a copy of the backup on another disk, set up on the morning before."""
    for name in ("reports", "usb"):
        (tmp_path / name).mkdir()
    with running(hotel_home, Errands(), timedelta()) as appliance:
        backup = BackupSettings(keep=5, copy_to=str(tmp_path / "usb"))
        report = ReportSettings(folder=str(tmp_path / "reports"), keep=5)
        appliance.save_settings(appliance.settings().model_copy(update={"backup": backup, "report": report}))
    return hotel_home


@pytest.fixture
def made(home: Path, tmp_path: Path) -> Callable[[], list[int]]:
    """Tells how many backups, copies of them on the other disk and reports there are."""
    folders = (home / "backups", tmp_path / "usb", tmp_path / "reports")
    return lambda: [sum(one.suffix != backups.PARTIAL for one in folder.iterdir()) for folder in folders]


def test_what_a_kill_cut_off_is_made_at_the_next_start_of_that_day_and_once(home: Path, made: Callable[[], list[int]]) -> None:
    with running(home, Killed(), NEXT_MORNING):
        pass
    half = home / "backups" / f"{backups.automatic_name(MORNING + NEXT_MORNING, 'daily')}{backups.PARTIAL}"
    half.write_bytes(b"half of it")
    assert made() == [0, 0, 0]
    with running(home, Errands(), NEXT_MORNING + timedelta(minutes=20)) as appliance:
        assert made() == [1, 1, 1]
        assert not appliance.status().warnings
    with running(home, Errands(), NEXT_MORNING + timedelta(minutes=40)):
        assert made() == [1, 1, 1]


def test_what_was_finished_is_not_made_again_that_day(home: Path, made: Callable[[], list[int]]) -> None:
    with running(home, Errands(), NEXT_MORNING):
        assert made() == [1, 1, 1]
    with running(home, Errands(), NEXT_MORNING + timedelta(minutes=20)):
        assert made() == [1, 1, 1]


def test_of_a_backup_that_was_made_before_the_kill_only_the_copy_on_the_other_disk_is_made(
    home: Path, tmp_path: Path, made: Callable[[], list[int]]
) -> None:
    with running(home, Errands(), NEXT_MORNING) as appliance:
        (copied,) = (tmp_path / "usb").iterdir()
        copied.unlink()
        with appliance.parts.store.write() as connection:
            unfinished.begin(connection, BACKUP, MORNING + NEXT_MORNING)
    assert made() == [1, 0, 1]
    with running(home, Errands(), NEXT_MORNING + timedelta(minutes=20)):
        assert made() == [1, 1, 1]


@pytest.mark.parametrize("before", [Errands, Killed])
def test_copies_made_while_the_clock_was_ahead_do_not_stand_for_those_of_this_night(
    before: type[Errands], home: Path, tmp_path: Path, made: Callable[[], list[int]]
) -> None:
    (home / "backups").mkdir(exist_ok=True)
    in_a_year = MORNING + timedelta(days=400)
    for folder, reason in ((home / "backups", "daily"), (tmp_path / "usb", f"copy-{slug(str(home))}")):
        (folder / backups.automatic_name(in_a_year, reason)).write_bytes(b"made by a clock that was ahead")
    with running(home, before(), NEXT_MORNING):
        pass
    with running(home, Errands(), NEXT_MORNING + timedelta(minutes=20)):
        assert made() == [2, 2, 1]


def test_what_closing_interrupts_is_made_at_the_next_start(home: Path, made: Callable[[], list[int]]) -> None:
    with running(home, Closed(), NEXT_MORNING) as appliance:
        assert len(appliance.status().warnings) == 2
    assert made() == [0, 0, 0]
    with running(home, Errands(), NEXT_MORNING + timedelta(minutes=20)) as again:
        assert made() == [1, 1, 1]
        assert not again.status().warnings
