"""The drop folder while the system itself fails: full disk, lost share, files nobody may read, names from elsewhere."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from dropped import lying_in, settle, stored, wait_until, watching
from real_failures import FEW_WATCHES, may_limit_watches, rights_count, share, small_disk

from hotelml_app.core.clock import FixedClock, SystemClock
from hotelml_app.core.events import Event, EventBus, Settled, Warned
from hotelml_app.intake.drop import seen
from hotelml_app.intake.drop.folder_state import Watching
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store
from hotelml_app.store.exported import imports


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


def test_a_shelf_on_another_disk_is_filled_all_the_same(
    tmp_path: Path, folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export
) -> None:
    with small_disk(tmp_path / "archive", 4) as archive:
        for shelf in ("processed", "failed"):
            (archive.folder / shelf).mkdir()
            (folder / shelf).symlink_to(archive.folder / shelf)
        write_export(folder / "a.csv", [{}])
        (folder / "odd.csv").write_bytes(b"colour,taste\nred,sour\n")
        watcher = watching(folder, store, clock, bus)
        archive.fill()
        settle(watcher, clock)
        assert sorted(path.name for path in folder.iterdir() if path.is_file()) in (["a.csv", "odd.csv"], [])
        archive.free()
        clock.advance(timedelta(minutes=6))
        settle(watcher, clock)
        assert not [path for path in folder.iterdir() if path.is_file()]
        assert lying_in(archive.folder) == ["failed/odd.csv", "failed/odd.csv.reason.txt", "processed/a.csv"]
    assert stored(store) == 1


def test_a_file_that_takes_the_place_of_one_just_imported_is_not_put_away_unread(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, newer = write_export(folder / "a.csv", [{}]), write_export(folder.parent / "newer.csv", [{}, {}, {}])
    moved = seen.put_away

    def replaced_at_the_last_moment(source: Path, shelf: str) -> Path:
        if newer.exists():
            newer.replace(path)
        return moved(source, shelf)

    monkeypatch.setattr(seen, "put_away", replaced_at_the_last_moment)
    watcher = watching(folder, store, clock, bus)
    settle(watcher, clock)
    settle(watcher, clock)
    assert lying_in(folder) == ["processed/a.csv"]
    assert stored(store) == 3


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
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, polling=polling, stable_after_s=3.0)
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
import os, resource, sys
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
    if sys.argv[3] == "no more files":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        import watchdog.observers, hotelml_app.intake.drop.observing
        resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) - 1, hard))
        watcher._check_folder()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    for _ in range(3):
        watcher.step()
    print(watcher._scan_every_s)
    print([event.remedy for event in told if isinstance(event, Warned)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no bound on watches")
def test_where_the_system_really_has_no_watches_left_the_folder_is_polled_and_the_setting_named(
    tmp_path: Path, folder: Path, write_export
) -> None:
    write_export(folder / "a.csv", [{}])
    # Without a world of its own, the number of files that may be open is what runs out.
    before, what = (FEW_WATCHES, "no more watches") if may_limit_watches() else ([], "no more files")
    command = [*before, sys.executable, "-c", WATCHED_WITHOUT_ROOM, str(tmp_path / "hotelml.db"), str(folder), what]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    interval, remedies = done.stdout.splitlines()
    assert float(interval) == 3.0
    assert "fs.inotify.max_user_" in remedies
    assert lying_in(folder) == ["processed/a.csv"]
