"""The drop folder while the system itself fails: full disk, lost share, files nobody may read, names from elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from real_failures import FEW_WATCHES, may_limit_watches, rights_count, share, small_disk

from hotelml_app.core.clock import FixedClock, SystemClock
from hotelml_app.core.events import Event, EventBus, Settled, Warned
from hotelml_app.intake.drop.clerk import MOST_DEATHS, Clerk, Fate
from hotelml_app.intake.drop.folder_state import Watching
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store, bookings, imports, properties

QUIET = timedelta(seconds=6)
PATIENCE_S = 60.0


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drop"
    made.mkdir()
    return made


def watching(folder: Path, store: Store, clock: FixedClock, bus: EventBus) -> FolderWatcher:
    return FolderWatcher(folder, store=store, clock=clock, bus=bus, property_name="Harbour House", polling=True)


def settle(watcher: FolderWatcher, clock: FixedClock) -> None:
    watcher.rescan()
    watcher.step()
    clock.advance(QUIET)
    watcher.step()


def lying_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def stored(store: Store) -> int:
    with store.read() as connection:
        return sum(bookings.count(connection, row.id) for row in properties.all(connection))


def told(events: list[Event]) -> list[tuple[type[Event], str]]:
    return [(type(event), event.key) for event in events if isinstance(event, Warned | Settled)]


def test_a_disk_that_is_full_keeps_the_export_waiting_and_then_lets_it_in(
    tmp_path: Path, folder: Path, clock: FixedClock, bus: EventBus, events: list[Event], write_export
) -> None:
    path = write_export(folder / "a.csv", [{"reservation_id": f"HH-{number}"} for number in range(6000)])
    with small_disk(tmp_path / "disk", 12) as disk, Store.open(disk.folder / "hotelml.db", clock) as store:
        disk.fill()
        watcher = watching(folder, store, clock, bus)
        settle(watcher, clock)
        assert lying_in(folder) == ["a.csv"]
        assert stored(store) == 0
        warned = [event for event in events if isinstance(event, Warned) and event.key == f"file:{path}"]
        assert [event.title in ("The disk is full", "The database cannot be reached") for event in warned] == [True]
        disk.free()
        settle(watcher, clock)
        assert lying_in(folder) == ["processed/a.csv"]
        assert stored(store) == 6000
        assert (Settled, f"file:{path}") in told(events)
        assert store.check() == []


def test_a_full_drop_folder_does_not_litter_itself_with_empty_notes(
    tmp_path: Path, store: Store, clock: FixedClock, bus: EventBus
) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        (disk.folder / "failed").mkdir()
        (disk.folder / "odd.csv").write_bytes(b"colour,taste\nred,sour\n")
        disk.fill()
        watcher = watching(disk.folder, store, clock, bus)
        for _ in range(4):
            settle(watcher, clock)
            clock.advance(timedelta(minutes=6))
        lying = [name for name in lying_in(disk.folder) if name != "ballast"]
        assert lying in (["odd.csv"], ["failed/odd.csv", "failed/odd.csv.reason.txt"])
        disk.free()
        clock.advance(timedelta(minutes=6))
        settle(watcher, clock)
        assert lying_in(disk.folder) == ["failed/odd.csv", "failed/odd.csv.reason.txt"]
        assert "What to do" in (disk.folder / "failed" / "odd.csv.reason.txt").read_text(encoding="utf-8")


def test_a_share_that_is_unmounted_while_watched_is_told_of_and_picked_up_again(
    folder: Path, store: Store, bus: EventBus, events: list[Event], write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotelml_app.intake.drop.watcher.BACK_OFF_S", (0.1,))
    with share(folder) as away:
        watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, stable_after_s=0.2, rescan_every_s=0.3)
        watcher.start()
        try:
            wait_until(lambda: watcher.status().last_scan is not None)
            away.disconnect()
            wait_until(lambda: watcher.status().watching is Watching.AWAY)
            assert "Connect the disk or the network share" in watcher.status().sentence
            away.connect()
            wait_until(lambda: watcher.status().watching is Watching.EVENTS)
            write_export(folder / "a.csv", [{}])
            wait_until((folder / "processed" / "a.csv").exists)
        finally:
            watcher.stop()
    assert [entry for entry in told(events) if entry[1].startswith("folder:")] == [
        (Settled, f"folder:{folder}"),
        (Warned, f"folder:{folder}"),
        (Settled, f"folder:{folder}"),
    ]


def test_a_file_that_may_not_be_read_waits_alone_and_is_told_of_after_an_hour(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, events: list[Event], write_export
) -> None:
    held = write_export(folder / "held.csv", [{}])
    write_export(folder / "free.csv", [{"reservation_id": "free"}])
    held.chmod(0)
    watcher = watching(folder, store, clock, bus)
    with rights_count():
        settle(watcher, clock)
        assert lying_in(folder) == ["held.csv", "processed/free.csv"]
        assert "open in another program" in watcher.waiting()[0].why
        for _ in range(13):
            clock.advance(timedelta(minutes=5))
            watcher.step()
    assert told(events).count((Warned, f"file:{held}")) == 1
    held.chmod(0o644)
    clock.advance(timedelta(minutes=5))
    watcher.step()
    assert lying_in(folder) == ["processed/free.csv", "processed/held.csv"]
    assert told(events)[-1] == (Settled, f"file:{held}")


def test_a_folder_that_may_not_be_written_loses_nothing_and_imports_nothing_twice(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export
) -> None:
    write_export(folder / "a.csv", [{}])
    watcher = watching(folder, store, clock, bus)
    folder.chmod(0o555)
    try:
        with rights_count():
            for _ in range(3):
                settle(watcher, clock)
        assert "cannot be moved out of the drop folder" in watcher.waiting()[0].why
        assert stored(store) == 1
    finally:
        folder.chmod(0o755)
    settle(watcher, clock)
    assert lying_in(folder) == ["processed/a.csv"]
    with store.read() as connection:
        assert [row.status for row in imports.recent(connection)] == ["done"]


SLOW_COPY = """
import sys, time
data = open(sys.argv[1], "rb").read()
with open(sys.argv[2], "wb", buffering=0) as file:
    for start in range(0, len(data), 1 + len(data) // 6):
        file.write(data[start : start + 1 + len(data) // 6])
        time.sleep(0.4)
"""


@pytest.mark.parametrize("polling", [False, True])
def test_a_slow_copy_is_read_to_its_end_and_not_before(
    tmp_path: Path, folder: Path, store: Store, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch, polling: bool
) -> None:
    monkeypatch.setattr("hotelml_app.intake.drop.watcher.POLL_EVERY_S", 0.1)
    whole = write_export(tmp_path / "whole.csv", [{} for _ in range(60)])
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, polling=polling, stable_after_s=1.5)
    watcher.start()
    try:
        copy = subprocess.Popen([sys.executable, "-c", SLOW_COPY, str(whole), str(folder / "a.csv")])
        wait_until((folder / "processed" / "a.csv").exists)
        assert copy.wait() == 0
    finally:
        watcher.stop()
    assert stored(store) == 60
    assert lying_in(folder) == ["processed/a.csv"]


WATCHED_WITHOUT_ROOM = """
import sys, time
from pathlib import Path
from hotelml_app.core.clock import SystemClock
from hotelml_app.core.events import EventBus, Warned
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store

folder, told = Path(sys.argv[2]), []
bus = EventBus()
bus.subscribe(told.append)
with Store.open(Path(sys.argv[1]), SystemClock()) as store:
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, stable_after_s=0.0)
    for _ in range(3):
        watcher.step()
    print(watcher.status().watching.value if watcher._thread else watcher._scan_every_s)
    print([event.remedy for event in told if isinstance(event, Warned)])
"""


def test_where_the_system_really_has_no_watches_left_the_folder_is_polled_and_the_setting_named(
    tmp_path: Path, folder: Path, write_export
) -> None:
    write_export(folder / "a.csv", [{}])
    # Without a world of its own, the number of open files is what runs out.
    before = FEW_WATCHES if may_limit_watches() else ["sh", "-c", 'ulimit -n 12 && exec "$@"', "sh"]
    command = [*before, sys.executable, "-c", WATCHED_WITHOUT_ROOM, str(tmp_path / "hotelml.db"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    interval, remedies = done.stdout.splitlines()
    assert float(interval) == 3.0
    assert "fs.inotify.max_user_" in remedies
    assert lying_in(folder) == ["processed/a.csv"]


NAMES = (
    " padded .csv",
    "trailing blank.csv ",
    "Größe — Übersicht 総括 😀.csv",
    "line\nend.csv",
    "-rf.csv",
    "'; DROP TABLE bookings; --.csv",
    "no suffix",
    "dots...csv",
    "CON.csv",
)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_a_file_like_any_other(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export, name
) -> None:
    write_export(folder / name, [{}])
    settle(watching(folder, store, clock, bus), clock)
    assert lying_in(folder) == [f"processed/{name}"]
    assert stored(store) == 1


def test_a_name_in_a_windows_code_page_becomes_text(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export
) -> None:
    for number, name in enumerate((b"caf\xe9.csv", b"odd-\xfc.csv")):
        source = write_export(folder.parent / "x.csv", [{"reservation_id": f"HH-{number}"}] if number == 0 else [])
        source.rename(folder / os.fsdecode(name))
    settle(watching(folder, store, clock, bus), clock)
    assert lying_in(folder) == ["failed/odd-ü.csv", "failed/odd-ü.csv.reason.txt", "processed/café.csv"]
    with store.read() as connection:
        assert {row.file_name for row in imports.recent(connection)} == {"café.csv", "odd-ü.csv"}


def test_the_longest_name_there_is_finds_room_for_a_number_and_a_note(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export
) -> None:
    name = "ü" * 125 + "x.csv"
    assert len(name.encode()) == 255
    watcher = watching(folder, store, clock, bus)
    for day in (1, 2):
        write_export(folder / name, [{"adr": f"{day}.00"}])
        settle(watcher, clock)
    (folder / name).write_bytes(b"colour,taste\nred,sour\n")
    settle(watcher, clock)
    lying = lying_in(folder)
    assert [path.partition("/")[0] for path in lying] == ["failed", "failed", "processed", "processed"]
    assert all(len(path.partition("/")[2].encode()) <= 255 and ".csv" in path for path in lying)


def test_a_file_from_the_far_future_is_imported_like_any(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export
) -> None:
    write_export(folder / "a.csv", [{}])
    far = FixedClock(datetime(2025, 6, 2, tzinfo=UTC))
    watcher = watching(folder, store, far, bus)
    watcher.step()
    # No disk here keeps such a time; a share of another system may tell one.
    watcher._files._tracker._watched["a.csv"].look = type(watcher._files._tracker._watched["a.csv"].look)(10, 10**24)
    assert watcher._files._age_of("a.csv") == ("", 10**24, "a.csv")
    os.utime(folder / "a.csv", (2**33, 2**33))
    settle(watcher, far)
    assert stored(store) == 1


@pytest.mark.parametrize("jump", [timedelta(days=-4000), timedelta(days=35_000)])
def test_a_clock_that_jumps_while_a_file_waits_changes_nothing(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export, jump: timedelta
) -> None:
    write_export(folder / "a.csv", [{}])
    watcher = watching(folder, store, clock, bus)
    watcher.step()
    clock.jump(clock.now() + jump)
    watcher.step()
    assert stored(store) == 0
    clock.advance(QUIET)
    watcher.step()
    assert stored(store) == 1
    with store.read() as connection:
        assert str(properties.all(connection)[0].business_date) == "2025-06-01"


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a process is ended by the system in the middle of reading, which needs a fork"
)
def test_a_file_that_ends_the_program_again_and_again_is_put_aside(
    tmp_path: Path, folder: Path, clock: FixedClock, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a library does that aborts: no exception, no goodbye."""
    path, home = write_export(folder / "a.csv", [{}]), tmp_path / "home" / "hotelml.db"
    for _ in range(MOST_DEATHS):
        child = os.fork()
        if not child:
            monkeypatch.setattr(
                "hotelml_app.intake.drop.clerk.import_file", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
            )
            with Store.open(home, clock) as store:
                watching(folder, store, clock, bus)._clerk.take_in(path, None)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
    with Store.open(home, clock) as store:
        assert Clerk(store, clock, bus, None).take_in(path, None).fate is Fate.FAILED
        assert "HotelML ended 5 times while it read a.csv" in (folder / "failed" / "a.csv.reason.txt").read_text(encoding="utf-8")
        watcher = watching(folder, store, clock, bus)
        watcher.retry_failed("a.csv")
        settle(watcher, clock)
        assert lying_in(folder) == ["processed/a.csv"]


def test_a_reading_without_enough_memory_is_told_as_that(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("hotelml_app.intake.importing.read_file", too_much)
    write_export(folder / "a.csv", [{}])
    settle(watching(folder, store, clock, bus), clock)
    assert "not enough memory" in (folder / "failed" / "a.csv.reason.txt").read_text(encoding="utf-8")


def test_a_panic_of_a_library_does_not_end_the_watch(
    folder: Path, store: Store, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Panic(BaseException):
        """As the libraries written in Rust raise it: no Exception."""

    monkeypatch.setattr("hotelml_app.intake.drop.watcher.BACK_OFF_S", (0.05,))
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, stable_after_s=0.1)
    step, left = watcher.step, [2]

    def panicking_step() -> float:
        if left[0]:
            left[0] -= 1
            raise Panic("called `Option::unwrap()` on a `None` value")
        return step()

    monkeypatch.setattr(watcher, "step", panicking_step)
    write_export(folder / "a.csv", [{}])
    watcher.start()
    try:
        wait_until((folder / "processed" / "a.csv").exists)
    finally:
        watcher.stop()
