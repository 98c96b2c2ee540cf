"""The drop folder where the disk, the network, the cloud or another program stands in the way."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from dropped import QUIET, lying_in, stored

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import Event, EventBus, FileNoticed, FileStage, Warned
from hotelml_app.intake.drop import watcher as watching
from hotelml_app.intake.drop.names import is_only_in_cloud
from hotelml_app.intake.drop.observing import MountTable, _Names
from hotelml_app.intake.drop.patience import Patience
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.errors import FolderAwayError
from hotelml_app.store import Store
from hotelml_app.store.exported import imports


def statuses(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.status for row in reversed(imports.recent(connection))]


def test_a_file_another_program_holds_is_tried_again_and_told_of_after_an_hour(
    folder: Path, store: Store, watcher, clock: FixedClock, write_export, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = write_export(folder / "held.csv", [{}])
    write_export(folder / "free.csv", [{"reservation_id": "free"}])
    opened = Path.open

    def sharing_violation(self: Path, *how: object, **more: object):
        if self.name == held.name:
            raise PermissionError(13, "The process cannot access the file")
        return opened(self, *how, **more)

    monkeypatch.setattr(Path, "open", sharing_violation)
    for _ in range(20):
        watcher.step()
        clock.advance(QUIET)
    assert lying_in(folder) == ["held.csv", "processed/free.csv"]
    assert "open in another program" in watcher.waiting()[0].why
    assert [event.stage for event in events if isinstance(event, FileNoticed) and event.path == str(held)][-1] == FileStage.LATER
    assert not [event for event in events if isinstance(event, Warned)]
    for _ in range(20):
        clock.advance(timedelta(minutes=5))
        watcher.step()
    assert [event.key for event in events if isinstance(event, Warned)] == [f"file:{held}"]
    monkeypatch.undo()
    clock.advance(timedelta(minutes=5))
    watcher.step()
    assert lying_in(folder) == ["processed/free.csv", "processed/held.csv"]


def test_a_full_disk_leaves_the_file_where_it_is_until_there_is_room(
    folder: Path, store: Store, watcher, clock: FixedClock, write_export, events: list[Event]
) -> None:
    """SQLite itself runs out of pages, as it does when the disk is full."""
    write_export(folder / "a.csv", [{"reservation_id": f"HH-{number}"} for number in range(3000)])
    with store.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    watcher.step()
    clock.advance(QUIET)
    watcher.step()
    assert lying_in(folder) == ["a.csv"]
    assert stored(store) == 0
    assert statuses(store) == []
    assert [event.title for event in events if isinstance(event, Warned)] == ["The disk is full"]
    with store.write() as connection:
        connection.execute("PRAGMA max_page_count = 1000000000")
    clock.advance(QUIET)
    watcher.step()
    assert lying_in(folder) == ["processed/a.csv"]
    assert stored(store) == 3000


def test_a_folder_that_vanishes_and_comes_back_is_picked_up_again(
    folder: Path, store: Store, watcher, clock: FixedClock, write_export
) -> None:
    watcher.step()
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(FolderAwayError, match="does not answer"):
        watcher.step()
    write_export(away / "a.csv", [{}])
    away.rename(folder)
    watcher.step()
    clock.advance(QUIET)
    watcher.step()
    assert lying_in(folder) == ["processed/a.csv"]


def test_a_folder_that_is_renamed_while_nothing_waits_is_missed_soon(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus
) -> None:
    watcher = FolderWatcher(folder, store=store, clock=clock, bus=bus, rescan_every_s=300)
    try:
        assert watcher.step() <= 5, "no event tells of it"
    finally:
        watcher.stop()


def test_a_share_that_went_and_came_back_unseen_is_looked_at_soon(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes the system's watches along and has the same numbers as before: no event comes any more."""
    changed = [False]
    monkeypatch.setattr(MountTable, "changed", lambda self: changed[0])
    monkeypatch.setattr(_Names, "on_any_event", lambda self, event: None)
    watcher = FolderWatcher(folder, store=store, clock=clock, bus=bus, rescan_every_s=300)
    try:
        watcher.step()
        write_export(folder / "a.csv", [{}])
        clock.advance(timedelta(seconds=60))
        watcher.step()
        assert watcher.waiting() == [], "nothing tells of it"
        changed[0] = True
        watcher.step()
        changed[0] = False
        clock.advance(QUIET)
        watcher.step()
        assert lying_in(folder) == ["processed/a.csv"]
    finally:
        watcher.stop()


def test_a_share_that_flaps_is_over_for_good_only_once_it_was_there_for_a_while(
    folder: Path, watcher, clock: FixedClock, events: list[Event]
) -> None:
    def told() -> list[str]:
        found = [one for one in events if getattr(one, "key", "") == f"folder:{folder}"]
        events.clear()
        return ["away" if isinstance(one, Warned) else f"back {one.for_good}" for one in found]

    failures, elsewhere = 0, folder.with_name("away")
    for _ in range(3):
        folder.rename(elsewhere)
        for _ in range(2):
            _, failures = watcher.attempt(failures)
            clock.advance(timedelta(seconds=30))
        elsewhere.rename(folder)
        _, failures = watcher.attempt(failures)
        clock.advance(timedelta(seconds=30))
        assert told() == ["away", "back False"]
    for _ in range(16):
        _, failures = watcher.attempt(failures)
        clock.advance(timedelta(seconds=60))
    assert told() == ["back True"]


def test_a_vanished_folder_is_never_made_anew(folder: Path, watcher) -> None:
    """An unmounted share leaves no folder; making one would hide the share."""
    folder.rmdir()
    with pytest.raises(FolderAwayError):
        watcher.step()
    assert not folder.exists()


def test_a_file_whose_content_is_still_in_the_cloud_waits_without_error(
    folder: Path, watcher, clock: FixedClock, write_export, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    write_export(folder / "a.csv", [{}])
    monkeypatch.setattr("hotelml_app.intake.drop.folder_files.is_only_in_cloud", lambda status: True)
    for _ in range(3):
        watcher.step()
        clock.advance(QUIET)
    assert [(file.name, file.why) for file in watcher.waiting()] == [("a.csv", "waiting for the cloud")]
    monkeypatch.undo()
    for _ in range(2):
        watcher.step()
        clock.advance(QUIET)
    assert lying_in(folder) == ["processed/a.csv"]


@pytest.mark.parametrize("attributes", [0x1000, 0x40000, 0x400000, 0x400020])
def test_a_placeholder_is_known_by_what_the_system_says_of_it(attributes: int, tmp_path: Path) -> None:
    """As OneDrive and its like mark what is not on this PC."""

    class Status:
        st_file_attributes = attributes

    assert is_only_in_cloud(Status())
    assert not is_only_in_cloud(tmp_path.stat())


def test_where_the_system_has_no_watches_left_the_folder_is_polled(
    folder: Path,
    store: Store,
    clock: FixedClock,
    bus: EventBus,
    write_export,
    events: list[Event],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from watchdog.observers import Observer

    def no_room(self: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "start", no_room)
    poor = FolderWatcher(folder, store=store, clock=clock, bus=bus, rescan_every_s=300)
    write_export(folder / "a.csv", [{}])
    poor.step()
    clock.advance(QUIET)
    poor.step()
    assert lying_in(folder) == ["processed/a.csv"]
    warned = [event for event in events if isinstance(event, Warned)]
    assert len(warned) == 1
    assert "fs.inotify.max_user_watches" in warned[0].remedy
    assert poor._scan_every_s == watching.POLL_EVERY_S


def test_files_are_hurried_while_others_are_put_off(clock: FixedClock) -> None:
    """Somebody presses Look again, or it is seven o'clock, while the watching thread has more files that must wait."""
    patience, going_on, failed = Patience(clock), threading.Event(), []

    def put_off() -> None:
        while not going_on.is_set():
            for number in range(500):
                patience.put_off(f"{number}.csv", HotelMLError("It is held."))
            for number in range(500):
                patience.forget(f"{number}.csv")

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    watching_thread = threading.Thread(target=put_off)
    watching_thread.start()
    try:
        for _ in range(3000):
            patience.hurry()
    except RuntimeError as error:
        failed.append(error)
    finally:
        going_on.set()
        watching_thread.join()
        sys.setswitchinterval(before)
    assert failed == []
