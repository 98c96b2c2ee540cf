from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hotel_rows import booking_row, day, new_import, new_property

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken
from hotelml_app.store import Store
from hotelml_app.store.errors import (
    ReadOnlyHomeError,
)
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties
from hotelml_app.store.sqlite import backups


def names(path: Path, clock: FixedClock) -> list[str]:
    with Store.open(path, clock, writer=False) as store, store.read() as connection:
        return [row.name for row in properties.all(connection)]


def test_a_backup_is_one_file_that_opens_as_a_database(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    with store.write() as connection:
        new_property(connection)
    target = store.backup(tmp_path / "usb" / "copy.db")
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    assert names(target, clock) == ["Grand Hotel"]


def test_a_backup_holds_whole_imports_while_another_is_running(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        bookings.apply(connection, hotel, new_import(connection), day(1), [booking_row(str(i)) for i in range(500)])
    with store.write() as connection:
        bookings.apply(connection, hotel, new_import(connection), day(2), [booking_row(str(i)) for i in range(500, 900)])
        worker = threading.Thread(target=store.backup, args=(tmp_path / "copy.db",))
        worker.start()
        worker.join()
    with Store.open(tmp_path / "copy.db", clock) as copy, copy.read() as connection:
        assert bookings.count(connection, hotel) == 500


class EveryStep(CancelToken):
    """Does something each time the copy asks whether it is to stop."""

    def __init__(self, act: Callable[[int], None]) -> None:
        super().__init__()
        self.act, self.steps = act, 0

    def check(self) -> None:
        self.steps += 1
        self.act(self.steps)
        super().check()


@pytest.mark.parametrize("step", [1, 5])
def test_a_backup_that_is_stopped_leaves_nothing_that_looks_like_one(
    step: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES_AT_ONCE", 1)
    # What is half made is held by whoever makes it: to wait for that, as SQLite does for five seconds, changes nothing.
    monkeypatch.setattr(backups.sqlite3, "connect", partial(sqlite3.connect, timeout=0.0))
    half: list[tuple[str, bool]] = []

    def stop(at: int) -> None:
        if at == step:
            half.extend((path.name, backups.is_good(path)) for path in store.backup_folder.iterdir())
            stopping.cancel()

    stopping = EveryStep(stop)
    with pytest.raises(Cancelled):
        store.backup(cancel=stopping)
    assert stopping.steps == step, "it stops at once"
    assert half
    assert not any(name.endswith(".db") or good for name, good in half)
    assert not list(store.backup_folder.iterdir())


def test_the_check_of_a_copy_stops_as_well(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made, stopping = store.backup(), CancelToken()
    stopping.cancel()
    monkeypatch.setattr(backups, "_LOOK_EVERY_STEPS", 1)
    with pytest.raises(Cancelled):
        backups.is_good(made, stopping)


def test_writers_neither_wait_for_a_backup_nor_have_it_begin_anew(
    store: Store, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        bookings.apply(connection, hotel, new_import(connection), day(1), [booking_row(str(i)) for i in range(500)])
    monkeypatch.setattr(backups, "_PAGES_AT_ONCE", 1)

    def write(step: int) -> None:
        with store.write() as connection:
            row = [booking_row(str(500 + step))]
            bookings.apply(connection, hotel, new_import(connection), day(2), row)

    writing = EveryStep(write)
    store.backup(tmp_path / "copy.db", cancel=writing)
    pages = (tmp_path / "copy.db").stat().st_size // 4096
    assert pages <= writing.steps <= pages + 3, "each page is copied once"
    with Store.open(tmp_path / "copy.db", clock) as copy, copy.read() as connection:
        assert bookings.count(connection, hotel) == 500, "it holds the moment it was begun"


def test_copies_that_were_cut_off_long_ago_go_and_those_being_made_stay(store: Store, clock: FixedClock) -> None:
    first = store.backup()
    left = [first.with_name(f"hotelml-2017022{day}-000000-000000-auto-daily.db.partial-journal") for day in (6, 7)]
    for path in left:
        path.write_bytes(b"half")
    os.utime(left[0], (1, 1))
    clock.advance(timedelta(days=1))
    store.backup()
    assert [path.exists() for path in left] == [False, True]


def test_old_automatic_copies_go_and_those_of_people_stay(store: Store, clock: FixedClock) -> None:
    store.backup(store.backup_folder / "before-the-holidays.db")
    for _ in range(backups.KEEP_AUTOMATIC + 3):
        clock.advance(timedelta(days=1))
        store.backup()
    kept = backups.all_backups(store.backup_folder)
    automatic = [path for path in kept if "auto" in path.name]
    assert len(automatic) == backups.KEEP_AUTOMATIC
    assert len(kept) == backups.KEEP_AUTOMATIC + 1
    assert automatic[0].name.startswith(f"hotelml-{clock.now():%Y%m%d}")


def test_the_newest_good_copy_is_found_past_a_damaged_one(store: Store, clock: FixedClock) -> None:
    good = store.backup()
    clock.advance(timedelta(days=1))
    bad = store.backup()
    bad.write_bytes(bad.read_bytes()[:5000])
    os.utime(good, ns=(1, 1))
    assert backups.all_backups(store.backup_folder)[0] == bad
    assert backups.newest_good(store.backup_folder) == good


def test_a_copy_made_while_the_clock_went_back_is_not_taken_for_the_oldest(store: Store, clock: FixedClock) -> None:
    for _ in range(backups.KEEP_AUTOMATIC):
        clock.advance(timedelta(days=1))
        future = store.backup()
        os.utime(future, (2**32, 2**32))
    clock.advance(timedelta(days=1))
    made = store.backup()
    assert made in backups.all_backups(store.backup_folder)
    assert len(backups.all_backups(store.backup_folder)) == backups.KEEP_AUTOMATIC


def test_copies_of_a_time_when_the_clock_was_ahead_go_before_those_of_the_last_nights(store: Store, clock: FixedClock) -> None:
    for _ in range(backups.KEEP_AUTOMATIC):
        clock.advance(timedelta(days=1))
        os.utime(store.backup(), (2**32, 2**32))
    clock.advance(timedelta(days=-400))
    nights = []
    for _ in range(3):
        clock.advance(timedelta(days=1))
        nights.append(store.backup())
    assert [path.exists() for path in nights] == [True, True, True]
    assert len(backups.all_backups(store.backup_folder)) == backups.KEEP_AUTOMATIC


def test_two_backups_asked_for_in_the_same_second_do_not_spoil_each_other(store: Store, tmp_path: Path) -> None:
    target, ready = tmp_path / "copies" / "hotelml-20260101-000000.db", threading.Barrier(4)

    def back_up(_: int) -> Path:
        ready.wait(60)
        return store.backup(target)

    with ThreadPoolExecutor(4) as askers:
        assert set(askers.map(back_up, range(4))) == {target}
    assert backups.is_good(target)
    assert list(target.parent.iterdir()) == [target]


def test_a_failed_backup_leaves_no_half_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("a file", encoding="utf-8")
    with pytest.raises(ReadOnlyHomeError, match="cannot be written"):
        store.backup(tmp_path / "occupied" / "copy.db")
    assert not list(tmp_path.glob("**/*.partial"))


def test_a_sound_database_has_no_findings(store: Store) -> None:
    with store.write() as connection:
        new_property(connection)
    assert store.check() == []
    assert store.size_bytes() > 0
