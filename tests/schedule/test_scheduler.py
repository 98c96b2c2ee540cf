"""The clockwork over days of a clock that the test moves."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, tzinfo
from types import SimpleNamespace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
import tzlocal

from hotelml_app.core.clock import FixedClock, SystemClock
from hotelml_app.schedule import scheduler as clockwork
from hotelml_app.schedule import unfinished
from hotelml_app.schedule.cron import next_planned
from hotelml_app.schedule.local_zone import local_zone
from hotelml_app.schedule.scheduler import Scheduler
from hotelml_app.store import Store

LISBON = ZoneInfo("Europe/Lisbon")


class Days:
    """A scheduler, its clock, and what it ran."""

    def __init__(self, store: Store, clock: FixedClock, schedules: dict[str, str]) -> None:
        self.clock, self.schedules, self.ran = clock, schedules, []
        self.ran: list[tuple[str, datetime]]
        self.zone: tzinfo = LISBON
        self.goes_on = False
        self.scheduler = self.started(store)

    def started(self, store: Store) -> Scheduler:
        return Scheduler(
            store,
            self.clock,
            lambda: self.schedules,
            self.run,
            zone=lambda _: self.zone,
        )

    def run(self, name: str) -> bool:
        self.ran.append((name, self.clock.now()))
        return self.goes_on

    def live_through(self, span: timedelta, step: timedelta = timedelta(seconds=60)) -> list[tuple[str, datetime]]:
        """Look every ``step`` and return what ran meanwhile."""
        self.ran.clear()
        end = self.clock.now() + span
        while self.clock.now() < end:
            self.scheduler.look_now()
            self.clock.advance(step)
        return list(self.ran)


@pytest.fixture
def days(store: Store, clock: FixedClock) -> Days:
    return Days(store, clock, {"forecast": "30 3 * * *"})


def test_nothing_runs_when_it_is_set_up(days: Days) -> None:
    assert days.live_through(timedelta(hours=2)) == []


def test_three_nights_three_runs(days: Days) -> None:
    ran = days.live_through(timedelta(days=3), timedelta(minutes=1))
    assert [moment.astimezone(LISBON).strftime("%d %H:%M") for _, moment in ran] == ["02 03:30", "03 03:30", "04 03:30"]


def test_a_night_of_sleep_is_made_up_for_once_in_the_morning(days: Days) -> None:
    days.live_through(timedelta(minutes=5))
    days.clock.advance(timedelta(days=4))
    woke = days.clock.now()
    ran = days.live_through(timedelta(minutes=10), timedelta(seconds=15))
    assert len(ran) == 1
    assert timedelta(seconds=30) <= ran[0][1] - woke <= timedelta(seconds=90)


def test_downtime_is_made_up_for_by_the_next_start(store: Store, days: Days, clock: FixedClock) -> None:
    days.live_through(timedelta(minutes=5))
    clock.advance(timedelta(days=4))
    again = Days(store, clock, days.schedules)
    assert len(again.live_through(timedelta(minutes=10), timedelta(seconds=15))) == 1
    third = Days(store, clock, days.schedules)
    assert third.live_through(timedelta(minutes=10), timedelta(seconds=15)) == []


def test_what_a_kill_cut_off_runs_again_the_same_day_until_it_is_finished(store: Store, days: Days, clock: FixedClock) -> None:
    days.goes_on = True
    assert len(days.live_through(timedelta(days=1))) == 1
    assert len(days.live_through(timedelta(minutes=10))) == 0, "it is under way"
    again = Days(store, clock, days.schedules)
    again.goes_on = True
    started = clock.now()
    (run,) = again.live_through(timedelta(minutes=10), timedelta(seconds=15))
    assert run[1] - started >= timedelta(seconds=30)
    with store.write() as connection:
        unfinished.end(connection, "forecast")
    assert Days(store, clock, days.schedules).live_through(timedelta(minutes=10)) == []


def test_what_takes_the_program_down_does_not_do_so_at_every_start(store: Store, days: Days, clock: FixedClock) -> None:
    days.goes_on = True
    days.live_through(timedelta(days=1))
    runs = []
    for _ in range(5):
        again = Days(store, clock, days.schedules)
        again.goes_on = True
        runs.append(len(again.live_through(timedelta(minutes=10))))
    assert runs == [1, 1, 0, 0, 0]
    tomorrow = Days(store, clock, days.schedules)
    assert len(tomorrow.live_through(timedelta(days=1))) == 1, "the next planned one begins as always"


def test_what_was_cut_off_is_not_doubled_by_the_next_planned_one(store: Store, days: Days, clock: FixedClock) -> None:
    days.goes_on = True
    days.live_through(timedelta(days=1))
    clock.advance(timedelta(days=3))
    again = Days(store, clock, days.schedules)
    assert len(again.live_through(timedelta(minutes=10), timedelta(seconds=15))) == 1


def test_a_changed_schedule_holds_at_once(days: Days) -> None:
    days.live_through(timedelta(minutes=5))
    days.schedules["forecast"] = "0 8 * * *"
    ran = days.live_through(timedelta(days=1))
    assert [moment.astimezone(LISBON).hour for _, moment in ran] == [8]
    days.schedules["forecast"] = ""
    assert days.live_through(timedelta(days=2)) == []


def test_a_schedule_that_cannot_be_read_keeps_no_other_from_running(days: Days, caplog: pytest.LogCaptureFixture) -> None:
    days.schedules = {"backup": "never", "forecast": "30 3 * * *"}
    assert [name for name, _ in days.live_through(timedelta(days=1))] == ["forecast"]
    assert "backup cannot be looked at now" in caplog.text


def test_a_clock_that_was_a_month_ahead_does_not_stop_the_schedule(days: Days) -> None:
    days.clock.advance(timedelta(days=30))
    days.live_through(timedelta(days=1))
    days.clock.jump(datetime(2016, 5, 2, 12, 0, tzinfo=UTC))
    assert len(days.live_through(timedelta(days=2))) == 2


def test_a_start_with_the_clock_ahead_holds_nothing_back_once_it_is_right(store: Store, days: Days) -> None:
    days.live_through(timedelta(minutes=5))
    days.clock.advance(timedelta(days=400))
    days.scheduler = days.started(store)
    days.clock.advance(timedelta(days=-398))
    ran = days.live_through(timedelta(minutes=3), timedelta(seconds=15))
    assert [name for name, _ in ran] == ["forecast"]


def test_another_time_zone_holds_at_once(days: Days) -> None:
    days.live_through(timedelta(days=1), timedelta(minutes=1))
    days.zone = ZoneInfo("Asia/Tokyo")
    ran = days.live_through(timedelta(days=1), timedelta(minutes=1))
    assert [moment.astimezone(days.zone).strftime("%H:%M") for _, moment in ran] == ["03:30"]


@pytest.mark.skipif(sys.platform == "win32", reason="there the zone stands in the registry")
def test_the_zone_of_this_pc_is_read_anew_and_kept_where_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    first = local_zone()
    assert str(first) == "Europe/Lisbon"
    assert local_zone(first) is first
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert str(local_zone(first)) == "Asia/Tokyo"
    assert time.localtime().tm_gmtoff == 9 * 3600
    monkeypatch.undo()
    local_zone()


def test_on_windows_its_c_library_is_told_to_read_the_zone_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(_tzset=lambda: told.append(name)))
    monkeypatch.setattr(sys, "platform", "win32")
    local_zone()
    assert told == ["ucrtbase"]


@pytest.mark.parametrize("trouble", [ZoneInfoNotFoundError("a zone of Windows"), ValueError("TZ=../etc"), OSError("no registry")])
def test_a_zone_that_has_no_known_name_counts_by_the_clock_of_the_pc(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def no_name() -> tzinfo:
        raise trouble

    monkeypatch.setattr(tzlocal, "reload_localzone", no_name)
    zone = local_zone()
    now = datetime.now(UTC)
    assert now.astimezone(zone).replace(tzinfo=None) == now.astimezone().replace(tzinfo=None)
    assert local_zone(zone) is zone
    assert next_planned("30 3 * * *", now, zone) is not None


def test_it_looks_by_itself_and_survives_a_run_that_fails(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "LOOK_EVERY_S", 0.01)
    looked = threading.Event()
    count = []

    def schedules() -> dict[str, str]:
        count.append(1)
        if len(count) > 3:
            looked.set()
        raise RuntimeError("the settings cannot be read")

    scheduler = Scheduler(store, SystemClock(), schedules, print)
    scheduler.start()
    assert looked.wait(60)
    scheduler.stop()
