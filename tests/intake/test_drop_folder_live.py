"""The drop folder with real threads, real events, and a program that is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dropped import wait_until

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.events import Event, EventBus, Warned
from hotelml_app.intake.drop.folder_state import Watching
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.hotels import properties


@pytest.mark.parametrize("polling", [False, True])
def test_a_dropped_file_is_imported_by_itself(
    folder: Path, store: Store, bus: EventBus, write_export, polling: bool, monkeypatch
) -> None:
    monkeypatch.setattr("hotelml_app.intake.drop.watcher.POLL_EVERY_S", 0.1)
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, polling=polling, stable_after_s=0.2)
    watcher.start()
    try:
        wait_until(lambda: watcher.status().last_scan is not None)
        assert watcher.status().watching is (Watching.POLLING if polling else Watching.EVENTS)
        write_export(folder / "a.csv", [{}])
        wait_until((folder / "processed" / "a.csv").exists)
    finally:
        watcher.stop()
    with store.read() as connection:
        assert bookings.count(connection, properties.all(connection)[0].id) == 1


def test_a_folder_that_is_removed_is_told_at_once(
    folder: Path, store: Store, bus: EventBus, events: list[Event], monkeypatch
) -> None:
    monkeypatch.setattr("hotelml_app.intake.drop.watcher.IDLE_S", 600.0)
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, rescan_every_s=600)
    watcher.start()
    try:
        wait_until(lambda: watcher.status().last_scan is not None and not watcher._files)
        folder.rmdir()
        wait_until(lambda: watcher.status().watching is Watching.AWAY)
        assert f"folder:{folder}" in [event.key for event in events if isinstance(event, Warned)]
    finally:
        watcher.stop()


def test_what_lay_there_before_the_start_is_imported(folder: Path, store: Store, bus: EventBus, write_export) -> None:
    write_export(folder / "a.csv", [{}])
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, stable_after_s=0.1)
    watcher.start()
    try:
        wait_until((folder / "processed" / "a.csv").exists)
    finally:
        watcher.stop()


def test_a_share_that_goes_and_comes_back_is_watched_again(
    folder: Path, store: Store, bus: EventBus, events: list[Event], write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotelml_app.intake.drop.watcher.BACK_OFF_S", (0.1,))
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, stable_after_s=0.2, rescan_every_s=0.3)
    watcher.start()
    try:
        wait_until(lambda: watcher.status().last_scan is not None)
        away = folder.rename(folder.with_name("away"))
        wait_until(lambda: watcher.status().watching is Watching.AWAY)
        assert "Connect the disk" in watcher.status().sentence
        away.rename(folder)
        wait_until(lambda: watcher.status().watching is Watching.EVENTS)
        write_export(folder / "a.csv", [{}])
        wait_until((folder / "processed" / "a.csv").exists)
    finally:
        watcher.stop()
    assert [event.title for event in events if isinstance(event, Warned)] == ["The drop folder cannot be reached"]


class Panic(BaseException):
    """As the libraries written in Rust raise it: no Exception."""


@pytest.mark.parametrize("stumble", [RuntimeError("nobody foresaw this"), Panic("called `Option::unwrap()` on a `None` value")])
def test_a_stumble_of_the_watcher_itself_does_not_end_the_watch(
    folder: Path, store: Store, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch, stumble: BaseException
) -> None:
    monkeypatch.setattr("hotelml_app.intake.drop.watcher.BACK_OFF_S", (0.05,))
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=bus, stable_after_s=0.1)
    step, left = watcher.step, [3]

    def stumbling_step() -> float:
        if left[0]:
            left[0] -= 1
            raise stumble
        return step()

    monkeypatch.setattr(watcher, "step", stumbling_step)
    write_export(folder / "a.csv", [{}])
    watcher.start()
    try:
        wait_until((folder / "processed" / "a.csv").exists)
    finally:
        watcher.stop()


KILLED = """
import os, signal, sys
from pathlib import Path
from hotelml_app.core.clock import SystemClock
from hotelml_app.core.events import EventBus
from hotelml_app.intake.drop import clerk
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings

home, folder, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def die(*_, **__):
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

if moment == "before the move":
    clerk.is_put_away = die
elif moment == "before the note is cleared":
    clerk.data_settings.remove = die
else:
    bookings_apply = bookings.apply
    def half(connection, property_id, import_id, as_of, records, chunk=10_000):
        rows = list(records)
        bookings_apply(connection, property_id, import_id, as_of, rows[: len(rows) // 2])
        die()
    bookings.apply = half

with Store.open(home / "hotelml.db", SystemClock()) as store:
    watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=EventBus(), polling=True, stable_after_s=0.0)
    watcher.step()
    watcher.step()
"""


@pytest.mark.parametrize("moment", ["in the middle of the rows", "before the move", "before the note is cleared"])
def test_after_a_kill_every_file_is_imported_exactly_once(tmp_path: Path, folder: Path, write_export, moment: str) -> None:
    home = tmp_path / "home"
    write_export(folder / "a.csv", [{"reservation_id": f"HH-{number}"} for number in range(500)])
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home), str(folder), moment], check=False)
    assert killed.returncode != 0
    with Store.open(home / "hotelml.db", SystemClock()) as store:
        watcher = FolderWatcher(folder, store=store, clock=SystemClock(), bus=EventBus(), polling=True, stable_after_s=0.0)
        watcher.step()
        watcher.step()
        with store.read() as connection:
            assert bookings.count(connection, properties.all(connection)[0].id) == 500
            assert [row.status for row in imports.recent(connection)] == ["done"]
        assert [path.name for path in (folder / "processed").iterdir()] == ["a.csv"]
        shutil.copy(folder / "processed" / "a.csv", folder / "again.csv")
        os.utime(folder / "again.csv")
        watcher.rescan()
        watcher.step()
        watcher.step()
        assert [path.name for path in (folder / "duplicates").iterdir()] == ["again.csv"]
